"""What a second process gains: a whole `generate` by one, by two, and by two workers of Dask.

Each way is timed in a process of its own, round after round, in one order and then in the other.
Dask's workers are there before, as a cluster's are, and gone while others are timed: even idle,
they take from two processes what one has to spare. Two processors of one machine are seldom worth
twice one: what two processes gain that do nothing but compute is measured in the same rounds.
"""

from __future__ import annotations

import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import timed_generate
from distributed import LocalCluster
from lxml import etree
from sessions import session_of, write_session
from timed_generate import ROOT, WHOLE, Times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from threading import Barrier

    from sheetgen.model import Referential

ONE, TWO, DASK = "one process", "two processes", "two Dask workers"
PROCESSES = {ONE: 1, TWO: 2}
COMPUTING = "computing"
STAGES = {
    WHOLE: "The whole command",
    "Grilles": "Grids",
    "Envois": "Handouts",
    "Rapports": "Reports",
    COMPUTING: "Nothing but computing",
}
"""What is timed, as the program names it and as the page does."""

_PIECES = 100
_DOCUMENT = "<a>" + "<b c='d'>e</b>" * 20_000 + "</a>"
"""What there is to compute: XML to be parsed, so many times."""


def scaling_costs(
    referential: Referential, candidates: int = 300, rounds: int = 9
) -> list[Mapping[str, Times]]:
    """Round by round, the seconds of each stage by who does the work; two jurors a candidate."""
    with tempfile.TemporaryDirectory() as name:
        session = Path(name, "session.xlsx")
        write_session(session, session_of(referential, candidates))
        found: list[Mapping[str, Times]] = []
        for number in range(rounds):
            times: dict[str, Times] = {}
            for way in (ONE, TWO, DASK)[:: -1 if number % 2 else 1]:
                output = Path(name, f"{number} {way}")
                if way in PROCESSES:
                    times[way] = _measured(session, output, ["--jobs", str(PROCESSES[way])])
                    times[way][COMPUTING] = _computing(PROCESSES[way])
                else:
                    with _cluster() as address:
                        times[way] = _measured(session, output, ["--scheduler", address])
            found.append(times)
    return found


def scaling_table(rounds: Sequence[Mapping[str, Times]]) -> list[str]:
    """Rows of Markdown: the seconds of one process, and how many times faster the others are.

    Both are medians; of the second, the least and the most are told as well.
    """
    lines = [f"| step | {ONE} (s) | {TWO} | {DASK} |", "|---|--:|--:|--:|"]
    for stage, name in STAGES.items():
        one = statistics.median(times[ONE][stage] for times in rounds)
        gains = " | ".join(_gain(rounds, stage, way) for way in (TWO, DASK))
        lines.append(f"| {name} | {one:.2f} | {gains} |")
    return lines


def _gain(rounds: Sequence[Mapping[str, Times]], stage: str, way: str) -> str:
    """How many times faster a stage was, the two compared in each round."""
    times = [item[ONE][stage] / item[way][stage] for item in rounds if stage in item[way]]
    if not times:
        return ""
    return f"{statistics.median(times):.2f} times ({min(times):.2f} to {max(times):.2f})"


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


def _computing(processes: int) -> float:
    """The seconds that so many processes, all of them started before, compute for."""
    context = multiprocessing.get_context("spawn")
    started = (context.Barrier(processes),)
    with ProcessPoolExecutor(processes, context, _wait, started) as executor:
        list(executor.map(_compute, [0] * processes))
        start = time.perf_counter()
        list(executor.map(_compute, [1] * _PIECES))
        return time.perf_counter() - start


def _wait(started: Barrier) -> None:
    started.wait()


def _compute(times: int) -> None:
    for _ in range(times):
        etree.fromstring(_DOCUMENT)
