"""Native Excel charts over the small tables of the summary."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.consolidation.styles import PLAIN, PRIMARY
from sheetgen.excel import formats
from sheetgen.excel.text_fit import FONT
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.consolidation.sheets.live_sheet import LiveSheet
    from sheetgen.excel import Content

CHART_HEIGHT = 280
"""In pixels."""

_TEXT = {"name": FONT, "size": 10, "color": f"#{PLAIN.ink}"}
_TITLE = {"name": FONT, "size": 13, "bold": True, "color": f"#{PLAIN.ink}"}
_FAINT = {"color": "#D5DAE0", "width": 0.75}
_VALUES = 2
_FULL_BAR = 1.15
"""Where the axis of a percentage ends: above 100 %, so that its number clears the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """The rows of a small table, counted from 1, its header left out, and what is in them."""

    first: int
    last: int
    lines: tuple[tuple[Content, ...], ...]

    def column(self, place: int) -> list[str | float]:
        """Return a column's values, from 0; a chart keeps those for who does not recalculate."""
        contents = (line[place] for line in self.lines)
        values = (item.value if isinstance(item, Cell) else item for item in contents)
        return [value if isinstance(value, str) else float(value or 0) for value in values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One chart: bars of the table's third column, named by column `labels`, counted from 0."""

    kind: str
    title: str
    table: ChartTable
    labels: int
    series: Mapping[str, object] = field(default_factory=dict)
    percentage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of a chart: a row from 1, a column from 0, and pixels."""

    row: int
    column: int
    left: int
    width: int


def draw(sheet: LiveSheet, drawing: Drawing, place: Place) -> None:
    """Insert the chart, with a text for those who cannot see it."""
    chart = sheet.book.workbook.add_chart({"type": drawing.kind})
    number_format = formats.PERCENT if drawing.percentage else formats.BAR_COUNT
    chart.add_series(
        {
            "name": drawing.title,
            "categories": _column(sheet, drawing, drawing.labels),
            "values": _column(sheet, drawing, _VALUES),
            "categories_data": drawing.table.column(drawing.labels),
            "values_data": drawing.table.column(_VALUES),
            "fill": {"color": f"#{PRIMARY.ground}"},
            "data_labels": {"value": True, "num_format": number_format, "font": _TEXT},
            **drawing.series,
        }
    )
    # Every bar has its number, so the axis of values only fixes where bars begin and end.
    values = {
        "min": 0,
        "visible": False,
        "major_gridlines": {"visible": False},
        **({"max": _FULL_BAR} if drawing.percentage else {}),
    }
    names = {"num_font": _TEXT, "line": _FAINT}
    if drawing.kind == "bar":
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "reverse": True, "major_gridlines": {"visible": False}})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    chart.set_title({"name": drawing.title, "name_font": _TITLE, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": _FAINT})
    chart.set_size({"width": place.width, "height": CHART_HEIGHT})
    options = {
        "x_offset": place.left,
        "object_position": 2,
        "description": f"Graphique : {drawing.title}, d'après le tableau à gauche.",
    }
    sheet.worksheet.insert_chart(place.row - 1, place.column, chart, options)


def _column(sheet: LiveSheet, drawing: Drawing, column: int) -> list[object]:
    return [sheet.name, drawing.table.first - 1, column, drawing.table.last - 1, column]
