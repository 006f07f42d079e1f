"""The administrator's guide, followed on the example: the files that it names are written."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, ROOT, Workplace

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = (ROOT / "docs" / "guide" / "administrateur.md").read_text(encoding="utf-8")


def listed(header: str) -> set[str]:
    """The files and folders in the first column of the guide's table with this header row."""
    table = GUIDE.partition(f"\n{header}\n")[2].partition("\n\n")[0]
    return {
        name.rstrip("/")
        for row in table.splitlines()[1:]
        for name in re.findall(r"`([^`]+)`", row.split("|")[1])
    }


def inside(folder: Path) -> set[str]:
    """The names in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The example, taken from its grids to its papers as the guide tells."""
    place = Workplace(folder=tmp_path_factory.mktemp("guide"))
    private = place.outputs / ".sheetgen"
    private.mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")
    assert place.run("generate").exit_code == 0
    shutil.copytree(EXAMPLES / "retours", place.outputs / "retours", dirs_exist_ok=True)
    assert place.run("consolidate", "--no-reports").exit_code == 0
    shutil.copytree(EXAMPLES / "retour-tardif", place.outputs / "retours", dirs_exist_ok=True)
    shutil.copytree(place.outputs / "corrections", place.folder / "corrections")
    assert place.run("consolidate", "--no-reports").exit_code == 0
    assert place.run("finalize", str(EXAMPLES / "deliberation.xlsx")).exit_code == 0
    return place


def test_generate_writes_the_folders_of_the_guide(followed: Workplace) -> None:
    """Each folder that the guide names after `generate` is in the session's."""
    named = listed("| Dossier | Ce que c’est |")
    made = {"grilles", "envois", "rapports", "convocations", "retours", ".sheetgen"}
    assert named == {*made, "papier"}
    assert made <= inside(followed.outputs)
    assert (followed.outputs / "rapports" / "feuille-emargement.docx").is_file()


def test_what_is_sent_is_what_the_guide_lists(followed: Workplace) -> None:
    """With the archive and the draft of juror J1 in place of those of all."""
    of_others = {f"J{number}.{ending}" for number in (2, 3, 4) for ending in ("eml", "zip")}
    assert listed("| Dans `envois/` | Ce que c’est |") == (
        inside(followed.outputs / "envois") - of_others
    )


def test_a_juror_who_owes_a_grid_is_written_to(followed: Workplace) -> None:
    """J2's grid has not come back: a message alone; nobody owes anything once it has."""
    assert "`message_J1.txt`" in GUIDE
    assert inside(followed.folder / "corrections") == {"message_J2.txt"}
    assert inside(followed.outputs / "corrections") == set()


def test_papers_are_those_of_the_guide(followed: Workplace) -> None:
    """All that is in `final/`, and nothing else."""
    assert listed("| Dans `final/` | Ce que c’est |") == inside(followed.outputs / "final")


def test_papers_are_frozen_and_an_erased_one_comes_back(followed: Workplace) -> None:
    """Run again, `finalize` leaves what is there as it is, and makes again what is not."""
    final = followed.outputs / "final"
    erased = final / "notifications" / "notification_C01_Exemple.docx"
    erased.unlink()
    before = {path: path.read_bytes() for path in final.rglob("*") if path.is_file()}
    assert followed.run("finalize", str(EXAMPLES / "deliberation.xlsx")).exit_code == 0
    assert erased.is_file()
    assert {path: path.read_bytes() for path in before} == before


def test_a_reopened_session_keeps_its_former_version(followed: Workplace) -> None:
    """It lies in `versions/` of `final/`, and the reason is in `decisions.json`."""
    consolidation = str(EXAMPLES / "deliberation.xlsx")
    reopened = followed.run("finalize", consolidation, "--no-reports", "--reopen", "Numéro oublié")
    assert reopened.exit_code == 0
    final = followed.outputs / "final"
    assert inside(final / "versions") == {"1"}
    assert "Numéro oublié" in (final / "decisions.json").read_text(encoding="utf-8")


def test_an_extract_is_where_the_guide_says(followed: Workplace) -> None:
    """A folder at the candidate's number, that explains itself."""
    assert "`outputs/CODE-DE-LA-SESSION/extraits/C07/`" in GUIDE
    assert followed.run("extract", "C07").exit_code == 0
    assert "LISEZ-MOI.txt" in inside(followed.outputs / "extraits" / "C07")
