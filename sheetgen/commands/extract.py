"""`extract`: everything held on one person, in a folder that shows nobody else."""

from __future__ import annotations

from contextlib import closing as closed_after
from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, read_inputs
from sheetgen.commands.explain import EXPLANATION
from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.status import collect_again, expect_returns
from sheetgen.commands.writing import locks_reported
from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.jury import Record
    from sheetgen.model import Candidate
    from sheetgen.session_folder.paths import SessionFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The result of `extract`; `folder` is None where there was nothing to extract."""

    checked: Checked
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract(inputs: Inputs, asked: str, options: Options) -> Extracted:
    """Write everything held on the candidate of this number under `extraits/`."""
    from sheetgen.commands.closed import ClosingKeeper
    from sheetgen.jury import UnreadableFinalError
    from sheetgen.jury.closings import UnreadableClosingError
    from sheetgen.subject_access import Holdings, extract_candidate, find_candidate

    expect_returns()
    checked = read_inputs(inputs, replace(options, reports=False))
    problems = list(checked.errors)
    if checked.session is None:
        return Extracted(checked=checked, problems=tuple(problems))
    candidate = find_candidate(checked.session, asked)
    if isinstance(candidate, Problem):
        return Extracted(checked=checked, problems=(*problems, candidate))
    unsaid: list[Problem] = []
    # What is wrong with others' returns is not for this person's extract to tell.
    collected = collect_again(inputs, checked, options, unsaid)
    if collected is None:
        return Extracted(checked=checked, problems=(*problems, *unsaid))
    if collected.nothing is not None:
        return Extracted(checked=checked, problems=(*problems, collected.nothing))
    folder = collected.folder.extracts / file_stem(candidate.id)
    written: list[Path] = []
    with locks_reported(problems, folder):
        try:
            ClosingKeeper(folder=collected.folder, problems=problems).last()
        except (UnreadableClosingError, UnreadableFinalError) as error:
            problems.append(error.problem)
        files, found = extract_candidate(
            Holdings(
                decisions=collected.decide(),
                folder=collected.folder,
                returned=collected.found,
                registered=_registered(options, collected.folder, candidate, problems),
            ),
            candidate,
        )
        problems += found
        made = MadeFiles.of(collected.folder, folder, "*")
        for name, data in files.items():
            write_whole(folder / name, data)
            written.append(folder / name)
        made.note(written)
        made.remove_others([*written, folder / EXPLANATION], problems)
    return Extracted(checked=checked, folder=folder, files=tuple(written), problems=tuple(problems))


def _registered(
    options: Options, folder: SessionFolder, candidate: Candidate, problems: list[Problem]
) -> Record | None:
    """Return what the register holds on the candidate; None where there is nothing, or none.

    Where it knows namesakes and nothing tells which one the candidate is, that is a problem: what
    another person's would be is never handed out.
    """
    if options.register is None:
        return None
    from sheetgen.commands.held_checks import candidate_identity
    from sheetgen.register import (
        RegisterError,
        match_people,
        open_register,
        people_of_session,
        person_record,
    )
    from sheetgen.session_folder import lasting_id

    try:
        register = open_register(options.register)
        if register is None:
            return None
        with closed_after(register), register.reading() as connection:
            place = Location(file=str(folder.root), sheet="Candidats")
            before = people_of_session(connection, lasting_id(folder))
            asked = {str(candidate.id): candidate_identity(candidate)}
            matches, found = match_people(connection, asked, {candidate.id: place}, before)
            problems += found
            known = matches[candidate.id].person if not found else None
            return None if known is None else person_record(connection, known)
    except RegisterError as error:
        problems.append(error.problem)
        return None
