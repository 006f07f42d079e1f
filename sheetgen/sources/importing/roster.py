"""From a roster to the rows that a session lacks: who is there already is never touched."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors, importing, quoted
from sheetgen.sources.importing.roster_columns import (
    FULL_NAME,
    has_people,
    match_columns,
    split_full_name,
)
from sheetgen.sources.importing.roster_values import (
    AmbiguousDateError,
    DateOrder,
    normal_value,
    order_of,
    parse_day,
)
from sheetgen.sources.schema import ValueKind
from sheetgen.spreadsheet import cell_address
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheetgen.sources.importing.roster_table import RosterFile, RosterSheet
    from sheetgen.sources.read import SourceTable
    from sheetgen.sources.schema import SheetSpec

PersonRow = dict[str, str | date]
"""A row to add to a session, by the names of its columns."""

_HEADER_ROWS = 20
_CODED = re.compile(r"([A-Za-z]*)(\d{1,6})")


@dataclass(slots=True, kw_only=True)
class Roster:
    """The people whom a list adds to a session.

    Attributes:
        rows: to be added, in the order of the list.
        columns: each heading of the list, with the session's column that it is; empty for none.
        problems: those of the list.
    """

    rows: list[PersonRow] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """A table of a list, the row of its headings, and what its columns are."""

    sheet: RosterSheet
    row: int
    columns: Mapping[int, str]


def match_roster(
    file: str, found: RosterFile, table: SourceTable, order: DateOrder | None = None
) -> Roster:
    """Return the rows that a list adds to a sheet of a session, and what is to be said of it.

    Args:
        file: the list, as the user knows it.
        found: what it holds.
        table: the sheet, as it is.
        order: of day and month, where whoever imports says it.
    """
    spec = table.spec
    header = _find_header(found, spec)
    roster = Roster()
    if header is None:
        first = next((sheet for sheet in found.sheets if sheet.rows), None)
        headings = quoted(
            (text for text in (first.rows[0][1][:12] if first else ()) if text), last="et"
        )
        place = Location(file=file)
        roster.problems.append(importing.ROSTER_COLUMNS.at(place, found=headings or "aucun"))
        return roster
    names = dict(header.sheet.rows)[header.row]
    roster.columns = [
        (heading, header.columns.get(place, "")) for place, heading in enumerate(names) if heading
    ]
    reader = _RosterReader(file=file, header=header, table=table, order=order, roster=roster)
    reader.read()
    return roster


def _find_header(found: RosterFile, spec: SheetSpec) -> _Header | None:
    """Return the row of headings that names most columns, in whatever table of the file."""
    best: _Header | None = None
    for sheet in found.sheets:
        for number, cells in sheet.rows[:_HEADER_ROWS]:
            columns = match_columns(cells, spec)
            if has_people(columns.values()) and (best is None or len(columns) > len(best.columns)):
                best = _Header(sheet=sheet, row=number, columns=columns)
    return best


@dataclass(slots=True, kw_only=True)
class _RosterReader:
    """Makes rows of a list, and says what stands in the way."""

    file: str
    header: _Header
    table: SourceTable
    order: DateOrder | None
    roster: Roster

    def read(self) -> None:
        """Read every row under the headings."""
        lines = [line for line in self.header.sheet.rows if line[0] > self.header.row]
        self._tell_columns()
        if not any(text for _, cells in lines for text in cells):
            self.roster.problems.append(importing.ROSTER_EMPTY.at(Location(file=self.file)))
        self._find_order(lines)
        known = _Known.of(self.table)
        there = 0
        for number, cells in lines:
            row = self._row(number, cells)
            if row is None:
                continue
            place = self._at(number)
            match known.find(row, self._key):
                case "same":
                    there += 1
                case "other":
                    found = str(row[self._key])
                    self.roster.problems.append(importing.ROSTER_CODE_TAKEN.at(place, found=found))
                case "namesake":
                    who = _who(row)
                    self.roster.problems.append(importing.ROSTER_NAMESAKE.at(place, found=who))
                case _:
                    row.setdefault(self._key, "")
                    self.roster.rows.append(row)
                    known.add(row, self._key)
        if has_errors(self.roster.problems):
            return
        self._make_codes(known)
        if there:
            place = Location(file=self.file)
            self.roster.problems.append(importing.ROSTER_THERE.at(place, count=there))
        self._tell_blanks()

    @property
    def _key(self) -> str:
        """Return the name of the column that holds a person's code."""
        return self.table.spec.columns[0].name

    def _at(self, number: int, column: int | None = None) -> Location:
        cell = cell_address(number - 1, column or 0)
        return Location(file=self.file, sheet=self.header.sheet.name, cell=cell)

    def _tell_columns(self) -> None:
        place = Location(file=self.file, sheet=self.header.sheet.name)
        left = [heading for heading, column in self.roster.columns if not column]
        if left:
            self.roster.problems.append(
                importing.ROSTER_COLUMNS_LEFT.at(place, found=quoted(left, last="et"))
            )
        if self.header.sheet.page:
            page = self.header.sheet.page
            self.roster.problems.append(importing.ROSTER_ENCODING.at(place, found=page))

    def _find_order(self, lines: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        """Find how the list writes dates, unless whoever imports says it."""
        if self.order is not None:
            return
        dates = [
            cells[column]
            for column, name in self.header.columns.items()
            if self._spec(name) is ValueKind.DATE
            for _, cells in lines
            if column < len(cells)
        ]
        self.order = order_of(dates)

    def _spec(self, name: str) -> ValueKind | None:
        return next((item.kind for item in self.table.spec.columns if item.name == name), None)

    def _row(self, number: int, cells: tuple[str, ...]) -> PersonRow | None:
        row: PersonRow = {}
        faulty = False
        for column, name in self.header.columns.items():
            text = cells[column] if column < len(cells) else ""
            if not text:
                continue
            if name == FULL_NAME:
                names = split_full_name(text)
                if names is None:
                    place = self._at(number, column)
                    self.roster.problems.append(importing.ROSTER_NAMES_JOINED.at(place, found=text))
                    faulty = True
                    continue
                row["Nom"], row["Prénom"] = names
                continue
            value = self._value(number, column, text)
            if value is None:
                faulty = True
            else:
                row[name] = value
        if not row and not faulty:
            return None
        lacking = [name for name in ("Nom", "Prénom") if name not in row]
        if lacking and not faulty:
            missing = quoted(lacking, last="et")
            self.roster.problems.append(
                importing.ROSTER_NAME_MISSING.at(self._at(number), missing=missing)
            )
        return None if lacking or faulty else row

    def _value(self, number: int, column: int, text: str) -> str | date | None:
        name = self.header.columns[column]
        spec = next(item for item in self.table.spec.columns if item.name == name)
        if spec.kind is not ValueKind.DATE:
            return normal_value(spec, text)
        place = self._at(number, column)
        try:
            day = parse_day(text, self.order)
        except AmbiguousDateError:
            self.roster.problems.append(importing.ROSTER_DATE_AMBIGUOUS.at(place, found=text))
            return None
        if day is None:
            self.roster.problems.append(importing.ROSTER_DATE_UNREADABLE.at(place, found=text))
        return day

    def _make_codes(self, known: _Known) -> None:
        """Give a code to whoever has none: the next after those that are there."""
        letter = "J" if self.table.spec.name == "Jurés" else "C"
        blank = [row for row in self.roster.rows if not row[self._key]]
        numbers = known.numbers(letter)
        width = 1 if letter == "J" else max(2, len(str(numbers + len(blank))))
        for place, row in enumerate(blank, start=numbers + 1):
            row[self._key] = f"{letter}{place:0{width}d}"
        if blank:
            first, last = blank[0][self._key], blank[-1][self._key]
            made = first if first == last else f"de {first} à {last}"
            self.roster.problems.append(
                importing.ROSTER_CODES_MADE.at(
                    Location(file=self.file), count=len(blank), made=made
                )
            )

    def _tell_blanks(self) -> None:
        required = [item.name for item in self.table.spec.columns if item.required]
        blank = [name for name in required if any(not row.get(name) for row in self.roster.rows)]
        if blank:
            place = Location(file=self.file)
            missing = quoted(blank, last="et")
            self.roster.problems.append(
                importing.ROSTER_TO_FILL.at(place, missing=missing, sheet=self.table.spec.name)
            )


@dataclass(slots=True, kw_only=True)
class _Known:
    """The people of a sheet, by code and by name."""

    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: SourceTable) -> _Known:
        """Return the people whom a sheet has."""
        known = cls()
        for row in table.rows:
            day = row.get("birth_date", date)
            known._note(
                row.get(table.key, str) or "",
                row.get("last_name", str) or "",
                row.get("first_name", str) or "",
                day,
            )
        return known

    def _note(self, code: str, last: str, first: str, day: date | None) -> None:
        name = fold(f"{last} {first}")
        self.names.setdefault(name, set()).add("" if day is None else day.isoformat())
        if code:
            self.codes[fold(code)] = name

    def add(self, row: PersonRow, key: str) -> None:
        """Note a person of the list, so that a second row of theirs is seen."""
        day = row.get("Date de naissance")
        self._note(
            str(row[key]),
            str(row["Nom"]),
            str(row["Prénom"]),
            day if isinstance(day, date) else None,
        )

    def find(self, row: PersonRow, key: str) -> str:
        """Return whether a person is there: « same », « other », « namesake », or nothing.

        The same code with another name is another person's; the same name is a namesake unless code
        or birth date says that it is the same person.
        """
        name = fold(f"{row['Nom']} {row['Prénom']}")
        code = fold(str(row.get(key, "")))
        if code and code in self.codes:
            return "same" if self.codes[code] == name else "other"
        if name not in self.names:
            return ""
        day = row.get("Date de naissance")
        own = day.isoformat() if isinstance(day, date) else ""
        if own and own in self.names[name]:
            return "same"
        apart = own and all(self.names[name])
        return "" if apart or (code and own) else "namesake"

    def numbers(self, letter: str) -> int:
        """Return the highest number of the codes that begin with a letter."""
        found = [
            int(match[2])
            for code in self.codes
            if (match := _CODED.fullmatch(code))
            and match[1] == letter.lower()
            and len(match[2]) < 7
        ]
        return max(found, default=0)


def _who(row: PersonRow) -> str:
    return f"{row['Prénom']} {row['Nom']}"


def added_names(rows: Iterable[PersonRow]) -> list[str]:
    """Return the names of the columns that rows fill, each once."""
    return list(dict.fromkeys(name for row in rows for name in row))
