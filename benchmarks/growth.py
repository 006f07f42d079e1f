"""How time and memory grow with a session, each step in a process of its own."""

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

from sessions import KEY, filled, session_of

from sheetgen.consolidation import (
    write_consolidation,
    write_decisions_csv,
    write_decisions_json,
)
from sheetgen.grids.produce import produce_grids
from sheetgen.grids.read import read_grid
from sheetgen.model import SessionDecisions
from sheetgen.returns.collect import collect_returns
from sheetgen.returns.contain import read_contained
from sheetgen.returns.find import find_returns
from sheetgen.returns.identify import Expected
from sheetgen.rules import decide_session
from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.model import Referential, Session

STEPS = ("generate", "read", "consolidate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What one step took for one session: seconds, and the process's largest memory in MB."""

    step: str
    candidates: int
    seconds: float
    memory: float


def measure_in_process(step: str, candidates: int, folder: Path) -> Point:
    """The step, in a process of its own; `generate` leaves in the folder what the others read."""
    command = [sys.executable, __file__, step, str(candidates), str(folder)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
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
    """Runs the step named on the command line and prints what it took."""
    step, candidates, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    referential, _ = read_referential(Path("referential.xlsx"))
    if referential is None:
        raise SystemExit(1)
    session = session_of(referential, candidates)
    start = time.perf_counter()
    if step == "generate":
        seconds = _generate(referential, session, folder)
    else:
        collection = _read(referential, session, folder)
        seconds = time.perf_counter() - start
        if step == "consolidate":
            start = time.perf_counter()
            _consolidate(referential, session, collection, folder)
            seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "memory": largest_memory()}))


def largest_memory() -> float:
    """The most memory that this process has taken, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # `getrusage` would also count what the process that started this one had taken.
        found = re.search(r"VmHWM:\s+([0-9]+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _generate(referential: Referential, session: Session, folder: Path) -> float:
    """The time that grids take to be made and written; then each is filled, off the clock."""
    start = time.perf_counter()
    for place, (_, data) in enumerate(produce_grids(referential, session, KEY)):
        (folder / f"{place}.xlsx").write_bytes(data)
    seconds = time.perf_counter() - start
    levels = referential.scale.levels
    for place, path in enumerate(sorted(folder.glob("*.xlsx"))):
        path.write_bytes(filled(path.read_bytes(), levels[place % len(levels)].label))
    return seconds


def _read(referential: Referential, session: Session, folder: Path) -> SessionDecisions:
    files, _ = find_returns([folder])
    expected = Expected(referential=referential, session=session, key=KEY)
    collection = collect_returns(read_contained(files, read_grid, jobs=1), expected)
    return SessionDecisions(
        referential=referential,
        session=session,
        candidates=(),
        returns=collection.returns,
        missing=collection.missing,
        problems=(),
    )


def _consolidate(read: SessionDecisions, folder: Path) -> None:
    marks = {pair: item.marks for pair, item in read.counted.items()}
    decisions = SessionDecisions(
        referential=read.referential,
        session=read.session,
        candidates=decide_session(read.referential, read.session, marks),
        returns=read.returns,
        missing=read.missing,
        problems=(),
    )
    written = folder / "consolidation"
    write_decisions_json(written / "decisions.json", decisions)
    write_decisions_csv(written / "decisions.csv", decisions)
    write_consolidation(written / "consolidation.xlsx", decisions)


if __name__ == "__main__":
    main()
