"""Files that hang, swell or kill whatever reads them: each refused, the others read."""

from __future__ import annotations

import multiprocessing
import os
import random
import struct
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from spreadsheet import hostile, readers

from sheetgen.problems import Problem
from sheetgen.returns import FoundFile, find_returns
from sheetgen.spreadsheet import RawWorkbook, read_workbook
from sheetgen.spreadsheet.contained import ReadFile, begin_alone, crew, read_contained

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from office import Office

GRID = hostile.grid()
READ = read_workbook(GRID)


def put(folder: Path, *names: str, data: bytes = GRID) -> list[FoundFile]:
    """Writes the same file under the names, asking for the harm that they name, and finds them."""
    for name in names:
        asked = readers.HARM + name.encode() + b"\n" if data == GRID else b""
        (folder / name).write_bytes(asked + data)
    return found(folder)


def found(folder: Path) -> list[FoundFile]:
    """The files of a folder, nothing being wrong with it."""
    files, problems = find_returns([folder])
    assert problems == []
    return files


def outcomes(
    files: list[FoundFile], *, jobs: int = 2, seconds: float = 20, memory: int = 1 << 30
) -> dict[str, str]:
    """Return what became of each file: `read`, or the code of its problem; nothing else may be."""
    said: dict[str, str] = {}
    for file, outcome in read_contained(
        files, readers.READ, jobs=jobs, seconds=seconds, memory=memory
    ):
        if isinstance(outcome, Problem):
            assert outcome.location.file == file.name
            said[file.name] = outcome.code
        else:
            assert outcome == READ
            said[file.name] = "read"
    return said


def test_results_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    """Whoever finishes first."""
    files = put(tmp_path, *(f"{n:02}.xlsx" for n in range(30)))[::-1]
    read = list(read_contained(files, readers.READ, jobs=2))
    assert [file for file, _ in read] == files
    assert all(outcome == READ for _, outcome in read)


def test_nothing_to_read_starts_nothing() -> None:
    """An empty folder costs no process."""
    assert list(read_contained([], readers.READ, jobs=2)) == []


def test_workers_read_many_files_each(tmp_path: Path) -> None:
    """A process is not started for every file, nor is this one used."""
    files = put(tmp_path, *(f"{n:02}.xlsx" for n in range(20)))
    workers = {outcome for _, outcome in read_contained(files, readers.WORKER, jobs=2)}
    assert 1 <= len(workers) <= 2
    assert os.getpid() not in workers


def test_files_that_kill_their_reader_are_refused_and_the_others_read(tmp_path: Path) -> None:
    """The culprit of each death is found, however many share the workers."""
    files = put(
        tmp_path, "a.xlsx", "b-abort.xlsx", "c.xlsx", "d-leave.xlsx", "e-abort.xlsx", "f.xlsx"
    )
    assert outcomes(files) == {
        "a.xlsx": "read",
        "b-abort.xlsx": "reading-crashed",
        "c.xlsx": "read",
        "d-leave.xlsx": "reading-crashed",
        "e-abort.xlsx": "reading-crashed",
        "f.xlsx": "read",
    }


def test_files_that_vanish_with_their_worker_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies before it says what it took leaves nobody waiting for ever."""
    monkeypatch.setattr(crew, "_GRACE_SECONDS", 0.5)
    files = put(tmp_path, "a.xlsx", "b.xlsx", "c.xlsx")
    read = list(
        read_contained(files, ReadFile(read=readers.Deadly(), answer=int), jobs=2, seconds=0.5)
    )
    assert [file.name for file, _ in read] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    assert all(isinstance(o, Problem) and o.code == "reading-crashed" for _, o in read)


def test_the_culprits_among_many_files_are_found_and_no_other_file_is_touched(
    tmp_path: Path,
) -> None:
    """Workers are given several files ahead: what they leave behind is read by others."""
    culprits = {3: "abort", 4: "hang", 5: "abort", 17: "leave", 38: "hang", 39: "abort"}
    names = [f"{n:02}-{culprits.get(n, 'bon')}.xlsx" for n in range(40)]
    codes = {"bon": "read", "hang": "reading-too-long"}
    said = outcomes(put(tmp_path, *names), seconds=3)
    assert said == {
        name: codes.get(name[3:].removesuffix(".xlsx"), "reading-crashed") for name in names
    }


def test_reading_goes_on_only_so_far_past_a_slow_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read before its turn is kept in memory, so that there is a bound to it."""
    monkeypatch.setattr(crew, "_FILES_AHEAD", 3)
    files = put(tmp_path, "00-hang.xlsx", *(f"{n:02}.xlsx" for n in range(1, 12)))
    said = outcomes(files, seconds=3)
    assert said.pop("00-hang.xlsx") == "reading-too-long"
    assert set(said.values()) == {"read"}
    assert len(said) == 11


