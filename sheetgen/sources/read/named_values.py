"""A sheet of names and values, a row for each field, read as one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import Kind, Location, Problem, quoted
from sheetgen.problems import sources as kinds
from sheetgen.sources.read.cell_values import parse_default, suggestion
from sheetgen.sources.read.names import match_names
from sheetgen.sources.read.opening import SourceCell
from sheetgen.sources.read.tables import Row, SourceTable, parse_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.sources.schema import FieldSpec


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
