"""A spreadsheet or a table of text, read into texts with their places: each sheet is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.sources.importing.document import (
    DocumentCell,
    ReadBlock,
    ReadDocument,
    ReadParagraph,
    numbered,
)
from sheetgen.sources.importing.source_codes import split_block
from sheetgen.spreadsheet import Moment, RawCell, RawSheet, RawWorkbook, cell_address

if TYPE_CHECKING:
    from collections.abc import Sequence


def document_of_workbook(book: RawWorkbook, beside: tuple[ReadParagraph, ...] = ()) -> ReadDocument:
    """Return the sheets of a workbook as tables, merged cells once.

    Args:
        book: whose sheets they are.
        beside: the texts that stand in no cell of it.
    """
    blocks: list[ReadBlock] = []
    for sheet in book.sheets:
        table = _table(sheet)
        if not table.cells:
            continue
        if split_block(sheet.name) is not None:
            name = ReadParagraph(text=sheet.name, place=f"nom de la feuille {sheet.name}")
            blocks.append(ReadBlock(paragraphs=(name,)))
        blocks.append(table)
    form = f"classeur .{book.form.value}"
    return ReadDocument(form=form, blocks=tuple(blocks), aside=beside)


def _table(sheet: RawSheet) -> ReadBlock:
    cells: list[DocumentCell] = []
    for row in sheet.lines():
        for column in _filled(sheet, row):
            place = f"feuille {sheet.name}, cellule {cell_address(row, column)}"
            span = sheet.merge_at(row, column)
            rows, columns = 1, 1
            if span is not None and span.first == (row, column):
                rows, columns = span.last[0] - row + 1, span.last[1] - column + 1
            paragraphs = _paragraphs(shown_text(sheet, row, column), place)
            if paragraphs:
                cells.append(
                    DocumentCell(
                        row=row, column=column, rows=rows, columns=columns, paragraphs=paragraphs
                    )
                )
    return ReadBlock(place=f"feuille {sheet.name}", cells=tuple(cells))


def _filled(sheet: RawSheet, row: int) -> list[int]:
    others = [column for line, column in (*sheet.errors, *sheet.formulas) if line == row]
    return sorted({*sheet.row(row), *others})


def shown_text(sheet: RawSheet, row: int, column: int) -> str:
    """Return what a cell shows, as a text; of a formula without a result, the formula."""
    if (row, column) in sheet.errors:
        return sheet.errors[row, column]
    if (row, column) in sheet.shown:
        return sheet.shown[row, column]
    shown = text_of(sheet.value(row, column))
    return shown or sheet.formulas.get((row, column), "")


def text_of(value: RawCell) -> str:
    """Return a cell's value as a text: numbers without a needless decimal, dates as in French."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, Moment):
        return value.day.strftime("%d/%m/%Y") if value.day is not None else str(value.value)
    return value


def _paragraphs(text: str, place: str) -> tuple[ReadParagraph, ...]:
    """Return the lines of a cell as paragraphs."""
    return numbered([(line, -1) for line in text.splitlines()], place)


def document_of_records(records: Sequence[Sequence[str]], form: str) -> ReadDocument:
    """Return the records of a table of text as one table."""
    cells = [
        DocumentCell(row=row, column=column, paragraphs=paragraphs)
        for row, record in enumerate(records)
        for column, text in enumerate(record)
        if (paragraphs := _paragraphs(text, f"ligne {row + 1}, colonne {column + 1}"))
    ]
    return ReadDocument(form=form, blocks=(ReadBlock(place="tableau", cells=tuple(cells)),))
