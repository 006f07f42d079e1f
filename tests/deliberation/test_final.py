"""What is written of the jury's decisions, and keeping it as it was written."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from conftest import ROOT

from sheetgen.consolidation import render_decisions
from sheetgen.deliberation import (
    FinalDecisions,
    Reopening,
    check_frozen,
    open_final,
    render_final,
    settle_documents,
    write_final,
)
from sheetgen.model import BlockCode, BlockOutcome, CandidateId, CertificationOutcome
from sheetgen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """The same session with candidate 1's bloc BC02 validated, and so the certification awarded."""
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
    assert settled.closing.time == time(17, 30)
    assert settled.closing.reason(FOUR, "BC01") == "Vu pendant l'entretien"
    assert (
        settled.closing.proposed(FOUR, "BC01", BlockOutcome.VALIDATED) is BlockOutcome.TO_DELIBERATE
    )


def test_final_holds_the_decisions_as_json_and_csv_and_the_next_session(
    folder: Path, final: FinalDecisions
) -> None:
    """The CSV shows outcomes as decided."""
    files, problems = write_final(folder, final)
    assert [file.name for file in files] == [
        "decisions.json",
        "decisions.csv",
        "session-suivante.xlsx",
    ]
    assert all(file.is_file() for file in files)
    assert problems == []
    with files[1].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [
        (row["Bloc"], row["Résultat"], row["Certification"]) for row in rows if row["N°"] == "4"
    ] == [("BC01", "Validé", "Délivrée"), ("BC02", "Validé", "Délivrée")]


def test_a_session_that_is_not_closed_may_be(folder: Path, final: FinalDecisions) -> None:
    """Whether its folder is empty or not there; a reason to reopen it is not recorded."""
    assert open_final(folder, final) == final
    assert open_final(folder / "none", final, "Motif") == final


def test_the_same_decisions_may_be_written_again(folder: Path, final: FinalDecisions) -> None:
    """Nothing there is touched, what is lacking is written."""
    write_final(folder, final)
    (folder / "decisions.csv").unlink()
    before = (folder / "decisions.json").stat().st_mtime_ns
    assert check_frozen(folder, final) is None
    again = open_final(folder, final)
    assert again == final
    write_final(folder, final)
    assert (folder / "decisions.csv").is_file()
    write_final(folder, final)
    assert (folder / "decisions.json").stat().st_mtime_ns == before


def test_other_decisions_are_refused_and_told(folder: Path, final: FinalDecisions) -> None:
    """The message says which candidate and bloc."""
    write_final(folder, final)
    problem = open_final(folder, _overriding(final))
    assert isinstance(problem, Problem)
    assert problem.code == "final-frozen"
    assert problem.message.endswith(
        "candidat 1, BC02 : Non validé → Validé ; "
        "candidat 1, certification : Validation partielle → Délivrée."
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"time": time(18)}, "date ou heure de clôture"),
        ({"incidents": "Alarme à 15 h"}, "incidents"),
        ({"observations": "Jury unanime"}, "observations"),
    ],
)
def test_another_closing_is_another_decision(
    folder: Path, final: FinalDecisions, change: Mapping[str, Any], told: str
) -> None:
    """The minutes would say otherwise."""
    write_final(folder, final)
    closing = replace(final.deliberation.closing, **change)
    problem = check_frozen(
        folder, replace(final, deliberation=replace(final.deliberation, closing=closing))
    )
    assert problem is not None
    assert told in problem.message


def test_another_reason_is_another_decision(folder: Path, final: FinalDecisions) -> None:
    """The outcome is the same; the candidate was told another reason."""
    write_final(folder, final)
    rulings = final.deliberation.rulings
    certification = replace(rulings[ONE].certification, reason="Autre")
    changed = {**rulings, ONE: replace(rulings[ONE], certification=certification)}
    problem = check_frozen(
        folder, replace(final, deliberation=replace(final.deliberation, rulings=changed))
    )
    assert problem is not None
    assert "candidat 1 : identité, motifs ou appréciations" in problem.message


def test_long_lists_of_differences_are_cut(folder: Path, final: FinalDecisions) -> None:
    """Six are told, then how many more."""
    write_final(folder, final)
    empty = replace(final.proposals, candidates=())
    closing = replace(final.deliberation.closing, incidents="Alarme", observations="Vu")
    other = FinalDecisions(
        proposals=empty, deliberation=replace(final.deliberation, closing=closing)
    )
    problem = check_frozen(folder, other)
    assert problem is not None
    assert problem.message.count(" ; ") == 6
    assert "et 1 autre(s)" in problem.message


