"""The register as a closing uses it: numbers before the papers, a record once all is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing as closed_after
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sheetgen.commands.closing_facts import closing_facts, closing_key, identity_of, told_alone
from sheetgen.jury import current_user
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import recorded as kinds
from sheetgen.problems import sealed as sealed_kinds
from sheetgen.register import (
    Identity,
    PaperKey,
    Register,
    RegisterError,
    check_people,
    is_recorded,
    open_register,
    record_closing,
    reserve_numbers,
)
from sheetgen.session_folder import lasting_id
from sheetgen.sources.read import PrintedKey

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.closed import ClosingKeeper
    from sheetgen.commands.final_papers import Paper
    from sheetgen.documents import Settled
    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.model import Candidate, Session, SessionDecisions
    from sheetgen.seals import Sealed
    from sheetgen.session_folder.paths import SessionFolder
    from sheetgen.sources.read import PrintedValue

Numbers = Mapping[tuple[str, str, str], str]
"""Numbers of papers by kind, candidate and bloc."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKeeper:
    """The register as one closing uses it.

    Attributes:
        address: where it is; None for a session that is not to be recorded.
        session: the session's workbook, where problems with identities are told.
        folder: the session's.
        problems: to be added to.
    """

    address: str | None
    session: Path
    folder: SessionFolder
    problems: list[Problem]

    def number(
        self,
        decisions: SessionDecisions,
        version: int,
        papers: Iterable[Paper],
        printed: Mapping[PrintedKey, PrintedValue],
    ) -> Numbers:
        """Reserve a number for each paper that bears one; none where somebody cannot be known.

        Then a problem is added, and nothing is reserved.
        """
        if self.address is None:
            return {}
        names = {
            person.id: (person.last_name, person.first_name)
            for person in decisions.session.candidates
        }
        texts = {name: value.text for name, value in printed.items()}
        session = decisions.session
        former = _former_by_number(session)
        people: dict[str, Identity] = {
            number: identity_of(texts, number, both, former.get(number, ()))
            for number, both in names.items()
        }
        places = self._places(printed, people)
        wanted = [PaperKey(kind=p.kind, candidate=p.candidate, block=p.block) for p in papers]
        dated = None if session.date is None else session.date.isoformat()
        key = closing_key(texts, session.code, dated, lasting_id(self.folder), version)
        day = session.date or datetime.now(UTC).date()
        try:
            register = self._open()
            with closed_after(register), register.writing() as connection:
                found = check_people(connection, key, people, places)
                self.problems.extend(found)
                if has_errors(found):
                    return {}
                given = reserve_numbers(connection, key, wanted, day.year)
        except RegisterError as error:
            self.problems.append(error.problem)
            return {}
        return {(item.kind, item.candidate, item.block): text for item, text in given.items()}

    def seal(
        self, settled: Settled, papers: Iterable[Paper], key: Path | None
    ) -> Mapping[tuple[str, str, str], Sealed]:
        """Return what is signed of each numbered paper; nothing where there is no key, a problem.

        Args:
            settled: the session, its papers numbered.
            papers: those about to be made.
            key: the file of the private key; None for the one beside the register.
        """
        from sheetgen.commands.sealing import open_pair, seal_papers  # loads cryptography

        try:
            register = self._open()
            with closed_after(register), register.writing() as connection:
                pair = open_pair(register, connection, key, self.problems)
        except RegisterError as error:
            self.problems.append(error.problem)
            return {}
        sealed = {} if pair is None else seal_papers(settled, papers, pair)
        self._tell_long(settled, sealed.values())
        return sealed

    def _tell_long(self, settled: Settled, papers: Iterable[Sealed]) -> None:
        """Say which papers are made without the code that a telephone reads."""
        from sheetgen.seals import fits_code  # loads what draws codes

        page = settled.decisions.referential.certification.verification_page or ""
        for paper in papers:
            if not fits_code(paper.address(page)):
                place = Location(file=str(self.session))
                number = paper.statement.number
                self.problems.append(sealed_kinds.CODE_TOO_LONG.at(place, number=number))

    def record(
        self, record: ClosingRecord, closed: ClosingKeeper, session: Session | None, *, late: bool
    ) -> None:
        """Record a closing, unless it is recorded already.

        Args:
            record: of the closing, complete.
            closed: gives its decisions as they are frozen.
            session: the session as it is now, for names borne before.
            late: whether the closing was made before this run; recording it is then told.

        Raises:
            UnreadableClosingError, UnreadableFinalError: its decisions cannot be read.
        """
        if self.address is None:
            return
        former = {} if session is None else _former_by_number(session)
        decisions = closed.decisions(record, candidates=told_alone)
        facts = closing_facts(record, decisions, former, lasting_id(self.folder))
        del decisions  # as large as the facts
        place = Location(file=str(self.session), sheet="Candidats")
        places = {item.number: place for item in facts.candidates} | {"": place}
        try:
            register = self._open()
            with closed_after(register), register.writing() as connection:
                known = is_recorded(connection, facts.key)
                if late and not known:
                    people = {item.number: item.identity for item in facts.candidates}
                    asked = check_people(connection, facts.key, people, places)
                    self.problems.extend(item for item in asked if not has_errors([item]))
                found = record_closing(connection, facts, places, current_user())
        except RegisterError as error:
            self.problems.append(error.problem)
            return
        self.problems.extend(found)
        if late and not known and not found:
            self.problems.append(kinds.RECORDED_LATE.at(place, session=facts.key.session))

    def _open(self) -> Register:
        register = open_register(self.address or "", create=True)
        if register is None:  # pragma: no cover - it was just made
            message = "a register that was made is not there"
            raise AssertionError(message)
        return register

    def _places(
        self, printed: Mapping[PrintedKey, PrintedValue], numbers: Iterable[str]
    ) -> dict[str, Location]:
        """Return the cell where each candidate's identity is to be mended."""
        place = Location(file=str(self.session), sheet="Candidats")
        places = {"": place}
        for number in numbers:
            cells = (
                printed.get(PrintedKey(sheet="Candidats", row=number, name=name))
                for name in ("Identifiant", "Nom")
            )
            found = next((cell.location for cell in cells if cell is not None), None)
            places[number] = found or place
        return places


def former_names(candidate: Candidate) -> tuple[str, ...]:
    """Return the surnames that a candidate bore before."""
    return tuple(name.strip() for name in (candidate.former_name or "").split(";") if name.strip())


def _former_by_number(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the surnames that candidates bore before, by number."""
    return {person.id: former_names(person) for person in session.candidates if person.former_name}
