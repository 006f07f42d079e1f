"""The grid contract: the words and columns by which a grid is written and read, declared once.

Rows and columns may move on the juror's side, so a mark is found by the criterion code in its row,
never by its position. Where the writer puts everything is `sheetgen.grid.plan`.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Self

from sheetgen.text import GRID_SHEETS

if TYPE_CHECKING:
    from sheetgen.model import Assignment, Session

HOME_SHEET, SUMMARY_SHEET, STAMP_SHEET, TEXT_SHEET = GRID_SHEETS

CANDIDATE_LABEL, JUROR_LABEL, JURY_LABEL = "Candidat", "Juré", "Jury"
CODE_LABEL = "Code de la grille"
DECLARATION_LABEL = "Je déclare n’avoir aucun lien avec ce candidat"
DECLARATION_DATE_LABEL = "Date de la déclaration"
OPINION_LABEL = "Avis global sur le candidat"
REMARKS_LABEL = "Remarques pour le jury"
TYPED_BY_LABEL = "Saisie d’après papier par"
"""Labels whose value stands in the cell at their right."""

YES, NO = "Oui", "Non"

OWNER_MARK, JURY_MARK = "   ·   Juré : ", "   ·   Jury : "
"""Each stands between a candidate and a juror, or those who mark in common, in the line that says
whose marks a bloc's sheet holds."""

_LONGEST_LINE = 240
"""Characters of such a line; beyond that, codes stand for those who mark in common."""


class Column(Enum):
    """The columns of a bloc's sheet, from left to right; the values are the header cells.

    Attributes:
        index: from 0.
        width: in characters, as Excel counts; together they fill a small laptop at `ZOOM`.
    """

    CODE = "Code", 9
    CRITERION = "Critère", 112
    MARK = "Évaluation", 22
    COMMENT = "Observations", 34
    POINTS = "Points", 8
    STATE = "Suivi", 18

    def __new__(cls, header: str, _width: float) -> Self:
        """Return the member whose value is the header."""
        column = object.__new__(cls)
        column._value_ = header
        return column

    def __init__(self, _header: str, width: float) -> None:
        self.index = len(type(self).__members__)
        self.width = width


ZOOM = 85
"""The percentage at which every sheet opens: 1,100 to 1,290 pixels wide on a small laptop."""

HOME_WIDTHS = (29, 50, 17, 13, 29, 23, 42)
SUMMARY_WIDTHS = (10, 66, 10, 18, 28, 71)
"""The columns of the sheets of who and how, and of results, in characters."""

NOTED_WIDTHS = (10, 62, 10, 18, 11, 28, 63)
"""The columns of the sheet of results where people read notes: one more, before the opinion."""

TEXT_WIDTHS = (12, 95, 95)
"""The columns of the sheet that holds every text whole."""

INDENT = 1.6
"""What the indent of a cell takes of its column, in characters."""

CONTRACT_COLUMNS = (
    Column.CODE,
    Column.CRITERION,
    Column.MARK,
    Column.COMMENT,
    Column.POINTS,
)
"""The header cells by which a bloc's sheet is known, whatever its name."""

SUMMARY_HEADER = ("Code", "Intitulé", "Score", "Résultat")
"""The header cells of the summary sheet, from its first column on."""

SUMMARY_NOTE = "Note"
"""The header cell at their right where people read notes."""


def candidate_name(session: Session, assignment: Assignment) -> str:
    """Return the candidate's name for a grid: the number alone under anonymity."""
    candidate = session.candidate[assignment.candidate]
    if session.anonymous:
        return f"Candidat n° {candidate.id}"
    name = f"{candidate.last_name.upper()} {candidate.first_name} (n° {candidate.id})"
    return _on_one_line(name)


def juror_name(session: Session, assignment: Assignment) -> str:
    """Return the juror's name for a grid; of those who mark in common, each one's."""
    return ", ".join(member_names(session, assignment))


def member_names(session: Session, assignment: Assignment) -> tuple[str, ...]:
    """Return the names of those whose marks a grid holds, each with their code."""
    people = session.juror[assignment.juror].people
    return tuple(_on_one_line(f"{item.full_name} ({item.code})") for item in people)


def owner_line(session: Session, assignment: Assignment) -> str:
    """Return the line below a sheet's title that says whose marks it holds."""
    candidate = candidate_name(session, assignment)
    if not session.juror[assignment.juror].members:
        return f"{candidate}{OWNER_MARK}{juror_name(session, assignment)}"
    line = f"{candidate}{JURY_MARK}{juror_name(session, assignment)}"
    return line if len(line) <= _LONGEST_LINE else f"{candidate}{JURY_MARK}{assignment.juror}"


_CANDIDATE_NUMBER = re.compile(r"\s*\(n°\s*[^()]*\)$")
_JUROR_CODE = re.compile(r"\s*\([^()]*\)$")


def name_in(text: str, label: str) -> str | None:
    """Return the name that a grid prints of its candidate or juror; None where that text is none.

    Args:
        text: as `candidate_name` or `juror_name` made it, perhaps changed since.
        label: `CANDIDATE_LABEL` or `JUROR_LABEL`.
    """
    ending = _CANDIDATE_NUMBER if label == CANDIDATE_LABEL else _JUROR_CODE
    name, found = ending.subn("", text.strip())
    return name if found and name else None


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
