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
    from fractions import Fraction

    from sheetgen.model import BlockCode, Referential, Scale


FIRST_ROW = 1
"""The first row of the lists above the bands."""


def typed_marks(scale: Scale) -> list[str | Fraction]:
    """Return what a grid accepts as a mark: those to choose from, then what may be typed.

    Empty where notes are typed.
    """
    listed = listed_marks(scale)
    return [*listed, *scale.shortcuts] if listed else []


def band_rows(referential: Referential) -> Mapping[BlockCode, int]:
    """Return the first row of each bloc's band."""
    codes = [block.code for block in referential.blocks]
    bands = [_band_height(referential, code) for code in codes]
    return dict(zip(codes, accumulate(bands, initial=_head_height(referential)), strict=False))


def all_rows(referential: Referential) -> tuple[int, int]:
    """Return the first row of the first band, and the last of the last one."""
    first = _head_height(referential)
    bands = sum(_band_height(referential, block.code) for block in referential.blocks)
    return first, first + bands - 1


def _head_height(referential: Referential) -> int:
    """Return the rows that the stamp and the lists may take, with one for each bloc or épreuve."""
    lists: list[int] = [len(referential.blocks)]
    for scale in referential.scales_in_use:
        lists += [len(typed_marks(scale)), len(scale.levels)]
    if referential.uses_assessments:
        lists.append(len(referential.assessments))
    return max(len(FIELDS), FIRST_ROW + max(lists))


def _band_height(referential: Referential, code: BlockCode) -> int:
    return max(len(referential.criteria_of_block[code]), len(referential.competencies_of[code]))
