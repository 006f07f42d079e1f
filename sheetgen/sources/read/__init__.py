"""Reading what the school wrote: a source workbook to rows of values, each with its cell.

`read_book` opens one and finds its sheets, `SourceTable` gives their rows, `parse_cell` makes a
value of a cell or says why not; `read_printed` remembers what papers print. Everything that the
sheets of `sources`, the checks and the jury's reader build on is here, hence so many names.
"""

from __future__ import annotations

from sheetgen.sources.read.books import (
    SourceBook,
    check_printed,
    check_reviewed,
    in_order,
    read_book,
    read_fields,
)
from sheetgen.sources.read.cell_display import CellFault
from sheetgen.sources.read.cell_values import Value, parse_cell, parse_default, suggestion
from sheetgen.sources.read.moments import WrittenPassage
from sheetgen.sources.read.opening import Opening, SourceCell, begin_source
from sheetgen.sources.read.printed import PrintedKey, PrintedValue, by_row, read_printed
from sheetgen.sources.read.quantities import Quantity, as_count, as_percentage, written_share
from sheetgen.sources.read.tables import Row, SourceTable, empty_sheet
from sheetgen.sources.read.told_rows import told_in

__all__ = [
    "CellFault",
    "Opening",
    "PrintedKey",
    "PrintedValue",
    "Quantity",
    "Row",
    "SourceBook",
    "SourceCell",
    "SourceTable",
    "Value",
    "WrittenPassage",
    "as_count",
    "as_percentage",
    "begin_source",
    "by_row",
    "check_printed",
    "check_reviewed",
    "empty_sheet",
    "in_order",
    "parse_cell",
    "parse_default",
    "read_book",
    "read_fields",
    "read_printed",
    "suggestion",
    "told_in",
    "written_share",
]
