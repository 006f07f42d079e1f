"""The settings file: options said once, what wins over what, and what is wrong with a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.cli import main
from sheetgen.model.retention import default_terms
from sheetgen.workspace import render_configuration
from sheetgen.workspace.settings_file import (
    CONFIGURATION,
    SETTINGS,
    Setting,
    read_configuration,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run commands in, with no setting in the environment."""
    for setting in SETTINGS.values():
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str, **variables: str) -> Result:
    """`sheetgen check` in the current folder."""
    return CliRunner().invoke(main, ["check", *arguments], env=variables)


def session_named_by(result: Result) -> str:
    """The session file that a command looked for, in a folder that has none."""
    (line,) = [
        line for line in result.output.splitlines() if "session" in line and "Erreur" in line
    ]
    return line.split()[2]


def test_without_a_file_defaults_apply(folder: Path) -> None:
    """The file is optional."""
    assert not (folder / CONFIGURATION).exists()
    assert session_named_by(check()) == "session.xlsx"


def test_what_is_nearest_to_the_user_wins(folder: Path) -> None:
    """The command line goes before the environment, that before the file, that before defaults."""
    (folder / CONFIGURATION).write_text('session = "session-du-fichier.xlsx"\n')
    assert session_named_by(check()) == "session-du-fichier.xlsx"
    variable = "session-de-la-variable.xlsx"
    assert session_named_by(check(SHEETGEN_SESSION=variable)) == variable
    typed = "session-de-la-ligne.xlsx"
    assert session_named_by(check("--session", typed, SHEETGEN_SESSION=variable)) == typed


def test_a_switch_can_be_taken_back(folder: Path) -> None:
    """What the file or the environment switches on, the command line can switch off."""
    (folder / CONFIGURATION).write_text("no-reports = true\n")
    (folder / "templates").mkdir()
    assert "rapport-jury.docx" not in check().output
    assert "rapport-jury.docx" in check("--reports").output
    assert "rapport-jury.docx" in check(SHEETGEN_NO_REPORTS="0").output


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_setting_has_an_option_and_a_variable(setting: Setting) -> None:
    """A name in the file is an option's, and its variable is the option's too."""
    options = {
        name: option
        for command in main.commands.values()
        for option in command.params
        for name in option.opts
    }
    assert setting.option in options
    assert options[setting.option].envvar == setting.variable
    assert setting.variable == f"SHEETGEN_{setting.name.upper().replace('-', '_')}"


def test_a_file_of_another_folder_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the folder where the command is run counts: its paths start there."""
    (folder / CONFIGURATION).write_text('session = "dessus.xlsx"\n')
    (folder / "dessous").mkdir()
    monkeypatch.chdir(folder / "dessous")
    assert session_named_by(check()) == "session.xlsx"


WRONG = {
    "unknown setting": (
        'sesion = "juin.xlsx"',
        "Le réglage « sesion » n'existe pas. Vouliez-vous dire « session » ?",
    ),
    "underscore": ("no_reports = true", "Vouliez-vous dire « no-reports » ?"),
    "unknown setting, like no other": ("couleur = 3", "Le réglage « couleur » n'existe pas."),
    "table": ("[generate]\nforce = true", "Le réglage « generate » n'existe pas."),
    "text for a number": ('jobs = "4"', 'Le réglage « jobs » ne peut pas valoir "4".'),
    "number too small": ("jobs = 0", "Le réglage « jobs » ne peut pas valoir 0."),
    "switch for a number": ("jobs = true", "Le réglage « jobs » ne peut pas valoir true."),
    "number for a path": ("session = 4", "Le réglage « session » ne peut pas valoir 4."),
    "number for an address": ("scheduler = 8786", "Le réglage « scheduler » ne peut pas valoir"),
    "blank path": ('output = " "', 'Le réglage « output » ne peut pas valoir " ".'),
    "text for a switch": ('quiet = "oui"', 'Le réglage « quiet » ne peut pas valoir "oui".'),
    "no quotes": (
        "jobs = 2\nsession = juin.xlsx",
        "La ligne 2 n'est pas un réglage lisible : « session = juin.xlsx ».",
    ),
    "Windows path": ('session = "C:\\Users\\jury.xlsx"', "La ligne 1 n'est pas un réglage lisible"),
    "number of 5,000 digits": (
        f"session = 'a'\njobs = {'9' * 5000}\npdf = true",
        "La ligne 2 n'est pas un réglage lisible",
    ),
    "same setting twice": ("jobs = 1\njobs = 2", "La ligne 2 n'est pas un réglage lisible"),
    "term": ('[conservation]\ngrilles = "toujours"', "conservation.grilles » ne peut pas valoir"),
    "number for a term": ("[conservation]\ngrilles = 3", "conservation.grilles » ne peut pas"),
    "unknown term": ('[conservation]\ngrille = "1 an"', "Vouliez-vous dire « grilles » ?"),
    "terms that are no section": ('conservation = "1 an"', "Le réglage « conservation » ne peut"),
    "decisions before their papers": (
        '[conservation]\ndecisions = "2 ans"',
        "« documents » seraient gardés 10 ans, et les décisions qui disent ce qu'ils sont, 2 ans",
    ),
    "text left open": ('session = """juin', "La ligne 1 n'est pas un réglage lisible"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_said_with_status_2(folder: Path, text: str, message: str) -> None:
    """A file that is wrong stops the command as a usage error does, in French."""
    (folder / CONFIGURATION).write_text(text)
    result = check()
    assert result.exit_code == 2
    assert "Erreur sheetgen.toml : " in result.output
    assert message in result.output


