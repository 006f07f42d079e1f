"""The values of the two source workbooks that papers print, each with its cell.

It is what a closing freezes: read again later, it tells each value that has changed since, whatever
row or format it is in by then. Arrangements are left out: they never leave `session.xlsx`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Term
from sheetgen.problems.source_files import FIELD_UNKNOWN
from sheetgen.sources.read.books import read_book, read_fields
from sheetgen.sources.schema import NO, REFERENTIAL, SESSION, YES
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sheetgen.problems import Location
    from sheetgen.sources.read.tables import Row, SourceTable
    from sheetgen.sources.schema import ValueSpec, WorkbookSpec

_SHEETS = (
    (
        REFERENTIAL,
        ("Certification", "Blocs", "Activités", "Modalités", "Compétences", "Critères", "Échelle"),
    ),
    (SESSION, ("Session", "Candidats", "Jurés")),
)
_UNPRINTED = frozenset(
    (
        *("email", "return_deadline", "colour", "incompatible_with", "weight", "former_name"),
        *("cdc_client", "cdc_contract"),
    )
)
"""Attributes that no paper prints: they may change once a session is closed."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PrintedKey:
    """The key of a value: its sheet, its row's code (empty where rows have names), its name."""

    sheet: str
    row: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedValue:
    """The value of a cell, as a French reader writes it; an empty text where it is blank."""

    text: str
    location: Location


def by_row(printed: Mapping[PrintedKey, str]) -> dict[str, dict[str, dict[str, str]]]:
    """Return frozen values by sheet, row and name; a sheet or a row that is not there is empty."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for key, text in printed.items():
        found[key.sheet][key.row][key.name] = text
    return found


def read_printed(referential: Path, session: Path) -> Mapping[PrintedKey, PrintedValue]:
    """Return each value that papers may print; none of a workbook that cannot be read."""
    found: dict[PrintedKey, PrintedValue] = {}
    for path, (spec, names) in zip((referential, session), _SHEETS, strict=True):
        found.update(_values(path, spec, names))
    return found


def _values(
    path: Path, spec: WorkbookSpec, names: tuple[str, ...]
) -> Iterator[tuple[PrintedKey, PrintedValue]]:
    book = read_book(path, spec)
    for name in names if book.tables else ():
        table = book.tables[name]
        if table.spec.fields:
            row, _ = read_fields(table, FIELD_UNKNOWN)
            yield from _of_row(table, row, "", table.spec.fields)
        else:
            for row in table.rows:
                code = row.get(table.key, str)
                if code is not None:
                    yield from _of_row(table, row, code, table.spec.columns[1:])


def _of_row(
    table: SourceTable, row: Row, code: str, specs: tuple[ValueSpec, ...]
) -> Iterator[tuple[PrintedKey, PrintedValue]]:
    for spec in specs:
        if spec.attribute in _UNPRINTED:
            continue
        # A value that cannot be read is shown as it stands: it is no longer what it was.
        text = (
            row.shown(spec.attribute)
            if spec.attribute in row.faulty and spec.attribute in row.cells
            else _text(row.values.get(spec.attribute))
        )
        yield (
            PrintedKey(sheet=table.spec.name, row=code, name=spec.name),
            PrintedValue(text=text, location=row.at(spec.attribute)),
        )


def _text(value: object) -> str:  # noqa: PLR0911 (one for each type of value)
    """Return a value as a French reader writes it."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case Term():
            return str(value.value)
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case dt.time():
            return f"{value:%H:%M}"
        case tuple():
            return " ; ".join(map(str, value))
        case Fraction():
            return exact_number(value)
    return str(value)
