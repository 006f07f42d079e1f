"""Proof, once a template, that what Jinja writes for a part is the part, whatever the values.

docxtpl searches every document that it makes for what a template may have left unsettled, and the
XML has to be read and checked again each time. None of that changes anything where each branch and
each loop of a part writes whole XML around texts, its tables keep their columns, and nothing but
texts is filled in: no text can get lost then, nor an element be left open. `prove_plain` tells such
parts, of which `PlainPart` makes documents; all others go docxtpl's way.
"""

from __future__ import annotations

import re
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING

from jinja2 import nodes

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template

_TAG = re.compile(r'<(/?)([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s+[\w.:-]+="[^"<]*")*)\s*(/?)>')
_UNSETTLED = re.compile(r"\{_|_\}|%_|_%|[\t\a\f\r\0]|&(?!#?\w+;)")
"""Texts that docxtpl still replaces after Jinja, and an ampersand that is no entity."""

_SPAN = re.compile(r'\bw:val="([1-9]\d*)"')
_PARAGRAPH, _RUN, _TEXT, _DRAWING = "w:p", "w:r", "w:t", "docPr"
_TABLE, _GRID, _COLUMN, _ROW, _CELL = "w:tbl", "w:tblGrid", "w:gridCol", "w:tr", "w:tc"
_CELL_PROPERTIES, _CELL_SPAN = "w:tcPr", "w:gridSpan"

BREAKS = re.compile(r"[\t\n\a\f]")
"""What docxtpl makes a break of."""

_OTHER_BREAKS = "\t\a\f"
"""Breaks for which docxtpl ends the run and begins another; a line end stays inside it."""

_AS_WRITTEN = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "&#34;": '"',
    "&#123;": "{",
    "&#125;": "}",
}
"""How docxtpl ends a line, and lxml writes what is escaped for Jinja."""


_PARAGRAPH_END = "</w:p>"
"""The end of a paragraph, beyond which no replacement of docxtpl reaches."""

_TEXTS_AT_ONCE = 4_000
"""The most texts that Jinja gives one by one before they are joined; most documents have fewer."""


class OtherBreaksError(Exception):
    """A value holds a break that docxtpl alone can write."""


class _UnprovenError(Exception):
    """A part may need more than Jinja."""


@dataclass(slots=True)
class _Table:
    """The columns of a table, and its rows that are always printed."""

    branch: int
    columns: int = 0
    widest: int = 0


@dataclass(slots=True)
class _Row:
    branch: int
    cells: int = 0
    width: int = 0


