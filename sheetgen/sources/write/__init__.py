"""Writing source workbooks for a school to fill: styled, with dropdowns and a sheet that explains.

Importing this loads openpyxl.
"""

from __future__ import annotations

from sheetgen.sources.write.added_rows import AddedRows, add_rows
from sheetgen.sources.write.origins import Origins
from sheetgen.sources.write.source_styles import Value
from sheetgen.sources.write.source_workbook import (
    CellMark,
    Contents,
    write_referential_model,
    write_session_model,
    write_source_workbook,
)

__all__ = [
    "AddedRows",
    "CellMark",
    "Contents",
    "Origins",
    "Value",
    "add_rows",
    "write_referential_model",
    "write_session_model",
    "write_source_workbook",
]
