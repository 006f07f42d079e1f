"""A desk that really runs, in a process of its own, and requests as a browser sends them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

WAIT = 60
"""Seconds."""
OPENED = "opened.txt"
"""In a desk's folder: the files that were opened, where `noting_opener` opens them."""


def noting_opener(programs: Path) -> dict[str, str]:
    """Return an environment in which a file is opened by noting its name.

    Args:
        programs: the folder to put that program in.
    """
    programs.mkdir()
    for name in ("xdg-open", "open"):
        (programs / name).write_text(f'#!/bin/sh\necho "$1" >> {OPENED}\n')
        (programs / name).chmod(0o755)
    return {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


_HOLDING = """
import sys, time
from pathlib import Path

def wait(moment):
    while Path(__file__).with_name(moment).exists():
        time.sleep(0.02)

def replace(path, target, moved=Path.replace):
    done = moved(path, target)
    if Path(target).name.startswith("grille_"):
        wait("grid")
    return done

if "sheetgen.desk.step_worker" in sys.orig_argv:
    Path.replace = replace
    wait("start")
"""
"""A step's process, which Python has read this before all else, waits while a file is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSteps:
    """Steps that wait at a moment, so that what is shown meanwhile can be looked at in peace."""

    folder: Path

    @classmethod
    def put(cls, folder: Path) -> HeldSteps:
        """Return steps that are held by files of this new folder."""
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(_HOLDING, encoding="utf-8")
        return cls(folder=folder)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment that a desk needs for its steps to wait."""
        paths = (str(self.folder), os.environ.get("PYTHONPATH"))
        return {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}

    @contextmanager
    def held(self, moment: Literal["start", "grid"]) -> Iterator[None]:
        """Hold each step, while the block runs, as it starts or once a grid is in place."""
        (self.folder / moment).touch()
        try:
            yield
        finally:
            (self.folder / moment).unlink()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer of the desk."""

    status: int
    content: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """Return the answer as text."""
        return self.content.decode()


@dataclass(slots=True, kw_only=True)
class RunningDesk:
    """A desk and the address that it printed."""

    address: str
    process: subprocess.Popen[str]
    folder: Path
    cookie: str = field(default="")

    @property
    def port(self) -> int:
        """Return the port on which it listens."""
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def origin(self) -> str:
        """Return the origin of its pages."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        form: Mapping[str, str] | bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Send one request with what the desk's own pages send; `headers` change that."""
        sent: dict[str, str | None] = {"Cookie": self.cookie or None}
        body: bytes | None = None
        if form is not None:
            sent["Origin"] = self.origin
            sent["Sec-Fetch-Site"] = "same-origin"
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = form if isinstance(form, bytes) else urlencode(form).encode()
        sent |= headers or {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.request(
                "GET" if form is None else "POST",
                path,
                body,
                {name: value for name, value in sent.items() if value is not None},
            )
            answer = connection.getresponse()
            content = answer.read()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(status=answer.status, content=content, headers=found)
        finally:
            connection.close()

    def enter(self) -> None:
        """Exchange the token for the cookie, as a browser does that opens the address."""
        parts = urlsplit(self.address)
        reply = self.ask(f"{parts.path}?{parts.query}")
        assert reply.status == 303
        self.cookie = reply.headers["set-cookie"].partition(";")[0]

    def wait_for(self, path: str, words: str = "") -> str:
        """Return a session's page once nothing is at work and it says these words."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            text = self.ask(path).text
            if words in text and "avance" not in text and "Lecture en cours" not in text:
                return text
            time.sleep(0.1)
        message = f"the page never said « {words} »"
        raise AssertionError(message)


@contextmanager
def running_desk(
    folder: Path, environment: Mapping[str, str] | None = None, python: str = sys.executable
) -> Iterator[RunningDesk]:
    """Run a desk in a folder, by a Python of one's own, until the block ends."""
    process = subprocess.Popen(
        # As the installed command: what lies in the folder is no module of the program.
        [python, "-P", "-m", "sheetgen", "desk", "--no-browser"],
        cwd=folder,
        # What a desk notes of itself is for a click on a shortcut, which no test here makes.
        env={**os.environ, "XDG_STATE_HOME": f"{folder}-state", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        address = process.stdout.readline().strip()
        assert address, process.stderr.read()
        yield RunningDesk(address=address, process=process, folder=folder)
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.terminate()
            else:
                process.send_signal(signal.SIGINT)
        process.wait(WAIT)
        complained = process.stderr.read()
        process.stdout.close()
        process.stderr.close()
    assert complained == "", complained
