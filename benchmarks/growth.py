"""How the time and memory of each command grow with a session, each in a process of its own.

The commands are run whole, as a user runs them but for Word: the référentiel and the session are
read from their workbooks, files are written to disk.
"""

from __future__ import annotations

import json
import math
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sessions import filled, session_of, write_session

from sheetgen import commands
from sheetgen.commands import Inputs, Options
from sheetgen.problems import has_errors
from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.problems import Problem

STEPS = ("generate", "status", "consolidate")
_REFERENTIAL = Path("referential.xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one step took for one session: seconds, and the process's largest memory in MB."""

    step: str
    candidates: int
    seconds: float
    memory: float


def prepare(candidates: int, folder: Path) -> None:
    """Writes in the folder the workbook of a session of so many candidates."""
    referential, problems = read_referential(_REFERENTIAL)
    if referential is None:
        raise ValueError(problems)
    write_session(folder / "session.xlsx", session_of(referential, candidates))


def measure_in_process(step: str, candidates: int, folder: Path) -> Point:
    """The command, in a process of its own, on what `prepare` and the former steps left there."""
    command = [sys.executable, __file__, step, str(folder)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    if step == "generate":
        _return_grids(folder)
    return Point(step=step, candidates=candidates, **json.loads(answer.stdout))


def exponent(points: Sequence[Point]) -> float:
    """The slope of time over size, both as logarithms: 1 is proportional."""
    sizes = [math.log(point.candidates) for point in points]
    times = [math.log(point.seconds) for point in points]
    middle_size, middle_time = sum(sizes) / len(sizes), sum(times) / len(times)
    pairs = zip(sizes, times, strict=True)
    rise = sum((size - middle_size) * (spent - middle_time) for size, spent in pairs)
    return rise / sum((size - middle_size) ** 2 for size in sizes)


def main() -> None:
    """Runs the command named on the command line and prints what it took."""
    step, folder = sys.argv[1], Path(sys.argv[2])
    inputs = Inputs(
        referential=_REFERENTIAL,
        session=folder / "session.xlsx",
        templates=Path("templates"),
        output=folder / "outputs",
    )
    start = time.perf_counter()
    problems = _run(step, inputs, Options(reports=False))
    seconds = time.perf_counter() - start
    if has_errors(problems):
        raise SystemExit("\n".join(map(str, problems[:5])))
    print(json.dumps({"seconds": seconds, "memory": largest_memory()}))


def _run(step: str, inputs: Inputs, options: Options) -> Sequence[Problem]:
    """Runs the command; what it found wrong: observations that nobody wrote, and no error."""
    match step:
        case "generate":
            return commands.generate(inputs, options).problems
        case "status":
            return commands.survey(inputs, (), options).problems
        case _:
            return commands.consolidate(inputs, (), options).problems


def _return_grids(folder: Path) -> None:
    """Fills every grid and puts it where returns are looked for."""
    referential, _ = read_referential(_REFERENTIAL)
    if referential is None:
        return
    for place, path in enumerate(sorted(folder.glob("outputs/*/grilles/*/*.xlsx"))):
        target = path.parents[2] / "retours" / path.name
        target.write_bytes(filled(path.read_bytes(), referential, place))


def largest_memory() -> float:
    """The most memory that this process has taken, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # `getrusage` would also count what the process that started this one had taken.
        found = re.search(r"VmHWM:\s+([0-9]+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
