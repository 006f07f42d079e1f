"""A source workbook as its declared tables and records, and the problems of its sheets.

A record is a sheet of names and values, a row for each field.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Kind, Location, Problem, quoted
from sheetgen.problems import source_files as kinds
from sheetgen.problems.importing import DRAFT_UNREAD
from sheetgen.sources.read.cell_values import parse_default, suggestion
from sheetgen.sources.read.names import match_names
from sheetgen.sources.read.opening import Sheet, SourceCell, open_source
from sheetgen.sources.read.tables import Row, SourceTable, parse_row, read_table
from sheetgen.sources.schema import REVIEWED, YES
from sheetgen.text.fold import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sheetgen.sources.read.opening import Opening
    from sheetgen.sources.schema import FieldSpec, WorkbookSpec

_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBook:
    """A workbook's tables by the declared name of their sheet; none when it cannot be read.

    `problems` are those of the file and of its sheets' names; each table has its own. `drafts` are
    the sheets of a draft that nobody has read yet, by their declared names.
    """

    file: str
    tables: Mapping[str, SourceTable]
    problems: tuple[Problem, ...]
    drafts: Mapping[str, Sheet] = field(default_factory=dict)


def read_book(path: Path, spec: WorkbookSpec, opening: Opening | None = None) -> SourceBook:
    """Return the tables that `spec` declares, each with its problems.

    Args:
        path: of the workbook.
        spec: what is looked for in it.
        opening: of that workbook, where somebody has begun to read it.
    """
    file = path.as_posix()
    if opening is None:
        sheets, problems = open_source(path, (sheet.name for sheet in spec.sheets))
    else:
        sheets, problems = opening()
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
    drafts = {
        draft.name: sheet
        for draft in spec.drafts
        for sheet in sheets
        if fold_name(sheet.name) == fold_name(draft.name)
    }
    companions = {fold_name(name) for name in (*spec.companions, *drafts)}
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
    return SourceBook(file=file, tables=tables, problems=tuple(problems), drafts=drafts)


def _found(sheets: tuple[Sheet, ...], place: int | None) -> Sheet | None:
    return None if place is None else sheets[place]


def _foreign(file: str, spec: WorkbookSpec, names: list[str]) -> Problem:
    found = quoted((name[:31] for name in names[:10]), last="et") or "aucune"
    required = [sheet.name for sheet in spec.sheets if sheet.required]
    expected = quoted(required or (sheet.name for sheet in spec.sheets), last="et")
    return kinds.WORKBOOK_FOREIGN.at(Location(file=file), expected=expected, found=found)


def check_reviewed(book: SourceBook) -> Iterator[Problem]:
    """Find a draft that nobody has said to have read beside its source."""
    for name, sheet in book.drafts.items():
        rows = [
            (number, row)
            for number, row in sheet.rows.items()
            if 1 in row and fold_name(str(row[1].value)) == fold_name(REVIEWED)
        ]
        number, row = rows[0] if rows else (1, {})
        found = row.get(2)
        if found is not None and fold_name(str(found.value)) == fold_name(YES):
            continue
        said = "vide" if found is None else f"« {found.value} »"
        place = Location(file=book.file, sheet=sheet.name or name, cell=f"B{number}")
        yield DRAFT_UNREAD.at(place, found=said if rows else "ligne introuvable")


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


def read_fields(table: SourceTable, unknown: Kind) -> tuple[Row, list[Problem]]:
    """Return the rows of a sheet of names and values as one row, by the attributes of its fields.

    `unknown` is the kind of problem of a row whose name means nothing.
    """
    named = [row for row in table.rows if row.get("key", str) is not None]
    texts = [row.need("key", str) for row in named]
    fields = {item.name: item for item in table.spec.fields}
    matches = match_names(texts, fields)
    problems = [
        kinds.FIELD_DUPLICATE.at(
            named[i].at("key"), found=texts[i], other=named[first].at("key").cell
        )
        for i, first in matches.duplicates
    ]
    problems += [
        kinds.FIELD_MISSPELT.at(named[i].at("key"), found=texts[i], expected=name)
        for i, name in matches.misspelt
    ]
    problems += [
        unknown.at(
            named[i].at("key"),
            found=texts[i],
            suggestion=suggestion(texts[i], matches.missing),
            rules=quoted(fields),
        )
        for i in matches.unknown
    ]
    if named and not table.has("value"):
        return _parse_fields(table, {})[0], [*problems, *_check_value_column(table)]
    if table.has("key"):
        place = Location(file=table.file, sheet=table.sheet)
        problems += [
            kinds.FIELD_MISSING.at(place, expected=name, help=fields[name].help)
            for name in matches.missing
            if fields[name].required
        ]
    row, faults = _parse_fields(table, {fields[n]: named[i] for n, i in matches.matched.items()})
    return row, problems + faults


def _check_value_column(table: SourceTable) -> Iterator[Problem]:
    """Check that rows that are named have a column to write in, unless said already."""
    column = table.spec.columns[1]
    if not column.required:
        yield kinds.COLUMN_MISSING.at(table.at_header("key"), expected=column.name)


def _parse_fields(table: SourceTable, rows: Mapping[FieldSpec, Row]) -> tuple[Row, list[Problem]]:
    cells = {
        spec.attribute: row.cells.get("value") or SourceCell(reference=row.cells["key"].reference)
        for spec, row in rows.items()
    }
    parsed, problems = parse_row(table.file, table.sheet, rows, cells)
    defaults = {
        spec.attribute: value
        for spec in table.spec.fields
        if spec not in rows and (value := parse_default(spec)) is not None
    }
    row = Row(
        file=table.file,
        sheet=table.sheet,
        values={**defaults, **parsed.values},
        cells=cells,
        faulty=parsed.faulty,
    )
    return row, problems


def check_printed(table: SourceTable, row: Row) -> Iterator[Problem]:
    """Find blank fields that documents show: nothing is invented in their place."""
    for item in table.spec.fields if table.has("key") and table.has("value") else ():
        if item.required or item.attribute in row.values or item.attribute in row.faulty:
            continue
        place = row.at(item.attribute)
        if item.official:
            yield kinds.OFFICIAL_VALUE_BLANK.at(place, name=item.name, help=item.help)
        elif item.printed_on is not None:
            yield kinds.FIELD_BLANK.at(
                place, name=item.name, documents=item.printed_on, help=item.help
            )
