"""The grid's writer: a plan to a workbook, written by XlsxWriter once and stamped for each juror.

`write_grid` writes one, filled or not; `produce_grids` many of one session. Importing this loads
XlsxWriter.
"""

from __future__ import annotations

from sheetgen.grid.write.calculation import Answers, Review
from sheetgen.grid.write.grid import write_grid
from sheetgen.grid.write.grid_package import is_as_written
from sheetgen.grid.write.grid_sheet import is_usable_logo
from sheetgen.grid.write.stamping import Stamper, produce_grids

__all__ = [
    "Answers",
    "Review",
    "Stamper",
    "is_as_written",
    "is_usable_logo",
    "produce_grids",
    "write_grid",
]
