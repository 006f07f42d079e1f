"""What the two source workbooks contain, declared once: `REFERENTIAL` and `SESSION`.

The reader, the writer that styles a workbook and the documentation all derive from them.
"""

from __future__ import annotations

from sheetgen.sources.referential_schema import REFERENTIAL
from sheetgen.sources.session_schema import SESSION
from sheetgen.sources.specs import (
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
