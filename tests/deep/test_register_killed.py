"""Closings that die, run twice or run at once: nothing is recorded twice, or lost.

Killed before each file that is put in place and around each commit; the next run makes the register
what it would have been. The program itself is killed, and processes really run at once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

import pytest
import workbooks
from killing import is_killed
from registered import MOMENTS, content_of
from resit_years import Sitting, first_session, referential

from sheetgen.register.register_tables import METADATA
from sheetgen.session_folder import lasting_id
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workbooks import Sheets

pytestmark = pytest.mark.deep

JUNE = date(2026, 6, 15)
MARKS = {
    ("J1", "001", "Exemple"): "1.1=2 1.2=2 2.1=1 2.2=0 3.1=2",
    ("J1", "002", "Exemple"): "1.1=2 1.2=0 2.1=0 2.2=0 4.1=2",
    ("J2", "003", "Titre"): "1.1=2 1.2=2 2.1=2 2.2=2 3.1=2",
}


def _deliberated(folder: Path, code: str, change: Callable[[Sheets], None]) -> Sitting:
    """A session whose jury has decided, not closed yet."""
    folder.mkdir()
    workbooks.save(folder / "referential.xlsx", referential())
    sitting = Sitting(folder=folder, code=code, day=JUNE, register="")
    sheets = first_session()
    change(sheets)
    workbooks.save(sitting.book, sheets)
    sitting = replace(sitting, register=str(folder / "none.sqlite"))
    sitting.sit(MARKS)
    sitting.deliberate()
    lasting_id(SessionFolder(root=sitting.outputs))
    return sitting


@pytest.fixture(scope="module")
def lyon(tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """The session of June."""
    return _deliberated(tmp_path_factory.mktemp("one") / "lyon", "JUIN", lambda _: None)


@pytest.fixture(scope="module")
def lille(tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """A session of the same code and day, of other people."""

    def change(sheets: Sheets) -> None:
        for row in sheets["Candidats"][1:]:
            row[2] = f"{row[2]}-Lou"

    return _deliberated(tmp_path_factory.mktemp("two") / "lille", "JUIN", change)


def _copied(sitting: Sitting, folder: Path, register: str) -> Sitting:
    shutil.copytree(sitting.folder, folder)
    return replace(sitting, folder=folder, register=register)


def _command(sitting: Sitting) -> list[str]:
    return sitting.typed("finalize", str(sitting.consolidation), "--json")


def _start(sitting: Sitting) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sheetgen", *_command(sitting)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _plain(address: str) -> dict[str, list[str]]:
    """Return a register's rows without their own numbers, and others' as their places.

    A rank may have been given anew, and PostgreSQL gives no number twice: those of what was never
    committed are skipped.
    """
    content = content_of(address)
    places = {
        name: {row[0]: place for place, row in enumerate(rows)} for name, rows in content.items()
    }
    plain: dict[str, list[str]] = {}
    for name, rows in content.items():
        columns = [item for item in METADATA.tables[name].c if item.name not in MOMENTS]
        meant = [next((key.column.table.name for key in x.foreign_keys), None) for x in columns]
        plain[name] = sorted(
            str([places.get(table or "", {}).get(x, x) for x, table in _said(row, meant)])
            for row in rows
        )
    return plain


def _said(row: tuple[Any, ...], meant: list[str | None]) -> Iterator[tuple[Any, str | None]]:
    """Yield what a row says after its own number, each with the table of which it is a number."""
    return islice(zip_longest(row, meant), 1, None)


@pytest.mark.posix
def test_killed_anywhere_the_next_run_makes_it_whole(
    lyon: Sitting, address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """One moment of three on SQLite, of nine on PostgreSQL."""
    expected = str(tmp_path / "expected.sqlite")
    whole = _copied(lyon, tmp_path / "whole", expected)
    assert whole.run("finalize", str(whole.consolidation)).status == 0
    step, after, kills = 9 if "postgresql" in address else 3, 0, 0
    while True:
        place = tmp_path / "place"
        shutil.rmtree(place, ignore_errors=True)
        _forget(address, request)
        sitting = _copied(lyon, place, address)
        if not is_killed(after, _command(sitting), commits=True):
            break
        kills += 1
        for _ in range(2):
            again = sitting.run("finalize", str(sitting.consolidation))
            assert again.status == 0, (after, again.problems)
        assert _plain(address) == _plain(expected), after
        after += step
    print(f"{kills} deaths")  # noqa: T201 - what was tried is worth seeing
    assert kills > 5


def _forget(address: str, request: pytest.FixtureRequest) -> None:
    if "://" in address:
        request.getfixturevalue("postgresql").empty()
    else:
        for path in request.getfixturevalue("tmp_path").glob("register.sqlite*"):
            path.unlink()


def test_two_people_close_one_session_at_once(lyon: Sitting, address: str, tmp_path: Path) -> None:
    """One closes it; the other is told, or finds it closed. Nothing is there twice."""
    expected = str(tmp_path / "expected.sqlite")
    whole = _copied(lyon, tmp_path / "whole", expected)
    assert whole.run("finalize", str(whole.consolidation)).status == 0
    sitting = _copied(lyon, tmp_path / "place", address)
    running = [_start(sitting), _start(sitting)]
    said = [process.communicate()[0] for process in running]
    assert 0 in [process.returncode for process in running], said
    for process, text in zip(running, said, strict=True):
        assert process.returncode == 0 or "closing-in-progress" in text, text
    assert sitting.run("finalize", str(sitting.consolidation)).status == 0
    assert _plain(address) == _plain(expected)


def test_two_sessions_close_at_once_in_one_register(
    lyon: Sitting, lille: Sitting, address: str, tmp_path: Path
) -> None:
    """Of one code and day: every number once, and none left out."""
    both = [_copied(item, tmp_path / name, address) for item, name in ((lyon, "a"), (lille, "b"))]
    running = [_start(item) for item in both]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    numbers = sorted(str(row[5]) for row in content_of(address)["paper"])
    count = sum(number.startswith("A") for number in numbers)
    assert numbers == [
        *(f"A-2026-{rank:05d}" for rank in range(1, count + 1)),
        *(f"P-2026-{rank:05d}" for rank in range(1, len(numbers) - count + 1)),
    ]
    assert (count, len(numbers)) == (12, 14)


@pytest.mark.posix
def test_a_session_that_died_leaves_its_numbers_to_itself(
    lyon: Sitting, lille: Sitting, address: str, tmp_path: Path
) -> None:
    """Killed between the freeze and the record; another closes meanwhile and takes none."""
    first = _copied(lyon, tmp_path / "a", address)
    other = _copied(lille, tmp_path / "b", address)
    after = 0
    while _is_killed_unfrozen(first, after):
        shutil.rmtree(first.folder)
        first = _copied(lyon, tmp_path / "a", address)
        after += 3
    assert content_of(address)["attempt"] == []
    for sitting in (other, first):
        done = sitting.run("finalize", str(sitting.consolidation))
        assert done.status == 0, done.problems
    issued: list[tuple[Any, ...]] = content_of(address)["paper"]
    assert len({row[5] for row in issued}) == len(issued) == 14


def _is_killed_unfrozen(sitting: Sitting, after: int) -> bool:
    """Kill a closing; whether it died before it counted."""
    killed = is_killed(after, _command(sitting), commits=True)
    record = sitting.outputs / ".sheetgen" / "closing" / "1" / "closing.json"
    return killed and not record.exists()
