"""The sessions of the working folder as the desk knows them, and the step that each is at.

Each step runs in a process of its own (`step_worker`); here its events are followed, one step at a
time for a session. Whoever shows a session waits for its `version` to change.
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen.desk.running_step import RunningStep, follow_worker, stopped_answer
from sheetgen.desk.step_worker import find_inputs
from sheetgen.desk.steps import DeskStep, LastRun, Runs, StepFiles, StepState, note_run, read_runs
from sheetgen.lazy_dataclass import dataclass
from sheetgen.session_folder import read_closed_session
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.workspace import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.commands import Inputs

_PATIENCE = 1
"""Seconds."""


@dataclass(slots=True, kw_only=True)
class DeskSession:
    """One session: its workbook, what was last read of it, and the step at work.

    Attributes:
        workbook: relative to the working folder.
        seen: what `status` last said, as the worker gives it; None while it was not read.
        answers: what each step last said here.
        last: the step that said something last; None before any did.
        running: the step at work.
        reading: whether the session is being read again.
        version: changes with anything that is shown.
    """

    workbook: Path
    seen: Mapping[str, Any] | None = None
    answers: dict[DeskStep, Mapping[str, Any]] = field(default_factory=dict)
    last: DeskStep | None = None
    running: RunningStep | None = None
    reading: bool = False
    version: int = 0
    _runs: dict[str, LastRun] = field(default_factory=dict)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _looking: asyncio.Task[None] | None = None
    _look_again: bool = False
    _reading: RunningStep | None = None
    _ended: bool = False

    @property
    def name(self) -> str:
        """Return the session's name in addresses."""
        return self.workbook.as_posix()

    @property
    def folder(self) -> SessionFolder | None:
        """Return the session's folder; None where its workbook could not be read."""
        root = None if self.seen is None else self.seen.get("folder")
        return None if root is None else SessionFolder(root=Path(root))

    @property
    def title(self) -> str:
        """Return the session's title, or the name of its workbook where that is not known."""
        return str((self.seen or {}).get("title") or self.workbook)

    @property
    def inputs(self) -> Inputs:
        """Return the places of the school's files."""
        return find_inputs(read_settings(os.environ)[0], self.workbook)

    @property
    def closed(self) -> bool:
        """Return whether the jury's decisions are frozen."""
        folder = self.folder
        return folder is not None and read_closed_session(folder.final) is not None

    def request(self, step: str) -> dict[str, object]:
        """Return what a worker is told, whatever it is to do for the session."""
        folder = self.folder
        told: dict[str, object] = {"step": step, "session": self.name}
        return told if folder is None else {**told, "folder": str(folder.root)}

    def states(self) -> dict[DeskStep, StepState]:
        """Return the state of each step, from the files as they are now."""
        seen = self.seen or {}
        expected = seen.get("expected")
        complete = None
        if expected is not None:
            settled = sum(_is_settled(item) for item in seen["conflicts"])
            complete = bool(expected) and seen["received"] + settled == expected
        files = StepFiles(
            inputs=self.inputs, folder=self.folder, runs=self._last_runs(), complete=complete
        )
        return files.states()

    def _last_runs(self) -> Runs:
        runs = dict(self._runs)
        for name, noted in read_runs(self.folder).items():
            own = runs.get(name)
            if own is None or own.ended < noted.ended:
                runs[name] = noted
        return runs

    async def touch(self) -> None:
        """Tell whoever shows the session that something changed."""
        async with self._changed:
            self.version += 1
            self._changed.notify_all()

    async def changed_since(self, version: int, seconds: float) -> int:
        """Return the version once it is another, or when the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self.version != version)
        return self.version

    async def run(self, step: DeskStep, asked: Mapping[str, object]) -> bool:
        """Run a step to its end; return False, having done nothing, while another is at work.

        Args:
            step: to run.
            asked: what the worker is to know besides.
        """
        if self.running is not None:
            return False
        running = self.running = RunningStep(step=step)
        began = time.time()
        await self.touch()
        folder = self.folder
        request = {**self.request(step.value), **asked}
        answer: Mapping[str, Any] | None = None
        try:
            answer = await follow_worker(request, running, self.touch)
        finally:
            self.running = None
            if answer is None:
                answer = stopped_answer()
            self._keep(step, answer)
            if answer.get("folder"):
                folder = SessionFolder(root=Path(str(answer["folder"])))
            if not answer.get("passing"):
                run = LastRun(began=began, ended=time.time(), status=int(answer["status"]))
                self._runs[step.value] = run
                if folder is not None:
                    note_run(folder, step, run)
            if step is DeskStep.STATUS and not answer.get("passing"):
                self.seen = answer
            await self.touch()
            self.look()
        return True

    def _keep(self, step: DeskStep, answer: Mapping[str, Any]) -> None:
        """Keep what a step said; what it mended is no longer told of the steps after it."""
        self.answers[step], self.last = answer, step
        if not answer["status"]:
            steps = list(DeskStep)
            for later in steps[steps.index(step) + 1 :]:
                if self.answers.get(later, {}).get("status"):
                    del self.answers[later]

    def look(self) -> None:
        """Read the session and its returns again, in the background, now or after this time."""
        if self._ended:
            return
        if self._looking is not None and not self._looking.done():
            self._look_again = True
            return
        self.reading = True
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def read_once(self) -> None:
        """Wait until the session was read: its folder is then known, which a step holds alone."""
        while self.seen is None and self.reading:
            await self.changed_since(self.version, _PATIENCE)

    async def _look(self) -> None:
        while True:
            self._look_again, self.reading = False, True
            request = {"step": DeskStep.STATUS.value, "session": self.name}
            self._reading = RunningStep(step=DeskStep.STATUS)
            answer = await follow_worker(request, self._reading, None)
            if answer is not None:
                self.seen = answer
                if DeskStep.STATUS in self.answers:  # the same command, later
                    self.answers[DeskStep.STATUS] = answer
            self.reading = self._look_again and not self._ended
            await self.touch()
            if self._ended or not self._look_again:
                return

    async def end(self) -> None:
        """Stop what is at work, and wait until it is gone: the desk is closing.

        The processes are ended, never the tasks that wait for them: each then ends by itself.
        """
        self._ended = True
        for running in (self.running, self._reading):
            if running is not None:
                running.stop()
        if self._looking is not None:
            await asyncio.gather(self._looking, return_exceptions=True)


def _is_settled(conflict: Mapping[str, Any]) -> bool:
    """Return whether one of the returns that differ was preferred by the last consolidation."""
    return any(item["chosen"] for item in conflict["files"])
