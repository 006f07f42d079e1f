"""The six steps of a session, and what the dates of its files say of each.

A step is done where its files are there and its last run met no error, and out of date where
something it rests on was changed after. Nothing of a file's content is judged here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.commands import is_unfinished, lacks_files
from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.session_folder import read_closed_session
from sheetgen.workspace.settings_file import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sheetgen.commands import Inputs
    from sheetgen.session_folder.paths import SessionFolder

_NOTES = "desk"
"""In the session's private folder: the last run of each step from a desk, a file for each step, so
that two desks never write the same one."""


class DeskStep(Enum):
    """The steps of a session, in their order."""

    CHECK = "check"
    GENERATE = "generate"
    STATUS = "status"
    CONSOLIDATE = "consolidate"
    FINALIZE = "finalize"
    PAPERS = "papers"


class StepState(Enum):
    """The state of a step, as the page says it."""

    TO_DO = "à faire"
    DONE = "fait"
    OUT_OF_DATE = "périmé"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """A run of a step from the desk.

    Attributes:
        began: in seconds since 1970; what is changed while it runs counts as changed after.
        ended: likewise.
        status: that of the command, 0 or 1.
    """

    began: float
    ended: float
    status: int


Runs = Mapping[str, LastRun]
"""The last run of each step, by the step's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFiles:
    """Everything that the states of one session are read from.

    Attributes:
        inputs: the places of the school's files.
        folder: the session's; None where its workbook cannot be read.
        runs: from the desk.
        complete: whether every grid is back; None where nobody knows.
    """

    inputs: Inputs
    folder: SessionFolder | None
    runs: Runs
    complete: bool | None = None

    def states(self) -> dict[DeskStep, StepState]:
        """Return the state of each step."""
        return {step: self._state(step) for step in DeskStep}

    def _state(self, step: DeskStep) -> StepState:
        if step is DeskStep.STATUS:
            return StepState.DONE if self.complete else StepState.TO_DO
        if self.folder is not None and is_unfinished(self.folder, step.value):
            return StepState.TO_DO
        if step is DeskStep.PAPERS and self.folder is not None and lacks_files(self.folder):
            return StepState.TO_DO
        run = self.runs.get(step.value)
        done = max(self._marks(step), default=0.0)
        if step is DeskStep.CHECK and run is not None:
            done = max(done, run.began)
        if not done or (run is not None and run.status and run.ended >= done):
            return StepState.TO_DO
        if run is not None and not run.status:
            # A run that had nothing to change leaves its files as they were.
            done = max(done, run.began)
        return StepState.OUT_OF_DATE if newest(self._rests_on(step)) > done else StepState.DONE

    def _marks(self, step: DeskStep) -> Iterator[float]:
        """Yield when the step last wrote what only it writes."""
        folder = self.folder
        if folder is None:
            return
        if step is DeskStep.GENERATE or (step is DeskStep.CHECK and not self._met_errors):
            yield newest([folder.made])
        elif step is DeskStep.CONSOLIDATE:
            yield newest([folder.history])
        elif step in {DeskStep.FINALIZE, DeskStep.PAPERS} and read_closed_session(folder.final):
            closings = newest(folder.closings.glob("*/closing.json"))
            if step is DeskStep.FINALIZE or folder.final.is_dir():
                yield closings or newest([folder.final / "decisions.json"])

    @property
    def _met_errors(self) -> bool:
        """Return whether grids were last made with errors; else they are of what was checked."""
        made = self.runs.get(DeskStep.GENERATE.value)
        return made is not None and made.status != 0

    def _rests_on(self, step: DeskStep) -> Iterator[Path]:
        """Yield the files that make a step out of date when they change."""
        inputs, folder = self.inputs, self.folder
        sources = [inputs.referential, inputs.session]
        match step:
            case DeskStep.CHECK | DeskStep.GENERATE:
                yield from [*sources, inputs.session.with_name(CONFIGURATION)]
                yield from inputs.templates.glob("*")
            case DeskStep.CONSOLIDATE if folder is not None:
                yield from [*sources, folder.returns, *folder.returns.rglob("*")]
            case DeskStep.FINALIZE if folder is not None:
                yield from folder.consolidation.glob("*.xlsx")
            case _:
                return


def next_step(states: Mapping[DeskStep, StepState]) -> DeskStep:
    """Return the step to do next; once closed, only the papers: what changes changes nothing."""
    if states.get(DeskStep.FINALIZE) in {StepState.DONE, StepState.OUT_OF_DATE}:
        return DeskStep.PAPERS
    left = (step for step, state in states.items() if state is not StepState.DONE)
    return next(left, DeskStep.PAPERS)


def newest(paths: Iterable[Path]) -> float:
    """Return the latest modification time of these files, in seconds; 0 where none is there."""
    found = 0.0
    for path in paths:
        with suppress(OSError):
            found = max(found, path.stat().st_mtime)
    return found


def read_runs(folder: SessionFolder | None) -> Runs:
    """Return the last runs from the desk; none of a step where nothing was noted, or not so."""
    runs: dict[str, LastRun] = {}
    if folder is None:
        return runs
    for step in DeskStep:
        with suppress(OSError, ValueError, TypeError, KeyError):
            run = json.loads(_note(folder, step).read_text(encoding="utf-8"))
            runs[step.value] = LastRun(
                began=float(run["began"]), ended=float(run["ended"]), status=int(run["status"])
            )
    return runs


def note_run(folder: SessionFolder, step: DeskStep, run: LastRun) -> None:
    """Note the last run of a step; a session without a folder has nothing to note in."""
    if not folder.root.is_dir():
        return
    path = _note(folder, step)
    record = {"began": run.began, "ended": run.ended, "status": run.status}
    with suppress(OSError):  # a note that cannot be kept costs a state, no more
        folder.private.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(exist_ok=True)
        write_whole(path, json.dumps(record, indent=2).encode())


def _note(folder: SessionFolder, step: DeskStep) -> Path:
    return folder.private / _NOTES / f"{step.value}.json"
