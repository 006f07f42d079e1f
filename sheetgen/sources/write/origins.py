"""The sheet « Import » of a draft, as it is written: where each text comes from, and counts."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from sheetgen.excel.text_fit import FONT
from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.schema import IMPORT, NO, REVIEWED, YES
from sheetgen.sources.write.readme import typeset
from sheetgen.sources.write.source_styles import (
    BORDER,
    DARK,
    GREY,
    INPUT,
    TOP,
    Value,
    fit_row,
    prepare_print,
    put,
    solid,
    style_header,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_HOW = (
    "Écrire Oui quand tout a été relu à côté du document. D'ici là, « sheetgen check » le rappelle "
    "et « generate » refuse ce brouillon."
)
_HEADER_ROW = 3
_COUNTS = "Nombres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Lines of the sheet « Import ».

    Attributes:
        lines: the values of each, by the names of the columns.
        counts: what is counted under them, by its name.
        grounds: the colour (`RRGGBB`) behind a line, by its state.
    """

    lines: Sequence[Mapping[str, Value]]
    counts: Mapping[str, int]
    grounds: Mapping[str, str] = field(default_factory=dict)


def fill_origins(target: Worksheet, origins: Origins) -> None:
    """Write the row to be answered, the lines under their headers, and the counts at the end."""
    for place, column in enumerate(IMPORT.columns, start=1):
        target.column_dimensions[get_column_letter(place)].width = column.width
        style_header(target.cell(_HEADER_ROW, place, column.name), required=False)
    _ask(target)
    row = _HEADER_ROW
    for number, line in enumerate(origins.lines, start=1):
        row += 1
        _add_line(target, row, {**line, "N°": number}, origins)
    last = get_column_letter(len(IMPORT.columns))
    target.auto_filter.ref = f"A{_HEADER_ROW}:{last}{max(row, _HEADER_ROW)}"
    row += 2
    target.cell(row, 1, _COUNTS).font = Font(name=FONT, bold=True, color=DARK)
    for name, count in origins.counts.items():
        row += 1
        put(target, row, 2, name).font = Font(name=FONT)
        target.cell(row, 3, count).font = Font(name=FONT, bold=True)
        target.cell(row, 3).alignment = TOP
    target.freeze_panes = f"A{_HEADER_ROW + 1}"
    target.sheet_properties.tabColor = "C00000"
    prepare_print(target)
    target.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _ask(target: Worksheet) -> None:
    """Write the row that says whether somebody has read the draft."""
    name = target.cell(1, 1, REVIEWED)
    name.font = Font(name=FONT, bold=True)
    answer = target.cell(1, 2, NO)
    answer.font = Font(name=FONT, bold=True)
    answer.fill = solid(INPUT)
    answer.border = BORDER
    advice = target.cell(1, 3, typeset(_HOW))
    advice.font = Font(name=FONT, color=GREY)
    target.merge_cells(start_row=1, start_column=3, end_row=1, end_column=len(IMPORT.columns))
    choice = DataValidation(type="list", formula1=f'"{YES},{NO}"', allow_blank=False)
    choice.add(answer.coordinate)
    target.add_data_validation(choice)


def _add_line(target: Worksheet, row: int, line: Mapping[str, Value], origins: Origins) -> None:
    ground = origins.grounds.get(str(line.get("État")))
    for place, column in enumerate(IMPORT.columns, start=1):
        cell = put(target, row, place, line.get(column.name))
        cell.font = Font(name=FONT)
        cell.alignment = TOP
        cell.border = BORDER
        if ground is not None:
            cell.fill = solid(ground)
    fit_row(target, row)
