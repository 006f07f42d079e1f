"""Limits on what is read of a returned file: above any grid, below what harms a machine.

A reading has a scope, too: it may want some sheets and some facts of a workbook alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping  # noqa: TC003 - at run time, by whoever copies it
from dataclasses import field

from sheetgen.lazy_dataclass import dataclass
from sheetgen.text.fold import nearest

MEBIBYTE = 1 << 20

FILE_BYTES = 50 * MEBIBYTE
"""A workbook, as it lies on disk or inflated from an archive."""

ARCHIVE_BYTES = 200 * MEBIBYTE
"""An archive on disk."""

ARCHIVE_ENTRIES = 5_000
ARCHIVE_INFLATED_BYTES = 500 * MEBIBYTE
"""All members of an archive, those of the archives inside it included."""

PARTS = 2_000
"""Parts of one workbook."""

INFLATED_BYTES = 100 * MEBIBYTE
"""All parts of one workbook, really inflated."""

RATIO = 200
RATIO_FROM_BYTES = 10 * MEBIBYTE
"""Inflated size over compressed size, for what inflates beyond the second figure."""

ROWS = 100_000
COLUMNS = 1_000
CELLS = 2_000_000
"""Rows times columns of the area a sheet's filled cells span; a grid has hundreds of rows, the
consolidation of a thousand candidates 71,000. It is also how many cells the counts of repeated
cells of one .ods may stand for."""

SPACES = 32_767
"""Spaces that one mark stands for in .ods: the length of Excel's longest text."""


def too_far(rows: int, columns: int) -> bool:
    """Return whether a sheet this large is refused."""
    return rows > ROWS or columns > COLUMNS or rows * columns > CELLS


_LONGEST_NAME = 100
"""Characters of a name that are compared; Excel's have 31."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The sheets and the facts that are wanted: all values, formulas and errors, unless it says so.

    It is a matter of .xlsx alone: of the other formats, everything is read within the limits.

    Attributes:
        bare: names of sheets of which the first two columns are enough.
        columns: by the name of a sheet, to the letter, the headers of the columns that are wanted
            of it, with or without a number after them: below the first row that has them all,
            whatever stands in other columns is not looked at.
        sheets: the sheets wanted; of those whose name resembles none of theirs, the name alone is
            given. None for all.
        left_out: names of sheets, to the letter, of which the name alone is given, whatever
            `sheets` says.
        formula: how many characters of a formula are wanted at most: of a longer one, it is known
            that there is one. None for any number.
        formats: whether the number formats are wanted, too.
        anywhere: whether cells may lie as far away as a sheet has room.
        cells: how many filled ones a sheet may have; None for no more than fit within the limits.
        alike: whether files are to follow whose rows and cells are mostly those of this one, so
            that what is read is worth keeping. It costs three times the reading of a file that
            comes alone.
    """

    bare: Collection[str] = ()
    columns: Mapping[str, Collection[str]] = field(default_factory=dict)
    sheets: Collection[str] | None = None
    left_out: Collection[str] = ()
    formula: int | None = None
    formats: bool = False
    anywhere: bool = False
    cells: int | None = None
    alike: bool = True

    def reads(self, name: str) -> bool:
        """Return whether a sheet is read at all."""
        if name in self.left_out:
            return False
        return self.sheets is None or nearest(name[:_LONGEST_NAME], self.sheets) is not None


WHOLE = Scope()
"""Everything that a workbook says, as far as the limits on returned files let it."""
