"""Word packages put together by hand: parts and XML that python-docx has no words for."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACES = (
    f"{nsdecls('w', 'r', 'wp', 'a')} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KINDS = {
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, "footnote"),
    "endnotes": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES, "endnote"),
}


_RELATED = "http://schemas.openxmlformats.org/package/2006"
_BARE = {
    "[Content_Types].xml": f'<Types xmlns="{_RELATED}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    f'+xml"/><Override PartName="/word/document.xml" ContentType="{CONTENT_TYPE.WML_DOCUMENT_MAIN}"'
    "/></Types>",
    "_rels/.rels": f'<Relationships xmlns="{_RELATED}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONSHIP_TYPE.OFFICE_DOCUMENT}" Target="word/document.xml"/></Relationships>',
}


def body_document(body: str) -> bytes:
    """Return a document that has nothing but a body of this XML."""
    content = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name, data in {**_BARE, "word/document.xml": content}.items():
            package.writestr(name, data)
    return saved.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text: str) -> str:
    """A run deleted while changes were tracked."""
    return (
        '<w:del w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    )


def inserted(text: str) -> str:
    """A run inserted while changes were tracked."""
    return f'<w:ins w:id="8" w:author="A" w:date="2026-01-01T00:00:00Z">{run(text)}</w:ins>'


def text_box(text: str) -> str:
    """A text box as Word writes it: once for today's programs, once for older ones."""
    content = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/>'
        '<wp:docPr id="1" name="Zone"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:shape style="width:90pt;height:30pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def package(*paragraphs: str, notes: dict[str, str] | None = None) -> bytes:
    """A document of these paragraphs, each given as the XML of its runs.

    Args:
        paragraphs: of the body.
        notes: the text of a footnote or of an endnote, by the name of their part.
    """
    document = docx.Document()
    for content in paragraphs:
        paragraph = parse_xml(f"<w:p {NAMESPACES}>{content}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, paragraph)
    for name, text in (notes or {}).items():
        kind, relation, element = _KINDS[name]
        xml = (
            f'<w:{name} {nsdecls("w")}><w:{element} w:id="2"><w:p>{run(text)}</w:p></w:{element}>'
            f"</w:{name}>"
        )
        part = Part(PackURI(f"/word/{name}.xml"), kind, xml.encode(), document.part.package)
        document.part.relate_to(part, relation)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The package with one of its parts changed as text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, change(content.decode()) if entry == name else content)
    return made.getvalue()


def part_text(data: bytes, name: str) -> str:
    """One of the parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(name).decode()
