"""Every text of a grid can be read on its ground, whatever colours the school chose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import builders
import grid_files
import pytest

from sheetgen.excel import palette
from sheetgen.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grid_files import GridFile


@pytest.mark.parametrize("colour", [None, "FFFFFF", "000000", "FFD400", "777777", "00FF00"])
def test_every_cell_and_condition_of_a_grid_is_readable(colour: str | None) -> None:
    """Font on ground, in the cells and in what conditions make of them."""
    levels = [
        Level(label=f"Niveau {n}", points=level.points, acquired=level.acquired, colour=ground)
        for n, (level, ground) in enumerate(
            zip(builders.LEVELS, ("808080", "FFFF00", None), strict=True)
        )
    ]
    known = builders.referential({"C1.1": 3}, scale=builders.level_scale(levels))
    known = replace(known, certification=replace(known.certification, colour=colour))
    session = builders.session(known, accommodations=[builders.exemption("C1.1.1")])
    marks = builders.own_marks(known, "2 0 -")
    pairs = set(text_colours(grid_files.write(known, session, marks=marks)))
    assert len(pairs) > 8
    assert [pair for pair in pairs if palette.contrast(*pair) < 4.5] == []


def text_colours(grid: GridFile) -> Iterator[tuple[str, str]]:
    """Font and ground of every filled cell and of every conditional format."""
    for sheet in grid.book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    ground = cell.fill.fgColor.rgb if cell.fill.fill_type else "FFFFFFFF"
                    yield _rgb(cell.font.color.rgb), _rgb(ground)
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                if rule.dxf is not None and rule.dxf.font is not None:
                    yield _of_condition(rule.dxf)


def _of_condition(style: Any) -> tuple[str, str]:
    return _rgb(style.font.color.rgb), _rgb(style.fill.bgColor.rgb)


def _rgb(value: str) -> str:
    return value[-6:]
