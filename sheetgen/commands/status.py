"""`status`, and the reading that `consolidate` begins with: what came back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, read_inputs
from sheetgen.commands.inputs import open_key
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    BlockDecision,
    CandidateDecision,
    CandidateId,
    CertificationOutcome,
    CompetencyCode,
    CompetencyDecision,
    CriterionDecision,
    KeptDecisions,
    Mark,
    Reason,
    SessionDecisions,
)
from sheetgen.problems import Location
from sheetgen.processes import process_context
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.grid.read import ReadGrid
    from sheetgen.model import Session
    from sheetgen.problems import Problem
    from sheetgen.returns import Collection, DecidedAhead, Expected, FoundFile


READING = (
    "sheetgen.spreadsheet.contained.worker",
    "sheetgen.spreadsheet.xlsx",
    "sheetgen.grid.read.grid",
)
"""What the processes that read returns have to load."""

_LOOK_EVERY = 1_000
"""Milliseconds after which a watch looks, though no event came."""

_HELD = 1_000
"""Candidates whose decisions stay in memory, some thirty megabytes: every step looks at all of
them, and most sessions have no more."""

Snapshot = frozenset[tuple[str, int, int]]
"""Files, each with its size and time of change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """The result of `status`.

    Attributes:
        collection: None where nothing could be read.
        watched: the files and folders that were looked into.
        seen: what was there, just before.
        awaited: the candidates and competencies for which a document is still awaited.
    """

    checked: Checked
    collection: Collection | None = None
    watched: tuple[Path, ...] = ()
    seen: Snapshot = frozenset()
    awaited: tuple[tuple[CandidateId, CompetencyCode], ...] = ()
    problems: tuple[Problem, ...] = ()


def survey(inputs: Inputs, returns: Sequence[Path], options: Options) -> Surveyed:
    """Read the returns and say what came back, what is missing and what was refused."""
    expect_returns()
    checked = read_inputs(inputs, replace(options, reports=False))
    problems = [*checked.errors, *checked.made.notices]
    watched = list(returns)
    if checked.session is not None and not watched:
        watched = [SessionFolder.of(inputs.output, checked.session).returns]
    seen = _snapshot(watched)
    collected = collect(inputs, checked, returns, options, problems)
    return Surveyed(
        checked=checked,
        collection=None if collected is None else collected.collection,
        watched=tuple(watched),
        seen=seen,
        awaited=_awaited_evidence(checked),
        problems=tuple(problems),
    )


def _awaited_evidence(checked: Checked) -> tuple[tuple[CandidateId, CompetencyCode], ...]:
    """Return the candidates and competencies for which a document is still awaited."""
    from sheetgen.rules import evidence_awaited

    if checked.referential is None or checked.session is None:
        return ()
    return tuple(evidence_awaited(checked.referential, checked.session))


def expect_returns(also: Sequence[str] = ()) -> None:
    """Start the processes that read returns, while the inputs are being checked.

    Args:
        also: modules that processes started for other work will need.
    """
    process_context((*READING, *also))


def watch(last: Surveyed, survey_again: Callable[[], Surveyed]) -> Iterator[Surveyed]:
    """Yield a new survey each time a file arrives, changes or goes, until interrupted.

    What arrived while one was being made gives another one.

    Raises:
        KeyboardInterrupt: somebody wants no more of it.
    """
    from watchfiles import watch as watch_files

    existing = [path for path in last.watched if path.exists()]
    if not existing:
        return
    # What arrives before the watch has begun gives no event: so each second is an occasion to look.
    for _ in watch_files(
        *existing, yield_on_timeout=True, rust_timeout=_LOOK_EVERY, raise_interrupt=True
    ):
        if _snapshot(last.watched) != last.seen:
            last = survey_again()
            yield last


