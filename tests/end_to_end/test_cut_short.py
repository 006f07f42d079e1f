"""A command that dies leaves old files or new ones; run again, it ends as if it had not."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import workbooks
from conftest import EXAMPLES, ROOT, Workplace
from killing import arguments_for, contents, is_killed, run_on_full_disk
from school import School

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

pytestmark = pytest.mark.posix  # commands are killed here, or left without room

JURYS = str(EXAMPLES / "deliberation.xlsx")


def is_draft(name: str) -> bool:
    """Return whether a path is that of a file that was being written."""
    return name.rpartition("/")[2].startswith(".")


def assert_whole(left: Mapping[str, bytes], *states: Mapping[str, bytes]) -> None:
    """Hold that each file is as in one of these states; notes of sheetgen's own may lag behind."""
    for name, data in left.items():
        if not (is_draft(name) or name.startswith(".sheetgen/")):
            assert data in [state.get(name) for state in states], name


def codes(problems: Iterable[dict[str, Any]]) -> list[str]:
    """The codes of problems."""
    return [item["code"] for item in problems]


def copied(school: School, folder: Path) -> School:
    """Return a copy of the school in another folder, with a session of its own."""
    shutil.copytree(school.folder, folder)
    return School(folder=folder, session={**school.session}, referential=school.referential)


def typed(school: School) -> list[str]:
    """The command line of `generate` for a school, its workbooks saved."""
    return [
        "generate",
        "--session",
        str(workbooks.save(school.folder / "session.xlsx", school.session)),
        "--referential",
        str(workbooks.save(school.folder / "referential.xlsx", school.referential)),
        "--templates",
        str(ROOT / "templates"),
        "--output",
        str(school.folder / "outputs"),
    ]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school with a key and nothing made."""
    return School(folder=tmp_path_factory.mktemp("school") / "keyed")


@pytest.fixture(scope="module")
def made(keyed: School, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what an undisturbed run makes of the school with a key."""
    school = copied(keyed, tmp_path_factory.mktemp("made") / "made")
    assert school.run("generate").status == 0
    return contents(school.outputs)


@pytest.mark.parametrize("after", [4, 9])
def test_generate_killed_and_run_again_is_as_if_nothing(
    keyed: School, made: dict[str, bytes], tmp_path: Path, after: int
) -> None:
    """The first run of a session dies among grids, records, archives and documents."""
    school = copied(keyed, tmp_path / "school")
    assert is_killed(after, typed(school))
    assert_whole(contents(school.outputs), made)
    for command in ("check", "status"):
        assert "run-interrupted" in codes(school.run(command).problems)
    again = school.run("generate")
    assert again.status == 0
    assert "run-resumed" in codes(again.problems)
    assert contents(school.outputs) == made
    assert "run-interrupted" not in codes(school.run("check").problems)


