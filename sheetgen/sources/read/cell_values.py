"""Read one cell as a value of the declared kind, or as the fault that makes it none."""

from __future__ import annotations

import re
from datetime import date, time
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import LONGEST_TEXT, excel_length
from sheetgen.model import Term
from sheetgen.problems import quoted
from sheetgen.problems import source_cells as kinds
from sheetgen.sources.read.cell_display import (
    SHOWN,
    CellFault,
    clean,
    decimal_shown,
    fault,
    shown,
    shown_number,
    text_of,
    text_shown,
)
from sheetgen.sources.read.moments import WrittenPassage, parse_date, parse_passage, parse_time
from sheetgen.sources.read.opening import SourceCell
from sheetgen.sources.read.quantities import Quantity, parse_number, parse_percentage, parse_share
from sheetgen.sources.schema import NO, YES, ValueKind, ValueSpec
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_SPACES = re.compile(r"\s+")
_BESIDE_CODES = re.compile("[;,%]")

_INSEE_CODE = re.compile(r"\d{5}|2[AB]\d{3}")
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


Value = (
    str
    | Fraction
    | Quantity
    | bool
    | date
    | time
    | WrittenPassage
    | tuple[str, ...]
    | tuple[Term, ...]
    | Term
)
"""What a cell may say, by the kind declared; a choice is a member of its closed set."""


def parse_cell(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    """Return the value that a filled cell says, or its fault."""
    if cell.kind == "f":
        formula = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "=")
        return fault(kinds.CELL_FORMULA, spec, str(formula))
    if cell.kind == "e":
        return fault(kinds.CELL_ERROR, spec, str(cell.value), expected=spec.kind.value)
    if isinstance(cell.value, str):
        unfit = _text_fault(spec, clean(cell.value))
        if unfit is not None:
            return unfit
    return _PARSERS[spec.kind](spec, cell)


def parse_default(spec: ValueSpec) -> Value | None:
    """Return the default of a blank or absent value; None where there is none."""
    if spec.default is None:
        return None
    value = parse_cell(spec, SourceCell(reference="", value=spec.default))
    if isinstance(value, CellFault):
        raise TypeError(spec.name)
    return value


def _text_fault(spec: ValueSpec, text: str) -> CellFault | None:
    control = _CONTROL.search(text)
    if control is not None:
        return CellFault(
            kinds.TEXT_CONTROL_CHARACTER, {"name": spec.name, "code": ord(control.group())}
        )
    single = spec.kind in (ValueKind.TEXT, ValueKind.CODE)
    limit = spec.maximum_length if single else LONGEST_TEXT
    length = excel_length(text)
    if length > limit:
        return CellFault(kinds.TEXT_TOO_LONG, {"name": spec.name, "length": length, "limit": limit})
    return None


