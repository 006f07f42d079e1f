"""A closed session never contradicts itself: what was frozen stays, whatever happens around it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import report_world
from conftest import EXAMPLES, ROOT, Workplace
from killing import arguments_for, contents, is_killed
from openpyxl import load_workbook

from sheetgen.files import held_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

JURYS = str(EXAMPLES / "deliberation.xlsx")


@pytest.fixture(scope="module")
def consolidated(
    complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> Workplace:
    """Return the example session with all its grids, consolidated and not closed."""
    return complete_example.copied(tmp_path_factory.mktemp("consolidated"))


@pytest.fixture(scope="module")
def closed_once(consolidated: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Return the consolidated session, closed with its papers."""
    place = consolidated.copied(tmp_path_factory.mktemp("closed"))
    done = place.run("finalize", JURYS)
    assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def closed(closed_once: Workplace, tmp_path: Path) -> Workplace:
    """A closed session of the test's own."""
    return closed_once.copied(tmp_path / "place")


def edited(source: Path, target: Path, changes: Mapping[str, str | None]) -> str:
    """A workbook with other values in some cells; its path."""
    book = load_workbook(source)
    for place, value in changes.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    book.save(target)
    return str(target)


def problems_of(printed: str) -> list[dict[str, Any]]:
    """The problems of a report in JSON."""
    found: list[dict[str, Any]] = json.loads(printed)["problems"]
    return found


