"""Telling who takes over which grids from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import told_candidate, told_person
from sheetgen.problems import Location, Problem
from sheetgen.problems import made as made_kinds
from sheetgen.session_folder import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import CandidateId, Juror, JurorCode, Session
    from sheetgen.returns import Seats
    from sheetgen.session_folder.paths import SessionFolder


def tell_stand_ins(
    session: Session, made: Session, seats: Seats | None, folder: SessionFolder
) -> Iterator[Problem]:
    """Tell who takes over which grids from whom, and which come back in the name of who marked.

    Args:
        session: with the assignments of both.
        made: with those of which a grid is made.
        seats: whose grids count; None where nothing came back yet.
        folder: the session's.
    """
    if not session.juries.stand_in:
        return
    from sheetgen.returns import chains_of

    asked = {(item.candidate, item.juror) for item in made.assignments}
    counting = () if seats is None else seats.counting
    for replaced, by in session.juries.stand_in.items():
        former = session.juror[replaced]
        chains = [
            chain
            for chain in chains_of(session)
            if by in session.juror[chain[-1].juror].people
            and any(former in session.juror[item.juror].people for item in chain)
        ]
        taken = [
            chain[-1].candidate
            for chain in chains
            if (chain[-1].candidate, chain[-1].juror) in asked
        ]
        kept = [
            item.candidate
            for chain in chains
            for item in chain
            if item in counting
            and item.candidate not in taken
            and former in session.juror[item.juror].people
        ]
        yield made_kinds.STAND_IN_TOLD.at(
            Location(file=str(folder.root)),
            juror=f"{by.full_name} ({by.code})",
            replaced=told_person(former.full_name, former.code),
            taken=_counted_people(session, taken),
            sending=_told_sending(made, by),
            kept=_told_kept(session, replaced, kept),
        )


def _told_sending(made: Session, by: Juror) -> str:
    """Return what to send a stand-in, and to those who hold grids that they fill in together."""
    holders = {
        marker.holder.code: marker.holder.full_name
        for marker in (made.juror[item.juror] for item in made.assignments)
        if by in marker.people
    }
    own = holders.pop(by.code, None)
    said = "Lui envoyer son archive. " if own else ""
    if holders:
        names = " et à ".join(holders.values())
        said += (
            f"Lui envoyer son courriel sans pièce jointe, et à {names} le complément où sont les "
            "grilles à remplir ensemble. "
        )
    return said


def _told_kept(session: Session, replaced: JurorCode, kept: Sequence[CandidateId]) -> str:
    """Return which grids come back in the name of who is replaced; nothing without any."""
    if not kept:
        return ""
    who = session.juror[replaced].full_name
    return f" ; remplie(s) par {who} : {_counted_people(session, kept)}"


def _counted_people(session: Session, numbers: Sequence[CandidateId]) -> str:
    """Return « 2 grille(s) (Zoé Exemple (C01), …) », or « aucune grille »."""
    if not numbers:
        return "aucune grille"
    told = [told_candidate(session, number) for number in numbers]
    return f"{len(numbers)} grille(s), pour {shortened_list(told)}"
