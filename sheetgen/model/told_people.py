"""People as messages name them: by name, then by the code that finds them in the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model.groups import GROUP_MARK
from sheetgen.model.people import joined_names
from sheetgen.model.terms import CandidateId, JurorCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.model.session import Session


def told_person(name: str, code: str) -> str:
    """Return « Zoé Exemple (C01) »; « n° C01 » of somebody whose name is not to be said."""
    return f"{name} ({code})" if name.strip() else f"n° {code}"


def told_candidate(session: Session, number: str) -> str:
    """Return a candidate as messages name them; by number where nobody is to be named.

    That is in an anonymous session, and where the number is nobody's.
    """
    person = None if session.anonymous else session.candidate.get(CandidateId(number))
    return told_person(person.full_name if person else "", number)


def told_juror(session: Session, code: str) -> str:
    """Return a juror, or a group that marks in common, as messages name them.

    A group that there was before is named where each of its members is still a juror.
    """
    juror = session.juror.get(JurorCode(code))
    if juror is not None:
        return told_person(juror.full_name, code)
    people = [session.juror.get(JurorCode(part)) for part in code.split(GROUP_MARK)]
    members = [person for person in people if person is not None]
    return told_person(joined_names(members) if len(members) == len(people) else "", code)


def told_marker(session: Session, code: str) -> str:
    """Return « juré A (J1) », or « jurés A et B (J1+J2) » of a group that marks in common."""
    return f"{'jurés' if _are_several(session, code) else 'juré'} {told_juror(session, code)}"


def told_of_marker(session: Session, code: str) -> str:
    """Return « du juré A (J1) », or « des jurés A et B (J1+J2) » of a group."""
    return f"{'des' if _are_several(session, code) else 'du'} {told_marker(session, code)}"


def _are_several(session: Session, code: str) -> bool:
    juror = session.juror.get(JurorCode(code))
    return bool(juror.members) if juror is not None else GROUP_MARK in code


def told_grid(session: Session, pair: tuple[str, str]) -> str:
    """Return the owners of a grid, as in « Zoé Exemple (C01) par Odile Hypothèse (J1) »."""
    return f"{told_candidate(session, pair[0])} par {told_juror(session, pair[1])}"


def told_candidates(session: Session, numbers: Iterable[str]) -> str:
    """Return several candidates as messages name them, one after another."""
    return ", ".join(told_candidate(session, number) for number in numbers)
