"""The parts that the writers of workbooks share.

`text_fit` says how much room a text takes, `cell_text` what a cell holds, `formats` and `palette`
how it looks: these four are open as a whole. Then what a mark may be, as a list and as a
validation; the moulds of a workbook and of a row, written once and filled many times, and the parts
of sheets that many workbooks share; and worksheets that raise where XlsxWriter is silent, or take
rows from such moulds. What loads XlsxWriter, a tenth of a second, is imported where it is asked
for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import cell_text, formats, palette, text_fit
from sheetgen.excel.cell_text import sheet_prefix
from sheetgen.excel.mark_list import listed_marks, mark_rule, note_refusal, notes_in_words
from sheetgen.excel.mould import (
    CutRow,
    RowMould,
    SheetPart,
    WorkbookMould,
    fill_sheets,
    gap_mark,
    has_gap,
    is_plain,
    listed_texts,
    without_gaps,
)
from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.excel.safe_worksheet import (
        CellFormats,
        Content,
        SafeWorkbook,
        SafeWorksheet,
        strict,
    )
    from sheetgen.excel.stamped_worksheet import RowCell, StampedWorkbook, StampedWorksheet
else:
    __getattr__ = late(
        __name__,
        safe_worksheet=(
            "CellFormats",
            "Content",
            "SafeWorkbook",
            "SafeWorksheet",
            "strict",
        ),
        stamped_worksheet=("RowCell", "StampedWorkbook", "StampedWorksheet"),
    )

__all__ = [
    "CellFormats",
    "Content",
    "CutRow",
    "RowCell",
    "RowMould",
    "SafeWorkbook",
    "SafeWorksheet",
    "SheetPart",
    "StampedWorkbook",
    "StampedWorksheet",
    "WorkbookMould",
    "cell_text",
    "fill_sheets",
    "formats",
    "gap_mark",
    "has_gap",
    "is_plain",
    "listed_marks",
    "listed_texts",
    "mark_rule",
    "note_refusal",
    "notes_in_words",
    "palette",
    "sheet_prefix",
    "strict",
    "text_fit",
    "without_gaps",
]
