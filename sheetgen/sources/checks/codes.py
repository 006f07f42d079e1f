"""Codes across the sheets of a workbook: written once, and referring to a row that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import Problem, quoted
from sheetgen.problems import sources as kinds
from sheetgen.sources.read import suggestion
from sheetgen.sources.schema import ColumnSpec, ValueKind
from sheetgen.text import appearance, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.sources.read import Row, SourceTable

_LISTED = 10
"""How many codes a message still lists."""


def check_codes(table: SourceTable) -> Iterator[Problem]:
    """Find codes that are written twice, or that the eye cannot tell apart."""
    first: dict[str, Row] = {}
    seen: dict[str, tuple[str, Row]] = {}
    for row in table.rows:
        code = row.get(table.key, str)
        if code is None:
            continue
        other = first.setdefault(fold(code), row)
        if other is not row:
            yield kinds.CODE_DUPLICATE.at(
                row.at(table.key), found=code, other=other.at(table.key).cell
            )
            continue
        like, other = seen.setdefault(appearance(code), (code, row))
        if other is not row:
            yield kinds.CODE_LOOK_ALIKE.at(
                row.at(table.key),
                found=code,
                other=like,
                cell=other.at(table.key).cell,
                difference=_difference(code, like),
            )


def _difference(code: str, other: str) -> str:
    """Return what two codes that look alike differ by, in French."""
    for one, text in ((code, "le premier"), (other, "le second")):
        for letter in one:
            if not letter.isascii() and appearance(letter) != fold(letter):
                return f"« {letter} » (U+{ord(letter):04X}) dans {text}"
    return "une espace"


class Codes:
    """The codes that may be referred to, as they are written, found whatever the case and accents.

    Args:
        target: the sheet they stand in.
        codes: each of them.
        unreadable: how many more stand there, and could not be read.
    """

    def __init__(self, target: str, codes: Iterable[str], unreadable: int = 0) -> None:
        self.target = target
        self.unreadable = unreadable
        self._codes: dict[str, str] = {}
        for code in codes:
            self._codes.setdefault(fold(code), code)

    @classmethod
    def of(cls, table: SourceTable) -> Codes:
        """Return the codes of a sheet's rows."""
        found = (row.get(table.key, str) for row in table.rows)
        unreadable = sum(table.key in row.faulty for row in table.rows)
        return cls(table.spec.name, (code for code in found if code is not None), unreadable)

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes.values())

    def __contains__(self, code: str) -> bool:
        return fold(code) in self._codes

    def __getitem__(self, code: str) -> str:
        """Return the code as its row writes it."""
        return self._codes[fold(code)]

    def known(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return those of `codes` that exist, each once, in the order of the rows."""
        wanted = {fold(code) for code in codes}
        return tuple(code for folded, code in self._codes.items() if folded in wanted)


def check_references(table: SourceTable, targets: Mapping[str, Codes]) -> Iterator[Problem]:
    """Find codes that name no row of the sheet they refer to.

    When some codes of that sheet could not be read, as many unknown codes are most likely theirs,
    and are not reported a second time.
    """
    for column in table.spec.columns:
        target = targets.get(column.references or "")
        if target is None:
            continue
        unknown = [
            (row, code)
            for row in table.rows
            for code in codes_of(row, column)
            if code not in target
        ]
        if len({fold(code) for _, code in unknown}) <= target.unreadable:
            continue
        known = tuple(target)
        allowed = f" ({quoted(known)})" if known and len(known) <= _LISTED else ""
        for row, code in unknown:
            yield kinds.REFERENCE_UNKNOWN.at(
                row.at(column.attribute),
                found=code,
                target=target.target,
                suggestion=suggestion(code, known),
                allowed=allowed,
            )


def codes_of(row: Row, column: ColumnSpec) -> tuple[str, ...]:
    """Return the codes written in a cell of references, one or several."""
    if column.kind is ValueKind.REFERENCES:
        return tuple(str(code) for code in row.get(column.attribute, tuple) or ())
    code = row.get(column.attribute, str)
    return () if code is None else (code,)
