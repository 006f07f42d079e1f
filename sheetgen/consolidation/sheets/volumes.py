"""The sheet « Classeurs » of a large session: where each bloc's criteria are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.styles import Style
from sheetgen.rules import Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from sheetgen.consolidation.plan import WorkbookPlan
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook

TITLE = "Intitulé"
FILE = "Classeur"
FROM, TO = "Du candidat", "Au candidat"
PEOPLE, CRITERIA = "Candidats", "Critères"

_NOTE = (
    "Cliquer sur un classeur pour voir les appréciations et en essayer d'autres ; les classeurs "
    "doivent rester dans leur dossier. Rien de ce qu'on y change n'entre ici."
)


def add_volumes(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    return LiveSheet(
        book,
        layout.VOLUMES_SHEET,
        [
            SheetColumn(layout.BLOCK, 8),
            SheetColumn(TITLE, 70),
            SheetColumn(FILE, 44),
            SheetColumn(FROM, 14),
            SheetColumn(TO, 14),
            SheetColumn(PEOPLE, 12),
            SheetColumn(CRITERIA, 12),
        ],
    )


def write_volumes(sheet: LiveSheet) -> None:
    """Write a row per volume, with the way to it."""
    book = sheet.book
    sheet.head("Classeurs : les critères, bloc par bloc", _NOTE)
    sheet.begin(HEADER_ROW, frozen_columns=1)
    row = HEADER_ROW
    for row, volume in enumerate(book.plan.volumes, start=HEADER_ROW + 1):
        _write_row(sheet, row, volume)
    sheet.end(HEADER_ROW, row)
    sheet.page(row)


def _write_row(sheet: LiveSheet, row: int, volume: WorkbookPlan) -> None:
    (code,) = volume.blocks
    title = sheet.book.decisions.referential.block[code].title
    sheet.write(row, layout.BLOCK, code, Style.TEXT)
    sheet.write(row, TITLE, title, Style.TEXT)
    # XlsxWriter writes links to files with backslashes, which only Windows follows.
    sheet.write(row, FILE, Cell(f"=HYPERLINK({text(volume.name)})", volume.name), Style.BOXED_LINK)
    sheet.write(row, FROM, volume.people[0], Style.TEXT)
    sheet.write(row, TO, volume.people[-1], Style.TEXT)
    sheet.write(row, PEOPLE, len(volume.people), Style.COUNT)
    sheet.write(row, CRITERIA, volume.criteria, Style.COUNT)
    sheet.fit(row, [(TITLE, title)])
