"""One juror's grids to one zip archive."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The zip format's first day, given to every grid."""


def pack_grids(grids: Mapping[str, bytes]) -> bytes:
    """Return the grids, by file name, as a zip archive: the same grids give the same bytes.

    They are stored as they are, for a workbook is compressed already.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(grids):
            entry = zipfile.ZipInfo(name, date_time=_FIRST_DAY)
            entry.create_system = 0
            archive.writestr(entry, grids[name])
    return made.getvalue()
