"""The hidden sheet « _fiche », still empty: what stands above its table, and the table's columns.

Above stand a title and a value each. The table's n-th row is the n-th bloc, competency, épreuve,
line of the deliberation and criterion of the candidate whom « Fiche » shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.sheets import card_people
from sheetgen.consolidation.sheets.card_people import (
    ASSESSMENTS,
    BLOCKS,
    COMPETENCIES,
    CRITERIA,
    MATTERS,
)
from sheetgen.consolidation.sheets.card_texts import ALL, FIRST, REST
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook

TYPED, RANK, NUMBER, NAME, OPINIONS, RIGHT, LEFT, MISSED, HEAD, MIDDLE = (
    "Saisi",
    "Rang",
    "Candidat",
    "Nom",
    "Avis des jurés",
    "Texte à droite",
    "Texte à gauche",
    "Critères manquants",
    "Début des observations",
    "Écarts puis avis",
)
PLACES = (BLOCKS, COMPETENCIES, CRITERIA, ASSESSMENTS, MATTERS)
SCALARS = (
    *(TYPED, RANK, NUMBER, NAME, OPINIONS, RIGHT, LEFT, MISSED, HEAD, MIDDLE),
    *(title for places in PLACES for title in (places.first, places.count)),
)
"""The rows above the table, one each: the title, then its value."""

PEOPLE_TEXTS = {
    NUMBER: card_people.NUMBER,
    NAME: card_people.NAME,
    OPINIONS: card_people.OPINIONS,
    RIGHT: card_people.RIGHT,
    LEFT: card_people.LEFT,
    MISSED: card_people.MISSING,
}
"""The titles above the table of what stands as a text in the candidate's row of « _candidats »."""

HEADER_ROW_OF_TABLE = len(SCALARS) + 2
"""The row of the titles of the table."""

N = "n"
BLOCK, COMPETENCY, ASSESSMENT, MATTER = "Bloc", "Compétence", "Épreuve", "Objet"
PLACE, CODE, TITLE, OWN_BLOCK, OWN_COMPETENCY = (
    "Place",
    "Critère",
    "Intitulé",
    "Bloc du critère",
    "Compétence du critère",
)
STATE, DIVERGENT, ACQUIRED, REMARK, LAST, BLOCK_RANK = (
    "État",
    "Écart",
    "Acquis",
    "Observations",
    "Dernier de sa compétence",
    "Rang du bloc",
)
TOLD = "Raisons"
MARKS, ITEM, CLASS, MISSING = "Appréciations", "Ligne", "Ordre", "Manquants"
NUMBERS = (N, PLACE, DIVERGENT, LAST, BLOCK_RANK, CLASS)


def text_title(kind: int, *, right: bool) -> str:
    """Return the title over the text so far, up to criteria of one order."""
    return f"Texte {'à droite' if right else 'à gauche'} {kind}"


def slot_title(what: str, slot: int) -> str:
    """Return the title over what concerns the juror of a slot."""
    return f"{what} {slot}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingLine:
    """A row of the table; `alike` says whether it is the first one."""

    rows: tuple[int, int, int]
    alike: bool
    rank: int


Formulas: TypeAlias = "Mapping[str, str]"
WorkingsSheet: TypeAlias = "TableSheet[WorkingLine, Formulas]"


def add_workings(book: ConsolidationBook) -> WorkingsSheet:
    """Add the sheet, still empty."""
    return TableSheet(book, layout.WORKINGS_SHEET, [_column(title) for title in _titles(book)])


def _titles(book: ConsolidationBook) -> Iterator[str]:
    slots = range(1, book.plan.seats + 1)
    yield from (N, BLOCK)
    yield from (slot_title("Juré du bloc", slot) for slot in slots)
    yield from (COMPETENCY, ASSESSMENT, MATTER, TOLD)
    if not book.plan.detailed:
        return
    yield from (PLACE, CODE, TITLE, OWN_BLOCK)
    yield from (OWN_COMPETENCY, STATE, DIVERGENT, ACQUIRED, REMARK, LAST, BLOCK_RANK)
    for what in ("Juré", "Appréciation", "Abrégé", "Du juré", "De la compétence"):
        yield from (slot_title(what, slot) for slot in slots)
    yield from (MARKS, ITEM, CLASS, MISSING)
    for kind in (FIRST, REST, ALL):
        yield from (text_title(kind, right=right) for right in (True, False))


def _column(title: str) -> TableColumn[WorkingLine, Formulas]:
    def value(line: WorkingLine) -> str | int:
        if title == N:
            return line.rank
        return 0 if title in NUMBERS else ""

    return TableColumn(
        title,
        20,
        style=Style.HIDDEN,
        value=value,
        formula=lambda shape: shape.get(title, ""),
    )
