"""The tables that cells of an .xlsx refer to by number: shared texts, kinds of formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.spreadsheet.markup import NotUnderstoodError, children, kept_text, split_tag
from sheetgen.spreadsheet.number_formats import NumberFormat, built_in_format, own_format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.spreadsheet.element import Element

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_SHOWN = frozenset({"rPr", "rPh", "phoneticPr", "extLst"})
"""What stands in a text and is none of it: fonts, how it is pronounced, extensions."""


def unescaped(text: str) -> str:
    """Return a text with the characters that `_x000D_` and its like stand for."""
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    # Two escapes may be the halves of one character; a half by itself is none.
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def rich_text(item: Element, known: str) -> str:
    """Return the text of an `si`, an `is` or a run of it, whatever its parts look like.

    Raises:
        NotUnderstoodError: it holds what is no part of a text.
    """
    pieces: list[str] = []
    for part in children(item, known):
        space, name = split_tag(part.tag)
        if space != known or name not in ("t", "r", *_NOT_SHOWN):
            reason = f"un élément inconnu (« {name} ») se trouve dans un texte"
            raise NotUnderstoodError(reason)
        if name == "t":
            pieces.append(unescaped(kept_text(part)))
        elif name == "r":
            pieces.append(rich_text(part, known))
    return "".join(pieces)


def read_texts(root: Element, known: str) -> Sequence[str]:
    """Return the shared texts, in their order.

    Raises:
        NotUnderstoodError: the table holds what is no text.
    """
    texts: list[str] = []
    item_tag, text_tag = f"{{{known}}}si", f"{{{known}}}t"
    for child in children(root, known):
        if child.tag != item_tag:
            if split_tag(child.tag) == (known, "extLst"):
                continue
            reason = (
                f"un élément inconnu (« {split_tag(child.tag)[1]} ») se trouve entre les textes"
            )
            raise NotUnderstoodError(reason)
        only = child[0] if len(child) == 1 and not child.text else None
        if only is not None and only.tag == text_tag and not only.tail:
            text = kept_text(only)
            texts.append(unescaped(text) if "_x" in text else text)
        else:
            texts.append(rich_text(child, known))
    return texts


def read_number_formats(root: Element, known: str) -> Mapping[str, NumberFormat]:
    """Return the number format of each cell style by its number in `cellXfs`, as written.

    That of the first, which a cell has that names none, is under an empty text.

    What is odd in it makes a plain number of what it concerns: programs open such files.

    Raises:
        NotUnderstoodError: text stands between its elements.
    """
    codes: dict[int, NumberFormat] = {}
    found: list[NumberFormat] = []
    for group in children(root, known):
        if group.tag not in (f"{{{known}}}numFmts", f"{{{known}}}cellXfs"):
            continue
        for item in children(group, known):
            number = _whole(item.get("numFmtId"))
            if item.tag == f"{{{known}}}numFmt":
                codes[number] = own_format(item.get("formatCode") or "")
            else:  # whatever it is, the styles after it keep their numbers
                found.append(codes.get(number) or built_in_format(number))
    return {str(place or ""): style for place, style in enumerate(found)}


def _whole(text: str | None) -> int:
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdecimal() else -1
