"""The data side of a closing: decisions as JSON and CSV, and the next session's workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import write_decisions_csv
from sheetgen.files import replacing, write_json
from sheetgen.jury.closings import DECISIONS
from sheetgen.jury.final_files import final_members
from sheetgen.jury.next_session import NEXT_SESSION, write_next_session

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.jury.final_decisions import FinalDecisions

CSV = "decisions.csv"


def write_decided(folder: Path, final: FinalDecisions) -> list[Path]:
    """Write `decisions.json`, `decisions.csv` and `session-suivante.xlsx`; return their paths.

    Raises:
        OSError: a file cannot be written.
    """
    decisions, table, upcoming = folder / DECISIONS, folder / CSV, folder / NEXT_SESSION
    with replacing(decisions) as draft, draft.open("wb") as file:
        write_json(file, final_members(final))
    write_decisions_csv(table, final.decisions)
    write_next_session(upcoming, final)
    return [decisions, table, upcoming]
