"""Of a sheet whose columns are told, those are read as in a whole reading, and nothing else."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any

import pytest
import xlsxwriter
from spreadsheet import hostile

from sheetgen.spreadsheet import RawSheet, Scope, read_workbook

SCOPE = Scope(columns={"Critères": ("Candidat", "Appréciation")})
ROWS = (
    ("Une note", "Candidat", 3, None),
    ("Bloc", "Candidat", "Titre", "APPRÉCIATION 1", "Appréciation 12", "Écart"),
    ("BC01", "007", "Un titre", "Acquis", "", 4),
    ("BC02", 8, "Un autre", "=1+1", 5, "=2+2"),
)


def table(*, name: str = "Critères") -> bytes:
    """The rows in a sheet."""
    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(name)
    for place, cells in enumerate(ROWS):
        sheet.write_row(place, 0, cells)
    book.close()
    return file.getvalue()


def read(data: bytes, scope: Scope = SCOPE) -> RawSheet:
    """The sheet as it is read."""
    return read_workbook(data, scope).sheets[0]


def test_below_their_headers_the_columns_wanted_are_read_alone() -> None:
    """Above them and in the row that has them, everything is; a number may follow a header."""
    found = read(table())
    assert found.rows == {
        0: {0: "Une note", 1: "Candidat", 2: 3.0},
        1: dict(enumerate(ROWS[1])),
        2: {1: "007", 3: "Acquis"},
        3: {1: 8.0, 3: 0.0, 4: 5.0},
    }
    assert found.formulas == {(3, 3): "=1+1"}


def test_of_a_formula_longer_than_wanted_it_is_known_that_it_is_there() -> None:
    """Its value, too; one of just that length is given whole."""
    whole = read(table(), Scope(formula=4))
    assert whole == read(table(), Scope())
    cut = read(table(), Scope(formula=3))
    assert cut.rows == whole.rows
    assert cut.formulas == dict.fromkeys(whole.formulas, "=")


@pytest.mark.parametrize("name", ["Autre", "critères"])
def test_other_sheets_are_read_whole(name: str) -> None:
    """One that nearly has the name, too."""
    data = table(name=name)
    assert read(data) == read(data, Scope())


def test_a_sheet_without_all_headers_is_read_whole() -> None:
    """What was asked for cannot be told from the rest."""
    data = table()
    assert read(data, Scope(columns={"Critères": ("Candidat", "Juré")})) == read(data, Scope())


def test_cells_without_addresses_stay_in_their_columns() -> None:
    """A program that leaves addresses out, of all cells or of some, has the others counted."""
    whole = read(table())
    for left_out in (b"[A-F]", b"[D-F]"):
        pattern = re.compile(rb'<c r="%b[34]"' % left_out)
        data = hostile.edited(table(), hostile.SHEET, partial(_without, pattern))
        found = read(data).rows
        for row in (2, 3):
            kept = {column: found[row][column] for column in whole.rows[row]}
            assert kept == whole.rows[row]


def _without(addresses: re.Pattern[bytes], body: bytes) -> bytes:
    return addresses.sub(b"<c", body)


def test_small_letters_of_addresses_name_the_same_columns() -> None:
    """No cell that somebody might see is passed over."""
    data = hostile.replaced(table(), hostile.SHEET, 'r="D3"', 'r="d3"')
    assert read(data) == read(table())


def test_a_large_sheet_is_read_likewise() -> None:
    """Row by row, in little memory."""
    data = hostile.replaced(
        table(), hostile.SHEET, "</sheetData>", f"{' ' * (9 << 20)}</sheetData>"
    )
    assert read(data) == read(table())
