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

from page import Comparison, Growth, Limit, Results, write_page
from timing import ROOT, Spent, adopt_orphans, measure, script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SIZES, LARGE = (10, 100, 1_000), 5_000
COMPARED = 200
"""Candidates of the sessions that others work on, too."""

GENERATE, STATUS, CONSOLIDATE = "generate", "status", "consolidate"
FINALIZE = "finalize"
WITHOUT_WORD = ("--no-reports",)

SHORT = 20.0
"""Seconds: commands that take fewer are measured three times as a session grows, for what else the
machine does weighs more on them."""

SHARED = 1_000
"""Candidates from which on two processes are measured beside one."""

TEMPLATES = "openpyxl, a template opened and saved per grid"
READING, CELLS = "openpyxl, read-only, each return", "XlsxWriter, the cells of the consolidation"
DOCUMENTS = "docxtpl, the same documents"
ALONE = "reading alone, contained"
TWO, PINNED, FORMER = "two processes", "one processor", "former version"

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

    def run(self, command: str, *options: str, pinned: bool = False) -> Callable[[], Spent]:
        """Return what runs a command on the session as it then stands, and measures that.

        Args:
            command: of sheetgen.
            options: of the command.
            pinned: whether it has one processor.
        """
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
            return measure(call, pinned=pinned)

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
            self._put_aside(self.session / name)
        if command == FINALIZE:
            self._put_aside(self.register.parent)
            self.register.parent.mkdir()
        kept = self.folder / f"before {command}"
        if kept.exists():
            self._put_aside(self.session / ".sheetgen")
            shutil.copytree(kept, self.session / ".sheetgen")

    def _put_aside(self, folder: Path) -> None:
        """Move a folder out of the way, if it is there.

        For minutes after many files are deleted, some disks take long to find room for new ones.
        """
        if folder.exists():
            aside = self.folder / "aside"
            aside.mkdir(exist_ok=True)
            folder.rename(aside / str(len(list(aside.iterdir()))))

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

    def tell(times: Times, *pairs: tuple[str, str]) -> None:
        for ours, theirs in pairs:
            item = Comparison(
                kind=kind, command=ours, rival=theirs, ours=times[ours], theirs=times[theirs]
            )
            found.append(item)

    with prepared(candidates, kind) as case:
        generate = case.run(GENERATE, *WITHOUT_WORD)
        generate()
        ways = {"`generate`": generate, TEMPLATES: case.beside("template")}
        tell(in_turn(rounds, ways), ("`generate`", TEMPLATES))
        if kind != "random":
            return found, limits
        limits.append(limit(case, "`generate`", [], ["grilles/**/*", "envois/*"]))
        return_grids(case)
        consolidate = case.run(CONSOLIDATE, *WITHOUT_WORD)
        consolidate()
        case.do("prepare.py", "cells")
        ways = {
            ALONE: case.alone("reading.py"),
            "`status`": case.run(STATUS),
            "`consolidate`": consolidate,
            READING: case.beside("read"),
            CELLS: case.beside("write"),
        }
        tell(
            in_turn(rounds, ways),
            (ALONE, READING),
            ("`status`", READING),
            ("`consolidate`", READING),
            ("`consolidate`", CELLS),
            ("`consolidate`", "`status`"),
        )
        limits.append(limit(case, "`consolidate`", ["retours/*"], ["consolidation/**/*"]))
        for command, what, name in (
            (CONSOLIDATE, "reports", "`consolidate`, reports included"),
            (FINALIZE, "papers", "`finalize`"),
        ):
            case.forget(command)
            case.do("prepare.py", what)
            ways = {name: case.run(command), DOCUMENTS: case.beside("render", what)}
            tell(in_turn(rounds, ways), (name, DOCUMENTS))
            case.do("prepare.py", "compare")
            if command == CONSOLIDATE:
                settle(case)
    return found, limits


def limit(case: Case, command: str, read: Sequence[str], written: Sequence[str]) -> Limit:
    """Measure what no program that does the same can do without."""
    places = [[str(case.session / item) for item in items] for items in (read, written)]
    call = script("limit.py", *places[0], "--", *places[1])
    answer = subprocess.run(call, check=True, capture_output=True, text=True)
    inflated, deflated, stored = json.loads(answer.stdout)
    return Limit(command=command, inflated=inflated, deflated=deflated, written=stored)


def grow(candidates: int, former: Path | None) -> list[Growth]:
    """Measure every command on a session of this size, and a former version's beside it.

    Two processes are measured, too, where the session is large enough for them.
    """
    found: list[Growth] = []
    with prepared(candidates, "random") as case:
        old = former and Case(
            folder=case.folder, python=str(former / ".venv" / "bin" / "python"), checkout=former
        )
        for command, options, name in (
            (GENERATE, WITHOUT_WORD, "`generate`"),
            (GENERATE, (), "`generate`, Word included"),
            (STATUS, (), "`status`"),
            (CONSOLIDATE, WITHOUT_WORD, "`consolidate`"),
            (CONSOLIDATE, (), "`consolidate`, reports included"),
            (FINALIZE, (), "`finalize`"),
        ):
            ways = {name: case.run(command, *options)}
            if candidates >= SHARED:
                ways[TWO] = case.run(command, "--jobs", "2", *options)
                ways[PINNED] = case.run(command, *options, pinned=True)
            if old:
                ways[FORMER] = old.run(command, *options)
            times = in_turn(1, ways)
            if max(runs[0].seconds for runs in times.values()) < SHORT:
                for way, runs in in_turn(2, ways).items():
                    times[way] += runs
            found.append(
                Growth(
                    command=name,
                    candidates=candidates,
                    runs=times[name],
                    two=times.get(TWO, ()),
                    pinned=times.get(PINNED, ()),
                    before=times.get(FORMER, ()),
                )
            )
            if old:
                case.run(command, *options)()
            if name == "`generate`, Word included":
                return_grids(case)
            elif name == "`consolidate`, reports included":
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
        growth=[point for size in sizes for point in grow(size, options.former)],
    )
    write_page(results, quick=options.quick)


if __name__ == "__main__":
    main()
