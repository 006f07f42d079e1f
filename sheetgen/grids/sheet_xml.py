"""A worksheet's XML: its formulas and errors, and what would be misread in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sheetgen.grids.addresses import Position, cell_address, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator


class BrokenPartError(Exception):
    """A part says something impossible; `reason` is French, for the user."""

    def __init__(self, reason: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.sheet = sheet
        self.cell = cell


@dataclass(slots=True, kw_only=True)
class SheetDetails:
    """What a sheet's own part adds to its values; `blank` are values that must not be believed."""

    formulas: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    merged: list[tuple[Position, Position]] = field(default_factory=list)
    blank: set[Position] = field(default_factory=set)


def is_xml(part: bytes) -> bool:
    """Whether a part may be XML, in whatever encoding."""
    return part[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def parse_xml(part: str, body: bytes) -> ET.Element:
    """A part's root element.

    Raises:
        BrokenPartError: it is not XML.
    """
    try:
        # Document type definitions, hence entities, were refused before (`returns.packages`).
        return ET.fromstring(body)  # noqa: S314
    except (ET.ParseError, ValueError) as error:
        reason = f"la partie « {part} » est illisible"
        raise BrokenPartError(reason) from error


@lru_cache(maxsize=1_000)
def local_name(tag: str) -> str:
    """An element's name without its namespace: Strict OOXML has others for the same things."""
    return tag.rpartition("}")[2]


def read_sheet_xml(name: str, body: bytes) -> SheetDetails:
    """Formulas and errors of a worksheet part.

    Raises:
        BrokenPartError: the part is no XML, holds a cell twice, or an address or the number of a
            text that is none.
    """
    details = SheetDetails()
    seen: set[Position] = set()
    for position, cell in _filled_cells(name, parse_xml(name, body)):
        if position in seen:
            reason = "une cellule y figure deux fois"
            raise BrokenPartError(reason, name, cell_address(*position))
        seen.add(position)
        kind = cell.get("t")
        for child in cell:
            match local_name(child.tag):
                case "f":
                    details.formulas[position] = f"={child.text or ''}"
                case "v" if kind == "e":
                    details.errors[position] = child.text or "#VALUE!"
                case "v" if kind == "s" and not _is_index(child):
                    reason = "un texte y porte un numéro illisible"
                    raise BrokenPartError(reason, name, cell_address(*position))
    return details


def _is_index(value: ET.Element) -> bool:
    # The values' reader takes « 1x » or « -1 » for 0: the first text of the workbook.
    text = value.text or ""
    return not len(value) and text.isascii() and text.isdecimal()


def _filled_cells(name: str, worksheet: ET.Element) -> Iterator[tuple[Position, ET.Element]]:
    row = -1
    try:
        for data in worksheet:
            if local_name(data.tag) != "sheetData":
                continue
            for line in data:
                row = int(line.get("r", row + 2)) - 1
                column = -1
                for cell in line:
                    reference = cell.get("r")
                    row, column = parse_address(reference) if reference else (row, column + 1)
                    if len(cell):
                        yield (row, column), cell
    except ValueError as error:
        reason = "une adresse de cellule est illisible"
        raise BrokenPartError(reason, name) from error
