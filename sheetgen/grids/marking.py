"""What a mark may be, and how a grid says so to the juror."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import NOT_OBSERVED, Scale, ScaleKind

if TYPE_CHECKING:
    from fractions import Fraction

_PROMPT_LENGTH, _ERROR_LENGTH = 255, 224
"""The most characters that Excel accepts in a validation's prompt and error texts."""


def allowed_marks(scale: Scale) -> list[str | float]:
    """What a mark may be, in the order to offer it: best first, then *Non observé*."""
    values: list[str | float] = [level.label for level in scale.levels]
    if scale.step is not None:
        count = int((scale.maximum - scale.minimum) / scale.step)
        values = [float(scale.minimum + place * scale.step) for place in range(count, -1, -1)]
    return [*values, NOT_OBSERVED]


def mark_prompt(scale: Scale) -> str:
    """What the dropdown tells the juror: the levels and their definitions, as far as they fit."""
    if scale.kind is ScaleKind.NOTE:
        text = (
            f"Note de {_number(scale.minimum)} à {_number(scale.maximum)}, "
            f"par pas de {_number(scale.step or 1)}.\n« {NOT_OBSERVED} » : impossible à évaluer."
        )
        return _shortened(text, _PROMPT_LENGTH)
    last = f"« {NOT_OBSERVED} » : impossible à évaluer."
    room = _PROMPT_LENGTH - len(last) - 1
    each = max(12, room // len(scale.levels) - 1)
    lines: list[str] = []
    for level in scale.levels:
        line = f"{level.label} : {level.definition}" if level.definition else level.label
        line = _shortened(" ".join(line.split()), each)
        if sum(len(item) + 1 for item in lines) + len(line) > room:
            break
        lines.append(line)
    return "\n".join([*lines, last])


def mark_error(scale: Scale) -> str:
    """What the juror reads when a value is refused: what is allowed."""
    if scale.kind is ScaleKind.NOTE:
        text = (
            f"Saisir une note de {_number(scale.minimum)} à {_number(scale.maximum)}, "
            f"par pas de {_number(scale.step or 1)}, ou « {NOT_OBSERVED} »."
        )
    else:
        labels = ", ".join(level.label for level in scale.levels)
        text = f"Choisir dans la liste : {labels} ou {NOT_OBSERVED}."
        if len(text) > _ERROR_LENGTH:
            text = "Choisir une des valeurs de la liste (flèche à droite de la cellule)."
    return _shortened(text, _ERROR_LENGTH)


def _number(value: Fraction | int) -> str:
    return f"{float(value):.15g}".replace(".", ",")


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
