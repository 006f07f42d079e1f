"""The folder for a control, opened by somebody who knows nothing of sheetgen."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import EXAMPLES, Workplace
from indexed_folders import check_indexed
from lxml import html
from openpyxl import load_workbook

from sheetgen.cli import main
from sheetgen.commands import ForgetRequest, Options, RegisterAnswer, forget_due, list_due
from sheetgen.model.retention import RETENTION_KINDS, RetentionTerm

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ARRANGED = ("dispens", "aménag", "handicap", "tiers temps")
"""Words by which a document would tell of an arrangement."""


def _dossier(
    place: Workplace, *options: str, rules: Path = EXAMPLES / "referential.xlsx"
) -> Result:
    where = ["--output", str(place.folder / "outputs"), "--referential", str(rules)]
    return CliRunner().invoke(main, ["dossier", *where, *options])


@pytest.fixture(scope="module")
def closed(complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The example session, generated, marked and closed."""
    place = complete_example.copied(tmp_path_factory.mktemp("controlled"))
    assert place.run("generate").exit_code == 0
    done = place.run("finalize", str(EXAMPLES / "deliberation.xlsx"))
    assert done.exit_code == 0, done.output
    assert _dossier(place).exit_code == 0
    return place


def _both(place: Workplace) -> tuple[Path, Path]:
    return place.folder / "outputs" / "dossier", place.folder / "outputs" / "dossier-reserve"


def test_every_document_is_found_and_its_hash_is_right(closed: Workplace) -> None:
    """From the first page: to a session, a section, a document; nothing else is there."""
    for folder in _both(closed):
        check_indexed(folder)


def test_every_part_of_a_control_is_there_or_said(closed: Workplace) -> None:
    """Each section has documents, or says what is missing."""
    folder, reserved = _both(closed)
    for place in (folder, reserved):
        page = html.fromstring((place / "index.html").read_bytes())
        for heading in page.xpath("//h3"):
            after = heading.getnext()
            assert after is not None
            assert after.tag in ("table", "p")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    for wanted in (
        r".*/01-[^/]+/Criteres\.csv",
        r".*/01-[^/]+/referential\.xlsx",
        r".*/02-[^/]+/jury\.csv",
        r".*/02-[^/]+/independance\.csv",
        r".*/04-[^/]+/convocation_.*\.docx",
        r".*/05-[^/]+/feuille-emargement\.docx",
        r".*/08-[^/]+/proces-verbal\.docx",
        r".*/09-[^/]+/parchemins/parchemin_C01.*\.docx",
    ):
        assert any(re.fullmatch(wanted, name) for name in names), wanted
    (independence,) = folder.rglob("independance.csv")
    first = independence.read_text(encoding="utf-8-sig").splitlines()[1]
    assert first == "C01;J1;aucun lien déclaré;Odile Hypothèse"
    assert "feuille Règles" in (folder / "index.html").read_text(encoding="utf-8")
    grids = list(reserved.rglob("grille_*.xlsx"))
    originals = {path.read_bytes() for path in (closed.outputs / "retours").rglob("*.xlsx")}
    assert grids
    # The example's jury wrote in a workbook of its own, elsewhere.
    text = (reserved / "index.html").read_text(encoding="utf-8")
    wrote = hashlib.sha256((EXAMPLES / "deliberation.xlsx").read_bytes()).hexdigest()
    assert f"à ajouter par l’école ; son empreinte est {wrote}" in text
    assert all(path.read_bytes() in originals for path in grids)
    assert len(grids) == len({path.read_bytes() for path in grids})


def test_no_arrangement_is_told(closed: Workplace) -> None:
    """In the folder that is handed over: in no table, no page, no document's text."""
    folder, _ = _both(closed)
    texts = []
    for path in folder.rglob("*"):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                body = package.read("word/document.xml").decode()
            texts.append((path, re.sub("<[^>]+>", "", body)))
        elif path.suffix in (".csv", ".json", ".html"):
            texts.append((path, path.read_text(encoding="utf-8-sig")))
    # The référentiel and one sentence of convocations speak of everybody.
    told = [
        (path.name, word)
        for path, text in texts
        for word in ARRANGED
        if word in text.lower().replace("si un aménagement vous a été accordé", "")
        and not path.parent.name.startswith("01-")
    ]
    assert told == []


