"""What the values' reader does not show, taken from a package's own XML: see `raw`.

Formulas, errors, merged ranges of .ods, custom properties; and the defects that the values' reader
would turn into a wrong text in silence.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Position = tuple[int, int]
_Element = ET.Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_REPEAT_LIMIT = 20_000


class BrokenPartError(Exception):
    """A part says something impossible; `reason` is French, for the user."""

    def __init__(self, reason: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.sheet = sheet
        self.cell = cell


@dataclass(slots=True, kw_only=True)
class SheetDetails:
    """What a sheet's own part adds to its values; positions count from zero."""

    formulas: dict[_Position, str] = field(default_factory=dict)
    errors: dict[_Position, str] = field(default_factory=dict)
    merged: list[tuple[_Position, _Position]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a package adds to the values of its sheets, by sheet name."""

    sheets: Mapping[str, SheetDetails] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)


def read_ooxml(data: bytes) -> Details:
    """Formulas, errors and properties of an .xlsx or .xlsm."""
    with _open(data) as package:
        sheets = {
            name: _read_sheet_xml(name, _parse(package, part))
            for name, part in _sheet_parts(package)
        }
        return Details(sheets=sheets, properties=_custom_properties(package))


def read_xlsb(data: bytes) -> Details:
    """Properties of an .xlsb."""
    with _open(data) as package:
        return Details(properties=_custom_properties(package))


def read_ods(data: bytes) -> Details:
    """Formulas, errors, merged ranges and properties of an .ods."""
    with _open(data) as package:
        content = _parse(package, "content.xml")
        tables = content.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        sheets = {table.get(f"{_TABLE}name", ""): _read_table(table) for table in tables}
        return Details(sheets=sheets, properties=_ods_properties(package))


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        reason = "la table de son contenu est illisible"
        raise BrokenPartError(reason) from error


def _parse(package: zipfile.ZipFile, part: str) -> _Element:
    try:
        # Document type definitions, hence entities, were refused before (`returns.inspect`).
        return ET.fromstring(package.read(part))  # noqa: S314
    except KeyError as error:
        reason = f"la partie « {part} » manque"
        raise BrokenPartError(reason) from error
    except (ET.ParseError, zipfile.BadZipFile, ValueError) as error:
        reason = f"la partie « {part} » est illisible"
        raise BrokenPartError(reason) from error


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: _Element, name: str) -> Iterator[_Element]:
    # By local name: Strict OOXML says the same things in other namespaces.
    return (child for child in element if _local(child) == name)


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each worksheet, in the workbook's order."""
    root = _targets(package, "")
    workbook = next((t for kind, t in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    targets = _targets(package, workbook)
    for group in _children(_parse(package, workbook), "sheets"):
        for sheet in _children(group, "sheet"):
            identifier = next((v for k, v in sheet.items() if k.endswith("}id")), "")
            kind, target = targets.get(identifier, ("", ""))
            if kind == "worksheet":
                yield sheet.get("name", ""), target


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships: the kind and the target part of each, by identifier."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    return {
        item.get("Id", ""): (
            item.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
        )
        for item in _parse(package, relations)
    }


def _read_sheet_xml(name: str, worksheet: _Element) -> SheetDetails:
    details = SheetDetails()
    seen: set[_Position] = set()
    row = -1
    for data in _children(worksheet, "sheetData"):
        for line in data:
            row = int(line.get("r", row + 2)) - 1
            column = -1
            for cell in line:
                reference = cell.get("r")
                row, column = _position(reference) if reference else (row, column + 1)
                if len(cell):
                    _read_cell(cell, (row, column), details)
                    if (row, column) in seen:
                        reason = "une cellule y figure deux fois"
                        raise BrokenPartError(reason, name, _address(row, column))
                    seen.add((row, column))
    return details


def _read_cell(cell: _Element, position: _Position, details: SheetDetails) -> None:
    kind = cell.get("t")
    for child in cell:
        match _local(child):
            case "f":
                details.formulas[position] = f"={child.text or ''}"
            case "v" if kind == "e":
                details.errors[position] = child.text or "#VALUE!"
            case "v" if kind == "s" and not (child.text or "").isdecimal():
                reason = "un texte partagé porte un numéro illisible"
                raise BrokenPartError(reason, cell=_address(*position))


_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def _position(reference: str) -> _Position:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        reason = f"« {reference} » n'est pas l'adresse d'une cellule"
        raise BrokenPartError(reason)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _custom_properties(package: zipfile.ZipFile) -> dict[str, str]:
    if "docProps/custom.xml" not in package.namelist():
        return {}
    return {
        item.get("name", ""): _property_text("".join(item.itertext()))
        for item in _parse(package, "docProps/custom.xml")
    }


def _ods_properties(package: zipfile.ZipFile) -> dict[str, str]:
    if "meta.xml" not in package.namelist():
        return {}
    return {
        item.get(f"{_META}name", ""): _property_text("".join(item.itertext()))
        for item in _parse(package, "meta.xml").iter(f"{_META}user-defined")
    }


def _property_text(text: str) -> str:
    """The property as a text; a whole number stays one, though LibreOffice makes it 3.0."""
    stripped = text.strip()
    return stripped[:-2] if re.fullmatch(r"-?[0-9]+\.0", stripped) else stripped


def _read_table(table: _Element) -> SheetDetails:
    details = SheetDetails()
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        rows = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        column = 0
        for cell in line:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            _read_ods_cell(cell, details, (row, column), (rows, columns))
            column += columns
        row += rows
    return details


def _read_ods_cell(
    cell: _Element, details: SheetDetails, at: _Position, repeated: _Position
) -> None:
    formula = cell.get(f"{_TABLE}formula")
    faulty = cell.get(f"{_CALCEXT}value-type") == "error"
    across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    if across > 1 or down > 1:
        details.merged.append((at, (at[0] + down - 1, at[1] + across - 1)))
    if formula is None and not faulty:
        return
    for row in range(at[0], at[0] + min(repeated[0], _REPEAT_LIMIT)):
        for column in range(at[1], at[1] + min(repeated[1], _REPEAT_LIMIT)):
            if formula is not None:
                details.formulas[row, column] = "=" + formula.partition(":=")[2]
            if faulty:
                details.errors[row, column] = "".join(cell.itertext()).strip()
