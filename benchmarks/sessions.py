"""Sessions of any size, made, filled and decided on as people would, for what is measured here.

Run as a program, `sessions.py STEP FOLDER …`, so that whoever measures loads nothing of this:

- `make FOLDER CANDIDATES one|random`: a session workbook, and the référentiel it goes with;
- `fill FOLDER`: every grid that `generate` wrote, marked and put where returns are looked for;
- `decide FOLDER`: the jury's decisions, in the workbook that `consolidate` wrote.
"""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from html import escape
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.jury import open_consolidation
from sheetgen.jury.form import CellReader, read_form
from sheetgen.problems import Problem
from sheetgen.sources import read_referential
from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import Contents, write_source_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sheetgen.model import Level, Referential

ROOT = Path(__file__).parent.parent
REFERENTIAL = ROOT / "examples" / "referential.xlsx"
"""The shipped one, with a signatory, so that its papers are complete."""

CODE = "MESURES"
CANDIDATES_OF_A_JUROR, FEWEST_GROUPS = 50, 3
ROUTES = ("Certification complète", "Capitalisation de blocs")

_LISTED = re.compile(rb'<dataValidation type="list"[^>]* sqref="([BC])([0-9]+)"')
"""The cells that have a list: a mark, or « Oui » and « Non »."""

_EMPTY_CELL = re.compile(rb'<c r="([BCD])([0-9]+)" s="([0-9]+)"/>')
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')

Row = dict[str, str]


