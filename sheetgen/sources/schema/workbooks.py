"""The contents of the two source workbooks, declared once: `REFERENTIAL` and `SESSION`.

The reader, the writer that styles a workbook and the documentation all derive from them.
"""

from __future__ import annotations

from sheetgen.sources.schema.referential import REFERENTIAL
from sheetgen.sources.schema.session import SESSION
from sheetgen.sources.schema.specs import (
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
    "NO",
    "REFERENTIAL",
    "SESSION",
    "YES",
    "ColumnSpec",
    "FieldSpec",
    "SheetSpec",
    "ValueKind",
    "ValueSpec",
    "WorkbookSpec",
]
