"""Thousands of damaged grids, read as by a second reading or refused: `make deep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from returns.desk import DESK
from spreadsheet import agreement, hostile, strict_reading

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

pytestmark = pytest.mark.deep


@pytest.mark.parametrize("start", range(10_000, 16_000, 1_000))
def test_an_xlsx_is_read_as_by_a_second_reading_however_it_is_damaged(start: int) -> None:
    """Six thousand ways to damage a grid."""
    grids = [hostile.grid()] * 4 + [DESK.grid()]
    seeds = range(start, start + 1_000)
    tally = agreement.compare(grids, agreement.PARTS, strict_reading.read_xlsx, seeds)
    assert tally.read > 150


def test_an_ods_is_read_as_by_a_second_reading_however_it_is_damaged(
    libreoffice: Office, tmp_path: Path
) -> None:
    """Two thousand ways to damage what LibreOffice saves."""
    copies = []
    for name, data in (("petite", hostile.grid()), ("grille", DESK.grid())):
        source = tmp_path / f"{name}.xlsx"
        source.write_bytes(data)
        copies += [path.read_bytes() for path in libreoffice.convert([source], tmp_path, ".ods")]
    grids = [copies[0]] * 4 + [copies[1]]
    seeds = range(20_000, 22_000)
    tally = agreement.compare(grids, r"content\.xml", strict_reading.read_ods, seeds)
    assert tally.read > 300
