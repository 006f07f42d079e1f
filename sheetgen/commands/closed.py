"""A session that is closed: what is in force, what was asked for since, what differs by now."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from sheetgen.commands.final_papers import papers_of
from sheetgen.files import HeldElsewhereError, file_digest, held_alone
from sheetgen.jury import (
    UnreadableFinalError,
    adopt,
    compare_decided,
    compare_printed,
    current_user,
    mend_kept,
    missing_papers,
    open_consolidation,
    outcomes_alone,
    publish,
    read_frozen_decisions,
)
from sheetgen.jury.closings import (
    DECISIONS,
    Closings,
    UnreadableClosingError,
    parse_reopening,
    told_reopening,
    unfinished_reopening,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Reopening
from sheetgen.problems import Location, Problem
from sheetgen.problems import frozen as kinds
from sheetgen.session_folder import check_reopening, read_closed_session
from sheetgen.sources.read import PrintedKey, read_printed
from sheetgen.text import says_something

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs
    from sheetgen.documents import Templates
    from sheetgen.jury import Publication, Record
    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.model import Session
    from sheetgen.session_folder.paths import SessionFolder


_SHOWN = 3
"""Files that a message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingKeeper:
    """Looks after the closings of one session; what it has to say goes to `problems`."""

    folder: SessionFolder
    problems: list[Problem]

    @property
    def closings(self) -> Closings:
        """Return the closings that were frozen."""
        return Closings.of(self.folder)

    def last(self) -> ClosingRecord | None:
        """Return the closing in force, kept under `.sheetgen/` from now on if it was not.

        Raises:
            UnreadableClosingError, UnreadableFinalError: what was frozen cannot be read.
            OSError: a file cannot be read or kept.
        """
        if not self.closings.versions:
            return adopt(self.closings, self.folder.final)
        return self.closings.last()

    def find_unrecorded(self) -> Problem | None:
        """Return a problem where `final/` holds a closing's files and no closing is on record."""
        left = [path for path in sorted(self.folder.final.rglob("*.*")) if path.is_file()]
        if not left:
            return None
        place = Location(file=str(self.folder.final))
        return kinds.CLOSING_LOST.at(place, found=_listed(path.name for path in left))

    def mend(self) -> None:
        """Put back what was lost of the files kept aside, and say so.

        Raises:
            UnreadableClosingError: the record of a closing cannot be read.
            OSError: a file cannot be written.
        """
        mended = mend_kept(self.closings, self.folder.final)
        if mended:
            place = Location(file=str(self.closings.folder))
            self.problems.append(kinds.KEPT_COPY_MENDED.at(place, count=len(mended)))

    def check_reopening(self, last: ClosingRecord, session: Session, file: Path) -> None:
        """Refuse to reopen a session as one of another date, or of other people."""
        closed = read_closed_session(self.folder.final)
        if closed is None:
            return
        born = {
            number: person if day is None else replace(person, birth_date=day)
            for number, person in closed.candidates.items()
            for day in [_birth_date(last, number)]
        }
        problem = check_reopening(replace(closed, candidates=born), session, str(file))
        self.problems.extend([] if problem is None else [problem])

    def decisions(self, record: ClosingRecord, **kept: Callable[[object], object]) -> Record:
        """Return the decisions of a closing; of its arrays' items, what has to be kept.

        Raises:
            UnreadableClosingError, UnreadableFinalError: they cannot be read.
        """
        return read_frozen_decisions(self.closings, record, **kept)

    def outcomes(self, record: ClosingRecord) -> Record:
        """Return the decisions of a closing without criteria and marks.

        Raises:
            UnreadableClosingError, UnreadableFinalError: they cannot be read.
        """
        return self.decisions(record, candidates=outcomes_alone)

    def former(self, version: int) -> list[ClosingRecord]:
        """Return the closings before this one, oldest first.

        Raises:
            UnreadableClosingError: one cannot be read.
        """
        return [self.closings.read(item) for item in self.closings.versions if item < version]

    def reopened(self, record: ClosingRecord) -> tuple[Reopening, ...]:
        """Return the reopenings before a closing, oldest first.

        None of a closing whose record does not tell them and whose decisions are lost: those, too,
        may be taken again.
        """
        if record.reopened is not None:
            return record.reopened
        try:
            items = cast("list[Record]", self.outcomes(record)["reopened"])
        except (UnreadableClosingError, UnreadableFinalError):
            return ()
        return tuple(map(parse_reopening, items))

    def take_up_reopening(
        self, last: ClosingRecord, reopen: str | None, workbook: Path
    ) -> tuple[Reopening, ...]:
        """Return the reopenings to record, the last one to be carried out; none without one.

        One that was cut short is carried out where the same workbook is given again; where another
        reason is given, it stays on record before the new one.
        """
        unfinished = unfinished_reopening(self.closings, last.version)
        before = unfinished.asked if unfinished is not None else ()
        if reopen is None:
            if unfinished is None:
                return ()
            same = unfinished.workbook == workbook_digest(workbook)
            kind = kinds.REOPENING_RESUMED if same else kinds.REOPENING_UNFINISHED
            self.problems.append(told_reopening(kind, self.folder.final, before[-1]))
            return before if same else ()
        if not says_something(reopen):
            place = Location(file=str(self.folder.final / DECISIONS))
            given = reopen.strip()
            kind = kinds.REOPENING_SAYS_NOTHING if given else kinds.REOPENING_UNREASONED
            self.problems.append(kind.at(place, found=given))
            return ()
        reason = reopen.strip()
        if before and before[-1].reason == reason:
            return before
        new = Reopening(
            by=current_user(), at=datetime.now(UTC), reason=reason, version=last.version
        )
        return (*(replace(item, completed=False) for item in before), new)

    def closed_on(self, record: ClosingRecord) -> str:
        """Return the date of closing on the minutes, « le 24/06/2026 à 17:30 (version 2) »."""
        closed = read_closed_session(self.folder.final)
        when = f"le {closed.moment}" if closed is not None else "déjà"
        return f"{when} (version {record.version})" if record.version > 1 else when

    def publish(self, record: ClosingRecord, *, added: bool = False) -> Publication:
        """Make `final/` a copy of the closing in force, and say what had been lost.

        Args:
            record: the closing in force.
            added: what is not there yet was never there: papers made after the decisions.

        Raises:
            OSError: a file cannot be moved or written.
        """
        done = publish(self.closings, self.folder.final, record)
        self.problems.extend(done.problems)
        if added:
            done.written += done.restored
            done.restored.clear()
        if done.restored:
            place = Location(file=str(self.folder.final))
            self.problems.append(kinds.FINAL_RESTORED.at(place, count=len(done.restored)))
        drafts = sum(path.is_file() for path in self.folder.drafts.rglob("*.docx"))
        if drafts:
            place = Location(file=str(self.folder.drafts))
            self.problems.append(kinds.DRAFTS_LEFT.at(place, count=drafts))
        return done

    def check_kept(self, record: ClosingRecord, templates: Templates | None) -> None:
        """Tell what cannot be known, nor come back, of a closing that was not kept aside.

        Raises:
            UnreadableClosingError, UnreadableFinalError: its decisions cannot be read.
        """
        if record.printed is not None:
            return
        place = Location(file=str(self.folder.final))
        self.problems.append(kinds.CLOSING_NOT_COMPARED.at(place))
        made = frozenset() if templates is None or not record.papers else papers_of(templates)
        lacking = missing_papers(record, self.outcomes(record), made)
        if lacking:
            self.problems.append(
                kinds.CLOSED_PAPERS_MISSING.at(place, count=len(lacking), found=_listed(lacking))
            )

    def compare(self, inputs: Inputs, workbook: Path, last: ClosingRecord) -> None:
        """Tell each difference between what was frozen and what the files say now."""
        if last.printed is not None:
            now = read_printed(inputs.referential, inputs.session)
            self.problems.extend(compare_printed(last.printed, now))
        if last.workbook and last.workbook == workbook_digest(workbook):
            return
        opened = open_consolidation(workbook)
        if isinstance(opened, Problem):
            self.problems.append(opened)
            return
        self.problems.extend(compare_decided(opened, self.outcomes(last), str(workbook)))


