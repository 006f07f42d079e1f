"""One Word template: read, checked, and filled as often as there are documents to make.

A process compiles the same file once, however often it reads it or is sent it.
"""

from __future__ import annotations

import io
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import docx

from sheetgen.documents.checked_templates import was_checked
from sheetgen.documents.engine import Engine
from sheetgen.documents.missing import EXPRESSION
from sheetgen.documents.rendering_failures import LostTextError, explain_failure
from sheetgen.documents.stories import filled_parts, part_root, quote
from sheetgen.documents.template_checks import check_template
from sheetgen.documents.word_package import is_usable_logo, mark_pages
from sheetgen.files import explain, pack
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors, outputs

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.documents.filling import Filling
    from sheetgen.documents.shapes import Group

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_ZIP_MAGIC = b"PK"

_MOST_TEMPLATES = 16
"""Kept by a process, compiled: twice as many as a school has."""


class RenderError(Exception):
    """One document could not be made; `problem` says why, and others may still be made."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class WordTemplate:
    """A template, ready to be filled; `name` is how users know the file.

    Make it with `read_word_template`, which checks it.

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
        """Return the problems of the template's tags and fields."""
        return [*self._problems]

    def names(self, field: str) -> bool:
        """Return whether a tag of the template names this field, by its dotted path."""
        named = re.compile(rf"(?<![\w.]){re.escape(field)}(?![\w.])")
        return any(named.search(source) for source in self._read_by_jinja)

    def fill(self, filling: Filling) -> bytes:
        """Fill the template; return the document, as a .docx file.

        Raises:
            RenderError: the template fails on this data, or the document would lack some of the
                template's text.
        """
        location = Location(file=self.name)
        try:
            made = self._engine.make(filling)
            data = pack(made.members)
            if filling.marks is not None:
                data = mark_pages(data, filling.marks)
        except LostTextError as fault:
            problem = outputs.DOCUMENT_INCOMPLETE.at(
                location, subject=filling.subject, text=quote(str(fault))
            )
            raise RenderError(problem) from fault
        except Exception as fault:  # whatever goes wrong is a problem of this document alone
            problem = outputs.DOCUMENT_FAILED.at(
                location, subject=filling.subject, reason=explain_failure(fault)
            )
            raise RenderError(problem) from fault
        if filling.missing is not None:
            noted = list(made.noted)
            if made.marks > len(noted):
                noted.append(EXPRESSION)
            filling.missing.note(self.name, self.fields, noted, filling.candidate)
        return data

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the file alone: another process compiles it again."""
        return _kept, (type(self), self.name, self.data, self.logo)

    @cached_property
    def _read_by_jinja(self) -> tuple[str, ...]:
        return tuple(source.patched for source in self._engine.sources())

    @cached_property
    def _problems(self) -> tuple[Problem, ...]:
        return tuple(check_template(self._engine, self.fields, Location(file=self.name)))

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self.data, self.logo, frozenset(self.fields.fields))


Kind = TypeVar("Kind", bound=WordTemplate)


@lru_cache(maxsize=_MOST_TEMPLATES)
def _kept(kind: type[Kind], name: str, data: bytes, logo: bytes | None) -> Kind:
    """Return the template of these bytes, with what this process has compiled of it already."""
    return kind(name, data, logo)


def read_word_template(
    path: Path, kind: type[Kind], logo: bytes | None = None
) -> tuple[Kind | None, list[Problem]]:
    """Return the template at this path with everything wrong with it; None where it is of no use.

    A logo that is no usable image is left out; reading the référentiel says so.
    """
    location = Location(file=path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [outputs.TEMPLATE_MISSING.at(location)]
    except OSError as fault:
        return None, [outputs.TEMPLATE_UNREADABLE.at(location, reason=explain(fault))]
    image = logo if logo and is_usable_logo(logo) else None
    template = _kept(kind, path.name, data, image)  # type: ignore[arg-type] # classes are hashable
    if was_checked(kind.file, data):
        return template, []
    reason = _unreadable(data)
    if reason:
        return None, [outputs.TEMPLATE_UNREADABLE.at(location, reason=reason)]
    problems = template.check()
    return (None if has_errors(problems) else template), problems


def _unreadable(data: bytes) -> str | None:
    """Return why these bytes are no Word document, or None where they are one."""
    if data.startswith(_OLE_MAGIC):
        return "protégé par un mot de passe à l’ouverture, ou à l’ancien format .doc"
    if not data.startswith(_ZIP_MAGIC):
        return "ce n’est pas un fichier .docx"
    try:
        for part in filled_parts(docx.Document(io.BytesIO(data))):
            part_root(part)
    except ValueError:
        return "un autre type de document que .docx"
    except Exception:  # noqa: BLE001 - python-docx raises anything on a damaged package
        return "fichier abîmé"
    return None
