"""Lays out the « Lisez-moi » sheet of a source workbook; `guide` has its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from sheetgen.excel.text_fit import FONT
from sheetgen.sources.write.guide import TIPS, guide_for, typeset
from sheetgen.sources.write.source_styles import (
    BORDER,
    DARK,
    INPUT,
    Value,
    fit_row,
    prepare_print,
    put,
    solid,
    style_header,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from sheetgen.sources.schema import WorkbookSpec

SOURCE_HEADING = "Source"
"""The heading in « Lisez-moi » under which the source's remaining texts stand."""


def fill_readme(target: Worksheet, spec: WorkbookSpec, source: Sequence[str]) -> None:
    """Explain the workbook: what it is for, its sheets, its colours, what to do in what order."""
    guide = guide_for(spec)
    target.column_dimensions["A"].width = 24
    target.column_dimensions["B"].width = 108
    target.sheet_view.showGridLines = False
    title = target.cell(1, 1, spec.title)
    title.font = Font(name=FONT, size=20, bold=True, color=DARK)
    target.row_dimensions[1].height = 32
    _add_line(target, "À quoi il sert", typeset(guide.introduction))
    _add_heading(target, "Les feuilles")
    for sheet in spec.sheets:
        _link(_add_line(target, sheet.name, typeset(sheet.help)), sheet.name)
    _add_heading(target, "Les couleurs")
    style_header(_add_line(target, "Colonne", "À remplir obligatoirement."), required=True)
    style_header(_add_line(target, "Colonne", "Facultative."), required=False)
    fill = _add_line(
        target, "Valeur", typeset("À remplir ; le nom d'une ligne obligatoire est en gras.")
    )
    fill.fill = solid(INPUT)
    fill.border = BORDER
    _add_heading(target, "Comment faire")
    for number, step in enumerate(guide.steps, start=1):
        _add_line(target, number, typeset(step))
    _add_heading(target, "Bon à savoir")
    for tip in TIPS:
        _add_line(target, "•", typeset(tip))
    if source:
        _add_heading(target, SOURCE_HEADING)
        for text in source:
            _add_line(target, None, text)
    prepare_print(target)


def _add_heading(target: Worksheet, text: str) -> None:
    row = target.max_row + 2
    for place in (1, 2):
        target.cell(row, place).border = Border(bottom=Side(style="medium", color=DARK))
    heading = target.cell(row, 1, text)
    heading.font = Font(name=FONT, size=14, bold=True, color=DARK)
    target.row_dimensions[row].height = 24


def _add_line(target: Worksheet, label: Value, text: str) -> Cell:
    """Add a line under the last one and returns its first cell."""
    row = target.max_row + 1
    first = target.cell(row, 1, label)
    first.font = Font(name=FONT)
    first.alignment = Alignment(vertical="center", horizontal="left", indent=1)
    second = put(target, row, 2, text)
    second.font = Font(name=FONT)
    second.alignment = Alignment(vertical="center", wrap_text=True)
    fit_row(target, row)
    return first


def _link(cell: Cell, sheet: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!A1")
    cell.font = Font(name=FONT, color="0563C1", underline="single")
