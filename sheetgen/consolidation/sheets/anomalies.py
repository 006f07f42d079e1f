"""The sheet « Anomalies »: grids that are missing, then everything said about the returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.ordering import problem_key
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import ALERT, HELD, OPEN, WAITING, Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ReturnStatus
from sheetgen.problems import Severity
from sheetgen.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.model import CandidateId, JurorCode, Return
    from sheetgen.problems import Problem

KIND = "Nature"
JUROR = "Juré"
FILE = "Fichier"
SHEET = "Feuille"
CELL = "Cellule"
MESSAGE = "Constat"
HINT = "Que faire"

_MISSING = "Grille manquante"
_SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "Erreur",
    Severity.WARNING: "Avertissement",
    Severity.INFO: "Information",
}
_TONES = {
    _MISSING: WAITING,
    _SEVERITIES[Severity.ERROR]: ALERT,
    _SEVERITIES[Severity.WARNING]: OPEN,
    _SEVERITIES[Severity.INFO]: HELD,
}
_UNRETURNED = "La grille n'est pas revenue.", "Relancer qui l'a reçue."
_SITUATIONS: Mapping[ReturnStatus, tuple[str, str]] = {
    ReturnStatus.REJECTED: (
        "La grille est revenue mais elle est refusée : voir les erreurs de son fichier.",
        "La redemander à qui l'a reçue.",
    ),
    ReturnStatus.CONFLICT: (
        "Plusieurs grilles sont revenues, avec des appréciations différentes : aucune ne compte.",
        "Demander à qui l'a remplie laquelle fait foi, puis la choisir.",
    ),
}
_NONE = "✔ Rien à signaler."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """A row to write: its texts, by the titles of their columns."""

    rows: tuple[int]
    texts: Mapping[str, str]
    alike: None = None


ProblemsSheet: TypeAlias = "TableSheet[ProblemLine, None]"


def add_problems(book: ConsolidationBook) -> ProblemsSheet:
    """Add the sheet, still empty."""
    widths = {
        KIND: 18,
        layout.CANDIDATE: 9,
        JUROR: 16,
        FILE: 27,
        SHEET: 11,
        CELL: 8,
        MESSAGE: 46,
        HINT: 38,
    }
    columns = [_text_column(title, width) for title, width in widths.items()]
    return TableSheet(book, layout.PROBLEMS_SHEET, columns)


def _text_column(title: str, width: float) -> TableColumn[ProblemLine, None]:
    return TableColumn(
        title,
        width,
        style=Style.TEXT,
        value=lambda line: visible(line.texts[title]),
        fitted=True,
        tones=_TONES if title == KIND else None,
    )


def write_problems(sheet: ProblemsSheet) -> None:
    """Write missing grids, then problems by place."""
    book = sheet.book
    sheet.head(
        "Anomalies : grilles manquantes et constats",
        "Corriger, puis relancer la consolidation : cette feuille est refaite à chaque fois.",
    )
    sheet.begin(HEADER_ROW, frozen_columns=1)
    rows = [*_missing_rows(book), *_problem_rows(book)]
    for row, texts in enumerate(rows, start=HEADER_ROW + 1):
        sheet.add(ProblemLine(rows=(row,), texts=texts), lambda _: None)
    if not rows:
        sheet.write(HEADER_ROW + 1, KIND, _NONE, Style.SUBTITLE)
    sheet.complete(HEADER_ROW, HEADER_ROW + max(len(rows), 1))


def _missing_rows(book: ConsolidationBook) -> list[dict[str, str]]:
    session = book.decisions.session
    returned: dict[tuple[CandidateId | None, JurorCode | None], Return] = {
        (item.candidate, item.juror): item
        for item in book.decisions.returns
        if item.status in _SITUATIONS
    }
    rows = []
    for candidate, juror in book.decisions.missing:
        item = returned.get((candidate, juror))
        message, hint = _SITUATIONS[item.status] if item else _UNRETURNED
        rows.append(
            {
                KIND: _MISSING,
                layout.CANDIDATE: candidate,
                JUROR: f"{juror} · {session.juror[juror].full_name}",
                FILE: item.file if item else "",
                SHEET: "",
                CELL: "",
                MESSAGE: message,
                HINT: hint,
            }
        )
    return rows


def _problem_rows(book: ConsolidationBook) -> list[dict[str, str]]:
    """Return every problem once, whether it is told of the session or of one return."""
    owners = {problem: item for item in book.decisions.returns for problem in item.problems}
    everything = {*book.decisions.problems, *owners}
    return [
        _problem_row(problem, owners.get(problem))
        for problem in sorted(everything, key=problem_key)
    ]


def _problem_row(problem: Problem, owner: Return | None) -> dict[str, str]:
    return {
        KIND: _SEVERITIES[problem.severity],
        layout.CANDIDATE: (owner.candidate if owner else None) or "",
        JUROR: (owner.juror if owner else None) or "",
        FILE: problem.location.file,
        SHEET: problem.location.sheet,
        CELL: problem.location.cell,
        MESSAGE: problem.message,
        HINT: problem.hint,
    }
