"""A share of a command's work, and what does it: files made and written, by whatever process.

Paths are as the user knows them; a share's `base` is where they start from. Each task yields the
writers of its items, with what they noted. The signing key does not travel: whoever makes grids
reads it where it lies. Records travel narrowed to some of a session's people: what is made for them
is what would be made from the whole.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.commands.inputs import open_key
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.files import sha256
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Status
from sheetgen.problems import Location
from sheetgen.problems.isolating import isolated
from sheetgen.processes import may_be_copied, open_processes, process_context

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sheetgen.commands.inputs import Options, Step
    from sheetgen.commands.writing import Render
    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.documents import Settled
    from sheetgen.mailing import MessageTemplate, Recipient
    from sheetgen.model import (
        Assignment,
        CandidateDecision,
        CandidateId,
        JurorCode,
        Referential,
        Return,
        Session,
        SessionDecisions,
    )
    from sheetgen.processes import Item, Share, Task, Work, Workers
    from sheetgen.session_folder.paths import SessionFolder


def narrow_session(session: Session, people: Collection[CandidateId]) -> Session:
    """Return the session with these candidates alone, and the whole jury."""
    return replace(
        session,
        candidates=tuple(session.candidate[item] for item in people),
        assignments=tuple(
            assignment for item in people for assignment in session.assignments_of[item]
        ),
        accommodations=tuple(item for item in session.accommodations if item.candidate in people),
        absences=tuple(item for item in session.absences if item.candidate in people),
        evidence=tuple(item for item in session.evidence if item.candidate in people),
        kept_results=tuple(item for item in session.kept_results if item.candidate in people),
    )


def narrow_assignments(session: Session, assignments: Sequence[Assignment]) -> Session:
    """Return the session with these assignments alone, their candidates, and the whole jury."""
    people = dict.fromkeys(item.candidate for item in assignments)
    return replace(narrow_session(session, people), assignments=tuple(assignments))


def narrow_jurors(session: Session, jurors: Collection[JurorCode]) -> Session:
    """Return the session with these jurors' assignments alone, those in common too.

    Without arrangements.
    """
    theirs = {
        item.code
        for item in session.markers
        if any(person.code in jurors for person in item.people)
    }
    assignments = [item for item in session.assignments if item.juror in theirs]
    people = {item.candidate for item in assignments}
    # In the session's order: a juror's list is read by people, whatever was assigned last.
    narrowed = narrow_session(session, [x.id for x in session.candidates if x.id in people])
    return replace(narrowed, assignments=tuple(assignments), accommodations=())


def narrow_decisions(
    decisions: SessionDecisions, part: Sequence[CandidateDecision]
) -> SessionDecisions:
    """Return the decisions on these candidates alone, as provisional as the whole."""
    people = dict.fromkeys(item.candidate for item in part)
    session = narrow_session(decisions.session, people)
    pairs = ((item.candidate, item.juror) for item in session.assignments)
    counted = [decisions.counted[pair] for pair in pairs if pair in decisions.counted]
    return replace(
        decisions,
        session=session,
        candidates=tuple(part),
        returns=(*counted, *_of_absent(decisions, people)),
        missing=tuple(item for item in decisions.missing if item[0] in people),
        problems=(),
    )


def _of_absent(decisions: SessionDecisions, people: Collection[CandidateId]) -> Iterator[Return]:
    """Yield the returns on those of these candidates who did not come: papers tell of them."""
    absent = {
        number
        for number in decisions.returned_of.intersection(people)
        if decisions.session.candidate[number].status is not Status.PRESENT
    }
    for item in decisions.returns if absent else ():
        if item.candidate in absent:
            yield replace(item, problems=())


def narrow_plan(plan: WorkbookPlan) -> WorkbookPlan:
    """Return the plan of a workbook, narrowed to some blocs of some candidates.

    The hashes of all returns stay, which the workbook bears, and what is missing, which it counts.
    """
    decisions = plan.decisions
    return replace(
        plan,
        decisions=replace(
            decisions,
            session=narrow_session(decisions.session, plan.people),
            candidates=tuple(plan.narrowed(decisions.decided[item]) for item in plan.people),
            returns=tuple(replace(item, problems=()) for item in decisions.counted.values()),
            problems=(),
        ),
    )


def narrow_settled(settled: Settled, part: Sequence[CandidateDecision]) -> Settled:
    """Return the jury's decisions on these candidates alone."""
    people = [decision.candidate for decision in part]
    rulings = settled.deliberation.rulings
    return replace(
        settled,
        decisions=narrow_decisions(settled.decisions, part),
        reissue=settled.reissue.of(people) if settled.reissue else None,
        numbers={key: number for key, number in settled.numbers.items() if key[1] in people},
        seals={key: sealed for key, sealed in settled.seals.items() if key[1] in people},
        deliberation=replace(
            settled.deliberation, rulings={number: rulings[number] for number in people}
        ),
    )


Document = tuple[Path, "Render"]
"""Where a document goes, and what makes it."""

GRIDS_A_SHARE, JURORS_A_SHARE, PEOPLE_A_SHARE = (1_000, 2_500), (1, 20), (20, 150)
"""The fewest and the most grids, jurors and people of a share.

A share of grids is large, since the first grid of a form takes as long as fifty others; one of
documents small, so that all processes end at about the same time. None grows with the session.
"""

GRID_SECONDS, HANDOUT_SECONDS, DOCUMENT_SECONDS, CRITERION_SECONDS = 0.001, 0.0005, 0.01, 0.0005
"""About how long one process takes for a grid, for handing it out, for a document and for a row of
criteria; the sum tells whether other processes are worth starting."""


