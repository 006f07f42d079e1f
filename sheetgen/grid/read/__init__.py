"""The grid's reader: a workbook of values to rows of marks by their criterion's code.

`read_grid` takes a file's bytes, `parse_grid` a workbook that is read. Nothing here says whether a
mark is accepted: that is for `returns`.
"""

from __future__ import annotations

from sheetgen.grid.read.grid import (
    ReadCell,
    ReadGrid,
    ReadRow,
    ReadTable,
    parse_grid,
    read_grid,
    text_of,
)

__all__ = [
    "ReadCell",
    "ReadGrid",
    "ReadRow",
    "ReadTable",
    "parse_grid",
    "read_grid",
    "text_of",
]
