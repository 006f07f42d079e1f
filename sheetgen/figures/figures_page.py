"""The statistics as one page: self-contained, charts beside their tables, readable on paper.

The charts are bars that a template of forty lines draws: nothing else is asked of them, and a
library of charts would bring scripts to a page that needs none.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.excel import palette, text_fit
from sheetgen.figures.figure_tables import ColumnKind
from sheetgen.files import filled_page
from sheetgen.lazy_dataclass import dataclass
from sheetgen.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.figures.figure_tables import FigureChart, FigureTable, Value

_FOLDER = Path(__file__).parent
_TEMPLATE = "figures_page.html.j2"
_BARS = 20
"""The most bars of a chart, which fit on a sheet of paper; the table has them all."""
_LONGEST = 46
_BAR_HEIGHT = 26
_LABEL_FONT = text_fit.Font(size=10)
_FULL = 520
"""The length of a bar of 100 %, in units of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart; `length` and `y` are in units of the drawing."""

    label: str
    text: str
    counts: str
    length: float
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnChart:
    """A chart as the template draws it; `left` is the room of its labels."""

    title: str
    bars: tuple[Bar, ...]
    left: int
    height: int
    hidden: int
    few: int


def render_page(tables: Sequence[FigureTable], told: Sequence[str]) -> bytes:
    """Return the page, as `render_book` does the workbook."""
    shown = [
        {
            "table": table,
            "charts": list(_charts(table)),
            "kinds": [column.kind.name.lower() for column in table.columns],
            "rows": [
                [table.text(row, place) for place in range(len(table.columns))]
                for row in table.rows
            ],
            "names": _names(table),
        }
        for table in tables
        if table.page
    ]
    text = filled_page(_FOLDER, _TEMPLATE, told=told, shown=shown, palette=palette, full=_FULL)
    return text.encode("utf-8", "xmlcharrefreplace")


def _names(table: FigureTable) -> int:
    """Return how many of the first columns name the row."""
    count = 0
    for column in table.columns:
        if column.kind is not ColumnKind.TEXT:
            break
        count += 1
    return count


def _charts(table: FigureTable) -> Iterator[DrawnChart]:
    for chart in table.charts:
        rated = [row for row in table.rows if table.rate(row, chart.rate) is not None]
        if not rated:
            continue
        # Sessions stand by day: the last ones are those to look at.
        shown = rated[-_BARS:] if chart.latest else rated[:_BARS]
        bars = tuple(_bar(table, chart, row, at) for at, row in enumerate(shown))
        widest = max(text_fit.text_width(bar.label, _LABEL_FONT) for bar in bars)
        yield DrawnChart(
            title=chart.title,
            bars=bars,
            left=int(widest) + 14,
            height=len(bars) * _BAR_HEIGHT + 28,
            hidden=len(rated) - len(bars),
            few=len(table.rows) - len(rated),
        )


def _bar(table: FigureTable, chart: FigureChart, row: tuple[Value, ...], at: int) -> Bar:
    part, whole = table.columns[chart.rate].over
    label = " · ".join(str(row[place]) for place in chart.labels if row[place])
    rate = table.rate(row, chart.rate) or 0.0
    return Bar(
        label=shortened(label, _LONGEST),
        text=table.text(row, chart.rate),
        counts=f"{row[part]} sur {row[whole]}",
        length=round(rate * _FULL, 1),
        y=at * _BAR_HEIGHT + 4,
    )
