"""Two desks on one folder, a desk that is killed: nothing is lost, nothing is done twice."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest
from desks import WAIT, RunningDesk, running_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example_session import ExampleSession

pytestmark = pytest.mark.deep

SESSION = "/session/session.xlsx"
CODE = "DEV-2026"
DONE = 'id="etape-{step}" class="done"'


def opened(desk: RunningDesk) -> RunningDesk:
    """Return a desk whose address was opened, its session read."""
    desk.enter()
    desk.wait_for(SESSION)
    return desk


def begin(desk: RunningDesk, step: str) -> None:
    """Press a step's button."""
    assert desk.ask(f"{SESSION}/faire", {"step": step}).status == 303


def names(folder: Path) -> list[str]:
    """Return what a session's folder holds, but the notes of desks."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "desk"
    )


def family(desk: RunningDesk) -> list[psutil.Process]:
    """Return what a desk has started."""
    return psutil.Process(desk.process.pid).children(recursive=True)


def killed(processes: list[psutil.Process]) -> None:
    """End processes as a power cut does."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, WAIT)


def at_work(desk: RunningDesk, step: str) -> None:
    """Wait until a step has noted that it changes the session's folder."""
    note = desk.folder / "outputs" / CODE / ".sheetgen" / "unfinished" / f"{step}.json"
    end = time.monotonic() + WAIT
    while not note.exists():
        assert time.monotonic() < end
        time.sleep(0.002)


@pytest.fixture
def folder(prepared: ExampleSession, tmp_path: Path) -> Iterator[Path]:
    """Give a copy of the prepared folder."""
    shutil.copytree(prepared.folder, tmp_path / "session")
    yield tmp_path / "session"
    assert not list((tmp_path / "session").rglob("*.lock"))


def test_two_desks_make_one_session(folder: Path, tmp_path: Path) -> None:
    """Pressed in both at once, each step is done once; what is dropped in both is kept once."""
    outputs = folder / "outputs" / CODE
    key = (outputs / ".sheetgen" / "key").read_bytes()
    shutil.rmtree(outputs / "grilles")
    (outputs / "retours").rename(tmp_path / "back")
    with running_desk(folder) as one, running_desk(folder) as other:
        desks = (opened(one), opened(other))
        pressed_in_both(desks, "generate")
        for path in sorted((tmp_path / "back").iterdir()):
            for desk in desks:
                reply = desk.ask(f"{SESSION}/retours?nom={path.name}", path.read_bytes())
                assert reply.status == 200
        for desk in desks:
            desk.wait_for(SESSION, DONE.format(step="status"))
        pressed_in_both(desks, "consolidate")
    assert (outputs / ".sheetgen" / "key").read_bytes() == key
    assert sorted(path.name for path in (outputs / "retours").iterdir()) == sorted(
        path.name for path in (tmp_path / "back").iterdir()
    )
    assert len(list((outputs / "grilles").rglob("*.xlsx"))) == 10
    assert not [name for name in names(outputs) if "-1." in name]


def part_of(text: str, step: str) -> str:
    """Return what the page shows of one step."""
    return text.partition(f'id="etape-{step}"')[2].partition('id="etape-')[0]


def pressed_in_both(desks: tuple[RunningDesk, RunningDesk], step: str) -> None:
    """Press a button in both desks at once, and wait until both show that it is done."""
    for desk in desks:
        begin(desk, step)
    for desk in desks:
        desk.wait_for(SESSION, DONE.format(step=step))
    told = [part_of(desk.ask(SESSION).text, step) for desk in desks]
    assert sum("Un autre bureau travaille à cette session" in text for text in told) <= 1


@pytest.mark.parametrize("step", ["generate", "consolidate"])
def test_a_power_cut_during_a_step(folder: Path, step: str) -> None:
    """The desk and its step die at once: the step is to do, and run again it makes everything."""
    outputs = folder / "outputs" / CODE
    with running_desk(folder) as desk:
        opened(desk)
        begin(desk, "consolidate")
        desk.wait_for(SESSION, DONE.format(step="consolidate"))
        whole = names(outputs)
        shutil.rmtree(outputs / ("grilles" if step == "generate" else "consolidation"))
        begin(desk, step)
        at_work(desk, step)
        killed([psutil.Process(desk.process.pid), *family(desk)])
    with running_desk(folder) as desk:
        text = opened(desk).ask(SESSION).text
        assert DONE.format(step=step) not in text
        assert "a été interrompu" in desk.wait_for(SESSION)
        begin(desk, step)
        assert "avait été interrompu" in desk.wait_for(SESSION, DONE.format(step=step))
    assert names(outputs) == whole


@pytest.mark.parametrize("step", ["generate", "consolidate"])
def test_a_desk_that_dies_alone_leaves_the_step_to_its_end(folder: Path, step: str) -> None:
    """The next desk starts nothing beside it, and shows it done."""
    outputs = folder / "outputs" / CODE
    if step == "generate":
        shutil.rmtree(outputs / "grilles")
    with running_desk(folder) as desk:
        opened(desk)
        begin(desk, step)
        at_work(desk, step)
        psutil.Process(desk.process.pid).kill()
    with running_desk(folder) as desk:
        opened(desk)
        begin(desk, step)
        text = desk.wait_for(SESSION)
        if "Un autre bureau travaille" in text:
            text = desk.wait_for(SESSION, DONE.format(step=step))
        assert DONE.format(step=step) in text
    assert len(list((outputs / "grilles").rglob("*.xlsx"))) == 10
    left = [name for name in names(outputs) if "-1." in name or "/." in f"/{name}"]
    assert left == [name for name in left if name.startswith(".sheetgen/")]


@pytest.mark.parametrize("step", ["generate", "consolidate"])
def test_a_step_is_stopped_by_its_button(folder: Path, step: str) -> None:
    """It says so, is to do again, and run again makes everything."""
    outputs = folder / "outputs" / CODE
    with running_desk(folder) as desk:
        opened(desk)
        if step == "generate":
            shutil.rmtree(outputs / "grilles")
        begin(desk, step)
        at_work(desk, step)
        for _ in range(2):
            assert desk.ask(f"{SESSION}/arreter", {}).status == 303
        text = desk.wait_for(SESSION, "L’étape a été interrompue avant la fin")
        assert DONE.format(step=step) not in text
        begin(desk, step)
        desk.wait_for(SESSION, DONE.format(step=step))
    assert len(list((outputs / "grilles").rglob("*.xlsx"))) == 10
    left = [name for name in names(outputs) if "-1." in name or "/." in f"/{name}"]
    assert left == [name for name in left if name.startswith(".sheetgen/")]
