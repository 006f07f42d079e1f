"""The text of a paragraph in an .ods, as OpenDocument 1.3 part 3, 6.1, says it reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.spreadsheet.limits import SPACES
from sheetgen.spreadsheet.markup import BLANK, NotUnderstoodError, split_tag

if TYPE_CHECKING:
    from sheetgen.spreadsheet.markup import Element

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = f"{_NAMES}:text:1.0"
OFFICE = f"{_NAMES}:office:1.0"
TABLE = f"{_NAMES}:table:1.0"
DRAWINGS = frozenset(
    (f"{_NAMES}:drawing:1.0", f"{_NAMES}:dr3d:1.0", f"{_NAMES}:svg-compatible:1.0")
)

_BLANKS = re.compile(r"[ \t\r\n]+")
_MARKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_SILENT = frozenset(
    (
        *("soft-page-break", "bookmark", "bookmark-start", "bookmark-end", "ruby-text"),
        *("change", "change-start", "change-end"),
        *("reference-mark", "reference-mark-start", "reference-mark-end"),
    )
)
"""Elements of a paragraph that show nothing in its line."""

_WRAPPERS = frozenset(("span", "a", "ruby", "ruby-base"))
"""Elements of a paragraph that show what they hold, and nothing of their own."""

ASIDE = frozenset(((OFFICE, "annotation"), (OFFICE, "annotation-end")))
"""Notes on a cell or on a text, which are not its content."""

_LONGEST_COUNT = 10


def paragraph_text(paragraph: Element) -> str:
    """Return what a paragraph shows: its blanks made one space, its own marks kept.

    Raises:
        NotUnderstoodError: it holds what is no part of a text.
    """
    pieces = _Pieces()
    pieces.read(paragraph)
    return pieces.text()


class _Pieces:
    """The text of a paragraph while it is read: a run of blanks counts as one space."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._after_blank = True  # those that a paragraph begins with do not count

    def text(self) -> str:
        """Return the text read, without the blanks at its end."""
        text = "".join(self._found)
        return text.removesuffix(" ") if self._after_blank else text

    def read(self, element: Element) -> None:
        """Take in all that an element shows."""
        self._add(element.text)
        for child in element:
            space, name = split_tag(child.tag)
            if space == TEXT and name in _MARKS:
                self._found.append(_MARKS[name] * (_spaces(child) if name == "s" else 1))
                self._after_blank = False
            elif space == TEXT and name in _WRAPPERS:
                self.read(child)
            elif not _is_aside(space, name):
                reason = f"un élément inconnu (« {name[:40]} ») se trouve dans son texte"
                raise NotUnderstoodError(reason)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        words = _BLANKS.sub(" ", text)
        if self._after_blank:
            words = words.removeprefix(" ")
        if words:
            self._found.append(words)
            self._after_blank = words.endswith(" ")


def _is_aside(space: str, name: str) -> bool:
    if space == TEXT:
        return name in _SILENT
    return space in DRAWINGS or (space, name) in ASIDE


def _spaces(mark: Element) -> int:
    count = read_count(mark, f"{{{TEXT}}}c")
    if count > SPACES:
        reason = "son texte répète des espaces sans fin"
        raise NotUnderstoodError(reason)
    return count


def read_count(element: Element, attribute: str) -> int:
    """Return how many things an element stands for, as an attribute says; one if it says nothing.

    Raises:
        NotUnderstoodError: it says no number, or none at all.
    """
    said = element.get(attribute)
    if said is None:
        return 1
    stripped = said.strip(BLANK)
    whole = stripped.isascii() and stripped.isdecimal() and len(stripped) <= _LONGEST_COUNT
    if not whole or int(stripped) == 0:
        reason = f"un nombre de répétitions est illisible (« {said[:40]} »)"
        raise NotUnderstoodError(reason)
    return int(stripped)
