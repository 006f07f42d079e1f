"""Limits on what is read of a returned file: above any grid, below what harms a machine."""

from __future__ import annotations

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
