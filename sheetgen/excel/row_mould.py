"""One row of a sheet that XlsxWriter wrote once, filled with other places and values.

The row is cut wherever it says its own number, its height or a cell's value, and where a formula
says the number of another row (`gap_mark`). What comes out is what XlsxWriter would have written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from sheetgen.excel.mould import gap_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SAMPLE_ROW = 1_048_576
"""The row, from 1, where the sample stands: the last of a sheet, which no table reaches."""

SAMPLE_HEIGHT = "408.75"
"""The height that the sample has, if any, as the file says it."""

_OTHER = gap_mark(0).replace("0", "(?P<other>[0-9]+)", 1)
_GAPS = re.compile(
    rf'(?:<row|<c) r="[A-Z]*(?P<own>{SAMPLE_ROW})"'
    rf'|(?<=") ht="(?P<height>{re.escape(SAMPLE_HEIGHT)})" customHeight='
    rf"|{_OTHER}"
    r"|<v>(?P<value>[^<]*)</v>"
)
"""What stands between tags has no `<`, and a height comes before any cell."""

_OTHER_ROW = re.compile(_OTHER)


@dataclass(frozen=True, slots=True)
class RowMould:
    """A row with gaps.

    Attributes:
        template: the row, `%s` in each gap.
        in_order: puts the texts of the gaps in the order in which they stand in the row.
    """

    template: str
    in_order: Callable[[Sequence[str]], tuple[str, ...]]

    @classmethod
    def of(cls, sample: str, rows: int) -> RowMould:
        """Return the mould of a row that stands at `SAMPLE_ROW`.

        Args:
            sample: as XlsxWriter wrote it.
            rows: how many rows it names, itself first: so many texts come before the height.
        """
        pieces, gaps, end = [], [], 0
        for start, stop, gap in _gaps(sample, rows):
            pieces.append(sample[end:start].replace("%", "%%"))
            gaps.append(gap)
            end = stop
        pieces.append(sample[end:].replace("%", "%%"))
        return cls("%s".join(pieces), itemgetter(*gaps))

    def fill(self, texts: Sequence[str]) -> str:
        """Return the row with these texts: numbers of rows, the height, then its cells' values."""
        return self.template % self.in_order(texts)


def without_gaps(formula: str, texts: Sequence[object]) -> str:
    """Return a formula with these texts in its gaps, by their numbers."""
    return _OTHER_ROW.sub(lambda found: str(texts[int(found["other"])]), formula)


def _gaps(sample: str, rows: int) -> Iterator[tuple[int, int, int]]:
    """Yield where each gap begins and ends, and the number of its text."""
    value = rows
    for found in _GAPS.finditer(sample):
        if found["own"]:
            yield *found.span("own"), 0
        elif found["height"]:
            yield *found.span("height"), rows
        elif found["other"]:
            yield *found.span(), int(found["other"])
        else:
            value += 1
            yield *found.span("value"), value