def test_files_with_very_long_names_are_given_one_at_a_time(tmp_path: Path) -> None:
    """A worker's line never fills with what it has not taken yet."""
    folder = tmp_path.joinpath(*["d" * 200] * 12)
    folder.mkdir(parents=True)
    files = put(folder, *(f"{n:02}-{'n' * 200}.xlsx" for n in range(30)))
    read = list(read_contained(files, readers.READ, jobs=2))
    assert [file for file, _ in read] == files
    assert all(outcome == READ for _, outcome in read)


def test_workers_do_not_run_the_program_again(tmp_path: Path) -> None:
    """A program that imports much, or that has no guard, is not imported in every worker."""
    program = tmp_path / "programme.py"
    program.write_text(PROGRAM, encoding="utf-8")
    folder = tmp_path / "retours"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(GRID)
    done = subprocess.run(
        [sys.executable, str(program), str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.splitlines() == ["une fois", "ReadGrid"]


PROGRAM = """
import sys
from pathlib import Path
from sheetgen.grid.read.grid import ReadGrid, read_grid
from sheetgen.returns.find import find_returns
from sheetgen.spreadsheet.contained import ReadFile, read_contained

print("une fois", flush=True)
files, _ = find_returns([Path(sys.argv[1])])
how = ReadFile(read=read_grid, answer=ReadGrid)
print([type(read).__name__ for _, read in read_contained(files, how, jobs=1)][0])
"""


@pytest.mark.linux
def test_one_file_is_read_by_a_copy_of_this_process_unless_it_has_threads(tmp_path: Path) -> None:
    """A copy is held to the same limits; a lock that a thread holds would stay shut in it."""
    put(tmp_path, "a.xlsx", "abort.xlsx", "fault.xlsx", "hang.xlsx", "shout.xlsx", "swell.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT / "tests")])},
    )
    said = ["read", "reading-crashed", "reading-crashed", "reading-too-long", "read"]
    assert done.stdout.splitlines() == [*said, "reading-too-heavy", "True", "False"]
    assert done.stderr == ""


ALONE = """
import os, sys, threading
from pathlib import Path
from sheetgen.problems import Problem
from sheetgen.spreadsheet.contained import read_alone
from spreadsheet import readers

def read(path, how=readers.READ):
    return read_alone(path, path.read_bytes(), how, seconds=3.0, memory=1 << 30)

files = sorted(Path(sys.argv[1]).iterdir())
for file in files:
    found = read(file)
    print(found.code if isinstance(found, Problem) else "read")
print(read(files[0], readers.STARTER) == os.getpid())
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(read(files[0], readers.STARTER) == os.getpid())
"""


def test_a_crash_says_how_the_process_ended(tmp_path: Path) -> None:
    """The signal is named, for whoever looks into it."""
    (outcome,) = [o for _, o in read_contained(put(tmp_path, "abort.xlsx"), readers.READ, jobs=1)]
    assert isinstance(outcome, Problem)
    assert "SIGABRT" in outcome.message


def test_a_file_that_hangs_is_refused_in_time_and_the_others_read(tmp_path: Path) -> None:
    """The time limit is each file's own."""
    files = put(tmp_path, "a.xlsx", "hang.xlsx", "z.xlsx")
    before = time.monotonic()
    assert outcomes(files, seconds=3, jobs=1) == {
        "a.xlsx": "read",
        "hang.xlsx": "reading-too-long",
        "z.xlsx": "read",
    }
    assert time.monotonic() - before < 60  # it would hang for ten minutes


@pytest.mark.linux
def test_a_file_that_swells_is_refused_and_the_others_read(tmp_path: Path) -> None:
    """A worker asking for 8 GiB gets none of it."""
    files = put(tmp_path, "a.xlsx", "swell.xlsx", "z.xlsx")
    assert outcomes(files) == {
        "a.xlsx": "read",
        "swell.xlsx": "reading-too-heavy",
        "z.xlsx": "read",
    }


@pytest.mark.linux
def test_a_file_does_not_pay_for_the_one_before_it(tmp_path: Path) -> None:
    """What a worker kept from one file does not refuse the next, which is tried alone."""
    files = put(tmp_path, "a-keep.xlsx", "b-need.xlsx")
    said = outcomes(files, jobs=1, memory=600 << 20)
    assert said == {"a-keep.xlsx": "read", "b-need.xlsx": "read"}


@pytest.mark.parametrize("name", ["fault.xlsx", "exit.xlsx"])
def test_whatever_a_file_makes_the_reader_raise_refuses_it_alone(tmp_path: Path, name: str) -> None:
    """Even what asks the process to end."""
    files = put(tmp_path, "a.xlsx", name, "z.xlsx")
    assert outcomes(files) == {"a.xlsx": "read", name: "reading-crashed", "z.xlsx": "read"}


def test_the_readers_outcries_are_silenced(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing reaches the terminal, nor a report on standard output."""
    assert outcomes(put(tmp_path, "shout.xlsx", "abort.xlsx"))["shout.xlsx"] == "read"
    assert tuple(capfd.readouterr()) == ("", "")


def test_stopping_early_stops_the_workers(tmp_path: Path) -> None:
    """Whoever asks for no more results does not wait for the rest."""
    before = time.monotonic()
    files = put(tmp_path, "a.xlsx", "hang.xlsx")
    for _ in read_contained(files, readers.READ, jobs=2, seconds=300):
        break
    assert time.monotonic() - before < 60


def test_a_file_that_changed_since_it_was_found_is_refused(tmp_path: Path) -> None:
    """What is read is what was found, or nothing."""
    files = put(tmp_path, "a.xlsx", "b.xlsx")
    (tmp_path / "a.xlsx").write_bytes(b"autre chose")
    (tmp_path / "b.xlsx").unlink()
    assert outcomes(files) == {
        "a.xlsx": "file-changed-while-reading",
        "b.xlsx": "unreadable-file",
    }


def test_members_of_archives_are_read_where_they_are(tmp_path: Path) -> None:
    """Nothing is extracted for the workers."""
    inner = hostile.packed({"b.xlsx": GRID})
    put(tmp_path, "z.zip", data=hostile.packed({"a.xlsx": GRID, "inner.zip": inner}))
    assert outcomes(found(tmp_path)) == {
        "z.zip!/a.xlsx": "read",
        "z.zip!/inner.zip!/b.xlsx": "read",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["z.zip"]


HOSTILE = {
    "bombe.xlsx": (
        hostile.written([*hostile.entries(GRID), hostile.zeros("xl/a.xml", 1024)]),
        "workbook-too-large",
    ),
    "egaree.xlsx": (
        hostile.replaced(
            GRID,
            hostile.SHEET,
            "</sheetData>",
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
        "far-cell",
    ),
    "menteur.xlsx": (
        hostile.replaced(GRID, hostile.SHEET, 't="s"><v>4<', 't="s"><v>9999999999<'),
        "damaged-workbook",
    ),
    "menteur.xls": (hostile.xls([], texts=2**31 - 1), "damaged-workbook"),
    "egaree.ods": (
        hostile.ods(
            '<table:table-row table:number-rows-repeated="1000000">'
            f"{hostile.ods_cell('x', columns_repeated=16_000)}</table:table-row>"
        ),
        "far-cell",
    ),
    "egaree.xlsb": (
        hostile.xlsb(hostile.xlsb_row(9) + hostile.xlsb_cell(5, 2**32 - 1, bytes(8))),
        "far-cell",
    ),
    "entites.xlsx": (
        hostile.edited(GRID, hostile.SHEET, lambda b: b'<!DOCTYPE x [<!ENTITY a "a">]>' + b),
        "suspect-workbook",
    ),
    "chiffre.xlsx": (
        hostile.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        "password-protected-workbook",
    ),
    "coupe.xlsx": (GRID[:-200], "damaged-workbook"),
    "vide.xlsx": (b"", "empty-file"),
    "scan.xlsx": (b"%PDF-1.7", "not-a-workbook"),
    "sans-feuille.xlsx": (
        hostile.without(GRID, hostile.SHEET),
        "damaged-workbook",
    ),
}


def test_every_hostile_file_is_refused_in_seconds_and_the_grids_are_read(tmp_path: Path) -> None:
    """Bombs, stray cells, lies, entities, secrets and wrecks, all in one run."""
    for name, (data, _) in HOSTILE.items():
        put(tmp_path, name, data=data)
    files = put(tmp_path, "0.xlsx", "z.xlsx")
    said = outcomes(files, seconds=6)  # one that takes longer is refused for that
    assert said == {
        "0.xlsx": "read",
        "z.xlsx": "read",
        **{name: code for name, (_, code) in HOSTILE.items()},
    }


def flipped(data: bytes, seed: int) -> bytes:
    """The bytes with a few of them changed, cut out or doubled."""
    chance = random.Random(seed)  # noqa: S311 - chosen for being repeatable
    body = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                del body[place : place + chance.randint(1, 200)]
            case 1:
                body[place:place] = body[place : place + chance.randint(1, 200)]
            case _:
                body[place] = chance.randrange(256)
    return bytes(body)


def test_a_damaged_grid_is_read_exactly_or_refused(tmp_path: Path) -> None:
    """Whatever bytes are changed: no crash of this process, no hang, nothing misread."""
    for seed in range(400):
        (tmp_path / f"{seed:03}.xlsx").write_bytes(flipped(GRID, seed))
    said = outcomes(found(tmp_path))
    assert len(said) == 400
    assert "reading-too-long" not in said.values()


def test_damaged_old_and_open_formats_harm_nobody(libreoffice: Office, tmp_path: Path) -> None:
    """An .xls holds no sums of its bytes, so it may be misread; the others may not be harmed."""
    original = tmp_path / "grille.xlsx"
    original.write_bytes(GRID)
    copies = [
        libreoffice.convert([original], tmp_path, ending)[0].read_bytes()
        for ending in (".xls", ".ods")
    ]
    rows = hostile.xlsb_row(1) + hostile.xlsb_cell(5, 2, struct.pack("<d", 2.5))
    folder = tmp_path / "retours"
    folder.mkdir()
    for seed in range(150):
        for number, data in enumerate([*copies, hostile.xlsb(rows)]):
            (folder / f"{seed:03}-{number}").write_bytes(flipped(data, seed))
    results = [outcome for _, outcome in read_contained(found(folder), readers.READ, jobs=2)]
    assert len(results) == 450
    assert all(isinstance(outcome, RawWorkbook | Problem) for outcome in results)
    codes = {outcome.code for outcome in results if isinstance(outcome, Problem)}
    assert "reading-too-long" not in codes


def test_an_answer_that_is_not_what_was_asked_for_refuses_the_file_alone(tmp_path: Path) -> None:
    """A process that a file has taken over can say nothing else than what a reader may say."""
    (tmp_path / "a.xlsx").write_bytes(b"PK autre")
    (tmp_path / "b.xlsx").write_bytes(b"juste")
    how = ReadFile(read=readers.anything, answer=int)
    read = {file.name: outcome for file, outcome in read_contained(found(tmp_path), how, jobs=1)}
    wrong = read["a.xlsx"]
    assert isinstance(wrong, Problem)
    assert (wrong.code, wrong.location.file) == ("reading-crashed", "a.xlsx")
    assert "réponse incompréhensible" in wrong.message
    assert read["b.xlsx"] == 5


def test_whatever_a_reader_raises_is_told_in_french(tmp_path: Path) -> None:
    """The name of the fault is a landmark; its English words are left out."""
    (outcome,) = [o for _, o in read_contained(put(tmp_path, "fault.xlsx"), readers.READ, jobs=1)]
    assert isinstance(outcome, Problem)
    assert outcome.message == (
        "Le lecteur s'est arrêté en ouvrant ce classeur : erreur interne (KeyError)."
    )


def test_what_is_begun_is_read_meanwhile(tmp_path: Path) -> None:
    """Two at once, asked for in any order; who never asks leaves no process behind."""
    one, other, hanging = (file.path for file in put(tmp_path, "a.xlsx", "exit.xlsx", "hang.xlsx"))

    def begun(path: Path) -> AbstractContextManager[Callable[[], RawWorkbook | Problem]]:
        return begin_alone(path, path.read_bytes(), readers.READ, seconds=20, memory=1 << 30)

    before = set(multiprocessing.active_children())
    with begun(one) as first, begun(other) as second, begun(hanging):
        refused = second()
        assert isinstance(refused, Problem)
        assert refused.code == "reading-crashed"
        assert first() == READ
        assert len({*multiprocessing.active_children()} - before) == 3
    assert {*multiprocessing.active_children()} <= before
