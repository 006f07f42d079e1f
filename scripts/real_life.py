"""The events of `docs/guide/vie-reelle.md`: how each comes about, and what its commands print.

An event stands in the page between `<!-- cas : NAME -->` and `<!-- fin -->`: a block of console
lines, in which `$ ` begins a command and what follows is what of its output the page quotes. The
function of that name below brings the event about, in a copy of the example session.
`python scripts/real_life.py` writes the quotations again.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
import sys
import tempfile
import warnings
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from sheetgen.cli import main as program
from sheetgen.cli import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "guide" / "vie-reelle.md"
_EXAMPLES = ROOT / "examples"
_OUTPUTS = Path("outputs") / "DEMO-2026"
_CONSOLIDATION = _OUTPUTS / "consolidation" / "consolidation.xlsx"
_CASE = re.compile(r"<!-- cas : (\S+) -->\n```console\n(.*?)```\n<!-- fin -->", re.DOTALL)
_PROMPT = "$ "
_WIDTH = 100
_QUOTED = ("✘", "▲", "·", "Dans ", "écrit ", "rétabli ", "Étape suivante", "PROVISOIRE")
"""How the lines begin that the page quotes; tables and counts are left out."""


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
        book = _open(path)
        for place, value in cells.items():
            sheet, cell = place.split("!")
            book[sheet][cell] = value
        book.save(path)


def _open(path: Path, *, values: bool = False) -> Workbook:
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
        """Return a fresh copy of a stage: `sent`, `returned`, `consolidated` or `closed`."""
        self._copies += 1
        target = self._folder / f"copy{self._copies}"
        shutil.copytree(self._stage(stage).folder, target)
        return Place(folder=target)

    def _stage(self, stage: str) -> Place:
        if stage not in self._made:
            make = {
                "sent": self._sent,
                "returned": self._returned,
                "consolidated": self._consolidated,
                "closed": self._closed,
            }[stage]
            self._made[stage] = make()
        return self._made[stage]

    def _sent(self) -> Place:
        place = Place(folder=self._folder / "sent")
        (place.outputs / ".sheetgen").mkdir(parents=True)
        for name in ("referential.xlsx", "session.xlsx"):
            shutil.copy(_EXAMPLES / name, place.folder)
        # What is said of exemptions without effect is no part of the events.
        place.write("session.xlsx", {f"Aménagements!{cell}": None for cell in _WITHOUT_EFFECT})
        shutil.copytree(ROOT / "templates", place.folder / "templates")
        shutil.copy(_EXAMPLES / "sheetgen.key", place.outputs / ".sheetgen" / "key")
        _succeed(place, "sheetgen generate --no-reports")
        return place

    def _returned(self) -> Place:
        place = self.copy("sent")
        for folder in ("retours", "retour-tardif"):
            shutil.copytree(_EXAMPLES / folder, place.returns, dirs_exist_ok=True)
        return place

    def _consolidated(self) -> Place:
        place = self.copy("returned")
        _succeed(place, "sheetgen consolidate --no-reports")
        return place

    def _closed(self) -> Place:
        place = self.copy("consolidated")
        shutil.copy(_EXAMPLES / "deliberation.xlsx", place.folder)
        _succeed(place, "sheetgen finalize deliberation.xlsx")
        return place


def _succeed(place: Place, command: str) -> None:
    """Run a command that has to succeed.

    Raises:
        RuntimeError: it does not.
    """
    status, printed = place.run(command)
    if status:
        raise RuntimeError(printed)


EVENTS: dict[str, Callable[[Stages], Place]] = {}
"""What brings each event about, by its name in the page."""


def _event(prepare: Callable[[Stages], Place]) -> Callable[[Stages], Place]:
    """Register an event under the name of its function, with hyphens."""
    EVENTS[prepare.__name__.replace("_", "-")] = prepare
    return prepare


@_event
def numero_repris(stages: Stages) -> Place:
    """Type a newcomer over the line of a candidate whose grids are with the jurors."""
    place = stages.copy("returned")
    birth = dt.date(2000, 2, 1)
    place.write(
        "session.xlsx", {"Candidats!B5": "Durand", "Candidats!C5": "Léa", "Candidats!D5": birth}
    )
    return place


@_event
def noms_echanges(stages: Stages) -> Place:
    """Swap two candidates' names, as sorting one column or renumbering does."""
    place = stages.copy("returned")
    book = _open(place.folder / "session.xlsx")
    first, second = book["Candidats"]["B2:D3"]
    for one, other in zip(first, second, strict=True):
        one.value, other.value = other.value, one.value
    book.save(place.folder / "session.xlsx")
    return place


