"""The example session at the stages from which the events of `docs/guide/vie-reelle.md` start."""

from __future__ import annotations

import shlex
import shutil
import warnings
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from openpyxl import load_workbook

from sheetgen.cli import main as program

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
_OUTPUTS = Path("outputs") / "DEMO-2026"
CONSOLIDATION = _OUTPUTS / "consolidation" / "consolidation.xlsx"
_WITHOUT_EFFECT = [f"{column}{row}" for row in (6, 7) for column in "ABCDEFGHI"]
"""The cells of exemptions of the example that have no effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder in which a session goes on: the workbooks at its top, `outputs/` below."""

    folder: Path

    @property
    def outputs(self) -> Path:
        """Return the session's folder."""
        return self.folder / _OUTPUTS

    @property
    def returns(self) -> Path:
        """Return the folder of the grids that came back."""
        return self.outputs / "retours"

    def run(self, command: str) -> tuple[int, str]:
        """Run a command as it is typed in the folder; return its status and what it printed."""
        words = shlex.split(command.replace("\\\n", " "))
        with chdir(self.folder):
            if words[0] != "sheetgen":
                return _run_plain(words)
            result = CliRunner().invoke(program, words[1:], env={"COLUMNS": "100"})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    def write(self, workbook: str, cells: Mapping[str, str | dt.date | None]) -> None:
        """Write values into cells, each named as « Sheet!B4 »."""
        path = self.folder / workbook
        book = open_book(path)
        for place, value in cells.items():
            sheet, cell = place.split("!")
            book[sheet][cell] = value
        book.save(path)

    def name(self, workbook: str, sheet: str, name: str, value: str | None) -> None:
        """Write a value beside its name, on a sheet of names and values."""
        path = self.folder / workbook
        book = open_book(path)
        row = next(line for line in book[sheet].iter_rows() if line[0].value == name)
        row[1].value = value
        book.save(path)


def open_book(path: Path, *, values: bool = False) -> Workbook:
    """Return a workbook to change, with `values` as an application had calculated it.

    openpyxl says that it leaves out extensions; these are for looks alone.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path, data_only=values)


def _run_plain(words: list[str]) -> tuple[int, str]:
    """Do what `cp`, `mv` and `rm` do, on any system."""
    match words:
        case ["cp", source, target]:
            shutil.copy(source, target)
        case ["mv", source, target]:
            shutil.move(source, target)
        case ["rm", target]:
            Path(target).unlink()
        case _:
            message = f"the page shows a command that no event can run: {words}"
            raise ValueError(message)
    return 0, ""


class Stages:
    """The example session at the stages from which events start, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Place] = {}
        self._copies = 0

    def copy(self, stage: str) -> Place:
        """Return a fresh copy of a stage.

        Args:
            stage: `prepared`, `sent`, `returned`, `consolidated`, `deliberated` or `closed`; or
                `common`, where grids that jurors fill in together were sent.
        """
        self._copies += 1
        target = self._folder / f"copy{self._copies}"
        shutil.copytree(self._stage(stage).folder, target)
        return Place(folder=target)

    def _stage(self, stage: str) -> Place:
        if stage not in self._made:
            make = {
                "prepared": self._prepared,
                "common": self._common,
                "sent": self._sent,
                "returned": self._returned,
                "consolidated": self._consolidated,
                "deliberated": self._deliberated,
                "closed": self._closed,
            }[stage]
            self._made[stage] = make()
        return self._made[stage]

    def _prepared(self) -> Place:
        place = Place(folder=self._folder / "prepared")
        (place.outputs / ".sheetgen").mkdir(parents=True)
        for name in ("referential.xlsx", "session.xlsx"):
            shutil.copy(EXAMPLES / name, place.folder)
        # What is said of exemptions without effect is no part of the events.
        place.write("session.xlsx", {f"Aménagements!{cell}": None for cell in _WITHOUT_EFFECT})
        shutil.copytree(ROOT / "templates", place.folder / "templates")
        shutil.copy(EXAMPLES / "sheetgen.key", place.outputs / ".sheetgen" / "key")
        return place

    def _sent(self) -> Place:
        place = self.copy("prepared")
        succeed(place, "sheetgen generate --no-reports")
        return place

    def _common(self) -> Place:
        place = self.copy("prepared")
        place.name("session.xlsx", "Session", "Notation", "Commune")
        succeed(place, "sheetgen generate --no-reports")
        return place

    def _returned(self) -> Place:
        place = self.copy("sent")
        for folder in ("retours", "retour-tardif"):
            shutil.copytree(EXAMPLES / folder, place.returns, dirs_exist_ok=True)
        return place

    def _consolidated(self) -> Place:
        place = self.copy("returned")
        succeed(place, "sheetgen consolidate --no-reports")
        return place

    def _deliberated(self) -> Place:
        """Write the decisions of the example's jury into the session's own consolidation."""
        place = self.copy("consolidated")
        example = open_book(EXAMPLES / "deliberation.xlsx")["Délibération"]
        book = open_book(place.folder / CONSOLIDATION, values=True)
        sheet = book["Délibération"]
        for number in range(5, 10):
            sheet[f"D{number}"].value = example[f"D{number}"].value
        decided = {(row[0].value, row[3].value): row for row in example.iter_rows(min_row=12)}
        for row in sheet.iter_rows(min_row=12):
            if said := decided.get((row[0].value, row[3].value)):
                row[5].value, row[6].value = said[5].value, said[6].value
            # Proposals that follow the blocs as the jury decided them, as Excel calculates them.
            if row[3].value == "Certification" and row[0].value in {"C05", "C09"}:
                row[4].value = "Délivrée"
        book.save(place.folder / CONSOLIDATION)
        return place

    def _closed(self) -> Place:
        place = self.copy("consolidated")
        shutil.copy(EXAMPLES / "deliberation.xlsx", place.folder)
        succeed(place, "sheetgen finalize deliberation.xlsx")
        return place


def succeed(place: Place, command: str) -> None:
    """Run a command that has to succeed.

    Raises:
        RuntimeError: it does not.
    """
    status, printed = place.run(command)
    if status:
        raise RuntimeError(printed)
