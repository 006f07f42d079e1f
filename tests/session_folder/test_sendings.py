"""Sendings are remembered: what nobody changed follows the session, what is new is sent."""

from __future__ import annotations

import zipfile
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from returns.desk import edited, opened
from school import School

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school whose grids are made."""
    place = School(folder=tmp_path)
    assert place.generate().status == 0
    return place


def add_candidate(school: School, number: str = "004") -> None:
    """A further candidate, on both blocs."""
    school.session["Candidats"].append(
        [number, f"Tardif{number}", "Ève", "05/05/1995", "Certification complète"]
    )


def home(path: Path) -> list[object]:
    """Every value of a grid's first sheet."""
    sheet = opened(path.read_bytes())["Accueil"]
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def saved_again(path: Path) -> bytes:
    """A grid in which somebody wrote a note; what it holds then."""

    def annotate(book: Workbook) -> None:
        book["Accueil"]["Z50"] = "annoté"

    path.write_bytes(edited(path.read_bytes(), annotate))
    return path.read_bytes()


def packed(school: School, archive: str) -> list[str]:
    """The names in an archive to be sent; none where there is no archive."""
    path = school.outputs / "envois" / archive
    return sorted(zipfile.ZipFile(path).namelist()) if path.exists() else []


def in_archive(school: School, archive: str, name: str) -> bytes:
    """A grid as an archive brings it."""
    return zipfile.ZipFile(school.outputs / "envois" / archive).read(name)


def test_a_moved_deadline_is_brought_into_grids_without_force(school: School) -> None:
    """Grids, zips and mails agree on the new day; nobody is sent anything again."""
    school.set("Session", "B9", "30/06/2026")
    again = school.generate()
    assert (again.status, again.codes) == (0, [])
    assert {again.written[name] for name in again.written if name.startswith("grille")} == {
        "replaced"
    }
    grid = school.grid("J1", "001", "_Martin")
    assert "30/06/2026" in home(grid)
    assert in_archive(school, "J1.zip", grid.name) == grid.read_bytes()
    mail = message_from_bytes(
        (school.outputs / "envois" / "J1.eml").read_bytes(), policy=policy.default
    )
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    assert "30/06/2026" in text.get_content()
    assert not list((school.outputs / "envois").glob("*complement*"))


def test_a_title_corrected_is_brought_into_grids_mails_and_instructions(school: School) -> None:
    """As a deadline is: nothing is sent again, and a grid sent before still counts."""
    sent = school.grid("J1", "001", "_Martin").read_bytes()
    school.set("Session", "B3", "Session corrigée")
    school.set("Session", "B9", "30/06/2026")
    again = school.run("generate")
    assert again.status == 0
    grid = school.grid("J1", "001", "_Martin")
    assert any("Session corrigée" in str(value) for value in home(grid))
    assert in_archive(school, "J1.zip", grid.name) == grid.read_bytes() != sent
    mail = message_from_bytes(
        (school.outputs / "envois" / "J1.eml").read_bytes(), policy=policy.default
    )
    assert "Session corrigée" in str(mail["Subject"])
    assert again.written["consignes-jures.docx"] == "created"
    assert not list((school.outputs / "envois").glob("*complement*"))
    returned = school.outputs / "retours" / grid.name
    returned.write_bytes(sent)
    assert "grid-other-session" not in school.run("status", "--no-reports").codes
    assert "file-unreadable" not in school.run("status", "--no-reports").codes


def test_a_birth_date_filled_in_or_corrected_sends_nothing_again(school: School) -> None:
    """It is in no grid; the record has it, and the grids that were sent still count."""
    before = school.grid("J1", "001", "_Martin").read_bytes()
    for born in ("09/09/1990", "10/09/1990"):
        school.set("Candidats", "D2", born)
        assert school.generate().status == 0
    assert school.grid("J1", "001", "_Martin").read_bytes() == before
    assert not list((school.outputs / "envois").glob("*complement*"))
    assert "birth-date-corrected" not in school.run("check").codes


def test_a_grid_in_which_somebody_wrote_keeps_its_deadline_and_is_no_error(school: School) -> None:
    """It is left as it is, one line says so, and the others are renewed."""
    grid = school.grid("J1", "001", "_Martin")
    written_in = saved_again(grid)
    school.set("Session", "B9", "30/06/2026")
    again = school.generate()
    assert again.status == 0
    assert "1 grille(s) où quelqu'un a écrit" in again.said("made-grids-left")
    assert grid.read_bytes() == written_in


