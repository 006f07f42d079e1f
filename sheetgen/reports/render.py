"""Word templates read, and jury reports made from them.

A template is read and checked once, then gives any number of documents, each the same from run to
run. It may be sent to another process: what it has compiled stays behind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.part import XmlPart
from docxtpl import DocxTemplate

from sheetgen.problems import Location, Problem, outputs
from sheetgen.reports.checks import check_sources
from sheetgen.reports.context import blank_context, filled_context
from sheetgen.reports.filling import TemplateEnvironment, highlight_missing
from sheetgen.reports.packaging import document_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from docx.opc.coreprops import CoreProperties

    from sheetgen.model import (
        Candidate,
        CandidateDecision,
        Referential,
        Session,
        SessionDecisions,
    )
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


@dataclass(frozen=True)
class ReportTemplate:
    """A template of the jury's report, ready to be filled; `name` is how users know the file.

    Make it with `read_template`, which checks it.
    """

    name: str
    data: bytes

    def render_blank(
        self, referential: Referential, session: Session, candidate: Candidate
    ) -> bytes:
        """The report to be filled in by hand, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        context = blank_context(referential, session, candidate)
        return self._render(context, session, candidate)

    def render_filled(self, decisions: SessionDecisions, decision: CandidateDecision) -> bytes:
        """The report on what is proposed for one candidate, as a .docx file.

        Raises:
            RenderError: the template fails on this candidate's data.
        """
        context = filled_context(decisions, decision)
        session = decisions.session
        return self._render(context, session, session.candidate[decision.candidate])

    def check(self) -> list[Problem]:
        """What is wrong with the template's tags and fields."""
        return check_sources(self._sources(), self._environment, Location(file=self.name))

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: the file, not what this one compiled."""
        return {"name": self.name, "data": self.data}

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

    def _render(self, context: Context, session: Session, candidate: Candidate) -> bytes:
        engine = DocxTemplate(io.BytesIO(self.data))
        engine.patch_xml = self._patch
        try:
            engine.render(context, self._environment)
        except Exception as fault:  # a template's expressions may raise anything
            problem = outputs.DOCUMENT_FAILED.at(
                Location(file=self.name), candidate=candidate.id, reason=fault
            )
            raise RenderError(problem) from fault
        document = engine.docx
        for part in document.part.package.parts:
            if isinstance(part, XmlPart):
                highlight_missing(part.element)
        _set_properties(document.core_properties, context, session)
        return document_bytes(document)


def _set_properties(properties: CoreProperties, context: Context, session: Session) -> None:
    """The document's title, author and dates: nothing of the machine it was made on."""
    fields = context["rapport"], context["certification"]
    report, certification = (field if isinstance(field, dict) else {} for field in fields)
    author = str(certification["certificateur"] or "sheetgen")
    made_on = datetime.combine(session.date, time(), UTC) if session.date else _NO_DATE
    properties.title = str(report["titre"])
    properties.author = properties.last_modified_by = author
    properties.language = "fr-FR"
    properties.created = properties.modified = made_on
    properties.revision = 1


def read_template(path: Path) -> tuple[ReportTemplate | None, list[Problem]]:
    """The template at this path with everything wrong with it; None where it is of no use."""
    location = Location(file=path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [outputs.TEMPLATE_MISSING.at(location)]
    except OSError as fault:
        return None, [outputs.TEMPLATE_UNREADABLE.at(location, reason=fault.strerror)]
    reason = _unreadable(data)
    if reason:
        return None, [outputs.TEMPLATE_UNREADABLE.at(location, reason=reason)]
    template = ReportTemplate(path.name, data)
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
