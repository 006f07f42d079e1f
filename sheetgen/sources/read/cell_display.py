"""A cell's content as its reader sees it, and why a cell has no value.

Number formats are applied as a spreadsheet does, where the result is certain: a candidate's number
1 under `"2026-"000` is 2026-001 for whoever reads the sheet. What is not certain (rounding, grouped
thousands, conditions, scientific notation) has no text here: the cell is then refused and typed
again as a text.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet import format_sections
from sheetgen.text import decimal_text, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.problems import Kind
    from sheetgen.sources.read.opening import SourceCell
    from sheetgen.sources.schema import ValueSpec

_GENERAL = frozenset(("general", "standard"))
_ENDS = {"[": "]", '"': '"'}
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d{1,2}", re.IGNORECASE
)
_CURRENCY = re.compile(r"\$(?P<symbol>[^-]*)(?:-[0-9A-F]{0,4})?", re.IGNORECASE)
_LITERAL = frozenset(" $-+():!^&'~{}<>=")
"""What stands for itself without quotes; so does whatever is not ASCII."""


class PercentSign(Enum):
    """The ways in which a format makes a number a percentage."""

    ABSENT = "absent"
    SCALED = "scaled"
    """`0%`: 0.5 is shown as 50 %."""
    LITERAL = "literal"
    """`0" %"`: 50 is shown as 50 %."""
    UNCLEAR = "unclear"
    """A fraction, or a format that says different things of different numbers."""


class _Part(Enum):
    TEXT = "text"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    GENERAL = "general"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of a section; `text` is what it shows, or its placeholder."""

    part: _Part
    text: str


Section = tuple[_Piece, ...]


def shown_number(number: Decimal, number_format: str) -> str | None:
    """Return what a French spreadsheet shows for the number, None where that is not certain."""
    section = _section(number, number_format)
    parts = {piece.part for piece in section}
    if _Part.UNCERTAIN in parts:
        return None
    scaled = number.scaleb(2 * _count(section, _Part.PERCENT))
    text: str | None
    if _Part.GENERAL in parts:
        plain = parts <= {_Part.GENERAL, _Part.TEXT} and _count(section, _Part.GENERAL) == 1
        general = format(abs(scaled), "f").replace(".", ",")
        text = _joined(section, {_Part.GENERAL: general}) if plain else None
    else:
        text = _filled(section, abs(scaled))
    if text is None or not text.strip():
        return None
    negative = number < 0 and len(_sections(number_format)) == 1
    return f"-{text.strip()}" if negative else text.strip()


def percent_sign(number: Decimal, number_format: str) -> PercentSign:
    """Return how the format makes the number a percentage."""
    section = _section(number, number_format)
    text = _joined(section, {})
    if _count(section, _Part.PERCENT) == 1 and "%" not in text:
        conditional = len(_sections(number_format)) > 1 and "[" in number_format
        return PercentSign.UNCLEAR if conditional else PercentSign.SCALED
    if _count(section, _Part.PERCENT):
        return PercentSign.UNCLEAR
    if any(piece.text in ("/", "[") and piece.part is _Part.UNCERTAIN for piece in section):
        return PercentSign.UNCLEAR
    return PercentSign.LITERAL if "%" in text else PercentSign.ABSENT


def _section(number: Decimal, number_format: str) -> Section:
    """Return the section of the format that applies to the number."""
    sections = _sections(number_format)
    if len(sections) == 1 or number > 0 or (number == 0 and len(sections) == 2):
        return sections[0]
    return sections[1] if number < 0 else sections[2]


@cache
def _sections(number_format: str) -> tuple[Section, ...]:
    """Return the sections of a format, for numbers above, below and equal to 0."""
    code = number_format or "General"
    if code.strip() == "@":
        return ((_Piece(_Part.GENERAL, ""),) * len(code),)
    return tuple(tuple(map(_piece, pieces)) for pieces in format_sections(code))


