"""Sheets written in several workbooks make one whose cells hold the same texts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from sheetgen.excel.mould import SHARED_TEXTS, SheetPart, fill_sheets, listed_texts
from sheetgen.excel.safe_worksheet import SafeWorkbook, strict
from sheetgen.files import pack, whole_member

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHEET = "xl/worksheets/sheet1.xml"
ODD = ["Nom", "", "<si>", ' t="s"><v>3</v></c>', " é ", "a\nb", "_x0041_", "1", "&lt;", "Nom"]


def written(sheets: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    """Return the parts of a workbook of sheets with these texts, one below the other."""
    target = io.BytesIO()
    with strict(), SafeWorkbook(target) as workbook:
        for name, texts in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, text in enumerate(texts):
                sheet.put(row, 0, text)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part_of(texts: Sequence[str]) -> SheetPart:
    """Return a sheet with these texts, written in a workbook with others before them."""
    parts = written({"Autre": ["Autre", *reversed(texts)], "Feuille": texts})
    return SheetPart.of(parts["xl/worksheets/sheet2.xml"], listed_texts(parts))


def read(parts: Mapping[str, bytes]) -> list[list[str]]:
    """Return the texts of each sheet as another library reads them."""
    data = pack(whole_member(name, content) for name, content in parts.items())
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[str(cell.value or "") for (cell,) in sheet.iter_rows()] for sheet in book]


def test_sheets_of_other_workbooks_keep_their_texts() -> None:
    """Whatever looks like a text's place or its markup, and whatever the others list."""
    frame = written({"A": ["Rien"], "B": [], "C": ["Fin"]})
    listed = listed_texts(frame)
    names = [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]
    sheets = [SheetPart.of(frame[names[0]], listed), part_of(ODD), part_of(["Fin", "Nom"])]
    filled = fill_sheets({n: [s] for n, s in zip(names, sheets, strict=True)}, lambda _: False)
    assert read({**frame, **filled})[1:] == read(written({"B": ODD, "C": ["Fin", "Nom"]}))


def test_each_text_is_listed_once_and_all_uses_are_counted() -> None:
    """The list is that of a workbook that XlsxWriter writes whole."""
    texts = ["Nom", "Juré", "Nom", "1"]
    expected = written({"Feuille": texts})[SHARED_TEXTS]
    assert fill_sheets({SHEET: [part_of(texts)]}, lambda _: False)[SHARED_TEXTS] == expected


@pytest.mark.parametrize("last", ["Juré", "1"])
def test_texts_go_to_the_end_of_the_list_where_asked(last: str) -> None:
    """So that only the end of the part differs from one workbook to the next."""
    filled = fill_sheets(
        {SHEET: [part_of(["Juré", "1", "Nom"])]}, lambda text: last.encode() in text
    )
    assert filled[SHARED_TEXTS].endswith(f"<si><t>{last}</t></si></sst>".encode())


def test_a_sheet_may_consist_of_several_parts() -> None:
    """Rows out of one workbook stand in the sheet of another."""
    parts = written({"Feuille": ["Nom", "Juré"]})
    head, end, tail = parts[SHEET].partition(b'<row r="2"')
    pieces = [SheetPart.of(piece, listed_texts(parts)) for piece in (head, end + tail)]
    assert fill_sheets({SHEET: pieces}, lambda _: False)[SHEET] == parts[SHEET]
