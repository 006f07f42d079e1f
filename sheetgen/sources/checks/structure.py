"""Check that a workbook agrees with itself: codes written once and found, no sheet empty."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sheetgen.model import Proof
from sheetgen.problems import Problem, quoted
from sheetgen.problems import source_cells as cell_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.read import suggestion
from sheetgen.sources.schema import ColumnSpec, ValueKind
from sheetgen.text import RESERVED_SHEETS
from sheetgen.text.fold import appearance, fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.sources.read import Row, SourceTable

_SEPARATORS = re.compile(r"[;,\n]")

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
            yield cell_kinds.CODE_DUPLICATE.at(
                row.at(table.key), found=code, other=other.at(table.key).cell
            )
            continue
        like, other = seen.setdefault(appearance(code), (code, row))
        if other is not row:
            yield cell_kinds.CODE_LOOK_ALIKE.at(
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
            parts = [part.strip() for part in _SEPARATORS.split(code)]
            if column.kind is ValueKind.REFERENCE and len(parts) > 1 and parts[0] in target:
                yield cell_kinds.REFERENCE_SEVERAL.at(
                    row.at(column.attribute), found=code, name=column.name, first=target[parts[0]]
                )
                continue
            yield cell_kinds.REFERENCE_UNKNOWN.at(
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


_REFUSED = "[]:*?/\\"


def most_criteria(tables: Mapping[str, SourceTable]) -> int:
    """Return the largest number of criteria of a competency."""
    counts = Counter(_parents(tables["Critères"], "competency"))
    return max(counts.values(), default=0)


def _parents(table: SourceTable, attribute: str) -> list[str]:
    """Return the folded code that each row refers to, where it does."""
    codes = (row.get(attribute, str) for row in table.rows)
    return [fold(code) for code in codes if code is not None]


def _childless(parent: SourceTable, used: set[str]) -> list[tuple[Row, str]]:
    """Return rows whose code nothing refers to, and that no unknown code seems to mean."""
    known = {code: row.need("code", str) for code, row in parent.by_code().items()}
    meant = {
        nearest(part.strip(), known.values())
        for code in used
        if code not in known
        for part in _SEPARATORS.split(code)
    }
    return [
        (row, known[code])
        for code, row in parent.by_code().items()
        if code not in used and known[code] not in meant
    ]


def _check_blocks(tables: Mapping[str, SourceTable]) -> Iterator[Problem]:
    """Find blocs without competency; an activity without any, in a bloc that has some."""
    blocks, activities, competencies = (
        tables[name] for name in ("Blocs", "Activités", "Compétences")
    )
    by_activity = activities.has("block") and competencies.has("activity")
    if not by_activity and not competencies.has("block"):
        return
    filled = set(_parents(competencies, "activity"))
    idle = _childless(activities, filled)
    alone = {fold(code) for _, code in idle}
    reached = {
        fold(block)
        for code, row in activities.by_code().items()
        if code not in alone and (block := row.get("block", str)) is not None
    }
    empty = _childless(blocks, reached | set(_parents(competencies, "block")))
    for row, code in empty:
        yield kinds.BLOCK_EMPTY.at(row.at("code"), code=code)
    hollow = {fold(code) for _, code in empty}
    for row, code in idle:
        if fold(row.get("block", str) or "") not in hollow:
            yield kinds.ITEM_UNUSED.at(row.at("code"), code=code, users=competencies.spec.name)


def _check_competencies(tables: Mapping[str, SourceTable]) -> Iterator[Problem]:
    """Find competencies without criterion."""
    criteria = tables["Critères"]
    if criteria.has("competency"):
        for row, code in _childless(tables["Compétences"], set(_parents(criteria, "competency"))):
            if row.get("proof", Proof) is Proof.EVIDENCE:
                continue
            yield kinds.COMPETENCY_EMPTY.at(row.at("code"), code=code)


def _check_methods(tables: Mapping[str, SourceTable]) -> Iterator[Problem]:
    """Find assessment methods that assess nothing."""
    competencies = tables["Compétences"]
    if competencies.has("methods"):
        used = {
            fold(str(code)) for row in competencies.rows for code in row.get("methods", tuple) or ()
        }
        for row, code in _childless(tables["Modalités"], used):
            yield kinds.ITEM_UNUSED.at(row.at("code"), code=code, users=competencies.spec.name)


def _check_block_codes(tables: Mapping[str, SourceTable]) -> Iterator[Problem]:
    """Find bloc codes that cannot name a sheet; their length is a matter of the column."""
    reserved = {fold(name) for name in RESERVED_SHEETS}
    for row in tables["Blocs"].rows:
        code = row.get("code", str) or ""
        if any(letter in code for letter in _REFUSED):
            reason = "il contient [ ] : * ? / ou \\"
        elif code.startswith("'") or code.endswith("'"):
            reason = "il commence ou finit par une apostrophe"
        elif fold(code) in reserved:
            reason = "ce nom est déjà pris"
        else:
            continue
        yield kinds.BLOCK_CODE_UNUSABLE.at(row.at("code"), found=code, reason=reason)


STRUCTURE_CHECKS = (_check_blocks, _check_competencies, _check_methods, _check_block_codes)
"""What is checked over the sheets of a référentiel together, each from its tables to problems."""
