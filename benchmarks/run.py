"""`make bench`: measures whole commands beside what a user would otherwise run.

Everything is measured in one run, each way in turn, round after round, so that a busy machine slows
all alike; a process of its own each time, its start included.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from page import Comparison, Growth, Limit, Results, Sharing, write_page
from timing import ROOT, Spent, adopt_orphans, measure, script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SIZES, LARGE = (10, 100, 1_000), 5_000
COMPARED = 200
"""Candidates of the sessions that others work on, too."""

GENERATE, STATUS, CONSOLIDATE = "generate", "status", "consolidate"
FINALIZE = "finalize"
WITHOUT_WORD = ("--no-reports",)

Times = dict[str, list[Spent]]
"""The runs of each way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A session's folder, and the checkout of the sheetgen that works on it."""

    folder: Path
    python: str = sys.executable
    checkout: Path = ROOT

    @property
    def session(self) -> Path:
        """Return the folder that sheetgen made for the session."""
        return self.folder / "outputs" / "MESURES"

    @property
    def register(self) -> Path:
        """Return the register of this session alone: another of its code would contradict it."""
        return self.folder / "register" / "register.sqlite"

    def run(self, command: str, *options: str) -> Callable[[], Spent]:
        """Return what runs a command on the session as it then stands, and measures that."""
        jury = (str(self.session / "consolidation" / "jury.xlsx"),) * (command == FINALIZE)
        places = {
            "--referential": self.checkout / "examples" / "referential.xlsx",
            "--session": self.folder / "session.xlsx",
            "--templates": self.checkout / "templates",
            "--output": self.folder / "outputs",
        }
        named = [str(item) for pair in places.items() for item in pair]
        if command == FINALIZE and self.checkout == ROOT:  # a former version knows of none
            named += ["--register", str(self.register)]
        jobs = () if "--jobs" in options else ("--jobs", "1")
        call = [self.python, "-P", "-m", "sheetgen", command, *jury, *named, *jobs, *options]

        def run() -> Spent:
            self.forget(command)
            return measure(call)

        return run

    def beside(self, way: str, *what: str) -> Callable[[], Spent]:
        """Return what runs one of the rivals, and measures that."""
        return lambda: measure(script("rivals.py", way, self.folder, *what))

    def alone(self, program: str) -> Callable[[], Spent]:
        """Return what runs one step of sheetgen by itself, and measures that."""
        return lambda: measure(script(program, self.folder))

    def forget(self, command: str) -> None:
        """Make the session as it was before this command was given."""
        made = {
            GENERATE: ("",),
            CONSOLIDATE: ("consolidation", "corrections"),
            FINALIZE: ("final",),
        }
        for name in made.get(command, ()):
            shutil.rmtree(self.session / name, ignore_errors=True)
        if command == FINALIZE:
            shutil.rmtree(self.register.parent, ignore_errors=True)
            self.register.parent.mkdir()
        kept = self.folder / f"before {command}"
        if kept.exists():
            shutil.rmtree(self.session / ".sheetgen")
            shutil.copytree(kept, self.session / ".sheetgen")

    def keep(self, command: str) -> None:
        """Note what `forget` brings back: the files in which sheetgen remembers."""
        shutil.copytree(self.session / ".sheetgen", self.folder / f"before {command}")

    def do(self, name: str, *arguments: str) -> None:
        """Run a program of this folder on the session, unmeasured."""
        subprocess.run(script(name, arguments[0], self.folder, *arguments[1:]), check=True)


@contextmanager
def prepared(candidates: int, kind: str) -> Iterator[Case]:
    """Yield a session that has its workbook and nothing else."""
    with tempfile.TemporaryDirectory() as name:
        case = Case(folder=Path(name))
        case.do("sessions.py", "make", str(candidates), kind)
        yield case


def in_turn(rounds: int, ways: Mapping[str, Callable[[], Spent]]) -> Times:
    """Run each way once a round."""
    times: Times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            times[name].append(run())
            print(f"{name}: {times[name][-1].seconds:.2f} s", file=sys.stderr)
    return times


def return_grids(case: Case) -> None:
    """Have every grid that was made marked and returned."""
    case.do("sessions.py", "fill")
    case.keep(CONSOLIDATE)


def settle(case: Case) -> None:
    """Have the jury decide on what was consolidated."""
    case.do("sessions.py", "decide")
    case.keep(FINALIZE)


