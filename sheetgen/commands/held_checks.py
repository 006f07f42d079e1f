"""Compare what a session says is held or kept with what the register knows."""

from __future__ import annotations

from contextlib import closing as closed_after
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Term
from sheetgen.problems import Problem
from sheetgen.problems import recorded as kinds
from sheetgen.text import exact_share
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sheetgen.model import Candidate, Referential, Session
    from sheetgen.register import Connection, Identity, NextCandidate
    from sheetgen.sources.read import Row


def check_held(
    address: str | None, path: Path, referential: Referential, session: Session
) -> list[Problem]:
    """Return where a session's workbook and the register differ on what is held, at its cells.

    Candidates whom the register cannot tell from others are left out: `finalize` asks about them.

    Args:
        address: of the register; None where none is to be asked.
        path: of the session's workbook.
        referential: the référentiel.
        session: the session, which is not closed yet.
    """
    from sheetgen.register import may_be_there

    if address is None or not may_be_there(address):
        return []
    from sheetgen.register import RegisterError, open_register

    try:
        register = open_register(address)
        if register is None:
            return []
        with closed_after(register), register.reading() as connection:
            return list(_compare(connection, path, referential, session))
    except RegisterError as error:
        reason = error.problem.message
        return [kinds.REGISTER_NOT_ASKED.at(error.problem.location, reason=reason)]


def _compare(
    connection: Connection, path: Path, referential: Referential, session: Session
) -> Iterator[Problem]:
    from sheetgen.register import acquired_by, match_people, next_by_person, told_newcomers
    from sheetgen.sources.read import read_book
    from sheetgen.sources.schema import SESSION

    title = referential.certification
    key = fold(title.rncp_code or title.title)
    people = {str(item.id): candidate_identity(item) for item in session.candidates}
    tables = read_book(path, SESSION).tables
    rows = {fold(row.get("id", str) or ""): row for row in tables["Candidats"].rows}
    places = {number: rows[fold(number)].at("last_name") for number in people}
    matches, _ = match_people(connection, people, places, {})
    persons = {number: match.person for number, match in matches.items()}
    yield from told_newcomers(connection, people, places, persons)
    known = {person for person in persons.values() if person is not None}
    day = session.date or datetime.now(UTC).date()
    registered = next_by_person(connection, key, referential, day, known)
    held: dict[int, set[str]] = {}
    for item in acquired_by(connection, known, key):
        held.setdefault(item.person, set()).add(item.block)
    kept: dict[str, dict[str, Row]] = {}
    for row in tables["Résultats conservés"].rows:
        of_person = kept.setdefault(fold(row.get("candidate", str) or ""), {})
        of_person[fold(row.get("item", str) or "")] = row
    for candidate in session.candidates:
        if candidate.id not in persons:
            continue
        person = persons[candidate.id]
        comparison = _Comparison(
            candidate=candidate,
            row=rows[fold(candidate.id)],
            kept=kept.get(fold(candidate.id), {}),
            blocks=held.get(person, set()) if person is not None else set(),
            registered=registered.get(person) if person is not None else None,
        )
        yield from comparison.problems()


def candidate_identity(candidate: Candidate) -> Identity:
    """Return who a candidate is, as the register knows people."""
    from sheetgen.commands.registry import former_names
    from sheetgen.register import IDENTITY, Identity

    said = {name: getattr(candidate, name) for name in IDENTITY}
    terms = {name: value.value for name, value in said.items() if isinstance(value, Term)}
    return Identity(**(said | terms), former_names=former_names(candidate))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """One candidate, as the session says and as the register knows.

    Attributes:
        row: theirs in « Candidats ».
        kept: theirs in « Résultats conservés », by folded code.
        blocks: what they hold by the register, an empty code for the whole certification.
        registered: as the register's sessions leave them; None for somebody who sat none.
    """

    candidate: Candidate
    row: Row
    kept: Mapping[str, Row]
    blocks: set[str]
    registered: NextCandidate | None

    @property
    def _who(self) -> dict[str, str]:
        return {"name": self.candidate.full_name, "candidate": self.candidate.id}

    def problems(self) -> Iterator[Problem]:
        """Yield each difference between the session and the register."""
        if "" in self.blocks:
            yield kinds.CERTIFIED_ALREADY.at(self.row.at("id"), **self._who)
            return
        said = set(map(str, self.candidate.held))
        for code in sorted(said - self.blocks):
            yield kinds.HELD_UNKNOWN.at(self.row.at("held"), **self._who, found=code)
        for code in sorted(self.blocks - said):
            yield kinds.HELD_FORGOTTEN.at(self.row.at("held"), **self._who, found=code)
        yield from self._of_kept()
        if self.registered is None:
            return
        if self.registered.refusal:
            reason = self.registered.refusal
            yield kinds.RESIT_REFUSED.at(self.row.at("id"), **self._who, reason=reason)
        now = _sat(self.candidate.sat_before, self.candidate.first_sat)
        then = _sat(self.registered.sat, self.registered.first)
        if now != then:
            place = self.row.at("sat_before")
            yield kinds.SAT_OTHERWISE.at(place, **self._who, said=now, known=then)

    def _of_kept(self) -> Iterator[Problem]:
        known = {fold(item.code): item for item in self.registered.kept} if self.registered else {}
        lapsed = (
            {fold(item.code): item for item in self.registered.lapsed} if self.registered else {}
        )
        for code, row in self.kept.items():
            place, found = row.at("item"), row.shown("item")
            if code in known:
                item = known[code]
                now = _kept(row.get("score", Fraction), row.get("valid_until", date))
                then = _kept(item.score, item.until)
                if now != then and not row.get("renounced", bool):
                    yield kinds.KEPT_OTHERWISE.at(
                        place, **self._who, found=found, said=now, known=then
                    )
            elif row.get("renounced", bool):
                continue
            elif code in lapsed:
                until = f"{lapsed[code].until:%d/%m/%Y}"
                yield kinds.KEPT_LAPSED.at(place, **self._who, found=found, until=until)
            else:
                yield kinds.KEPT_UNKNOWN.at(place, **self._who, found=found)
        for code in sorted(known.keys() - self.kept.keys()):
            item = known[code]
            yield kinds.KEPT_FORGOTTEN.at(
                self.row.at("id"),
                **self._who,
                found=item.code,
                known=f"{item.origin}, {_kept(item.score, item.until)}",
            )


def _kept(score: Fraction | None, until: date | None) -> str:
    return f"{'sans score' if score is None else exact_share(score)}, " + (
        "sans terme" if until is None else f"jusqu'au {until:%d/%m/%Y}"
    )


def _sat(times: int, first: date | None) -> str:
    """Return how often somebody came, in words."""
    count = f"{times or 'aucune'} présentation{'s' if times > 1 else ''}"
    return f"{count}, la première le {first:%d/%m/%Y}" if first else count