def test_force_keeps_what_somebody_wrote_under_another_name(school: School) -> None:
    """Not even --force loses what was written in a grid."""
    grid = school.grid("J1", "001", "_Martin")
    original = grid.read_bytes()
    grid.write_bytes(b"written in")
    again = school.generate("--force")
    assert grid.read_bytes() == original
    assert grid.with_name("grille_001_J1_Martin-1.xlsx").read_bytes() == b"written in"
    assert "changed-file-kept" in again.codes


def test_a_late_candidate_goes_into_a_complement_alone(school: School) -> None:
    """The complement brings the new grid with its draft; the whole archive is current."""
    add_candidate(school)
    again = school.generate()
    assert (again.status, again.codes) == (0, [])
    assert packed(school, "J1-complement-1.zip") == ["grille_004_J1_Tardif004.xlsx"]
    assert len(packed(school, "J1.zip")) == 4
    draft = (school.outputs / "envois" / "J1-complement-1.eml").read_bytes()
    mail = message_from_bytes(draft, policy=policy.default)
    assert str(mail["Subject"]).endswith("(complément 1)")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["J1-complement-1.zip"]


def test_each_sending_has_its_own_complement_and_all_stay_current(school: School) -> None:
    """A second latecomer is the second complement; a deadline moved later is in the first too."""
    add_candidate(school)
    school.generate()
    add_candidate(school, "005")
    school.set("Session", "B9", "30/06/2026")
    school.generate()
    assert packed(school, "J1-complement-2.zip") == ["grille_005_J1_Tardif005.xlsx"]
    first = school.grid("J1", "004", "_Tardif004")
    assert packed(school, "J1-complement-1.zip") == [first.name]
    assert in_archive(school, "J1-complement-1.zip", first.name) == first.read_bytes()
    assert "30/06/2026" in home(first)
    school.generate()
    assert packed(school, "J1-complement-3.zip") == []


def test_a_candidate_turned_full_gets_a_new_grid_in_a_complement(school: School) -> None:
    """Check says that the grid lacks a bloc; generate makes it again and sends it."""
    school.set("Candidats", "E4", "Certification complète")
    school.set("Candidats", "F4", None)
    checked = school.run("check", "--no-reports")
    assert "2 grille(s) déjà faite(s) n'ont pas tous les blocs à évaluer" in checked.said(
        "made-grids-lack-blocs"
    )
    again = school.generate()
    assert "les blocs à évaluer ne sont plus les mêmes" in again.said("made-grids-remade")
    assert packed(school, "J1-complement-1.zip") == ["grille_003_J1_Petit.xlsx"]


def test_grids_that_ask_something_else_are_told_until_they_are_made_again(school: School) -> None:
    """A candidate who comes for single blocs, for the same ones: none is lacking."""
    school.set("Candidats", "E3", "Capitalisation de blocs")
    school.set("Candidats", "F3", "BC01; BC02")
    checked = school.run("check", "--no-reports")
    told = "Élise Blanc (J1) : Benoît Durand (002) ; Farid Noir (J2) : Benoît Durand (002)"
    assert told in checked.said("made-grids-changed")
    assert "made-grids-changed" in school.run("status").codes
    school.generate()
    assert packed(school, "J1-complement-1.zip") == ["grille_002_J1_Durand.xlsx"]
    assert school.run("check", "--no-reports").codes == []


def test_a_new_deadline_is_not_asked_for_in_grids_that_nobody_is_asked_for(school: School) -> None:
    """Who withdrew has no grid made again: what generate leaves, check and status leave too."""
    school.set("Candidats", "G3", "Abandon")
    school.set("Session", "B9", "30/06/2026")
    assert "4 grille(s), par leur date limite" in school.run("check").said("made-papers-to-renew")
    school.generate()
    assert school.run("check", "--no-reports").codes == ["made-grids-not-asked"]


def test_a_corrected_text_is_told_with_its_code_before_anything_comes_back(school: School) -> None:
    """Check and status name the criterion, whose grids, and what to do; then generate renews."""
    school.referential["Critères"][1][2] = "Les faits sont relevés et datés"
    for command in ("check", "status"):
        said = school.run(command, "--no-reports").said("made-grids-outdated")
        assert said == (
            "6 grille(s) déjà faite(s) seraient refusées au retour (Élise Blanc (J1) : Alix "
            "Martin (001), Benoît Durand (002), Chloé Petit (003) ; Farid Noir (J2) : Alix Martin "
            "(001), Benoît Durand (002), Chloé Petit (003)) : le référentiel a changé depuis, à "
            "C1.1.1."
        )
    again = school.generate()
    assert again.status == 0
    assert "à C1.1.1" in again.said("made-grids-remade")
    assert len(packed(school, "J2-complement-1.zip")) == 3
    assert "made-grids-outdated" not in school.run("check", "--no-reports").codes