def test_a_reopening_keeps_what_was_and_says_who_when_and_why(
    folder: Path, final: FinalDecisions
) -> None:
    """Everything moves to `versions/1`, papers included; the record stands in the decisions."""
    write_final(folder, final)
    (folder / "pv.docx").write_bytes(b"signed")
    before = (folder / "decisions.json").read_bytes()
    opened = open_final(folder, _overriding(final), " Erreur de saisie au bloc BC02 ")
    assert isinstance(opened, FinalDecisions)
    assert [path.name for path in folder.iterdir()] == ["versions"]
    kept = folder / "versions" / "1"
    assert (kept / "decisions.json").read_bytes() == before
    assert (kept / "pv.docx").read_bytes() == b"signed"
    write_final(folder, opened)
    record = json.loads((folder / "decisions.json").read_text(encoding="utf-8"))["reopened"]
    assert [(item["reason"], item["version"]) for item in record] == [
        ("Erreur de saisie au bloc BC02", 1)
    ]
    assert record[0]["by"]
    assert datetime.fromisoformat(record[0]["at"]).tzinfo is not None


def test_reopenings_add_up(folder: Path, final: FinalDecisions) -> None:
    """There and back again: two versions, two records, kept when the same is written once more."""
    write_final(folder, final)
    for decided, reason in ((_overriding(final), "Premier"), (final, "Second")):
        opened = open_final(folder, decided, reason)
        assert isinstance(opened, FinalDecisions)
        write_final(folder, opened)
    again = open_final(folder, final)
    assert isinstance(again, FinalDecisions)
    assert [(item.reason, item.version) for item in again.reopened] == [
        ("Premier", 1),
        ("Second", 2),
    ]
    assert sorted(path.name for path in (folder / "versions").iterdir()) == ["1", "2"]


def test_papers_are_made_again_for_a_reason_too(folder: Path, final: FinalDecisions) -> None:
    """The decisions are the same, but a name on the papers was missing: all that was is kept."""
    write_final(folder, final)
    opened = open_final(folder, final, "Certificateur absent des attestations")
    assert isinstance(opened, FinalDecisions)
    assert [item.reason for item in opened.reopened] == ["Certificateur absent des attestations"]
    assert [path.name for path in folder.iterdir()] == ["versions"]


def test_a_reopening_needs_a_reason(folder: Path, final: FinalDecisions) -> None:
    """Spaces are none, and nothing moves."""
    write_final(folder, final)
    problem = open_final(folder, _overriding(final), "  ")
    assert isinstance(problem, Problem)
    assert problem.code == "reopening-unreasoned"
    assert (folder / "decisions.json").is_file()


def test_a_reopening_cut_short_leaves_the_session_closed(
    folder: Path, final: FinalDecisions
) -> None:
    """The former version was moved and nothing written: other decisions still need a reason."""
    write_final(folder, final)
    assert isinstance(open_final(folder, _overriding(final), "Premier"), FinalDecisions)
    problem = open_final(folder, _overriding(final))
    assert isinstance(problem, Problem)
    assert problem.code == "final-frozen"
    opened = open_final(folder, _overriding(final), "Premier, repris")
    assert isinstance(opened, FinalDecisions)
    assert [(item.reason, item.version) for item in opened.reopened] == [("Premier, repris", 1)]


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"candidates": [{}], "reopened": []}', '{"candidates": []}']
)
def test_decisions_that_cannot_be_read_stop_everything(
    folder: Path, final: FinalDecisions, content: str
) -> None:
    """Nothing tells whether they are the same, so nothing is written and none is moved."""
    (folder / "decisions.json").write_text(content, encoding="utf-8")
    problem = open_final(folder, final, "Motif")
    assert isinstance(problem, Problem)
    assert problem.code == "final-unreadable"
    assert problem.location.file == str(folder / "decisions.json")
    assert [path.name for path in folder.iterdir()] == ["decisions.json"]


def test_decisions_whose_file_cannot_be_opened_stop_everything(
    folder: Path, final: FinalDecisions
) -> None:
    """A folder stands in its place."""
    (folder / "decisions.json").mkdir()
    problem = check_frozen(folder, final)
    assert problem is not None
    assert problem.code == "final-unreadable"


def test_a_file_that_cannot_be_moved_leaves_the_session_as_it_was(
    folder: Path, final: FinalDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when it is open in Word on Windows: those moved before it are back in their place."""
    write_final(folder, final)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    move = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "session-suivante.xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        return move(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        open_final(folder, _overriding(final), "Motif")
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before
    assert list((folder / "versions").iterdir()) == []


def test_a_computer_without_accounts_still_names_somebody(
    folder: Path, final: FinalDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some containers know no user name."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    write_final(folder, final)
    opened = open_final(folder, _overriding(final), "Motif")
    assert isinstance(opened, FinalDecisions)
    assert opened.reopened[0].by == "inconnu"