def make(folder: Path, candidates: int, kind: str) -> None:
    """Write the workbook of a session of so many candidates, two jurors each.

    Args:
        folder: where it goes.
        candidates: how many.
        kind: `one`, for everybody presents all to jurors of their own group, or `random`: blocs,
            routes and jurors are drawn, and hardly two candidates have the same ones.
    """
    blocks = [block.code for block in _referential().blocks]
    groups = max(FEWEST_GROUPS, -(-candidates // CANDIDATES_OF_A_JUROR))
    jurors = [f"J{place + 1}" for place in range(2 * groups)]
    chance = random.Random(candidates)  # noqa: S311 - nobody is to guess anything here
    people: list[Row] = []
    assignments: list[Row] = []
    for place in range(candidates):
        group = 2 * (place // CANDIDATES_OF_A_JUROR)
        seats, presented, route = jurors[group : group + 2], blocks, ROUTES[0]
        if kind == "random":
            seats = chance.sample(jurors, 2)
            presented = chance.sample(blocks, chance.randint(1, len(blocks)))
            route = chance.choice(ROUTES)
        people.append(
            {
                "N°": f"{place:05}",
                "Nom": f"Nom{place}",
                "Prénom": "Prénom",
                "Date de naissance": "01/02/2000",
                "Parcours": route,
                "Voie d'accès": "Formation continue",
                "Blocs présentés": "; ".join(sorted(presented)),
                "Blocs déjà acquis": "; ".join(sorted({*blocks} - {*presented})),
            }
        )
        assignments += ({"Candidat": f"{place:05}", "Juré": seat} for seat in seats)
    write_source_workbook(
        folder / "session.xlsx",
        SESSION,
        Contents(
            fields={
                "Session": {
                    "Code": CODE,
                    "Intitulé": "Session engendrée",
                    "Date": "15/06/2026",
                    "Heure": "09:00",
                    "Date limite de retour": "20/06/2026",
                    "Centre": "Centre",
                    "Numéro de PV": "1",
                    "Représentant du certificateur": "Représentant",
                    "Adresse": "Adresse",
                }
            },
            rows={
                "Candidats": people,
                "Jurés": [
                    {
                        "Code": code,
                        "Nom": f"Juré{place}",
                        "Prénom": "Prénom",
                        "Qualité": "Membre",
                        "Organisme": "Organisme",
                        "Externe": "Oui",
                        "Rôle": "Membre" if place else "Président",
                        "Email": f"{code}@example.org",
                    }
                    for place, code in enumerate(jurors)
                ],
                "Affectations": assignments,
            },
        ),
    )


def fill(folder: Path) -> None:
    """Mark every grid, a third of the candidates better than another, and return it."""
    levels = _referential().scale.levels
    grids = sorted(folder.glob(f"outputs/{CODE}/grilles/*/*.xlsx"))
    for number, path in enumerate(grids):
        target = path.parents[2] / "retours" / path.name
        target.write_bytes(filled(path.read_bytes(), levels, number))


def filled(grid: bytes, levels: Iterable[Level], number: int) -> bytes:
    """Return the grid with a level on each criterion, and a remark where it is not acquired.

    One number always gives the same marks, two numbers hardly ever.
    """
    chance = random.Random(number)  # noqa: S311 - likewise
    best, *others = sorted(levels, key=lambda level: level.points, reverse=True)
    of_ten = [best] * (4 + 3 * (number // 2 % 3))
    offered = [*of_ten, *islice(cycle(others), 10 - len(of_ten))]

    def change(name: str, part: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return part
        return _marked(part, offered, chance)

    return _changed(grid, change)


def _marked(sheet: bytes, offered: list[Level], chance: random.Random) -> bytes:
    listed = _LISTED.findall(sheet)
    given = {row: chance.choice(offered) for column, row in listed if column == b"C"}
    declared = {row for column, row in listed if column == b"B"}

    def write(found: re.Match[bytes]) -> bytes:
        column, row, style = found.groups()
        said = _said(column, given.get(row), row in declared)
        if not said:
            return found[0]
        if column == b"D":
            said += f" ({chance.random():.12f})"
        text = b"<is><t>" + said.encode() + b"</t></is>"
        return b'<c r="%b%b" s="%b" t="inlineStr">%b</c>' % (column, row, style, text)

    return _EMPTY_CELL.sub(write, sheet)


def _said(column: bytes, level: Level | None, declared: bool) -> str:  # noqa: FBT001 - of one cell
    """Return what a juror writes in a cell; empty for nothing."""
    if column == b"B":
        return "Oui" if declared else ""
    if level is None or (column == b"D" and level.acquired):
        return ""
    return level.label if column == b"C" else "La démarche reste à argumenter"


def decide(folder: Path) -> None:
    """Adopt every proposal, with a reason, as a jury does that has nothing to deliberate."""
    path = folder / "outputs" / CODE / "consolidation" / "consolidation.xlsx"
    workbook = open_consolidation(path)
    if isinstance(workbook, Problem):
        raise SystemExit(str(workbook))
    form = read_form(workbook, CellReader(str(path)))
    if form is None:
        message = f"{path} is no consolidation"
        raise SystemExit(message)
    answers = {
        "Le jury adopte les propositions laissées vides": "Oui",
        "Date de clôture": "24/06/2026",
        "Heure de clôture": "17:30",
    }
    cells = {form.answers[label].cell: said for label, said in answers.items()}
    cells |= {row.reason.cell: "Vu les appréciations des jurés." for row in form.rows}
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    part = f"xl/worksheets/sheet{names.index('Délibération') + 1}.xml"
    path.with_name("jury.xlsx").write_bytes(
        _changed(data, lambda name, sheet: _written(sheet, cells) if name == part else sheet)
    )


def _written(sheet: bytes, cells: Mapping[str, str]) -> bytes:
    def write(found: re.Match[str]) -> str:
        said = cells.get(found[1])
        if said is None:
            return found[0]
        style = found[2] or ""
        return f'<c r="{found[1]}"{style} t="inlineStr"><is><t>{escape(said)}</t></is></c>'

    return _CELL.sub(write, sheet.decode()).encode()


def _changed(workbook: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook with each of its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(result, "w") as target:
        for entry in source.infolist():
            content = change(entry.filename, source.read(entry))
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return result.getvalue()


def _referential() -> Referential:
    referential, problems = read_referential(REFERENTIAL)
    if referential is None:
        raise SystemExit(str(problems))
    return referential


def main() -> None:
    """Do the step that the command line names."""
    step, folder = sys.argv[1], Path(sys.argv[2])
    if step == "make":
        make(folder, int(sys.argv[3]), sys.argv[4])
    else:
        {"fill": fill, "decide": decide}[step](folder)


if __name__ == "__main__":
    main()
