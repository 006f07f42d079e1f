"""What the values' reader does not show, taken from a file's own parts: see `raw`.

Formulas, errors, merged ranges, custom properties; and the defects that the values' reader would
turn into a wrong text in silence.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.grids.biff import (
    BinarySheet,
    BrokenRecordsError,
    read_xls,
    read_xlsb_names,
    read_xlsb_sheet,
)
from sheetgen.grids.compound import BrokenCompoundError, CompoundFile
from sheetgen.grids.extent import FarCellError, check_sheet_extent
from sheetgen.grids.sheet_xml import (
    BrokenPartError,
    SheetDetails,
    is_xml,
    local_name,
    parse_xml,
    read_sheet_xml,
)
from sheetgen.grids.unpacking import BrokenEntryError, OversizeEntryError, open_package

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from xml.etree import ElementTree as ET

    from sheetgen.grids.addresses import Position
    from sheetgen.grids.unpacking import Package

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

UNSEEN_FORMULA = "="
"""Stands for a formula whose text the file does not show plainly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a package adds to the values of its sheets, by sheet name."""

    sheets: Mapping[str, SheetDetails] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)


def read_ooxml(data: bytes, bare: Collection[str] = ()) -> Details:
    """Formulas, errors and properties of an .xlsx or .xlsm; of the sheets named bare, nothing.

    Raises:
        BrokenPartError: a part cannot be read.
        FarCellError: a sheet reaches too far to be laid out.
    """
    package = open_parts(data)
    names = sheet_parts(package)
    _check_extents(package, names)
    sheets = {
        name: read_sheet_xml(name, _read(package, part))
        for part, name in names.items()
        if name not in bare
    }
    return Details(sheets=sheets, properties=custom_properties(package))


def _check_extents(package: Package, sheets: Mapping[str, str]) -> None:
    """Refuses a sheet with a cell beyond the limits, be it one that only some readers would see."""
    for entry in package.entries:
        sheet = sheets.get(entry.filename, "")
        try:
            part = package.inflate(entry, entry.file_size)
            if sheet or (b"sheetData" in part and is_xml(part)):
                check_sheet_extent(part)
        except FarCellError as far:
            far.sheet = sheet
            raise
        except BrokenPartError as broken:
            raise BrokenPartError(broken.reason, sheet, broken.cell) from broken
        except (BrokenEntryError, OversizeEntryError) as error:
            raise _unreadable(entry.filename) from error


def read_xlsb(data: bytes) -> Details:
    """Formulas, errors, merged ranges and properties of an .xlsb."""
    package = open_parts(data)
    try:
        sheets = {
            name: _binary_details(read_xlsb_sheet(name, _read(package, part)))
            for part, name in sheet_parts(package).items()
        }
    except BrokenRecordsError as error:
        raise BrokenPartError(error.reason) from error
    return Details(sheets=sheets, properties=custom_properties(package))


def read_xls_details(data: bytes) -> Details:
    """Formulas and errors of an .xls."""
    try:
        stream = CompoundFile(data).stream("Workbook", "Book") or b""
        sheets = {sheet.name: _binary_details(sheet) for sheet in read_xls(stream)}
    except (BrokenCompoundError, BrokenRecordsError) as error:
        raise BrokenPartError(error.reason) from error
    return Details(sheets=sheets)


def read_ods(data: bytes) -> Details:
    """Formulas, errors, merged ranges and properties of an .ods."""
    package = open_parts(data)
    content = _parse(package, "content.xml")
    tables = content.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    try:
        sheets = {table.get(f"{_TABLE}name", ""): _read_table(table) for table in tables}
    except ValueError as error:
        reason = "un nombre de cellules répétées est illisible"
        raise BrokenPartError(reason) from error
    return Details(sheets=sheets, properties=_ods_properties(package))


def open_parts(data: bytes) -> Package:
    """The zip that a workbook is.

    Raises:
        BrokenPartError: its table is missing or unreadable.
    """
    try:
        return open_package(data)
    except BrokenEntryError as error:
        raise BrokenPartError(error.reason) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What an .xlsx, .xlsm or .xlsb says of its parts.

    Attributes:
        workbook: the part that lists the sheets.
        targets: the kind and the part of each of its relationships, by identifier.
        sheets: name and relationship of each sheet, in the workbook's order.
    """

    workbook: str
    targets: Mapping[str, tuple[str, str]]
    sheets: Sequence[tuple[str, str]]


def read_outline(package: Package) -> Outline:
    """What the package says of its parts.

    Raises:
        BrokenPartError: it does not say.
    """
    root = _targets(package, "").values()
    workbook = next((part for kind, part in root if kind == "officeDocument"), "xl/workbook.xml")
    targets = _targets(package, workbook)
    return Outline(workbook=workbook, targets=targets, sheets=_sheet_names(package, workbook))


