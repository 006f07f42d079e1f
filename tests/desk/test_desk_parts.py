"""Dropped files, states of steps, settings written back, files that may be opened, help."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sheetgen import desk
from sheetgen.cli import main
from sheetgen.commands import Inputs
from sheetgen.desk.deposits import Deposit, deposit, safe_name
from sheetgen.desk.message_help import read_chapters
from sheetgen.desk.opened_files import find_file
from sheetgen.desk.option_places import option_places
from sheetgen.desk.proposed import read_decisions
from sheetgen.desk.running_step import RunningStep, follow_worker
from sheetgen.desk.settings_form import read_form, save_form
from sheetgen.desk.step_worker import main as work
from sheetgen.desk.step_worker import perform
from sheetgen.desk.steps import (
    DeskStep,
    LastRun,
    StepFiles,
    StepState,
    next_step,
    note_run,
    read_runs,
)
from sheetgen.files import sha256
from sheetgen.jury.closings import ClosingRecord, Closings, FrozenFile
from sheetgen.problems import CATALOGUE
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.spreadsheet.limits import FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def dropped(folder: Path, name: str, *chunks: bytes) -> Deposit:
    """Drop a file of this name and content."""

    async def content() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return asyncio.run(deposit(folder, name, content()))


def names(folder: Path) -> list[str]:
    """Return the files of the returns and of the folder that they lie in."""
    return sorted(path.name for path in folder.parent.rglob("*") if path.is_file())


def test_a_dropped_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    """One of the same name gets a number; the same file twice is one file."""
    returns = tmp_path / "retours"

    assert dropped(returns, "grille_C01_J1.xlsx", b"one", b"more").path is not None
    assert "déjà déposé" in dropped(returns, "grille_C01_J1.xlsx", b"onemore").told
    assert "sous ce nom" in dropped(returns, "grille_C01_J1.xlsx", b"two").told
    assert names(returns) == ["grille_C01_J1-1.xlsx", "grille_C01_J1.xlsx"]
    assert (returns / "grille_C01_J1.xlsx").read_bytes() == b"onemore"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../key.xlsx", ("key", ".xlsx")),
        ("C:\\retours\\grille.XLSX", ("grille", ".xlsx")),
        ("con.xlsx", ("x-con", ".xlsx")),
        (".xlsx", ("xe3b0c442", ".xlsx")),
        ("grille d\u2019Émile.ods", ("grille-dEmile", ".ods")),
        ("retours", ("retours", "")),
        ("..\\..\\grille.xlsx", ("grille", ".xlsx")),
        ("..\\..", ("xcdb4ee2a", ".")),
        ("grille\0.exe\0.xlsx", ("grille-.exe", ".xlsx")),
        ("LPT1.zip", ("x-LPT1", ".zip")),
        ("NUL.tar.zip", ("x-NUL.tar", ".zip")),
        ("grille.xlsx:cache.exe", ("grille.xlsx-cache", ".exe")),
        ("a" * 300 + ".xlsx", ("a" * 51 + "-9835fa6b", ".xlsx")),
    ],
)
def test_names_are_made_safe(said: str, kept: tuple[str, str]) -> None:
    """No folder, no reserved name, no letter that a system refuses."""
    assert safe_name(said) == kept


def test_files_that_are_no_return_are_refused(tmp_path: Path) -> None:
    """Too large, blank, or of another kind: nothing stays, and the reason is told."""
    returns = tmp_path / "retours"
    chunk = bytes(FILE_BYTES // 2)

    assert "plus de 50 Mo" in dropped(returns, "grille.xlsx", chunk, chunk, b"1").told
    assert "vide" in dropped(returns, "grille.xlsx").told
    assert "ni un classeur" in dropped(returns, "grille.exe", b"1").told
    assert "ni un classeur" in dropped(returns, "", b"1").told
    assert dropped(returns, "..\\..", b"1").told.startswith("..\\.. : ")
    assert names(returns) == []


def stepped(tmp_path: Path, complete: bool | None = None) -> dict[DeskStep, StepState]:
    """Return the states of a session whose folder is `outputs/JUIN`."""
    inputs = Inputs(
        referential=tmp_path / "referential.xlsx",
        session=tmp_path / "session.xlsx",
        templates=tmp_path / "templates",
        output=tmp_path / "outputs",
    )
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    files = StepFiles(inputs=inputs, folder=folder, runs=read_runs(folder), complete=complete)
    return files.states()


def touched(path: Path, moment: float) -> None:
    """Make a file that was changed at this moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (moment, moment))


