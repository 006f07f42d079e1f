"""The commands as plain functions: files in, files out, and a result that says what happened.

Nothing here prints or exits. Each function collects problems and goes on as far as it can. What a
command does not need is not imported.
"""

from __future__ import annotations

from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.collecting import Surveyed, survey, watch
from sheetgen.pipeline.consolidating import Consolidated, consolidate
from sheetgen.pipeline.extracting import Extracted, extract
from sheetgen.pipeline.finalizing import Finalized, Request, finalize
from sheetgen.pipeline.generating import Generated, generate
from sheetgen.pipeline.settings import Inputs, Options, Progress

__all__ = [
    "Checked",
    "Consolidated",
    "Extracted",
    "Finalized",
    "Generated",
    "Inputs",
    "Options",
    "Progress",
    "Request",
    "Surveyed",
    "check",
    "consolidate",
    "extract",
    "finalize",
    "generate",
    "survey",
    "watch",
]
