"""The hidden sheet of lists: what every dropdown offers, and the scale that formulas look up.

Lists stand in ranges, never in the validation itself, which holds 255 characters at most.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.sheet import Column, Sheet
from sheetgen.consolidation.styles import Style
from sheetgen.model import NOT_OBSERVED, Scale, ScaleKind
from sheetgen.rules import ScaleRanges
from sheetgen.rules.excel import number, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sheetgen.consolidation.sheet import Book, Content

MAXIMUM_STEPS = 200
"""The longest list of notes worth offering; beyond, a note is typed and checked."""

_LEVELS = "Niveaux"
_POINTS = "Points"
_MARKS = "Appréciations"
_BLOCK_CHOICES = "Décisions sur un bloc"
_CERTIFICATION_CHOICES = "Décisions sur la certification"
_YES_NO = "Oui ou Non"


class Lists:
    """The sheet, and the data validations that point to it."""

    def __init__(self, book: Book) -> None:
        self.scale = book.decisions.referential.scale
        columns: dict[str, Sequence[Content]] = {
            _LEVELS: [level.label for level in self.scale.levels],
            _POINTS: [level.points for level in self.scale.levels],
            _MARKS: mark_choices(self.scale),
            _BLOCK_CHOICES: [item.value for item in layout.BLOCK_CHOICES],
            _CERTIFICATION_CHOICES: [item.value for item in layout.CERTIFICATION_CHOICES],
            _YES_NO: [layout.YES, layout.NO],
        }
        sheet = Sheet(book, layout.LISTS_SHEET, [Column(title, 24) for title in columns])
        for title in columns:
            sheet.write(1, title, title, Style.HEADER)
        for row, items in enumerate(zip_longest(*columns.values()), start=2):
            for title, item in zip(columns, items, strict=True):
                if item is not None:
                    sheet.write(row, title, item, Style.HIDDEN)
        sheet.worksheet.hide()
        ranges = {
            title: sheet.range(title, 2, len(items) + 1) if items else ""
            for title, items in columns.items()
        }
        self.ranges = ScaleRanges(labels=ranges[_LEVELS], points=ranges[_POINTS])
        self._marks = ranges[_MARKS]
        self._block = ranges[_BLOCK_CHOICES]
        self._certification = ranges[_CERTIFICATION_CHOICES]
        self._yes_no = ranges[_YES_NO]

    def mark(self, cell: str) -> dict[str, object]:
        """The validation of mark cells; `cell` is the first one's relative address."""
        if self._marks:
            return _from_list(self._marks, "une valeur de l'échelle, ou « Non observé »")
        low, high = number(self.scale.minimum), number(self.scale.maximum)
        valid = f"AND({cell}>={low},{cell}<={high})"
        if self.scale.step is not None:
            steps = f"(({cell}-{low})/{number(self.scale.step)})"
            valid = f"AND({valid},ROUND({steps},6)=ROUND({steps},0))"
        return {
            "validate": "custom",
            "value": f"=IF(COUNT({cell})=1,{valid},{cell}={text(NOT_OBSERVED)})",
            "error_title": "Valeur non prévue",
            "error_message": (
                f"Saisir une note de {_french(self.scale.minimum)} à "
                f"{_french(self.scale.maximum)}, ou « {NOT_OBSERVED} »."
            ),
        }

    def decision(self, *, certification: bool) -> dict[str, object]:
        """The validation of the jury's decision."""
        source = self._certification if certification else self._block
        return _from_list(source, "une décision de la liste, ou laisser vide")

    def yes_no(self) -> dict[str, object]:
        """The validation of a cell that says Oui or Non."""
        return _from_list(self._yes_no, "Oui ou Non")


def mark_choices(scale: Scale) -> list[str | Fraction]:
    """What a mark's list offers; nothing where the notes are too many to list."""
    if scale.kind is ScaleKind.LEVELS:
        return [*(level.label for level in scale.levels), NOT_OBSERVED]
    if scale.step is None or (scale.maximum - scale.minimum) / scale.step > MAXIMUM_STEPS:
        return []
    steps = int((scale.maximum - scale.minimum) / scale.step)
    return [*(scale.minimum + scale.step * step for step in range(steps + 1)), NOT_OBSERVED]


def _from_list(source: str, what: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"={source}",
        "error_title": "Valeur non prévue",
        "error_message": f"Choisir {what}.",
    }


def _french(value: Fraction) -> str:
    return f"{float(value):g}".replace(".", ",")