@contextmanager
def alone_on(folder: SessionFolder, problems: list[Problem]) -> Iterator[bool]:
    """Keep others from closing the session meanwhile; give False where somebody else is at it.

    A session without a folder has nothing to close.

    Raises:
        OSError: its folder cannot be written to.
    """
    if not folder.root.is_dir():
        yield True
        return
    try:
        with held_alone(folder.closing_lock):
            yield True
    except HeldElsewhereError:
        problems.append(kinds.CLOSING_IN_PROGRESS.at(Location(file=str(folder.final))))
        yield False


def _birth_date(record: ClosingRecord, number: str) -> date | None:
    """Return a candidate's birth date as the closing froze it."""
    key = PrintedKey(sheet="Candidats", row=number, name="Date de naissance")
    with suppress(ValueError):
        return datetime.strptime((record.printed or {}).get(key, ""), "%d/%m/%Y").date()  # noqa: DTZ007 (a day, not a moment)
    return None


def workbook_digest(path: Path) -> str:
    """Return the SHA-256 of a workbook; an empty text where it cannot be read."""
    try:
        return file_digest(path)
    except OSError:
        return ""


def _listed(names: Iterable[str]) -> str:
    items = list(names)
    return ", ".join(items[:_SHOWN]) + (", …" if len(items) > _SHOWN else "")
