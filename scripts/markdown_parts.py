"""Texts and tables as Markdown, for the pages that `make_docs` writes."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOTICE = (
    "<!-- Écrit par scripts/make_docs.py d’après le programme : ne pas modifier à la main. -->"
)


def page(parts: Iterable[str]) -> str:
    """A page of these paragraphs, titles and tables, that says where it comes from."""
    return "\n\n".join((_NOTICE, *parts)) + "\n"


def plain(text: str) -> str:
    """The text as Markdown that shows it and nothing else, also in a cell of a table."""
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", " ".join(text.split()))


def sentence(template: str) -> str:
    """A format string with « … » for each value; a suggestion that would end it is left out."""
    pieces = string.Formatter().parse(template)
    text = "".join(before + ("" if name is None else "…") for before, name, _, _ in pieces)
    without_suggestion = re.sub(r"(^|[.?!] ?)…$", r"\1", text)
    return plain(without_suggestion.replace("….", "…"))


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
