"""`consolidate`: from what came back to what is proposed, written for the jury."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.executing import Work
from sheetgen.folders import SessionFolder, WrittenFiles
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.collecting import Collected, collect
from sheetgen.pipeline.narrowing import incomplete_among, narrow_decisions
from sheetgen.pipeline.shares import (
    DOCUMENT_SECONDS,
    PEOPLE_A_SHARE,
    DocumentShare,
    carry_out,
    open_workers,
    write_documents,
)
from sheetgen.pipeline.writing import Writer, locks_reported
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.model import CandidateDecision, SessionDecisions
    from sheetgen.pipeline.settings import Inputs, Options
    from sheetgen.reports.render import ReportTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """What `consolidate` did; `decisions` is None where nothing could be decided."""

    checked: Checked
    decisions: SessionDecisions | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def consolidate(inputs: Inputs, returns: Sequence[Path], options: Options) -> Consolidated:
    """Reads the returns, decides, and writes `consolidation/` and `corrections/`."""
    checked = check(inputs, options)
    problems = list(checked.errors)
    collected = collect(inputs, checked, returns, options, problems)
    if collected is None:
        return Consolidated(checked=checked, problems=tuple(problems))
    consolidation = _Consolidation(
        collected=collected, decisions=collected.decide(), problems=problems
    )
    with locks_reported(problems, collected.folder.root):
        consolidation.write_decisions()
        consolidation.write_workbooks()
        consolidation.write_corrections(checked.logo)
        consolidation.compare_with_last(returns, options.preferred)
        if checked.templates is not None and checked.templates.report is not None:
            consolidation.write_reports(checked.templates.report, options)
    return Consolidated(
        checked=checked,
        decisions=consolidation.decisions,
        files=tuple(consolidation.files),
        problems=tuple(problems),
    )


@dataclass(slots=True, kw_only=True)
class _Consolidation:
    """Writes what `consolidate` puts in its folder, noting files and problems."""

    collected: Collected
    decisions: SessionDecisions
    problems: list[Problem]
    files: list[Path] = field(default_factory=list)

    @property
    def folder(self) -> SessionFolder:
        """The session's folder."""
        return self.collected.folder

    def write_decisions(self) -> None:
        """The decisions as JSON and CSV."""
        from sheetgen.consolidation import write_decisions_csv, write_decisions_json

        for name, write in (
            ("decisions.json", write_decisions_json),
            ("decisions.csv", write_decisions_csv),
        ):
            path = self.folder.consolidation / name
            write(path, self.decisions)
            self.files.append(path)

    def write_workbooks(self) -> None:
        """The jury's workbooks; one in which somebody wrote is kept under another name."""
        from sheetgen.consolidation import VOLUMES, plan_consolidation, write_consolidation

        notes = WrittenFiles(record=self.folder.private / "consolidation.json")
        for plan in plan_consolidation(self.decisions):
            path = self.folder.consolidation / plan.name
            kept = notes.set_aside(path)
            if kept is not None:
                location = Location(file=str(path))
                self.problems.append(kinds.CHANGED_FILE_KEPT.at(location, kept=kept.name))
            write_consolidation(path, plan)
            notes.remember(path)
            self.files.append(path)
        for path in self.folder.consolidation.glob(f"{VOLUMES}/*.xlsx"):
            # What a larger session needed; a workbook in which somebody wrote stays.
            if path not in self.files and notes.is_untouched(path):
                path.unlink()

    def write_corrections(self, logo: bytes | None) -> None:
        """What goes back to jurors; what no longer has to is taken away unless it was changed."""
        from sheetgen.returns.corrections import render_corrections

        notes = WrittenFiles(record=self.folder.private / "corrections.json")
        writer = Writer(force=True, written=[], problems=self.problems)
        files = render_corrections(self.collected.collection, self.collected.expected, logo)
        for name, data in files:
            writer.refresh(self.folder.corrections / name, data, notes)
        written = sorted(path for path, _ in writer.written)
        self.files += written
        for path in sorted({*self.folder.corrections.rglob("*.*")} - {*written}):
            if notes.is_untouched(path):
                path.unlink()

    def compare_with_last(self, returns: Sequence[Path], preferred: Sequence[str]) -> None:
        """Says which returns came, changed or went since the last consolidation."""
        from sheetgen.returns.history import (
            History,
            changes_since,
            counted_returns,
            read_history,
            write_history,
        )

        former = read_history(self.folder.history)
        current = History(
            returns=tuple(str(path.absolute()) for path in returns),
            preferred=tuple(preferred),
            counted=counted_returns(self.decisions.returns),
        )
        if former is not None:
            self.problems.extend(changes_since(former.counted, current.counted))
        write_history(self.folder.history, current)

    def write_reports(self, template: ReportTemplate, options: Options) -> None:
        """A filled jury report per candidate."""
        session, decided = self.decisions.session, self.decisions.candidates
        place = partial(self.folder.report, self.folder.consolidation / "rapports", session)
        witness = incomplete_among(self.decisions)
        writer = Writer(force=True, problems=self.problems)
        with open_workers(options, self.folder.root, len(decided) * DOCUMENT_SECONDS) as workers:

            def share(items: Sequence[CandidateDecision]) -> DocumentShare:
                narrowed = narrow_decisions(self.decisions, items, witness)
                filled = partial(template.render_filled, narrowed)
                people = [(session.candidate[item.candidate], item) for item in items]
                return DocumentShare(
                    people=tuple(((place(who), partial(filled, item)),) for who, item in people),
                    force=True,
                    base=workers.base,
                )

            work = Work(items=decided, count=len(decided), share=share, sizes=PEOPLE_A_SHARE)
            progress = options.progress("Rapports", work.count)
            try:
                carry_out(write_documents, work, workers, writer, progress)
            finally:
                self.files += [path for path, _ in writer.written]
                self.problems.extend(writer.missing.problems)
