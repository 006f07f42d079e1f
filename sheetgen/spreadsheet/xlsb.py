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
    long_cells,
    read_xlsb_formats,
    read_xlsb_names,
    read_xlsb_sheet,
)
from sheetgen.spreadsheet.binary import read_values, refuse_far_sheets
from sheetgen.spreadsheet.contents import (
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
    read_properties,
    relations_of,
)
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
    named = relations_of(package, part)
    book = package.part(part)
    try:
        listed = read_xlsb_names(book)
        parts = {
            target: (name, long_cells(package.part(target)))
            for name, target in worksheets(
                [(name, named.get(identifier)) for name, identifier in listed]
            )
        }
        sheets = [read_xlsb_sheet(name, body) for name, body in parts.values()]
        styles = find_target(named, "styles")
        if styles in package:
            kinds = read_xlsb_formats(package.part(styles))
            for sheet in sheets:
                sheet.styles = kinds
        texts = find_target(named, "sharedStrings")
        if texts:
            check_xlsb_texts(package.part(texts))
    except BrokenRecordsError as broken:
        raise damaged(broken.reason) from broken
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    refuse_far_sheets(sheets)
    bodies = {target: body for target, (_, body) in parts.items()}
    found = {identifier: named[identifier] for _, identifier in listed}
    return RawWorkbook(
        form=SpreadsheetFormat.XLSB,
        sheets=read_values(_repacked(package, named, found, {part: book, **bodies}), sheets),
        properties=read_properties(package),
    )


def _repacked(
    package: Package,
    named: Mapping[str, Relation],
    sheets: Mapping[str, Relation],
    own: Mapping[str, bytes],
) -> bytes:
    """Return a package of the parts that count, each at its usual name."""
    parts = {_BOOK: next(iter(own.values()))}
    for kind, name in _USUAL.items():
        target = find_target(named, kind)
        if target and target in package:
            parts[name] = package.part(target)
    lines: list[str] = []
    for number, (identifier, relation) in enumerate(sheets.items(), start=1):
        name = f"{_FOLDERS.get(relation.kind, 'macrosheets')}/sheet{number}.bin"
        parts[f"xl/{name}"] = own.get(relation.target) or package.part(relation.target)
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
