"""The rows of a grid's workings in its very hidden sheet.

They are those of the référentiel, whatever blocs a grid holds: below the stamp and the lists each
bloc has a band of its own, for its criteria and, beside them, its competencies. What a bloc's sheet
refers to is then the same in every grid. Rows count from 0.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from sheetgen.excel import listed_marks
from sheetgen.grid.identity import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import BlockCode, Referential

FIRST_ROW = 1
"""The first row of the lists above the bands."""


def band_rows(referential: Referential) -> Mapping[BlockCode, int]:
    """Return the first row of each bloc's band."""
    codes = [block.code for block in referential.blocks]
    bands = [_band_height(referential, code) for code in codes]
    return dict(zip(codes, accumulate(bands, initial=_head_height(referential)), strict=False))


def _head_height(referential: Referential) -> int:
    """Return the rows that the stamp and the lists may take, with one for each bloc."""
    scale = referential.scale
    lists = (listed_marks(scale), scale.levels, referential.blocks)
    return max(len(FIELDS), FIRST_ROW + max(map(len, lists)))


def _band_height(referential: Referential, code: BlockCode) -> int:
    return max(len(referential.criteria_of_block[code]), len(referential.competencies_of[code]))
