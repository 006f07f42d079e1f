"""Check « Notation : Commune », and say who fills in which grids together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import GROUP_MARK, Notation, told_candidate, told_candidates
from sheetgen.problems import common_grids as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import JurorCode, Session
    from sheetgen.problems import Location, Problem
    from sheetgen.sources.read import Row, SourceTable

_LONGEST_CODE = 255
"""Characters of a document property, which names all who fill in a grid."""

_LISTED = 8
"""How many candidates of a group a message names."""


def check_common_codes(fields: Row, jurors: SourceTable) -> Iterator[Problem]:
    """Find codes of jurors that could be taken for a group's, where notation is in common."""
    if fields.get("notation", Notation) is Notation.COMMON:
        for row in jurors.rows:
            code = row.get("code", str) or ""
            if GROUP_MARK in code:
                yield kinds.COMMON_CODE_SIGN.at(row.at("code"), found=code)


def check_groups(session: Session, place: Location) -> Iterator[Problem]:
    """Say who fills in a grid together, and find what keeps them from it.

    Args:
        session: with its groups.
        place: where it says that notation is in common.
    """
    marked: dict[JurorCode, list[str]] = {}
    replaced = {(item.candidate, item.instead_of) for item in session.assignments}
    for item in session.assignments:
        is_last = (item.candidate, item.juror) not in replaced
        if is_last and session.juror[item.juror].members:
            marked.setdefault(item.juror, []).append(item.candidate)
    if not marked:
        yield kinds.COMMON_WITHOUT_EFFECT.at(place)
        return
    for code, candidates in marked.items():
        if len(code) > _LONGEST_CODE:
            count = len(session.juror[code].members)
            told_one = told_candidate(session, candidates[0])
            yield kinds.COMMON_CODE_LONG.at(
                place, count=count, candidate=told_one, limit=_LONGEST_CODE
            )
    told = (
        f"{session.juror[code].full_name} ({_told(session, candidates)} ; grilles remises à "
        f"{session.juror[code].holder.full_name})"
        for code, candidates in marked.items()
    )
    yield kinds.GROUPS_FORMED.at(place, groups=" ; ".join(told))


def _told(session: Session, candidates: list[str]) -> str:
    more = len(candidates) - _LISTED
    shown = told_candidates(session, candidates[:_LISTED])
    noun = "candidats" if len(candidates) > 1 else "candidat"
    return f"{noun} {shown} et {more} autre(s)" if more > 0 else f"{noun} {shown}"
