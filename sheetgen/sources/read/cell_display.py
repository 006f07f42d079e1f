"""A cell's content as its reader sees it, and why a cell has no value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sheetgen.sources.read.shown_formats import shown_number
from sheetgen.text import decimal_text, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.problems import Kind
    from sheetgen.sources.read.opening import SourceCell
    from sheetgen.sources.schema import ValueSpec

SHOWN = 60
"""How much of a cell a message quotes, in characters."""

_LANGUAGE = re.compile(r"\[\$-[0-9A-Fa-f]{1,4}\]|\\|;@$")
_DATE_FORMATS = {"dd/mm/yyyy": "%d/%m/%Y", "mm-dd-yy": "%d/%m/%Y", "yyyy-mm-dd": "%Y-%m-%d"}
"""Formats whose date is certain to be shown so in French; Excel's own short date is the second."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """The reason why a cell has no value: the kind of problem and what its message needs."""

    kind: Kind
    values: Mapping[str, object]


def shown(cell: SourceCell) -> str:
    """Return a cell's content as a reader sees it, shortened for a message."""
    text = " ".join(text_of(cell).split())
    return shortened(text, SHOWN)


def text_of(cell: SourceCell) -> str:
    """Return a cell's content as text: numbers as shown, or with a comma; dates as dd/mm/yyyy."""
    value = cell.value
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        number = decimal_shown(value)
        return shown_number(number, cell.number_format) or decimal_text(number)
    if isinstance(value, date):
        clocked = isinstance(value, datetime) and value.time() != time()
        return value.strftime("%d/%m/%Y %H:%M" if clocked else "%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return clean(str(value))


def decimal_shown(value: float) -> Decimal:
    """Return the decimal that a spreadsheet shows for a number: 15 significant digits."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def clean(text: str) -> str:
    """Return the text without surrounding spaces, its line ends made plain."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def fault(kind: Kind, spec: ValueSpec, found: str, **values: object) -> CellFault:
    """Return the fault of a cell, what it says shortened for the message."""
    return CellFault(kind, {"name": spec.name, "found": shortened(found, SHOWN), **values})


def text_shown(cell: SourceCell) -> str | None:
    """Return the text that a reader of the sheet sees.

    None where the spreadsheet made it another.
    """
    value = cell.value
    if isinstance(value, str | bool):
        return text_of(cell)
    if isinstance(value, int | float):
        return shown_number(decimal_shown(value), cell.number_format)
    pattern = _DATE_FORMATS.get(_LANGUAGE.sub("", cell.number_format).lower())
    if pattern is None or not isinstance(value, date):
        return None
    clocked = isinstance(value, datetime) and value.time() != time()
    return None if clocked else value.strftime(pattern)
