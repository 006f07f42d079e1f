"""A document made as docxtpl does, from the template's file to its last part.

docxtpl is given a template whose tags are whole; what it makes of a template for Jinja is worked
out once, and endnotes and comments are filled like the rest. Parts of which nothing can be lost
(`plain_parts`) are written by Jinja alone, as docxtpl would leave them.
"""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

import docx
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from sheetgen.documents.document_properties import DocumentProperties, filled_texts
from sheetgen.documents.filled_package import FilledPackage
from sheetgen.documents.kept_text import lost_text, plain_text, telling
from sheetgen.documents.plain_parts import BREAKS, one_paragraph_a_line
from sheetgen.documents.rendering_failures import (
    LostTextError,
    RenderingError,
    explain_failure,
    failed_line,
)
from sheetgen.documents.stories import filled_parts, find_unfilled, make_whole, part_root, quote
from sheetgen.documents.table_fit import tables_fit
from sheetgen.documents.template_environment import (
    TemplateEnvironment,
    highlight_missing,
    resolve_breaks,
    shows_missing,
)
from sheetgen.documents.word_package import PrintedImage, picture_xml
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docx.opc.part import Part
    from docx.parts.story import StoryPart

    from sheetgen.documents.contexts import Context
    from sheetgen.documents.filling import Filling
    from sheetgen.documents.plain_parts import PlainPart
    from sheetgen.documents.stories import Mended, TemplateFault
    from sheetgen.documents.word_package import ShownImage
    from sheetgen.files import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document, as the files of its package.

    Attributes:
        noted: the paths of the fields that were printed without a value.
        marks: how many missing marks it shows.
    """

    members: Sequence[Member]
    noted: Sequence[str]
    marks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _WrittenPart:
    """The XML of a part that Jinja wrote alone, and whether it may show a mark.

    What follows its beginning is compressed: minutes of a thousand people have ten megabytes of it.
    """

    beginning: bytes
    compressed: Sequence[bytes]
    shows_missing: bool

    def pieces(self) -> Iterator[bytes]:
        """Yield the XML, piece by piece."""
        yield self.beginning
        yield from map(zlib.decompress, self.compressed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A part of a template.

    Attributes:
        place: where it stands on a page; empty for the body.
        original: its XML, tags whole; a plain text for one of the document's properties.
        patched: what Jinja reads.
    """

    place: str
    original: str
    patched: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTemplate:
    """A template whose tracked changes are accepted and whose tags are in one piece each.

    Attributes:
        data: the file, as docxtpl gets it.
        faults: why a paragraph cannot be rendered whole.
        unfilled: tags where nothing is filled, each with its place.
        revised: whether changes were tracked in it.
    """

    data: bytes
    faults: tuple[TemplateFault, ...]
    unfilled: tuple[tuple[str, str], ...]
    revised: bool


