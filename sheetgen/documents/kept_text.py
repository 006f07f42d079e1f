"""Proof that a document keeps the text that its template has outside tags.

Twice: where docxtpl patches a template, every text, tag and picture must still be there, in order;
and each document must hold, in order, the texts that Jinja wrote for it. In a condition or a loop
these are known too, since Jinja tells of each text as it writes it. What a macro, a filter or an
assigned block makes of its text is not followed.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from jinja2 import nodes
from lxml import etree

from sheetgen.documents.tags import pair_braces

if TYPE_CHECKING:
    from collections.abc import Iterable

TELLING = "_written"
"""The name of the function that is called with the texts that are being written."""

_MARKUP = re.compile(r"<[^>]*>")
_CUT_BEFORE, _CUT_AFTER = re.compile(r"\A[^<>]*>"), re.compile(r"<[^<>]*\Z")
_OBJECT = re.compile(
    r"<w:(?:drawing|pict|object|fldSimple|fldChar|sym|footnoteReference|endnoteReference)\b"
)
_PARAGRAPH = re.compile(r"(?=<w:p[ >])")
_LEVEL = re.compile(r"\A\{([{%])[-+]?(?:(?:p|tr|tc|r)\s)?|[-+]?([}%])\}\Z")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_CELL_TAGS = frozenset({"colspan", "cellbg", "vm", "hm"})
"""docxtpl's own, which it turns into conditions: the other tags cannot be compared then."""

_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_TAG_MARKS = "\0\1"


def lost_paragraph(source: str, patched: str) -> str | None:
    """Return the paragraph of which the patched part lacks something; None if it lacks nothing.

    Args:
        source: the part, its braces paired and its tags whole.
        patched: what docxtpl makes of it for Jinja.
    """
    lines = _PARAGRAPH.split(source)
    tags = [tag.statement for tag in pair_braces(source).tags]
    tagged = _CELL_TAGS.isdisjoint(tags)
    expected = [_skeleton(line, tagged=tagged) for line in lines]
    whole, found = "".join(expected), _skeleton(patched, tagged=tagged)
    if whole == found:
        return None
    pairs = enumerate(zip(whole, found, strict=False))
    place = next((place for place, (one, other) in pairs if one != other), len(found))
    ends = accumulate(map(len, expected))
    line = next((line for line, end in zip(lines, ends, strict=True) if end > place), lines[-1])
    return plain_text(line)


def plain_text(xml: str) -> str:
    """Return the text of a piece of XML, without its markup."""
    return html.unescape(_MARKUP.sub("", xml)).strip()


def tell_texts(body: list[nodes.Node]) -> None:
    """Have statements call the function named `TELLING` with each text before they write it."""
    for place in range(len(body) - 1, -1, -1):
        node = body[place]
        if isinstance(node, nodes.Output):
            texts = [text for item in node.nodes for text in _texts(item)]
            if texts:
                told = nodes.Name(TELLING, "load", lineno=node.lineno)
                values = [nodes.Const(text) for text in texts]
                call = nodes.Call(told, values, [], None, None, lineno=node.lineno)
                body.insert(place, nodes.ExprStmt(call, lineno=node.lineno))
        elif isinstance(node, nodes.If):
            for branch in (node, *node.elif_):
                tell_texts(branch.body)
            tell_texts(node.else_)
        elif isinstance(node, nodes.For) and not node.recursive:
            tell_texts(node.body)
            tell_texts(node.else_)
        elif isinstance(node, nodes.With | nodes.Scope):
            tell_texts(node.body)


def lost_text(told: Iterable[str], root: etree._Element) -> str | None:
    """Return the first of these texts that a part does not hold after those before it."""
    found = _squeezed(etree.tostring(root, method="text", encoding="unicode"))
    place = 0
    for text in told:
        sought = _squeezed_once(text)
        at = found.find(sought, place)
        if at < 0:
            return text
        place = at + len(sought)
    return None


def _skeleton(xml: str, *, tagged: bool) -> str:
    """Return what must be kept of a part: texts, objects and, where `tagged`, tags; no blanks."""
    pieces: list[str] = []
    place = 0
    for tag in pair_braces(xml).tags:
        pieces.append(xml[place : tag.start])
        place = tag.end
        if tagged and not tag.is_comment:
            inside = html.unescape(_LEVEL.sub(r"\1", tag.text)).translate(_QUOTES)
            bare = inside.replace("<", _TAG_MARKS[0]).replace(">", _TAG_MARKS[1])
            pieces.append(_TAG_MARKS[0] + bare + _TAG_MARKS[1])
    pieces.append(xml[place:])
    marked = _OBJECT.sub(lambda found: _TAG_MARKS + found[0], "".join(pieces))
    return _squeezed(html.unescape(_MARKUP.sub("", marked)))


def _texts(node: nodes.Node) -> list[str]:
    """Return the texts, free of markup, that a node writes as they stand in the template."""
    if not isinstance(node, nodes.TemplateData):
        return []
    data = _CUT_AFTER.sub("", _CUT_BEFORE.sub("", node.data))
    for written, meant in _ESCAPED:
        data = data.replace(written, meant)
    return [text for text in map(html.unescape, _MARKUP.split(data)) if text.strip()]


def _squeezed(text: str) -> str:
    return "".join(text.split())


_squeezed_once = lru_cache(8192)(_squeezed)
