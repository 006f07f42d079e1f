"""Proof that a document keeps the text that its template has outside tags, once these are paired.

Braces are paired into tags, « {{ … }} », « {% … %} » and « {# … #} », strictly: docxtpl finds tags
with patterns that run on to the next tag when a brace is missing, and swallow what stands between.
The proof is made twice: where docxtpl patches a template, every text, tag and picture must still be
there, in order; and each document must hold, in order, the texts that Jinja wrote for it. In a
condition or a loop these are known too, since Jinja tells of each text as it writes it; the text of
a macro or of an assigned block is told where it is printed. What a filter makes of the text that it
surrounds is not followed.
"""

from __future__ import annotations

import html
import re
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from jinja2 import nodes
from lxml import etree
from markupsafe import Markup

from sheetgen.documents.missing import says_nothing
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BRACE = re.compile(r"\{[{%#]|[{}]")
_IN_TAG = re.compile(r"""\{[{%#]|[{}]|%\}|"[^"]*"|'[^']*'""")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""docxtpl reads Word's quotes inside a tag as plain ones."""

_QUOTED = re.compile(r"""\"[^"]*"|'[^']*'""")
_ODD_QUOTE = re.compile("[\"'„‚«»‹›]")
"""Quotes that none in a tag pairs with, or that nobody reads as such there."""

_ESCAPES = re.compile(r"\{_[{%]|[}%]_\}")
"""How docxtpl writes double braces that are text."""

_LEVEL = re.compile(r"[-+]?(?:(p|tr|tc|r)(?=\s))?\s*")
_LONE_LEVEL = re.compile(r"\A(?:p|tr|tc|r)\s+")
_DOTTED = re.compile(r"[^\W\d]\w*(?:\s*(?:\.\s*\w+|\[[^\]]*\]))+")
_STATEMENTS = frozenset(
    {"if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith"}
)
_LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Tag:
    """One tag, whole, at its place in a text."""

    start: int
    end: int
    text: str

    @property
    def is_comment(self) -> bool:
        """Return whether the tag is a comment, of which nothing is made."""
        return self.text.startswith("{#")

    @cached_property
    def level(self) -> str:
        """Return the element that goes with the tag (p, tr, tc, r), empty for the tag alone."""
        found = _LEVEL.match(self.text, 2)
        return (found[1] or "") if found else ""

    @cached_property
    def statement(self) -> str:
        """Return the first word of « {% … %} », empty for other tags."""
        if not self.text.startswith("{%"):
            return ""
        found = _LEVEL.match(self.text, 2)
        word = re.compile(r"\w+").match(self.text, found.end() if found else 2)
        return word[0] if word else ""


@dataclass(frozen=True)
class Pairing:
    """The tags of a text, in order, or the first fault that leaves its braces without a partner."""

    tags: tuple[Tag, ...] = ()
    fault: str = ""


def pair_braces(text: str, fields: Collection[str] = ()) -> Pairing:
    """Find the tags of a text, in which every brace must have its partner.

    A pair of single braces is text, unless it holds what only a tag would.

    Args:
        text: of one paragraph, or of one attribute.
        fields: the first words of what tags may name.
    """
    text = _ESCAPES.sub("___", text)
    plain = text.translate(_QUOTES)
    tags: list[Tag] = []
    lone: list[int] = []
    place = 0
    while found := _BRACE.search(text, place):
        place = found.end()
        if found[0] in _CLOSERS:
            end = _end_of_tag(plain, found.start())
            if end is None:
                closer = _CLOSERS[found[0]]
                return Pairing(
                    fault=f"la balise « {_cut(text[found.start() :])} » n’est pas fermée par "
                    f"« {closer} » dans ce paragraphe."
                )
            tag = Tag(found.start(), end, text[found.start() : end])
            if not tag.is_comment and _ODD_QUOTE.search(_QUOTED.sub("", plain[tag.start : end])):
                return Pairing(
                    fault=f"les guillemets de la balise « {_cut(tag.text)} » ne vont pas par deux "
                    'ou sont typographiques ; écrire "x", avec des guillemets droits.'
                )
            tags.append(tag)
            place = end
        elif found[0] == "{":
            lone.append(found.start())
        elif not lone:
            return Pairing(fault=_unopened(text, found.start()))
        else:
            single = text[lone.pop() : found.end()]
            if _is_meant_as_tag(single, fields):
                return Pairing(
                    fault=f"« {_cut(single)} » est entre accolades simples ; une balise a deux "
                    "signes de chaque côté."
                )
    if lone:
        return Pairing(fault=f"l’accolade de « {_cut(text[lone[0] :])} » n’est jamais fermée.")
    return Pairing(tags=tuple(tags))