def sheet_parts(package: Package) -> dict[str, str]:
    """The name of each worksheet by the part that holds it, in the workbook's order.

    Raises:
        BrokenPartError: the workbook does not say.
    """
    outline = read_outline(package)
    found: dict[str, str] = {}
    for name, relation in outline.sheets:
        kind, part = outline.targets.get(relation, ("", ""))
        if kind == "worksheet":
            found[part] = name
    return found


def _sheet_names(package: Package, workbook: str) -> Sequence[tuple[str, str]]:
    """Name and relationship of each sheet."""
    body = _read(package, workbook)
    if workbook.endswith(".bin"):
        return tuple(read_xlsb_names(body))
    return _listed_sheets(workbook, body)


def _targets(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """A part's relationships: the kind and the target part of each, by identifier."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    return _listed_targets(folder, relations, _read(package, relations))


# What parts say of others is the same in every grid of a form: it is looked at once.


@lru_cache(maxsize=32)
def _listed_sheets(workbook: str, body: bytes) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for group in _children(parse_xml(workbook, body), "sheets"):
        for sheet in _children(group, "sheet"):
            relation = next((value for key, value in sheet.items() if key.endswith("}id")), "")
            found.append((sheet.get("name", ""), relation))
    return tuple(found)


@lru_cache(maxsize=32)
def _listed_targets(folder: str, relations: str, body: bytes) -> Mapping[str, tuple[str, str]]:
    return {
        item.get("Id", ""): (
            item.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
        )
        for item in parse_xml(relations, body)
    }


def _read(package: Package, part: str) -> bytes:
    try:
        return package.part(part)
    except KeyError as error:
        reason = f"la partie « {part} » manque"
        raise BrokenPartError(reason) from error
    except BrokenEntryError as error:
        raise _unreadable(part) from error


def _unreadable(part: str) -> BrokenPartError:
    return BrokenPartError(f"la partie « {part} » est illisible")


def _parse(package: Package, part: str) -> ET.Element:
    return parse_xml(part, _read(package, part))


def _children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    # By local name: Strict OOXML says the same things in other namespaces.
    return (child for child in element if local_name(child.tag) == name)


def _binary_details(sheet: BinarySheet) -> SheetDetails:
    return SheetDetails(
        formulas=dict.fromkeys(sheet.formulas, UNSEEN_FORMULA),
        errors=sheet.errors,
        merged=sheet.merged,
        blank=sheet.zeroes,
    )


def custom_properties(package: Package) -> dict[str, str]:
    """The custom document properties of an .xlsx, .xlsm or .xlsb, as texts.

    Raises:
        BrokenPartError: they cannot be read.
    """
    if "docProps/custom.xml" not in package:
        return {}
    return {
        item.get("name", ""): _property_text(
            "".join(item.itertext()), number=any(local_name(kind.tag) in _NUMBERS for kind in item)
        )
        for item in _parse(package, "docProps/custom.xml")
    }


def _ods_properties(package: Package) -> dict[str, str]:
    if "meta.xml" not in package:
        return {}
    return {
        item.get(f"{_META}name", ""): _property_text(
            "".join(item.itertext()), number=item.get(f"{_META}value-type") == "float"
        )
        for item in _parse(package, "meta.xml").iter(f"{_META}user-defined")
    }


_NUMBERS = frozenset({"r4", "r8", "decimal"})
"""Kinds of property that hold a number which may have decimals."""


def _property_text(text: str, *, number: bool) -> str:
    """The property as a text; a whole number stays one, though LibreOffice may make it 3.0."""
    stripped = text.strip()
    return stripped.removesuffix(".0") if number else stripped


def _read_table(table: ET.Element) -> SheetDetails:
    details = SheetDetails()
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        rows = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        column = 0
        for cell in line:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            _read_ods_merge(cell, details, (row, column))
            _read_ods_cell(
                cell,
                details,
                [(r, c) for r in range(row, row + rows) for c in range(column, column + columns)]
                if f"{_OFFICE}value-type" in cell.attrib or f"{_TABLE}formula" in cell.attrib
                else [],
            )
            column += columns
        row += rows
    return details


def _read_ods_merge(cell: ET.Element, details: SheetDetails, at: Position) -> None:
    across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    if across > 1 or down > 1:
        details.merged.append((at, (at[0] + down - 1, at[1] + across - 1)))


def _read_ods_cell(cell: ET.Element, details: SheetDetails, places: list[Position]) -> None:
    formula = cell.get(f"{_TABLE}formula")
    if formula is not None:
        text = "=" + formula.partition("=")[2]
        details.formulas.update(dict.fromkeys(places, text))
    if cell.get(f"{_CALCEXT}value-type") == "error":
        text = "".join(line for part in cell.iterfind(f"{_TEXT}p") for line in part.itertext())
        details.errors.update(dict.fromkeys(places, text))
