"""`decisions.json`: its exact shape, its schema, its order."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import builders
import jsonschema
import pytest
import strategies
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from strategies import Scenario
from tries import tries

from sheetgen.consolidation import render_decisions, write_decisions_json
from sheetgen.consolidation.ordering import natural_key
from sheetgen.model import (
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    CompetencyOutcome,
    CriterionState,
    ReturnStatus,
    Route,
    SessionDecisions,
    Status,
    Term,
)
from sheetgen.problems import Severity
from sheetgen.rules import decide_session

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "decisions.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The published schema."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def written(tmp_path: Path, decisions: SessionDecisions) -> dict[str, Any]:
    """The session's `decisions.json`, read back."""
    path = tmp_path / "decisions.json"
    write_decisions_json(path, decisions)
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_the_file_is_valid_against_the_published_schema(
    written: dict[str, Any], schema: dict[str, Any]
) -> None:
    """What is written is what `docs/decisions.schema.json` promises."""
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(written)] == []


@tries(30, unchecked=HealthCheck)
@given(strategies.scenarios())
def test_any_decisions_are_valid_against_the_schema(
    schema: dict[str, Any], scenario: Scenario
) -> None:
    """Whatever the référentiel, rules, session and marks; and every score is a fraction of 1."""
    decided = builders.session_decisions(
        scenario.referential,
        scenario.session,
        decide_session(scenario.referential, scenario.session, scenario.marks),
    )
    rendered = json.loads(json.dumps(render_decisions(decided)))
    errors = jsonschema.Draft202012Validator(schema).iter_errors(rendered)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    ("record", "key", "terms"),
    [
        ("candidate", "route", Route),
        ("candidate", "status", Status),
        ("candidate", "outcome", CertificationOutcome),
        ("block", "outcome", BlockOutcome),
        ("competency", "outcome", CompetencyOutcome),
        ("criterion", "state", CriterionState),
        ("return", "status", ReturnStatus),
    ],
)
def test_the_schema_lists_every_word_of_the_model(
    schema: dict[str, Any], record: str, key: str, terms: type[Term]
) -> None:
    """A word added to the model without the schema, or the reverse, fails here."""
    assert schema["$defs"][record]["properties"][key]["enum"] == [term.key for term in terms]


def test_the_schema_lists_every_severity(schema: dict[str, Any]) -> None:
    """Every severity of the code is in the schema, as are the model's words."""
    severities = schema["$defs"]["problem"]["properties"]["severity"]["enum"]
    assert severities == [severity.value for severity in Severity]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), "sheetgen.decisions/2"),
        (("candidates", 0, "outcome"), "validated"),
        (("candidates", 0, "blocks", 0, "score"), 83.3),
        (("candidates", 0, "blocks", 0, "score"), "0,83"),
        (("candidates", 0, "blocks", 0, "competencies"), []),
        (("candidates", 0, "blocks", 0, "competencies", 0, "criteria", 0, "points"), None),
        (("candidates", 3, "outcome"), "not_awarded"),
        (("returns", 1, "juror"), None),
        (("session", "date"), "15/06/2026"),
    ],
)
def test_the_schema_refuses_what_cannot_be(
    written: dict[str, Any], schema: dict[str, Any], place: tuple[str | int, ...], value: object
) -> None:
    """The schema is strict enough to notice a wrong word, range, type or combination."""
    target: Any = written
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    assert not jsonschema.Draft202012Validator(schema).is_valid(written)


def test_top_level_names_the_session_and_the_referential(written: dict[str, Any]) -> None:
    """Everything but the arrays, literally."""
    fingerprint = written["referential"].pop("fingerprint")
    assert len(fingerprint) == 64
    assert {key: value for key, value in written.items() if not isinstance(value, list)} == {
        "schema": "sheetgen.decisions/1",
        "session": {"code": "S1", "title": "Session d'été", "date": "2026-06-15"},
        "referential": {"title": "Concepteur <UX> & UI", "version": "2"},
        "provisional": True,
    }
    assert written["missing"] == [{"candidate": "2", "juror": "J2"}]


def test_a_criterion_is_written_with_its_marks(written: dict[str, Any]) -> None:
    """One whole criterion, literally: integral points as integers, the comment as written."""
    first = written["candidates"][0]
    assert first["blocks"][0]["competencies"][1]["criteria"][1] == {
        "code": "C1.9.2",
        "state": "marked",
        "points": 1,
        "acquired": False,
        "divergent": True,
        "marks": [
            {
                "juror": "J1",
                "value": "Acquis",
                "points": 2,
                "comment": "",
                "sheet": "BC01",
                "cell": "C7",
            },
            {
                "juror": "J2",
                "value": "Non acquis",
                "points": 0,
                "comment": "=À revoir, « coûts » oubliés",
                "sheet": "BC01",
                "cell": "C7",
            },
        ],
    }


def test_a_bloc_is_written_with_score_and_reasons(written: dict[str, Any]) -> None:
    """One bloc without its competencies, literally."""
    block = written["candidates"][0]["blocks"][1]
    del block["competencies"]
    assert block == {
        "code": "BC02",
        "outcome": "not_validated",
        "score": 0.25,
        "reasons": [
            {
                "code": "competency_not_acquired",
                "item": "C2.1",
                "message": "Compétence C2.1 : non acquise.",
            }
        ],
    }


