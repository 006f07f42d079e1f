"""Cell formats as both writers of workbooks make them: one font, one body size, tones of colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetgen.excel.text_fit import FONT

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from sheetgen.excel.palette import Tone


@dataclass(frozen=True, kw_only=True)
class CellFormats:
    """Makes the cell formats of one workbook; no slots, so that a subclass may keep each.

    Formats have their numbers in the order in which they are made, used or not. Those of equal
    properties are one: XlsxWriter works out for each cell of a second one which it equals.
    """

    workbook: Workbook
    _made: dict[frozenset[tuple[str, object]], Format] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def make(self, ink: str, **properties: object) -> Format:
        """Return a new format of a cell: text of this colour, and XlsxWriter's properties."""
        made = self._add(
            {
                "font_name": FONT,
                "font_size": 11,
                "font_color": f"#{ink}",
                "valign": "vcenter",
                **properties,
            }
        )
        made._get_xf_index()  # noqa: SLF001 (nothing public gives a format its number)
        return made

    def make_conditional(self, tone: Tone, **properties: object) -> Format:
        """Return a new format for a condition: it gives a cell the tone's colours."""
        made = self._add(
            {"font_color": f"#{tone.ink}", "bg_color": f"#{tone.ground}", **properties}
        )
        made._get_dxf_index()  # noqa: SLF001 (likewise)
        return made

    def _add(self, properties: dict[str, object]) -> Format:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self.workbook.add_format(properties)
        return self._made[key]
