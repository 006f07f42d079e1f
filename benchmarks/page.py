"""The figures of `make bench` as a page of the docs, and as a plot."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timing import ROOT, cpu_ratio, exponent, median, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timing import Spent

PAGE, PLOT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "images" / "benchmarks.png"
KINDS = {"one": "one form for all", "random": "every candidate different"}
_FROM = 100
"""Candidates from which growth is told: below, starting weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A command beside what a user would otherwise run."""

    kind: str
    command: str
    rival: str
    ours: Sequence[Spent]
    theirs: Sequence[Spent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The megabytes and seconds that the files of a command take whoever handles them."""

    command: str
    inflated: tuple[float, float]
    deflated: tuple[float, float]
    written: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A command on a session of some size.

    Attributes:
        runs: by one process.
        two: by two processes.
        pinned: by one process, on one processor.
        before: by one process of a former version.
    """

    command: str
    candidates: int
    runs: Sequence[Spent]
    two: Sequence[Spent] = ()
    pinned: Sequence[Spent] = ()
    before: Sequence[Spent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that was measured in one run."""

    candidates: int
    rounds: int
    comparisons: Sequence[Comparison]
    limits: Sequence[Limit]
    growth: Sequence[Growth]


def write_page(results: Results, *, quick: bool) -> None:
    """Print the page; write it with its plot where it is worth keeping."""
    text = "\n".join([*_page(results), ""])
    if not quick:
        PAGE.write_text(text, encoding="utf-8")
        _draw(results)
    print(text)


def _page(results: Results) -> Iterator[str]:
    load = os.getloadavg()[2]
    yield from (
        "# Benchmarks",
        "",
        "Written by `make bench`: whole commands as a user types them, in one run, one process on",
        "each side, its start included; each way in turn, round after round. Seconds are medians",
        f"of {results.rounds} round(s), those of growth of one, or of three below 20 s;",
        "ratios are medians of those of each round; memory is the most that one process took. The",
        "référentiel is the shipped one: 5 blocs, 18 competencies, 71 criteria; each candidate has",
        "two jurors. *One form for all*: everybody presents every bloc. *Every candidate",
        "different*: blocs, route and jurors are drawn. Commands make no Word documents where",
        "nothing else is said.",
        f"Python {platform.python_version()}, {os.cpu_count()} processors, for which {load:.1f}",
        "programs waited on average in the last fifteen minutes.",
        "",
        *_aims(results),
        "",
        "![Whole commands side by side, and growth](images/benchmarks.png)",
        "",
        f"## Beside what a user would otherwise run: {results.candidates} candidates",
        "",
        "openpyxl reads values and nothing else: no identity, no check, no process that may die.",
        "XlsxWriter is given the cells of the consolidation ready to be written, without its",
        "lists, conditional formats and charts. docxtpl is given the values of each document.",
        "",
        "*Times* is how many times longer the other side takes; in brackets, how many times as",
        "much of a processor, which a busy machine disturbs less.",
        "",
        "| session | command | s | MB | beside | s | times |",
        "|---|---|--:|--:|---|--:|--:|",
    )
    for item in results.comparisons:
        ours, theirs = median(item.ours), median(item.theirs)
        yield (
            f"| {KINDS[item.kind]} | {item.command} | {ours.seconds:.2f} | {ours.memory:.0f} | "
            f"{item.rival} | {theirs.seconds:.2f} | {ratio(item.theirs, item.ours):.1f} "
            f"({cpu_ratio(item.theirs, item.ours):.1f}) |"
        )
    yield from _limits(results)
    yield from _sharing(results)
    yield from _growth(results)


_AIMS = (
    ("one", "`generate`", "a template opened", 60),
    ("random", "`generate`", "a template opened", 15),
    ("random", "`consolidate`", "read-only", 1.5),
    ("random", "`consolidate`, reports included", "docxtpl", 3),
    ("random", "`finalize`", "docxtpl", 3),
)
"""How many times longer the other side is to take at least: session, command, and which side."""

_OF_STATUS, _EXPONENT, _MEGABYTES, _TWO, _FORMER = 2.5, 1.05, 200, 1.5, 4
"""What is aimed at otherwise: times of `status` at most, exponent, memory, times of two processes
and of a former version at least."""

_OF_FORMER = "`consolidate`", 1_000
"""The command and the candidates by which a former version is aimed at."""


def _aims(results: Results) -> Iterator[str]:
    """Yield a row for all that is aimed at and was measured."""
    yield from ("| aim | | seen |", "|---|--:|--:|")
    for item in results.comparisons:
        times = ratio(item.theirs, item.ours), cpu_ratio(item.theirs, item.ours)
        said = f"{item.command}, {KINDS[item.kind]}"
        for kind, command, rival, least in _AIMS:
            if (kind, command) == (item.kind, item.command) and rival in item.rival:
                seen = f"{times[0]:.1f} ({times[1]:.1f})"
                yield f"| {said}: times faster than {item.rival} | ≥ {least} | {seen} |"
        if item.rival == "`status`":
            seen = f"{1 / times[0]:.1f} ({1 / times[1]:.1f})"
            yield f"| {said}: times as long as `status` | ≤ {_OF_STATUS} | {seen} |"
    for command, slope in _exponents(results).items():
        yield f"| {command}: exponent | ≤ {_EXPONENT} | {slope:.2f} |"
    for point in results.growth:
        where = f"{point.command}, {point.candidates:,} candidates"
        if point.two:
            seen = f"{ratio(point.pinned, point.two):.2f} ({ratio(point.runs, point.two):.2f})"
            yield f"| {where}: times faster by two processes | ≥ {_TWO} | {seen} |"
        if point.before and (point.command, point.candidates) == _OF_FORMER:
            seen = f"{ratio(point.before, point.runs):.1f}"
            seen += f" ({cpu_ratio(point.before, point.runs):.1f})"
            yield f"| {where}: times faster than a former version | ≥ {_FORMER} | {seen} |"
    for command in _commands(results):
        most = max(
            (run.memory, point.candidates)
            for point in _of(results, command)
            for run in (*point.runs, *point.two)
        )
        yield (
            f"| {command}: MB of a process, most with {most[1]:,} candidates | ≤ {_MEGABYTES} | "
            f"{most[0]:.0f} |"
        )


