"""What a second process gains: a whole `generate` by one, by two, and by two workers of Dask.

Each way is timed in a process of its own, in turn, round after round; medians. Dask's workers are
there before, as a cluster's are.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import timed_generate
from distributed import LocalCluster
from sessions import session_of, write_session
from timed_generate import ROOT, WHOLE, Times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.model import Referential

ONE, TWO, DASK = "one process", "two processes", "two Dask workers"
STAGES = {
    WHOLE: "The whole command",
    "Grilles": "Grids",
    "Envois": "Handouts",
    "Rapports": "Reports",
}
"""What is timed, as the program names it and as the page does."""


def scaling_costs(
    referential: Referential, candidates: int = 300, rounds: int = 3
) -> Mapping[str, Times]:
    """The median seconds of each stage, by who does the work; two jurors a candidate."""
    with tempfile.TemporaryDirectory() as name, _cluster() as address:
        folder = Path(name)
        write_session(folder / "session.xlsx", session_of(referential, candidates))
        ways = {ONE: ["--jobs", "1"], TWO: ["--jobs", "2"], DASK: ["--scheduler", address]}
        times: dict[str, list[Times]] = {way: [] for way in ways}
        for number in range(rounds):
            for way, options in ways.items():
                output = folder / f"{number} {way}"
                times[way].append(_measured(folder / "session.xlsx", output, options))
    return {
        way: {stage: statistics.median(item[stage] for item in found) for stage in STAGES}
        for way, found in times.items()
    }


def scaling_table(costs: Mapping[str, Times]) -> list[str]:
    """Rows of Markdown: the seconds of one process, and how many times faster the others are."""
    lines = [f"| step | {ONE} (s) | {TWO} | {DASK} |", "|---|--:|--:|--:|"]
    for stage, name in STAGES.items():
        one, two, dask = (costs[way][stage] for way in (ONE, TWO, DASK))
        lines.append(f"| {name} | {one:.2f} | {one / two:.2f} times | {one / dask:.2f} times |")
    return lines


@contextmanager
def _cluster() -> Iterator[str]:
    """The address of a cluster of two worker processes on this machine."""
    with LocalCluster(
        n_workers=2,
        processes=True,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as cluster:
        yield cluster.scheduler_address


def _measured(session: Path, output: Path, options: list[str]) -> Times:
    command = [sys.executable, timed_generate.__file__, str(session), str(output), *options]
    answer = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)
    times: Times = json.loads(answer.stdout)
    return times
