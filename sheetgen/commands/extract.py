"""`extract`: everything held on one person, in a folder that shows nobody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, read_inputs
from sheetgen.commands.explain import EXPLANATION
from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.status import collect_again, expect_returns
from sheetgen.commands.writing import locks_reported
from sheetgen.files import write_whole
from sheetgen.problems import Problem
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs, Options


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
