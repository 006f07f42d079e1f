"""A sample of what `make deep` does: the reader against a second reading, over damaged grids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns.desk import DESK
from spreadsheet import agreement, hostile, strict_reading

from sheetgen.spreadsheet import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office


def test_an_xlsx_is_read_as_by_a_second_reading_however_it_is_damaged() -> None:
    """Values, errors, formulas and merges: all that is read at all."""
    grids = [hostile.grid()] * 7 + [DESK.grid()]
    tally = agreement.compare(grids, agreement.PARTS, strict_reading.read_xlsx, range(300))
    assert tally.read > 50
    assert tally.refused_alone < 20


def test_an_ods_is_read_as_by_a_second_reading_however_it_is_damaged(
    libreoffice: Office, tmp_path: Path
) -> None:
    """Whatever is read of a damaged .ods, the second reading reads alike."""
    source = tmp_path / "grille.xlsx"
    source.write_bytes(hostile.grid())
    (copy,) = libreoffice.convert([source], tmp_path, ".ods")
    data = copy.read_bytes()
    assert strict_reading.reading_of(read_workbook(data)) == strict_reading.read_ods(data)
    tally = agreement.compare([data], r"content\.xml", strict_reading.read_ods, range(200))
    assert tally.read > 40
    assert tally.refused_alone < 60