def _snapshot(paths: Sequence[Path]) -> Snapshot:
    """Return the files at or below the paths."""
    seen = set()
    for file in (file for path in paths for file in (path, *path.rglob("*"))):
        # A file may go while the others are looked at.
        with suppress(OSError):
            if file.is_file():
                state = file.stat()
                seen.add((str(file), state.st_size, state.st_mtime_ns))
    return frozenset(seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The returns of a session whose inputs can be used.

    Attributes:
        folder: the session's.
        expected: the référentiel, the session and the key that grids are held to; its assignments
            are those of which something may still be asked.
        collection: the returns as read.
        found: the files, by the name that their return has.
        problems: those of files and returns, none of the inputs.
        ahead: what was decided while grids were still being read.
        nothing: why nothing may be made of this: no grid at all was read of what was asked for.
    """

    folder: SessionFolder
    expected: Expected
    collection: Collection
    found: Mapping[str, FoundFile]
    problems: tuple[Problem, ...]
    ahead: DecidedAhead
    nothing: Problem | None = None

    @property
    def session(self) -> Session:
        """Return the session, with the assignments whose grid counts or is waited for."""
        return replace(self.expected.session, assignments=self.collection.seats.counting)

    def decide(self) -> SessionDecisions:
        """Decide from the marks of the returns that count; the result is kept out of memory."""
        from sheetgen.files import Spool, pickle_by_values
        from sheetgen.jury import seal_names
        from sheetgen.rules import decide_each

        pickle_by_values(
            CandidateDecision, BlockDecision, CompetencyDecision, CriterionDecision, Mark, Reason
        )
        referential, session = self.expected.referential, self.session
        decided = Spool[CandidateId, CandidateDecision](held=_HELD)
        provisional = bool(self.collection.missing)
        counted = self.collection.marks_that_count
        known = partial(self.ahead.find, session, self.collection)
        for decision in decide_each(referential, session, counted, known):
            decided.add(decision.candidate, decision)
            provisional |= decision.outcome is CertificationOutcome.INCOMPLETE
        return SessionDecisions(
            referential=referential,
            session=session,
            candidates=KeptDecisions(decided),
            returns=self.collection.returns,
            missing=self.collection.missing,
            problems=self.problems,
            provisional=provisional,
            seals=seal_names(session, self.expected.key),
        )


def collect(
    inputs: Inputs,
    checked: Checked,
    returns: Sequence[Path],
    options: Options,
    problems: list[Problem],
) -> Collected | None:
    """Read the returns, adding to the problems; None where nothing could be read."""
    from sheetgen.grid.read import ReadGrid, read_grid
    from sheetgen.returns import DecidingAhead, Expected, collect_returns, find_returns
    from sheetgen.spreadsheet.contained import ReadFile, read_contained

    if checked.referential is None or checked.session is None:
        return None
    folder = SessionFolder.of(inputs.output, checked.session)
    key = open_key(folder, problems)
    if key is None:
        return None
    files, found = find_returns(list(returns) or [folder.returns])
    # A session of which no grid has come back yet, where none had: there is nothing to be lost.
    awaited = not returns and not _was_read(folder) and _is_folder_read(folder.returns, found)
    expected = Expected(
        referential=checked.referential,
        session=checked.session,
        key=key,
        made=checked.made.grids,
    )

    ahead = DecidingAhead(checked.referential, checked.session, _HELD if options.deciding else 0)
    how = ReadFile(read=read_grid, answer=ReadGrid)
    with options.progress("Lecture des retours", len(files)) as step:

        def counted() -> Iterator[tuple[FoundFile, ReadGrid | Problem]]:
            for result in read_contained(files, how, jobs=options.jobs):
                step()
                yield result

        collection = collect_returns(counted(), expected, options.preferred, ahead)
    for item in collection.returns:
        found.extend(item.problems)
    nothing = None if awaited else _nothing_read(folder, returns, collection)
    # Where nothing could be read, which grids are missing is not known either.
    problems.extend([*found, *collection.problems] if nothing is None else [*found, nothing])
    found.extend(collection.problems)
    asked = replace(checked.session, assignments=collection.seats.asked)
    return Collected(
        folder=folder,
        expected=replace(expected, session=asked),
        collection=collection,
        found={file.name: file for file in files},
        problems=tuple(found),
        ahead=ahead.decided,
        nothing=nothing,
    )


def _nothing_read(
    folder: SessionFolder, returns: Sequence[Path], collection: Collection
) -> Problem | None:
    """Return a problem where no grid was read of what was asked for.

    A path that was mistyped, a folder that is no longer mounted or may not be read: whatever is
    made of that would replace what rests on the grids.
    """
    from sheetgen.problems.returns import NOTHING_READ

    if any(item.candidate is not None for item in collection.returns):
        return None
    asked = ", ".join(str(path) for path in returns) or str(folder.returns)
    return NOTHING_READ.at(Location(file=asked))


def _is_folder_read(path: Path, found: Sequence[Problem]) -> bool:
    """Return whether a folder could be looked into, or is not there yet."""
    if not path.is_dir():
        return not (path.exists() or path.is_symlink())
    return not any(item.location.file == str(path) for item in found)


def _was_read(folder: SessionFolder) -> bool:
    """Return whether the last consolidation rested on any grid."""
    from sheetgen.returns import read_history

    history = read_history(folder.history)
    return history is not None and bool(history.counted)


def collect_again(
    inputs: Inputs, checked: Checked, options: Options, problems: list[Problem]
) -> Collected | None:
    """Read what the last consolidation read, with the files it preferred.

    Where there was none, the session's own returns; None where nothing could be read.
    """
    from sheetgen.returns import read_history

    if checked.session is None:
        return None
    history = read_history(SessionFolder.of(inputs.output, checked.session).history)
    if history is None:
        return collect(inputs, checked, (), options, problems)
    returns = [Path(path) for path in history.returns]
    again = replace(options, preferred=history.preferred)
    return collect(inputs, checked, returns, again, problems)
