"""The properties of a Word document: its title, author and dates, and the fields named in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from html import escape
from typing import TYPE_CHECKING

from sheetgen.documents.kept_text import telling
from sheetgen.documents.template_environment import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.opc.coreprops import CoreProperties

    from sheetgen.documents.contexts import Context
    from sheetgen.documents.filled_package import FilledPackage
    from sheetgen.documents.filling import Filling
    from sheetgen.documents.template_environment import TemplateEnvironment

_FILLED = ("author", "comments", "identifier", "language", "subject", "title")
"""The properties in which docxtpl fills tags."""

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""A document's date of creation where the session has none."""

_ANY_TITLE = "title-of-any-document"
_LONGEST = 255
"""Characters that a property of a Word document can hold."""


def filled_texts(properties: CoreProperties) -> Sequence[str]:
    """Return the texts of the properties in which fields may be named."""
    return [getattr(properties, name) for name in _FILLED]


class DocumentProperties:
    """The properties of one template's documents; where no field is named in them, made once.

    Args:
        package: the template's, opened.
        environment: what fills the fields that are named in them.
    """

    def __init__(self, package: FilledPackage, environment: TemplateEnvironment) -> None:
        self._environment = environment
        self._name_fields = any(
            "{" in text for text in filled_texts(package.opened.docx.core_properties)
        )
        self._known: dict[tuple[str | None, date | None], bytes] = {}

    def made(self, package: FilledPackage, filling: Filling, values: Context) -> bytes:
        """Return the properties of the document that a package is being filled for, as XML."""
        key = (filling.author, filling.made_on)
        if self._name_fields or key not in self._known:
            properties = package.begin_properties()
            package.opened.render_properties({**values, **telling(None)}, self._environment)
            if self._name_fields:
                _set(properties, filling)
                return package.properties()
            _set(properties, replace(filling, title=_ANY_TITLE))
            self._known[key] = package.properties()
        title = escape(_shortened(filling.title), quote=False)
        return self._known[key].replace(_ANY_TITLE.encode(), title.encode())


def _set(properties: CoreProperties, filling: Filling) -> None:
    """Give a document its title, author and dates: nothing of the machine it was made on."""
    day = filling.made_on
    properties.title = _shortened(filling.title)
    properties.author = properties.last_modified_by = _shortened(filling.author or "sheetgen")
    properties.language = "fr-FR"
    properties.created = properties.modified = (
        datetime.combine(day, time(), UTC) if day else _NO_DATE
    )
    properties.revision = 1


def _shortened(text: str) -> str:
    """Return the text, short and plain enough for a property."""
    plain = printable(text)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