def test_an_absent_candidate_has_every_bloc_and_no_score(written: dict[str, Any]) -> None:
    """One absent candidate, literally."""
    empty: dict[str, Any] = {
        "outcome": "not_presented",
        "score": None,
        "reasons": [],
        "competencies": [],
    }
    assert written["candidates"][3] == {
        "id": "3",
        "last_name": "Petit",
        "first_name": "Ana",
        "route": "full",
        "status": "absent",
        "outcome": "absent",
        "blocks": [{"code": "BC01", **empty}, {"code": "BC02", **empty}],
        "reasons": [],
        "mean": None,
        "mention": None,
        "assessments": [],
    }


def test_a_rejected_return_is_written_with_its_problem(written: dict[str, Any]) -> None:
    """Unknown candidate and juror are null, so are a problem's unknown sheet and cell."""
    assert written["returns"][0] == {
        "file": "retours/a.xlsx",
        "sha256": "0" * 64,
        "candidate": None,
        "juror": None,
        "status": "rejected",
        "opinion": None,
        "remarks": None,
        "declaration": None,
        "typed_by": None,
        "problems": [
            {
                "code": "file-unreadable",
                "severity": "error",
                "file": "retours/a.xlsx",
                "sheet": None,
                "cell": None,
                "message": "Ce fichier n'est pas un classeur.",
                "hint": "Redemander la grille.",
            }
        ],
    }


def test_arrays_are_sorted_by_code(written: dict[str, Any]) -> None:
    """Codes are compared as texts, as any program does: 10 stands before 2, C1.10 before C1.9."""
    first = written["candidates"][0]
    assert [item["id"] for item in written["candidates"]] == ["1", "10", "2", "3"]
    assert [item["code"] for item in first["blocks"][0]["competencies"]] == ["C1.10", "C1.9"]
    marks = first["blocks"][1]["competencies"][0]["criteria"][0]["marks"]
    assert [item["juror"] for item in marks] == ["J1", "J10"]
    assert [(item["candidate"], item["juror"]) for item in written["returns"]] == [
        (None, None),
        ("1", "J1"),
        ("1", "J10"),
        ("1", "J2"),
        ("10", "J1"),
        ("10", "J10"),
        ("2", "J1"),
    ]
    assert [item["file"] for item in written["problems"]] == ["retours/a.xlsx", "retours/b.xlsx"]


def test_the_bytes_do_not_depend_on_the_order_of_anything(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Candidates, returns, missing grids and problems reversed give the same file."""
    turned = replace(
        decisions,
        candidates=tuple(decisions.candidates)[::-1],
        returns=decisions.returns[::-1],
        missing=decisions.missing[::-1],
        problems=decisions.problems[::-1],
    )
    write_decisions_json(tmp_path / "one.json", decisions)
    write_decisions_json(tmp_path / "two.json", turned)
    content = (tmp_path / "one.json").read_bytes()
    assert content == (tmp_path / "two.json").read_bytes()
    assert content.endswith(b"]\n}\n")
    assert "Session d'été".encode() in content


def test_notes_are_numbers_as_a_reader_writes_them(decisions: SessionDecisions) -> None:
    """A note of 12.5 is 12.5, one of 12 is 12, and a tenth is 0.1."""
    notes = [Fraction(25, 2), Fraction(12), Fraction(1, 10)]
    decision = next(item for item in decisions.candidates if item.candidate == "1")
    block = decision.blocks[0]
    competency = block.competencies[0]
    criterion = competency.criteria[0]
    marks = tuple(
        replace(criterion.marks[0], value=note, points=note, comment=str(place))
        for place, note in enumerate(notes)
    )
    changed = replace(criterion, marks=marks)
    blocks = (
        replace(block, competencies=(replace(competency, criteria=(changed,)),)),
        decision.blocks[1],
    )
    rendered: Any = render_decisions(
        replace(decisions, candidates=(replace(decision, blocks=blocks),))
    )
    found = rendered["candidates"][0]["blocks"][0]["competencies"][0]["criteria"][0]["marks"]
    assert [repr(item["value"]) for item in found] == ["12.5", "12", "0.1"]
    assert [repr(item["points"]) for item in found] == ["12.5", "12", "0.1"]


def test_a_failed_write_leaves_the_former_file_and_nothing_else(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """A decision about an unknown candidate cannot be rendered: the folder stays as it was."""
    path = tmp_path / "decisions.json"
    path.write_text("former", encoding="utf-8")
    stray = replace(next(iter(decisions.candidates)), candidate=CandidateId("unknown"))
    with pytest.raises(KeyError):
        write_decisions_json(path, replace(decisions, candidates=(stray,)))
    assert [item.name for item in tmp_path.iterdir()] == ["decisions.json"]
    assert path.read_text(encoding="utf-8") == "former"


def test_a_lone_surrogate_is_still_valid_json(tmp_path: Path, decisions: SessionDecisions) -> None:
    """Half a character out of a damaged file neither stops the write nor the reading."""
    session = replace(decisions.session, title="\udc80")
    write_decisions_json(tmp_path / "decisions.json", replace(decisions, session=session))
    loaded = json.loads((tmp_path / "decisions.json").read_text(encoding="utf-8"))
    assert loaded["session"]["title"] == "\udc80"


@given(st.text(), st.text())
def test_only_equal_texts_share_a_place(one: str, other: str) -> None:
    """The order of codes is total, whatever digits of whatever script they hold."""
    keys = natural_key(one), natural_key(other)
    assert (keys[0] == keys[1]) == (one == other)
    assert (keys[0] < keys[1]) != (keys[0] >= keys[1])