def compare(candidates: int, kind: str, rounds: int) -> tuple[list[Comparison], list[Limit]]:
    """Measure sheetgen and what else does its work, on one session."""
    found: list[Comparison] = []
    limits: list[Limit] = []

    def beside(command: str, rival: str, ways: Mapping[str, Callable[[], Spent]]) -> None:
        times = in_turn(rounds, ways)
        ours, theirs = times.values()
        found.append(Comparison(kind=kind, command=command, rival=rival, ours=ours, theirs=theirs))

    with prepared(candidates, kind) as case:
        generate = case.run(GENERATE, *WITHOUT_WORD)
        generate()
        ways = {"generate": generate, "openpyxl, templates": case.beside("template")}
        beside("`generate`", "openpyxl, a template opened and saved per grid", ways)
        made = limit(case, "`generate`", [], ["grilles/**/*", "envois/*"])
        return_grids(case)
        ways = {"reading": case.alone("reading.py"), "openpyxl": case.beside("read")}
        beside("reading alone, contained", "openpyxl, read-only, each return", ways)
        ways = {"status": case.run(STATUS), "openpyxl, reading": case.beside("read")}
        beside("`status`", "openpyxl, read-only, each return", ways)
        consolidate = case.run(CONSOLIDATE, *WITHOUT_WORD)
        consolidate()
        case.do("prepare.py", "cells")
        times = in_turn(
            rounds,
            {
                "consolidate": consolidate,
                "openpyxl, reading": case.beside("read"),
                "XlsxWriter": case.beside("write"),
            },
        )
        ours, reading, writing = times.values()
        for rival, theirs in (
            ("openpyxl, read-only, each return", reading),
            ("XlsxWriter, the cells of the consolidation", writing),
        ):
            found.append(
                Comparison(
                    kind=kind, command="`consolidate`", rival=rival, ours=ours, theirs=theirs
                )
            )
        limits = [made, limit(case, "`consolidate`", ["retours/*"], ["consolidation/**/*"])]
        if kind == "random":
            with_word(case, beside)
    return found, limits


def with_word(
    case: Case, beside: Callable[[str, str, Mapping[str, Callable[[], Spent]]], None]
) -> None:
    """Compare the commands that make Word documents with docxtpl, which makes these alone."""
    for command, what, name in (
        (CONSOLIDATE, "reports", "`consolidate`, reports included"),
        (FINALIZE, "papers", "`finalize`"),
    ):
        case.forget(command)
        case.do("prepare.py", what)
        docxtpl = case.beside("render", what)
        beside(name, "docxtpl, the same documents", {name: case.run(command), "docxtpl": docxtpl})
        case.do("prepare.py", "compare")
        if command == CONSOLIDATE:
            settle(case)


def limit(case: Case, command: str, read: Sequence[str], written: Sequence[str]) -> Limit:
    """Measure what no program that does the same can do without."""
    places = [[str(case.session / item) for item in items] for items in (read, written)]
    call = script("limit.py", *places[0], "--", *places[1])
    answer = subprocess.run(call, check=True, capture_output=True, text=True)
    inflated, deflated, stored = json.loads(answer.stdout)
    return Limit(command=command, inflated=inflated, deflated=deflated, written=stored)


def share(candidates: int, rounds: int) -> list[Sharing]:
    """Measure what a second process gains a whole command, Word included."""
    found: list[Sharing] = []
    with prepared(candidates, "random") as case:
        for command in (GENERATE, CONSOLIDATE, FINALIZE):
            ways = {jobs: case.run(command, "--jobs", jobs) for jobs in "12"}
            one, two = in_turn(rounds, ways).values()
            found.append(Sharing(command=f"`{command}`", one=one, two=two))
            if command == GENERATE:
                return_grids(case)
            elif command == CONSOLIDATE:
                settle(case)
    return found


def grow(candidates: int, rounds: int, former: Path | None) -> list[Growth]:
    """Measure every command on a session of this size, and a former version's beside it."""
    found: list[Growth] = []
    with prepared(candidates, "random") as case:
        cases = {"": case}
        if former:
            python = str(former / ".venv" / "bin" / "python")
            cases["former"] = Case(folder=case.folder, python=python, checkout=former)
        for command, options, name in (
            (GENERATE, WITHOUT_WORD, "`generate`"),
            (STATUS, (), "`status`"),
            (CONSOLIDATE, WITHOUT_WORD, "`consolidate`"),
            (CONSOLIDATE, (), "`consolidate`, reports included"),
            (FINALIZE, (), "`finalize`"),
        ):
            ways = {f"{key} {name}": item.run(command, *options) for key, item in cases.items()}
            ours, *before = in_turn(rounds, ways).values()
            found.append(
                Growth(
                    command=name,
                    candidates=candidates,
                    runs=ours,
                    before=before[0] if before else (),
                )
            )
            if before:
                case.run(command, *options)()
            if command == GENERATE:
                return_grids(case)
            elif command == CONSOLIDATE and not options:
                settle(case)
    return found


def main() -> None:
    """Measure, and write the page and the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sessions, written nowhere")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} candidates")
    parser.add_argument("--sizes", type=int, nargs="*", help="other candidates than usual")
    parser.add_argument("--compared", type=int, help=f"candidates of both sides, {COMPARED}")
    parser.add_argument("--rounds", type=int, help="how often each way is measured, 3")
    parser.add_argument("--former", type=Path, help="the checkout of a former version, with .venv")
    options = parser.parse_args()
    os.chdir(ROOT)
    adopt_orphans()
    rounds = options.rounds or (1 if options.quick else 3)
    sizes = options.sizes or ([10, 40] if options.quick else [*SIZES, *[LARGE] * options.large])
    compared = options.compared or (40 if options.quick else COMPARED)
    compare(2, "random", 1)  # so that every module is compiled, and in the system's cache
    found = [compare(compared, kind, rounds) for kind in ("one", "random")]
    results = Results(
        candidates=compared,
        rounds=rounds,
        comparisons=[item for comparisons, _ in found for item in comparisons],
        limits=found[-1][1],
        sharing=share(compared, rounds),
        growth=[
            point
            for size in sizes
            for point in grow(size, rounds if size <= compared else 1, options.former)
        ],
    )
    write_page(results, quick=options.quick)


if __name__ == "__main__":
    main()
