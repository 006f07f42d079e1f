"""How much of a returned file is read: far above any grid, far below what harms a machine."""

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
