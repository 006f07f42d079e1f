"""Two tabs, two desks, a command that is killed: nothing is lost, nothing is done twice."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest
from desks import WAIT, HeldSteps, Reply, RunningDesk, running_desk

from sheetgen.files import held_alone
from sheetgen.workspace import Start, create_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SESSION = "/session/session.xlsx"
CODE = "DEV-2026"


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> HeldSteps:
    """Give what holds the desk's steps."""
    return HeldSteps.put(tmp_path_factory.mktemp("steps") / "held")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, steps: HeldSteps) -> Iterator[RunningDesk]:
    """Run a desk in an example's folder, its session read; a module there is never imported."""
    tmp_path = tmp_path_factory.mktemp("desk")
    create_workspace(tmp_path, Start(example="titre-developpeur"))
    (tmp_path / "json.py").write_text("raise SystemExit('of the folder')", encoding="utf-8")
    with running_desk(tmp_path, {"SHEETGEN_JOBS": "1"} | steps.environment) as running:
        running.enter()
        running.wait_for(SESSION)
        yield running


def begin(desk: RunningDesk, step: str, **more: str) -> Reply:
    """Press a step's button, and return the page that a browser goes to."""
    reply = desk.ask(f"{SESSION}/faire", {"step": step, **more})
    assert reply.status == 303
    place = urlsplit(reply.headers["location"])
    return desk.ask(f"{place.path}?{place.query}")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of the outputs but the desk's own notes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "desk"
    }


def test_another_desk_at_work_is_waited_for(desk: RunningDesk) -> None:
    """While one writes to a session, the other does nothing and says why."""
    outputs = desk.folder / "outputs"
    before = files(outputs)
    with held_alone(outputs / f".{CODE}.lock"):
        begin(desk, "generate")
        desk.wait_for(SESSION, "Un autre bureau travaille à cette session")
    assert files(outputs) == before


def test_an_open_session_is_closed_by_who_says_so_alone(desk: RunningDesk) -> None:
    """Neither the restoring of papers nor a click without the box closes anything."""
    for step in ("papers", "finalize"):
        assert "La clôture est définitive" in begin(desk, step).text


def test_a_step_that_is_killed_is_taken_up_again(desk: RunningDesk, steps: HeldSteps) -> None:
    """A second tab starts nothing meanwhile; the killed step says so, and its next run is whole."""
    outputs = desk.folder / "outputs"
    # Too early: the page says so, and no longer once there are grids.
    begin(desk, "consolidate")
    assert "key-missing" in desk.wait_for(SESSION, 'id="dit-consolidate"')
    with steps.held("grid"):
        assert 'id="avance"' in begin(desk, "generate").text
        assert "rien n’a été relancé" not in begin(desk, "generate").text
        assert "Une étape est déjà en cours" in begin(desk, "check").text
        end = time.monotonic() + WAIT
        while not any(outputs.rglob("grille_*.xlsx")) and time.monotonic() < end:
            time.sleep(0.01)
        # The step's own process, and the reading of the session if one is at work.
        for child in psutil.Process(desk.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                child.kill()
    text = desk.wait_for(SESSION, "L’étape a été interrompue avant la fin")
    assert 'id="etape-generate" class="done"' not in text
    assert "a été interrompue : appuyer de nouveau sur « Faire les grilles »" in text
    key = (outputs / CODE / ".sheetgen" / "key").read_bytes()

    begin(desk, "generate")
    # The browser is closed: nobody asks for anything, and the step goes on to its end.
    desk.cookie, cookie = "", desk.cookie
    end = time.monotonic() + WAIT
    note = outputs / CODE / ".sheetgen" / "desk" / "generate.json"
    while '"status": 0' not in note.read_text() and time.monotonic() < end:
        time.sleep(0.1)
    desk.enter()
    assert desk.cookie == cookie
    text = desk.wait_for(SESSION, 'id="etape-generate" class="done"')
    assert "key-missing" not in text
    assert "Attendre les grilles des jurés" in text
    assert (outputs / CODE / ".sheetgen" / "key").read_bytes() == key
    assert len(list((outputs / CODE / "grilles").rglob("*.xlsx"))) == 10
    assert not list(outputs.rglob("*-1.xlsx"))


def test_a_file_that_is_no_grid_is_told_and_opened(desk: RunningDesk) -> None:
    """A stray session among the returns: its message is shown unasked, and opens no other file."""
    for name in ("session.xlsx", "session-2.xlsx"):
        content = (desk.folder / "session.xlsx").read_bytes()
        assert desk.ask(f"{SESSION}/retours?nom={name}", content).status == 200
    text = desk.wait_for(SESSION, "session-2.xlsx")
    assert "Des fichiers revenus ont des erreurs" in text
    assert '<details id="dit-retours" open>' in text
    assert f'value="outputs/{CODE}/retours/session-2.xlsx"' in text
    assert "Ouvrir session.xlsx" not in text


def test_two_workbooks_of_one_session_are_told(desk: RunningDesk) -> None:
    """A copy whose code was not changed would write into the same folder."""
    copy = desk.folder / "session-copie.xlsx"
    copy.write_bytes((desk.folder / "session.xlsx").read_bytes())
    desk.ask("/")
    desk.wait_for("/session/session-copie.xlsx", "Même code de session que session.xlsx")
    assert "Même code de session que session-copie.xlsx" in desk.ask("/").text
    copy.unlink()
