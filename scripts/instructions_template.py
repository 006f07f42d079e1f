"""The template of the jurors' instructions: the guide's own page, on one page to be sent.

The words are those of `docs/guide/jures.md`, read from there: the two cannot say different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from word_looks import LETTER
from word_margins import add_footer
from word_parts import Strong, add_line, add_table, cell, line, logo, row
from word_styles import BORDERLESS_STYLE, Page, new_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document
    from word_parts import Cell, Piece

GUIDE = Path(__file__).parent.parent / "docs" / "guide" / "jures.md"

_DEADLINE = "avant la date indiquée sur «\N{NO-BREAK SPACE}Accueil\N{NO-BREAK SPACE}»"
_WITH_DEADLINE = "avant le {{ session.date_limite }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The guide's page in its parts, each paragraph on one line of Markdown."""

    title: str
    opening: str
    steps: tuple[str, ...]
    notes_title: str
    notes: tuple[str, ...]


def read_guide(text: str) -> Guide:
    """The parts of a page with a title, an opening, numbered steps, then a list of notes."""
    blocks = [re.sub(r"\n +", " ", block) for block in text.strip().split("\n\n")]
    title, opening, steps, notes_title, notes = blocks
    return Guide(
        title=title.removeprefix("# "),
        opening=" ".join(opening.split()),
        steps=tuple(re.findall(r"^\d+\. (.+)$", steps, re.MULTILINE)),
        notes_title=notes_title.removeprefix("## "),
        notes=tuple(re.findall(r"^- (.+)$", notes, re.MULTILINE)),
    )


def instructions() -> Document:
    """What a juror has to do, for one session."""
    guide = read_guide(GUIDE.read_text(encoding="utf-8"))
    document = new_document(guide.title, Page(looks=LETTER))
    add_footer(document, "Session {{ session.code }} — {{ certification.intitule }}")
    for part in logo("Certificateur"):
        add_line(document, part)
    add_line(document, line("Title", _capital(guide.title.rpartition(" : ")[2])))
    add_line(
        document,
        line(
            "Subtitle",
            "Session {{ session.code }} du {{ session.date }} — grilles à renvoyer avant le ",
            Strong("{{ session.date_limite }}"),
        ),
    )
    add_line(document, line("Texte courant", *pieces(guide.opening)))
    _add_list(document, [(f"{place}.", step) for place, step in enumerate(guide.steps, 1)])
    add_line(document, line("Heading 1", guide.notes_title))
    _add_list(document, [("•", note) for note in guide.notes])
    return document


def _add_list(document: Document, items: Sequence[tuple[str, str]]) -> None:
    rows = [row(*_item(mark, text)) for mark, text in items]
    add_table(document, (0.7, 16.3), rows, "Liste de consignes", style=BORDERLESS_STYLE)


def _item(mark: str, text: str) -> tuple[Cell, Cell]:
    return cell("Texte courant", Strong(mark)), cell("Texte courant", *pieces(text))


def pieces(markdown: str) -> Iterator[Piece]:
    """A line of Markdown as a Word paragraph holds it: names and values between « »."""
    quoted = re.sub(r"`([^`]+)`|(?<!\*)\*([^*]+)\*(?!\*)", _quote, markdown)
    for place, text in enumerate(quoted.replace(_DEADLINE, _WITH_DEADLINE).split("**")):
        if text:
            yield Strong(text) if place % 2 else text


def _quote(found: re.Match[str]) -> str:
    return f"«\N{NO-BREAK SPACE}{found[1] or found[2]}\N{NO-BREAK SPACE}»"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