LIBRARIES = (
    __name__,
    "sheetgen.grid.write.stamping",
    "sheetgen.mailing",
    "sheetgen.documents.school_templates",
)
"""What processes have to load for these tasks: most of the time that they take to start."""

LARGE_SESSION, LARGE_WITHOUT_WORD = 60_000, 120_000
"""Bytes of a session workbook that may well be worth several processes: of some 150 candidates, and
of some 600 where no Word documents are made. Starting processes that have nothing to do would take
a third as long as all the rest of a small session."""


def expect_workers(options: Options, session: Path) -> bool:
    """Load what the workers of this session will need; return whether there will be any."""
    if not may_need_workers(options, session):
        return False
    return may_be_copied() or process_context(LIBRARIES).get_start_method() == "forkserver"


def may_need_workers(options: Options, session: Path) -> bool:
    """Return whether this session workbook will ask for several processes of this machine."""
    least = LARGE_SESSION if options.reports else LARGE_WITHOUT_WORD
    with suppress(OSError):  # its reader says what is wrong with it
        return options.jobs > 1 and not options.scheduler and session.stat().st_size > least
    return False


@contextmanager
def open_workers(
    options: Options, folder: Path, effort: float, *, copied: bool = False
) -> Iterator[Workers]:
    """Open the workers that do a command's work; close them at the end.

    Args:
        options: who is asked for; a cluster works whatever the effort.
        folder: where they write; all those of a cluster have to see it.
        effort: the seconds that the work takes one process, about.
        copied: whether they are copies of this process, where that is safe, as `open_processes` is
            told.

    Raises:
        WorkersLostError: the cluster cannot be used.
        OSError: nothing can be written in the folder.
    """
    if options.scheduler is None:
        with open_processes(options.jobs, effort, str(folder), copied=copied) as workers:
            yield workers
    else:
        from sheetgen.processes import open_cluster

        with open_cluster(options.scheduler, folder) as workers:
            yield workers


def carry_out(
    task: Task[Share, Writer],
    work: Work[Item, Share],
    workers: Workers,
    writer: Writer,
    progress: AbstractContextManager[Step],
) -> None:
    """Run the work; the writer notes what is done as it becomes known.

    Raises:
        WorkersLostError: those who did it are gone; what they did until then is noted.
    """
    note_done(workers.run(task, work), writer, progress)


def note_done(
    running: Iterator[Writer], writer: Writer, progress: AbstractContextManager[Step]
) -> None:
    """Likewise of work that is running already."""
    with progress as step:
        for done in running:
            writer.take(done)
            step()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridShare:
    """Grids to make: one for each assignment of the session, which holds what they need.

    Attributes:
        digests: SHA-256 of the grids as last written.
    """

    referential: Referential
    session: Session
    logo: bytes | None
    folder: SessionFolder
    force: bool
    digests: Mapping[Path, str]
    base: Path


def write_grids(share: GridShare) -> Iterator[Writer]:
    """Make and write each grid; one in which somebody wrote stays as it is."""
    from sheetgen.grid.write import is_as_written, produce_grids

    def is_own(path: Path, former: bytes) -> bool:
        known = share.digests.get(path)
        return is_as_written(former) if known is None else sha256(former) == known

    failed = Writer(force=share.force)
    key = open_key(share.folder.seen_from(share.base), failed.problems)
    if key is None:
        yield failed
        return
    for assignment, make in produce_grids(share.referential, share.session, key, share.logo):
        writer = Writer(force=share.force, base=share.base)
        path = share.folder.grid(share.session, assignment)
        with isolated(writer.problems, Location(file=str(path))):
            writer.bring_up_to_date(path, make(), partial(is_own, path))
        yield writer


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutShare:
    """Jurors to be sent their grids; `digests` are those of their files as last written."""

    recipients: tuple[Recipient, ...]
    message: MessageTemplate | None
    folder: SessionFolder
    digests: Mapping[Path, str]
    base: Path


def write_handouts(share: HandoutShare) -> Iterator[Writer]:
    """Write what each juror is sent; what a person changed since is kept under another name."""
    from sheetgen.mailing import files_of, hand_out

    for recipient in share.recipients:
        writer = Writer(force=True, base=share.base)
        with locks_reported(writer.problems, share.folder.root / files_of(recipient)[0]):
            handout = hand_out(recipient, share.folder, share.message, share.base)
            writer.problems.extend(handout.problems)
            for name, data in handout.files.items():
                path = share.folder.root / name
                writer.renew(path, data, share.digests.get(path))
        yield writer


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookShare:
    """Workbooks of a consolidation to write; `digests` are those of the files as last written."""

    plans: tuple[WorkbookPlan, ...]
    folder: SessionFolder
    digests: Mapping[Path, str]
    base: Path


def write_workbooks(share: WorkbookShare) -> Iterator[Writer]:
    """Write each workbook; one in which somebody wrote is kept under another name."""
    from sheetgen.consolidation import write_consolidation

    for plan in share.plans:
        writer = Writer(force=True, base=share.base)
        path = share.folder.consolidation / plan.name
        with locks_reported(writer.problems, path):
            writer.remake(path, partial(write_consolidation, plan=plan), share.digests.get(path))
        yield writer


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShare:
    """Word documents to make, those on one person together.

    `digests` are those of documents that are to be brought up to date; None where one that is there
    and differs is told.
    """

    people: tuple[tuple[Document, ...], ...]
    force: bool
    base: Path
    digests: Mapping[Path, str] | None = None


def write_documents(share: DocumentShare) -> Iterator[Writer]:
    """Make and write the documents on each person."""
    for documents in share.people:
        writer = Writer(force=share.force, base=share.base)
        for path, render in documents:
            writer.write_document(path, render, share.digests)
        yield writer