def test_a_sample_and_what_stands_in_the_way(closed: Workplace, tmp_path: Path) -> None:
    """One candidate, two of ten, nobody, another session, a folder of somebody's."""
    sample = tmp_path / "essai"
    assert _dossier(closed, "demo-2026", "--candidate", "C01", "-o", str(sample)).exit_code == 0
    papers = [path.name for path in sample.rglob("*.docx") if "_C" in path.name]
    assert papers
    assert all("_C01_" in name for name in papers)
    told = _dossier(closed, "--sample", "2", "-o", str(sample), "--json")
    assert [len(item["candidates"]) for item in json.loads(told.stdout)["sessions"]] == [2]
    before = sorted(sample.rglob("*"))
    for options, code in (
        (("--candidate", "C99"), "control-candidate-unknown"),
        (("AUTRE",), "control-session-not-closed"),
    ):
        told = _dossier(closed, *options, "-o", str(sample), "--json")
        assert told.exit_code == 1
        assert code in told.stdout
        assert json.loads(told.stdout)["sessions"] == []
        assert sorted(sample.rglob("*")) == before
    (tmp_path / "mien").mkdir()
    (tmp_path / "mien" / "notes.txt").write_text("à moi", encoding="utf-8")
    told = _dossier(closed, "-o", str(tmp_path / "mien"), "--json")
    assert "control-folder-taken" in told.stdout
    assert [path.name for path in (tmp_path / "mien").iterdir()] == ["notes.txt"]
    empty = CliRunner().invoke(main, ["dossier", "--output", str(tmp_path / "vide"), "--json"])
    assert "control-no-session" in empty.stdout


def test_a_copy_and_a_wrong_register_are_told(closed: Workplace, tmp_path: Path) -> None:
    """The folder of the session's own name is shown, whichever name comes first."""
    place = closed.copied(tmp_path)
    shutil.copytree(place.outputs, place.outputs.with_name("Copie"))
    told = _dossier(place, "--register", str(tmp_path / "autre.sqlite"), "--json")
    said = json.loads(told.stdout)
    assert [item["code"] for item in said["problems"]] == [
        "control-register-absent",
        "control-session-twice",
    ]
    assert [item["code"] for item in said["sessions"]] == [place.outputs.name]
    folder, reserved = _both(place)
    check_indexed(folder)
    page = html.fromstring((folder / "index.html").read_bytes()).text_content()
    assert "À regarder : le dossier « Copie » tient la même session" in page
    assert "Get-FileHash" in page
    assert "Les parties 06, 07 et 11 sont dans l’autre dossier, réservé." in page
    assert "05, 08, 09 et 10 sont dans" in (reserved / "index.html").read_text(encoding="utf-8")


