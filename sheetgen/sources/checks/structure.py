"""Check that the sheets of a référentiel agree: nothing empty, every bloc nameable."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sheetgen.problems import sources as kinds
from sheetgen.text import RESERVED_SHEETS
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable

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
    meant = {nearest(code, known.values()) for code in used if code not in known}
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
    if not (activities.has("block") and competencies.has("activity")):
        return
    filled = set(_parents(competencies, "activity"))
    idle = _childless(activities, filled)
    alone = {fold(code) for _, code in idle}
    reached = {
        fold(block)
        for code, row in activities.by_code().items()
        if code not in alone and (block := row.get("block", str)) is not None
    }
    empty = _childless(blocks, reached)
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
            yield kinds.COMPETENCY_EMPTY.at(row.at("code"), code=code)


def _check_methods(tables: Mapping[str, SourceTable]) -> Iterator[Problem]:
    """Find assessment methods that assess nothing."""
    competencies = tables["Compétences"]
    if competencies.has("method"):
        for row, code in _childless(tables["Modalités"], set(_parents(competencies, "method"))):
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
