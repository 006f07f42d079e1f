"""Reading any workbook, whoever and whatever program wrote it: exactly, or not at all.

Nothing here knows what a grid or a source is. `read_workbook` is the one way in, for the school's
workbooks, the grids that come back and the jury's; `contained` calls it in processes that may die.
`limits` and `containers` are open as a whole: archives of workbooks are held to the same. Word
documents that a school imports come in the same package of XML parts: `parse_part` and the names
that find a part serve them, too, and are loaded with the first.

**Why what comes out can be trusted**

A mark read wrong in silence is worse than a file refused. So a workbook is read exactly or
refused, and each way that a reader can be misled is closed in one place:

1. *The container* (`containers`; for .xls, `xls`). Every part of a zip is really inflated, within
   limits, and held against the zip's table: length, sum, name. Parts of one name, whatever its
   case and slashes, are refused. Compound files are opened by olefile.
2. *Which part is which* (`relations`). From `_rels/.rels` on, relationships alone say which part
   is the workbook, a sheet, the shared texts; two answers are refused. A part that lies at the
   usual name without being named is never looked at. In .ods the parts have fixed names by
   definition.
3. *The XML* (`markup`). lxml parses each part that is read from its first byte to its last, so
   none is half well formed. No document type, hence no entity, gets as far as the parser, and no
   encoding that could hide one. Comments and instructions are left out by it and CDATA is text,
   so an element's text is whole: `1<!-- -->2` is 12. Namespaces are held: an element of another
   one is never a cell. `mc:AlternateContent` gives what ECMA-376 gives a reader that knows no
   extension.
4. *The cells* (`xlsx_rows`, `xlsx_cells`, `xlsx_values`, `ods`, `ods_text`). Inside rows
   everything is understood or refused at its cell: elements, attributes, text between elements,
   addresses, types, numbers, indexes of texts. The same cell twice is refused. Of an .ods cell
   only its own paragraphs count, never what lies over it. A row, a cell or a shared text that
   comes again byte for byte, in a part of which that proves what it says, is not read twice
   (`known_pieces`, `known_cells`).
5. *The binary formats* (`xls`, `xlsb`, `biff`, `biff_cells`, `binary`). Their values are python-
   calamine's. Records are walked first: formulas, errors, merges, the same cell twice, counts that
   lie, cells shorter than their values; a chart's cached cells are masked; an .xls gets a container
   of our own, short records of an .xlsb are written in full, and it is packed anew with the parts
   that count at the names that calamine expects. A value where no record is, is refused.
6. *Size* (`limits`, `contents`). Cells are kept sparse: a stray one lays nothing out. Large sheets
   are parsed row by row. Still, a hostile file may hang, swell or abort: that is what processes
   are for.
7. *The process* (`contained`). It has limits on memory and time. What it says is not unpickled:
   it is decoded as exactly the type that was asked for, or the file is refused.

What an .xls does not let anyone check (it has no sum of its bytes) is said in `docs/design.md`.

Every refusal is a `Kind` of the catalogue, in French; a reader's own words never reach a user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late
from sheetgen.spreadsheet import containers, limits
from sheetgen.spreadsheet.contents import (
    UNSEEN_FORMULA,
    MergedRange,
    Moment,
    Position,
    RawCell,
    RawSheet,
    RawWorkbook,
    SharedCells,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    cell_address,
    parse_address,
)
from sheetgen.spreadsheet.detect import check_ending, is_archive
from sheetgen.spreadsheet.limits import Scope
from sheetgen.spreadsheet.number_formats import format_sections
from sheetgen.spreadsheet.reading import read_workbook

if TYPE_CHECKING:
    from sheetgen.spreadsheet.markup import Element, parse_part
    from sheetgen.spreadsheet.relations import find_target, main_part, relations_of

__all__ = [
    "UNSEEN_FORMULA",
    "Element",
    "MergedRange",
    "Moment",
    "Position",
    "RawCell",
    "RawSheet",
    "RawWorkbook",
    "Scope",
    "SharedCells",
    "SpreadsheetFormat",
    "UnreadableWorkbookError",
    "cell_address",
    "check_ending",
    "containers",
    "find_target",
    "format_sections",
    "is_archive",
    "limits",
    "main_part",
    "parse_address",
    "parse_part",
    "read_workbook",
    "relations_of",
]

__getattr__ = late(
    __name__,
    markup=("Element", "parse_part"),
    relations=("find_target", "main_part", "relations_of"),
)
