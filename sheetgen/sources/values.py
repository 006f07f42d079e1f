"""What one cell says: a value of the declared kind, or the fault that makes it none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from sheetgen.matching import fold, nearest
from sheetgen.model import Term
from sheetgen.problems import sources as kinds
from sheetgen.problems.records import quoted
from sheetgen.sources.specs import NO, YES, ValueKind, ValueSpec
from sheetgen.sources.workbook import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.problems.records import Kind

LARGEST = 1_000_000
"""No point, weight or count of a school's goes beyond."""

_EXCEL_LONGEST = 32_767
_FIFTEEN_DIGITS = Context(prec=15)
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,15})?|[.,]\d{1,15})")
_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)(?::00)?")
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_ESCAPE = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell has no value: the kind of problem and what its message needs."""

    kind: Kind
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as written, before it is known whether it is a count or a percentage."""

    number: Fraction
    is_percentage: bool


Value = str | Fraction | Quantity | bool | date | time | tuple[str, ...] | Term
"""What a cell may say, by the kind declared; a choice is a member of its closed set."""


def parse_cell(spec: ValueSpec, cell: Cell) -> Value | Fault:
    """The value that a filled cell says, or its fault."""
    if cell.kind == "f":
        formula = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "=")
        return _fault(kinds.CELL_FORMULA, spec, str(formula))
    if cell.kind == "e":
        return _fault(kinds.CELL_ERROR, spec, str(cell.value), expected=spec.kind.value)
    if isinstance(cell.value, str):
        fault = _text_fault(spec, _clean(cell.value))
        if fault is not None:
            return fault
    return _PARSERS[spec.kind](spec, cell)


def parse_default(spec: ValueSpec) -> Value | None:
    """What a blank or absent value stands for; None where nothing does."""
    if spec.default is None:
        return None
    value = parse_cell(spec, Cell(reference="", value=spec.default, kind="s"))
    if isinstance(value, Fault):
        raise TypeError(spec.name)
    return value