def _piece(written: str) -> _Piece:
    """Return what a piece of a format shows."""
    if len(written) == 1:
        return _plain(written)
    if written.lower() in _GENERAL:
        return _Piece(_Part.GENERAL, "")
    sign, inside = written[0], written[1:]
    if sign in _ENDS:
        if not inside.endswith(_ENDS[sign]):
            return _Piece(_Part.UNCERTAIN, "[")
        return _bracket(inside[:-1]) if sign == "[" else _Piece(_Part.TEXT, inside[:-1])
    shown = {"\\": inside, "_": " ", "*": "" if inside == " " else None}.get(sign)
    return _Piece(_Part.UNCERTAIN if shown is None else _Part.TEXT, shown or "")


def _plain(letter: str) -> _Piece:
    if letter in "0#?":
        return _Piece(_Part.DIGIT, letter)
    part = {".": _Part.POINT, ",": _Part.COMMA, "%": _Part.PERCENT}.get(letter)
    if part is not None:
        return _Piece(part, letter)
    literal = letter in _LITERAL or not letter.isascii()
    return _Piece(_Part.TEXT if literal else _Part.UNCERTAIN, letter)


def _bracket(content: str) -> _Piece:
    """Return a colour or a language shows nothing, a currency its sign.

    A condition is not followed.
    """
    if _COLOUR.fullmatch(content):
        return _Piece(_Part.TEXT, "")
    currency = _CURRENCY.fullmatch(content)
    if currency is not None:
        return _Piece(_Part.TEXT, currency["symbol"])
    return _Piece(_Part.UNCERTAIN, "[")


def _count(section: Section, part: _Part) -> int:
    return sum(piece.part is part for piece in section)


def _joined(section: Section, shown: dict[_Part, str]) -> str:
    """Return the texts of a section, `shown` in place of its other parts."""
    return "".join(
        piece.text if piece.part is _Part.TEXT else shown.get(piece.part, "") for piece in section
    )


def _filled(section: Section, number: Decimal) -> str | None:
    """Return the section with the number's digits in its placeholders; None where it rounds."""
    point = next((i for i, piece in enumerate(section) if piece.part is _Part.POINT), len(section))
    before, after = section[:point], section[point + 1 :]
    room = _count(after, _Part.DIGIT)
    whole, _, decimals = format(number.normalize(), "f").partition(".")
    whole = whole.lstrip("0")
    if not _count(before, _Part.DIGIT) or _count(after, _Part.POINT) or len(decimals) > room:
        return None
    if _Part.COMMA in {piece.part for piece in section} and not _ungrouped(section, whole):
        return None
    left = _whole_text(before, whole)
    if point == len(section):
        return left
    return f"{left},{_decimals_text(after, decimals)}"


def _ungrouped(section: Section, whole: str) -> bool:
    """Return whether a number is too small for thousands to be grouped, in the usual `#,##0`."""
    signs = "".join(
        piece.text for piece in section if piece.part in (_Part.DIGIT, _Part.COMMA, _Part.POINT)
    )
    return signs.partition(".")[0] == "#,##0" and len(whole) <= 3


def _whole_text(pieces: Section, digits: str) -> str:
    """Return the pieces with digits from the right; those in excess go before the first."""
    places = _count(pieces, _Part.DIGIT)
    excess, fitting = digits[: max(0, len(digits) - places)], digits[-places:]
    waiting = iter([""] * (places - len(fitting)) + list(fitting))
    shown = []
    for piece in pieces:
        if piece.part is _Part.DIGIT:
            blank = {"0": "0", "?": " "}.get(piece.text, "")
            shown.append(excess + (next(waiting) or blank))
            excess = ""
        else:
            shown.append("%" if piece.part is _Part.PERCENT else _text_of(piece))
    return "".join(shown)


def _decimals_text(pieces: Section, digits: str) -> str:
    """Return the pieces with decimals from the left."""
    waiting = list(digits)
    shown = []
    for piece in pieces:
        if piece.part is _Part.DIGIT:
            blank = {"0": "0", "?": " "}.get(piece.text, "")
            shown.append(waiting.pop(0) if waiting else blank)
        else:
            shown.append("%" if piece.part is _Part.PERCENT else _text_of(piece))
    return "".join(shown)


def _text_of(piece: _Piece) -> str:
    return piece.text if piece.part is _Part.TEXT else ""


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
