"""The final decisions as files: `decisions.json` with what the jury added, and `decisions.csv`.

The shape is that of a consolidation's `decisions.json` (DESIGN section 7): the outcomes are those
decided, and beside each stand what was proposed, who decided and why.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from sheetgen.consolidation import render_decisions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.deliberation.records import CandidateRulings, FinalDecisions, Outcome, Ruling
    from sheetgen.model import BlockCode, CandidateId

Record = dict[str, object]


def render_final(final: FinalDecisions) -> Record:
    """The content of `final/decisions.json`, ready for the `json` module."""
    record = render_decisions(final.decisions)
    closing = final.deliberation.closing
    candidates = cast("list[Record]", record["candidates"])
    return {
        **record,
        "candidates": [_render_candidate(item, final) for item in candidates],
        "closing": {"date": closing.date.isoformat(), "time": f"{closing.time:%H:%M}"},
        "incidents": closing.incidents,
        "observations": closing.observations,
        "reopened": [
            {
                "by": item.by,
                "at": item.at.isoformat(timespec="seconds"),
                "reason": item.reason,
                "version": item.version,
            }
            for item in final.reopened
        ],
    }


def final_json(final: FinalDecisions) -> bytes:
    """The bytes of `final/decisions.json`; the same decisions always give the same."""
    text = json.dumps(render_final(final), ensure_ascii=False, indent=2, allow_nan=False)
    # A lone surrogate out of a damaged workbook is no UTF-8; as \udc80 it is still valid JSON.
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _render_candidate(item: Record, final: FinalDecisions) -> Record:
    rulings = final.deliberation.rulings[cast("CandidateId", item["id"])]
    blocks = cast("list[Record]", item["blocks"])
    return {
        **_with_ruling(item, rulings.certification),
        "blocks": [_render_block(block, rulings) for block in blocks],
    }


def _render_block(block: Record, rulings: CandidateRulings) -> Record:
    return _with_ruling(block, rulings.blocks[cast("BlockCode", block["code"])])


def _with_ruling(record: Mapping[str, object], ruling: Ruling[Outcome]) -> Record:
    """The record, with what the ruling adds placed after its outcome."""
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
