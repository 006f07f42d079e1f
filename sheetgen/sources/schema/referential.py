"""The master workbook, `referential.xlsx`: sections 3 and 10 of the design."""

from __future__ import annotations

from sheetgen.sources.schema.block_sheets import ACTIVITIES, BLOCKS, MENTIONS, OPTIONS
from sheetgen.sources.schema.certification_sheet import CERTIFICATION
from sheetgen.sources.schema.competency_sheets import COMPETENCIES, METHODS
from sheetgen.sources.schema.criterion_sheets import CRITERIA, SCALE
from sheetgen.sources.schema.import_sheet import IMPORT
from sheetgen.sources.schema.rules import RULES
from sheetgen.sources.schema.specs import WorkbookSpec
from sheetgen.sources.schema.trial_sheet import TRIALS

REFERENTIAL = WorkbookSpec(
    title="Référentiel",
    sheets=(
        CERTIFICATION,
        BLOCKS,
        ACTIVITIES,
        METHODS,
        COMPETENCIES,
        CRITERIA,
        SCALE,
        RULES,
        OPTIONS,
        MENTIONS,
        TRIALS,
    ),
    drafts=(IMPORT,),
)
"""The master workbook: its sheets in order, those added since it began after the others."""
