"""The returns drawn for a room: large, in few words, on any terminal from 80 by 24."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, ROOT, Workplace
from rich.text import Text

from sheetgen import commands
from sheetgen.cli.screen_room import RoomView
from sheetgen.commands import Inputs, Options

if TYPE_CHECKING:
    from sheetgen.commands import Surveyed


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> Surveyed:
    """Return the example's returns: one grid of twenty-one is missing."""
    place = Workplace(folder=tmp_path_factory.mktemp("room"))
    (place.outputs / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", place.outputs / ".sheetgen" / "key")
    shutil.copytree(EXAMPLES / "retours", place.outputs / "retours")
    (place.outputs / "retours" / "grille_C01_J1_Exemple.xlsx").write_bytes(b"none")
    inputs = Inputs(
        referential=EXAMPLES / "referential.xlsx",
        session=EXAMPLES / "session.xlsx",
        templates=ROOT / "templates",
        output=place.folder / "outputs",
    )
    return commands.survey(inputs, [], Options(reports=False))


def drawn(surveyed: Surveyed, width: int, height: int) -> list[str]:
    """Return the lines as they are seen, without colours."""
    session, collection = surveyed.checked.session, surveyed.collection
    assert session is not None
    assert collection is not None
    view = RoomView(session=session, collection=collection, width=width, height=height)
    return [Text.from_markup(line).plain for line in view.lines()]


@pytest.mark.parametrize(("width", "height"), [(80, 22), (200, 60), (60, 15), (40, 10)])
def test_it_fits_the_terminal(surveyed: Surveyed, width: int, height: int) -> None:
    """Neither a line too long, which would wrap, nor one too many, which would scroll."""
    lines = drawn(surveyed, width, height)
    assert len(lines) <= height
    if width >= 60:
        assert [line for line in lines if len(line) > width] == []


def test_signs_say_what_colours_say(surveyed: Surveyed) -> None:
    """Who is awaited first, for whom; who has finished; each candidate with a sign."""
    lines = drawn(surveyed, 80, 22)
    text = "\n".join(lines)
    jurors = [line for line in lines if line[2:4] in {"J1", "J2", "J3", "J4"}]
    assert [line[:4] for line in jurors] == ["… J1", "… J2", "✔ J3", "✔ J4"]
    assert jurors[0].endswith("5/6 attend C01")
    assert jurors[1].endswith("5/6 attend C10")
    assert jurors[2].endswith("5/5 terminé")
    assert "… C01 1/2" in text
    assert "… C10 1/2" in text
    assert "✔ C04" in text


def test_the_number_is_drawn_large(surveyed: Surveyed) -> None:
    """Nineteen of twenty-one, five lines high, each point two columns wide."""
    lines = drawn(surveyed, 80, 22)
    assert lines[2].startswith("  ██    ██████    ██    ██████    ██")
    assert "grilles complètes" in lines[1]
