"""The two source workbooks, declared once: `REFERENTIAL` and `SESSION`.

The reader, the writer that styles a workbook and the documentation all derive from these
declarations, and each needs every kind of part they are made of.
"""

from __future__ import annotations

from sheetgen.sources.schema.import_sheet import IMPORT, REVIEWED
from sheetgen.sources.schema.official import OFFICIAL_FIELDS, official_blanks
from sheetgen.sources.schema.referential import REFERENTIAL
from sheetgen.sources.schema.session import SESSION
from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    NO,
    YES,
    ColumnSpec,
    FieldSpec,
    SheetSpec,
    ValueKind,
    ValueSpec,
    WorkbookSpec,
)

__all__ = [
    "CODE_LENGTH",
    "IMPORT",
    "LABEL_LENGTH",
    "NO",
    "OFFICIAL_FIELDS",
    "REFERENTIAL",
    "REVIEWED",
    "SESSION",
    "YES",
    "ColumnSpec",
    "FieldSpec",
    "SheetSpec",
    "ValueKind",
    "ValueSpec",
    "WorkbookSpec",
    "official_blanks",
]
