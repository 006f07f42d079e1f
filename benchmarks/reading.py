"""Read each return of a session as commands do, and nothing more: `reading.py FOLDER`.

In processes that may die, with every check of the reader: whose grid it is and what its marks count
for come after, in `status`. Measured beside `rivals.py read`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sheetgen.grid.read import ReadGrid, read_grid
from sheetgen.returns import find_returns
from sheetgen.spreadsheet.contained import ReadFile, read_contained


def read(folder: Path) -> None:
    """Read each return, in one process beside this one.

    Raises:
        TypeError: one is refused.
    """
    files, _ = find_returns(sorted(folder.glob("outputs/*/retours")))
    for _, made in read_contained(files, ReadFile(read=read_grid, answer=ReadGrid), jobs=1):
        if not isinstance(made, ReadGrid):
            raise TypeError(str(made))


if __name__ == "__main__":
    read(Path(sys.argv[1]))
