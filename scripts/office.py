"""LibreOffice for tests and examples: fills, recalculates and converts files in one process.

`office()` gives an `Office` that serves any number of calls; the first call starts LibreOffice
(about three seconds) and leaving the block ends it. The work is done by `office_server.py`, under a
Python that has UNO, on copies: no source is ever changed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sheetgen.pdf import find_libreoffice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PACKAGES = "libreoffice-calc libreoffice-writer python3-uno poppler-utils"
JOB_SECONDS = 120.0

CellValue = str | float
"""What a cell holds: a text, or a number; dates and booleans are numbers."""

_SERVER = Path(__file__).with_name("office_server.py")
_PYTHONS = ("/usr/bin/python3", "python3", sys.executable)


class OfficeMissing(Exception):  # noqa: N818 (it names the state, and is no fault of the code)
    """LibreOffice or its Python bridge is not installed; the message says what to install."""


class OfficeError(Exception):
    """LibreOffice could not do what was asked; the message names each file and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Where LibreOffice is, and a Python that can talk to it."""

    program: Path
    python: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell to write.

    Attributes:
        value: a text is written as a text whatever it looks like; None empties the cell.
        formula: whether `value` is a formula, in English with `;` between arguments: "=SUM(A1;B1)".
    """

    sheet: str
    cell: str
    value: str | float | None
    formula: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FillJob:
    """A workbook to open, cells to write, and where to save it, in the format of its ending."""

    source: Path
    target: Path
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A workbook to open, and cells to write in it without saving it."""

    source: Path
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellError:
    """A formula in error, with what the cell shows, such as `#NAME?` or `Err:502`."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook's cells after a full recalculation, by sheet then address; no empty ones."""

    sheets: Mapping[str, Mapping[str, CellValue]]
    errors: tuple[CellError, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A number, a date or a formula as a person sees it.

    Attributes:
        text: as shown.
        content: the number, or the formula in English.
        number_format: in the language of LibreOffice's profile.
    """

    text: str
    content: str
    number_format: str


def find_office() -> Installation:
    """The LibreOffice to use and its Python.

    Raises:
        OfficeMissing: either is not installed.
    """
    program = find_libreoffice()
    if program is None:
        raise OfficeMissing(_missing("LibreOffice"))
    beside = program.resolve().parent
    for name in (str(beside / "python"), str(beside.parent / "Resources" / "python"), *_PYTHONS):
        python = shutil.which(name)
        if python is not None and _has_uno(python):
            return Installation(program=program, python=Path(python))
    raise OfficeMissing(_missing("a Python that can import uno"))


def _missing(what: str) -> str:
    return f"{what} was not found. Install it, on Debian or Ubuntu: apt-get install {PACKAGES}"


def _has_uno(python: str) -> bool:
    attempt = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
    return attempt.returncode == 0


class Driver:
    """What speaks to a program that drives a LibreOffice; made by `driver()`."""

    def __init__(self, jobs: IO[str], answers: IO[str]) -> None:
        """Write jobs for the program, and read its answers."""
        self._jobs = jobs
        self._answers = answers

    def ask(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return the answer: an object with `result`, or with `error`, a message.

        Raises:
            OfficeError: the program is gone.
        """
        try:
            self._jobs.write(json.dumps(job) + "\n")
            self._jobs.flush()
            line = self._answers.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            message = f"the LibreOffice driver ended before {job} was done"
            raise OfficeError(message)
        answer: dict[str, Any] = json.loads(line)
        return answer


class Office:
    """A LibreOffice at work; made by `office()`."""

    def __init__(self, spoken_to: Driver) -> None:
        """Ask this program."""
        self._driver = spoken_to

    def fill(self, jobs: Sequence[FillJob], *, timeout: float = JOB_SECONDS) -> None:
        """Writes each job's cells and saves its target, as a person typing would.

        Validation is not consulted, but a locked cell of a protected sheet is refused.

        Raises:
            OfficeError: some could not be filled, after all the others were.
        """
        self._ask_all(
            [
                {
                    "action": "fill",
                    "source": str(job.source),
                    "target": _ready(job.target),
                    "changes": [_as_json(change) for change in job.changes],
                    "timeout": timeout,
                }
                for job in jobs
            ]
        )

    def recalculate(
        self, files: Sequence[Path], *, timeout: float = JOB_SECONDS
    ) -> dict[Path, Workbook]:
        """Each file's cells once every formula is calculated anew, whatever it had cached.

        Raises:
            OfficeError: some could not be opened.
        """
        jobs = [
            {"action": "recalculate", "source": str(file), "timeout": timeout} for file in files
        ]
        answers = self._ask_all(jobs)
        return {file: _workbook(answer) for file, answer in zip(files, answers, strict=True)}

    def try_out(
        self, trials: Sequence[Trial], *, timeout: float = JOB_SECONDS
    ) -> list[tuple[Workbook, Workbook]]:
        """Return each source's cells, recalculated, before and after its changes; none is saved.

        A locked cell of a protected sheet is refused, as for `fill`.

        Raises:
            OfficeError: some could not be opened or changed.
        """
        jobs = [
            {
                "action": "try out",
                "source": str(trial.source),
                "changes": [_as_json(change) for change in trial.changes],
                "timeout": timeout,
            }
            for trial in trials
        ]
        return [(_workbook(before), _workbook(after)) for before, after in self._ask_all(jobs)]

    def show(
        self, files: Sequence[Path], *, timeout: float = JOB_SECONDS
    ) -> dict[Path, dict[str, dict[str, ShownCell]]]:
        """What is seen of each file's numbers, dates and formulas, by sheet and address.

        Raises:
            OfficeError: some could not be opened.
        """
        jobs = [{"action": "show", "source": str(file), "timeout": timeout} for file in files]
        answers = self._ask_all(jobs)
        return {
            file: {
                name: {
                    f"{_letters(column)}{row}": ShownCell(
                        text=text, content=content, number_format=number_format
                    )
                    for first, start, rows in areas
                    for row, cells in enumerate(rows, start=start + 1)
                    for column, (text, content, number_format) in enumerate(cells, start=first)
                }
                for name, areas in answer.items()
            }
            for file, answer in zip(files, answers, strict=True)
        }

    def convert(
        self, files: Sequence[Path], folder: Path, ending: str, *, timeout: float = JOB_SECONDS
    ) -> list[Path]:
        """The files saved into `folder` under another ending, such as ".pdf", in their order.

        Raises:
            OfficeError: some could not be converted, after all the others were.
        """
        targets = [folder / f"{file.stem}{ending}" for file in files]
        self._ask_all(
            [
                {
                    "action": "convert",
                    "source": str(file),
                    "target": _ready(target),
                    "timeout": timeout,
                }
                for file, target in zip(files, targets, strict=True)
            ]
        )
        return targets

    def _ask_all(self, jobs: Sequence[dict[str, Any]]) -> list[Any]:
        answers = [self._driver.ask(job) for job in jobs]
        failures = [
            f"{job['source']}: {answer['error']}"
            for job, answer in zip(jobs, answers, strict=True)
            if "error" in answer
        ]
        if failures:
            raise OfficeError("\n".join(failures))
        return [answer["result"] for answer in answers]


@contextmanager
def office(installation: Installation | None = None, locale: str = "") -> Iterator[Office]:
    """A LibreOffice for the length of the block, ended whatever happens in it.

    Args:
        installation: which one; the machine's where none is given.
        locale: what its user chose for numbers and dates, such as "fr-FR".

    Raises:
        OfficeMissing: it is not installed, where no installation is given.
    """
    found = installation or find_office()
    with driver(_SERVER, found, *([locale] if locale else [])) as answering:
        yield Office(answering)


@contextmanager
def driver(server: Path, installation: Installation, *arguments: str) -> Iterator[Driver]:
    """A program that drives a LibreOffice, for the length of the block.

    Args:
        server: the program; it is told where LibreOffice is, then `arguments`.
        installation: whose Python runs it.
        arguments: what else it is told.
    """
    with subprocess.Popen(
        [str(installation.python), str(server), str(installation.program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        if running.stdin is None or running.stdout is None:
            raise TypeError  # both pipes were asked for
        try:
            yield Driver(running.stdin, running.stdout)
        finally:
            # The end of its input ends the server; one that is gone already cannot be told.
            with suppress(BrokenPipeError):
                running.stdin.close()


def _ready(target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    return str(target)


def _as_json(change: Change) -> dict[str, object]:
    return {
        "sheet": change.sheet,
        "cell": change.cell,
        "value": change.value,
        "formula": change.formula,
    }


def _workbook(answer: dict[str, Any]) -> Workbook:
    return Workbook(
        sheets={
            name: {
                f"{_letters(column)}{row}": value
                for row, values in enumerate(rows, start=1)
                for column, value in enumerate(values)
                if value not in ("", None)
            }
            for name, rows in answer["sheets"].items()
        },
        errors=tuple(
            CellError(sheet=sheet, cell=cell, text=text) for sheet, cell, text in answer["errors"]
        ),
    )


def _letters(column: int) -> str:
    """The column's name: A for 0, AA for 26."""
    name = ""
    while column >= 0:
        column, place = divmod(column, 26)
        name = chr(ord("A") + place) + name
        column -= 1
    return name
