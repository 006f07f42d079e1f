"""The desk while it runs: its sessions, what watches their files, and its end."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import awatch

from sheetgen.desk.desk_sessions import DeskSession
from sheetgen.desk.running_step import RunningStep, follow_worker, stopped_answer
from sheetgen.desk.steps import DeskStep
from sheetgen.workspace import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from sheetgen.desk.answers import Answer

_SESSIONS = "session*.xlsx"
_GRACE = 5
"""Seconds that what was begun has to end in."""
_NOT_OURS = ("~$", ".")
"""How the names begin of what Excel and this program leave beside a file for a while."""


class Desk:
    """The sessions of the working folder, and the tasks that follow them."""

    def __init__(self, leave: Callable[[], None]) -> None:
        """Take what ends the server once a page asked for it."""
        self.sessions: dict[str, DeskSession] = {}
        self.leave = leave
        self.ending = False
        self._tasks: set[asyncio.Task[object]] = set()
        self._asked: list[RunningStep] = []
        self._stop = asyncio.Event()
        self._root = Path.cwd()

    @property
    def roots(self) -> tuple[Path, ...]:
        """Return the folders whose files a page may open."""
        settings, _ = read_settings(os.environ)
        return (Path(), Path(settings["output"]), Path(settings["templates"]))

    async def start(self) -> None:
        """Find the sessions and begin to follow their files."""
        self.find_sessions()
        self.begin(self._watch())

    def begin(self, work: Coroutine[object, object, object]) -> None:
        """Run something in the background until it is done or the desk ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask(self, request: Mapping[str, object]) -> Answer:
        """Run an errand and return its answer.

        Args:
            request: as `step_worker` takes it.
        """
        running = RunningStep(step=DeskStep.CHECK)
        self._asked.append(running)
        try:
            return await follow_worker(request, running, None) or stopped_answer()
        finally:
            self._asked.remove(running)

    async def end(self) -> None:
        """Stop everything that was begun."""
        self.ending = True
        self._stop.set()
        for running in self._asked:
            running.stop()
        for session in self.sessions.values():
            await session.end()
            await session.touch()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GRACE)

    def find_sessions(self) -> None:
        """Find the session workbooks of the working folder: new ones, and those that are gone."""
        settings, _ = read_settings(os.environ)
        named = Path(settings["session"])
        paths = sorted(path for path in Path().glob(_SESSIONS) if not _is_passing(path))
        if named not in paths and named.is_file():
            paths.insert(0, named)
        found = {path.as_posix(): path for path in paths}
        for name in [name for name in self.sessions if name not in found]:
            if self.sessions[name].running is None:
                self.begin(self.sessions.pop(name).end())
        for name, path in found.items():
            if name not in self.sessions:
                self.sessions[name] = DeskSession(workbook=path)
                self.sessions[name].look()

    def told_twins(self, session: DeskSession) -> str:
        """Return what to tell of other workbooks that write into this session's folder."""
        folder = session.folder
        twins = [
            item.name
            for item in self.sessions.values()
            if item is not session and folder is not None and item.folder == folder
        ]
        if not twins:
            return ""
        return (
            f"Même code de session que {', '.join(twins)} : leurs grilles iraient dans le même "
            "dossier. Changer le code dans l’un des classeurs avant de continuer."
        )

    def look_at_all(self) -> None:
        """Read every session again."""
        for session in self.sessions.values():
            session.look()

    async def _watch(self) -> None:
        """Follow the working folder: what changes is shown, and read again where it is read."""
        async for changes in awatch(self._root, debounce=600, stop_event=self._stop):
            paths = {Path(name) for _, name in changes}
            paths = {path for path in paths if not _is_passing(path)}
            if not paths:
                continue
            self.find_sessions()
            for session in self.sessions.values():
                if session.running is not None:
                    continue
                if any(_is_read(path, session) for path in paths):
                    session.look()
                else:
                    await session.touch()


def _is_passing(path: Path) -> bool:
    return path.name.startswith(_NOT_OURS)


def _is_read(path: Path, session: DeskSession) -> bool:
    """Return whether what is known of a session rests on this file."""
    inputs, folder = session.inputs, session.folder
    sources = (inputs.referential, inputs.session, Path("sheetgen.toml"))
    if path.resolve() in {item.resolve() for item in sources}:
        return True
    return folder is not None and path.resolve().is_relative_to(folder.returns.resolve())
