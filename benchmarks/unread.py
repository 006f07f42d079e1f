"""A reader that reads nothing: what containing a returned file costs by itself.

It stands alone, since the processes that are to use it load this module and what it imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetgen.grids.raw import SpreadsheetFormat


def read_nothing(data: bytes, form: SpreadsheetFormat, name: str) -> None:
    """Makes nothing of a workbook that was found safe to open."""
