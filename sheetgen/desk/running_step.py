"""A step at work: the process that runs it, and how far it says that it is."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.desk.answers import Answer
    from sheetgen.desk.steps import DeskStep

_LONGEST_LINE = 1 << 28
"""Bytes of what a worker may say at once: the messages of a very large session."""
_STOPPED = (
    "L’étape a été interrompue avant la fin. Ce qui est déjà écrit est entier ; la relancer "
    "la reprend."
)
_REFUSED = "Cet ordinateur n’a pas laissé démarrer l’étape"
_WHOM = (
    "Relancer le bureau ; si cela se répète, le dire à qui s’occupe de l’ordinateur : un antivirus "
    "peut en être la cause."
)


@dataclass(slots=True, kw_only=True)
class RunningStep:
    """A step at work.

    Attributes:
        what: is being done, in French.
        done: of `steps`, which is 0 where nobody knows how many there are.
    """

    step: DeskStep
    what: str = "Lecture des fichiers"
    done: int = 0
    steps: int = 0
    process: asyncio.subprocess.Process | None = None
    stopped: bool = False

    def stop(self) -> None:
        """End the process, and those that it started."""
        self.stopped = True
        process = self.process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.terminate()
            else:
                os.killpg(process.pid, signal.SIGTERM)


async def follow_worker(
    request: Mapping[str, object], running: RunningStep, told: Callable[[], Any] | None
) -> Answer | None:
    """Run a worker and follow its events; return its answer, None where it died before.

    Args:
        request: what it is to do.
        running: is kept up to date.
        told: is awaited at each event.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # no file of the working folder is taken for a module
            "-m",
            "sheetgen.desk.step_worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        return _failed(f"{_REFUSED} : {explain(error)}. {_WHOM}")
    running.process = process
    answer = None
    try:
        if process.stdin is None or process.stdout is None:
            return None
        if running.stopped:
            running.stop()
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        async for line in process.stdout:
            event = json.loads(line)
            if event.get("event") == "result":
                answer = event
            else:
                running.what, running.done = event["what"], event["done"]
                running.steps = event["steps"]
                if told is not None:
                    await told()
        await process.wait()
    except (ValueError, ConnectionError):
        answer = None
    finally:
        if process.returncode is None:
            running.stop()
            await process.wait()
    return answer


def stopped_answer() -> Answer:
    """Return the answer of a worker that died before it had one."""
    return _failed(_STOPPED) | {"stopped": True}


def _failed(told: str) -> Answer:
    return {"status": 1, "lines": [told], "problems": [], "counts": ""}
