"""The jury's decisions are written once, and kept as they were written."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from conftest import ROOT

from sheetgen.consolidation import render_decisions
from sheetgen.jury import (
    FinalDecisions,
    check_frozen,
    render_final,
    settle_documents,
    write_decided,
)
from sheetgen.jury.freeze import UnreadableFinalError, current_user, read_record
from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    Reopening,
)
from sheetgen.problems import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.model import SessionDecisions

ONE, TWO, FOUR = CandidateId("1"), CandidateId("2"), CandidateId("4")
BC01, BC02 = BlockCode("BC01"), BlockCode("BC02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The session's `final/`, in which nothing is yet."""
    path = tmp_path / "final"
    path.mkdir()
    return path


def _rendered(final: FinalDecisions) -> Any:
    return json.loads(json.dumps(render_final(final)))


def _overriding(final: FinalDecisions) -> FinalDecisions:
    """Return the session with candidate 1's BC02 validated, and so the certification awarded."""
    rulings = final.deliberation.rulings
    one = rulings[ONE]
    granted = replace(one.blocks[BC02], outcome=BlockOutcome.VALIDATED, reason="Oral")
    awarded = replace(one.certification, outcome=CertificationOutcome.AWARDED)
    other = replace(one, blocks={**one.blocks, BC02: granted}, certification=awarded)
    deliberation = replace(final.deliberation, rulings={**rulings, ONE: other})
    return replace(final, deliberation=deliberation)


def test_the_json_tells_what_was_proposed_who_decided_and_why(final: FinalDecisions) -> None:
    """Beside each outcome decided: of candidate 4, BC01 settled by the jury, the rest adopted."""
    record = _rendered(final)
    four = next(item for item in record["candidates"] if item["id"] == "4")
    told = ("outcome", "proposed", "decided_by", "reason")
    assert [tuple(four[key] for key in told)] + [
        tuple(block[key] for key in told) for block in four["blocks"]
    ] == [
        ("awarded", "awarded", "proposal", None),
        ("validated", "to_deliberate", "jury", "Vu pendant l'entretien"),
        ("validated", "validated", "proposal", None),
    ]
    assert record["provisional"] is False
    assert record["closing"] == {"date": "2026-06-15", "time": "17:30"}
    assert (record["incidents"], record["observations"], record["reopened"]) == (None, None, [])


def test_the_json_is_the_consolidations_but_for_what_the_jury_added(
    final: FinalDecisions, decisions: SessionDecisions
) -> None:
    """Keys are added, none is lost or changed: competencies, marks and returns are the same."""
    before = json.loads(json.dumps(render_decisions(decisions)))
    after = _rendered(final)
    assert after["returns"] == before["returns"]
    for old, new in zip(before["candidates"], after["candidates"], strict=True):
        assert old.keys() < new.keys()
        assert [block["competencies"] for block in old["blocks"]] == [
            block["competencies"] for block in new["blocks"]
        ]


def test_the_json_follows_its_schema(final: FinalDecisions) -> None:
    """`docs/decisions.schema.json` describes the final decisions too, reopened ones included."""
    schema = json.loads((ROOT / "docs" / "decisions.schema.json").read_text(encoding="utf-8"))
    reopening = Reopening(
        by="paul", at=datetime(2026, 6, 16, 9, 5, tzinfo=UTC), reason="Erreur", version=1
    )
    record = _rendered(replace(final, reopened=(reopening,)))
    jsonschema.Draft202012Validator(schema).validate(record)
    assert record["reopened"] == [
        {"by": "paul", "at": "2026-06-16T09:05:00+00:00", "reason": "Erreur", "version": 1}
    ]


def test_documents_get_the_outcomes_decided_and_the_reasons(final: FinalDecisions) -> None:
    """Whatever `final` says is handed to those who write papers."""
    settled = settle_documents(final)
    assert settled.decisions == final.decisions
    assert settled.deliberation.closing.time == time(17, 30)
    assert settled.deliberation.reason(FOUR, "BC01") == "Vu pendant l'entretien"
    assert settled.deliberation.proposed(FOUR, "BC01") is BlockOutcome.TO_DELIBERATE


