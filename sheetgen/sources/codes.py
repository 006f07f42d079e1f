"""Codes across the sheets of a workbook: written once, and referring to a row that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.matching import fold
from sheetgen.problems import sources as kinds
from sheetgen.problems.records import Problem, quoted
from sheetgen.sources.specs import ColumnSpec, ValueKind
from sheetgen.sources.values import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.sources.tables import Row, Table


def check_codes(table: Table) -> Iterator[Problem]:
    """Codes that are written twice."""
    first: dict[str, Row] = {}
    for row in table.rows:
        code = row.get(table.key, str)
        if code is None:
            continue
        other = first.setdefault(fold(code), row)
        if other is not row:
            yield kinds.CODE_DUPLICATE.at(
                row.at(table.key), found=code, other=other.at(table.key).cell
            )


def check_references(table: Table, targets: Mapping[str, Table]) -> Iterator[Problem]:
    """Codes that name no row of the sheet they refer to.

    When some codes of that sheet could not be read, as many unknown codes are most likely theirs,
    and are not reported a second time.
    """
    for column in table.spec.columns:
        target = targets.get(column.references or "")
        if target is None or not target.exists:
            continue
        known = {code: row.need(target.key, str) for code, row in target.by_code().items()}
        unreadable = sum(target.key in row.faulty for row in target.rows)
        unknown = [
            (row, code)
            for row in table.rows
            for code in codes_of(row, column)
            if fold(code) not in known
        ]
        if len({fold(code) for _, code in unknown}) <= unreadable:
            continue
        allowed = quoted(known.values()) if len(known) <= 10 else ""
        for row, code in unknown:
            yield kinds.REFERENCE_UNKNOWN.at(
                row.at(column.attribute),
                found=code,
                target=target.spec.name,
                suggestion=suggestion(code, tuple(known.values())),
                allowed=f" ({allowed})" if allowed else "",
            )


def codes_of(row: Row, column: ColumnSpec) -> tuple[str, ...]:
    """The codes written in a cell of references, one or several."""
    if column.kind is ValueKind.REFERENCES:
        return tuple(str(code) for code in row.get(column.attribute, tuple) or ())
    code = row.get(column.attribute, str)
    return () if code is None else (code,)