def shown(cell: Cell) -> str:
    """A cell's content as a reader sees it, shortened for a message."""
    text = " ".join(text_of(cell).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def text_of(cell: Cell) -> str:
    """A cell's content as text: numbers as decimals with a comma, dates as dd/mm/yyyy."""
    value = cell.value
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return _decimal_text(decimal_shown(value))
    if isinstance(value, datetime):
        pattern = "%d/%m/%Y" if value.time() == time() else "%d/%m/%Y %H:%M"
        return value.strftime(pattern)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return _clean(str(value))


def decimal_shown(value: float) -> Decimal:
    """The decimal that a spreadsheet shows for a number: 15 significant digits."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def _decimal_text(number: Decimal) -> str:
    return format(number, "f").replace(".", ",")


def _clean(text: str) -> str:
    """The text without surrounding spaces, its escapes and line ends made plain."""
    plain = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip()


def _fault(kind: Kind, spec: ValueSpec, found: str, **values: object) -> Fault:
    text = found if len(found) <= _SHOWN else f"{found[: _SHOWN - 1]}…"
    return Fault(kind, {"name": spec.name, "found": text, **values})


def excel_length(text: str) -> int:
    """How long Excel finds a text: in UTF-16 code units, of which an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text_fault(spec: ValueSpec, text: str) -> Fault | None:
    control = _CONTROL.search(text)
    if control is not None:
        return Fault(
            kinds.TEXT_CONTROL_CHARACTER, {"name": spec.name, "code": ord(control.group())}
        )
    single = spec.kind in (ValueKind.TEXT, ValueKind.CODE)
    limit = spec.maximum_length if single else _EXCEL_LONGEST
    length = excel_length(text)
    if length > limit:
        return Fault(kinds.TEXT_TOO_LONG, {"name": spec.name, "length": length, "limit": limit})
    return None


def _parse_text(_spec: ValueSpec, cell: Cell) -> Value | Fault:
    return text_of(cell)


def _code_text(spec: ValueSpec, cell: Cell) -> str | Fault:
    """The text of a code; a whole number is one too, with the zeros that its format shows."""
    value = cell.value
    if isinstance(value, str):
        return _SPACES.sub(" ", _clean(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _fault(kinds.CODE_NOT_TEXT, spec, shown(cell))
    if value != int(value) or not 0 <= value < 10**15:
        return _fault(kinds.CODE_NOT_TEXT, spec, shown(cell))
    zeros = cell.number_format
    return str(int(value)).zfill(len(zeros) if set(zeros) == {"0"} else 0)


def _parse_code(spec: ValueSpec, cell: Cell) -> Value | Fault:
    text = _code_text(spec, cell)
    if isinstance(text, str) and re.search("[;,]", text):
        return _fault(kinds.CODE_SEPARATOR, spec, text)
    return text


def _parse_reference(spec: ValueSpec, cell: Cell) -> Value | Fault:
    return _code_text(spec, cell)


def _parse_references(spec: ValueSpec, cell: Cell) -> Value | Fault:
    text = _code_text(spec, cell)
    if isinstance(text, Fault):
        return text
    codes = (code.strip() for code in re.split("[;,]", text))
    return tuple(dict.fromkeys(code for code in codes if code))


def _number(cell: Cell) -> Quantity | None:
    """The exact decimal that the cell shows; None when it is no number."""
    value = cell.value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        number = Fraction(decimal_shown(value))
        formatted = "%" in cell.number_format
        return Quantity(number=number * 100 if formatted else number, is_percentage=formatted)
    if not isinstance(value, str):
        return None
    text = _THOUSANDS.sub("", _clean(value)).replace("\u2212", "-")
    is_percentage = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(text):
        return None
    number = Fraction(Decimal(text.replace(",", ".")))
    return Quantity(number=number, is_percentage=is_percentage)


def _parse_number(spec: ValueSpec, cell: Cell) -> Value | Fault:
    expected = spec.kind.value
    quantity = _number(cell)
    if quantity is None or quantity.is_percentage:
        return _fault(kinds.NUMBER_UNREADABLE, spec, shown(cell), expected=f"un {expected}")
    number = quantity.number
    too_low = (spec.kind is ValueKind.WEIGHT and number <= 0) or (
        spec.kind is ValueKind.COUNT and (number < 1 or number.denominator != 1)
    )
    if too_low or abs(number) > LARGEST:
        return _fault(kinds.NUMBER_OUT_OF_RANGE, spec, shown(cell), expected=f"un {expected}")
    return number


def _parse_threshold(spec: ValueSpec, cell: Cell) -> Value | Fault:
    quantity = _number(cell)
    if quantity is None:
        return _fault(kinds.PERCENTAGE_UNREADABLE, spec, shown(cell))
    return quantity


def _parse_percentage(spec: ValueSpec, cell: Cell) -> Value | Fault:
    quantity = _number(cell)
    if quantity is None:
        return _fault(kinds.PERCENTAGE_UNREADABLE, spec, shown(cell))
    return as_percentage(spec, quantity)


def as_percentage(spec: ValueSpec, quantity: Quantity) -> Fraction | Fault:
    """The fraction of 1 that a percentage says; a bare number between 0 and 1 is refused."""
    number = quantity.number
    text = number_text(number)
    if not quantity.is_percentage and 0 < number < 1:
        return _fault(kinds.PERCENTAGE_AMBIGUOUS, spec, text, as_fraction=number_text(number * 100))
    if not 0 <= number <= 100:
        return _fault(kinds.PERCENTAGE_OUT_OF_RANGE, spec, text)
    return number / 100


def as_count(spec: ValueSpec, quantity: Quantity) -> Fraction | Fault:
    """The number of things that a quantity says, at least 1."""
    number = quantity.number
    if quantity.is_percentage or number.denominator != 1 or not 1 <= number <= LARGEST:
        text = number_text(number) + (" %" if quantity.is_percentage else "")
        return _fault(kinds.NUMBER_OUT_OF_RANGE, spec, text, expected=f"un {ValueKind.COUNT.value}")
    return number


def number_text(number: Fraction) -> str:
    """A number as a French reader writes it: a decimal with a comma, at most 15 digits."""
    exact = _FIFTEEN_DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    return _decimal_text(exact.normalize(_FIFTEEN_DIGITS))


def _parse_yes_no(spec: ValueSpec, cell: Cell) -> Value | Fault:
    if isinstance(cell.value, bool):
        return cell.value
    answer = {fold(YES): True, fold(NO): False}.get(fold(text_of(cell)))
    return _fault(kinds.YES_NO_UNREADABLE, spec, shown(cell)) if answer is None else answer


def _parse_choice(spec: ValueSpec, cell: Cell) -> Value | Fault:
    if spec.choices is None:
        raise TypeError(spec.name)
    text = text_of(cell)
    found = _folded(spec.choices).get(fold(text))
    if found is not None:
        return found
    return _fault(
        kinds.CHOICE_UNKNOWN,
        spec,
        shown(cell),
        suggestion=suggestion(text, spec.allowed),
        allowed=quoted(spec.allowed),
    )


@cache
def _folded(choices: type[Term]) -> Mapping[str, Term]:
    """The terms of a closed set, by what is compared with a cell."""
    return {fold(str(term.value)): term for term in choices}


def suggestion(text: str, choices: tuple[str, ...]) -> str:
    """« Vouliez-vous dire … ? », ready to follow a sentence; empty when nothing is near."""
    near = nearest(text[:_SHOWN], choices)
    return "" if near is None else f" Vouliez-vous dire « {near} » ?"


def _parse_date(spec: ValueSpec, cell: Cell) -> Value | Fault:
    value = cell.value
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        text = _clean(value)
        iso, french = _ISO_DATE.fullmatch(text), _FRENCH_DATE.fullmatch(text)
        parts = iso.groups() if iso else french.groups()[::-1] if french else None
        if parts is None:
            return _fault(kinds.DATE_UNREADABLE, spec, shown(cell))
        try:
            found = date(*(int(part) for part in parts))
        except ValueError:
            return _fault(kinds.DATE_IMPOSSIBLE, spec, shown(cell))
    else:
        return _fault(kinds.DATE_UNREADABLE, spec, shown(cell))
    if not 1900 <= found.year <= 2199:
        return _fault(kinds.DATE_IMPOSSIBLE, spec, shown(cell))
    return found


def _parse_time(spec: ValueSpec, cell: Cell) -> Value | Fault:
    value = cell.value
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        minutes = round(value.total_seconds() / 60)
        return time(minutes // 60 % 24, minutes % 60)
    match = _TIME.fullmatch(_clean(value)) if isinstance(value, str) else None
    if match is None or int(match.group(1)) > 23 or int(match.group(2) or 0) > 59:
        return _fault(kinds.TIME_UNREADABLE, spec, shown(cell))
    return time(int(match.group(1)), int(match.group(2) or 0))


def _parse_colour(spec: ValueSpec, cell: Cell) -> Value | Fault:
    match = _COLOUR.fullmatch(text_of(cell))
    if match is None:
        return _fault(kinds.COLOUR_UNREADABLE, spec, shown(cell))
    return match.group(1).upper()


_PARSERS: Mapping[ValueKind, Callable[[ValueSpec, Cell], Value | Fault]] = {
    ValueKind.TEXT: _parse_text,
    ValueKind.CODE: _parse_code,
    ValueKind.POINTS: _parse_number,
    ValueKind.WEIGHT: _parse_number,
    ValueKind.COUNT: _parse_number,
    ValueKind.PERCENTAGE: _parse_percentage,
    ValueKind.THRESHOLD: _parse_threshold,
    ValueKind.YES_NO: _parse_yes_no,
    ValueKind.DATE: _parse_date,
    ValueKind.TIME: _parse_time,
    ValueKind.COLOUR: _parse_colour,
    ValueKind.CHOICE: _parse_choice,
    ValueKind.REFERENCE: _parse_reference,
    ValueKind.REFERENCES: _parse_references,
}
