"""Reading .xlsb: the binary parts that relationships name, given to python-calamine and no others.

It looks for parts at their usual names. So it is given a package of our own, in which the parts
that relationships name stand at those, and nothing else does.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from sheetgen.problems.returns import NO_SHEET
from sheetgen.spreadsheet.biff import (
    BrokenRecordsError,
    check_xlsb_texts,
    read_xlsb_names,
    read_xlsb_sheet,
)
from sheetgen.spreadsheet.binary import read_values, refuse_far_sheets
from sheetgen.spreadsheet.properties import read_properties
from sheetgen.spreadsheet.records import (
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    damaged,
)
from sheetgen.spreadsheet.relations import (
    RELATIONSHIPS,
    Relation,
    find_target,
    main_part,
    relations,
)
from sheetgen.spreadsheet.xlsb_cells import with_full_cells
from sheetgen.spreadsheet.xlsx import worksheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.spreadsheet.containers import Package

_BOOK = "xl/workbook.bin"
_USUAL = {"sharedStrings": "xl/sharedStrings.bin", "styles": "xl/styles.bin"}
_FOLDERS = {"worksheet": "worksheets", "chartsheet": "chartsheets", "dialogsheet": "dialogsheets"}


def read_xlsb(package: Package) -> RawWorkbook:
    """Return everything that a workbook's sheets hold.

    Raises:
        UnreadableWorkbookError: a part is missing, or its records contradict themselves.
    """
    part = main_part(package)
    named = relations(package, part)
    book = package.part(part)
    try:
        listed = read_xlsb_names(book)
        found = worksheets([(name, named.get(identifier)) for name, identifier in listed])
        cells = {target: with_full_cells(package.part(target)) for _, target in found}
        sheets = [read_xlsb_sheet(name, cells[target]) for name, target in found]
        texts = find_target(named, "sharedStrings")
        if texts:
            check_xlsb_texts(package.part(texts))
    except BrokenRecordsError as broken:
        raise damaged(broken.reason) from broken
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    refuse_far_sheets(sheets)
    parts = {_BOOK: book, **_tables(package, named)}
    leading = {identifier: named[identifier] for _, identifier in listed}
    return RawWorkbook(
        form=SpreadsheetFormat.XLSB,
        sheets=read_values(_repacked(parts, leading, cells), sheets),
        properties=read_properties(package),
    )


def _tables(package: Package, named: Mapping[str, Relation]) -> Mapping[str, bytes]:
    """Return the parts that cells refer to, by their usual names."""
    found = {name: find_target(named, kind) for kind, name in _USUAL.items()}
    return {name: package.part(part) for name, part in found.items() if part in package}


def _repacked(
    others: Mapping[str, bytes], sheets: Mapping[str, Relation], cells: Mapping[str, bytes]
) -> bytes:
    """Return a package of the parts that count, each at its usual name.

    Args:
        others: the parts that are no sheets, by their usual names.
        sheets: all sheets, by their relationships.
        cells: the worksheets' parts by their own names; other sheets have no cells that count.
    """
    parts = dict(others)
    lines: list[str] = []
    for number, (identifier, relation) in enumerate(sheets.items(), start=1):
        name = f"{_FOLDERS.get(relation.kind, 'macrosheets')}/sheet{number}.bin"
        parts[f"xl/{name}"] = cells.get(relation.target, b"")
        lines.append(
            f"<Relationship Id={quoteattr(identifier)} "
            f'Type="{RELATIONSHIPS[0]}/{relation.kind}" Target="{name}"/>'
        )
    parts["xl/_rels/workbook.bin.rels"] = _RELATIONS.format("".join(lines)).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target_package:
        for name, content in parts.items():
            target_package.writestr(name, content)
    return packed.getvalue()


_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
