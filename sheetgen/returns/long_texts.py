"""Texts longer than a cell of Excel holds: refused where they are read, cut where they go back.

Other programs store longer ones, and no workbook made here could hold them.
"""

from __future__ import annotations

from sheetgen.excel.cell_text import LONGEST_TEXT, cut_text, excel_length


def is_too_long(text: str) -> bool:
    """Return whether no cell of Excel holds the text."""
    # Most are far from the limit, and counting takes a copy of the text.
    return len(text) > LONGEST_TEXT // 2 and excel_length(text) > LONGEST_TEXT


def cut_to_fit(text: str) -> str:
    """Return the text, cut and ended by « … » where a cell of Excel would not hold it."""
    return cut_text(text, LONGEST_TEXT)
