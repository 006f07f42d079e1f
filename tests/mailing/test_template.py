"""The template of the message, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sheetgen.mailing import read_message_template

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = (
    "Les champs sont « {juré} », « {prénom} », « {nom} », « {candidats} », « {nombre} », "
    "« {archive} », « {porteur} », « {en commun} », « {session} », "
    "« {code session} », « {date} », « {dates} », "
    "« {heure} », « {adresse} », "
    "« {date limite} », « {centre} » et « {représentant} »."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the template."""
    return tmp_path / "message-jures.txt"


def test_subject_and_text_are_told_apart(path: Path) -> None:
    """Explanations above the subject are left out; a # further down is text."""
    path.write_text(
        "# Ce fichier se modifie : {librement}\n\nObjet : Vos grilles : {session}\n\n"
        "Bonjour\n\n# 1 est le plus urgent  \n\n",
        encoding="utf-8",
    )
    template, problems = read_message_template(path)
    assert problems == []
    assert template is not None
    assert template.subject == "Vos grilles : {session}"
    assert template.body == "Bonjour\n\n# 1 est le plus urgent"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_editor_may_have_saved_it(path: Path, encoding: str, newline: str) -> None:
    """With or without a byte order mark, whatever ends its lines."""
    path.write_bytes(newline.join(["OBJET: été", "", "Bonjour {juré}", "à vous"]).encode(encoding))
    template, problems = read_message_template(path)
    assert problems == []
    assert template is not None
    assert (template.subject, template.body) == ("été", "Bonjour {juré}\nà vous")


def test_an_unknown_field_is_named_with_the_nearest(path: Path) -> None:
    """Every unknown field is said at once, with its line."""
    path.write_text("Objet : {sesion}\n\nBonjour {juré} {jury}\n{xyzzy}\n", encoding="utf-8")
    template, problems = read_message_template(path)
    assert template is None
    assert [(item.code, item.message, item.hint) for item in problems] == [
        (
            "message-unknown-field",
            "ligne 1 : le champ « {sesion} » n’existe pas.",
            f"Écrire « {{session}} » ? {FIELDS}",
        ),
        (
            "message-unknown-field",
            "ligne 3 : le champ « {jury} » n’existe pas.",
            f"Écrire « {{juré}} » ? {FIELDS}",
        ),
        ("message-unknown-field", "ligne 4 : le champ « {xyzzy} » n’existe pas.", FIELDS),
    ]
    assert {item.location.file for item in problems} == {str(path)}


@pytest.mark.parametrize("line", ["Bonjour {juré", "Bonjour juré}", "{{juré}}", "{"])
def test_a_stray_brace_is_said(path: Path, line: str) -> None:
    """A field that was not closed would be sent as it stands."""
    path.write_text(f"Objet : x\n\nBonjour\n{line}\n", encoding="utf-8")
    template, problems = read_message_template(path)
    assert template is None
    assert [item.code for item in problems] == ["message-stray-brace"]
    assert problems[0].message.startswith("ligne 4 : une accolade est seule")
    assert "entre « { » et « } »" in problems[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bonjour {juré}\n", "message-without-subject"),
        ("Objet :\n\nBonjour\n", "message-without-subject"),
        ("Objet\nBonjour\n", "message-without-subject"),
        ("", "message-without-subject"),
        ("# rien d’autre\n", "message-without-subject"),
        ("Objet : x\n\n  \n", "message-empty"),
    ],
)
def test_a_template_has_a_subject_and_a_text(path: Path, text: str, code: str) -> None:
    """A message without either is not sent."""
    path.write_text(text, encoding="utf-8")
    template, problems = read_message_template(path)
    assert template is None
    assert [item.code for item in problems] == [code]


def test_a_missing_template_is_said(path: Path) -> None:
    """The message tells where it was looked for, and how to get it back."""
    template, problems = read_message_template(path)
    assert template is None
    assert [(item.code, item.severity.value, item.location.file) for item in problems] == [
        ("message-missing", "warning", str(path))
    ]
    assert "sheetgen init" in problems[0].hint


def test_a_missing_template_may_have_been_renamed(path: Path) -> None:
    """The file that resembles it most is named."""
    path.with_name("message-jurés.txt.txt").write_text("Objet : x\n\ny", encoding="utf-8")
    path.with_name("notes.txt").write_text("rien", encoding="utf-8")
    _, problems = read_message_template(path)
    assert problems[0].hint == "Renommer « message-jurés.txt.txt » en « message-jures.txt »."


@pytest.mark.parametrize(
    "data", ["Objet : été".encode("cp1252"), "Objet : x".encode("utf-16"), b"PK\3\4\0\0Objet : x"]
)
def test_a_file_that_is_no_plain_text_in_utf_8_is_refused(path: Path, data: bytes) -> None:
    """No accent is ever guessed."""
    path.write_bytes(data)
    template, problems = read_message_template(path)
    assert template is None
    assert [item.code for item in problems] == ["message-unreadable"]


def test_a_folder_in_its_place_is_said(path: Path) -> None:
    """Whatever the system refuses is a problem."""
    path.mkdir()
    template, problems = read_message_template(path)
    assert template is None
    assert [item.code for item in problems] == ["message-unreadable"]
