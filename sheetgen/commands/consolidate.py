"""`consolidate`: from what came back to what is proposed, written for the jury.

What a jury has written in the workbook that is replaced is taken over.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, read_inputs
from sheetgen.commands.papers import MadeFiles, describe_consolidation
from sheetgen.commands.printing import Printing
from sheetgen.commands.remembering import ChangeNote, tell_interrupted
from sheetgen.commands.shares import (
    CRITERION_SECONDS,
    DOCUMENT_SECONDS,
    PEOPLE_A_SHARE,
    DocumentShare,
    WorkbookShare,
    carry_out,
    narrow_decisions,
    narrow_plan,
    note_done,
    open_workers,
    write_documents,
    write_workbooks,
)
from sheetgen.commands.status import Collected, collect, expect_returns
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.files import file_digest
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import carried_over as kinds
from sheetgen.processes import Work
from sheetgen.session_folder.written_files import Written, WrittenFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.consolidation import Carried, WorkbookPlan
    from sheetgen.documents import ReportTemplate
    from sheetgen.model import CandidateDecision, SessionDecisions
    from sheetgen.processes import Workers
    from sheetgen.session_folder.paths import SessionFolder


def carry_over(
    path: Path, plan: WorkbookPlan, folder: SessionFolder, problems: list[Problem]
) -> Carried:
    """Return what the jury wrote in the workbook at `path`, and say what becomes of it.

    A workbook that is just as it was written here, without a word of a jury, is not even read.
    """
    from sheetgen.consolidation import Carried

    place = Location(file=str(path))
    former = sorted(item.name for item in path.parent.glob(f"{path.stem}-*{path.suffix}"))
    if former:
        found = ", ".join(former)
        problems.append(kinds.FORMER_CONSOLIDATIONS.at(place, found=found))
    if not path.exists() or _blank_notes(folder).is_untouched(path):
        return Carried()
    from sheetgen.jury import NotCarriedError, open_consolidation, read_carried  # takes its time

    workbook = open_consolidation(path)
    if isinstance(workbook, Problem):
        problems.append(kinds.DELIBERATION_NOT_CARRIED.at(place, reason=workbook.message))
        return Carried()
    try:
        carried, said = read_carried(workbook, str(path), plan)
    except NotCarriedError as error:
        problems.append(kinds.DELIBERATION_NOT_CARRIED.at(place, reason=str(error)))
        return Carried()
    problems += said
    return carried


def note_blank(path: Path, digest: str | None, folder: SessionFolder, carried: Carried) -> None:
    """Note that a workbook was written without a word of a jury, if so it was."""
    if digest is not None and not carried:
        _blank_notes(folder).note({path: digest})


def _blank_notes(folder: SessionFolder) -> WrittenFiles:
    return WrittenFiles(record=folder.private / "blank_consolidation.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """The result of `consolidate`; `decisions` is None where nothing could be decided."""

    checked: Checked
    decisions: SessionDecisions | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def consolidate(inputs: Inputs, returns: Sequence[Path], options: Options) -> Consolidated:
    """Read the returns, decide, and write `consolidation/` and `corrections/`."""
    expect_returns()
    checked = read_inputs(inputs, options)
    problems = [*checked.errors, *checked.made.state]
    deciding = replace(options, deciding=True)
    collected = collect(inputs, checked, returns, deciding, problems)
    if collected is None or collected.nothing is not None:
        return Consolidated(checked=checked, problems=tuple(problems))
    consolidation = _Consolidation(
        checked=checked,
        collected=collected,
        decisions=collected.decide(),
        options=options,
        writer=Writer(force=True, problems=problems),
    )
    problems.extend(tell_interrupted(collected.folder, besides="consolidate"))
    places = (collected.folder.consolidation, collected.folder.corrections)
    note = ChangeNote.of(collected.folder, "consolidate")
    locked = locks_reported(problems, collected.folder.root)
    with locked, note.kept(problems, places), _records_set_aside():
        consolidation.write(returns)
    return Consolidated(
        checked=checked,
        decisions=consolidation.decisions,
        files=tuple(path for path, _ in consolidation.writer.written),
        problems=tuple(problems),
    )


@contextmanager
def _records_set_aside() -> Iterator[None]:
    """Keep what is in memory out of Python's searches for cycles, of which records have none.

    It searches once there is a quarter more than before: so the cycles of a workbook that was
    written, whose cells hold one another, are found before several have been.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Consolidation:
    """Writes what `consolidate` puts in its folder."""

    checked: Checked
    collected: Collected
    decisions: SessionDecisions
    options: Options
    writer: Writer

    @property
    def folder(self) -> SessionFolder:
        """Return the session's folder."""
        return self.collected.folder

    def write(self, returns: Sequence[Path]) -> None:
        """Write everything; whatever becomes of one step, the next ones are done.

        Other processes, if any, begin with the volumes of a large session, while this one writes
        what it has to write itself.
        """
        from sheetgen.consolidation import plan_consolidation

        checked, root = self.checked, self.folder.root
        report = None if checked.templates is None else checked.templates.report
        plans: Sequence[WorkbookPlan] = ()
        with locks_reported(self.writer.problems, self.folder.consolidation):
            plans = plan_consolidation(self.decisions)
        volumes, alone = plans[1:], True
        with locks_reported(self.writer.problems, root):
            with open_workers(self.options, root, self.effort(volumes, report)) as workers:
                running = workers.run(write_workbooks, self.volumes_work(volumes, workers))
                alone = False
                self.write_here(plans[:1], returns)
                self.note_volumes(running, len(volumes))
                if report is not None:
                    self.write_reports(report, workers)
            self.print_reports()
        if alone:
            self.write_here(plans[:1], returns)

    def write_here(self, jurys: Sequence[WorkbookPlan], returns: Sequence[Path]) -> None:
        """Write all but the volumes and the reports; `jurys` is the plan of the jury's workbook.

        There is none where it could not be planned.
        """
        problems, folder = self.writer.problems, self.folder
        self.write_decisions()
        with locks_reported(problems, folder.consolidation):
            for plan in jurys:
                self.write_workbook(plan)
                self.note_sources()
        with locks_reported(problems, folder.corrections):
            self.write_corrections(self.checked.logo)
        with locks_reported(problems, folder.root):
            self.compare_with_last(returns)

    def effort(self, volumes: Sequence[WorkbookPlan], report: ReportTemplate | None) -> float:
        """Return the seconds that volumes and reports take one process, about."""
        rows = sum(volume.criteria for volume in volumes)
        documents = 0 if report is None else len(self.decisions.candidates)
        return rows * CRITERION_SECONDS + documents * DOCUMENT_SECONDS

    def write_decisions(self) -> None:
        """Write the decisions as JSON and CSV."""
        from sheetgen.consolidation import write_decisions_csv, write_decisions_json

        for name, write in (
            ("decisions.json", write_decisions_json),
            ("decisions.csv", write_decisions_csv),
        ):
            path = self.folder.consolidation / name
            with locks_reported(self.writer.problems, path):
                write(path, self.decisions)
                self.writer.written.append((path, Written.CREATED))
                self._notes.note({path: file_digest(path)})

    def write_workbook(self, jurys: WorkbookPlan) -> None:
        """Write the jury's workbook."""
        path = self.folder.consolidation / jurys.name
        carried = carry_over(path, jurys, self.folder, self.writer.problems)
        jurys = replace(jurys, carried=carried)
        for done in write_workbooks(self._share([jurys], Path())):
            self.writer.take(done)
        note_blank(path, self.writer.digests.get(path), self.folder, carried)
        self._notes.note(self.writer.digests)

    def note_sources(self) -> None:
        """Note what the workbook rests on beside the returns."""
        digest = describe_consolidation(self.decisions.referential, self.decisions.session)
        self.folder.described.note({self.folder.consolidation / "consolidation.xlsx": digest})

    def volumes_work(
        self, volumes: Sequence[WorkbookPlan], workers: Workers
    ) -> Work[WorkbookPlan, WorkbookShare]:
        """Return the work of writing the workbooks that a large session has besides."""

        def share(items: Sequence[WorkbookPlan]) -> WorkbookShare:
            plans = [narrow_plan(item) for item in items] if workers.apart else items
            return self._share(plans, workers.base)

        return Work(items=volumes, count=len(volumes), share=share, sizes=(1, 1))

    def note_volumes(self, running: Iterator[Writer], count: int) -> None:
        """Note these workbooks as they are written; remove those that are no longer needed."""
        from sheetgen.consolidation import VOLUMES

        progress = self.options.progress("Classeurs", count)
        try:
            note_done(running, self.writer, progress)
        finally:
            self._notes.note(self.writer.digests)
        written = {path for path, _ in self.writer.written}
        for path in self.folder.consolidation.glob(f"{VOLUMES}/*.xlsx"):
            # A workbook in which somebody wrote stays.
            if path not in written and self._notes.is_untouched(path):
                path.unlink()

    def _share(self, plans: Sequence[WorkbookPlan], base: Path) -> WorkbookShare:
        paths = [self.folder.consolidation / plan.name for plan in plans]
        return WorkbookShare(
            plans=tuple(plans),
            folder=self.folder,
            digests=self._notes.digests(paths),
            base=base,
        )

    @property
    def _notes(self) -> WrittenFiles:
        return WrittenFiles(record=self.folder.private / "consolidation.json")

    def write_corrections(self, logo: bytes | None) -> None:
        """Write what goes back to jurors; remove what no longer has to, unless it was changed."""
        from sheetgen.returns import render_corrections

        notes = WrittenFiles(record=self.folder.private / "corrections.json")
        known = notes.digests(self.folder.corrections.rglob("*.*"))
        writer = Writer(force=True, problems=self.writer.problems)
        collected = self.collected
        files = render_corrections(collected.collection, collected.expected, writer.problems, logo)
        try:
            for name, data in files:
                path = self.folder.corrections / name
                with locks_reported(writer.problems, path):
                    writer.renew(path, data, known.get(path))
        finally:
            notes.note(writer.digests)
        writer.written.sort(key=lambda item: item[0])
        self.writer.written += writer.written
        written = {path for path, _ in writer.written}
        for path in sorted({*self.folder.corrections.rglob("*.*")} - written):
            if notes.is_untouched(path):
                path.unlink()

    def compare_with_last(self, returns: Sequence[Path]) -> None:
        """Say which returns came, changed or went since the last consolidation."""
        from sheetgen.returns import (
            History,
            changes_since,
            corrected_contents,
            counted_returns,
            read_history,
            write_history,
        )

        former = read_history(self.folder.history)
        current = History(
            returns=tuple(str(path.absolute()) for path in returns),
            preferred=tuple(self.options.preferred),
            counted=counted_returns(self.decisions.returns),
        )
        if former is not None:
            self.writer.problems.extend(
                changes_since(
                    former.counted,
                    current.counted,
                    self.decisions.session,
                    corrected_contents(self.decisions.returns),
                )
            )
        write_history(self.folder.history, current)

    def print_reports(self) -> None:
        """Have the reports' PDFs follow them."""
        printing = Printing(folder=self.folder, options=self.options, problems=self.writer.problems)
        documents = [path for path, _ in self.writer.written if path.suffix == ".docx"]
        place = self.folder.consolidation / "rapports"
        self.writer.written += printing.follow(documents, [place])

    def write_reports(self, template: ReportTemplate, workers: Workers) -> None:
        """Write a filled jury report per candidate."""
        session, decided = self.decisions.session, self.decisions.candidates
        place = partial(self.folder.report, self.folder.consolidation / "rapports", session)

        def share(items: Sequence[CandidateDecision]) -> DocumentShare:
            narrowed = narrow_decisions(self.decisions, items)
            filled = partial(template.render_filled, narrowed)
            people = [(session.candidate[item.candidate], item) for item in items]
            return DocumentShare(
                people=tuple(((place(who), partial(filled, item)),) for who, item in people),
                force=True,
                base=workers.base,
            )

        work = Work(items=decided, count=len(decided), share=share, sizes=PEOPLE_A_SHARE)
        progress = self.options.progress("Rapports", work.count)
        try:
            carry_out(write_documents, work, workers, self.writer, progress)
        finally:
            self.writer.problems.extend(self.writer.missing.problems)
        made = MadeFiles.of(self.folder, self.folder.consolidation / "rapports")
        current = [place(session.candidate[item.candidate]) for item in decided]
        written = {path for path, _ in self.writer.written}
        made.note(path for path in current if path in written)
        made.remove_others(current, self.writer.problems)