def reopened_in(place: Workplace) -> list[dict[str, Any]]:
    """The reopenings on record."""
    text = (place.outputs / "final" / "decisions.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["reopened"]
    return found


def test_values_changed_since_are_told_and_lost_files_come_back(
    closed: Workplace, tmp_path: Path
) -> None:
    """Signatory, PV number, juror, birth date, each at its cell; papers are as they were.

    What declares to the Caisse des Dépôts is printed nowhere, and may come later.
    """
    final = closed.outputs / "final"
    before = contents(final)
    referential = edited(
        EXAMPLES / "referential.xlsx",
        tmp_path / "r.xlsx",
        {
            "Certification!B10": "Autre",
            "Certification!B19": "AB12CD34",
            "Certification!B20": "CTR1",
        },
    )
    session = edited(
        EXAMPLES / "session.xlsx",
        tmp_path / "s.xlsx",
        {"Session!B8": "PV-9", "Jurés!C3": "Zed", "Candidats!D2": "01/01/2001"},
    )
    shutil.rmtree(final / "parchemins")
    (final / "proces-verbal.docx").unlink()
    (final / "decisions.json").unlink()
    done = closed.run(
        "finalize", JURYS, "--referential", referential, "--session", session, "--json"
    )
    assert done.exit_code == 1
    told = {
        (item["sheet"], item["cell"])
        for item in problems_of(done.stdout)
        if item["code"] == "closed-value-changed"
    }
    assert told == {
        ("Certification", "B10"),
        ("Session", "B8"),
        ("Jurés", "C3"),
        ("Candidats", "D2"),
    }
    assert contents(final) == before


def test_an_untouched_closing_writes_nothing_and_says_so(closed: Workplace) -> None:
    """« écrit » is said of what was written alone."""
    done = closed.run("finalize", JURYS)
    assert done.exit_code == 0
    assert "écrit  " not in done.output
    assert "rien n'a été écrit" in done.output


def test_no_grid_is_read_again(closed: Workplace) -> None:
    """A closed session is what it is, with or without its returns."""
    shutil.rmtree(closed.outputs / "retours")
    assert closed.run("finalize", JURYS).exit_code == 0


def test_a_paper_that_somebody_changed_is_told_and_left(closed: Workplace) -> None:
    """It may bear a signature."""
    paper = closed.outputs / "final" / "proces-verbal.docx"
    paper.write_bytes(b"signed")
    done = closed.run("finalize", JURYS, "--json")
    assert [item["code"] for item in problems_of(done.stdout)] == ["final-file-changed"]
    assert paper.read_bytes() == b"signed"


def test_no_official_paper_is_made_without_its_values(
    consolidated: Workplace, tmp_path: Path
) -> None:
    """Each blank cell of « Certification » is named, nothing is closed; --no-reports closes."""
    place = consolidated.copied(tmp_path / "place")
    shipped = str(ROOT / "referential.xlsx")
    refused = place.run("finalize", JURYS, "--referential", shipped, "--json")
    assert refused.exit_code == 1
    assert [
        item["cell"]
        for item in problems_of(refused.stdout)
        if item["code"] == "official-paper-incomplete"
    ] == ["B4", "B5", "B6", "B7", "B8", "B10", "B11"]
    assert not (place.outputs / "final").exists()
    bare = place.run("finalize", JURYS, "--referential", shipped, "--no-reports")
    assert bare.exit_code == 0, bare.output
    assert not list((place.outputs / "final").rglob("*.docx"))


def test_papers_may_follow_a_closing_without_them(consolidated: Workplace, tmp_path: Path) -> None:
    """Papers are added to what was frozen where decisions and values are unchanged."""
    place = consolidated.copied(tmp_path / "place")
    assert place.run("finalize", JURYS, "--no-reports").exit_code == 0
    decisions = (place.outputs / "final" / "decisions.json").read_bytes()
    done = place.run("finalize", JURYS)
    assert done.exit_code == 0, done.output
    assert len(list((place.outputs / "final").rglob("*.docx"))) == 65
    assert (place.outputs / "final" / "decisions.json").read_bytes() == decisions


def test_drafts_are_marked_on_each_page_and_freeze_nothing(
    consolidated: Workplace, tmp_path: Path
) -> None:
    """Every paper, under projet/, says PROJET in its header; the session is open."""
    place = consolidated.copied(tmp_path / "place")
    shipped = str(ROOT / "referential.xlsx")
    done = place.run("finalize", JURYS, "--referential", shipped, "--draft")
    assert done.exit_code == 0, done.output
    drafts = sorted((place.outputs / "projet").rglob("*.docx"))
    assert len(drafts) == 65
    for name in ("proces-verbal.docx", "parchemins/parchemin_C01_Exemple.docx"):
        data = (place.outputs / "projet" / name).read_bytes()
        assert any("PROJET" in said for said in report_world.read_margins(data)[0])
    assert not (place.outputs / "final").exists()
    assert not (place.outputs / ".sheetgen" / "closing").exists()


def test_papers_made_again_say_which_they_annul(closed: Workplace, tmp_path: Path) -> None:
    """Minutes with the reason, each candidate's papers without it."""
    referential = edited(
        EXAMPLES / "referential.xlsx", tmp_path / "r.xlsx", {"Certification!B10": "Autre"}
    )
    done = closed.run(
        "finalize", JURYS, "--referential", referential, "--reopen", "Signataire erroné"
    )
    assert done.exit_code == 0, done.output
    final = closed.outputs / "final"
    minutes = report_world.read_all((final / "proces-verbal.docx").read_bytes())
    assert "Annule et remplace le procès-verbal établi le" in minutes
    assert "motif : Signataire erroné." in minutes
    diploma = report_world.read_all((final / "parchemins/parchemin_C01_Exemple.docx").read_bytes())
    assert "Annule et remplace le parchemin établi le" in diploma
    assert "Signataire erroné" not in diploma
    assert (final / "versions" / "1" / "parchemins" / "parchemin_C01_Exemple.docx").is_file()


def test_another_day_is_not_reopened(closed: Workplace, tmp_path: Path) -> None:
    """December's session typed with June's code keeps June's as it was."""
    before = contents(closed.outputs / "final")
    session = edited(EXAMPLES / "session.xlsx", tmp_path / "s.xlsx", {"Session!B4": "14/12/2026"})
    done = closed.run("finalize", JURYS, "--session", session, "--reopen", "Nouvelle session")
    assert done.exit_code == 1
    assert contents(closed.outputs / "final") == before


def test_papers_without_the_record_of_their_closing_stay_alone(closed: Workplace) -> None:
    """Record and decisions lost: no other closing beside them, until somebody puts them away."""
    shutil.rmtree(closed.outputs / ".sheetgen" / "closing")
    (closed.outputs / "final" / "decisions.json").unlink()
    before = contents(closed.outputs)
    done = closed.run("finalize", JURYS, "--no-reports", "--json")
    assert done.exit_code == 1
    assert [item["code"] for item in problems_of(done.stdout)] == ["closing-lost"]
    assert contents(closed.outputs) == before
    (closed.outputs / "final").rename(closed.outputs / "final-ancien")
    assert closed.run("finalize", JURYS, "--no-reports").exit_code == 0


def killed(place: Workplace, after: int, *arguments: str) -> bool:
    """Run `finalize` and kill it before it puts a file in place; whether it was."""
    return is_killed(after, ["finalize", JURYS, *arguments_for(place), *arguments])


def told_of_closing(place: Workplace, command: str) -> list[str]:
    """Return what a command says of a closing that was cut short."""
    codes = [item["code"] for item in problems_of(place.run(command, "--json").stdout)]
    return [
        code
        for code in codes
        if code in ("closing-cut-short", "closing-not-copied", "reopening-unfinished")
    ]


@pytest.mark.posix
@pytest.mark.parametrize(
    ("after", "told"),
    [
        (0, ["closing-cut-short"]),
        pytest.param(5, ["closing-cut-short"], marks=pytest.mark.deep),
        (6, ["closing-not-copied"]),
        pytest.param(8, ["closing-not-copied"], marks=pytest.mark.deep),
    ],
)
def test_a_closing_that_is_killed_is_the_old_state_or_the_new(
    consolidated: Workplace, tmp_path: Path, after: int, told: list[str]
) -> None:
    """Whenever it dies, the next run closes the session or completes it, all the same."""
    place = consolidated.copied(tmp_path / "place")
    assert killed(place, after, "--no-reports")
    for command in ("check", "status"):
        assert told_of_closing(place, command) == told
    again = place.run("finalize", JURYS, "--no-reports")
    assert again.exit_code == 0, again.output
    assert sorted(contents(place.outputs / "final")) == [
        "decisions.csv",
        "decisions.json",
        "session-suivante.xlsx",
    ]
    assert reopened_in(place) == []


@pytest.mark.posix
@pytest.mark.parametrize(
    ("after", "told"),
    [
        (1, ["reopening-unfinished"]),
        pytest.param(4, ["reopening-unfinished"], marks=pytest.mark.deep),
        pytest.param(5, ["closing-not-copied"], marks=pytest.mark.deep),
        (8, ["closing-not-copied"]),
    ],
)
def test_a_reopening_that_is_killed_forgets_nothing(
    closed: Workplace, after: int, told: list[str]
) -> None:
    """Who, when and why were noted first; the same workbook, given again, completes it."""
    assert killed(closed, after, "--no-reports", "--reopen", "Nom oublié")
    for command in ("check", "status"):
        assert told_of_closing(closed, command) == told
    again = closed.run("finalize", JURYS, "--no-reports")
    assert again.exit_code == 0, again.output
    assert [(item["reason"], item["version"]) for item in reopened_in(closed)] == [
        ("Nom oublié", 1)
    ]
    assert (closed.outputs / "final" / "versions" / "1" / "proces-verbal.docx").is_file()


def test_another_reason_keeps_the_one_that_was_cut_short(closed: Workplace) -> None:
    """Both stand on record; the first is said not to have been carried out."""
    assert killed(closed, 2, "--no-reports", "--reopen", "Premier motif")
    again = closed.run("finalize", JURYS, "--no-reports", "--reopen", "Second motif")
    assert again.exit_code == 0, again.output
    assert [(item["reason"], item.get("completed", True)) for item in reopened_in(closed)] == [
        ("Premier motif", False),
        ("Second motif", True),
    ]


def test_two_people_never_close_a_session_at_once(consolidated: Workplace, tmp_path: Path) -> None:
    """Who comes second is told, and changes nothing; once the other is done, all is as ever."""
    place = consolidated.copied(tmp_path / "place")
    with held_alone(place.outputs / ".sheetgen" / "closing.lock"):
        second = place.run("finalize", JURYS, "--no-reports", "--json")
    assert second.exit_code == 1
    assert [item["code"] for item in problems_of(second.stdout)] == ["closing-in-progress"]
    assert not (place.outputs / "final").exists()
    assert place.run("finalize", JURYS, "--no-reports").exit_code == 0


@pytest.mark.parametrize("asked", ["nulle-part", "vide", "notes.txt"])
def test_nothing_is_made_of_nothing(consolidated: Workplace, tmp_path: Path, asked: str) -> None:
    """A path mistyped, an empty folder, a file that is no grid: what was consolidated stays."""
    place = consolidated.copied(tmp_path / "place")
    (tmp_path / "vide").mkdir()
    (tmp_path / "notes.txt").write_text("Bonjour", encoding="utf-8")
    before = contents(place.outputs)
    done = place.run("consolidate", str(tmp_path / asked), "--no-reports", "--json")
    assert done.exit_code == 1
    codes = {item["code"] for item in problems_of(done.stdout)}
    assert "nothing-read" in codes
    assert "grid-missing" not in codes, "which grids are missing is not known either"
    assert contents(place.outputs) == before


def test_emptied_returns_replace_no_consolidation(consolidated: Workplace, tmp_path: Path) -> None:
    """A shared disk that is not there empties nothing: so `finalize` and `extract` too."""
    place = consolidated.copied(tmp_path / "place")
    shutil.rmtree(place.outputs / "retours")
    (place.outputs / "retours").mkdir()
    before = contents(place.outputs)
    for command in (["consolidate"], ["finalize", JURYS], ["extract", "C01"]):
        done = place.run(*command, "--no-reports", "--json")
        assert done.exit_code == 1
        assert "nothing-read" in [item["code"] for item in problems_of(done.stdout)]
    assert contents(place.outputs) == before


def _broken(path: Path) -> None:
    path.symlink_to("nulle-part")


def _looping(path: Path) -> None:
    path.symlink_to(path.name)


def _a_file(path: Path) -> None:
    path.write_text("Bonjour", encoding="utf-8")


LINK = pytest.mark.posix


@pytest.mark.parametrize(
    "make", [pytest.param(_broken, marks=LINK), pytest.param(_looping, marks=LINK), _a_file]
)
def test_a_returns_folder_that_is_none_is_told_and_nothing_is_made(
    workplace: Workplace, make: Callable[[Path], None]
) -> None:
    """A link to a disk that is not there, one to itself, a file of that name; asked for or not."""
    returns = workplace.outputs / "retours"
    make(returns)
    for asked in ([], [str(returns)], [str(returns / "juin")]):
        done = workplace.run("consolidate", *asked, "--no-reports", "--json")
        assert done.exit_code == 1
        codes = [item["code"] for item in problems_of(done.stdout) if item["severity"] == "error"]
        assert codes[-1] == "nothing-read"
        assert len(codes) == 2, codes
    assert not (workplace.outputs / "consolidation").exists()


def test_a_folder_on_its_way_is_a_file(workplace: Workplace) -> None:
    """« retours » is asked for below what is no folder: the system refuses to look there."""
    mistyped = EXAMPLES / "retours" / "grille_C01_J1_Exemple.xlsx" / "retours"
    done = workplace.run("consolidate", str(mistyped), "--no-reports", "--json")
    codes = [item["code"] for item in problems_of(done.stdout) if item["severity"] == "error"]
    assert codes == ["unreadable-file", "nothing-read"]
    assert not (workplace.outputs / "consolidation").exists()


def test_reports_of_a_former_name_are_not_left_beside(
    consolidated: Workplace, tmp_path: Path
) -> None:
    """The report under the old surname goes, unless somebody wrote in it."""
    place = consolidated.copied(tmp_path / "place")
    reports = place.outputs / "consolidation" / "rapports"
    assert place.run("consolidate").exit_code == 0
    (reports / "rapport_C02_DInvente.docx").write_bytes(b"written in")
    session = edited(
        EXAMPLES / "session.xlsx",
        tmp_path / "s.xlsx",
        {"Candidats!B2": "Autre", "Candidats!B3": "Neuf"},
    )
    done = place.run("consolidate", "--session", session, "--json")
    assert not (reports / "rapport_C01_Exemple.docx").exists()
    assert (reports / "rapport_C01_Autre.docx").is_file()
    stale = [item["file"] for item in problems_of(done.stdout) if item["code"] == "document-stale"]
    assert stale == [str(reports / "rapport_C02_DInvente.docx")]


def codes(printed: str) -> list[str]:
    """The codes of what a report in JSON tells."""
    return [str(item["code"]) for item in problems_of(printed)]


def kept_in(place: Workplace) -> Path:
    """The folder of the files that the first closing keeps aside."""
    return place.outputs / ".sheetgen" / "closing" / "1" / "files"


@pytest.mark.parametrize("name", ["decisions.json", "proces-verbal.docx"])
def test_a_copy_kept_aside_comes_back_from_an_intact_one(closed: Workplace, name: str) -> None:
    """Damaged, then lost: it is put back from « final », once and for all."""
    kept = kept_in(closed) / name
    before = kept.read_bytes()
    kept.write_bytes(before[:100])
    mended = closed.run("finalize", JURYS, "--json")
    assert (mended.exit_code, codes(mended.stdout)) == (0, ["closing-copy-mended"])
    assert kept.read_bytes() == before
    kept.unlink()
    assert codes(closed.run("finalize", JURYS, "--json").stdout) == ["closing-copy-mended"]
    assert codes(closed.run("finalize", JURYS, "--json").stdout) == []


def test_a_paper_lost_twice_is_told_until_the_session_is_reopened(closed: Workplace) -> None:
    """Neither copy is what was frozen: an error at its place; --reopen makes it again."""
    (kept_in(closed) / "proces-verbal.docx").write_bytes(b"damaged")
    (closed.outputs / "final" / "proces-verbal.docx").unlink()
    told = closed.run("finalize", JURYS, "--json")
    assert (told.exit_code, codes(told.stdout)) == (1, ["closed-file-lost"])
    again = closed.run("finalize", JURYS, "--reopen", "Procès-verbal perdu", "--json")
    assert (again.exit_code, codes(again.stdout)) == (0, ["former-file-lost"])
    assert (closed.outputs / "final" / "proces-verbal.docx").stat().st_size > 1000


def test_decisions_lost_twice_may_be_taken_again(closed: Workplace) -> None:
    """A reopening does not rest on what is lost, and forgets none of those before it."""
    assert closed.run("finalize", JURYS, "--reopen", "Nom oublié").exit_code == 0
    kept = closed.outputs / ".sheetgen" / "closing" / "2" / "files" / "decisions.json"
    for path in (kept, closed.outputs / "final" / "decisions.json"):
        path.write_text("{}", encoding="utf-8")
    told = closed.run("finalize", JURYS, "--json")
    assert (told.exit_code, codes(told.stdout)) == (1, ["closed-decisions-lost"])
    again = closed.run("finalize", JURYS, "--reopen", "Décisions perdues")
    assert again.exit_code == 0, again.output
    assert [item["reason"] for item in reopened_in(closed)] == ["Nom oublié", "Décisions perdues"]


def test_a_record_that_cannot_be_read_has_a_cure(closed: Workplace) -> None:
    """The cure is in its message: without `.sheetgen/closing`, `final/` stands for the closing."""
    folder = closed.outputs / ".sheetgen" / "closing"
    (folder / "1" / "closing.json").write_text("{}", encoding="utf-8")
    for command in (["check"], ["finalize", JURYS], ["finalize", JURYS, "--reopen", "Abîmé hier"]):
        told = closed.run(*command, "--json")
        assert told.exit_code == 1
        assert codes(told.stdout).count("closing-unreadable") == 1
    folder.rename(closed.folder / "ailleurs")
    cured = closed.run("finalize", JURYS, "--json")
    assert (cured.exit_code, codes(cured.stdout)) == (0, ["closing-not-compared"])


def test_a_closing_of_which_nothing_is_kept_says_what_it_cannot_know(closed: Workplace) -> None:
    """A changed value is not seen, a lost paper does not come back: both are told, and cured."""
    folder, saved = closed.outputs / ".sheetgen" / "closing", closed.folder / "sauvegarde"
    minutes = closed.outputs / "final" / "proces-verbal.docx"
    shutil.copytree(folder, saved)
    shutil.rmtree(folder)
    minutes.unlink()
    for _ in range(2):
        told = closed.run("finalize", JURYS, "--json")
        assert told.exit_code == 1
        assert codes(told.stdout) == ["closing-not-compared", "closed-papers-missing"]
    assert "procès-verbal" in problems_of(told.stdout)[1]["message"]
    shutil.rmtree(folder)
    assert "closing-not-compared" in codes(closed.run("check", "--json").stdout)
    saved.rename(folder)
    cured = closed.run("finalize", JURYS, "--json")
    assert (cured.exit_code, codes(cured.stdout)) == (0, ["final-file-restored"])
    assert minutes.is_file()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "reopening-unreasoned"),
        (" ", "reopening-unreasoned"),
        ("x", "reopening-reason-says-nothing"),
        ("ok !", "reopening-reason-says-nothing"),
    ],
)
def test_a_reason_that_says_nothing_is_not_told_as_none(
    closed: Workplace, given: str, code: str
) -> None:
    """Whoever gave a reason reads it in the message; whoever gave none reads that."""
    done = closed.run("finalize", JURYS, "--reopen", given, "--json")
    (told,) = problems_of(done.stdout)
    assert told["code"] == code
    assert given.strip() in told["message"]


