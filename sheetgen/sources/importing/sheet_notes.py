"""The texts of a workbook that stand in no cell: comments, and boxes drawn over the sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.sources.importing.document import NO_LIST, ReadParagraph, numbered
from sheetgen.spreadsheet import containers, parse_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.spreadsheet import Element

_PACKAGE = b"PK"
_COMMENTS = re.compile(r"xl/(?:.*/)?comments?\d*\.xml")
_DRAWINGS = re.compile(r"xl/drawings/drawing\d*\.xml|xl/diagrams/data\d*\.xml")
_OPEN_DOCUMENT = "content.xml"
_IN_BOXES = ("annotation", "text-box")
_PARAGRAPHS = ("p", "h")


def texts_beside(data: bytes) -> tuple[ReadParagraph, ...]:
    """Return the texts of an .xlsx or .ods that are in no cell; others show none.

    Raises:
        UnreadableWorkbookError: a part that holds some is damaged.
    """
    if not data.startswith(_PACKAGE):
        return ()
    package = containers.Package(data)
    found: list[ReadParagraph] = []
    for name in sorted(package.names):
        key = containers.part_key(name)
        if _COMMENTS.fullmatch(key):
            found += _comments(parse_part(name, package.part(name)))
        elif _DRAWINGS.fullmatch(key):
            found += _numbered(_drawn(parse_part(name, package.part(name))), "dessin")
        elif key == _OPEN_DOCUMENT:
            texts = _boxed(parse_part(name, package.part(name)))
            found += _numbered(texts, "commentaire ou zone de texte")
    return tuple(found)


def _comments(root: Element) -> Iterator[ReadParagraph]:
    for comment in root.iter("{*}comment"):
        place = f"commentaire de la cellule {comment.get('ref') or '?'}"
        yield from _numbered(_text(comment, "t").splitlines(), place)


def _drawn(root: Element) -> list[str]:
    return [_text(item, "t") for item in root.iter("{*}p") if "/drawingml/" in item.tag]


def _boxed(root: Element) -> list[str]:
    return [
        "".join(item.itertext())
        for name in _IN_BOXES
        for box in root.iter(f"{{*}}{name}")
        for kind in _PARAGRAPHS
        for item in box.iter(f"{{*}}{kind}")
    ]


def _text(parent: Element, name: str) -> str:
    return "".join(item.text or "" for item in parent.iter(f"{{*}}{name}"))


def _numbered(texts: list[str], place: str) -> tuple[ReadParagraph, ...]:
    return numbered([(text, NO_LIST) for text in texts], place)
