"""The page of every message, from `docs/messages.md`, which the package carries."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path

from markupsafe import Markup, escape

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.told_lines import bound

_NAME = "messages.md"
_ESCAPED = re.compile(r"\\(&[lg]t;|[\\`*_\[\]|])")
"""A sign that Markdown is to show as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHelp:
    """One message of the page.

    Attributes:
        code: the kind's.
        title: its severity and its sentence, in HTML.
        paragraphs: what else is said of it, in HTML.
    """

    code: str
    title: Markup
    paragraphs: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpChapter:
    """The messages of one stage."""

    title: Markup
    messages: tuple[MessageHelp, ...]


@cache
def read_chapters() -> tuple[HelpChapter, ...]:
    """Return the page, chapter by chapter."""
    shipped = resources.files("sheetgen.desk").joinpath(_NAME)
    if shipped.is_file():
        text = shipped.read_text(encoding="utf-8")
    else:  # a checkout has the original alone
        text = (Path(__file__).parents[2] / "docs" / _NAME).read_text(encoding="utf-8")
    return parse_chapters(text)


def parse_chapters(text: str) -> tuple[HelpChapter, ...]:
    """Return the chapters of a page of messages: titles, codes, paragraphs, bold and italics."""
    chapters: list[HelpChapter] = []
    for chapter in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, rest = chapter.partition("\n")
        messages = []
        for told in re.split(r"^### ", rest, flags=re.MULTILINE)[1:]:
            code, _, said = told.partition("\n")
            blocks = (block.strip() for block in said.split("\n\n"))
            sentence, *paragraphs = (_marked(block) for block in blocks if block)
            messages.append(
                MessageHelp(code=code.strip(), title=sentence, paragraphs=tuple(paragraphs))
            )
        chapters.append(HelpChapter(title=_marked(title.strip()), messages=tuple(messages)))
    return tuple(chapters)


def _marked(text: str) -> Markup:
    """Return a paragraph in HTML: its text escaped, its bold, italics and code marked."""
    said = _ESCAPED.sub(_unescaped, str(escape(bound(text))))
    said = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", said)
    said = re.sub(r"\*(.+?)\*", r"<em>\1</em>", said)
    said = re.sub(r"`(.+?)`", r"<code>\1</code>", said)
    return Markup(said)  # noqa: S704 - escaped above


def _unescaped(found: re.Match[str]) -> str:
    """Return a sign as an entity, which no pattern takes for a mark."""
    sign = found[1]
    return sign if sign.startswith("&") else f"&#{ord(sign)};"
