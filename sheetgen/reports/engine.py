"""A document made by docxtpl, from the template's file to its last part: whatever a template needs.

It may be sent to another process: what it has worked out stays behind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from docx.opc.part import XmlPart
from docxtpl import DocxTemplate

from sheetgen.reports.filling import (
    TemplateEnvironment,
    highlight_missing,
    printable,
    resolve_breaks,
)
from sheetgen.reports.logo import Logo, logo_picture
from sheetgen.reports.missing import with_missing
from sheetgen.reports.packaging import document_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from docx.opc.coreprops import CoreProperties
    from docx.parts.story import StoryPart

    from sheetgen.packing import Member
    from sheetgen.reports.missing import MissingFields
    from sheetgen.reports.page_marks import PageMarks
    from sheetgen.reports.subject import Context

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""A document's date of creation where the session has none."""

_LONGEST_PROPERTY = 255
"""Characters that a property of a Word document can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What one document is made of, beside its template.

    Attributes:
        title: for the document's properties, as are `author` and `made_on`.
        candidate: the number of the candidate it is about, empty for the session.
        missing: gathers the fields that are printed without a value.
        marks: what every page says on top of the template; None for nothing.
    """

    context: Context
    title: str
    author: str | None
    made_on: date | None
    candidate: str = ""
    missing: MissingFields | None = None
    marks: PageMarks | None = None

    @property
    def subject(self) -> str:
        """What the document is about, in the middle of a sentence."""
        return f"le candidat {self.candidate}" if self.candidate else "la session"

    def values(self, noted: list[str], logo: Logo | None) -> Context:
        """What Jinja is given: texts that are absent made printable, and the logo if there is one.

        Args:
            noted: gets the path of each absent text that is printed.
            logo: for the certification.
        """
        values = with_missing(self.context, noted)
        certification = values["certification"]
        if logo is not None and isinstance(certification, dict):
            certification["logo"] = logo
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document, as the files of its package.

    Attributes:
        noted: the paths of the fields that were printed without a value.
        marks: how many missing marks each part shows, by the part's file.
        pictured: the files of the parts that show the logo.
    """

    members: Sequence[Member]
    noted: Sequence[str]
    marks: Mapping[str, int]
    pictured: frozenset[str]


@dataclass(frozen=True)
class Engine:
    """docxtpl with one template's file, and the image it may name as the logo."""

    data: bytes
    logo: bytes | None

    def make(self, filling: Filling) -> Made:
        """One document; anything may be raised, by the template's expressions to begin with."""
        opened = self.open()
        noted: list[str] = []
        pictured: set[str] = set()

        def picture() -> str:
            part: StoryPart = opened.current_rendering_part
            pictured.add(part.partname.membername)
            return logo_picture(part, self.logo or b"", filling.author)

        values = filling.values(noted, Logo(picture) if self.logo else None)
        opened.render(values, self.environment)
        marks = {
            part.partname.membername: highlight_missing(part.element)
            for part in opened.docx.part.package.parts
            if isinstance(part, XmlPart)
        }
        set_properties(opened.docx.core_properties, filling)
        return Made(
            members=document_members(opened.docx),
            noted=noted,
            marks=marks,
            pictured=frozenset(pictured),
        )

    def open(self) -> DocxTemplate:
        """The template, opened."""
        opened = DocxTemplate(io.BytesIO(self.data))
        opened.patch_xml = self.patch
        opened.resolve_listing = partial(resolve_breaks, resolve=opened.resolve_listing)
        opened.init_docx()
        return opened

    def sources(self) -> Iterator[str]:
        """Each part that may hold tags, as Jinja reads it."""
        opened = self.open()
        yield self.patch(opened.get_xml())
        for part in margins(opened):
            yield self.patch(opened.get_part_xml(part))

    @cached_property
    def environment(self) -> TemplateEnvironment:
        """What renders the template."""
        return TemplateEnvironment()

    @cached_property
    def patch(self) -> Callable[[str], str]:
        """Word's XML as Jinja can read it; worked out once for each part."""
        patch: Callable[[str], str] = DocxTemplate(io.BytesIO(self.data)).patch_xml
        return cache(patch)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: the file, not what this one worked out."""
        return {"data": self.data, "logo": self.logo}


def margins(opened: DocxTemplate) -> list[StoryPart]:
    """The headers of a template, then its footers, as often as its body refers to each."""
    return [
        part
        for kind in (opened.HEADER_URI, opened.FOOTER_URI)
        for _, part in opened.get_headers_footers(kind)
    ]


def set_properties(properties: CoreProperties, filling: Filling) -> None:
    """Gives a document its title, author and dates: nothing of the machine it was made on."""
    day = filling.made_on
    properties.title = _property(filling.title)
    properties.author = properties.last_modified_by = _property(filling.author or "sheetgen")
    properties.language = "fr-FR"
    properties.created = properties.modified = (
        datetime.combine(day, time(), UTC) if day else _NO_DATE
    )
    properties.revision = 1


def _property(text: str) -> str:
    """The text, short and plain enough for a property."""
    plain = printable(text)
    return plain if len(plain) <= _LONGEST_PROPERTY else f"{plain[: _LONGEST_PROPERTY - 1]}…"
