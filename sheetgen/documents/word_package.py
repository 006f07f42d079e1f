"""A Word document besides its template's text: its files, pictures, the notice on top of each page.

The files do not depend on when or where they are written. A notice says that a page is a draft, or
which paper it annuls; it stands in the headers, so that no template has to make room for it, a
school's own included.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import field
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.image import Image
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Emu, Pt, RGBColor

from sheetgen.files import Member, pack
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from docx.parts.story import StoryPart
    from docx.section import _Header
    from docx.shared import Length
    from docx.text.paragraph import Paragraph
    from lxml import etree

_LOCAL_HEADER = struct.Struct("<26xHH")


def document_bytes(document: Document) -> bytes:
    """Return the document as a .docx file: the same parts give the same bytes."""
    return pack(document_members(document))


def document_members(document: Document) -> list[Member]:
    """Return the document's files, as python-docx orders and compresses them."""
    saved = io.BytesIO()
    document.save(saved)
    data = saved.getvalue()
    with zipfile.ZipFile(saved) as source:
        return [_member(data, entry) for entry in source.infolist()]


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member:
    """Return a file as python-docx compressed it, without the time at which it did."""
    name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + name + extra
    return Member(
        name=entry.filename,
        size=entry.file_size,
        crc=entry.CRC,
        deflated=data[start : start + entry.compress_size],
    )


_KINDS = ("image/png", "image/jpeg")


def is_usable_logo(data: bytes) -> bool:
    """Return whether the bytes are a PNG or JPEG image that a Word document can show."""
    return _size(data) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownImage:
    """An image for a document.

    Attributes:
        data: a PNG or JPEG file that `is_usable_logo`.
        description: read out in its place.
        room: the widest and the highest that it may stand.
    """

    data: bytes
    description: str
    room: tuple[Length, Length]


def shown_logo(data: bytes, owner: str | None) -> ShownImage:
    """Return the logo of a certifier."""
    description = f"Logo de {owner}" if owner else "Logo"
    return ShownImage(data=data, description=description, room=(Cm(6), Cm(1.6)))


def shown_code(data: bytes) -> ShownImage:
    """Return the code by which a paper is verified, large enough for any reader."""
    return ShownImage(data=data, description="Code QR de vérification", room=(Cm(2.7), Cm(2.7)))


@dataclass(frozen=True, slots=True)
class PrintedImage:
    """An image, printed where a template names it.

    A template reaches whatever has no underscore before its name: it must find nothing here that
    could write a file.
    """

    _picture: Callable[[], str] = field(repr=False)
    """The picture's XML in the part that is being printed."""

    def markup(self) -> str:
        """Return the XML that stands between two pieces of text of a paragraph."""
        return (
            f"</w:t></w:r><w:r><w:drawing>{self._picture()}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )


def picture_xml(part: StoryPart, shown: ShownImage) -> str:
    """Return the XML of an image in this part, whose package holds the image from then on."""
    width, height = _size(shown.data) or shown.room
    scale = min(1.0, shown.room[0] / width, shown.room[1] / height)
    picture = part.new_pic_inline(
        io.BytesIO(shown.data), Emu(round(width * scale)), Emu(round(height * scale))
    )
    for side in ("distT", "distB", "distL", "distR"):
        picture.set(side, "0")
    picture.docPr.set("descr", shown.description)
    return picture.xml


def _size(data: bytes) -> tuple[int, int] | None:
    """Return width and height at the image's own resolution; None for what is no such image."""
    try:
        image = Image.from_blob(data)
        size = image.width, image.height
    except Exception:  # noqa: BLE001 - python-docx raises anything on a damaged image
        return None
    return size if image.content_type in _KINDS and min(size) > 0 else None


DRAFT = "PROJET"
DRAFT_LINE = f"{DRAFT} — document de travail, sans valeur : rien n’est décidé ni signé"
_RED = RGBColor(0xB0, 0x00, 0x20)
_DARK = RGBColor(0x33, 0x33, 0x33)
_SIZE = Pt(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """The notice to write on every page; empty for none."""

    draft: bool = False
    notice: str = ""


def mark_pages(data: bytes, marks: PageMarks) -> bytes:
    """Return the document with its marks in the header of every page."""
    document = docx.Document(io.BytesIO(data))
    for number, header in enumerate(_headers(document)):
        if marks.notice:
            _add_line(header, marks.notice, _DARK)
        if marks.draft:
            line = _add_line(header, DRAFT_LINE, _RED)
            _add_watermark(line, number)
    return document_bytes(document)


def _headers(document: Document) -> Iterator[_Header]:
    """Yield each header that some page shows, made where there is none."""
    even = document.settings.odd_and_even_pages_header_footer
    for place, section in enumerate(document.sections):
        shown = [section.header]
        if section.different_first_page_header_footer:
            shown.append(section.first_page_header)
        if even:
            shown.append(section.even_page_header)
        for header in shown:
            # A section that goes on with the former one's header shows its marks already.
            if place and header.is_linked_to_previous:
                continue
            if header.is_linked_to_previous:
                header.is_linked_to_previous = False
            yield header


def _add_line(header: _Header, text: str, colour: RGBColor) -> Paragraph:
    """Put a line above what a header says."""
    first = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    if not header.tables and len(header.paragraphs) == 1 and not first.runs:
        line = first
    else:
        line = first.insert_paragraph_before()
        header._element.insert(0, line._p)  # noqa: SLF001 - above a table, too
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    run = line.add_run(text)
    run.bold = True
    run.font.size = _SIZE
    run.font.color.rgb = colour
    return line


def _add_watermark(line: Paragraph, number: int) -> None:
    """Lay the word across the page, behind its text, as Word's own watermarks are."""
    shape = f"sheetgenProjet{number}"
    drawn: etree._Element = line.add_run()._r  # noqa: SLF001 - python-docx has no drawn text
    drawn.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
            ' xmlns:o="urn:schemas-microsoft-com:office:office">'
            '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
            ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
            '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
            '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
            '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
            '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
            "</v:shapetype>"
            f'<v:shape id="{shape}" type="#_x0000_t136" alt="{DRAFT}"'
            ' style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:140pt;'
            "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
            "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
            'mso-position-vertical-relative:margin" fillcolor="#e8b4b8" stroked="f">'
            '<v:fill opacity=".5"/>'
            f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{DRAFT}"/>'
            "</v:shape></w:pict>"
        )
    )