def test_a_register_that_is_not_there_is_told_wherever_it_was_named(
    closed: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an option, the settings file or the environment; by nobody, where papers are numbered."""
    place = closed.copied(tmp_path)
    monkeypatch.chdir(tmp_path)

    def told() -> list[str]:
        return [item["code"] for item in json.loads(_dossier(place, "--json").stdout)["problems"]]

    assert told() == []
    monkeypatch.setenv("SHEETGEN_REGISTER", "autre.sqlite")
    assert told() == ["control-register-absent"]
    monkeypatch.delenv("SHEETGEN_REGISTER")
    settings = tmp_path / "sheetgen.toml"
    settings.write_text('register = "autre.sqlite"\n', encoding="utf-8")
    assert told() == ["control-register-absent"]
    settings.unlink()
    record = place.outputs / ".sheetgen" / "closing" / "1" / "closing.json"
    said = json.loads(record.read_text(encoding="utf-8"))
    paper = next(item for item in said["files"] if item.get("kind") == "parchemin")
    paper["number"] = "P-2026-00001"
    said["printed"]["Session"][""]["Fin"] = "17/06/2026"
    record.write_text(json.dumps(said), encoding="utf-8")
    assert told() == ["control-register-absent"]
    page = (_both(place)[0] / "index.html").read_text(encoding="utf-8")
    assert "</a> du 15/06/2026 au 17/06/2026 — " in page


def test_a_grid_that_is_gone_is_told(closed: Workplace, tmp_path: Path) -> None:
    """A returned grid lost or changed since: said on the first page, and as a warning."""
    place = closed.copied(tmp_path)
    grid = next((place.outputs / "retours").rglob("*C01*.xlsx"))
    grid.write_bytes(grid.read_bytes() + b"\0")
    told = _dossier(place, "--json")
    assert told.exit_code == 0
    assert "control-return-missing" in told.stdout
    page = (tmp_path / "outputs" / "dossier-reserve" / "index.html").read_text(encoding="utf-8")
    assert "le fichier n’est plus là" in page


def test_a_paper_that_is_gone_stands_in_nobodys_way(closed: Workplace, tmp_path: Path) -> None:
    """Lost, or forgotten at its term: told, and all the rest is there."""
    place = closed.copied(tmp_path)
    for path in place.outputs.rglob("attestation_C01_*"):
        path.unlink()
    told = _dossier(place, "--json")
    assert told.exit_code == 0, told.output
    assert "5 documents faits à la clôture ne sont plus là" in " ".join(told.stderr.split())
    assert {item["code"] for item in json.loads(told.stdout)["problems"]} == {
        "control-paper-missing"
    }
    folder, _ = _both(place)
    check_indexed(folder)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "candidat C01 : le fichier n’est plus là" in page
    assert list(folder.rglob("attestation_C02_*"))


def test_the_rules_are_those_by_which_the_jury_decided(closed: Workplace, tmp_path: Path) -> None:
    """Whatever the school made of its workbook since; without a copy, what is missing is told."""
    place = closed.copied(tmp_path)
    book = load_workbook(EXAMPLES / "referential.xlsx")
    rules = {row[0].value: row[1] for row in book["Règles"].iter_rows()}
    rules["Seuil compétence"].value = 80
    book.save(tmp_path / "changed.xlsx")
    then = (EXAMPLES / "referential.xlsx").read_bytes()
    sources = place.outputs / ".sheetgen" / "sources"
    assert {path.name for path in sources.iterdir()} == {
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}.xlsx"
        for path in (EXAMPLES / "referential.xlsx", EXAMPLES / "session.xlsx")
    }

    def made(rules: Path) -> tuple[str, bytes, list[str]]:
        told = _dossier(place, "--json", rules=rules)
        assert told.exit_code == 0
        folder, _ = _both(place)
        page = html.fromstring((folder / "index.html").read_bytes()).text_content()
        (line,) = re.findall("Référentiel et règlement : (.*)\\.\n", page)
        codes = [item["code"] for item in json.loads(told.stdout)["problems"]]
        (book,) = folder.rglob("referential.xlsx")
        return line, book.read_bytes(), codes

    kept = "celui sur lequel le jury a décidé, gardé à la clôture"
    assert made(EXAMPLES / "referential.xlsx") == (kept, then, [])
    since = f"{kept} ; l’école l’a changé depuis"
    assert made(tmp_path / "changed.xlsx") == (since, then, ["control-rules-changed"])
    shutil.rmtree(sources)
    same = "celui sur lequel le jury a décidé, le même à l’octet près"
    assert made(EXAMPLES / "referential.xlsx") == (same, then, [])
    record = place.outputs / ".sheetgen" / "closing" / "1" / "closing.json"
    said = json.loads(record.read_text(encoding="utf-8"))
    line, now, codes = made(tmp_path / "changed.xlsx")
    assert line == "celui sur lequel le jury a décidé n’est pas dans ce dossier"
    assert now == (tmp_path / "changed.xlsx").read_bytes()
    assert codes == ["control-rules-not-kept"]
    said["sources"]["referential"]["sha256"] = "../../key"
    record.write_text(json.dumps(said), encoding="utf-8")
    told = _dossier(place, "--json")
    assert [item["code"] for item in json.loads(told.stdout)["problems"]] == ["closing-unreadable"]


def test_each_closing_is_shown_with_its_own_rules(closed: Workplace, tmp_path: Path) -> None:
    """After reopenings: a former workbook where it is another, and where it is lost, that too."""
    place = closed.copied(tmp_path)
    books = [tmp_path / "second.xlsx", tmp_path / "third.xlsx"]
    for path, version in zip(books, ("2.0", "3.0"), strict=True):
        book = load_workbook(EXAMPLES / "referential.xlsx")
        titles = {row[0].value: row[1] for row in book["Certification"].iter_rows()}
        titles["Version"].value = version
        titles["Signataire"].value = f"Autre {version}"
        book.save(path)
    jury = str(EXAMPLES / "deliberation.xlsx")
    for path in books:
        asked = ("--referential", str(path), "--no-reports", "--reopen", "Signataire erroné")
        done = place.run("finalize", jury, *asked)
        assert done.exit_code == 0, done.output

    def told() -> list[str]:
        said = _dossier(place, "--json", rules=books[1])
        assert said.exit_code == 0, said.output
        folder, reserved = _both(place)
        check_indexed(folder)
        check_indexed(reserved)
        page = html.fromstring((folder / "index.html").read_bytes())
        return [
            re.sub(r"du \d.*?, ", "du …, ", " ".join(item.text_content().split()))
            for item in page.xpath("//li[starts-with(., 'Clôture ')]")
        ]

    kept = "celui sur lequel le jury a décidé, gardé à la clôture"
    first, *_ = titles_then = told()
    assert titles_then == [
        f"Clôture 1 du …, annulée ; référentiel sans version : {kept}, version-1/referential.xlsx.",
        f"Clôture 2 du …, annulée ; référentiel version 2.0 : {kept}, version-2/referential.xlsx.",
        f"Clôture 3 du …, en vigueur ; référentiel version 3.0 : {kept}.",
    ]
    folder, reserved = _both(place)
    (part,) = folder.glob("*/01-*")
    assert (part / "version-1/referential.xlsx").read_bytes() == (
        EXAMPLES / "referential.xlsx"
    ).read_bytes()
    assert (part / "version-2/referential.xlsx").read_bytes() == books[0].read_bytes()
    assert (part / "referential.xlsx").read_bytes() == books[1].read_bytes()
    # Of the tables, those that say otherwise than today's.
    assert [path.name for path in (part / "version-1").glob("*.csv")] == ["Certification.csv"]
    assert len(list(reserved.rglob("decisions.json"))) == 3
    digest = hashlib.sha256(books[0].read_bytes()).hexdigest()
    (place.outputs / ".sheetgen" / "sources" / f"{digest}.xlsx").unlink()
    lost = "celui sur lequel le jury a décidé n’est pas dans ce dossier"
    assert told() == [
        first,
        f"Clôture 2 du …, annulée ; référentiel version 2.0 : {lost}.",
        titles_then[-1],
    ]


def _recorded(closed: Workplace, folder: Path) -> Workplace:
    """Return the closed session as one of 2016 that the register knows."""
    place = closed.copied(folder)
    inputs = [
        *("--referential", str(EXAMPLES / "referential.xlsx")),
        *("--session", str(EXAMPLES / "session.xlsx")),
        *("--output", str(folder / "outputs")),
    ]
    where = ["--register", str(folder / "essai.sqlite")]
    done = CliRunner().invoke(main, ["register", "record", *inputs, *where])
    assert done.exit_code == 0, done.output
    with closing(sqlite3.connect(folder / "essai.sqlite")) as register, register:
        register.execute("UPDATE closing SET closed = '2016-06-15'")
    return place


def _asked(place: Workplace, **terms: int) -> tuple[Options, ForgetRequest]:
    """Return the question of what is due, with all kept for life but for these, in months."""
    life: dict[str, RetentionTerm] = dict.fromkeys(RETENTION_KINDS, RetentionTerm(None))
    life |= {name.replace("_", "-"): RetentionTerm(term) for name, term in terms.items()}
    register = Options(register=str(place.folder / "essai.sqlite"))
    return register, ForgetRequest(output=place.folder / "outputs", terms=life)


def _copies(answer: RegisterAnswer) -> dict[tuple[str, str], int]:
    return {(item.copied_in, item.kind): item.count for item in answer.due if item.copied_in}


def test_copies_fall_due_with_what_they_copy(closed: Workplace, tmp_path: Path) -> None:
    """Grids go from folder and archive, whose hashes and page stay true; the rest stays."""
    place = _recorded(closed, tmp_path)
    folder, reserved = _both(place)
    before = {path for path in folder.rglob("*") if path.is_file()}
    grids = {path for path in reserved.rglob("grille_*") if path.is_file()}
    asked = _asked(place, grilles=12)
    # One was deleted by hand, and is still in the archive and in the list.
    min(grids).unlink()
    due = {
        (reserved.name, "grilles"): len(grids) - 1,
        (f"{reserved.name}.zip", "grilles"): len(grids),
    }
    assert _copies(list_due(*asked)) == due
    assert all(path.exists() for path in grids - {min(grids)})
    assert _copies(forget_due(*asked)) == due
    assert not any(path.exists() for path in grids)
    assert {path for path in folder.rglob("*") if path.is_file()} == before
    for left in (folder, reserved):
        check_indexed(left)
    page = html.fromstring((reserved / "index.html").read_bytes()).text_content()
    assert f"Manque : {len(grids)} document(s), effacé(s) au terme" in page
    assert "Grilles remplies par les jurés : 0 document(s), 1 manque(s)" in page
    assert "grille_" not in page
    assert _copies(list_due(*asked)) == {}
    # What the school changed or added there stays, and is told.
    (minutes,) = folder.rglob("proces-verbal.docx")
    minutes.write_bytes(b"signed")
    (minutes.parent / "scan.pdf").write_bytes(b"scan")
    answer = forget_due(*_asked(place, proces_verbaux=12))
    assert [item.code for item in answer.problems] == ["forget-changed", "forget-unknown"]
    assert minutes.exists()
    assert (f"{folder.name}.zip", "proces-verbaux") in _copies(answer)


def test_nothing_is_left_of_copies_once_all_is_due(closed: Workplace, tmp_path: Path) -> None:
    """Both folders go and their archives; an archive that was cut, or is another's, stays."""
    place = _recorded(closed, tmp_path)
    folder, reserved = _both(place)
    other = folder.with_name("photos.zip")
    other.write_bytes(folder.with_name("dossier.zip").read_bytes()[:4000])
    terms = dict.fromkeys(
        ("grilles", "convocations", "rapports", "consolidation", "proces_verbaux", "documents"), 12
    )
    answer = forget_due(*_asked(place, **terms, decisions=12))
    assert sum(_copies(answer).values()) > 100
    # Nothing was declared: who is named in it is told by the register.
    assert not folder.exists()
    assert not reserved.exists()
    assert sorted(path.name for path in folder.parent.glob("*.zip")) == ["photos.zip"]
    assert forget_due(*_asked(place, **terms, decisions=12)).due == ()


def test_copies_alone_that_were_cut_short_are_completed(
    closed: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session's own folder went before; the account of its copies ends all the same."""
    place = _recorded(closed, tmp_path)
    shutil.rmtree(place.outputs)
    asked = _asked(place, grilles=12)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sheetgen.commands.register_forget.end_files", killed)
        with pytest.raises(KeyboardInterrupt):
            forget_due(*asked)
    assert {item.code for item in list_due(*asked).problems} == {"forget-unfinished"}
    assert forget_due(*asked).problems == ()
    answer = list_due(*asked)
    assert (answer.due, answer.problems) == ((), ())
    for left in _both(place):
        check_indexed(left)


def test_copies_of_a_session_that_is_not_recorded_stay(closed: Workplace, tmp_path: Path) -> None:
    """Nobody knows the day from which they are kept."""
    place = _recorded(closed, tmp_path)
    shutil.rmtree(place.outputs)
    with closing(sqlite3.connect(tmp_path / "essai.sqlite")) as register, register:
        register.execute("UPDATE closing SET session = 'AUTRE'")
    answer = forget_due(*_asked(place, grilles=12))
    assert {item.code for item in answer.problems} == {"forget-unrecorded"}
    for left in _both(place):
        check_indexed(left)
