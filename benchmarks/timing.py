"""Whole processes timed, and figures made of their times.

This loads nothing but Python, so that what is measured is the process that is started: the memory
of a new one is never less than that of who started it.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import resource
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parent.parent
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
_SET_CHILD_SUBREAPER = 36
"""Linux's number for it, in `prctl`."""


class FailedRunError(Exception):
    """A process that was measured failed; the message is what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one process took from its start to its end, those that it started included.

    Attributes:
        seconds: as a clock shows them.
        cpu: seconds of processors.
        memory: the most that one of the processes held, in MB.
    """

    seconds: float
    cpu: float
    memory: float


def measure(command: Sequence[str], *, pinned: bool = False) -> Spent:
    """Run a command to its end.

    A line of JSON that begins what it prints gives the seconds that are not to be counted. Modules
    are compiled once, as pip does where it installs.

    Args:
        command: its words.
        pinned: whether it has one processor for all of its processes, where the system can do that.

    Raises:
        FailedRunError: it did not end well.
    """
    known = {name: value for name, value in os.environ.items() if name != _UNCOMPILED}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        with _one_processor() if pinned else nullcontext():
            process = subprocess.Popen(
                command, stdout=said, stderr=subprocess.STDOUT, cwd=ROOT, env=known
            )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_left_behind()]
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode:
        raise FailedRunError("\n".join((" ".join(command), *text.splitlines()[-20:])))
    aside = json.loads(text.partition("\n")[0]) if text.startswith('{"aside"') else {"aside": 0.0}
    return Spent(
        seconds=seconds - aside["aside"],
        cpu=sum(item.ru_utime + item.ru_stime for item in usages) - aside["aside"],
        memory=max(item.ru_maxrss for item in usages) / 1024,
    )


@contextmanager
def _one_processor() -> Iterator[None]:
    """Have what is started meanwhile run on one processor, where the system lets itself be told."""
    if sys.platform != "linux":
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def adopt_orphans() -> None:
    """Have processes whose parent ends become this one's, so that what they took is known.

    Those that read returns are started by a server that outlives the command for a moment.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def _left_behind() -> Iterator[resource.struct_rusage]:
    """Yield what each of those processes took, once it has ended."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def script(name: str, *arguments: object) -> list[str]:
    """Return the command that runs a program of this folder."""
    return [sys.executable, str(ROOT / "benchmarks" / name), *map(str, arguments)]


def median(found: Sequence[Spent]) -> Spent:
    """Return the medians of several runs."""

    def middle(of: Callable[[Spent], float]) -> float:
        return statistics.median(map(of, found))

    return Spent(
        seconds=middle(lambda item: item.seconds),
        cpu=middle(lambda item: item.cpu),
        memory=max(item.memory for item in found),
    )


def ratio(dividends: Sequence[Spent], divisors: Sequence[Spent]) -> float:
    """Return how many times longer one side took than the other, compared round by round."""
    pairs = zip(dividends, divisors, strict=True)
    return statistics.median(one.seconds / other.seconds for one, other in pairs)


def cpu_ratio(dividends: Sequence[Spent], divisors: Sequence[Spent]) -> float:
    """Return likewise how many times as much of a processor it took."""
    pairs = zip(dividends, divisors, strict=True)
    return statistics.median(one.cpu / other.cpu for one, other in pairs)


def exponent(times: Sequence[tuple[int, float]]) -> float:
    """Return the slope of time over size, both as logarithms: 1 is proportional."""
    sizes = [math.log(size) for size, _ in times]
    spent = [math.log(seconds) for _, seconds in times]
    return statistics.linear_regression(sizes, spent).slope