def _end_of_tag(text: str, start: int) -> int | None:
    """Return the end of the tag that opens at `start`; None if another opens first or none closes.

    Closing signs inside quotes, or braces of an expression, do not count.
    """
    opener = text[start : start + 2]
    if opener == "{#":
        end = text.find("#}", start + 2)
        return None if end < 0 or "{#" in text[start + 2 : end] else end + 2
    depth = 0
    place = start + 2
    while found := _IN_TAG.search(text, place):
        mark, place = found[0], found.end()
        if mark in _CLOSERS:
            return None
        if mark == "{":
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
        elif mark == "%}" and not depth:
            return place if opener == "{%" else None
        elif mark == "}":
            closes = opener == "{{" and text.startswith("}", place)
            return place + 1 if closes else None
        elif mark == "%}":
            depth -= 1
    return None


def _unopened(text: str, place: int) -> str:
    before = text[max(0, place - _LONGEST_QUOTE) : place].rpartition("}")[2].lstrip()
    after = "}" if text.startswith("}", place + 1) else ""
    return f"« {before}}}{after} » se ferme sans avoir été ouvert."


def _is_meant_as_tag(single: str, fields: Collection[str]) -> bool:
    """Return whether single braces hold what was meant as a tag and lacks a sign."""
    if single[-2] in "%#":
        return True
    inside = _LONE_LEVEL.sub("", single[1:-1].strip(" \t\xa0%#-+"))
    word = re.match(r"\w+", inside)
    if word is None:
        return False
    return (
        word[0] in fields
        or (word[0] in _STATEMENTS and "%" in single)
        or _DOTTED.fullmatch(inside) is not None
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


TELLING = "_written"
"""The name of the function that is called with the texts that are being written."""

PRINTING = "_printed"
"""The name of the function through which each value goes that is being printed."""

_MARKUP = re.compile(r"<[^>]*>")
_CUT_BEFORE, _CUT_AFTER = re.compile(r"\A[^<>]*>"), re.compile(r"<[^<>]*\Z")
_OBJECT = re.compile(
    r"<w:(?:drawing|pict|object|fldSimple|fldChar|sym|footnoteReference|endnoteReference)\b"
)
_PARAGRAPH = re.compile(r"(?=<w:p[ >])")
_EDGES = re.compile(r"\A\{([{%])[-+]?(?:(?:p|tr|tc|r)\s)?|[-+]?([}%])\}\Z")
_CELL_TAGS = frozenset({"colspan", "cellbg", "vm", "hm"})
"""Tags of docxtpl that it turns into conditions; where one stands, tags are not compared."""

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


def telling(told: list[str] | None) -> Mapping[str, Callable[..., object]]:
    """Return the functions that `tell_texts` has called, by their names.

    Args:
        told: gets each text, in the order in which they are written; None to follow none.
    """
    if told is None:
        return {TELLING: lambda *_: None, PRINTING: lambda value: value}

    def printed(value: object) -> object:
        # What macros and assigned blocks make of the template's text is markup; values are not.
        if isinstance(value, Markup) and not says_nothing(text := value.unescape()):
            told.append(text)
        return value

    return {TELLING: lambda *texts: told.extend(texts), PRINTING: printed}


def tell_texts(body: list[nodes.Node]) -> None:
    """Have statements call the functions of `telling` before they write a text or a value."""
    for place in range(len(body) - 1, -1, -1):
        node = body[place]
        if isinstance(node, nodes.Output):
            body[place : place + 1] = _told_output(node)
        elif isinstance(node, nodes.If):
            for branch in (node, *node.elif_):
                tell_texts(branch.body)
            tell_texts(node.else_)
        elif isinstance(node, nodes.For) and not node.recursive:
            tell_texts(node.body)
            tell_texts(node.else_)
        elif isinstance(node, nodes.With | nodes.Scope):
            tell_texts(node.body)


def _told_output(node: nodes.Output) -> Iterator[nodes.Node]:
    """Yield statements that tell what each part of an output writes, then write it."""
    for item in node.nodes:
        line = item.lineno
        texts = _texts(item)
        if texts:
            values: list[nodes.Expr] = [nodes.Const(text) for text in texts]
            call = nodes.Call(nodes.Name(TELLING, "load"), values, [], None, None)
            yield nodes.ExprStmt(call, lineno=line).set_lineno(line)
        if isinstance(item, nodes.TemplateData):
            yield nodes.Output([item], lineno=line)
        else:
            call = nodes.Call(nodes.Name(PRINTING, "load"), [item], [], None, None)
            yield nodes.Output([call], lineno=line).set_lineno(line)


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
            inside = html.unescape(_EDGES.sub(r"\1", tag.text)).translate(_QUOTES)
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
