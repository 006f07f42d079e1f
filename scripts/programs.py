"""Programs that save a grid anew, driven for real: each in every format that it writes.

`scripts/install-programs` brings those that are no development dependency.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import ironcalc
import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from office import Office

_RESAVE = Path(__file__).with_name("resave.cjs")
_FOLDER = Path(sys.prefix) / "programs"
_SECONDS = 300


class ProgramMissing(Exception):  # noqa: N818 (it names the state, and is no fault of the code)
    """A program is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A format in which a program saves a workbook.

    Attributes:
        program: its name, as users know it.
        ending: of the files.
        note: which kind of that format, in French, where the program writes several.
        save: saves each workbook as the file beside it.
    """

    program: str
    ending: str
    note: str
    save: Callable[[Mapping[Path, Path]], None]

    @property
    def name(self) -> str:
        """What the format is called."""
        return f"{self.ending} ({self.note})" if self.note else self.ending


def find_ways(libreoffice: Office) -> Iterator[Way]:
    """Yield every program in every format that it writes.

    Raises:
        ProgramMissing: run `sh scripts/install-programs` first.
    """
    for ending in (".xlsx", ".xlsm", ".xls", ".ods", ".fods"):
        yield Way(
            program="LibreOffice", ending=ending, note="", save=_save_office(libreoffice, ending)
        )
    for ending, note, exporter in _GNUMERIC:
        yield Way(program="Gnumeric", ending=ending, note=note, save=_save_gnumeric(exporter))
    yield Way(program="openpyxl", ending=".xlsx", note="", save=_save_openpyxl)
    yield Way(program="IronCalc", ending=".xlsx", note="", save=_save_ironcalc)
    for program, package, endings in _NODE:
        for ending in endings:
            yield Way(program=program, ending=ending, note="", save=_save_node(package))


_GNUMERIC = (
    (".xlsx", "2007", "Gnumeric_Excel:xlsx"),
    (".xlsx", "2010", "Gnumeric_Excel:xlsx2"),
    (".xls", "97-2003", "Gnumeric_Excel:excel_biff8"),
    (".xls", "5.0/95", "Gnumeric_Excel:excel_biff7"),
    (".xls", "95 et 97-2003", "Gnumeric_Excel:excel_dsf"),
    (".ods", "étendu", "Gnumeric_OpenCalc:odf"),
    (".ods", "strict", "Gnumeric_OpenCalc:openoffice"),
)
"""Ending, kind and exporter of each format."""

_NODE = (
    ("ExcelJS", "exceljs", (".xlsx",)),
    ("SheetJS", "xlsx", (".xlsx", ".xlsb", ".xls", ".ods", ".fods")),
    ("xlsx-populate", "xlsx-populate", (".xlsx",)),
)
"""Name, package and endings of each library of npm."""


def find_versions() -> Mapping[str, str]:
    """Return each program's version, by its name.

    Raises:
        ProgramMissing: run `sh scripts/install-programs` first.
    """
    return {
        "LibreOffice": _first_number(["soffice", "--version"]),
        "Gnumeric": _first_number([_program("ssconvert"), "--version"]),
        "openpyxl": version("openpyxl"),
        "IronCalc": version("ironcalc"),
        **{program: _node_version(package) for program, package, _ in _NODE},
    }


def _first_number(command: Sequence[str]) -> str:
    answer = subprocess.run(command, capture_output=True, check=True, text=True, timeout=_SECONDS)
    words = (answer.stdout + answer.stderr).replace("'", " ").split()
    return next(word for word in words if word[0].isdigit())


def _program(name: str) -> str:
    """Return where a program is: on the path, or brought by a package of this environment."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.prefix) / "bin"))
    if found is None:
        message = f"no {name}: run sh scripts/install-programs {sys.prefix}"
        raise ProgramMissing(message)
    return found


def _node_version(package: str) -> str:
    file = _FOLDER / "node_modules" / package / "package.json"
    if not file.exists():
        message = f"no {package}: run sh scripts/install-programs {sys.prefix}"
        raise ProgramMissing(message)
    lines = file.read_text(encoding="utf-8").split('"version": "')
    return lines[1].partition('"')[0]


def _save_office(libreoffice: Office, ending: str) -> Callable[[Mapping[Path, Path]], None]:
    def save(files: Mapping[Path, Path]) -> None:
        for source, target in files.items():
            (saved,) = libreoffice.convert([source], target.parent / "office", ending)
            saved.rename(target)

    return save


def _save_gnumeric(exporter: str) -> Callable[[Mapping[Path, Path]], None]:
    def save(files: Mapping[Path, Path]) -> None:
        for source, target in files.items():
            _run([_program("ssconvert"), "-T", exporter, str(source), str(target)])

    return save


def _save_node(package: str) -> Callable[[Mapping[Path, Path]], None]:
    def save(files: Mapping[Path, Path]) -> None:
        pairs = [str(file) for pair in files.items() for file in pair]
        _run([_program("node"), str(_RESAVE), str(_FOLDER), package, *pairs])

    return save


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)


def _save_openpyxl(files: Mapping[Path, Path]) -> None:
    for source, target in files.items():
        with warnings.catch_warnings():
            # It tells which parts it does not keep.
            warnings.simplefilter("ignore")
            openpyxl.load_workbook(source).save(target)


def _save_ironcalc(files: Mapping[Path, Path]) -> None:
    for source, target in files.items():
        book = ironcalc.load_from_xlsx(str(source), "fr", "Europe/Paris", "fr")
        book.evaluate()
        target.unlink(missing_ok=True)
        book.save_to_xlsx(str(target))
