"""`consolidate`: from what came back to what is proposed, written for the jury."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetgen.folders import SessionFolder, WrittenFiles
from sheetgen.model import SessionDecisions
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.collecting import collect
from sheetgen.pipeline.writing import locks_reported
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.replacing import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.pipeline.settings import Inputs, Options, Progress
    from sheetgen.reports.render import ReportTemplate

CONSOLIDATION_WORKBOOK = "consolidation.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """What `consolidate` did; `decisions` is None where nothing could be decided."""

    checked: Checked
    decisions: SessionDecisions | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def consolidate(inputs: Inputs, returns: Sequence[Path], options: Options) -> Consolidated:
    """Reads the returns, decides, and writes everything under `consolidation/`."""
    from sheetgen.rules import decide_session

    checked = check(inputs, options)
    collection, problems = collect(inputs, checked, returns, options)
    session, referential = checked.session, checked.referential
    if collection is None or session is None or referential is None:
        return Consolidated(checked=checked, problems=tuple(problems))
    marks = {
        (item.candidate, item.juror): item.marks
        for item in collection.returns
        if item.counts and item.candidate is not None and item.juror is not None
    }
    source_problems = set(checked.errors)
    decisions = SessionDecisions(
        referential=referential,
        session=session,
        candidates=decide_session(referential, session, marks),
        returns=collection.returns,
        missing=collection.missing,
        problems=tuple(problem for problem in problems if problem not in source_problems),
    )
    folder = SessionFolder.of(inputs.output, session)
    consolidation = _Consolidation(decisions=decisions, folder=folder, problems=problems)
    with locks_reported(problems, folder.consolidation):
        consolidation.write_decisions()
        consolidation.write_workbook()
        consolidation.compare_with_last()
        if checked.template is not None:
            consolidation.write_reports(checked.template, options.progress)
    return Consolidated(
        checked=checked,
        decisions=decisions,
        files=tuple(consolidation.files),
        problems=tuple(problems),
    )


@dataclass(slots=True, kw_only=True)
class _Consolidation:
    """Writes what `consolidate` puts in its folder, noting files and problems."""

    decisions: SessionDecisions
    folder: SessionFolder
    problems: list[Problem]
    files: list[Path] = field(default_factory=list)

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

    def write_workbook(self) -> None:
        """The jury's workbook; one in which somebody wrote is kept under another name."""
        from sheetgen.consolidation import write_consolidation

        path = self.folder.consolidation / CONSOLIDATION_WORKBOOK
        notes = WrittenFiles(record=self.folder.private / "consolidation.json")
        kept = notes.set_aside(path)
        if kept is not None:
            location = Location(file=str(path))
            self.problems.append(kinds.CHANGED_FILE_KEPT.at(location, kept=kept.name))
        write_consolidation(path, self.decisions)
        notes.remember(path)
        self.files.append(path)

    def compare_with_last(self) -> None:
        """Says which returns came, changed or went since the last consolidation."""
        from sheetgen.returns.history import (
            changes_since,
            counted_returns,
            read_history,
            write_history,
        )

        record = self.folder.private / "returns.json"
        current = counted_returns(self.decisions.returns)
        former = read_history(record)
        if former is not None:
            self.problems.extend(changes_since(former, current))
        write_history(record, current)

    def write_reports(self, template: ReportTemplate, progress: Progress) -> None:
        """A filled jury report per candidate."""
        from sheetgen.reports.render import RenderError

        session = self.decisions.session
        with progress("Rapports", len(self.decisions.candidates)) as step:
            for decision in self.decisions.candidates:
                candidate = session.candidate[decision.candidate]
                path = self.folder.report(
                    self.folder.consolidation / "rapports", session, candidate
                )
                try:
                    write_whole(path, template.render_filled(self.decisions, decision))
                    self.files.append(path)
                except RenderError as error:
                    self.problems.append(error.problem)
                step()
