"""The conditions to close a session beside the jury's word: every grid, a jury large enough."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import (
    CERTIFICATION,
    BlockOutcome,
    CandidateDecision,
    CriterionState,
    SessionDecisions,
    told_candidate,
    told_juror,
)
from sheetgen.problems import deliberation as kinds
from sheetgen.rules import CandidateScope, jury_of, seats_on
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sheetgen.model import BlockDecision, CandidateId, JurorCode, Session
    from sheetgen.problems import Location, Problem

    Place = Callable[[CandidateId, str], Location]
    """Where to speak of a candidate's bloc or certification."""


def check_complete(decisions: SessionDecisions, at: Place) -> Iterator[Problem]:
    """Find marks still missing, bloc by bloc, and missing grids that hold none that counts."""
    waiting: dict[CandidateId, list[JurorCode]] = {}
    for candidate, juror in decisions.missing:
        waiting.setdefault(candidate, []).append(juror)
    for item in decisions.candidates:
        absent_grids = waiting.get(item.candidate, [])
        told = told_candidate(decisions.session, item.candidate)
        incomplete = [b for b in item.blocks if b.outcome is BlockOutcome.INCOMPLETE]
        for block in incomplete:
            lacking = _lacking(decisions, item.candidate, block)
            kind, found = kinds.MARKS_STILL_MISSING, _told(decisions.session, lacking, absent_grids)
            if not found:
                kind = kinds.BLOCK_STILL_INCOMPLETE
                found = " ".join(reason.message for reason in block.reasons)
            place = at(item.candidate, block.code)
            yield kind.at(place, candidate=told, subject=block.code, found=found)
        if absent_grids and not incomplete:
            yield kinds.MARKS_STILL_MISSING.at(
                at(item.candidate, CERTIFICATION),
                candidate=told,
                subject=CERTIFICATION,
                found=_told(decisions.session, {juror: [] for juror in absent_grids}, absent_grids),
            )


def _lacking(
    decisions: SessionDecisions, candidate: CandidateId, block: BlockDecision
) -> Mapping[JurorCode, list[str]]:
    """Return the criteria that each juror of a bloc has still to mark."""
    found: dict[JurorCode, list[str]] = {}
    session, known = decisions.session, decisions.referential
    scope = CandidateScope.of(known, session, session.candidate[candidate])
    for competency in block.competencies:
        for criterion in competency.criteria:
            if criterion.state is not CriterionState.MISSING:
                continue
            marked = {mark.juror for mark in criterion.marks}
            for seat in seats_on(session, scope, candidate, known.criterion[criterion.code]):
                if seat.juror not in marked:
                    found.setdefault(seat.juror, []).append(criterion.code)
    return found


def _told(
    session: Session, lacking: Mapping[JurorCode, list[str]], absent_grids: list[JurorCode]
) -> str:
    return " ; ".join(
        f"{told_juror(session, juror)} : "
        + ("la grille" if juror in absent_grids else ", ".join(criteria))
        for juror, criteria in lacking.items()
    )


def check_juries(decisions: SessionDecisions, at: Place) -> Iterator[Problem]:
    """Find blocs judged by too few jurors, or by too few external ones, for « Règles »."""
    for item in decisions.candidates:
        for block in item.blocks:
            if block.competencies:
                yield from _check_jury(decisions, item, block, at)


def _check_jury(
    decisions: SessionDecisions, item: CandidateDecision, block: BlockDecision, at: Place
) -> Iterator[Problem]:
    rules, session = decisions.referential.rules, decisions.session
    jurors = jury_of(session, item.candidate, block.code)
    place = at(item.candidate, block.code)
    if len(jurors) < rules.minimum_jurors:
        yield kinds.JURY_TOO_SMALL.at(
            place,
            candidate=told_candidate(session, item.candidate),
            subject=block.code,
            found=f"{len(jurors)} juré(s)",
            minimum=rules.minimum_jurors,
        )
    external = sum(juror.external for juror in jurors)
    if jurors and Fraction(external, len(jurors)) < rules.minimum_external:
        yield kinds.JURY_LACKS_EXTERNALS.at(
            place,
            candidate=told_candidate(session, item.candidate),
            subject=block.code,
            found=f"{external} juré(s)",
            total=len(jurors),
            minimum=exact_number(rules.minimum_external * 100),
        )
