"""A small session, its consolidation, and what a jury writes there.

Rows of « Délibération », with what is proposed:

| row | candidate | subject       | proposal             |
|-----|-----------|---------------|----------------------|
| 12  | 1         | BC01          | Validé               |
| 13  | 1         | BC02          | Non validé           |
| 14  | 1         | Certification | Validation partielle |
| 15  | 2         | BC01          | Validé               |
| 16  | 2         | Certification | Délivrée             |
| 17  | 4         | BC01          | À délibérer          |
| 18  | 4         | BC02          | Validé               |
| 19  | 4         | Certification | À délibérer          |
| 20  | 5         | BC01          | Non validé           |
| 21  | 5         | BC02          | Non validé           |
| 22  | 5         | Certification | Non délivrée         |

Candidate 2 holds BC02; candidate 3 did not come.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import builders
import consolidated

from sheetgen.consolidation import plan_consolidation
from sheetgen.jury import read_deliberation
from sheetgen.model import (
    CandidateId,
    Deliberation,
    Referential,
    Return,
    ReturnStatus,
    Session,
    SessionDecisions,
    Status,
)
from sheetgen.rules import decide_session
from sheetgen.spreadsheet import RawWorkbook
from sheetgen.spreadsheet import read_workbook as read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.problems import Problem

FILE = "consolidation.xlsx"
JUNE_15, HALF_PAST_FIVE = 46188, 17.5 / 24
"""As a spreadsheet stores 15/06/2026 and 17:30."""

CLOSED: Mapping[str, str | float] = {"D6": JUNE_15, "D7": HALF_PAST_FIVE}
SETTLED: Mapping[str, str | float] = {
    **CLOSED,
    "D5": "Oui",
    "G13": "Maquette non conforme",
    "F17": "Validé",
    "G17": "Vu pendant l'entretien",
    "G20": "Brief non analysé",
    "G21": "Maquette absente",
    "G22": "Aucun bloc acquis",
    "E19": "→Délivrée",
}
"""The least that closes the session: all adopted but what was to be deliberated. The arrow stands
for the value that an application calculates in a formula's cell."""

MARKS = {
    "1": ("2 2 0", "2 2 0"),
    "2": ("2 2", "2 2"),
    "4": ("- - 2", "- - 2"),
    "5": ("0 0 0", "0 0 0"),
}


def small_referential() -> Referential:
    """BC01 with two criteria, BC02 with one, the shipped scale and the default rules."""
    return builders.referential({"C1.1": 2, "C2.1": 1})


def small_session(known: Referential) -> Session:
    """Five candidates and two external jurors."""
    both = ("BC01", "BC02")
    return builders.session(
        known,
        candidates=[
            builders.candidate("1", presented=both),
            builders.candidate("2", presented=("BC01",), held=("BC02",)),
            builders.candidate("3", status=Status.ABSENT),
            builders.candidate("4", presented=both),
            builders.candidate("5", presented=both),
        ],
    )


def decide(
    known: Referential, session: Session, given: Mapping[str, tuple[str, ...]] = MARKS
) -> SessionDecisions:
    """The decisions on these marks, each juror's as points in the criteria's order."""
    counted = {
        (CandidateId(number), juror): marks
        for number, rows in given.items()
        for juror, marks in builders.marks(known, J1=rows[0], J2=rows[1]).items()
    }
    return builders.session_decisions(
        known,
        session,
        decide_session(known, session, counted),
        returns=tuple(
            Return(
                file=f"grille_{candidate}_{juror}.xlsx",
                sha256=hashlib.sha256(f"{candidate}/{juror}".encode()).hexdigest(),
                candidate=candidate,
                juror=juror,
                status=ReturnStatus.ACCEPTED,
            )
            for candidate, juror in counted
        ),
    )


def small_decisions() -> SessionDecisions:
    """The session of this module's table."""
    known = small_referential()
    return decide(known, small_session(known))


def write(folder: Path, decisions: SessionDecisions) -> Path:
    """The consolidation, as `consolidate` writes it."""
    path = folder / FILE
    consolidated.write(path, decisions)
    return path


def fill(path: Path, cells: Mapping[str, str | float | None], sheet: str = "Délibération") -> Path:
    """Writes cells of a sheet as a program would that recalculates nothing; None empties one.

    A text after an arrow is what the formula of the cell comes to, and nothing after it is a value
    that was lost.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    text = parts[part].decode()
    for cell, value in cells.items():
        text = _write_cell(text, cell, value)
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def _write_cell(text: str, cell: str, value: str | float | None) -> str:
    found = re.search(rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)', text)
    if found is None:
        message = f"the sheet has no cell {cell}"
        raise LookupError(message)
    style = found[1] or ""
    if isinstance(value, str) and value.startswith("→"):
        formula = re.search("<f>.*?</f>", found[0])
        assert formula is not None, f"{cell} is no formula"
        shown = f"<v>{escape(value[1:])}</v>" if value[1:] else ""
        written = f'<c r="{cell}"{style} t="str">{formula[0]}{shown}</c>'
    elif value is None:
        written = f'<c r="{cell}"{style}/>'
    elif isinstance(value, str) and value.startswith("="):
        written = f'<c r="{cell}"{style} t="str"><f>{escape(value[1:])}</f><v>Validé</v></c>'
    elif isinstance(value, str):
        written = f'<c r="{cell}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        written = f'<c r="{cell}"{style}><v>{value}</v></c>'
    return text[: found.start()] + written + text[found.end() :]


def without_proposals(path: Path) -> Path:
    """The workbook as it was written before proposals were noted in its hidden sheet."""
    names = ("G1", "H1", "G7", "H7", "I7", "J7")
    return fill(path, dict.fromkeys(names), sheet="_sheetgen")


def read_workbook(path: Path) -> RawWorkbook:
    """Everything in the file, in its own format."""
    return read_bytes(path.read_bytes())


def read(path: Path, decisions: SessionDecisions) -> tuple[Deliberation | None, list[Problem]]:
    """Return what the jury decided, and every problem."""
    return judged(read_workbook(path), decisions)


def judged(
    workbook: RawWorkbook, decisions: SessionDecisions
) -> tuple[Deliberation | None, list[Problem]]:
    """Return what the jury decided in a workbook of the whole session, with every problem."""
    (plan,) = plan_consolidation(decisions)
    return read_deliberation(workbook, plan, FILE)


def rearranged(workbook: RawWorkbook, sheet: str, order: list[int]) -> RawWorkbook:
    """The workbook with only these rows of a sheet, counted from 1, in this order."""
    changed = []
    for item in workbook.sheets:
        if item.name != sheet:
            changed.append(item)
            continue
        kept = {
            place: item.rows[number - 1]
            for place, number in enumerate(order)
            if number - 1 in item.rows
        }
        changed.append(replace(item, rows=kept, formulas={}, merged=()))
    return replace(workbook, sheets=tuple(changed))
