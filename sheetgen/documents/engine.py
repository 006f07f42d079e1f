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
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cached_property, partial
from html import escape
from typing import TYPE_CHECKING, TypeAlias

import docx
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from sheetgen.documents.filled_package import FilledPackage
from sheetgen.documents.kept_text import lost_text, plain_text, telling
from sheetgen.documents.missing import with_missing
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
    printable,
    resolve_breaks,
    shows_missing,
)
from sheetgen.documents.word_package import PrintedImage, picture_xml, shown_code, shown_logo
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from docx.opc.coreprops import CoreProperties
    from docx.opc.part import Part
    from docx.parts.story import StoryPart

    from sheetgen.documents.contexts import Context
    from sheetgen.documents.missing import MissingFields
    from sheetgen.documents.plain_parts import PlainPart
    from sheetgen.documents.stories import Mended, TemplateFault
    from sheetgen.documents.word_package import PageMarks, ShownImage
    from sheetgen.files import Member

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""A document's date of creation where the session has none."""

_FILLED_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""The properties in which docxtpl fills tags."""

ImagePlace: TypeAlias = tuple[str, str]
"""The group of fields, and the field, that name an image."""

_ANY_TITLE = "title-of-any-document"
_LONGEST_PROPERTY = 255
"""Characters that a property of a Word document can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The values that fill one document's template.

    Attributes:
        title: for the document's properties, as are `author` and `made_on`.
        candidate: the number of the candidate it is about, empty for the session.
        missing: gathers the fields that are printed without a value.
        marks: what every page says on top of the template; None for nothing.
        code: a picture of the code by which the paper is verified; None for none.
    """

    context: Context
    title: str
    author: str | None
    made_on: date | None
    candidate: str = ""
    missing: MissingFields | None = None
    marks: PageMarks | None = None
    code: bytes | None = None

    @property
    def subject(self) -> str:
        """Return what the document is about, in the middle of a sentence."""
        return f"le candidat {self.candidate}" if self.candidate else "la session"

    def values(self, noted: list[str], images: Mapping[ImagePlace, PrintedImage]) -> Context:
        """Return the variables for Jinja.

        Absent texts made printable, and the images there are.

        Args:
            noted: gets the path of each absent text that is printed.
            images: by the group and the field that name them.
        """
        values = with_missing(self.context, noted)
        for (group, name), image in images.items():
            fields = values[group]
            if isinstance(fields, dict):
                values = {**values, group: {**fields, name: image}}
        return values

    def shown(self, logo: bytes | None) -> Mapping[ImagePlace, ShownImage]:
        """Return the images that the document may print, by the group and the field."""
        found: dict[ImagePlace, ShownImage] = {}
        if logo is not None:
            found["certification", "logo"] = shown_logo(logo, self.author)
        if self.code is not None:
            found["document", "qr"] = shown_code(self.code)
        return found


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
        properties = self._properties(package, filling, values)
        members = package.members(filled, properties, grown=grown)
        return Made(members=members, noted=noted, marks=marks)

    def _properties(self, package: FilledPackage, filling: Filling, values: Context) -> bytes:
        """Return a document's properties, made once but for the title where no tag is in them."""
        key = (filling.author, filling.made_on)
        known = self._known_properties
        if self._tagged_properties or key not in known:
            properties = package.begin_properties()
            package.opened.render_properties({**values, **telling(None)}, self.environment)
            if self._tagged_properties:
                set_properties(properties, filling)
                return package.properties()
            set_properties(properties, replace(filling, title=_ANY_TITLE))
            known[key] = package.properties()
        title = escape(_property(filling.title), quote=False)
        return known[key].replace(_ANY_TITLE.encode(), title.encode())

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
        properties = self.open().docx.core_properties
        texts = [getattr(properties, name) for name in _FILLED_PROPERTIES]
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
    def _tagged_properties(self) -> bool:
        """Return whether a property of the document names a field."""
        properties = self._package.opened.docx.core_properties
        return any("{" in getattr(properties, name) for name in _FILLED_PROPERTIES)

    @cached_property
    def _known_properties(self) -> dict[tuple[str | None, date | None], bytes]:
        """Return properties with any title, by author and day, as they get known."""
        return {}

    @cached_property
    def _package(self) -> FilledPackage:
        """Return the package that every document is made from."""
        return FilledPackage(self.open())

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


def set_properties(properties: CoreProperties, filling: Filling) -> None:
    """Give a document its title, author and dates: nothing of the machine it was made on."""
    day = filling.made_on
    properties.title = _property(filling.title)
    properties.author = properties.last_modified_by = _property(filling.author or "sheetgen")
    properties.language = "fr-FR"
    properties.created = properties.modified = (
        datetime.combine(day, time(), UTC) if day else _NO_DATE
    )
    properties.revision = 1


def _property(text: str) -> str:
    """Return the text, short and plain enough for a property."""
    plain = printable(text)
    return plain if len(plain) <= _LONGEST_PROPERTY else f"{plain[: _LONGEST_PROPERTY - 1]}…"