@_event
def parcours_change(stages: Stages) -> Place:
    """Let a candidate who presented one bloc present the whole certification."""
    place = stages.copy("returned")
    place.write("session.xlsx", {"Candidats!F11": "Certification complète", "Candidats!G11": None})
    return place


@_event
def session_reportee(stages: Stages) -> Place:
    """Put the session off by two weeks."""
    place = stages.copy("sent")
    later = {"Session!B4": dt.date(2026, 6, 29), "Session!B10": dt.date(2026, 7, 6)}
    place.write("session.xlsx", later)
    return place


@_event
def nouvelle_cle(stages: Stages) -> Place:
    """Lose the key for good."""
    return cle_perdue(stages)


@_event
def jure_remplace(stages: Stages) -> Place:
    """Type another juror over the one who has received grids."""
    place = stages.copy("returned")
    place.write("session.xlsx", {"Jurés!B4": "Durand", "Jurés!C4": "Hugo"})
    return place


@_event
def nom_corrige(stages: Stages) -> Place:
    """Correct a candidate's surname; the birth date and the first name say who it is."""
    place = stages.copy("returned")
    place.write("session.xlsx", {"Candidats!B8": "Bidon-Dupond"})
    return place


@_event
def nom_change(stages: Stages) -> Place:
    """Give a juror a new surname, and say the old one."""
    place = stages.copy("returned")
    former = {"Jurés!B4": "Durand", "Jurés!K1": "Ancien nom", "Jurés!K4": "Simulacre"}
    place.write("session.xlsx", former)
    return place


@_event
def date_limite(stages: Stages) -> Place:
    """Give the jurors another week."""
    place = stages.copy("sent")
    place.write("session.xlsx", {"Session!B10": dt.date(2026, 6, 29)})
    return place


@_event
def generate_interrompu(stages: Stages) -> Place:
    """Have `generate` stop half-way, at a file whose name a folder bears."""
    place = date_limite(stages)
    draft = place.outputs / "envois" / "J1.eml"
    draft.unlink()
    draft.mkdir()
    place.run("sheetgen generate --no-reports")
    draft.rmdir()
    return place


@_event
def candidat_ajoute(stages: Stages) -> Place:
    """Add a candidate, whom two jurors are to mark, after the grids have left."""
    place = stages.copy("returned")
    added = {"A12": "C11", "B12": "Durand", "C12": "Léa", "F12": "Certification complète"}
    rows = {"A24": "C11", "B24": "J1", "A25": "C11", "B25": "J2"}
    place.write(
        "session.xlsx",
        {f"Candidats!{cell}": new for cell, new in added.items()}
        | {f"Affectations!{cell}": new for cell, new in rows.items()},
    )
    return place


@_event
def candidat_absent(stages: Stages) -> Place:
    """Note on the day that a candidate has given up, whose grids are with the jurors."""
    place = stages.copy("returned")
    place.write("session.xlsx", {"Candidats!I5": "Abandon"})
    return place


@_event
def texte_corrige(stages: Stages) -> Place:
    """Correct the text of a criterion after the grids have left."""
    place = stages.copy("sent")
    place.write("referential.xlsx", {"Critères!C2": "La détermination de la veille est juste."})
    return place


