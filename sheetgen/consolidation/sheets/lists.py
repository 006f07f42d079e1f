"""The hidden sheet of lists: what every dropdown offers, and the scale that formulas look up.

Lists stand in ranges, never in the validation itself, which holds 255 characters at most.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs

from sheetgen.consolidation import layout
from sheetgen.consolidation.deliberation_check import Fillings
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.sheets.short_marks import shorten_marks
from sheetgen.consolidation.styles import Style
from sheetgen.excel import listed_marks, mark_rule, note_refusal, sheet_prefix
from sheetgen.rules import ScaleRanges
from sheetgen.rules.excel import text
from sheetgen.text import FILLING_WORDS, FILLINGS, LETTERS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.excel import Content
    from sheetgen.model import Criterion, Referential

_LEVELS = "Niveaux"
_POINTS = "Points"
_MARKS = "Appréciations"
_BLOCK_CHOICES = "Décisions sur un bloc"
_CERTIFICATION_CHOICES = "Décisions sur la certification"
_MENTION_CHOICES = "Décisions sur la mention"
_YES_NO = "Oui ou Non"
_FILLINGS = "Textes qui ne motivent rien"
_FILLING_WORDS = "Mots qui ne motivent rien"
_LETTERS = "Lettres"
_SIGNS = "Signes"
_SAID = "Appréciations et états"
_SHORT = "En abrégé"
_RANKS = "Rangs"
_FIRST_ITEM = 2
"""The row under the headers, from 1."""


class Lists:
    """The contents of the lists, and the data validations that point to them.

    Attributes:
        columns: the lists by their headers.
        scales: those that criteria are marked on, the default one first.
        short: the short form of each mark and state that is no number.
        said: the range of these marks; `said_short` of their short forms, `said_ranks` of numbers.
        fillings: the ranges of what gives no reason.
    """

    def __init__(self, referential: Referential) -> None:
        scale = referential.scale
        self.columns: dict[str, Sequence[Content]] = {
            _LEVELS: [level.label for level in scale.levels],
            _POINTS: [level.points for level in scale.levels],
            _MARKS: listed_marks(scale),
            _BLOCK_CHOICES: [item.value for item in layout.BLOCK_CHOICES],
            _CERTIFICATION_CHOICES: [item.value for item in layout.CERTIFICATION_CHOICES],
            _YES_NO: [layout.YES, layout.NO],
            _FILLINGS: FILLINGS,
        }
        if referential.mentions:
            self.columns[_MENTION_CHOICES] = layout.mention_choices(referential)
        self.scales = list(dict.fromkeys([scale, *referential.scale_of.values()]))
        for number, other in enumerate(self.scales[1:], start=2):
            if other.levels:
                self.columns[f"{_LEVELS} {number}"] = [level.label for level in other.levels]
                self.columns[f"{_POINTS} {number}"] = [level.points for level in other.levels]
            self.columns[f"{_MARKS} {number}"] = listed_marks(other)
        # What was added later stands after the rest.
        self.columns |= {_FILLING_WORDS: FILLING_WORDS, _LETTERS: LETTERS, _SIGNS: SIGNS}
        self.short = shorten_marks(self.scales)
        self.columns |= {
            _SAID: list(self.short),
            _SHORT: list(self.short.values()),
            _RANKS: list(range(1, len(self.short) + 1)),
        }
        ranges = {
            title: _range(place, len(items))
            for place, (title, items) in enumerate(self.columns.items())
        }
        self.fillings = Fillings(
            texts=ranges[_FILLINGS],
            words=ranges[_FILLING_WORDS],
            letters=ranges[_LETTERS],
            signs=ranges[_SIGNS],
        )
        self.said, self.said_short, self.said_ranks = (
            ranges[title] for title in (_SAID, _SHORT, _RANKS)
        )
        self._marks: list[str] = []
        self._levels: list[ScaleRanges] = []
        for number in range(1, len(self.scales) + 1):
            end = f" {number}" if number > 1 else ""
            labels, points = (ranges.get(f"{title}{end}", "") for title in (_LEVELS, _POINTS))
            self._levels.append(ScaleRanges(labels=labels, points=points))
            self._marks.append(ranges[f"{_MARKS}{end}"])
        self._place = {code: self.scales.index(item) for code, item in referential.scale_of.items()}
        self._block = ranges[_BLOCK_CHOICES]
        self._certification = ranges[_CERTIFICATION_CHOICES]
        self._own_block, self._own_certification = (
            _range(list(self.columns).index(title), len(self.columns[title]), skipped=1)
            for title in (_BLOCK_CHOICES, _CERTIFICATION_CHOICES)
        )
        self._yes_no = ranges[_YES_NO]
        self._mention = ranges.get(_MENTION_CHOICES, "")

    def place_of(self, criterion: Criterion) -> int:
        """Return the place among `scales` of the one that a criterion is marked on."""
        return self._place[criterion.code]

    def levels(self, criterion: Criterion) -> ScaleRanges:
        """Return where the levels of a criterion's scale are listed."""
        return self._levels[self.place_of(criterion)]

    def mark(self, cell: str, place: int = 0) -> dict[str, object]:
        """Return the validation of mark cells.

        Args:
            cell: the first one's relative address.
            place: that of their scale; the default one is the first.
        """
        if self._marks[place]:
            return _from_list(self._marks[place], "une valeur de l'échelle, ou « Non observé »")
        return {
            **mark_rule(self.scales[place], cell, ""),
            "error_title": "Valeur non prévue",
            "error_message": note_refusal(self.scales[place]),
        }

    def decision(self, proposal: str, *, certification: bool) -> dict[str, object]:
        """Return the validation of the jury's decision on what this cell says.

        The proposal's adoption is offered only where it settles the line.
        """
        every = self._certification if certification else self._block
        own = self._own_certification if certification else self._own_block
        unsettled = ",".join(f"{proposal}={text(word)}" for word in layout.UNSETTLED)
        return _from_list(
            f"IF(OR({unsettled}),{own},{every})", "une décision de la liste, ou laisser vide"
        )

    def mention(self) -> dict[str, object]:
        """Return the validation of the jury's decision on a mention."""
        return _from_list(self._mention, "une mention de la liste, ou laisser vide")

    def yes_no(self) -> dict[str, object]:
        """Return the validation of a cell that says Oui or Non."""
        return _from_list(self._yes_no, "Oui ou Non")


def _range(column: int, items: int, *, skipped: int = 0) -> str:
    """Return where so many items stand below the header of a column; empty for none.

    The first ones may be skipped.
    """
    if not items:
        return ""
    cells = xl_range_abs(_FIRST_ITEM - 1 + skipped, column, items, column)
    return f"{sheet_prefix(layout.LISTS_SHEET)}{cells}"


def write_lists(book: ConsolidationBook) -> None:
    """Add the sheet, and fill it."""
    columns = book.lists.columns
    sheet = LiveSheet(book, layout.LISTS_SHEET, [SheetColumn(title, 24) for title in columns])
    for title in columns:
        sheet.write(1, title, title, Style.HEADER)
    for row, items in enumerate(zip_longest(*columns.values()), start=_FIRST_ITEM):
        for title, item in zip(columns, items, strict=True):
            if item is not None:
                sheet.write(row, title, item, Style.HIDDEN)
    sheet.worksheet.hide()


def _from_list(source: str, what: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"={source}",
        "error_title": "Valeur non prévue",
        "error_message": f"Choisir {what}.",
    }
