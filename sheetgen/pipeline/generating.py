"""`generate`: grids, what is sent to jurors, and blank jury reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.executing import Work
from sheetgen.folders import SessionFolder, Written, WrittenFiles
from sheetgen.model import Status
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.narrowing import narrow_assignments, narrow_jurors, narrow_session
from sheetgen.pipeline.shares import (
    DOCUMENT_SECONDS,
    GRID_SECONDS,
    GRIDS_A_SHARE,
    HANDOUT_SECONDS,
    JURORS_A_SHARE,
    PEOPLE_A_SHARE,
    DocumentShare,
    GridShare,
    HandoutShare,
    carry_out,
    expect_workers,
    open_workers,
    write_documents,
    write_grids,
    write_handouts,
)
from sheetgen.pipeline.writing import Writer, locks_reported, open_key
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.executing import Workers
    from sheetgen.handing import MessageTemplate, Recipient
    from sheetgen.model import Assignment, Candidate, Referential, Session
    from sheetgen.pipeline.settings import Inputs, Options
    from sheetgen.reports.render import ReportTemplate, Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What `generate` did: each file with what became of it, in order."""

    checked: Checked
    folder: SessionFolder | None = None
    files: tuple[tuple[Path, Written], ...] = ()
    problems: tuple[Problem, ...] = ()


def generate(inputs: Inputs, options: Options) -> Generated:
    """Writes a grid per assignment and a blank jury report per candidate who came."""
    checked = check(inputs, options, apart=expect_workers(options, inputs.session))
    if checked.referential is None or checked.session is None:
        return Generated(checked=checked, problems=checked.errors)
    session = checked.session
    folder = SessionFolder.of(inputs.output, session)
    problems = list(checked.errors)
    if open_key(folder, problems, create=True) is None:
        return Generated(checked=checked, folder=folder, problems=tuple(problems))
    writer = Writer(force=options.force, problems=problems)
    with locks_reported(problems, folder.root):
        folder.returns.mkdir(parents=True, exist_ok=True)
        effort = _effort(session, checked.templates)
        with open_workers(options, folder.root, effort) as workers:
            generation = _Generation(
                referential=checked.referential,
                session=session,
                folder=folder,
                options=options,
                workers=workers,
                writer=writer,
            )
            generation.write_grids(checked.logo)
            generation.hand_out(checked.message)
            if checked.templates is not None:
                generation.write_reports(checked.templates)
        _report_stale(folder, writer.written, problems)
    files = tuple(writer.written)
    return Generated(checked=checked, folder=folder, files=files, problems=tuple(problems))


def _effort(session: Session, templates: Templates | None) -> float:
    """The seconds that all of it takes one process, about."""
    grids = len(session.assignments) * (GRID_SECONDS + HANDOUT_SECONDS)
    return grids + (len(session.candidates) * DOCUMENT_SECONDS if templates else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Generation:
    """Has the files of a session written, each kind in its turn."""

    referential: Referential
    session: Session
    folder: SessionFolder
    options: Options
    workers: Workers
    writer: Writer

    def write_grids(self, logo: bytes | None) -> None:
        """A grid per assignment."""
        assignments = self.session.assignments

        def share(items: Sequence[Assignment]) -> GridShare:
            return GridShare(
                referential=self.referential,
                session=narrow_assignments(self.session, items),
                logo=logo,
                folder=self.folder,
                force=self.options.force,
                base=self.workers.base,
            )

        work = Work(items=assignments, count=len(assignments), share=share, sizes=GRIDS_A_SHARE)
        progress = self.options.progress("Grilles", work.count)
        carry_out(write_grids, work, self.workers, self.writer, progress)

    def hand_out(self, message: MessageTemplate | None) -> None:
        """What is sent to each juror, then the list of those who are sent something."""
        from sheetgen.handing import files_of, list_recipients, recipients_of

        notes = WrittenFiles(record=self.folder.private / "envois.json")
        recipients = recipients_of(self.session)

        def share(items: Sequence[Recipient]) -> HandoutShare:
            session = narrow_jurors(self.session, {item.juror.code for item in items})
            files = [self.folder.root / name for item in items for name in files_of(item)]
            return HandoutShare(
                recipients=tuple(replace(item, session=session) for item in items),
                message=message,
                folder=self.folder,
                digests=notes.digests(files),
                base=self.workers.base,
            )

        work = Work(items=recipients, count=len(recipients), share=share, sizes=JURORS_A_SHARE)
        progress = self.options.progress("Envois", work.count)
        try:
            carry_out(write_handouts, work, self.workers, self.writer, progress)
        finally:
            notes.note(self.writer.digests)
        written = {path for path, _ in self.writer.written}
        sent = [item for item in recipients if self.folder.root / files_of(item)[0] in written]
        handout = list_recipients(self.session, sent, message)
        self.writer.problems.extend(handout.problems)
        for name, data in handout.files.items():
            self.writer.refresh(self.folder.root / name, data, notes)

    def write_reports(self, templates: Templates) -> None:
        """The attendance sheet, the jurors' instructions, a blank report per candidate who came."""
        from sheetgen.handing import FOLDER

        whole = (self.referential, self.session)
        if templates.attendance is not None:
            path = self.folder.reports / templates.attendance.file
            self.writer.write_document(path, partial(templates.attendance.render, *whole))
        if templates.instructions is not None:
            path = self.folder.root / FOLDER / templates.instructions.file
            self.writer.write_document(path, partial(templates.instructions.render, *whole))
        try:
            if templates.report is not None:
                self._write_blank_reports(templates.report)
        finally:
            self.writer.problems.extend(self.writer.missing.problems)

    def _write_blank_reports(self, template: ReportTemplate) -> None:
        present = [item for item in self.session.candidates if item.status is Status.PRESENT]
        place = partial(self.folder.report, self.folder.reports, self.session)

        def share(items: Sequence[Candidate]) -> DocumentShare:
            session = narrow_session(self.session, dict.fromkeys(item.id for item in items))
            blank = partial(template.render_blank, self.referential, session)
            return DocumentShare(
                people=tuple(((place(item), partial(blank, item)),) for item in items),
                force=self.options.force,
                base=self.workers.base,
            )

        work = Work(items=present, count=len(present), share=share, sizes=PEOPLE_A_SHARE)
        progress = self.options.progress("Rapports", work.count)
        carry_out(write_documents, work, self.workers, self.writer, progress)


def _report_stale(
    folder: SessionFolder, written: Sequence[tuple[Path, Written]], problems: list[Problem]
) -> None:
    """Grids of a former `generate` that this session no longer asks for; none is deleted."""
    current = {path for path, _ in written}
    problems.extend(
        kinds.GRID_STALE.at(Location(file=str(path)))
        for path in sorted(folder.grids.rglob("*.xlsx"))
        if path not in current and not path.name.startswith(("~$", "."))
    )