@dataclass(frozen=True)
class Engine:
    """docxtpl with one template's file, and the image it may name as the logo.

    Attributes:
        names: the first words of what its tags may name.
    """

    data: bytes
    logo: bytes | None
    names: frozenset[str]

    def make(self, filling: Filling) -> Made:
        """Make one document.

        Raises:
            RenderingError: the template fails on this data.
            LostTextError: the document would lack a text of its template.
        """
        with self._package.lock:
            return self._make(filling)

    def _make(self, filling: Filling) -> Made:
        """Make one document while nobody else does."""
        noted: list[str] = []
        shown = filling.shown(self.logo)
        values = filling.values(noted, dict.fromkeys(shown, PrintedImage(_no_picture)))
        texts = {name: self._write(part, values, noted) for name, part in self.plain_parts.items()}
        package, grown = self._package, False
        if shown and None in texts.values():
            # An image enters the package that shows it; else one package serves all documents.
            package, grown = FilledPackage(self.open()), True
            pictures = {
                place: PrintedImage(partial(_picture, package.opened, image))
                for place, image in shown.items()
            }
            values = filling.values(noted, pictures)
        package.begin()
        filled: dict[Part, Iterable[bytes]] = {}
        marks = 0
        for part in package.parts:
            text = texts[str(part.partname)]
            if text is not None and not text.shows_missing:
                filled[part] = package.written_text(part, text.pieces())
                continue
            opened = package.opened
            if text is None:
                root = self._fill(opened, part, values)
            else:
                xml = b"".join(text.pieces())
                root = etree.fromstring(xml) if part is opened.docx.part else parse_xml(xml)
            marks += highlight_missing(root)
            filled[part] = [package.written(part, root)]
        properties = self._properties.made(package, filling, values)
        members = package.members(filled, properties, grown=grown)
        return Made(members=members, noted=noted, marks=marks)

    def _write(
        self, part: PlainPart | None, values: Context, noted: list[str]
    ) -> _WrittenPart | None:
        """Return the XML of a part by Jinja alone; None where docxtpl has to fill it.

        Args:
            part: None unless it is plain.
            values: with images that fail where they are printed.
            noted: left as it was where nothing is returned.
        """
        if part is None:
            return None
        before = len(noted)
        compressed: list[bytes] = []
        with suppress(Exception):  # docxtpl's way tells what failed, and where
            written = part.render(values)
            beginning = next(written)
            missing = shows_missing(beginning)
            for xml in written:
                missing = missing or shows_missing(xml)
                compressed.append(zlib.compress(xml.encode(), zlib.Z_BEST_SPEED))
            return _WrittenPart(
                beginning=beginning.encode(), compressed=compressed, shows_missing=missing
            )
        del noted[before:]
        return None

    def _fill(self, opened: DocxTemplate, part: Part, values: Context) -> etree._Element:
        """Fill one part of a document; return its root, or the body of the first."""
        source = self._sources[str(part.partname)]
        told: list[str] = []
        told_values = {**values, **telling(told)}
        try:
            xml = opened.render_xml_part(source.patched, part, told_values, self.environment)
            root = _parsed(opened, part, xml)
        except Exception as fault:  # a template's expressions may raise anything
            raise RenderingError(_tell_failure(fault, source)) from fault
        lost = lost_text(told, root)
        if lost is not None:
            raise LostTextError(lost)
        return root

    def open(self) -> DocxTemplate:
        """Open the template."""
        opened = DocxTemplate(io.BytesIO(self.whole.data))
        opened.resolve_listing = partial(resolve_breaks, resolve=opened.resolve_listing)
        opened.render_init()
        return opened

    def sources(self) -> list[Source]:
        """Return each part that may hold tags, then the document's properties that may."""
        texts = filled_texts(self.open().docx.core_properties)
        return [
            *self._sources.values(),
            *(
                Source(place="propriétés du document", original=text, patched=text)
                for text in texts
                if text
            ),
        ]

    @cached_property
    def whole(self) -> WholeTemplate:
        """Return the template with its changes accepted and its tags in one piece each."""
        document = docx.Document(io.BytesIO(self.data))
        mended: list[Mended] = []
        for part, place in filled_parts(document).items():
            root = part_root(part)
            mended.append(make_whole(root, place, self.names))
            if mended[-1].changed and not isinstance(part, XmlPart):
                part._blob = serialize_part_xml(root)  # noqa: SLF001 - python-docx offers no other
        data = self.data
        if any(item.changed for item in mended):
            saved = io.BytesIO()
            document.save(saved)
            data = saved.getvalue()
        return WholeTemplate(
            data=data,
            faults=tuple(dict.fromkeys(fault for item in mended for fault in item.faults)),
            unfilled=tuple(find_unfilled(document)),
            revised=any(item.revised for item in mended),
        )

    @cached_property
    def plain_parts(self) -> Mapping[str, PlainPart | None]:
        """Return the parts that Jinja can write alone, by their names; None for the others."""
        return {
            name: None
            if BREAKS.search(source.patched)
            else self.environment.plain(one_paragraph_a_line(source.patched))
            for name, source in self._sources.items()
        }

    @cached_property
    def _package(self) -> FilledPackage:
        """Return the package that every document is made from."""
        return FilledPackage(self.open())

    @cached_property
    def _properties(self) -> DocumentProperties:
        """Return the properties of every document."""
        return DocumentProperties(self._package, self.environment)

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        """Return the parts as Jinja reads them, by their names."""
        opened = self.open()
        found: dict[str, Source] = {}
        for part, place in filled_parts(opened.docx).items():
            root = opened.docx.element.body if part is opened.docx.part else part_root(part)
            xml = opened.xml_to_string(root)
            found[str(part.partname)] = Source(
                place=place, original=xml, patched=opened.patch_xml(xml)
            )
        return found

    @cached_property
    def environment(self) -> TemplateEnvironment:
        """Return the Jinja environment that renders the template."""
        return TemplateEnvironment()


def _parsed(opened: DocxTemplate, part: Part, xml: str) -> etree._Element:
    """Return the XML of a part once it is rendered, mended as docxtpl does."""
    if part is not opened.docx.part:
        return parse_xml(xml.encode())
    body = etree.fromstring(xml)  # docxtpl would silently leave out what is not well formed
    if not tables_fit(body):
        body = opened.fix_tables(xml)
    opened.fix_docpr_ids(body)
    return body


def _picture(opened: DocxTemplate, shown: ShownImage) -> str:
    part: StoryPart = opened.current_rendering_part
    return picture_xml(part, shown)


def _no_picture() -> str:
    """Refuse to print an image.

    Raises:
        RenderingError: always.
    """
    raise RenderingError


def _tell_failure(fault: Exception, source: Source) -> str:
    line = failed_line(fault, rendered_lines(source.patched))
    reason = explain_failure(fault)
    return reason if line is None else f"{reason}, au paragraphe « {quote(plain_text(line))} »"


def rendered_lines(patched: str) -> list[str]:
    """Return the lines of a part as docxtpl gives it to Jinja."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patched).split("\n")
