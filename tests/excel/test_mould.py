"""A filled mould is, part by part, the workbook that XlsxWriter writes with the same texts."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sheetgen.excel.mould import WorkbookMould, gap_mark, is_plain
from sheetgen.excel.safe_worksheet import SafeWorkbook, strict

if TYPE_CHECKING:
    from collections.abc import Sequence

IN_CELLS = (0, 1)


def written(texts: Sequence[str]) -> bytes:
    """Return a workbook with two texts in cells, one of them twice, and one in a footer."""
    target = io.BytesIO()
    with strict(), SafeWorkbook(target) as workbook:
        workbook.set_properties({"created": datetime(2026, 6, 15)})  # noqa: DTZ001 (as in the file)
        for title in ("A", "B"):
            sheet = workbook.add_worksheet(title)
            sheet.put(0, 0, "Nom")
            sheet.put(0, 1, texts[0])
            sheet.set_footer(f"&L{texts[2]}")
        sheet.put(1, 1, texts[1])
    return target.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook, their checksums verified."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def mould() -> WorkbookMould:
    """A mould of three gaps."""
    return WorkbookMould.of(parts(written([gap_mark(number) for number in range(3)])), IN_CELLS)


@pytest.mark.parametrize(
    "texts", [("Zoé", "O’Brien & Fils", "R G"), ("<b>", "🎓", "Nom"), ("=1+1", "1", "x" * 200)]
)
def test_a_filled_mould_is_what_would_have_been_written(
    mould: WorkbookMould, texts: Sequence[str]
) -> None:
    """Every part, whatever the texts, as often as it is filled."""
    assert all(map(is_plain, texts))
    for _ in range(2):
        filled = mould.fill(texts)
        assert filled is not None
        assert parts(filled) == parts(written(texts))


@pytest.mark.parametrize("texts", [("a", "a", "b"), ("Nom", "a", "b"), ("a", "Nom", "b")])
def test_texts_that_stand_in_another_cell_too_fill_no_mould(
    mould: WorkbookMould, texts: Sequence[str]
) -> None:
    """Each other's, or one of the workbook's own: the file lists equal texts once."""
    assert mould.fill(texts) is None


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "a\nb", "_x0041_", "<r>a", "\ufffe", "\ud83c", "x" * 201, "😀" * 101]
)
def test_texts_that_are_written_in_a_way_of_their_own_are_not_plain(text: str) -> None:
    """Empty, with blanks at an end, with escapes, marked up, or too long for a footer."""
    assert not is_plain(text)