@_event
def cle_perdue(stages: Stages) -> Place:
    """Lose the key while grids are with the jurors."""
    place = stages.copy("returned")
    (place.outputs / ".sheetgen" / "key").unlink()
    return place


@_event
def ancien_code(stages: Stages) -> Place:
    """Type the next session, with other candidates, under the code of the last one."""
    place = stages.copy("closed")
    people = {
        f"Candidats!{column}{row}": f"{name} {row}"
        for row in range(2, 12)
        for column, name in (("B", "Nouveau"), ("C", "Prénom"))
    }
    births = {f"Candidats!D{row}": dt.date(1990, 1, row) for row in range(2, 12)}
    place.write("session.xlsx", people | births | {"Session!B4": dt.date(2026, 12, 14)})
    return place


@_event
def grille_manquante(stages: Stages) -> Place:
    """Miss the grid of one juror."""
    place = stages.copy("returned")
    (place.returns / "grille_C10_J2_LEchantillon.xlsx").unlink()
    return place


@_event
def deux_versions(stages: Stages) -> Place:
    """Bring back a second version of a grid, with another mark."""
    place = stages.copy("returned")
    first = place.returns / "grille_C01_J1_Exemple.xlsx"
    _mark(first, place.returns / "grille_C01_J1_Exemple (2).xlsx", "Non acquis")
    return place


@_event
def retour_corrige(stages: Stages) -> Place:
    """Bring back the workbook of corrections, filled in, beside the file that it corrects."""
    place = stages.copy("returned")
    name = "grille_C01_J1_Exemple.xlsx"
    _mark(place.returns / name, place.returns / name, None)
    _succeed(place, "sheetgen consolidate --no-reports")
    (place.returns / "corrigé").mkdir()
    _mark(place.outputs / "corrections" / name, place.returns / "corrigé" / name, "Acquis")
    return place


def _mark(source: Path, target: Path, mark: str | None) -> None:
    """Save a grid with another mark for its first criterion."""
    book = _open(source)
    row = next(line for line in book["BC01"].iter_rows() if line[0].value == "C1.1.1")
    row[2].value = mark
    book.save(target)


@_event
def autre_chose(stages: Stages) -> Place:
    """Drop a photograph and a PDF among the returns."""
    place = stages.copy("returned")
    (place.returns / "grille.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")
    (place.returns / "grille.pdf").write_bytes(b"%PDF-1.7\n")
    return place


def _deliberated(stages: Stages) -> Place:
    """Return the session with the decisions of the example's jury in its own consolidation."""
    place = stages.copy("consolidated")
    example = _open(_EXAMPLES / "deliberation.xlsx")["Délibération"]
    book = _open(place.folder / _CONSOLIDATION, values=True)
    sheet = book["Délibération"]
    for number in range(5, 10):
        sheet[f"D{number}"].value = example[f"D{number}"].value
    decided = {(row[0].value, row[3].value): row for row in example.iter_rows(min_row=12)}
    for row in sheet.iter_rows(min_row=12):
        if said := decided.get((row[0].value, row[3].value)):
            row[5].value, row[6].value = said[5].value, said[6].value
        # The proposals that follow the blocs as the jury decided them, as Excel calculates them.
        if row[3].value == "Certification" and row[0].value in {"C05", "C09"}:
            row[4].value = "Délivrée"
    book.save(place.folder / _CONSOLIDATION)
    return place


@_event
def regle_changee(stages: Stages) -> Place:
    """Change a rule after the jury sat."""
    place = _deliberated(stages)
    book = _open(place.folder / "referential.xlsx")
    row = next(
        line for line in book["Règles"].iter_rows() if line[0].value == "Critère non observé"
    )
    row[1].value = "non acquis"
    book.save(place.folder / "referential.xlsx")
    return place