def test_a_closing_has_one_date_in_every_command(closed: Workplace) -> None:
    """That of the minutes, whenever the command was run."""
    text = (closed.outputs / "final" / "decisions.json").read_text(encoding="utf-8")
    at = json.loads(text)["closing"]
    year, month, day = at["date"].split("-")
    said = f"{day}/{month}/{year} à {at['time']}"
    for command in (["check"], ["finalize", JURYS]):
        assert said in " ".join(closed.run(*command).output.split())


def test_the_folder_of_a_closing_that_is_gone_is_told(closed: Workplace) -> None:
    """By every command that knows of the session; then a file of it."""
    shutil.rmtree(closed.outputs / "final")
    for command in (["check"], ["status"], ["consolidate", "--no-reports"]):
        assert "final-file-missing" in codes(closed.run(*command, "--json").stdout)
    assert closed.run("finalize", JURYS).exit_code == 0
    assert "final-file-missing" not in codes(closed.run("check", "--json").stdout)
    (closed.outputs / "final" / "proces-verbal.docx").unlink()
    assert "final-file-missing" in codes(closed.run("check", "--json").stdout)


def test_check_tells_a_lost_key(consolidated: Workplace, tmp_path: Path) -> None:
    """Once, as the commands that need it do."""
    place = consolidated.copied(tmp_path / "place")
    (place.outputs / ".sheetgen" / "key").unlink()
    for command in (["check"], ["status"]):
        told = place.run(*command, "--json")
        assert (told.exit_code, codes(told.stdout).count("key-lost")) == (1, 1)


