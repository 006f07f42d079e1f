"""The Jinja environment of templates, and the conversion of values to text.

Values are data: whatever they hold comes out literally, line breaks as line breaks. A value that
is missing prints a mark that is seen.
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap, qn
from jinja2 import StrictUndefined, Template, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from sheetgen.documents.kept_text import tell_texts
from sheetgen.documents.missing import MISSING_MARK, Missing, says_nothing
from sheetgen.documents.plain_parts import PlainPart, on_one_line, prove_plain
from sheetgen.documents.word_package import PrintedImage

if TYPE_CHECKING:
    from collections.abc import Callable

_MARK = re.compile(f"({re.escape(MISSING_MARK[0])}(?i:{re.escape(MISSING_MARK[1:])}))")
"""The mark in capitals too, as a template may print a text. Its bracket stays outside of the group
that ignores case: what begins with a literal is found faster."""

_BREAKS = "\t\n\a\f"
_PARAGRAPH_END = "</w:p>"
_RUN, _RUN_PROPERTIES, _TEXT, _HIGHLIGHT = map(qn, ("w:r", "w:rPr", "w:t", "w:highlight"))
_VALUE, _SPACE = qn("w:val"), qn("xml:space")
_WORD = {"w": nsmap["w"]}
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&#34;",
        # docxtpl would turn « {_{ » into « {{ » once Jinja is done.
        "{": "&#123;",
        "}": "&#125;",
    }
)
_MOST_TEXTS = 4096
"""The most texts of which the Word text is cached: documents of a session share most of theirs."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja as templates see it: sandboxed, strict about unknown names, values made literal.

    A source is compiled once, however many documents are made from it.
    """

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=literal)
        self._compiled: dict[str, Template] = {}
        self._plain: dict[str, PlainPart | None] = {}

    def compile_parsed(self, source: str, tree: nodes.Template) -> None:
        """Compile a source from the tree that `parse` made of it, for when it is asked for.

        Raises:
            TemplateSyntaxError: it cannot be.
        """
        as_written = prove_plain(tree)
        if as_written is None:
            self._plain[source] = None
            self._compiled[source] = self._told(tree)
        else:
            on_one_line(tree)
            self._plain[source] = PlainPart(super().from_string(tree), as_written)

    def compiled(self, source: str) -> Template:
        """Return the template that a source makes, for a trial: nobody follows its texts."""
        plain = self._plain.get(source)
        return self.from_string(source) if plain is None else plain.template

    def plain(self, source: str) -> PlainPart | None:
        """Return the part that a source with a line for each paragraph makes; None unless plain."""
        if source not in self._plain:
            self.compile_parsed(source, self.parse(source))
        return self._plain[source]

    def from_string(self, source: str | nodes.Template, *_: object, **__: object) -> Template:
        """Return the template this source makes, compiled before or now; it tells of its texts."""
        if not isinstance(source, str):
            return self._told(source)
        if source not in self._compiled:
            self._compiled[source] = self._told(self.parse(source))
        return self._compiled[source]

    def _told(self, tree: nodes.Template) -> Template:
        """Compile a tree that tells of each text that it writes."""
        tell_texts(tree.body)
        return super().from_string(tree)


def literal(value: object) -> Markup:
    """Return the value as Word text: itself and nothing else, or the mark where there is none."""
    if isinstance(value, PrintedImage):
        return Markup(value.markup())  # noqa: S704 - markup is what a picture is
    if isinstance(value, Missing):
        value.noted.append(value.path)
    if value is None:
        return _word_text(MISSING_MARK)
    return _word_text(value.unescape() if isinstance(value, Markup) else str(value))


@lru_cache(_MOST_TEXTS)
def _word_text(text: str) -> Markup:
    plain = printable(text)
    if says_nothing(plain):
        plain = MISSING_MARK
    return Markup(plain.translate(_ESCAPED))  # noqa: S704 - escaped on this very line


def printable(text: str) -> str:
    """Return the text without what XML cannot hold, each of its lines ended by a newline."""
    return _NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", text))


def resolve_breaks(xml: str, resolve: Callable[[str], str]) -> str:
    """Return a part with line breaks and tabs of texts made Word's, by docxtpl's `resolve`.

    That searches every run of every paragraph; here it is given those alone that have any.
    """
    pieces = xml.split(_PARAGRAPH_END)
    broken = {
        place
        for mark in _BREAKS
        if mark in xml
        for place, text in enumerate(pieces[:-1])
        if mark in text
    }
    for place in broken:
        pieces[place] = resolve(pieces[place] + _PARAGRAPH_END).removesuffix(_PARAGRAPH_END)
    return _PARAGRAPH_END.join(pieces)


def shows_missing(xml: str) -> bool:
    """Return whether a part may show a missing mark."""
    return _MARK.search(xml) is not None


def highlight_missing(root: etree._Element) -> int:
    """Make every missing mark under `root` stand out, whatever its style; return how many."""
    found = 0
    marked: dict[etree._Element, None] = {}
    for text in root.iter(_TEXT):
        marks = len(_MARK.findall(text.text or ""))
        run = text.getparent() if marks else None
        if run is not None and run.tag == _RUN:
            marked[run] = None
            found += marks
    for run in marked:
        owner = run.getparent()
        if owner is not None:
            _split_run(run)
            owner.remove(run)
    return found


def _split_run(run: etree._Element) -> None:
    """Put what a run holds in runs before it, each mark in one of its own."""
    for child in list(run):
        if child.tag == _TEXT:
            for piece in _MARK.split(child.text or ""):
                if piece:
                    added = _run_before(run, highlighted=bool(_MARK.fullmatch(piece)))
                    text = etree.SubElement(added, _TEXT, {_SPACE: "preserve"})
                    text.text = piece
        elif child.tag != _RUN_PROPERTIES:
            _run_before(run, highlighted=False).append(child)


def _run_before(run: etree._Element, *, highlighted: bool) -> etree._Element:
    """Insert a new run before this one, formatted like it."""
    added = etree.Element(_RUN, nsmap=_WORD)
    old = run.find(_RUN_PROPERTIES)
    properties = etree.Element(_RUN_PROPERTIES) if old is None else copy.deepcopy(old)
    if highlighted:
        for mark in properties.findall(_HIGHLIGHT):
            properties.remove(mark)
        place = sum(child.tag in _BEFORE_HIGHLIGHT for child in properties)
        properties.insert(place, etree.Element(_HIGHLIGHT, {_VALUE: "yellow"}))
    added.append(properties)
    run.addprevious(added)
    return added


_BEFORE_HIGHLIGHT = frozenset(
    qn(f"w:{name}")
    for names in (
        ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike"),
        ("outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden"),
        ("color", "spacing", "w", "kern", "position", "sz", "szCs"),
    )
    for name in names
)
"""Elements before the highlight in a run's properties, where the order is fixed."""