def test_a_closing_holds_the_decisions_as_json_and_csv_and_the_next_session(
    folder: Path, final: FinalDecisions
) -> None:
    """The CSV shows outcomes as decided."""
    files = write_decided(folder, final)
    assert [file.name for file in files] == [
        "decisions.json",
        "decisions.csv",
        "session-suivante.xlsx",
    ]
    assert all(file.is_file() for file in files)
    with files[1].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [
        (row["Bloc"], row["Résultat"], row["Certification"]) for row in rows if row["N°"] == "4"
    ] == [("BC01", "Validé", "Délivrée"), ("BC02", "Validé", "Délivrée")]


def told(former: FinalDecisions, now: FinalDecisions) -> str:
    """Return the message on decisions that differ from those of the closing, or an empty text."""
    problem = check_frozen(_rendered(former), now, Location(file="final"))
    return "" if problem is None else problem.message


def test_the_same_decisions_differ_in_nothing(final: FinalDecisions) -> None:
    """A reopening behind them is no other decision."""
    reopening = Reopening(by="paul", at=datetime.now(UTC), reason="Erreur", version=1)
    assert told(final, final) == ""
    assert told(final, replace(final, reopened=(reopening,))) == ""


def test_other_decisions_are_told(final: FinalDecisions) -> None:
    """The message says which candidate and bloc."""
    assert told(final, _overriding(final)).endswith(
        "candidat 1, BC02 : Non validé → Validé ; "
        "candidat 1, certification : Validation partielle → Délivrée."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"time": time(18)}, "date ou heure de clôture"),
        ({"incidents": "Alarme à 15 h"}, "incidents"),
        ({"observations": "Jury unanime"}, "observations"),
    ],
)
def test_another_closing_is_another_decision(
    final: FinalDecisions, change: Mapping[str, Any], said: str
) -> None:
    """The minutes would say otherwise."""
    closing = replace(final.deliberation.closing, **change)
    other = replace(final, deliberation=replace(final.deliberation, closing=closing))
    assert said in told(final, other)


def test_another_reason_is_another_decision(final: FinalDecisions) -> None:
    """The outcome is the same; the candidate was told another reason."""
    rulings = final.deliberation.rulings
    certification = replace(rulings[ONE].certification, reason="Autre")
    changed = {**rulings, ONE: replace(rulings[ONE], certification=certification)}
    other = replace(final, deliberation=replace(final.deliberation, rulings=changed))
    assert "candidat 1 : identité, motifs ou appréciations" in told(final, other)


def test_long_lists_of_differences_are_cut(final: FinalDecisions) -> None:
    """Six are told, then how many more."""
    empty = replace(final.proposals, candidates=())
    closing = replace(final.deliberation.closing, incidents="Alarme", observations="Vu")
    other = FinalDecisions(
        proposals=empty, deliberation=replace(final.deliberation, closing=closing)
    )
    message = told(final, other)
    assert message.count(" ; ") == 6
    assert "et 1 autre(s)" in message


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"candidates": [{}], "reopened": []}', '{"candidates": []}']
)
def test_decisions_that_are_none_cannot_be_read(folder: Path, content: str) -> None:
    """Nothing tells whether others are the same: the file is named."""
    path = folder / "decisions.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFinalError):
        read_record(path, candidates=str)
    with pytest.raises(UnreadableFinalError) as caught:
        read_record(path)
    assert caught.value.problem.code == "final-unreadable"
    assert caught.value.problem.location.file == str(path)


def test_decisions_restored_from_the_backup_are_read_again(folder: Path) -> None:
    """As the message tells to do; nothing else brings them back."""
    path = folder / "decisions.json"
    path.write_text('{"candidates": [], "reopened": []}', encoding="utf-8")
    kept = path.read_bytes()
    path.write_bytes(kept[:10])
    with pytest.raises(UnreadableFinalError) as caught:
        read_record(path)
    assert "d'après la sauvegarde" in caught.value.problem.hint
    path.write_bytes(kept)
    assert read_record(path) == {"candidates": [], "reopened": []}


def test_decisions_whose_file_cannot_be_opened_cannot_be_read(folder: Path) -> None:
    """A folder stands in its place."""
    with pytest.raises(UnreadableFinalError):
        read_record(folder)


def test_a_computer_without_accounts_still_names_somebody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some containers know no user name."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    assert current_user() == "inconnu"
