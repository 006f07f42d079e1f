"""Cells of the tables that commands show, drawn as Rich draws its own, in a third of the time.

A session has a thousand candidates, of which hardly a cell has to be wrapped: those that fit on one
line are padded here, all others are left to Rich.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


@dataclass(frozen=True, slots=True)
class TableCell:
    """A text that is no markup, in a style, in a column that is left-justified or centred."""

    text: str
    style: str = ""

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the widths of the longest word and of the whole."""
        if not self._is_plain():
            return Measurement.get(console, options, self._rich())
        widest = max(map(cell_len, self.text.split()))
        return Measurement(widest, cell_len(self.text))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the text and the blanks around it."""
        room = options.max_width - cell_len(self.text)
        if room < 0 or options.justify not in ("left", "center") or not self._is_plain():
            yield self._rich()
            return
        before = room // 2 if options.justify == "center" else 0
        if before:
            yield Segment(" " * before)
        yield Segment(self.text, console.get_style(self.style) if self.style else None)
        if room > before:
            yield Segment(" " * (room - before))

    def _is_plain(self) -> bool:
        """Return whether it is one line on which Rich changes nothing."""
        return self.text.isprintable() and self.text == self.text.strip() != ""

    def _rich(self) -> Text:
        return Text.assemble((self.text, self.style)) if self.style else Text(self.text)