def test_everything_wrong_is_said_at_once(folder: Path) -> None:
    """Three mistakes are three messages."""
    (folder / CONFIGURATION).write_text('sesion = "a"\njobs = 0\nquiet = 1\n')
    assert "3 erreur(s)" in check().output


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("# Réglé".encode("cp1252"), "il n'est pas enregistré en UTF-8"),
        (None, "un dossier porte ce nom"),
    ],
    ids=["other encoding", "folder"],
)
def test_an_unreadable_file_is_said(folder: Path, data: bytes | None, reason: str) -> None:
    """A file that is no UTF-8 text, or no file, is one message."""
    if data is None:
        (folder / CONFIGURATION).mkdir()
    else:
        (folder / CONFIGURATION).write_bytes(data)
    result = check()
    assert result.exit_code == 2
    assert f"Le fichier de réglages ne peut pas être lu : {reason}." in result.output


def test_help_and_init_survive_a_wrong_file(folder: Path) -> None:
    """Who has to mend the file can still read the help, and prepare another folder."""
    (folder / CONFIGURATION).write_text("=")
    assert check("--help").exit_code == 0
    assert CliRunner().invoke(main, ["init", "autre"]).exit_code == 0


@pytest.mark.usefixtures("folder")
def test_a_wrong_variable_is_named() -> None:
    """Nobody typed the option: the error says where its value comes from."""
    variables = {"SHEETGEN_JOBS": "deux"}
    result = CliRunner().invoke(main, ["generate"], env=variables)
    assert result.exit_code == 2
    assert "pour '--jobs' (variable SHEETGEN_JOBS) : « deux » n'est pas" in result.output


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    """Windows' Notepad puts one at the beginning."""
    (folder / CONFIGURATION).write_bytes(b"\xef\xbb\xbfjobs = 2\r\n")
    assert read_configuration(folder / CONFIGURATION) == ({"jobs": 2}, [])


def test_the_file_of_a_workspace_sets_nothing_by_itself(folder: Path) -> None:
    """As `init` writes it, all is commented out; each comment taken away, it says the defaults."""
    file = folder / CONFIGURATION
    file.write_text(render_configuration(), encoding="utf-8")
    assert read_configuration(file) == ({}, [])
    lines = render_configuration().splitlines()
    shown = [line.removeprefix("# ") for line in lines if " = " in line or line.startswith("[")]
    file.write_text("\n".join(shown), encoding="utf-8")
    assert read_configuration(file) == (
        {
            "referential": "referential.xlsx",
            "session": "session.xlsx",
            "templates": "templates",
            "output": "outputs",
            "conservation": default_terms(),
            "jobs": 4,
            "scheduler": "tcp://127.0.0.1:8786",
            "no_reports": False,
            "register": "register.sqlite",
            "no_register": False,
            "key": "register.key",
            "pdf": False,
            "libreoffice": "/opt/libreoffice/program/soffice",
            "quiet": False,
        },
        [],
    )


@given(
    data=st.binary(max_size=60)
    | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_file_makes_it_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever the file holds gives settings or problems, never a traceback."""
    file = tmp_path_factory.mktemp("reglages") / CONFIGURATION
    file.write_bytes(data)
    settings, problems = read_configuration(file)
    assert settings.keys() <= {setting.parameter for setting in SETTINGS.values()}
    assert all(problem.location.file == os.fspath(file) for problem in problems)


def test_a_folder_without_anything_says_how_to_begin(folder: Path) -> None:
    """`sheetgen check` run anywhere says what is missing, once each, and the next step."""
    result = check()
    assert result.exit_code == 1
    assert "3 erreur(s)" in result.output
    assert "« sheetgen init DOSSIER » prépare un dossier de travail" in result.output
    assert not list(folder.iterdir())


def test_a_workspace_is_not_told_how_to_begin(folder: Path) -> None:
    """Who has a workspace is told what to fill in there, and no more."""
    CliRunner().invoke(main, ["init", "."])
    result = check()
    assert (folder / "session.xlsx").exists()
    assert result.exit_code == 1
    assert "prépare un dossier de travail" not in result.output