def _parse_text(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    text = text_shown(cell)
    return fault(kinds.CODE_NOT_TEXT, spec, shown(cell)) if text is None else text


def _code_text(spec: ValueSpec, cell: SourceCell) -> str | CellFault:
    """Return the text of a code; a whole number is one too, as its format shows it."""
    value = cell.value
    if isinstance(value, str):
        return _SPACES.sub(" ", clean(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return fault(kinds.CODE_NOT_TEXT, spec, shown(cell))
    if value != int(value) or not 0 <= value < 10**15:
        return fault(kinds.CODE_NOT_TEXT, spec, shown(cell))
    text = shown_number(decimal_shown(value), cell.number_format)
    if text is None or _BESIDE_CODES.search(text):
        return fault(kinds.CODE_NOT_TEXT, spec, shown(cell))
    return _SPACES.sub(" ", text)


def _parse_code(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    text = _code_text(spec, cell)
    if isinstance(text, str) and re.search("[;,]", text):
        return fault(kinds.CODE_SEPARATOR, spec, text)
    return text


def _parse_reference(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    return _code_text(spec, cell)


def _parse_references(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    text = _code_text(spec, cell)
    if isinstance(text, CellFault):
        return text
    codes = (code.strip() for code in re.split("[;,]", text))
    return tuple(dict.fromkeys(code for code in codes if code))


def _parse_yes_no(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    if isinstance(cell.value, bool):
        return cell.value
    answer = {fold(YES): True, fold(NO): False}.get(fold(text_of(cell)))
    return fault(kinds.YES_NO_UNREADABLE, spec, shown(cell)) if answer is None else answer


def _parse_choice(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    return _chosen(spec, cell, text_of(cell))


def _parse_choices(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    found: dict[Term, None] = {}
    for part in re.split("[;,]", text_of(cell)):
        if part.strip():
            chosen = _chosen(spec, cell, part.strip())
            if isinstance(chosen, CellFault):
                return chosen
            found[chosen] = None
    return tuple(found)


def _chosen(spec: ValueSpec, cell: SourceCell, text: str) -> Term | CellFault:
    """Return the member of the closed set that a text means, or the fault of its cell."""
    if spec.choices is None:
        raise TypeError(spec.name)
    found = _folded(spec.choices).get(fold(text))
    if found is not None:
        return found
    return fault(
        kinds.CHOICE_UNKNOWN,
        spec,
        shown(cell),
        suggestion=suggestion(text, spec.allowed),
        allowed=quoted(spec.allowed),
    )


@cache
def _folded(choices: type[Term]) -> Mapping[str, Term]:
    """Return the terms of a closed set, by what is compared with a cell."""
    return {fold(form): term for term in choices for form in term.forms}


def suggestion(text: str, choices: tuple[str, ...]) -> str:
    """Return « Vouliez-vous dire … ? » to follow a sentence; empty when nothing is near."""
    near = nearest(text[:SHOWN], choices)
    return "" if near is None else f" Vouliez-vous dire « {near} » ?"


def _parse_insee_code(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    """Return the code of a commune; one typed as a number has lost its zero."""
    text = (text_shown(cell) or "").replace(" ", "").upper()
    if not _INSEE_CODE.fullmatch(text):
        return fault(kinds.INSEE_CODE_UNREADABLE, spec, shown(cell))
    return text


def _parse_colour(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    match = _COLOUR.fullmatch(text_shown(cell) or "")
    if match is None:
        return fault(kinds.COLOUR_UNREADABLE, spec, shown(cell))
    return match.group(1).upper()


def _parse_shortcut(spec: ValueSpec, cell: SourceCell) -> Value | CellFault:
    text = (text_shown(cell) or "").upper()
    if not (len(text) == 1 and text.isascii() and text.isalnum()):
        return fault(kinds.SHORTCUT_UNREADABLE, spec, shown(cell))
    return text


_PARSERS: Mapping[ValueKind, Callable[[ValueSpec, SourceCell], Value | CellFault]] = {
    ValueKind.TEXT: _parse_text,
    ValueKind.CODE: _parse_code,
    ValueKind.POINTS: parse_number,
    ValueKind.WEIGHT: parse_number,
    ValueKind.COUNT: parse_number,
    ValueKind.PERCENTAGE: parse_percentage,
    ValueKind.THRESHOLD: parse_share,
    ValueKind.YES_NO: _parse_yes_no,
    ValueKind.DATE: parse_date,
    ValueKind.TIME: parse_time,
    ValueKind.PASSAGE: parse_passage,
    ValueKind.INSEE_CODE: _parse_insee_code,
    ValueKind.COLOUR: _parse_colour,
    ValueKind.SHORTCUT: _parse_shortcut,
    ValueKind.CHOICE: _parse_choice,
    ValueKind.CHOICES: _parse_choices,
    ValueKind.REFERENCE: _parse_reference,
    ValueKind.ITEM: _parse_reference,
    ValueKind.JURY: _parse_code,
    ValueKind.REFERENCES: _parse_references,
}
