"""A jury's decisions reach the register, once, whatever happens on the way."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, Workplace
from killing import arguments_for, is_killed

from sheetgen.register import open_register
from sheetgen.register.register_tables import CLOSING, PAPER, PERSON, RESULT

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Table

JURYS = str(EXAMPLES / "deliberation.xlsx")


def _rows(place: Workplace, table: Table) -> list[dict[str, object]]:
    register = open_register(_register(place))
    assert register is not None
    with register.reading() as connection:
        found = [dict(row) for row in connection.execute(table.select()).mappings()]
    register.close()
    return found


def _register(place: Workplace) -> str:
    return str(place.folder / "register.sqlite")


def _close(place: Workplace, *options: str) -> dict[str, object]:
    told = place.run(
        "finalize", JURYS, "--with-register", "--register", _register(place), "--json", *options
    )
    assert told.exit_code == 0, told.output
    said: dict[str, object] = json.loads(told.stdout)
    return said


def _footer(paper: Path) -> str:
    with zipfile.ZipFile(paper) as package:
        return package.read("word/footer1.xml").decode()


@pytest.mark.posix
def test_a_closing_reaches_the_register_once(complete_example: Workplace, tmp_path: Path) -> None:
    """Killed in the middle, run again, its register lost: the same numbers, each of them once."""
    place = complete_example.copied(tmp_path)
    asked = ["finalize", JURYS, *arguments_for(place), "--with-register"]
    assert is_killed(9, [*asked, "--register", _register(place)])
    assert not [row for row in _rows(place, PAPER) if row["issued"]]
    _close(place)
    issued = {str(row["number"]): row for row in _rows(place, PAPER)}
    attestations = len(list((place.outputs / "final" / "attestations").iterdir()))
    parchemins = len(list((place.outputs / "final" / "parchemins").iterdir()))
    assert attestations
    assert parchemins
    assert sorted(issued) == [
        *(f"A-2026-{rank:05d}" for rank in range(1, attestations + 1)),
        *(f"P-2026-{rank:05d}" for rank in range(1, parchemins + 1)),
    ]
    assert all(row["issued"] and not row["withdrawn"] for row in issued.values())
    for folder in ("attestations", "parchemins"):
        for paper in (place.outputs / "final" / folder).iterdir():
            _, candidate, *rest = paper.stem.split("_")
            block = rest[0] if folder == "attestations" else ""
            (number,) = (
                number
                for number, row in issued.items()
                if (row["candidate"], row["block"]) == (candidate, block)
            )
            assert f" n° {number} — " in _footer(paper)
    assert len(_rows(place, PERSON)) == 10
    before = {table: _rows(place, table) for table in (PERSON, RESULT, CLOSING, PAPER)}
    said = _close(place)
    assert {table: _rows(place, table) for table in before} == before
    assert "recorded-late" not in json.dumps(said)
    # A register that was lost without any copy: what is frozen makes it again.
    (tmp_path / "register.sqlite").unlink()
    assert "recorded-late" in json.dumps(_close(place))
    numbered = {row["number"]: row["sha256"] for row in _rows(place, PAPER)}
    assert numbered == {row["number"]: row["sha256"] for row in before[PAPER]}


def test_a_trial_is_not_recorded(complete_example: Workplace, tmp_path: Path) -> None:
    """With `--no-register` no register is made, and no paper has a number or a hole for one."""
    place = complete_example.copied(tmp_path)
    done = place.run("finalize", JURYS, "--no-register", "--register", _register(place))
    assert done.exit_code == 0, done.output
    assert not (tmp_path / "register.sqlite").exists()
    paper = next((place.outputs / "final" / "parchemins").iterdir())
    assert "Parchemin — " in _footer(paper)
    # Recorded after all, its papers stay as they are, without numbers.
    _close(place)
    assert {row["number"] for row in _rows(place, PAPER)} == {None}


def test_nobody_is_guessed_and_nothing_is_closed(
    complete_example: Workplace, tmp_path: Path
) -> None:
    """A candidate whom the register may know stops the closing at their cell."""
    place = complete_example.copied(tmp_path)
    register = open_register(_register(place), create=True)
    assert register is not None
    with register.writing() as connection:
        connection.execute(PERSON.insert().values(last_name="EXEMPLE", first_name="Zoe"))
        connection.exec_driver_sql(
            "INSERT INTO person_name (person, key) VALUES (1, 'exemple|zoe')"
        )
    register.close()
    told = place.run("finalize", JURYS, "--with-register", "--register", _register(place))
    assert told.exit_code == 1
    assert "Zoé Exemple" in told.output
    assert "REG-1" in told.output
    assert not (place.outputs / "final").exists()
