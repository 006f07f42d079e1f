"""A source workbook as its declared tables, and the problems of its sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import sources as kinds
from sheetgen.sources.read.cell_values import suggestion
from sheetgen.sources.read.names import match_names
from sheetgen.sources.read.opening import Sheet, open_source
from sheetgen.sources.read.tables import SourceTable, read_table
from sheetgen.text.fold import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sheetgen.sources.schema import WorkbookSpec

_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBook:
    """A workbook's tables by the declared name of their sheet; none when it cannot be read.

    `problems` are those of the file and of its sheets' names; each table has its own.
    """

    file: str
    tables: Mapping[str, SourceTable]
    problems: tuple[Problem, ...]


def read_book(path: Path, spec: WorkbookSpec) -> SourceBook:
    """Return the tables that `spec` declares, each with its problems."""
    file = path.as_posix()
    sheets, problems = open_source(path)
    if problems:
        return SourceBook(file=file, tables={}, problems=tuple(problems))
    names = [sheet.name for sheet in sheets]
    matches = match_names(names, (sheet.name for sheet in spec.sheets))
    if not matches.matched:
        return SourceBook(file=file, tables={}, problems=(_foreign(file, spec, names),))
    tables = {
        sheet.name: read_table(file, sheet, _found(sheets, matches.matched.get(sheet.name)))
        for sheet in spec.sheets
    }
    problems += [
        kinds.SHEET_DUPLICATE.at(
            Location(file=file, sheet=names[i]), found=names[i], other=names[first]
        )
        for i, first in matches.duplicates
    ]
    problems += [
        kinds.SHEET_MISSPELT.at(
            Location(file=file, sheet=names[i]), found=names[i], expected=expected
        )
        for i, expected in matches.misspelt
    ]
    companions = {fold_name(name) for name in spec.companions}
    problems += [
        kinds.SHEET_UNKNOWN.at(
            Location(file=file, sheet=names[i]),
            found=names[i],
            suggestion=suggestion(names[i], matches.missing),
        )
        for i in matches.unknown
        if fold_name(names[i]) not in companions
    ]
    absent = [name for name in matches.missing if spec.sheet(name).required]
    if absent:
        missing = quoted(absent, last="et")
        problems.append(kinds.SHEETS_MISSING.at(Location(file=file), missing=missing))
    return SourceBook(file=file, tables=tables, problems=tuple(problems))


def _found(sheets: tuple[Sheet, ...], place: int | None) -> Sheet | None:
    return None if place is None else sheets[place]


def _foreign(file: str, spec: WorkbookSpec, names: list[str]) -> Problem:
    found = quoted((name[:31] for name in names[:10]), last="et") or "aucune"
    expected = quoted((sheet.name for sheet in spec.sheets if sheet.required), last="et")
    return kinds.WORKBOOK_FOREIGN.at(Location(file=file), expected=expected, found=found)


def in_order(problems: Iterable[Problem], spec: WorkbookSpec) -> list[Problem]:
    """Return the problems in the order in which a reader meets them: by sheet, row, column."""
    places = {fold_name(sheet.name): place for place, sheet in enumerate(spec.sheets)}

    def key(problem: Problem) -> tuple[int, int, int, str]:
        where = problem.location
        sheet = places.get(fold_name(where.sheet), len(places)) if where.sheet else -1
        match = _REFERENCE.fullmatch(where.cell)
        column, row = match.groups() if match else ("", "0")
        return sheet, int(row), len(column), column

    return sorted(problems, key=key)
