"""`generate`: grids, what is sent to jurors, and blank jury reports."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, compare_register, read_inputs
from sheetgen.commands.inputs import open_key, replace_key
from sheetgen.commands.letters import Letters
from sheetgen.commands.making import Making
from sheetgen.commands.paper_grids import PaperGrids
from sheetgen.commands.papers import describe_papers
from sheetgen.commands.printing import Printing
from sheetgen.commands.remembering import ChangeNote, tell_interrupted
from sheetgen.commands.session_files import SessionFiles
from sheetgen.commands.shares import (
    DOCUMENT_SECONDS,
    GRID_SECONDS,
    HANDOUT_SECONDS,
    expect_workers,
    open_workers,
)
from sheetgen.commands.status import collect
from sheetgen.commands.told_stand_ins import tell_stand_ins
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.rules import grids_to_make
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.written_files import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.documents import Templates
    from sheetgen.model import Assignment, Session
    from sheetgen.processes import Workers
    from sheetgen.returns import Seats


_WRITERS = ("sheetgen.grid.write", "sheetgen.grid.write.stamping")
"""The modules that make grids, loaded while others read the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """The result of `generate`: each file with what became of it, in order."""

    checked: Checked
    folder: SessionFolder | None = None
    files: tuple[tuple[Path, Written], ...] = ()
    problems: tuple[Problem, ...] = ()


def generate(inputs: Inputs, options: Options) -> Generated:
    """Write a grid per assignment and a blank jury report per candidate who came."""
    from sheetgen.mailing import FOLDER

    apart = expect_workers(options, inputs.session)
    checked = read_inputs(inputs, options, ahead=_WRITERS, apart=apart)
    if checked.referential is None or checked.session is None:
        return Generated(checked=checked, problems=checked.errors)
    session = checked.session
    folder = SessionFolder.of(inputs.output, session)
    interrupted = tell_interrupted(folder, besides="generate")
    problems = [*checked.errors, *checked.made.state, *checked.made.seats, *interrupted]
    problems += compare_register(checked, inputs, options)
    note = ChangeNote.of(folder, "generate")
    seats = _find_seats(inputs, checked, folder, options)
    making = _open_making(note, checked, options, problems, seats)
    if making is None:
        return Generated(checked=checked, folder=folder, problems=tuple(problems))
    writer = Writer(force=options.force or options.new_key, problems=problems)
    documented = (folder.reports, folder.root / FOLDER, folder.convocations)
    places = (folder.grids, *documented, folder.papers)
    with locks_reported(problems, folder.root), note.kept(problems, places):
        folder.returns.mkdir(parents=True, exist_ok=True)
        effort = _effort(session, checked.templates)
        with open_workers(options, folder.root, effort, copied=True) as workers:
            papers = _described_once(
                describe_papers(inputs, checked.referential, session, checked.message)
            )
            session_files = SessionFiles(
                making=making,
                whole=session if seats is None else replace(session, assignments=seats.known),
                options=options,
                workers=workers,
                writer=writer,
                papers=papers,
            )
            session_files.write_grids(checked.logo)
            session_files.hand_out(checked.message)
            if checked.templates is not None:
                session_files.write_reports(checked.templates)
            written = {path for path, outcome in writer.written if outcome is not Written.KEPT}
            folder.described.note({path: papers[path]() for path in papers if path in written})
            problems.extend(tell_stand_ins(session, making.session, seats, folder))
            _report_stale(folder, session, writer.written, problems)
            documents = [path for path, _ in writer.written if path.suffix == ".docx"]
            printing = Printing(folder=folder, options=options, problems=problems)
            writer.written += printing.follow(documents, documented)
            writer.written += _convoke(session, checked, folder, workers, problems)
        if options.paper or folder.papers.is_dir():
            writer.written += _write_on_paper(making, checked, options, problems)
    files = tuple(writer.written)
    return Generated(checked=checked, folder=folder, files=files, problems=tuple(problems))


def _open_making(
    note: ChangeNote,
    checked: Checked,
    options: Options,
    problems: list[Problem],
    seats: Seats | None,
) -> Making | None:
    """Return what grids are made with and the record of those made; None where none may be."""
    folder = note.folder
    made = checked.made.grids
    if checked.referential is None or checked.session is None:
        return None
    if options.new_key:
        problems[:] = [item for item in problems if item not in checked.made.reused]
        key = replace_key(folder, made, checked.session, problems)
        made = made.voided()
    else:
        key = None if checked.made.reused else open_key(folder, problems, create=True)
    if key is None:
        return None
    return Making(
        referential=checked.referential,
        session=replace(checked.session, assignments=_to_make(checked, seats)),
        folder=folder,
        key=key,
        former=made,
        there=note.there,
    )


