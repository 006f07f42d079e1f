"""XML as spreadsheets usually write it: pieces of a part that patterns may be trusted to read.

`usual` reads a workbook in one pass of patterns, which is many times faster than an XML parser, and
only where the result is known to be what the full readers give. Whatever is written in another way
is `UnusualError`: nothing is refused here, the full readers say what is to be thought of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers import expat

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

LARGEST = 1 << 18
"""Bytes of a part that is read here; a sheet of a grid has a tenth of that."""

DECLARATION = r'(?:<\?xml version="1\.0" encoding="UTF-8"(?: standalone="yes")?\?>\s*)?'
"""What a part may begin with."""

_FIRST_LINE = re.compile(rb"\A(<\?xml [^<>]*\?>)\r\n")
"""As Excel ends the line that a part begins with; no other line of a part ends so."""

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
_ENTITY = re.compile("&([^;&]{0,8};?)")
_COMMON = (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"))
_NUMBERED = re.compile("#([0-9]{1,7});|#x([0-9A-Fa-f]{1,6});")
_CHARACTERS = (range(9, 11), range(32, 0x7F), range(0xA0, 0xD800), range(0xE000, 0xFFFE))
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


class UnusualError(Exception):
    """Something is written in a way that is not read here."""


def usual_text(part: bytes) -> str:
    """The characters of a part, or of a piece of one that patterns are to take apart.

    Raises:
        UnusualError: they are too many, or some are not allowed in XML or changed by its readers.
    """
    if len(part) > LARGEST:
        raise UnusualError
    if part.startswith(b"<?"):
        part = _FIRST_LINE.sub(rb"\1", part, count=1)
    if len(part.translate(None, _CONTROLS)) != len(part) or (b"]" in part and b"]]>" in part):
        raise UnusualError
    try:
        text = part.decode()
    except UnicodeDecodeError as error:
        raise UnusualError from error
    # In UTF-8 both begin with a byte that hardly anything else does.
    if b"\xef" in part and ("\ufffe" in text or "\uffff" in text):
        raise UnusualError
    return text


def kept(text: str, *, preserved: bool) -> str:
    """The text of a cell, of which readers keep what surrounds it only where it is preserved.

    Raises:
        UnusualError: what readers make of it is not certain.
    """
    if (not preserved and text != text.strip()) or ("_x" in text and _ESCAPE.search(text)):
        raise UnusualError
    return unescape(text)


def unescape(text: str) -> str:
    """The text that an XML text stands for.

    Raises:
        UnusualError: it holds an entity that XML does not name, or an unusual character's number.
    """
    if "&" not in text:
        return text
    for entity, character in _COMMON:
        text = text.replace(entity, character)
    if text.count("&") == text.count("&amp;"):
        return text.replace("&amp;", "&")
    return _ENTITY.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    if found[1] == "amp;":
        return "&"
    numbered = _NUMBERED.fullmatch(found[1])
    if numbered is None:
        raise UnusualError
    number = int(numbered[1]) if numbered[1] else int(numbered[2], 16)
    if not any(number in characters for characters in _CHARACTERS):
        raise UnusualError
    return chr(number)


@lru_cache(maxsize=256)
def check_well_formed(document: bytes) -> None:
    """Nothing, for what is XML without comments or instructions; the same come with every grid.

    Raises:
        UnusualError: it is not.
    """
    parser = expat.ParserCreate("UTF-8", namespace_separator="}")
    try:
        parser.Parse(document, True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise UnusualError from error
    if b"<?" in document[1:] or b"<!" in document:
        raise UnusualError
