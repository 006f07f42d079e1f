"""What a mark may be, and how a grid says so to the juror."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import NOT_OBSERVED, Scale, ScaleKind
from sheetgen.rules.excel import is_number, number, text

if TYPE_CHECKING:
    from fractions import Fraction

PROMPT_LENGTH, ERROR_LENGTH, TITLE_LENGTH = 255, 224, 32
"""The longest texts of a validation that Excel accepts, in its characters."""

_LONGEST_LIST = 200
"""A note's steps are offered as a list up to here, and checked by a formula beyond."""

_NOT_OBSERVED_MEANS = f"« {NOT_OBSERVED} » : impossible à évaluer."


def allowed_marks(scale: Scale) -> list[str | float]:
    """What a mark may be, in the order to offer it: best first, then *Non observé*."""
    values: list[str | float] = [level.label for level in scale.levels]
    if scale.step is not None:
        count = int((scale.maximum - scale.minimum) / scale.step)
        values = [float(scale.minimum + place * scale.step) for place in range(count, -1, -1)]
    return [*values, NOT_OBSERVED]


def mark_rule(scale: Scale, cell: str, choices: str) -> dict[str, object]:
    """What a mark cell accepts, as XlsxWriter's validation options.

    Args:
        scale: of the référentiel.
        cell: address of the cell, within its sheet.
        choices: the range of what a mark may be.
    """
    if scale.kind is ScaleKind.LEVELS or len(allowed_marks(scale)) <= _LONGEST_LIST:
        return {"validate": "list", "source": f"={choices}"}
    steps = f"ROUND(({cell}-{number(scale.minimum)})/{number(scale.step or 1)}"
    valid = (
        f"AND({cell}>={number(scale.minimum)},{cell}<={number(scale.maximum)},"
        f"{steps},6)={steps},0))"
    )
    return {
        "validate": "custom",
        "value": f"=IF({is_number(cell)},{valid},{cell}={text(NOT_OBSERVED)})",
    }


def scale_in_words(scale: Scale) -> str:
    """What a note may be, in a few words."""
    return (
        f"de {_decimal(scale.minimum)} à {_decimal(scale.maximum)}, "
        f"par pas de {_decimal(scale.step or 1)}"
    )


def acquired_in_words(scale: Scale) -> str:
    """From which note a criterion is acquired."""
    return f"acquis à partir de {_decimal(scale.acquired_from)}"


def mark_prompt(scale: Scale) -> str:
    """What the dropdown tells the juror: the levels and their definitions, as far as they fit."""
    if scale.kind is ScaleKind.NOTE:
        return f"Note {scale_in_words(scale)}.\n{_NOT_OBSERVED_MEANS}"
    room = PROMPT_LENGTH - len(_NOT_OBSERVED_MEANS) - 1
    each = max(12, room // len(scale.levels) - 1)
    lines: list[str] = []
    for level in scale.levels:
        line = f"{level.label} : {level.definition}" if level.definition else level.label
        line = shortened(" ".join(line.split()), each)
        room -= excel_length(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join([*lines, _NOT_OBSERVED_MEANS])


def mark_error(scale: Scale) -> str:
    """What the juror reads when a value is refused: what is allowed."""
    if scale.kind is ScaleKind.NOTE:
        return f"Saisir une note {scale_in_words(scale)}, ou « {NOT_OBSERVED} »."
    labels = ", ".join(" ".join(level.label.split()) for level in scale.levels)
    whole = f"Choisir dans la liste : {labels} ou {NOT_OBSERVED}."
    if excel_length(whole) <= ERROR_LENGTH:
        return whole
    return "Choisir une des valeurs de la liste (flèche à droite de la cellule)."


def excel_length(value: str) -> int:
    """The length of a text as Excel counts it, in UTF-16 units: an emoji is two or more."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def shortened(value: str, length: int) -> str:
    """The text, cut and ended by « … » where it is longer than so many of Excel's characters."""
    if excel_length(value) <= length:
        return value
    units = value.encode("utf-16-le", "surrogatepass")[: 2 * (length - 1)]
    return units.decode("utf-16-le", "ignore").rstrip() + "…"


def _decimal(value: Fraction | int) -> str:
    return f"{float(value):.15g}".replace(".", ",")
