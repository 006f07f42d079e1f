"""A closing is told to the register from what is kept of its decisions, and no more is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sheetgen.commands.closing_facts import closing_facts, told_alone
from sheetgen.jury import read_record
from sheetgen.jury.closings import ClosingRecord

if TYPE_CHECKING:
    from pathlib import Path


def _competency(code: str, *states: str) -> object:
    marks = [{"juror": "J1", "value": "Acquis", "points": 2, "comment": "Vu."}]
    criteria = [{"code": "K1", "state": state, "score": "1", "marks": marks} for state in states]
    scored = {"score": "3/4", "reason": "seuil", "rates": [{"level": "Acquis"}]}
    return {"code": code, "outcome": "acquired", "criteria": criteria, **scored}


DECISIONS = {
    "session": {"code": "JUIN", "title": "Juin", "date": "2026-06-15"},
    "closing": {"date": "2026-06-16", "time": "17:30"},
    "reopened": [{"by": "A", "at": "hier", "reason": "Erreur.", "version": 1}],
    "candidates": [
        {
            "id": "1",
            "last_name": "Nom",
            "first_name": "Prénom",
            "jury": "A",
            "status": "present",
            "outcome": "partial",
            "route": "full",
            "mention": "Bien",
            "comments": ["Long."],
            "blocks": [
                {
                    "code": "BC01",
                    "outcome": "validated",
                    "score": None,
                    "reason": "Oral.",
                    "competencies": [
                        _competency("C1", "kept", "exempt"),
                        _competency("C2", "ok"),
                        _competency("C3"),
                        _competency("C4"),
                    ],
                }
            ],
            "assessments": [{"code": "E1", "outcome": "passed", "score": "1/2", "parts": [1]}],
            "kept": ["C3"],
            "renounced": ["E2"],
        },
        {
            "id": "2",
            "last_name": "Autre",
            "first_name": "Nom",
            "outcome": "absent",
            "blocks": [],
        },
    ],
}


def test_what_is_kept_tells_the_register_the_same(tmp_path: Path) -> None:
    """Marks, levels and comments, most of a session's decisions, are let go as they are read."""
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(DECISIONS), encoding="utf-8")
    record = ClosingRecord(
        version=1, made=None, session="JUIN", workbook="", printed={}, files=(), papers=False
    )
    whole, kept = read_record(path), read_record(path, candidates=told_alone)
    facts = closing_facts(record, kept, {}, "")
    assert facts == closing_facts(record, whole, {}, "")
    told = {item.code: item.outcome for item in facts.candidates[0].results}
    # C3 and C4 are shown by evidence, and have no criteria: only « kept » tells them apart.
    assert (told["C1"], told["C2"], told["C3"], told["C4"]) == (
        "kept",
        "acquired",
        "kept",
        "acquired",
    )
    assert "marks" not in json.dumps(kept)
    assert {**kept, "candidates": whole["candidates"]} == whole == DECISIONS
