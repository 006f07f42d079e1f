"""A worksheet that raises where XlsxWriter would cut, skip or only warn; cells are read back."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest

from sheetgen.excel.cell_text import LONGEST_TEXT, cut_text, storable
from sheetgen.excel.safe_worksheet import SafeWorkbook, UnwritableError, strict
from sheetgen.rules import Cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.excel.safe_worksheet import Content, SafeWorksheet


def opened() -> SafeWorksheet:
    """Return the only sheet of a new workbook."""
    sheet: SafeWorksheet = SafeWorkbook(io.BytesIO()).add_worksheet()
    return sheet


@pytest.mark.parametrize(
    "call",
    [
        lambda sheet: sheet.write_string(2_000_000, 0, "texte"),
        lambda sheet: sheet.put(2_000_000, 0, "texte"),
        lambda sheet: sheet.put(0, 20_000, 1),
        lambda sheet: sheet.put(2_000_000, 0, Cell("=1", 1)),
        lambda sheet: sheet.set_row(2_000_000, 20),
        lambda sheet: sheet.set_column(0, 20_000, 20),
        lambda sheet: sheet.merge_range(2_000_000, 0, 2_000_000, 1, ""),
        lambda sheet: sheet.conditional_format(2_000_000, 0, 2_000_001, 0, {"type": "blanks"}),
        lambda sheet: sheet.data_validation(2_000_000, 0, 2_000_001, 0, {"validate": "any"}),
    ],
)
def test_what_xlsxwriter_refuses_in_silence_is_an_exception(
    call: Callable[[SafeWorksheet], object],
) -> None:
    """A row or a column beyond the last, whatever is asked for there."""
    with pytest.raises(UnwritableError):
        call(opened())


def test_what_xlsxwriter_only_warns_of_is_an_exception() -> None:
    """A list of more than 255 characters, which Excel would repair, stops the write."""
    rule = {"validate": "list", "source": ["niveau" * 10] * 5}
    with strict(), pytest.raises(UserWarning, match="255"):
        opened().data_validation(0, 0, 0, 0, rule)


@pytest.mark.parametrize(
    ("content", "kind", "value"),
    [
        ("=1+1", "s", "=1+1"),
        ("12,5", "s", "12,5"),
        ("https://exemple.test", "s", "https://exemple.test"),
        (Fraction(1, 4), "n", 0.25),
        (3, "n", 3),
        (Cell("", "Acquis"), "s", "Acquis"),
        (Cell("", 2.5), "n", 2.5),
        (Cell('=IF(A1=1,"LARGE(",2)', 2), "f", '=IF(A1=1,"LARGE(",2)'),
        ("", "n", None),
        (None, "n", None),
    ],
)
def test_each_content_is_stored_as_what_it_is(content: Content, kind: str, value: object) -> None:
    """Texts stay texts, fractions are numbers, formulas are taken as they are given."""
    target = io.BytesIO()
    with strict(), SafeWorkbook(target) as workbook:
        workbook.add_worksheet().put(1, 1, content)
    cell = openpyxl.load_workbook(target)["Sheet1"]["B2"]
    assert (cell.data_type, cell.value) == (kind, value)


@pytest.mark.parametrize(
    "text", ["\ud83c", "\ufffe\uffff", "a\x00b\x0b\x1f", "_x0041_", "é😀" * 20_000, '<b> & "c"']
)
def test_any_text_leaves_the_file_readable(text: str) -> None:
    """In a cell and as the value of a formula, in the memory of one row too."""
    for options in ({}, {"constant_memory": True}):
        target = io.BytesIO()
        with strict(), SafeWorkbook(target, options) as workbook:
            sheet = workbook.add_worksheet()
            sheet.put(0, 0, text)
            sheet.put(1, 0, Cell('="a"', text))
        for values in (False, True):
            book = openpyxl.load_workbook(target, data_only=values)
            assert isinstance(book["Sheet1"]["A1"].value, str)


def test_what_is_no_character_is_stored_as_a_sign_for_it() -> None:
    """Halves of characters and the two codes that no XML holds; line ends stay."""
    assert storable("a\udc80b\ufffec\uffff") == "a\ufffdb\ufffdc\ufffd"
    assert storable("\x0bab\n") == "\x0bab\n"


def test_texts_are_cut_where_excel_counts_too_many_characters() -> None:
    """An emoji counts twice and is never halved; what fits is kept."""
    assert cut_text("é😀é", 4) == "é😀é"
    assert cut_text("é😀éé", 4) == "é😀…"
    assert cut_text("😀😀😀", 4) == "😀…"
    assert cut_text("un mot", 4) == "un…"
    long = storable("é😀" * 20_000)
    assert long.endswith("…")
    assert LONGEST_TEXT - 2 <= len(long.encode("utf-16-le")) // 2 <= LONGEST_TEXT
