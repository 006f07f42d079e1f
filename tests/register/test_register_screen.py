"""The answers of the commands on the register, as a person reads them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from registered import PLACES, attestation, candidate, closing, identity, key

from sheetgen.cli import main
from sheetgen.register import open_register, record_closing, reserve_numbers

if TYPE_CHECKING:
    from pathlib import Path

ZOE = identity("Zoé Exemple", "1998-03-14")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register where Zoé failed in June, was awarded two blocs in July, corrected in August."""
    path = tmp_path_factory.mktemp("shown") / "register.sqlite"
    register = open_register(str(path), create=True)
    assert register is not None
    june = closing(key(), candidate("C01", ZOE, BC01="not_validated"))
    sat = candidate("C07", ZOE, BC01="validated", BC02="validated")
    with register.writing() as connection:
        assert record_closing(connection, june, PLACES, "essai") == []
        for version, day in ((1, "2026-07-10"), (2, "2026-08-01")):
            which = key("JUILLET", version, date="2026-07-01")
            numbers = reserve_numbers(connection, which, [attestation("C07")], 2026)
            facts = closing(which, sat, digest=f"d{version}", numbers=numbers)
            assert record_closing(connection, replace(facts, closed=day), PLACES, "essai") == []
        reserve_numbers(connection, key("MARS"), [attestation("C01"), attestation("C02")], 2026)
    register.close()
    return path


def _run(path: Path, *command: str) -> list[str]:
    done = CliRunner().invoke(main, ["register", *command, "--register", str(path)])
    assert done.exit_code == 0, done.output
    return [" ".join(line.split()) for line in done.output.splitlines()]


def test_what_somebody_holds_stands_below_the_session_that_gave_it(filled: Path) -> None:
    """Each bloc by its code and title; certification, session and day said once."""
    assert _run(filled, "show", "exemple") == [
        "REG-1 Zoé Exemple, né(e) le 14 mars 1998",
        "RNCP1 · Titre",
        "· session JUIN, jury du 15 juin 2026, candidat C01 : Validation partielle",
        (
            "· session JUILLET, jury du 10 juillet 2026, candidat C07 : Validation partielle "
            "(remplacé par une réouverture)"
        ),
        "· session JUILLET, jury du 1er août 2026, candidat C07 : Validation partielle",
        "✔ bloc BC01 Bloc BC01, A-2026-00002",
        "✔ bloc BC02 Bloc BC02",
    ]


def test_numbers_that_a_closing_did_not_use_are_told(filled: Path) -> None:
    """They are kept for it, and a hole in the numbers is explained."""
    told = " ".join(_run(filled, "show"))
    assert (
        "La clôture de la session MARS n'est pas allée au bout, et garde 2 numéro(s) réservé(s) : "
        "A-2026-00003, A-2026-00004."
    ) in told


def test_the_account_says_when_nothing_was_deleted(filled: Path, tmp_path: Path) -> None:
    """Asked for and empty is not the same as not asked for."""
    nothing = "Rien n'a encore été supprimé."
    where = ("--output", str(tmp_path))
    assert nothing in _run(filled, "forget", "--history", *where)
    assert nothing not in _run(filled, "forget", *where)


def test_another_key_asks_for_the_page_again(filled: Path, tmp_path: Path) -> None:
    """The page that is published knows nothing of what the new key signs."""
    place = tmp_path / "register.sqlite"
    shutil.copyfile(filled, place)
    arguments = ["register", "key", "--new", "--register", str(place)]
    first = CliRunner().invoke(main, arguments)
    second = CliRunner().invoke(main, arguments)
    told = [" ".join(result.output.split()) for result in (first, second)]
    assert ["« sheetgen register publish »" in text for text in told] == [False, True]
