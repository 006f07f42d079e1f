"""The sentences by which a grid tells the juror what a mark may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import note_refusal, notes_in_words
from sheetgen.excel.cell_text import LONGEST_ERROR, LONGEST_PROMPT, cut_text, excel_length
from sheetgen.model import NOT_OBSERVED, ScaleKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from sheetgen.model import Scale

_NOT_OBSERVED_MEANS = f"« {NOT_OBSERVED} » : impossible à évaluer."


def acquired_in_words(scale: Scale) -> str:
    """Return from which note a criterion is acquired, in words."""
    return f"acquis à partir de {exact_number(scale.acquired_from)}"


def mark_prompt(scale: Scale) -> str:
    """Return what the dropdown says: the levels and their definitions, as far as they fit."""
    if scale.kind is ScaleKind.NOTE:
        return f"Note {notes_in_words(scale)}.\n{_NOT_OBSERVED_MEANS}"
    room = LONGEST_PROMPT - len(_NOT_OBSERVED_MEANS) - 1
    each = max(12, room // len(scale.levels) - 1)
    lines: list[str] = []
    for level in scale.levels:
        line = f"{level.label} : {level.definition}" if level.definition else level.label
        line = cut_text(" ".join(line.split()), each)
        room -= excel_length(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join([*lines, _NOT_OBSERVED_MEANS])


def mark_error(scale: Scale) -> str:
    """Return what the juror reads when a value is refused: what is allowed."""
    if scale.kind is ScaleKind.NOTE:
        return note_refusal(scale)
    labels = ", ".join(" ".join(level.label.split()) for level in scale.levels)
    whole = f"Choisir dans la liste : {labels} ou {NOT_OBSERVED}."
    if excel_length(whole) <= LONGEST_ERROR:
        return whole
    return "Choisir une des valeurs de la liste (flèche à droite de la cellule)."
