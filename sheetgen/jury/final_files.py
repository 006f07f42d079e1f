"""The data side of a closing: decisions as JSON and CSV, and the next session's workbook.

The shape of `decisions.json` is that of a consolidation's (DESIGN section 7): the outcomes are
those decided, and beside each stand what was proposed, who decided and why.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, cast

from sheetgen.consolidation import decisions_members, write_decisions_csv
from sheetgen.files import gathered, replacing, write_json
from sheetgen.jury.closings import DECISIONS, render_reopening
from sheetgen.jury.next_session import NEXT_SESSION, write_next_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sheetgen.jury.final_decisions import FinalDecisions
    from sheetgen.model import (
        BlockCode,
        BlockOutcome,
        CandidateId,
        CandidateRulings,
        CertificationOutcome,
        Ruling,
    )

Record = dict[str, object]


def render_final(final: FinalDecisions) -> Record:
    """Return the content of `final/decisions.json`, ready for the `json` module."""
    return gathered(final_members(final))


def final_members(final: FinalDecisions) -> Iterator[tuple[str, object]]:
    """Yield the members of the final `decisions.json`; candidates are made when asked for."""
    for name, value in decisions_members(final.decisions):
        if name == "candidates":
            candidates = cast("Iterator[Record]", value)
            yield name, (_render_candidate(item, final) for item in candidates)
        else:
            yield name, value
    closing = final.deliberation.closing
    yield "closing", {"date": closing.date.isoformat(), "time": f"{closing.time:%H:%M}"}
    yield "incidents", closing.incidents
    yield "observations", closing.observations
    yield "reopened", [render_reopening(item) for item in final.reopened]


def _render_candidate(item: Record, final: FinalDecisions) -> Record:
    rulings = final.deliberation.rulings[cast("CandidateId", item["id"])]
    blocks = cast("list[Record]", item["blocks"])
    found = {
        **_with_ruling(item, rulings.certification),
        "blocks": [_render_block(block, rulings) for block in blocks],
    }
    if rulings.mention is not None:
        found["mention_ruling"] = {
            "proposed": rulings.mention.proposed.label,
            "decided_by": rulings.mention.decided_by.key,
            "reason": rulings.mention.reason,
        }
    return found


def _render_block(block: Record, rulings: CandidateRulings) -> Record:
    return _with_ruling(block, rulings.blocks[cast("BlockCode", block["code"])])


def _with_ruling(
    record: Mapping[str, object], ruling: Ruling[BlockOutcome] | Ruling[CertificationOutcome]
) -> Record:
    """Return the record, with what the ruling adds placed after its outcome."""
    added = {
        "outcome": record["outcome"],
        "proposed": ruling.proposed.key,
        "decided_by": ruling.decided_by.key,
        "reason": ruling.reason,
    }
    found: Record = {}
    for key, value in record.items():
        found.update(added if key == "outcome" else {key: value})
    return found


CSV = "decisions.csv"


def write_decided(folder: Path, final: FinalDecisions) -> list[Path]:
    """Write `decisions.json`, `decisions.csv` and `session-suivante.xlsx`; return their paths.

    Raises:
        OSError: a file cannot be written.
    """
    decisions, table, upcoming = folder / DECISIONS, folder / CSV, folder / NEXT_SESSION
    with replacing(decisions) as draft, draft.open("wb") as file:
        write_json(file, final_members(final), finite=True)
    write_decisions_csv(table, final.decisions)
    write_next_session(upcoming, final)
    gc.collect()  # openpyxl's sheets and cells hold one another, ten megabytes of a thousand people
    return [decisions, table, upcoming]
