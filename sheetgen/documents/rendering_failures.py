"""The failures of a template on some data, in French: Jinja and Python say them in English."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

_JINJA_FILE = "<template>"
"""The file that Jinja names where a template has none."""

_NO_ELEMENT = re.compile(r"has no element (\S+)")
_NO_NAME = re.compile(r"has no attribute '(.*)'|'(.*)' is undefined")


class RenderingError(Exception):
    """A part of a document cannot be made; the message says why, in French."""


class LostTextError(Exception):
    """A document lacks a text that its template has outside tags; the message is that text."""


_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((SecurityError,), "une expression va chercher autre chose qu’un champ"),
    (
        (etree.XMLSyntaxError,),
        "des balises s’ouvrent et se ferment à des niveaux différents",
    ),
    ((ZeroDivisionError,), "une expression divise par zéro"),
    (
        (RecursionError, MemoryError, OverflowError),
        "une expression ne finit pas, ou donne un résultat trop grand",
    ),
    (
        (TypeError, ValueError, ArithmeticError, LookupError),
        "une opération, un filtre ou une fonction ne convient pas à ces valeurs",
    ),
    (
        (TemplateRuntimeError,),
        "un filtre, un test ou une boucle ne convient pas à ces valeurs",
    ),
)
"""The words for each kind of exception; the first that fits counts."""


def explain_failure(fault: BaseException) -> str:
    """Say in French why rendering failed, as the end of a sentence."""
    if isinstance(fault, RenderingError):
        return str(fault)
    if isinstance(fault, UndefinedError):
        return _explain_undefined(str(fault))
    for kinds, reason in _REASONS:
        if isinstance(fault, kinds):
            return reason
    return f"une expression échoue ({type(fault).__name__})"


def failed_line(fault: BaseException, lines: Sequence[str]) -> str | None:
    """Return the line of a template's source on which it failed, where Jinja says."""
    numbers = [
        frame.lineno
        for frame in traceback.extract_tb(fault.__traceback__)
        if frame.filename == _JINJA_FILE and frame.lineno is not None
    ]
    return lines[numbers[-1] - 1] if numbers and 0 < numbers[-1] <= len(lines) else None


def _explain_undefined(message: str) -> str:
    found = _NO_ELEMENT.search(message)
    if found:
        place = found[1]
        which = f"n° {int(place) + 1}" if place.isdecimal() else f"« {place} »"
        return f"une liste n’a pas d’élément {which} ici"
    found = _NO_NAME.search(message)
    if found:
        return f"« {found[1] or found[2]} » n’a pas de valeur ici"
    return "une expression demande une valeur qui n’existe pas ici"
