"""Tables of figures, as both faces show them: the workbook with live rates, the page with charts.

A rate is never a number alone: it names the two columns that it divides, and below `LEAST` people
it is not worked out, since one of them would weigh more than ten points.
"""

from __future__ import annotations

from enum import Enum, auto

from sheetgen.lazy_dataclass import dataclass

LEAST = 10
"""The smallest number of people of whom a rate is given."""

NO_RATE = "—"

Value = str | int | float | None


class ColumnKind(Enum):
    """The kinds of column: a text, a count, a rate of two counts, points, a gap with its sign."""

    TEXT = auto()
    COUNT = auto()
    RATE = auto()
    POINTS = auto()
    GAP = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """A column of a table.

    Attributes:
        width: in characters.
        over: of a rate: the places of its numerator and its denominator, from 0.
        least: of a rate: the smallest denominator for which it is worked out.
    """

    name: str
    width: float
    kind: ColumnKind = ColumnKind.COUNT
    over: tuple[int, int] = (0, 0)
    least: int = LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChart:
    """Bars of a table's rates: the texts that name a bar, and the rate, as places from 0.

    Attributes:
        latest: whether the last rows matter most, where there are too many.
    """

    title: str
    labels: tuple[int, ...]
    rate: int
    latest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table; the cells of rates are left blank in `rows`, and worked out from the others.

    Attributes:
        sheet: the workbook's sheet.
        notes: sentences below the title.
        empty: the sentence that stands where there are no rows.
        page: whether the page shows it too.
    """

    sheet: str
    title: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    empty: str = "Le registre n'en tient pas."
    charts: tuple[FigureChart, ...] = ()
    page: bool = True

    def rate(self, row: tuple[Value, ...], place: int) -> float | None:
        """Return a rate, from 0 to 1; None where there are too few people for one."""
        column = self.columns[place]
        part, whole = row[column.over[0]], row[column.over[1]]
        if not isinstance(part, int) or not isinstance(whole, int) or whole < max(column.least, 1):
            return None
        return part / whole

    def text(self, row: tuple[Value, ...], place: int) -> str:
        """Return a cell as people read it, with a decimal comma; an empty text for None."""
        kind, value = self.columns[place].kind, row[place]
        if kind is ColumnKind.RATE:
            rate = self.rate(row, place)
            return NO_RATE if rate is None else f"{rate * 100:.1f}\u00a0%".replace(".", ",")
        if isinstance(value, int | float) and kind in (ColumnKind.POINTS, ColumnKind.GAP):
            sign = "+" if kind is ColumnKind.GAP and value > 0 else ""
            return f"{sign}{value:.2f}".replace(".", ",").replace("-", "\u2212")
        return "" if value is None else str(value)
