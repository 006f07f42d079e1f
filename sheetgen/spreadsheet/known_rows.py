"""A row that comes again in workbooks made alike, with the values that it had last."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from sheetgen.spreadsheet.contents import SharedCells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.spreadsheet.contents import RawCell
    from sheetgen.spreadsheet.xlsx_rows import RowContent


class KnownRow:
    """A row that was read, with its values where it holds nothing but texts.

    These depend on the shared texts that it names alone: they are the same as long as those are.
    Styles, the calendar and formats make something of numbers only, so that a row with any other
    cell than texts keeps no values.

    Attributes:
        content: what is written in it.
        row: counted from zero.
        formulas: by place.
        pick: returns the texts that it names; None where its values depend on anything else.
        texts: those that it named last.
        cells: the values that it had then, by column.
    """

    __slots__ = ("cells", "content", "formulas", "pick", "row", "texts")

    def __init__(self, content: RowContent) -> None:
        """Know nothing yet of the values of a row."""
        self.content = content
        self.row, self.formulas = content.row, content.formulas
        self.texts: tuple[str, ...] = ()
        self.cells: Mapping[int, RawCell] = {}
        self.pick: Callable[[Mapping[str, str]], tuple[str, ...]] | None = None
        numbers = [number for _, number, own in content.texts if not own]
        if numbers and not content.cells:
            self.pick = itemgetter(*numbers, numbers[0])

    def keep(self, texts: Mapping[str, str], cells: Mapping[int, RawCell]) -> int:
        """Keep its values where the shared texts are these; return how much longer that makes it.

        That is in characters, as those before are forgotten.
        """
        if self.pick is None:
            return 0
        try:
            found = self.pick(texts)
        except KeyError:
            return 0
        former, self.texts, self.cells = self.texts, found, SharedCells(cells)
        return sum(map(len, found)) - sum(map(len, former))
