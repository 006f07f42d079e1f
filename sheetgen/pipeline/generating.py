"""`generate`: grids, what is sent to jurors, and blank jury reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.folders import SessionFolder, Written, WrittenFiles
from sheetgen.model import Status
from sheetgen.pipeline.checking import Checked, check
from sheetgen.pipeline.writing import Writer, locks_reported, open_key
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.grids.identity import SigningKey
    from sheetgen.pipeline.settings import Inputs, Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What `generate` did: each file with what became of it, in order."""

    checked: Checked
    folder: SessionFolder | None = None
    files: tuple[tuple[Path, Written], ...] = ()
    problems: tuple[Problem, ...] = ()


def generate(inputs: Inputs, options: Options) -> Generated:
    """Writes a grid per assignment and a blank jury report per candidate who came."""
    checked = check(inputs, options)
    if checked.referential is None or checked.session is None:
        return Generated(checked=checked, problems=checked.errors)
    session = checked.session
    folder = SessionFolder.of(inputs.output, session)
    problems = list(checked.errors)
    key = open_key(folder, problems, create=True)
    if key is None:
        return Generated(checked=checked, folder=folder, problems=tuple(problems))
    written: list[tuple[Path, Written]] = []
    writer = Writer(force=options.force, written=written, problems=problems)
    with locks_reported(problems, folder.root):
        folder.returns.mkdir(parents=True, exist_ok=True)
        _generate_grids(checked, key, folder, options, writer)
        _hand_out(checked, folder, options, writer)
        _generate_reports(checked, folder, options, writer)
        _report_stale(folder, written, problems)
    return Generated(checked=checked, folder=folder, files=tuple(written), problems=tuple(problems))


def _generate_grids(
    checked: Checked, key: SigningKey, folder: SessionFolder, options: Options, writer: Writer
) -> None:
    from sheetgen.grids.produce import produce_grids

    session, referential = checked.session, checked.referential
    if session is None or referential is None:
        return
    with options.progress("Grilles", len(session.assignments)) as step:
        for assignment, data in produce_grids(referential, session, key, checked.logo):
            writer.write(folder.grid(session, assignment), data)
            step()


def _hand_out(checked: Checked, folder: SessionFolder, options: Options, writer: Writer) -> None:
    """Packs each juror's grids; what a person changed since is kept under another name."""
    from sheetgen.handing import hand_out

    session = checked.session
    if session is None:
        return
    notes = WrittenFiles(record=folder.private / "envois.json")
    with options.progress("Envois", len(session.jurors) + 1) as step:
        for handout in hand_out(session, folder, checked.message):
            writer.problems.extend(handout.problems)
            for name, data in handout.files.items():
                writer.refresh(folder.root / name, data, notes)
            step()


def _generate_reports(
    checked: Checked, folder: SessionFolder, options: Options, writer: Writer
) -> None:
    """The attendance sheet, the jurors' instructions, a blank report per candidate who came."""
    session, referential, templates = checked.session, checked.referential, checked.templates
    if session is None or referential is None or templates is None:
        return
    from sheetgen.handing import FOLDER
    from sheetgen.reports.missing import MissingFields
    from sheetgen.reports.produce import produce_documents

    missing = MissingFields()
    if templates.attendance is not None:
        sheet = templates.attendance.render
        path = folder.reports / templates.attendance.file
        writer.write_document(path, lambda: sheet(referential, session, missing))
    if templates.instructions is not None:
        told = templates.instructions.render
        path = folder.root / FOLDER / templates.instructions.file
        writer.write_document(path, lambda: told(referential, session, missing))
    present = [item for item in session.candidates if item.status is Status.PRESENT]
    if templates.report is not None:
        blank = partial(templates.report.render_blank, referential, session)
        made = produce_documents([partial(blank, item) for item in present], jobs=options.jobs)
        with options.progress("Rapports", len(present)) as step:
            for candidate, produced in zip(present, made, strict=True):
                path = folder.report(folder.reports, session, candidate)
                writer.write_produced(path, produced.document)
                missing.add(produced.missing)
                step()
    writer.problems.extend(missing.problems)


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
