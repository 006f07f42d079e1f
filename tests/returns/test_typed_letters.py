"""A letter or digit typed in place of a label, read as its level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import pytest

from sheetgen.problems import Location, Problem
from sheetgen.returns.values import ReadValue, ValueReader

if TYPE_CHECKING:
    from sheetgen.model import Scale
    from sheetgen.spreadsheet import RawCell

DIGITS = "210"


@pytest.mark.parametrize(
    ("scale", "value", "label"),
    [
        (builders.lettered_scale(), "A", "Acquis"),
        (builders.lettered_scale(), " x ", "Non acquis"),
        (builders.lettered_scale(), "o", "Non observé"),
        (builders.lettered_scale(), "Z", None),
        (builders.lettered_scale(), "AP", None),
        (builders.lettered_scale(DIGITS), "1", "Partiellement acquis"),
        (builders.lettered_scale(DIGITS), 1.0, "Partiellement acquis"),
        (builders.lettered_scale(DIGITS), 1.5, None),
        (builders.lettered_scale(DIGITS), True, None),
        (builders.lettered_scale(DIGITS, "9"), 9.0, "Non observé"),
        (builders.level_scale(), "A", None),
        (replace(builders.note_scale(), unobserved="N"), "n", "Non observé"),
    ],
)
def test_shortcuts_are_read_as_their_level(scale: Scale, value: RawCell, label: str | None) -> None:
    """Whatever the case, as a text or as a number; anything else is refused."""
    read = ValueReader(scale=scale).read(value, Location(file="grille.xlsx"))
    if label is None:
        assert isinstance(read, Problem)
    else:
        assert isinstance(read, ReadValue)
        assert read.value == label