def test_a_step_is_out_of_date_once_what_it_rests_on_changed(tmp_path: Path) -> None:
    """Grids made at 200 are done; a session changed at 300 is after them; a run at 400 mends it."""
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    touched(tmp_path / "referential.xlsx", 100)
    touched(tmp_path / "session.xlsx", 100)
    assert set(stepped(tmp_path).values()) == {StepState.TO_DO}

    touched(folder.made, 200)
    assert stepped(tmp_path)[DeskStep.GENERATE] is StepState.DONE
    touched(tmp_path / "session.xlsx", 300)
    assert stepped(tmp_path)[DeskStep.GENERATE] is StepState.OUT_OF_DATE

    note_run(folder, DeskStep.GENERATE, LastRun(began=400, ended=401, status=0))
    note_run(folder, DeskStep.CHECK, LastRun(began=400, ended=401, status=0))
    states = stepped(tmp_path, complete=True)
    assert {step for step, state in states.items() if state is StepState.DONE} == {
        DeskStep.CHECK,
        DeskStep.GENERATE,
        DeskStep.STATUS,
    }
    note_run(folder, DeskStep.CHECK, LastRun(began=500, ended=501, status=1))
    assert stepped(tmp_path)[DeskStep.CHECK] is StepState.TO_DO


def test_grids_made_in_spite_of_errors_prove_no_check(tmp_path: Path) -> None:
    """Those of 300 were made while the session has an error: what was checked at 200 has it yet."""
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    touched(tmp_path / "session.xlsx", 100)
    touched(folder.made, 300)
    note_run(folder, DeskStep.CHECK, LastRun(began=200, ended=201, status=1))
    assert stepped(tmp_path)[DeskStep.CHECK] is StepState.DONE
    note_run(folder, DeskStep.GENERATE, LastRun(began=299, ended=301, status=1))
    assert stepped(tmp_path)[DeskStep.CHECK] is StepState.TO_DO


def test_a_return_after_the_consolidation_makes_it_out_of_date(tmp_path: Path) -> None:
    """A grid that arrives after what is proposed is not in it."""
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    touched(folder.history, 200)
    touched(folder.returns / "grille.xlsx", 100)
    os.utime(folder.returns, (100, 100))
    assert stepped(tmp_path)[DeskStep.CONSOLIDATE] is StepState.DONE
    touched(folder.returns / "autre.xlsx", 300)
    assert stepped(tmp_path)[DeskStep.CONSOLIDATE] is StepState.OUT_OF_DATE


def test_a_step_that_was_cut_short_is_to_do(tmp_path: Path) -> None:
    """Its files are there, from before: the command's own note says that they are of two states."""
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    touched(folder.made, 200)
    assert stepped(tmp_path)[DeskStep.GENERATE] is StepState.DONE
    touched(folder.private / "unfinished" / "generate.json", 300)
    assert stepped(tmp_path)[DeskStep.GENERATE] is StepState.TO_DO


def test_papers_that_final_lacks_are_to_restore(tmp_path: Path) -> None:
    """One that is missing is to do at once, and done again once it is back; a lost one is not."""
    folder = SessionFolder(root=tmp_path / "outputs" / "JUIN")
    closings = Closings.of(folder)
    session = {"date": "2026-06-15"}
    closing = {"date": "2026-06-15", "time": ""}
    said = json.dumps({"session": session, "closing": closing, "candidates": []})
    frozen = {"decisions.json": said, "proces-verbal.docx": "papers"}
    for name, text in frozen.items():
        for place in (folder.final, closings.files_of(1)):
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
    closings.write(
        ClosingRecord(
            version=1,
            made=None,
            session="JUIN",
            workbook="",
            printed=None,
            files=tuple(FrozenFile(path=name, sha256=sha256(b"")) for name in frozen),
            papers=True,
        )
    )
    paper = folder.final / "proces-verbal.docx"

    assert stepped(tmp_path)[DeskStep.PAPERS] is StepState.DONE
    paper.unlink()
    assert stepped(tmp_path)[DeskStep.PAPERS] is StepState.TO_DO
    assert next_step(stepped(tmp_path)) is DeskStep.PAPERS
    paper.write_text("papers")
    assert stepped(tmp_path)[DeskStep.PAPERS] is StepState.DONE
    paper.unlink()
    (closings.files_of(1) / paper.name).unlink()
    assert stepped(tmp_path)[DeskStep.PAPERS] is StepState.DONE


def test_notes_that_cannot_be_read_note_nothing(tmp_path: Path) -> None:
    """Whatever somebody made of the file."""
    folder = SessionFolder(root=tmp_path)
    note = folder.private / "desk" / "check.json"
    note.parent.mkdir(parents=True)
    for text in ("", "[]", "1", '{"began": 1}', '{"began": "x", "ended": 1, "status": 0}'):
        note.write_text(text)
        assert read_runs(folder) == {}


