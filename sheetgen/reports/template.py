"""One Word template: read, checked, and filled as often as there are documents to make.

It may be sent to another process: what it has compiled stays behind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import docx
from docx.opc.part import XmlPart
from docxtpl import DocxTemplate

from sheetgen.problems import Location, Problem, outputs
from sheetgen.reports.checks import check_sources
from sheetgen.reports.filling import TemplateEnvironment, highlight_missing, resolve_breaks
from sheetgen.reports.logo import Logo, is_usable_logo
from sheetgen.reports.missing import EXPRESSION, with_missing
from sheetgen.reports.packaging import document_bytes
from sheetgen.system_errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from docx.document import Document

    from sheetgen.reports.missing import MissingFields
    from sheetgen.reports.shapes import Group
    from sheetgen.reports.subject import Context

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ZIP_MAGIC = b"PK"

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""A document's date of creation where the session has none."""


class RenderError(Exception):
    """One document could not be made; `problem` says why, and others may still be made."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What one document is made of, beside its template.

    Attributes:
        title: for the document's properties, as are `author` and `made_on`.
        candidate: the number of the candidate it is about, empty for the session.
        missing: gathers the fields that are printed without a value.
    """

    context: Context
    title: str
    author: str | None
    made_on: date | None
    candidate: str = ""
    missing: MissingFields | None = None

    @property
    def subject(self) -> str:
        """What the document is about, in the middle of a sentence."""
        return f"le candidat {self.candidate}" if self.candidate else "la session"


@dataclass(frozen=True)
class WordTemplate:
    """A template, ready to be filled; `name` is how users know the file.

    Make it with `read_template`, which checks it.

    Attributes:
        file: the name under which the template is looked for.
        fields: what it may name.
        logo: a usable image, which the template may name too.
    """

    file: ClassVar[str]
    fields: ClassVar[Group]

    name: str
    data: bytes
    logo: bytes | None = None

    def check(self) -> list[Problem]:
        """What is wrong with the template's tags and fields."""
        location = Location(file=self.name)
        return check_sources(self._sources(), self.fields, self._environment, location)

    def fill(self, filling: Filling) -> bytes:
        """The document, as a .docx file.

        Raises:
            RenderError: the template fails on this data.
        """
        noted: list[str] = []
        engine = DocxTemplate(io.BytesIO(self.data))
        engine.patch_xml = self._patch
        engine.resolve_listing = partial(resolve_breaks, resolve=engine.resolve_listing)
        try:
            engine.render(self._context(filling, engine, noted), self._environment)
        except Exception as fault:  # a template's expressions may raise anything
            problem = outputs.DOCUMENT_FAILED.at(
                Location(file=self.name), subject=filling.subject, reason=fault
            )
            raise RenderError(problem) from fault
        document = engine.docx
        marks = sum(
            highlight_missing(part.element)
            for part in document.part.package.parts
            if isinstance(part, XmlPart)
        )
        if marks > len(noted):
            noted.append(EXPRESSION)
        if filling.missing is not None:
            filling.missing.note(self.name, self.fields, noted, filling.candidate)
        _set_properties(document, filling)
        return document_bytes(document)

    def _context(self, filling: Filling, engine: DocxTemplate, noted: list[str]) -> Context:
        """What Jinja is given: texts that are absent made printable, and the logo."""
        context = with_missing(filling.context, noted)
        certification = context["certification"]
        if self.logo is not None and isinstance(certification, dict):
            certification["logo"] = Logo(engine, self.logo, filling.author)
        return context

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: the file, not what this one compiled."""
        return {"name": self.name, "data": self.data, "logo": self.logo}

    @cached_property
    def _environment(self) -> TemplateEnvironment:
        return TemplateEnvironment()

    @cached_property
    def _patch(self) -> Callable[[str], str]:
        """Word's XML as Jinja can read it; worked out once for each part."""
        patch: Callable[[str], str] = DocxTemplate(io.BytesIO(self.data)).patch_xml
        return cache(patch)

    def _sources(self) -> Iterator[str]:
        """Each part that may hold tags, as Jinja reads it."""
        engine = DocxTemplate(io.BytesIO(self.data))
        engine.init_docx()
        parts = [engine.get_xml()]
        for kind in (engine.HEADER_URI, engine.FOOTER_URI):
            parts += [engine.get_part_xml(part) for _, part in engine.get_headers_footers(kind)]
        for part in parts:
            yield self._patch(part)


def _set_properties(document: Document, filling: Filling) -> None:
    """The document's title, author and dates: nothing of the machine it was made on."""
    day = filling.made_on
    properties = document.core_properties
    properties.title = filling.title
    properties.author = properties.last_modified_by = filling.author or "sheetgen"
    properties.language = "fr-FR"
    properties.created = properties.modified = (
        datetime.combine(day, time(), UTC) if day else _NO_DATE
    )
    properties.revision = 1


Kind = TypeVar("Kind", bound=WordTemplate)


def read_word_template(
    path: Path, kind: type[Kind], logo: bytes | None = None
) -> tuple[Kind | None, list[Problem]]:
    """The template at this path with everything wrong with it; None where it is of no use.

    A logo that is no usable image is left out; reading the référentiel says so.
    """
    location = Location(file=path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [outputs.TEMPLATE_MISSING.at(location)]
    except OSError as fault:
        return None, [outputs.TEMPLATE_UNREADABLE.at(location, reason=explain(fault))]
    reason = _unreadable(data)
    if reason:
        return None, [outputs.TEMPLATE_UNREADABLE.at(location, reason=reason)]
    template = kind(path.name, data, logo if logo and is_usable_logo(logo) else None)
    problems = template.check()
    return (None if problems else template), problems


def _unreadable(data: bytes) -> str | None:
    """Why these bytes are no Word document, or None where they are one."""
    if data.startswith(_OLE_MAGIC):
        return "protégé par un mot de passe à l’ouverture, ou à l’ancien format .doc"
    if not data.startswith(_ZIP_MAGIC):
        return "ce n’est pas un fichier .docx"
    try:
        docx.Document(io.BytesIO(data))
    except ValueError:
        return "un autre type de document que .docx"
    except Exception:  # noqa: BLE001 - python-docx raises anything on a damaged package
        return "fichier abîmé"
    return None
