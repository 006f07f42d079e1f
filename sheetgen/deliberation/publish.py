"""Writing the data side of `final/`: decisions as JSON and CSV, and the next session's workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import write_decisions_csv
from sheetgen.deliberation.freezing import write_final_decisions
from sheetgen.deliberation.next_session import NEXT_SESSION, check_next_session, write_next_session

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.deliberation.records import FinalDecisions
    from sheetgen.problems import Problem

CSV = "decisions.csv"


def write_final(folder: Path, final: FinalDecisions) -> tuple[list[Path], list[Problem]]:
    """Writes what `folder` lacks of these files; the files, and what there is to say of them.

    `final` is what `open_final` gave: what is there already is then the same. The decisions come
    first, for they close the session: a run cut short is finished by the next.

    Raises:
        OSError: a file cannot be written.
    """
    table, upcoming = folder / CSV, folder / NEXT_SESSION
    files = [write_final_decisions(folder, final), table, upcoming]
    if not table.exists():
        write_decisions_csv(table, final.decisions)
    if not upcoming.exists():
        write_next_session(upcoming, final)
    return files, check_next_session(upcoming, final)