@pytest.fixture(scope="module")
def changed(keyed: School, tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school whose grids are made; then a draft is written in and the session changes."""
    school = copied(keyed, tmp_path_factory.mktemp("changed") / "school")
    assert school.generate().status == 0
    draft = school.outputs / "envois" / "J1.eml"
    draft.write_bytes(draft.read_bytes() + b"PS")
    for row in school.session["Session"]:
        if row[0] == "Date limite de retour":
            row[1] = "23/06/2026"
    school.session["Candidats"].append(
        ["004", "Tardif", "Ève", "05/05/1995", "Certification complète"]
    )
    return school


@pytest.fixture(scope="module")
def remade(changed: School, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what an undisturbed run makes of the school that changed."""
    school = copied(changed, tmp_path_factory.mktemp("remade") / "school")
    assert school.generate().status == 0
    return contents(school.outputs)


@pytest.mark.parametrize("after", [3, 13])
def test_grids_made_again_are_cut_short_without_a_trace(
    changed: School, remade: dict[str, bytes], tmp_path: Path, after: int
) -> None:
    """New grids, a complement, a draft that is kept under another name, once."""
    school = copied(changed, tmp_path / "school")
    assert is_killed(after, [*typed(school), "--no-reports"])
    assert_whole(contents(school.outputs), contents(changed.outputs), remade)
    assert school.generate().status == 0
    assert contents(school.outputs) == remade
    assert (school.outputs / "envois" / "J1-1.eml").read_bytes().endswith(b"PS")


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The example session, consolidated, after its jury sat; then a grid comes again, changed."""
    place = Workplace(folder=tmp_path_factory.mktemp("sat") / "place")
    (place.outputs / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", place.outputs / ".sheetgen" / "key")
    returns = place.outputs / "retours"
    shutil.copytree(EXAMPLES / "retours", returns)
    assert place.run("consolidate", "--no-reports").exit_code == 0
    shutil.copyfile(
        EXAMPLES / "deliberation.xlsx", place.outputs / "consolidation" / "consolidation.xlsx"
    )
    (returns / "grille_C01_J1_Exemple.xlsx").unlink()
    return place


@pytest.fixture(scope="module")
def consolidated(sat: Workplace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what an undisturbed consolidation makes of the session after its jury sat."""
    place = sat.copied(tmp_path_factory.mktemp("consolidated") / "place")
    place.run("consolidate", "--no-reports")
    return contents(place.outputs)


@pytest.mark.parametrize("after", [4, pytest.param(6, marks=pytest.mark.deep)])
def test_consolidate_killed_loses_no_word_of_the_jury(
    sat: Workplace, consolidated: dict[str, bytes], tmp_path: Path, after: int
) -> None:
    """Its workbook is kept under another name, once; run again, all is as if nothing."""
    place = sat.copied(tmp_path / "place")
    command = ["consolidate", "--no-reports", *arguments_for(place)]
    assert is_killed(after, command)
    assert_whole(contents(place.outputs), contents(sat.outputs), consolidated)
    told = json.loads(place.run("status", "--json").stdout)
    assert "run-interrupted" in codes(told["problems"])
    place.run("consolidate", "--no-reports")
    assert contents(place.outputs) == consolidated


def assert_full(done: CompletedProcess[str]) -> None:
    """Hold that a command says in French, on standard error alone, that it could not write."""
    assert done.returncode == 1
    assert "ne peut pas être écrit : fichier plus grand que ce que le disque accepte" in done.stderr
    assert "refus du système" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "too large" not in done.stderr


def test_grids_on_a_full_disk_are_whole_or_not_there(
    changed: School, remade: dict[str, bytes], tmp_path: Path
) -> None:
    """Files of more than 12,000 bytes are refused; with room again, all is as if nothing."""
    school = copied(changed, tmp_path / "school")
    assert_full(run_on_full_disk(12_000, [*typed(school), "--no-reports"]))
    left = contents(school.outputs)
    assert left.pop("envois/envois.csv").count(b"\r\n") == 1, (
        "archives are listed that are not made"
    )
    assert_whole(left, contents(changed.outputs), remade)
    assert not [name for name in left if is_draft(name)]
    assert "run-interrupted" in codes(school.run("check").problems)
    assert school.generate().status == 0
    assert contents(school.outputs) == remade


def test_a_consolidation_on_a_full_disk_leaves_the_jurys_workbook(
    sat: Workplace, consolidated: dict[str, bytes], tmp_path: Path
) -> None:
    """The workbook in which the jury wrote is untouched; with room again, all is as if nothing."""
    place = sat.copied(tmp_path / "place")
    assert_full(run_on_full_disk(12_000, ["consolidate", "--no-reports", *arguments_for(place)]))
    left = contents(place.outputs)
    assert_whole(left, contents(sat.outputs), consolidated)
    assert not [name for name in left if is_draft(name)]
    name = "consolidation/consolidation.xlsx"
    assert left[name] == contents(sat.outputs)[name]
    place.run("consolidate", "--no-reports")
    assert contents(place.outputs) == consolidated


def test_a_closing_on_a_full_disk_closes_nothing(
    complete_example: Workplace, tmp_path: Path
) -> None:
    """Neither the first one nor a reopening, which stays on record until it is carried out."""
    place = complete_example.copied(tmp_path / "place")
    before = contents(place.outputs)
    command = ["finalize", JURYS, "--no-reports", *arguments_for(place)]
    assert_full(run_on_full_disk(12_000, command))
    assert contents(place.outputs) == before
    assert place.run("finalize", JURYS, "--no-reports").exit_code == 0
    closed = contents(place.outputs)
    assert_full(run_on_full_disk(12_000, [*command, "--reopen", "Nom oublié"]))
    left = contents(place.outputs)
    assert left.pop(".sheetgen/closing/reopening.json")
    assert left == closed
    assert "reopening-unfinished" in codes(
        json.loads(place.run("check", "--json").stdout)["problems"]
    )
