"""The jury that sat in a session: for what its minutes say, count and have signed."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import jury_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from sheetgen.model import CandidateId, Juror, JurorCode, Session, SessionDecisions

_TIES = "n’avoir formé aucun des candidats qu’ils ont évalués et n’avoir aucun lien avec eux"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The jury that sat.

    Attributes:
        members: those who marked somebody, and whoever presides, in the session's order.
        others: jurors of the session who did neither.
        assessors: those who mark without sitting in the jury: they sign nothing, declare nothing.
        undeclared: members whose grids leave the declaration of no tie blank, with whose grids.
        in_common: who of the jury marked whom, by the code of a group or a juror, where some marks
            were given in common; else empty.
        jury: its name, where several are named; None for all who sat in the session.
        fewest: external jurors and jurors, where their share is the smallest over candidates and
            blocs; None where nothing was marked.
    """

    members: tuple[JurorCode, ...]
    others: tuple[JurorCode, ...] = ()
    assessors: tuple[JurorCode, ...] = ()
    undeclared: Mapping[JurorCode, tuple[CandidateId, ...]] = field(default_factory=dict)
    in_common: Mapping[JurorCode, tuple[CandidateId, ...]] = field(default_factory=dict)
    jury: str | None = None
    fewest: tuple[int, int] | None = None


def sitting_of(decisions: SessionDecisions, jury: str | None = None) -> Sitting:
    """Return the jury that sat; the whole jury where nobody was to be marked.

    Args:
        decisions: of the session.
        jury: the name of the jury, None for all who sat.
    """
    session, juries = decisions.session, decisions.session.juries
    before = {item.id for item in session.candidates if jury is None or item.jury == jury}
    assignments = [item for item in session.assignments if item.candidate in before]
    marking = {person.code for person in session.people_marking(assignments)}
    presiding = [juries.president(name) for name in (juries.names if jury is None else (jury,))]
    seated = juries.sitting(jury)
    members = tuple(
        juror.code
        for juror in session.jurors
        if juror.sits
        and (juror.code in marking or juror in presiding or (not marking and juror in seated))
    )
    assessors = (juror for juror in session.jurors if not juror.sits)
    return Sitting(
        members=members,
        others=tuple(
            juror.code
            for juror in session.jurors
            if juror.sits and juries.is_of(juror, jury) and juror.code not in members
        ),
        assessors=tuple(juror.code for juror in assessors if juror.code in marking),
        in_common=_marked_in_common(decisions, before),
        jury=jury,
        fewest=min(_panels(decisions, before), key=lambda pair: Fraction(*pair), default=None),
    )


def _marked_in_common(
    decisions: SessionDecisions, before: Container[CandidateId]
) -> Mapping[JurorCode, tuple[CandidateId, ...]]:
    """Return whom each group and each juror who sits marked; nothing without a group."""
    session = decisions.session
    found: dict[JurorCode, tuple[CandidateId, ...]] = {}
    for candidate in session.candidates:
        for item in session.assignments_of[candidate.id] if candidate.id in before else ():
            counts = (candidate.id, item.juror) in decisions.counted
            if counts and session.juror[item.juror].sits:
                found[item.juror] = (*found.get(item.juror, ()), candidate.id)
    return found if any(session.juror[code].members for code in found) else {}


def notation_text(session: Session, sitting: Sitting) -> str:
    """Return who marked in common, and whom; nothing where each grid was one juror's."""
    common = [(session.juror[code], who) for code, who in sitting.in_common.items()]
    everybody = len({number for _, who in common for number in who})
    together = " ; ".join(_marked(item, who, everybody) for item, who in common if item.members)
    alone = " ; ".join(_marked(item, who, everybody) for item, who in common if not item.members)
    if not together:
        return ""
    said = f"Les appréciations ont été données en commun, sur une même grille, par {together}."
    return f"{said} Une grille individuelle a été remplie par {alone}." if alone else said


def _marked(marker: Juror, people: Sequence[CandidateId], everybody: int) -> str:
    """Return who marked whom, without the numbers where that is every candidate marked."""
    if len(people) == everybody > 1:
        return f"{marker.full_name} (tous les candidats évalués)"
    who = "candidats" if len(people) > 1 else "candidat"
    return f"{marker.full_name} ({who} {', '.join(people)})"


def undeclared_ties(
    decisions: SessionDecisions, jury: str | None = None
) -> Mapping[JurorCode, tuple[CandidateId, ...]]:
    """Return the jurors whose grids leave the declaration of no tie blank, with whose grids.

    Args:
        decisions: of the session.
        jury: the name of the jury whose candidates are looked at, None for all.
    """
    found: dict[JurorCode, tuple[CandidateId, ...]] = {}
    for (candidate, juror), item in decisions.counted.items():
        if jury is not None and decisions.session.candidate[candidate].jury != jury:
            continue
        marker, declared = decisions.session.juror[juror], dict(item.declarations)
        for person in marker.people if marker.sits else ():
            if (declared.get(person.code) if marker.members else item.declaration) is None:
                found[person.code] = (*found.get(person.code, ()), candidate)
    return found


def _panels(
    decisions: SessionDecisions, before: Container[CandidateId]
) -> Iterator[tuple[int, int]]:
    """Yield external jurors and jurors, for each candidate and bloc that was judged."""
    session = decisions.session
    for item in decisions.candidates:
        for block in item.blocks if item.candidate in before else ():
            jurors = jury_of(session, item.candidate, block.code) if block.competencies else ()
            if jurors:
                yield sum(juror.external for juror in jurors), len(jurors)


def composition_text(jurors: Sequence[Juror], fewest: tuple[int, int] | None = None) -> str:
    """Return the share of members from outside, and the smallest over candidates and blocs.

    The latter is what the rules ask for; it goes without saying where it is that of the whole.
    """
    external = sum(juror.external for juror in jurors)
    said = f"{_share(external, len(jurors), 'membre')} au certificateur"
    if fewest is None or Fraction(*fewest) == Fraction(external, len(jurors)):
        return said
    return f"{said} ; pour chaque candidat et chaque bloc, au moins {_share(*fewest, 'juré')}"


def _share(external: int, total: int, noun: str) -> str:
    plural = "s" if external > 1 else ""
    return f"{external} {noun}{plural} sur {total} extérieur{plural}"


def declaration_text(session: Session, sitting: Sitting) -> str:
    """Return what the minutes may say of the members' ties: what they declared, no more."""
    if not sitting.undeclared:
        return f"Les membres du jury déclarent {_TIES}."
    blank = " ; ".join(
        f"{session.juror[juror].full_name} (candidats {', '.join(people)})"
        if len(people) > 1
        else f"{session.juror[juror].full_name} (candidat {people[0]})"
        for juror, people in sitting.undeclared.items()
    )
    return (
        f"Les membres du jury ont déclaré {_TIES}, à l’exception de ce qui suit : la déclaration "
        f"n’a pas été remplie dans les grilles de {blank}."
    )