@dataclass(slots=True)
class _Proof:
    """Follows the XML that a part's statements write, in the order in which they do.

    Attributes:
        opened: the elements that are open.
        branches: the branches and loops that are, each by its number.
        tables: those that are open.
        roots: how many elements stood on their own.
        unsure: start tags after which there may be nothing.
    """

    opened: list[str] = field(default_factory=list)
    branches: list[int] = field(default_factory=lambda: [0])
    tables: list[_Table] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    roots: int = 0
    count: int = 0
    unsure: dict[str, str] = field(default_factory=lambda: {'<w:t xml:space="preserve">': _TEXT})

    def follow(self, body: list[nodes.Node]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for item in node.nodes:
                    self.write(item)
            elif isinstance(node, nodes.If):
                for branch in (node.body, *(item.body for item in node.elif_), node.else_):
                    self.follow_branch(branch)
            elif isinstance(node, nodes.For) and not node.recursive:
                self.follow_branch(node.body)
                self.follow_branch(node.else_)
            elif isinstance(node, nodes.With):
                self.follow(node.body)
            elif not isinstance(node, nodes.Assign):
                raise _UnprovenError

    def follow_branch(self, body: list[nodes.Node]) -> None:
        """Follow what may be written once, often or not at all: the same must be open after it."""
        before = (list(self.opened), self.roots, len(self.tables), len(self.rows))
        self.count += 1
        self.branches.append(self.count)
        self.follow(body)
        self.branches.pop()
        if before != (self.opened, self.roots, len(self.tables), len(self.rows)):
            raise _UnprovenError

    def write(self, item: nodes.Expr) -> None:
        if isinstance(item, nodes.TemplateData):
            self.write_text(item.data)
        elif self.opened[-2:] != [_RUN, _TEXT] or not self._in_one(_PARAGRAPH, _RUN):
            raise _UnprovenError

    def _in_one(self, *names: str) -> bool:
        return all(self.opened.count(name) == 1 for name in names)

    def write_text(self, data: str) -> None:
        if _UNSETTLED.search(data):
            raise _UnprovenError
        place, unsure = 0, ("", "")
        for found in _TAG.finditer(data):
            self._plain(data[place : found.start()])
            place = found.end()
            closes, name, attributes, empty = found.groups()
            if closes:
                if attributes or empty or not self.opened or self.opened[-1] != name:
                    raise _UnprovenError
                self._end(name)
            else:
                self._start(name, attributes)
                if empty:
                    self._end(name)
            unsure = ("", "") if closes or empty else (found[0], name)
        self._plain(data[place:])
        if unsure[0] and not data[place:].strip("\n"):
            self.unsure[unsure[0]] = unsure[1]

    def _plain(self, text: str) -> None:
        if "<" in text or (text.strip() and not self.opened):
            raise _UnprovenError

    def _start(self, name: str, attributes: str) -> None:
        inside = self.opened[-1] if self.opened else ""
        if name.rpartition(":")[2] == _DRAWING:
            raise _UnprovenError
        if not inside:
            self.roots += 1
        branch = self.branches[-1]
        if name == _TABLE:
            if self.tables:
                raise _UnprovenError
            self.tables.append(_Table(branch=branch))
        elif name == _COLUMN:
            self._in_table(inside, _GRID, branch).columns += 1
        elif name == _ROW:
            self._in_table(inside, _TABLE, None)
            self.rows.append(_Row(branch=branch))
        elif name == _CELL:
            row = self._in_row(inside, _ROW, branch)
            row.cells += 1
            row.width += 1
        elif name == _CELL_SPAN:
            found = _SPAN.search(attributes)
            if found is None:
                raise _UnprovenError
            self._in_row(inside, _CELL_PROPERTIES, branch).width += int(found[1]) - 1
        self.opened.append(name)

    def _in_table(self, inside: str, expected: str, branch: int | None) -> _Table:
        if inside != expected or not self.tables:
            raise _UnprovenError
        if branch is not None and self.tables[-1].branch != branch:
            raise _UnprovenError
        return self.tables[-1]

    def _in_row(self, inside: str, expected: str, branch: int) -> _Row:
        if inside != expected or not self.rows or self.rows[-1].branch != branch:
            raise _UnprovenError
        return self.rows[-1]

    def _end(self, name: str) -> None:
        self.opened.pop()
        if name == _ROW:
            row, table = self.rows.pop(), self.tables[-1]
            if row.cells > table.columns:
                raise _UnprovenError
            if row.branch == table.branch:
                table.widest = max(table.widest, row.width)
        elif name == _TABLE:
            table = self.tables.pop()
            if not table.columns or table.widest < table.columns:
                raise _UnprovenError


def prove_plain(tree: nodes.Template) -> Mapping[str, str] | None:
    """Return whether Jinja writes, from this tree, one whole element of which nothing is lost.

    If so, what it writes is given with what lxml would write for it. Every value must be escaped,
    as text.
    """
    proof = _Proof()
    try:
        proof.follow(tree.body)
    except _UnprovenError:
        return None
    if proof.opened or proof.roots != 1:
        return None
    empty = {f"{tag}</{name}>": f"{tag[:-1]}/>" for tag, name in proof.unsure.items()}
    return {**_AS_WRITTEN, **empty}


def one_paragraph_a_line(source: str) -> str:
    """Return the source with a line for each paragraph, and for each tag that stood alone in one.

    Of such a paragraph docxtpl leaves the tag alone.
    """
    tagged = re.sub(
        r"(</w:(?:p|tbl|tr|tcPr|tblGrid)>|<w:(?:body|hdr|ftr)\b[^>]*>)((?: *{%(?:(?!%}).)*%})+)",
        lambda found: found[1] + found[2].replace("{%", "\n{%"),
        source.replace("\n", " "),
    )
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", tagged)


def on_one_line(tree: nodes.Template) -> None:
    """Take out of a tree the line ends of its text, which only number its paragraphs."""
    for item in tree.find_all(nodes.TemplateData):
        item.data = item.data.replace("\n", "")


@dataclass(frozen=True, slots=True)
class PlainPart:
    """A part that is plain, compiled.

    Attributes:
        as_written: what Jinja writes, with what stands for it in a document; in this order.
    """

    template: Template
    as_written: Mapping[str, str]

    def render(self, values: Mapping[str, object]) -> Iterator[str]:
        """Yield the XML of the part, some hundred paragraphs at a time.

        Raises:
            OtherBreaksError: a value holds more than line breaks.
            Exception: an expression fails on this data.
        """
        texts = self.template.generate(values)
        rest = ""
        while batch := tuple(islice(texts, _TEXTS_AT_ONCE)):
            xml = "".join((rest, *batch))
            if any(mark in xml for mark in _OTHER_BREAKS):  # faster than one pattern for the three
                raise OtherBreaksError
            whole, ending, rest = xml.rpartition(_PARAGRAPH_END)
            if ending:
                yield self._as_written(whole + ending)
        if rest:
            yield self._as_written(rest)

    def _as_written(self, xml: str) -> str:
        """Return what Jinja wrote as it stands in a document, up to the end of a paragraph."""
        for escaped, written in self.as_written.items():
            xml = xml.replace(escaped, written)
        return xml