def test_a_former_name_filled_since_is_no_difference(closed: Workplace, tmp_path: Path) -> None:
    """No paper prints « Ancien nom »: it tells sheetgen who somebody is."""
    session = load_workbook(EXAMPLES / "session.xlsx")
    changes: dict[str, str | None] = {}
    for sheet in ("Candidats", "Jurés"):
        headers = {cell.value: cell.coordinate[0] for cell in session[sheet][1]}
        changes[f"{sheet}!{headers['Ancien nom']}3"] = "Autrefois"
    changed = edited(EXAMPLES / "session.xlsx", tmp_path / "s.xlsx", changes)
    done = closed.run("finalize", JURYS, "--session", changed, "--json")
    assert (done.exit_code, codes(done.stdout)) == (0, [])


def test_drafts_beside_a_closing_are_told(consolidated: Workplace, tmp_path: Path) -> None:
    """They look like the papers: whoever closes is told where they are."""
    place = consolidated.copied(tmp_path / "place")
    assert place.run("finalize", JURYS, "--draft").exit_code == 0
    done = place.run("finalize", JURYS, "--json")
    (told,) = (item for item in problems_of(done.stdout) if item["code"] == "drafts-left")
    assert told["file"].endswith("projet")
    shutil.rmtree(place.outputs / "projet")
    assert "drafts-left" not in codes(place.run("finalize", JURYS, "--json").stdout)