def test_settings_are_written_back_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comments and what is not in the form stay; what does not suit writes nothing."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sheetgen.toml"
    text = '# à nous\njobs = 4 # de trop\n# pdf = false\n[conservation]\ndecisions = "à vie"\n'
    path.write_text(text, encoding="utf-8")
    digest = read_form().digest

    said = save_form({"digest": digest, "jobs": "2", "pdf": "true", "session": 'a\\b".xlsx'})
    assert said == "Réglages enregistrés."
    assert path.read_text(encoding="utf-8") == (
        '# à nous\njobs = 2\npdf = true\nsession = "a\\\\b\\".xlsx"\n'
        '[conservation]\ndecisions = "à vie"\n'
    )
    assert "a changé entre-temps" in save_form({"digest": digest, "jobs": "3"})
    form = read_form()
    assert {item.setting.name: item.value for item in form.fields if item.value} == {
        "session": 'a\\b".xlsx',
        "jobs": "2",
        "pdf": "true",
    }
    assert save_form({"digest": form.digest, "jobs": "2"}) == "Rien à changer."
    assert "ne convient pas" in save_form({"digest": form.digest, "jobs": "deux"})
    assert save_form({"digest": form.digest, "jobs": ""}) == "Réglages enregistrés."
    assert "\n# jobs = 2\n" in path.read_text(encoding="utf-8")
    path.write_text('session = """\na"""\n')
    assert "éditeur de texte" in save_form({"digest": read_form().digest, "session": "b.xlsx"})


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("jobs", "1" + "0" * 21, "un nombre entier de 1 à 9999."),
        pytest.param("jobs", "9" * 5000, "9… » ne convient pas", id="huge"),
        ("jobs", "0", "un nombre entier de 1 à 9999."),
        ("scheduler", "tcp://a:1", 'pip install "sheetgen[cluster]"'),
        ("register", "mysql://a/b", "Ce n'est pas l'adresse d'un registre."),
        ("register", "postgresql://h:abc/b", "Ce n'est pas l'adresse d'un registre."),
        ("register", "dossier", "c’est un dossier, et un registre est un fichier."),
        ("session", "dossier", "c’est un dossier, et il faut un fichier."),
        ("output", "fichier", "c’est un fichier, et il faut un dossier."),
        ("key", "a\0b", "un chemin n’a ni retour à la ligne"),
    ],
)
def test_a_setting_that_no_command_takes_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str, told: str
) -> None:
    """It is refused in French with what is allowed, and there is no file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sheetgen.workspace.settings_file.find_spec", lambda _: None)
    (tmp_path / "dossier").mkdir()
    (tmp_path / "fichier").touch()

    refusal = save_form({"digest": "", name: said})
    assert refusal.startswith(f"{name} : « ")
    assert told in refusal
    assert refusal.endswith(" Rien n’a été enregistré.")
    assert not (tmp_path / "sheetgen.toml").exists()


def test_what_the_page_opens_lies_in_the_folder_and_runs_nothing(tmp_path: Path) -> None:
    """Neither a key nor a program, nor anything outside."""
    inside = tmp_path / "session"
    for name in ("a.xlsx", "a.exe", "register.key", ".sheetgen/a.xlsx", "../b.xlsx"):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).touch()

    assert find_file(str(inside / "a.xlsx"), (inside,)) == (inside / "a.xlsx").resolve()
    assert find_file(str(inside), (inside,)) == inside.resolve()
    refused = ("a.exe", "register.key", ".sheetgen/a.xlsx", "../b.xlsx", "d.xlsx", "\0")
    assert [name for name in refused if find_file(f"{inside}/{name}", (inside,))] == []


@pytest.mark.posix
def test_a_link_leads_nowhere_outside(tmp_path: Path) -> None:
    """Where a name of the folder is a link to what lies elsewhere, it is not opened."""
    inside = tmp_path / "session"
    inside.mkdir()
    (tmp_path / "b.xlsx").touch()
    (inside / "c.xlsx").symlink_to(tmp_path / "b.xlsx")

    assert find_file(str(inside / "c.xlsx"), (inside,)) is None


def test_a_variable_that_does_not_suit_stops_a_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it stops a command: nothing is guessed, nothing is done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHEETGEN_JOBS", "deux")
    answer = perform({"step": "generate", "session": "session.xlsx"}, lambda _: None)

    assert answer["status"] == 1
    assert answer["problems"][0]["code"] == "setting-unusable"
    assert answer["problems"][0]["text"].startswith("variable SHEETGEN_JOBS : ")
    assert list(tmp_path.iterdir()) == []


def test_an_anonymous_session_shows_numbers_alone(tmp_path: Path) -> None:
    """Names are shown where the session names its candidates; a bar counts the blocs judged."""
    folder = SessionFolder(root=tmp_path)
    assert read_decisions(folder, named=True) is None
    blocks = [{"code": "BC01", "outcome": "validated"}, {"code": "BC02", "outcome": "incomplete"}]
    person = {"id": "C1", "first_name": "Ada", "last_name": "Lice", "blocks": blocks}
    record = {"provisional": True, "candidates": [person | {"outcome": "incomplete"}]}
    folder.consolidation.mkdir()
    (folder.consolidation / "decisions.json").write_text(json.dumps(record))

    named = read_decisions(folder, named=True)
    hidden = read_decisions(folder, named=False)
    assert named is not None
    assert hidden is not None
    assert named.candidates[0][:2] == ("C1", "C1 Ada Lice")
    assert hidden.candidates[0][:2] == ("C1", "C1")
    assert named.legend == {"✔": "Validé", "…": "Incomplet"}
    assert [(bar.label, bar.count, bar.total, bar.share) for bar in named.blocks] == [
        ("BC01", 1, 1, 100),
        ("BC02", 0, 0, 0),
    ]
    assert (named.decided, named.provisional) == (False, True)


def test_a_step_that_the_computer_refuses_to_start_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where an antivirus blocks Python: a message, never a wait without end."""
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    running = RunningStep(step=DeskStep.CHECK)
    answer = asyncio.run(follow_worker({"step": "check"}, running, None))
    assert answer is not None
    assert answer["status"] == 1
    assert answer["lines"][0].startswith("Cet ordinateur n’a pas laissé démarrer l’étape : ")


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A step there says so in plain words, and does nothing."""
    (tmp_path / "outputs").write_text("a file")
    folder = tmp_path / "outputs" / "JUIN"
    request = {"step": "generate", "session": "session.xlsx", "folder": str(folder)}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(request)))
    assert work() == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == 1
    assert answer["problems"] == []
    assert f"Le dossier {folder.parent} ne peut pas être écrit : " in answer["lines"][0]


def test_a_closed_session_leads_to_its_papers() -> None:
    """Whatever changed after the closing changes nothing of it: no step before is asked for."""
    states = dict.fromkeys(DeskStep, StepState.DONE)
    assert next_step({}) is DeskStep.PAPERS
    assert next_step(states | {DeskStep.CHECK: StepState.OUT_OF_DATE}) is DeskStep.PAPERS
    assert next_step(dict.fromkeys(DeskStep, StepState.OUT_OF_DATE)) is DeskStep.PAPERS
    opened = {DeskStep.CHECK: StepState.OUT_OF_DATE, DeskStep.FINALIZE: StepState.TO_DO}
    assert next_step(states | opened) is DeskStep.CHECK


def test_what_messages_say_to_do_is_on_the_page() -> None:
    """Each option of a session's commands that a cure names has its place at the desk."""
    commands = ("check", "generate", "status", "consolidate", "finalize")
    known = {
        option
        for name in commands
        for parameter in main.commands[name].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    pages = (Path(desk.__file__).parent / "pages" / "session.html.j2").read_text("utf-8")
    named = set()
    for kind in CATALOGUE.values():
        for option in re.findall(r"--[a-z][a-z-]*[a-z]", kind.hint):
            if option in known:
                places = list(option_places(option))
                assert places, f"{kind.code} names {option}"
                named.add(option)
                for _, address in places:
                    assert address.startswith("/reglages#") or f'id="{address[1:]}"' in pages
    assert {"--prefer", "--force", "--reopen", "--draft", "--no-reports"} <= named


def test_a_command_that_a_message_names_is_a_button() -> None:
    """The nearest place is told: the option's, else the command's."""
    told = "Lancer « sheetgen generate », puis l'envoyer à Ada."
    assert list(option_places(told)) == [("« Faire les grilles »", "#faire-generate")]
    told = "sinon « sheetgen generate --new-key », ou « finalize --reopen MOTIF »."
    assert [address for _, address in option_places(told)] == ["#autre-cle", "#motif"]
    assert list(option_places("Fermer « envois ».")) == []


def test_every_message_has_its_help() -> None:
    """The page that the package carries names every kind of problem, in safe HTML."""
    told = {item.code: item for chapter in read_chapters() for item in chapter.messages}

    assert set(CATALOGUE) <= set(told)
    first = told["import-file-missing"]
    title = "<strong>Erreur</strong>\u00a0: Le fichier à importer n&#39;existe pas."
    assert first.title == title
    assert first.paragraphs[0].startswith("<em>Que faire</em>\u00a0: ")
    shown = "".join(text for item in told.values() for text in (item.title, *item.paragraphs))
    assert "outputs/&lt;session&gt;/.sheetgen/" in shown
    assert "\\&" not in shown
