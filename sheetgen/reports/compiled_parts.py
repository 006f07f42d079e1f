"""The parts of a Word template that hold tags, compiled: each gives what docxtpl would, sooner."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from sheetgen.reports.filling import highlight_missing, resolve_breaks, shows_missing

if TYPE_CHECKING:
    from docx.parts.story import StoryPart
    from jinja2 import Template

    from sheetgen.reports.engine import Engine
    from sheetgen.reports.subject import Context

_TABLE, _GRID, _COLUMN = map(qn, ("w:tbl", "w:tblGrid", "w:gridCol"))
_ROW, _CELL, _SPAN, _VALUE = map(qn, ("w:tr", "w:tc", "w:gridSpan", "w:val"))
_BODY, _BODY_START, _BODY_END = qn("w:body"), "<w:body", "</w:body>"
_UNESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))

_resolve = lru_cache(1024)(DocxTemplate(io.BytesIO()).resolve_listing)
"""Line breaks and tabs as Word has them; documents of a session share most paragraphs with some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """A header or a footer.

    Attributes:
        name: its file in the package.
        template: what Jinja renders.
    """

    name: str
    template: Template

    @classmethod
    def of(cls, engine: Engine, opened: DocxTemplate, part: StoryPart) -> Self:
        """A part of the opened template."""
        source = engine.patch(opened.get_part_xml(part))
        return cls(name=part.partname.membername, template=_compiled(engine, source))

    def render(self, context: Context) -> tuple[bytes, int]:
        """Its content, and how many missing marks it shows."""
        text = _rendered(self.template, context)
        return _written(parse_xml(text.encode()), text)

    def picture(self, xml: str) -> str:
        """A picture's XML as it stands in this part."""
        return xml


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The document itself.

    Attributes:
        name: its file in the package.
        template: what Jinja renders, the body.
        start: the body's first tag, as it is rendered.
        before: what stands before the body's content in the file, its first tag included.
        after: what stands after the body.
    """

    name: str
    template: Template
    start: str
    before: str
    after: str

    @classmethod
    def of(cls, engine: Engine, opened: DocxTemplate) -> Self:
        """The document of the opened template."""
        part, xml = opened.docx.part, opened.get_xml()
        root = part.element
        # Put back as docxtpl does, the body repeats no namespace that the root declares.
        root.replace(root.body, etree.fromstring(xml))
        text = etree.tostring(root, encoding="unicode")
        begins, ends = text.index(_BODY_START), text.rindex(_BODY_END) + len(_BODY_END)
        inside = text.index(">", begins) + 1
        start = xml[: xml.index(">") + 1]
        if xml.removeprefix(start) != text[inside:ends]:
            # Something else did repeat them: this is not what docxtpl has compiled.
            xml, start = text[begins:ends], text[begins:inside]
        return cls(
            name=part.partname.membername,
            template=_compiled(engine, engine.patch(xml)),
            start=start,
            before=text[:inside],
            after=text[ends:],
        )

    def render(self, context: Context) -> tuple[bytes, int]:
        """Its content, and how many missing marks it shows."""
        body = _rendered(self.template, context).removeprefix(self.start)
        text = f"{self.before}{body}{self.after}"
        root = etree.fromstring(text.encode())
        if not _tables_are_even(root):
            root = DocxTemplate(io.BytesIO()).fix_tables(text)
        if "docPr" in text:
            numbering = DocxTemplate(io.BytesIO())
            numbering.docx_ids_index = 1000
            numbering.fix_docpr_ids(root)
        return _written(root, text)

    def picture(self, xml: str) -> str:
        """A picture's XML as it stands in this part, which declares its namespaces already."""
        root = etree.fromstring(self.before + _BODY_END + self.after)
        picture = etree.fromstring(xml)
        picture.tail = "\n"
        next(root.iter(_BODY)).append(picture)
        text = etree.tostring(root, encoding="unicode")
        return text.removeprefix(self.before).removesuffix(_BODY_END + self.after)


def _compiled(engine: Engine, source: str) -> Template:
    """The source as docxtpl hands it to Jinja, each paragraph on a line of its own."""
    return engine.environment.from_string(re.sub(r"<w:p([ >])", r"\n<w:p\1", source))


def _rendered(template: Template, context: Context) -> str:
    """What docxtpl makes of one rendering."""
    text = template.render(context).replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
    if "{" in text or "}" in text:
        for written, meant in _UNESCAPED:
            text = text.replace(written, meant)
    return resolve_breaks(text, _resolve)


def _written(root: etree._Element, text: str) -> tuple[bytes, int]:
    """The part's content, its missing marks highlighted, and how many there are."""
    marks = highlight_missing(root) if shows_missing(text) else 0
    return serialize_part_xml(root), marks


def _tables_are_even(root: etree._Element) -> bool:
    """Whether docxtpl would leave every table as it is: its widest row fills its columns."""
    further: Counter[etree._Element] = Counter()
    for span in root.iter(_SPAN):
        _properties, _cell, row, *_ = span.iterancestors()
        further[row] += int(span.get(_VALUE, "")) - 1
    for table in root.iter(_TABLE):
        grid = table.find(_GRID)
        if grid is None:
            return False
        columns, widest = len(grid.findall(_COLUMN)), 0
        for row in table.iter(_ROW):
            cells = len(list(row.iterchildren(_CELL)))
            if cells > columns:
                return False
            widest = max(widest, cells + further[row])
        if widest < columns:
            return False
    return True
