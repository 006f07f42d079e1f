"""`make bench`: measures everything in one run, and writes the table and the plot for the docs."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from costs import STEP, grid_costs, read_costs, report_costs, saved_read_costs
from growth import STEPS, Point, exponent, measure_in_process, prepare
from matplotlib.figure import Figure
from scaling import scaling_costs, scaling_table

from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from costs import Costs

ROOT = Path(__file__).parent.parent
PAGE, PLOT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "images" / "benchmarks.png"
SIZES, LARGE = (10, 100, 1_000), 5_000
_SHARED = 300
"""Candidates of the session that several processes share."""

_FROM = 100
"""Candidates from which growth is told."""

NAMES = {
    "generate": "`generate`",
    "status": "`status`, which reads the returns",
    "consolidate": "`consolidate`, which reads them again",
}


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} candidates")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="candidates at most")
    options = parser.parse_args()
    os.chdir(ROOT)
    compileall.compile_dir("sheetgen", quiet=1)  # as pip does where it installs
    referential, problems = read_referential(ROOT / "referential.xlsx")
    if referential is None:
        raise SystemExit(str(problems))
    costs = {
        "One grid": grid_costs(referential),
        "One return read": read_costs(referential),
        "One return read, as LibreOffice saved it": saved_read_costs(
            referential, ROOT / "examples" / "retours"
        ),
        "One jury report": report_costs(referential, ROOT / "templates"),
    }
    shared = scaling_table(scaling_costs(referential, _SHARED))
    sizes = [size for size in SIZES if size <= options.most] + [LARGE] * options.large
    points = [point for size in sizes for point in measure_size(size)]
    PAGE.write_text(page(costs, shared, points), encoding="utf-8")
    draw(costs, points)
    print(PAGE.read_text(encoding="utf-8"))


def measure_size(candidates: int) -> list[Point]:
    """Every step for a session of this size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(candidates, folder)
        return [measure_in_process(step, candidates, folder) for step in STEPS]


def page(costs: Mapping[str, Costs], shared: Sequence[str], points: Sequence[Point]) -> str:
    """The page of the docs."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`: everything below was measured in one run, one process on each",
        "side, each way in turn; medians. The grid is that of the shipped référentiel: 5 blocs,",
        "71 criteria. Reading includes every check and the separate process that contains it.",
        f"Python {platform.python_version()}, {os.cpu_count()} processors.",
        "",
        "![Costs side by side, and growth](images/benchmarks.png)",
    ]
    for title, ways in costs.items():
        first = next(iter(ways.values()))
        lines += ["", f"## {title}", "", "| way | ms | times sheetgen's |", "|---|--:|--:|"]
        lines += [f"| {way} | {spent:.2f} | {spent / first:.1f} |" for way, spent in ways.items()]
    lines += [
        *("", "## Several processes", "", f"The Word documents included, {_SHARED} candidates."),
        "Ways are compared in each of several rounds; the median, the least and the most are told.",
        "The last row is what two processes gain that only parse XML: what the machine gives.",
        *("", *shared),
        *(
            "",
            "## Growth",
            "",
            "Whole commands, two jurors a candidate, without Word, by one process;",
        ),
        "memory is that process's own. The exponent is the slope of time over size on logarithmic",
        f"scales, from {_FROM} candidates on, below which starting weighs: 1 is proportional.",
        "",
        *("| step | candidates | seconds | peak memory (MB) |", "|---|--:|--:|--:|"),
    ]
    for step in STEPS:
        lines += [
            f"| {NAMES[step]} | {point.candidates:,} | {point.seconds:.2f} | {point.memory:.0f} |"
            for point in points
            if point.step == step
        ]
    grown = {
        step: [item for item in _of(points, step) if item.candidates >= _FROM] for step in STEPS
    }
    if len(grown[STEPS[0]]) > 1:
        lines += ["", "| step | exponent |", "|---|--:|"]
        lines += [f"| {NAMES[step]} | {exponent(found):.2f} |" for step, found in grown.items()]
    return "\n".join([*lines, ""])


def _of(points: Sequence[Point], step: str) -> list[Point]:
    return [point for point in points if point.step == step]


def draw(costs: Mapping[str, Costs], points: Sequence[Point]) -> None:
    """The plot: bars for what one costs, lines for growth."""
    figure = Figure(figsize=(16, 6), layout="constrained")
    left, right = figure.subplots(1, 2)
    bars = [
        (f"{what}: {way}", spent)
        for what, ways in costs.items()
        for way, spent in ways.items()
        if not way.startswith(STEP)
    ]
    colours = ["#1f5c99" if "sheetgen" in name else "#b8b8b8" for name, _ in bars]
    left.barh([name for name, _ in bars], [spent for _, spent in bars], color=colours)
    left.invert_yaxis()
    left.set_xscale("log")
    left.set_xlabel("milliseconds (logarithmic)")
    left.tick_params(axis="y", labelsize=8)
    for step, marker in zip(STEPS, "os^", strict=True):
        found = _of(points, step)
        sizes, times = [item.candidates for item in found], [item.seconds for item in found]
        right.loglog(sizes, times, marker=marker, label=NAMES[step].replace("`", ""))
    right.set_xlabel("candidates, two jurors each")
    right.set_ylabel("seconds, one process")
    right.legend()
    right.grid(visible=True, which="both", alpha=0.3)
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(PLOT, dpi=110)


if __name__ == "__main__":
    main()
