"""Recalculating a workbook in process, with ironcalc: what its formulas amount to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import ironcalc
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CellValue: TypeAlias = str | float
"""A text, a number (booleans too) or an error such as `#VALUE!`; an empty cell is an empty text."""


class Recalculated:
    """A workbook whose formulas were calculated again, whatever values were stored beside them.

    Sheets are named, cells are A1 addresses within them, with or without `$`.
    """

    def __init__(self, path: Path) -> None:
        self._model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        names = [sheet["name"] for sheet in self._model.get_worksheets_properties()]
        self._sheets: Mapping[str, int] = {name: place for place, name in enumerate(names)}
        self._model.evaluate()

    def value(self, sheet: str, cell: str) -> CellValue:
        """Return what one cell holds or amounts to."""
        row, column = xl_cell_to_rowcol(cell)
        value = self._model.get_cell_value(self._sheets[sheet], row + 1, column + 1)
        if value is None:
            return ""
        return value if isinstance(value, str) else float(value)

    def values(self, sheet: str, cells: Iterable[str]) -> dict[str, CellValue]:
        """Return what several cells hold or amount to, by address."""
        return {cell: self.value(sheet, cell) for cell in cells}

    def write(self, sheet: str, cell: str, value: CellValue) -> None:
        """Writes a value in a cell, as a person trying a change would, and calculates again."""
        row, column = xl_cell_to_rowcol(cell)
        place = (self._sheets[sheet], row + 1, column + 1)
        if isinstance(value, str):
            self._model.update_cell_with_text(*place, value)
        else:
            self._model.update_cell_with_number(*place, value)
        self._model.evaluate()

    def errors(self) -> dict[str, str]:
        """Every cell that shows an error, as in `BC01!D4`, with that error."""
        names = {place: name for name, place in self._sheets.items()}
        found = {}
        for place, row, column in self._model.get_all_cells():
            value = self._model.get_cell_value(place, row, column)
            if isinstance(value, str) and value.startswith("#"):
                found[f"{names[place]}!{xl_rowcol_to_cell(row - 1, column - 1)}"] = value
        return found


def recalculate(path: Path) -> Recalculated:
    """The workbook, calculated again."""
    return Recalculated(path)
