"""Files that came back: found, identified, judged, settled, sent back where faulty.

`find_returns` lists the files, archives opened; `collect_returns` says what each of them is worth
for those `Expected`; `History` remembers what counted. `render_corrections` makes the grids that go
back and is imported where it is asked for: it needs what writes workbooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late
from sheetgen.returns.collect import Collection, collect_returns
from sheetgen.returns.deciding_ahead import DecidedAhead, DecidingAhead
from sheetgen.returns.files import UnreadableFileError
from sheetgen.returns.find import FoundFile, find_returns
from sheetgen.returns.findings import FindingState, ReadMarks
from sheetgen.returns.grid_states import TOLD_HEADINGS, TOLD_STATES, state_of
from sheetgen.returns.history import (
    History,
    changes_since,
    corrected_contents,
    counted_returns,
    read_history,
    write_history,
)
from sheetgen.returns.identify import Expected
from sheetgen.returns.marks import MarkReader
from sheetgen.returns.stand_ins import Seats, chains_of

if TYPE_CHECKING:
    from sheetgen.returns.corrections import render_corrections
else:
    __getattr__ = late(
        __name__,
        corrections=("render_corrections",),
    )

__all__ = [
    "TOLD_HEADINGS",
    "TOLD_STATES",
    "Collection",
    "DecidedAhead",
    "DecidingAhead",
    "Expected",
    "FindingState",
    "FoundFile",
    "History",
    "MarkReader",
    "ReadMarks",
    "Seats",
    "UnreadableFileError",
    "chains_of",
    "changes_since",
    "collect_returns",
    "corrected_contents",
    "counted_returns",
    "find_returns",
    "read_history",
    "render_corrections",
    "state_of",
    "write_history",
]
