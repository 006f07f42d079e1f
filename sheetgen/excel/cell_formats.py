"""Cell formats as both writers of workbooks make them: one font, one body size, tones of colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.excel.text_fit import FONT

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from sheetgen.excel.palette import Tone


@dataclass(frozen=True, kw_only=True)
class CellFormats:
    """Makes the cell formats of one workbook; no slots, so that a subclass may keep each."""

    workbook: Workbook

    def make(self, ink: str, **properties: object) -> Format:
        """Return a new format of a cell: text of this colour, and XlsxWriter's properties."""
        return self.workbook.add_format(
            {
                "font_name": FONT,
                "font_size": 11,
                "font_color": f"#{ink}",
                "valign": "vcenter",
                **properties,
            }
        )

    def make_conditional(self, tone: Tone, **properties: object) -> Format:
        """Return a new format for a condition: it gives a cell the tone's colours."""
        return self.workbook.add_format(
            {"font_color": f"#{tone.ink}", "bg_color": f"#{tone.ground}", **properties}
        )