def test_grids_no_longer_asked_for_are_told(school: School) -> None:
    """A candidate who does not come: the grids that are out are named."""
    school.set("Candidats", "G3", "Absent")
    said = school.run("check", "--no-reports").said("made-grids-not-asked")
    assert said == (
        "2 grille(s) déjà faite(s) ne sont plus demandées par la session : Élise Blanc (J1) : "
        "Benoît Durand (002) ; Farid Noir (J2) : Benoît Durand (002)."
    )


def test_a_grid_of_before_the_record_is_renewed_where_no_program_saved_it(school: School) -> None:
    """Grids made by a version that kept no record follow the session too."""
    for name in ("grids.json", "generated.json"):
        (school.outputs / ".sheetgen" / name).unlink()
    saved_again(school.grid("J2", "002", "_Durand"))
    school.set("Session", "B9", "30/06/2026")
    again = school.generate()
    assert again.codes == ["file-kept"]
    assert "30/06/2026" in home(school.grid("J1", "001", "_Martin"))
    assert not list((school.outputs / "envois").glob("*complement*"))
    add_candidate(school)
    school.generate()
    assert packed(school, "J1-complement-1.zip") == ["grille_004_J1_Tardif004.xlsx"]


def test_the_attendance_sheet_follows_the_session(school: School) -> None:
    """A paper that nobody changed is written again; one that somebody changed is told."""
    school.run("generate")
    sheet = school.outputs / "rapports" / "feuille-emargement.docx"
    blank = school.outputs / "rapports" / "rapport_001_Martin.docx"
    before = sheet.read_bytes()
    blank.write_bytes(blank.read_bytes() + b" ")
    kept = blank.read_bytes()
    school.set("Session", "B4", "16/06/2026")
    again = school.run("generate")
    assert again.status == 0
    assert sheet.read_bytes() != before
    assert again.written["consignes-jures.docx"] == "replaced"
    assert blank.read_bytes() == kept
    assert "rapport_001_Martin.docx" in again.said("made-papers-outdated")


def test_papers_out_of_date_are_told_before_anything_is_made(school: School) -> None:
    """Check and status name what a change of the session leaves behind; generate renews it."""
    school.run("generate")
    assert "made-papers-to-renew" not in school.run("check").codes
    school.set("Session", "B9", "30/06/2026")
    school.set("Candidats", "C2", "Alexandra")
    for command in ("check", "status"):
        said = school.run(command).said("made-papers-to-renew")
        assert said.startswith("14 document(s) ne sont plus à jour : 6 grille(s), par leur date")
        for name in ("feuille-emargement.docx", "J1.eml", "J2.eml", "rapport_001_Martin.docx"):
            assert name in said
    school.run("generate")
    assert "made-papers-to-renew" not in school.run("check").codes


def test_a_consolidation_made_with_other_rules_is_told(school: School) -> None:
    """Rules changed since the jury's workbook was made: consolidate is to be run again."""
    school.run("consolidate", "--no-reports")
    assert "made-papers-to-renew" not in school.run("check", "--no-reports").codes
    school.referential["Règles"][2][1] = "60"
    answer = school.run("check", "--no-reports")
    assert answer.said("made-papers-to-renew").endswith(
        "consolidation.xlsx et ce qui l'accompagne."
    )
    hint = next(p["hint"] for p in answer.problems if p["code"] == "made-papers-to-renew")
    assert hint == "Relancer « sheetgen consolidate »."


def test_what_was_to_be_sent_to_a_juror_who_has_no_grid_any_more_goes(school: School) -> None:
    """Archive, complement and drafts; one that somebody changed is told and left."""
    add_candidate(school)
    school.generate()
    sendings = school.outputs / "envois"
    changed = sendings / "J2-complement-1.eml"
    changed.write_bytes(changed.read_bytes() + b"PS")
    del school.session["Affectations"][1:]
    school.session["Affectations"] += [[number, "J1"] for number in ("001", "002", "003", "004")]
    answer = school.generate()
    assert sorted(path.name for path in sendings.glob("J*")) == [
        "J1-complement-1.eml",
        "J1-complement-1.zip",
        "J1.eml",
        "J1.zip",
        "J2-complement-1.eml",
    ]
    stale = [item["file"] for item in answer.problems if item["code"] == "document-stale"]
    assert stale == [str(changed)]
