"""How a grid looks: one palette and the cell formats made from it.

Every text colour stands at 4.5:1 or more on its ground, whatever colour the school chose; a test
holds that for the whole palette.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT = "Calibri"
INK = "1F2933"
WHITE = "FFFFFF"
PRIMARY = "1F4E79"
LOCKED = "EEF1F5"
INPUT = "FFFBE6"
BORDER = "9AA5B1"
MUTED = "52606D"
TO_DO = "B54708"
TO_DO_GROUND = "FFF1E0"
DONE = "1E6B3A"
DONE_GROUND = "E6F4EA"
WRONG = "A61B1B"
WRONG_GROUND = "FDE8E8"

GROUNDS: Mapping[str, tuple[str, ...]] = {
    INK: (WHITE, LOCKED, INPUT),
    MUTED: (WHITE, LOCKED),
    TO_DO: (TO_DO_GROUND,),
    DONE: (DONE_GROUND,),
    WRONG: (WRONG_GROUND,),
    PRIMARY: (WHITE, LOCKED),
}
"""Which text colour is used on which grounds."""


def luminance(colour: str) -> float:
    """Relative luminance of an `RRGGBB` colour, in [0, 1] (WCAG 2.1)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.1)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(ground: str) -> str:
    """White or ink, whichever reads better on the ground; one of them always reaches 4.5:1."""
    return max((WHITE, "000000"), key=lambda colour: contrast(colour, ground))


def darkened(colour: str) -> str:
    """The colour itself, or as dark as it takes to be read as text on white and on grey."""
    while min(contrast(colour, ground) for ground in (WHITE, LOCKED)) < 4.5:
        channels = [int(colour[start : start + 2], 16) * 9 // 10 for start in (0, 2, 4)]
        colour = "".join(f"{channel:02X}" for channel in channels)
    return colour


@dataclass(frozen=True, kw_only=True)
class Styles:
    """The cell formats of one workbook, each made once; no slots, so that they are kept."""

    workbook: Workbook
    primary: str = PRIMARY

    def _format(self, **properties: object) -> Format:
        base: dict[str, object] = {
            "font_name": FONT,
            "font_size": 11,
            "font_color": f"#{INK}",
            "valign": "top",
            "text_wrap": True,
        }
        return self.workbook.add_format(base | properties)

    def _boxed(self, **properties: object) -> Format:
        return self._format(border=1, border_color=f"#{BORDER}", **properties)

    @cached_property
    def title(self) -> Format:
        """A sheet's title."""
        return self._format(
            bold=True,
            font_size=16,
            valign="vcenter",
            font_color=f"#{text_on(self.primary)}",
            bg_color=f"#{self.primary}",
        )

    @cached_property
    def subtitle(self) -> Format:
        """Who and what, under the title."""
        return self._format(font_color=f"#{MUTED}", valign="vcenter")

    @cached_property
    def section(self) -> Format:
        """A part's heading on the first sheet."""
        return self._format(
            bold=True,
            font_size=12,
            valign="vcenter",
            font_color=f"#{darkened(self.primary)}",
            bottom=2,
            bottom_color=f"#{self.primary}",
        )

    @cached_property
    def header(self) -> Format:
        """A table's header row."""
        return self._boxed(
            bold=True,
            valign="vcenter",
            font_color=f"#{text_on(self.primary)}",
            bg_color=f"#{self.primary}",
        )

    @cached_property
    def heading(self) -> Format:
        """A competency's heading."""
        return self._boxed(bold=True, bg_color=f"#{LOCKED}")

    @cached_property
    def outcome(self) -> Format:
        """An outcome in words."""
        return self._boxed(bold=True, bg_color=f"#{LOCKED}", align="center", valign="vcenter")

    @cached_property
    def method(self) -> Format:
        """An assessment method."""
        return self._boxed(font_color=f"#{MUTED}", font_size=11)

    @cached_property
    def text(self) -> Format:
        """A text that a juror reads."""
        return self._boxed()

    @cached_property
    def label(self) -> Format:
        """What the cell at its right holds."""
        return self._boxed(bold=True, bg_color=f"#{LOCKED}", valign="vcenter")

    @cached_property
    def value(self) -> Format:
        """A value that the grid gives."""
        return self._boxed(valign="vcenter")

    @cached_property
    def plain(self) -> Format:
        """A line of text without a box."""
        return self._format(valign="vcenter")

    @cached_property
    def code(self) -> Format:
        """A code, kept as text."""
        return self._boxed(bold=True, num_format="@")

    @cached_property
    def mark(self) -> Format:
        """Where a juror marks."""
        return self._boxed(
            bg_color=f"#{INPUT}", locked=False, align="center", valign="vcenter", bold=True
        )

    @cached_property
    def comment(self) -> Format:
        """Where a juror writes; a text that begins with an equals sign stays a text."""
        return self._boxed(bg_color=f"#{INPUT}", locked=False, num_format="@")

    @cached_property
    def choice(self) -> Format:
        """Where a juror chooses from a list, outside the bloc sheets."""
        return self._boxed(
            bg_color=f"#{INPUT}", locked=False, valign="vcenter", bold=True, align="center"
        )

    @cached_property
    def day(self) -> Format:
        """Where a juror writes a date."""
        return self._boxed(
            bg_color=f"#{INPUT}",
            locked=False,
            valign="vcenter",
            align="center",
            num_format="dd/mm/yyyy",
        )

    @cached_property
    def exempt(self) -> Format:
        """A mark that is not to be given."""
        return self._boxed(
            bg_color=f"#{LOCKED}",
            font_color=f"#{MUTED}",
            italic=True,
            align="center",
            valign="vcenter",
        )

    @cached_property
    def points(self) -> Format:
        """Points, as many decimals as they have."""
        return self._boxed(
            bg_color=f"#{LOCKED}", align="center", valign="vcenter", num_format="0.##;-0.##;0"
        )

    @cached_property
    def state(self) -> Format:
        """What is still to do on a row."""
        return self._boxed(bg_color=f"#{LOCKED}", align="center", valign="vcenter")

    @cached_property
    def percentage(self) -> Format:
        """A score, shown as a percentage."""
        return self._boxed(align="center", valign="vcenter", num_format="0 %")

    @cached_property
    def link(self) -> Format:
        """A link to another sheet."""
        return self._boxed(
            bold=True, underline=1, valign="vcenter", font_color=f"#{darkened(self.primary)}"
        )

    @cached_property
    def to_do(self) -> Format:
        """Conditional: something is still to do."""
        return self._conditional(TO_DO, TO_DO_GROUND)

    @cached_property
    def done(self) -> Format:
        """Conditional: done, acquired."""
        return self._conditional(DONE, DONE_GROUND)

    @cached_property
    def wrong(self) -> Format:
        """Conditional: refused, not acquired."""
        return self._conditional(WRONG, WRONG_GROUND)

    def _conditional(self, colour: str, ground: str) -> Format:
        return self.workbook.add_format(
            {"font_color": f"#{colour}", "bg_color": f"#{ground}", "bold": True}
        )
