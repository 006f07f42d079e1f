"""The reference in `docs/`: just what the program says, with nothing left out."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import make_docs
import pytest
from conftest import ROOT
from field_page import documents

from sheetgen.documents.fields import Group, Items
from sheetgen.problems import CATALOGUE
from sheetgen.rules import ReasonCode
from sheetgen.sources.schema import REFERENTIAL, SESSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.sources.schema import WorkbookSpec


def page(name: str) -> str:
    """A page as it is in the repository."""
    return make_docs.place_of(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", make_docs.PAGES)
def test_page_is_what_the_program_says(name: str) -> None:
    """A page that differs is brought up to date with `python scripts/make_docs.py`."""
    assert page(name) == make_docs.PAGES[name]()


def test_check_accepts_pages_just_written() -> None:
    """`--check` writes nothing, says nothing and ends with 0 when all is well."""
    script = ROOT / "scripts" / "make_docs.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_names_the_page_that_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` ends with 1 and names every page that is not up to date, here all of them."""
    monkeypatch.setattr(make_docs, "DOCS", tmp_path)
    assert make_docs.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        "docs/messages.md",
        "docs/classeurs.md",
        "docs/commandes.md",
        "docs/reglages.md",
        "docs/champs.md",
        "docs/codes-motifs.md",
        "docs/json.md",
    ]


def test_every_code_has_an_anchor_and_every_anchor_a_code() -> None:
    """`messages.md#far-cell` leads to the message of that code, for all codes and no other."""
    anchors = re.findall(r"^### (\S+)$", page("messages.md"), re.MULTILINE)
    assert sorted(anchors) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_problem_is_explained_in_full(code: str) -> None:
    """A kind of problem says what is wrong, what to do and why, each in a French sentence."""
    kind = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert kind.message.strip()
    assert kind.hint.strip()
    assert kind.explanation.endswith(".")
    assert _FRENCH.search(kind.explanation)


_FRENCH = re.compile(
    r"\b(au|aucune?|autre|avec|ces?|dans|des?|doit|du|elle|en|est|et|il|la|les?|ne|par|pas|peut|plus"
    r"|pour|qui|sans|se|sont|sur|une?|à)\b",
    re.IGNORECASE,
)
"""Words of which a French sentence can hardly do without all."""


def test_message_shows_what_it_fills_in() -> None:
    """The sentence of a page has « … » for each value, and keeps what Markdown would swallow."""
    text = page("messages.md")
    assert (
        "### far-cell\n\n"
        "**Erreur** : Une cellule est remplie bien au-delà de la grille (…).\n\n"
        "*Que faire* : Effacer le contenu de cette cellule, enregistrer et déposer le classeur de "
        "nouveau." in text
    )
    assert r"outputs/\<session\>/.sheetgen/" in text
    assert "{found}" not in text


@pytest.mark.parametrize("spec", [REFERENTIAL, SESSION], ids=lambda spec: spec.title)
def test_every_sheet_column_and_row_is_described(spec: WorkbookSpec) -> None:
    """Each sheet of a workbook has its title, each of its columns and rows its line of help."""
    text = page("classeurs.md")
    for sheet in (*spec.sheets, *spec.drafts):
        title = f"### Feuille {sheet.name} du classeur {spec.title}\n"
        assert title in text
        described = text.partition(title)[2].partition("\n### ")[0]
        for item in sheet.fields or sheet.columns:
            assert item.help.strip()
            name = f"**{item.name}**" if item.required else item.name
            assert f"\n| {name} | " in described


def test_every_command_and_option_is_explained() -> None:
    """Each command has its section, and each of its options a help of its own, unless hidden."""
    text = page("commandes.md")
    for name, command in make_docs.commands().items():
        section = text.partition(f"## sheetgen {name}\n")[2].partition("\n## ")[0]
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help
                assert (option.opts[0] in section) is not option.hidden


def test_every_template_field_is_listed() -> None:
    """Each name that a template may write is in a table, with what it stands for."""
    text = page("champs.md")
    for document in documents().values():
        for name, meaning in _fields(document, ""):
            assert meaning.strip()
            assert f"\n| `{name}` | " in text


def _fields(group: Group, prefix: str) -> Iterator[tuple[str, str]]:
    for name, shape in group.fields.items():
        if isinstance(shape, Group):
            yield from _fields(shape, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", shape.meaning
            if isinstance(shape, Items):
                yield from _fields(shape.item, "")


@pytest.mark.parametrize("reason", ReasonCode)
def test_every_reason_is_listed(reason: ReasonCode) -> None:
    """Each reason of a bloc's outcome has its code and its sentence."""
    assert f"\n| `{reason.key}` | " in page("codes-motifs.md")
