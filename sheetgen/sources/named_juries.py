"""The juries that « Jury » names, who presides over each, and who stands in for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import JurorRole
from sheetgen.problems import quoted
from sheetgen.problems import registering as jury_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.read import suggestion, told_in
from sheetgen.text import file_stem, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable

_NAMED = 10
"""How many candidates a message still names."""


def jury_names(candidates: Iterable[Row]) -> Mapping[str, str]:
    """Return the juries by folded name, each as the first candidate writes it."""
    found: dict[str, str] = {}
    for row in candidates:
        name = row.get("jury", str)
        if name is not None:
            found.setdefault(fold(name), name)
    return found


def jury_of(row: Row, names: Mapping[str, str]) -> str | None:
    """Return the jury of a candidate or juror, as it is written everywhere; None for a blank."""
    name = row.get("jury", str)
    return None if name is None else names.get(fold(name), name)


def jury_of_juror(row: Row, jurors: Mapping[str, Row]) -> str | None:
    """Return the folded name of a juror's jury, None for all; a stand-in sits for the replaced.

    Args:
        row: the juror's.
        jurors: all of them, by folded code.
    """
    seen: set[str] = set()
    while row.get("jury", str) is None:
        replaced = fold(row.get("replaces", str) or "")
        if replaced not in jurors or replaced in seen:
            return None
        seen.add(replaced)
        row = jurors[replaced]
    return fold(row.need("jury", str))


def check_named_juries(candidates: SourceTable, jurors: SourceTable) -> Iterator[Problem]:
    """Find candidates without a jury where others have one, and juries that nobody comes before."""
    names = jury_names(candidates.rows)
    blank = [
        row for row in candidates.rows if row.get("jury", str) is None and "jury" not in row.faulty
    ]
    if names and blank:
        numbers = [told_in(row) for row in blank[:_NAMED]]
        more = len(blank) - _NAMED
        yield jury_kinds.JURY_UNSAID.at(
            blank[0].at("jury"),
            candidates=("Candidats " if len(blank) > 1 else "Candidat ")
            + ", ".join(numbers)
            + (f" et {more} autres" if more > 0 else ""),
        )
    stems: dict[str, str] = {}
    for row in candidates.rows:
        name = jury_of(row, names)
        other = None if name is None else stems.setdefault(file_stem(name).casefold(), name)
        if name is not None and other not in (None, name):
            yield kinds.FILE_NAME_COLLISION.at(
                row.at("jury"), found=name, other=other, cell="un autre jury"
            )
    known = tuple(names.values())
    # A jury that no candidate names may be that of a candidate whose cell is blank or faulty.
    doubtful = names and any(row.get("jury", str) is None for row in candidates.rows)
    for row in () if doubtful else jurors.rows:
        name = row.get("jury", str)
        if name is not None and fold(name) not in names:
            yield jury_kinds.JURY_UNKNOWN.at(
                row.at("jury"),
                found=name,
                suggestion=suggestion(name, known),
                allowed=quoted(known) if known else "le jury des candidats sur leur feuille",
            )


def replacements(jurors: SourceTable) -> Mapping[str, Row]:
    """Return who stands in, by the folded code of whom they stand in for; of two, the first."""
    found: dict[str, Row] = {}
    for row in jurors.rows:
        replaced = row.get("replaces", str)
        if replaced is not None and fold(replaced) != fold(row.get("code", str) or ""):
            found.setdefault(fold(replaced), row)
    return found


def check_replacements(jurors: SourceTable) -> Iterator[Problem]:
    """Find jurors who replace themselves, one another, or somebody who is replaced already."""
    known = jurors.by_code()
    stand_ins = replacements(jurors)
    for row in jurors.rows:
        replaced, code = row.get("replaces", str), row.get("code", str)
        if replaced is None or code is None or fold(replaced) not in known:
            continue
        if fold(replaced) == fold(code):
            yield jury_kinds.REPLACES_SELF.at(row.at("replaces"), juror=told_in(row))
        elif stand_ins[fold(replaced)] is not row:
            yield jury_kinds.REPLACED_TWICE.at(
                row.at("replaces"),
                found=told_in(known[fold(replaced)]),
                other=told_in(stand_ins[fold(replaced)]),
            )
    seen: set[str] = set()
    for start in known:
        path = _circle(start, known)
        if path and seen.isdisjoint(path):
            seen.update(path)
            codes = [told_in(known[code]) for code in (*path, path[0])]
            yield jury_kinds.REPLACES_CIRCLE.at(
                known[path[0]].at("replaces"), path=" → ".join(codes)
            )


def _circle(start: str, jurors: Mapping[str, Row]) -> list[str]:
    """Return the folded codes of two jurors or more whose replacements lead back to the first."""
    path = [start]
    while True:
        replaced = fold(jurors[path[-1]].get("replaces", str) or "")
        if replaced == start:
            return path if len(path) > 1 else []
        if replaced not in jurors or replaced in path:
            return []
        path.append(replaced)


def check_presidents(candidates: SourceTable, jurors: SourceTable) -> Iterator[Problem]:
    """Check that each jury has exactly one president, not counting who is replaced."""
    if any({"role", "jury"} & row.faulty for row in (*jurors.rows, *candidates.rows)):
        certain = False
    else:
        certain = bool(jurors.rows)
    names = jury_names(candidates.rows)
    stand_ins, known = replacements(jurors), jurors.by_code()
    told: set[int] = set()
    for jury in names or (None,):
        named = [
            row
            for row in jurors.rows
            if row.get("role", JurorRole) is JurorRole.PRESIDENT
            and (jury is None or jury_of_juror(row, known) in (None, jury))
        ]
        presiding = [row for row in named if fold(row.get("code", str) or "") not in stand_ins]
        if not presiding and certain:
            yield _nobody_presides(jurors, named, stand_ins, names.get(jury or ""))
        for row in presiding[1:]:
            if id(row) not in told:
                told.add(id(row))
                yield _second_president(row, presiding[0], names.get(jury or ""))


def _nobody_presides(
    jurors: SourceTable, named: list[Row], stand_ins: Mapping[str, Row], jury: str | None
) -> Problem:
    if named:
        replaced = named[0]
        stand_in = stand_ins[fold(replaced.need("code", str))]
        return jury_kinds.PRESIDENT_REPLACED.at(
            stand_in.at("role"),
            found=told_in(replaced),
            replacing=told_in(stand_in),
            jury="" if jury is None else f" le jury {jury}",
        )
    place = jurors.at_header("role")
    if jury is None:
        return kinds.PRESIDENT_MISSING.at(place)
    return jury_kinds.JURY_WITHOUT_PRESIDENT.at(place, jury=jury)


def _second_president(row: Row, first: Row, jury: str | None) -> Problem:
    found, other = told_in(row), told_in(first)
    if jury is None:
        return kinds.PRESIDENT_SEVERAL.at(row.at("role"), found=found, other=other)
    return jury_kinds.JURY_PRESIDENT_SEVERAL.at(row.at("role"), found=found, other=other, jury=jury)