def _find_seats(
    inputs: Inputs, checked: Checked, folder: SessionFolder, options: Options
) -> Seats | None:
    """Return what came back, where somebody is replaced; None where that decides nothing.

    What is wrong with returns is for `status` to tell.
    """
    session = checked.session
    if session is None or not session.juries.stand_in or options.new_key:
        return None
    if not any(folder.returns.rglob("*")):
        return None
    collected = collect(inputs, checked, (), options, [])
    return None if collected is None else collected.collection.seats


def _to_make(checked: Checked, seats: Seats | None) -> tuple[Assignment, ...]:
    """Return the assignments of which a grid is made: what may still be asked of somebody.

    Where candidates have turns, in their order.
    """
    session = checked.session
    if checked.referential is None or session is None:
        return checked.grids
    asked = checked.grids
    if seats is not None:
        asked = grids_to_make(checked.referential, replace(session, assignments=seats.asked))
    if session.anonymous or not any(item.passage for item in session.candidates):
        return asked
    place = {item.id: number for number, item in enumerate(session.in_turn)}
    return tuple(sorted(asked, key=lambda item: place[item.candidate]))


def _effort(session: Session, templates: Templates | None) -> float:
    """Return the seconds that all of it takes one process, about."""
    grids = len(session.assignments) * (GRID_SECONDS + HANDOUT_SECONDS)
    return grids + (len(session.candidates) * DOCUMENT_SECONDS if templates else 0)


def _write_on_paper(
    making: Making, checked: Checked, options: Options, problems: list[Problem]
) -> list[tuple[Path, Written]]:
    """Write the grids on paper that are asked for, from the shipped template if need be."""
    from sheetgen.documents import PaperGridTemplate, read_word_template
    from sheetgen.mailing import PAPER_TEMPLATE
    from sheetgen.workspace import shipped_template

    template = None if checked.templates is None else checked.templates.paper_grid
    if template is None:
        with shipped_template(PaperGridTemplate.file) as path:
            template, found = read_word_template(path, PaperGridTemplate, checked.logo)
            problems.extend(found)
    if template is None:
        return []
    grids = PaperGrids(
        referential=making.referential,
        session=making.session,
        folder=making.folder,
        template=template,
        message=checked.letters.get(PAPER_TEMPLATE),
        options=options,
        problems=problems,
    )
    return grids.write()


def _described_once(
    papers: Mapping[Path, Callable[[], str]],
) -> Mapping[Path, Callable[[], str]]:
    """Return papers that are described when this is first asked of each."""
    return {path: cache(describe) for path, describe in papers.items()}


def _convoke(
    session: Session,
    checked: Checked,
    folder: SessionFolder,
    workers: Workers,
    problems: list[Problem],
) -> list[tuple[Path, Written]]:
    """Write the drafts that bring convocations, where there is a template for these."""
    from sheetgen.documents.contexts import convoked
    from sheetgen.mailing import CONVOCATION_TEMPLATE

    message = checked.letters.get(CONVOCATION_TEMPLATE)
    if message is None or checked.templates is None or checked.templates.convocation is None:
        return []
    documents = {folder.convocation(session, person): person for person in convoked(session)}
    letters = Letters(session=session, place=folder.convocations, documents=documents)
    return letters.write(folder, message, problems, workers=workers)


def _report_stale(
    folder: SessionFolder,
    session: Session,
    written: Sequence[tuple[Path, Written]],
    problems: list[Problem],
) -> None:
    """Report grids of a former `generate` that the session no longer asks for; delete none.

    Those of who is replaced stay where they are: what came back of them may count.
    """
    current = {path for path, _ in written}
    current |= {
        folder.grid(session, item)
        for item in session.assignments
        if any(x.code in session.juries.stand_in for x in session.juror[item.juror].people)
    }
    problems.extend(
        kinds.GRID_STALE.at(Location(file=str(path)))
        for path in sorted(folder.grids.rglob("*.xlsx"))
        if path not in current and not path.name.startswith(("~$", "."))
    )