def _limits(results: Results) -> Iterator[str]:
    yield from (
        "",
        "## The physical limit",
        "",
        "What nobody who reads and writes these files can do without, by zlib and the disk alone,",
        "for the last session above. Parts that grids have in common are deflated one time by",
        "sheetgen, and once per grid here.",
        "",
        "| command | inflated | deflated | written | seconds |",
        "|---|--:|--:|--:|--:|",
    )
    for item in results.limits:
        parts = (item.inflated, item.deflated, item.written)
        told = " | ".join(f"{size:.0f} MB, {seconds:.2f} s" for size, seconds in parts)
        yield f"| {item.command} | {told} | {sum(seconds for _, seconds in parts):.2f} |"


def _sharing(results: Results) -> Iterator[str]:
    shared = [point for point in results.growth if point.two]
    if not shared:
        return
    yield from (
        "",
        "## Two processes",
        "",
        "Every candidate different; MB of the larger one of two. What one process is asked to do",
        "(`--jobs 1`), it does with a second one beside it that reads returns and the school's",
        "workbooks, for a file may kill its reader: it keeps more than one processor busy where",
        "there are two. *Times* is how many times longer one process takes when all of this has",
        "one processor; in brackets, when it has both, as everywhere else on this page.",
        "",
        "Seconds:",
        "",
        "| command | candidates | one processor | one process | two processes | times | MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
    )
    for point in shared:
        alone, one, two = map(median, (point.pinned, point.runs, point.two))
        yield (
            f"| {point.command} | {point.candidates:,} | {alone.seconds:.2f} | {one.seconds:.2f} | "
            f"{two.seconds:.2f} | {ratio(point.pinned, point.two):.2f} "
            f"({ratio(point.runs, point.two):.2f}) | {two.memory:.0f} |"
        )


def _growth(results: Results) -> Iterator[str]:
    former = any(point.before for point in results.growth)
    yield from (
        "",
        "## Growth",
        "",
        "Every candidate different, one process; in brackets, seconds of a processor. The exponent",
        "is the slope of these over size on logarithmic scales, from",
        f"{_FROM} candidates on, below which starting weighs: 1 is proportional.",
        "",
        "| command | candidates | seconds | MB |" + " former version (s) | times |" * former,
        "|---|--:|--:|--:|" + "--:|--:|" * former,
    )
    for command in _commands(results):
        for point in _of(results, command):
            spent = median(point.runs)
            seconds = f"{spent.seconds:.2f} ({spent.cpu:.2f})"
            told = f"| {command} | {point.candidates:,} | {seconds} | {spent.memory:.0f} |"
            if point.before:
                before = median(point.before).seconds
                told += f" {before:.2f} | {ratio(point.before, point.runs):.1f} "
                told += f"({cpu_ratio(point.before, point.runs):.1f}) |"
            yield told
    if exponents := _exponents(results):
        yield from ("", "| command | exponent |", "|---|--:|")
        yield from (f"| {command} | {slope:.2f} |" for command, slope in exponents.items())


def _exponents(results: Results) -> dict[str, float]:
    """Return the exponent of each command that was measured on several sizes."""
    exponents = {}
    for command in _commands(results):
        times = [
            (point.candidates, median(point.runs).cpu)
            for point in _of(results, command)
            if point.candidates >= _FROM
        ]
        if len(times) > 1:
            exponents[command] = exponent(times)
    return exponents


def _commands(results: Results) -> list[str]:
    return list(dict.fromkeys(point.command for point in results.growth))


def _of(results: Results, command: str) -> list[Growth]:
    return [point for point in results.growth if point.command == command]


def _draw(results: Results) -> None:
    """Draw bars for what is compared, lines for growth."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - nothing measured is to start with it

    figure = Figure(figsize=(16, 6), layout="constrained")
    left, right = figure.subplots(1, 2)
    bars: dict[str, tuple[float, str]] = {}
    for item in results.comparisons:
        kind = KINDS[item.kind]
        bars[f"{item.command}, {kind}".replace("`", "")] = median(item.ours).seconds, "#1f5c99"
        beside = f"{item.rival} (beside {item.command}), {kind}".replace("`", "")
        bars[beside] = median(item.theirs).seconds, "#b8b8b8"
    left.barh(
        list(bars),
        [seconds for seconds, _ in bars.values()],
        color=[colour for _, colour in bars.values()],
    )
    left.invert_yaxis()
    left.set_xscale("log")
    left.set_xlabel(f"seconds (logarithmic), {results.candidates} candidates")
    left.tick_params(axis="y", labelsize=8)
    for command in _commands(results):
        points = _of(results, command)
        times = [median(point.runs).seconds for point in points]
        sizes = [point.candidates for point in points]
        right.loglog(sizes, times, marker="o", label=command.replace("`", ""))
    right.set_xlabel("candidates, two jurors each")
    right.set_ylabel("seconds, one process")
    right.legend()
    right.grid(visible=True, which="both", alpha=0.3)
    PLOT.parent.mkdir(exist_ok=True)
    figure.savefig(PLOT, dpi=110)
