"""The package of a Word template, of which a document changes those parts alone that are filled.

All others are opened, written and compressed once, however many documents are made.
"""

from __future__ import annotations

import copy
from dataclasses import field
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml
from lxml import etree

from sheetgen.documents.stories import filled_parts
from sheetgen.documents.word_package import document_members
from sheetgen.files import joined_member
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docx.opc.coreprops import CoreProperties
    from docx.opc.part import Part, XmlPart
    from docxtpl import DocxTemplate

    from sheetgen.files import Member

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
"""How python-docx begins a part."""

_ZIP_LEVEL = 3
"""Documents are a tenth larger than with the usual level; this takes two fifths of its time."""

_FIRST_DRAWING = 1000
"""The number that docxtpl gives the first drawing of a document, less one."""


@dataclass(frozen=True)
class FilledPackage:
    """A template as docxtpl opened it, and what is the same in all documents made from it.

    Attributes:
        lock: held while a document is made; python-docx's objects serve one at a time.
    """

    opened: DocxTemplate
    lock: Lock = field(default_factory=Lock, compare=False)

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Return the parts that hold tags, the body's first."""
        return tuple(filled_parts(self.opened.docx))

    def begin(self) -> None:
        """Begin another document."""
        self.opened.docx_ids_index = _FIRST_DRAWING

    def begin_properties(self) -> CoreProperties:
        """Return the template's properties, to be filled and changed."""
        original = parse_xml(self._properties)
        self._properties_part._element = original  # noqa: SLF001 - python-docx offers no other way
        properties: CoreProperties = self.opened.docx.core_properties
        return properties

    def written(self, part: Part, root: etree._Element) -> bytes:
        """Return the XML of a part once it is filled, from its root; of the body, from that."""
        if part is not self.opened.docx.part:
            data: bytes = serialize_part_xml(root)
            return data
        body: bytes = etree.tostring(root, encoding="UTF-8", with_tail=False)
        return b"".join(self._around([body]))

    def written_text(self, part: Part, pieces: Iterable[bytes]) -> Iterable[bytes]:
        """Return the XML of a part that is filled without having been read as XML, piece by piece.

        It can be gone through once.
        """
        if part is not self.opened.docx.part:
            return chain((_DECLARATION,), pieces)
        return self._around(pieces)

    def _around(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the part of which this is the body, in pieces."""
        before, after = self._around_body
        rest = iter(pieces)
        start, _, following = next(rest).partition(b">")
        for declared in self._declared:
            start = start.replace(declared, b"", 1)
        yield from (before, start, b">", following)
        yield from rest
        yield after

    def members(
        self, filled: Mapping[Part, Iterable[bytes]], properties: bytes, *, grown: bool
    ) -> list[Member]:
        """Return the files of a document.

        Args:
            filled: the XML of each part that holds tags, in pieces.
            properties: that of the document's properties.
            grown: whether the package may have more parts than the template.
        """
        made = {str(part.partname)[1:]: data for part, data in filled.items()}
        made[str(self._properties_part.partname)[1:]] = [properties]
        members = document_members(self.opened.docx) if grown else self._members
        return [
            joined_member(item.name, made[item.name], _ZIP_LEVEL) if item.name in made else item
            for item in members
        ]

    def properties(self) -> bytes:
        """Return the document's properties as they now are."""
        data: bytes = self._properties_part.blob
        return data

    @cached_property
    def _members(self) -> Sequence[Member]:
        return document_members(self.opened.docx)

    @cached_property
    def _properties(self) -> bytes:
        data: bytes = self._properties_part.blob
        return data

    @cached_property
    def _properties_part(self) -> XmlPart:
        package = self.opened.docx.part.package
        _ = package.core_properties  # where there are none, python-docx makes some
        part: XmlPart = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
        return part

    @cached_property
    def _around_body(self) -> tuple[bytes, bytes]:
        """Return what stands before and after the body in its part."""
        root = copy.deepcopy(self.opened.docx.element)
        body = root.body
        tag = f"{body.prefix}:body" if body.prefix else "body"
        root.replace(body, etree.SubElement(root, body.tag))
        before, _, after = serialize_part_xml(root).partition(f"<{tag}/>".encode())
        return before, after

    @cached_property
    def _declared(self) -> Sequence[bytes]:
        """Return the namespaces of the body's part, as a start tag declares them."""
        return [
            f' xmlns{f":{prefix}" if prefix else ""}="{name}"'.encode()
            for prefix, name in self.opened.docx.element.nsmap.items()
        ]