@_event
def noms_tries(stages: Stages) -> Place:
    """Swap the names of two candidates on the jury's sheet, as sorting one column does."""
    place = _deliberated(stages)
    path = place.folder / _CONSOLIDATION
    book = _open(path, values=True)
    sheet = book["Délibération"]
    for row in sheet.iter_rows(min_row=12, max_row=23):
        row[1].value = "D’Inventé" if row[1].value == "Exemple" else "Exemple"
    book.save(path)
    return place


@_event
def motif_vide(stages: Stages) -> Place:
    """Write a dash for the jury's reason."""
    place = _deliberated(stages)
    path = place.folder / _CONSOLIDATION
    book = _open(path, values=True)
    book["Délibération"]["G18"].value = "-"
    book.save(path)
    return place


@_event
def modele_abime(stages: Stages) -> Place:
    """Erase one brace of a Word template."""
    place = stages.copy("sent")
    path = place.folder / "templates" / "notification.docx"
    document = Document(str(path))
    run = next(
        run
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.text == "{{ candidat.motif }}"
    )
    run.text = "{{ candidat.motif }"
    document.save(str(path))
    return place


@_event
def session_close(stages: Stages) -> Place:
    """Close a session."""
    return stages.copy("closed")


@_event
def mauvais_dossier(stages: Stages) -> Place:
    """Leave a consolidation to be made again, from a folder whose name will be mistyped."""
    return stages.copy("consolidated")


def _certify(place: Place, field: str, value: str | None) -> Place:
    """Write a value of the sheet « Certification »."""
    book = _open(place.folder / "referential.xlsx")
    row = next(line for line in book["Certification"].iter_rows() if line[0].value == field)
    row[1].value = value
    book.save(place.folder / "referential.xlsx")
    return place


@_event
def code_manquant(stages: Stages) -> Place:
    """Come to the closing without the code of the certification."""
    return _certify(_deliberated(stages), "Code RNCP", None)


@_event
def papier_efface(stages: Stages) -> Place:
    """Close a session, of which a paper will be erased."""
    return stages.copy("closed")


@_event
def decisions_effacees(stages: Stages) -> Place:
    """Close a session, of which the decisions will be erased."""
    return stages.copy("closed")


@_event
def signataire_corrige(stages: Stages) -> Place:
    """Correct who signs after the session was closed."""
    return _certify(stages.copy("closed"), "Signataire", "Camille Fabule")


def read_cases(text: str) -> list[tuple[str, list[str]]]:
    """Return the name and the commands of every event of a page, in its order."""
    return [(name, list(_commands(block))) for name, block in _CASE.findall(text)]


def rewrite_cases(text: str, stages: Stages) -> str:
    """Return a page with what the commands of each event print now."""

    def block(match: re.Match[str]) -> str:
        place = EVENTS[match[1]](stages)
        lines: list[str] = []
        for command in _commands(match[2]):
            lines.append(f"{_PROMPT}{command}")
            lines += _quotation(place.run(command)[1])
        content = "".join(f"{line}\n" for line in lines)
        return f"<!-- cas : {match[1]} -->\n```console\n{content}```\n<!-- fin -->"

    return _CASE.sub(block, text)


def _commands(block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith(_PROMPT):
            yield line.removeprefix(_PROMPT)


def _quotation(printed: str) -> Iterator[str]:
    """Yield the lines that the page quotes, folded to its width."""
    for line in printed.splitlines():
        if line.startswith(_QUOTED):
            yield from wrapped(line, _WIDTH).replace("\N{NO-BREAK SPACE}", " ").splitlines()


def render_page() -> str:
    """Return the page as it should be: its own words, and what its commands print."""
    with tempfile.TemporaryDirectory() as folder:
        return rewrite_cases(PAGE.read_text(encoding="utf-8"), Stages(Path(folder)))


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"made {PAGE.name}\n")
