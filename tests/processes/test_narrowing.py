"""A share takes along all that its documents need: they are those that the whole would give."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from report_world import (
    SHIPPED,
    TEMPLATES,
    World,
    make_world,
    overridden,
    settled_documents,
    settled_one,
)

from sheetgen.commands.shares import (
    narrow_decisions,
    narrow_jurors,
    narrow_plan,
    narrow_session,
    narrow_settled,
)
from sheetgen.consolidation import division, plan_consolidation, write_consolidation
from sheetgen.documents import MissingFields, ReportTemplate, read_templates, read_word_template
from sheetgen.model import CandidateId, JurorCode, Return, ReturnStatus

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import SessionDecisions

FIRST = {("1", "J1"): "2 2 2 2 2 0 0", ("1", "J2"): "2 0 2 2 2 0 1"}
WORLDS = {
    "complete": FIRST | {("2", "J1"): ". . . . . 2 2", ("2", "J2"): ". . . . . 2 -"},
    "a grid is missing": FIRST | {("2", "J1"): ". . . . . 2 2"},
    "a mark is missing": FIRST | {("2", "J1"): ". . . . . 2 2", ("2", "J2"): ". . . . . 2 ."},
}


@pytest.fixture(scope="module")
def template() -> ReportTemplate:
    """The template that ships."""
    found, _ = read_word_template(SHIPPED, ReportTemplate)
    assert found is not None
    return found


@pytest.fixture(params=list(WORLDS.values()), ids=list(WORLDS), name="world")
def any_world(request: pytest.FixtureRequest) -> World:
    """Provisional or not, by a grid or by a mark."""
    return make_world(request.param)


def narrowed(decisions: SessionDecisions, candidate: str) -> SessionDecisions:
    """The decisions on one candidate, as another process gets them."""
    part = [item for item in decisions.candidates if item.candidate == candidate]
    narrow = narrow_decisions(decisions, part)
    sent: SessionDecisions = pickle.loads(pickle.dumps(narrow))  # noqa: S301 - written on this line
    return sent


@pytest.mark.parametrize("candidate", ["1", "2", "3"])
def test_a_filled_report_is_the_same(
    world: World, template: ReportTemplate, candidate: str
) -> None:
    """Down to whether it is provisional, which may be for a mark of somebody else."""
    decision = world.decided(candidate)
    part = narrowed(world.decisions, candidate)
    assert part.provisional == world.decisions.provisional
    assert template.render_filled(part, decision) == template.render_filled(
        world.decisions, decision
    )


def test_a_blank_report_is_the_same(world: World, template: ReportTemplate) -> None:
    """With its fields that have no value."""
    for person in world.session.candidates:
        lacking, expected = MissingFields(), MissingFields()
        session = narrow_session(world.session, [person.id])
        assert session.candidates == (person,)
        assert template.render_blank(
            world.referential, session, person, lacking
        ) == template.render_blank(world.referential, world.session, person, expected)
        assert lacking == expected


def test_final_papers_are_the_same() -> None:
    """Every paper on a person, with what the jury wrote, and that their grids do not count."""
    settled = overridden(make_world(WORLDS["complete"]))
    came = Return(
        file="g.xlsx", sha256="0" * 64, status=ReturnStatus.REJECTED, candidate=CandidateId("3")
    )
    decisions = replace(settled.decisions, returns=(*settled.decisions.returns, came))
    settled = replace(settled, decisions=decisions)
    templates, _ = read_templates(TEMPLATES)
    expected = settled_documents(templates, settled)
    made: dict[str, bytes] = {}
    for candidate in ("1", "2", "3"):
        part = narrow_settled(settled, [settled_one(settled, candidate)])
        made |= settled_documents(templates, part)
    # The minutes are on everybody.
    assert made | {"minutes": expected["minutes"]} == expected


def test_a_juror_s_candidates_are_as_the_session_has_them(world: World) -> None:
    """Whatever was assigned last, as to a juror who takes over a grid that came back incomplete."""
    turned = replace(world.session, assignments=world.session.assignments[::-1])
    own = narrow_jurors(turned, {JurorCode("J1")})
    assert [item.id for item in own.candidates] == ["1", "2"]


def test_nothing_of_others_travels(world: World) -> None:
    """Neither who they are, what jurors said of them or have still to say, nor arrangements."""
    part = narrowed(world.decisions, "3")
    assert [item.id for item in part.session.candidates] == ["3"]
    assert [item.candidate for item in part.candidates] == ["3"]
    assert part.returns == ()
    assert part.missing == ()
    assert part.session.accommodations == ()


def test_a_volume_is_the_same(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bloc's criteria, though the other blocs are left out."""
    monkeypatch.setattr(division, "MOST_BYTES", 1)
    _, *volumes = plan_consolidation(world.decisions)
    assert volumes
    whole, part = tmp_path / "whole.xlsx", tmp_path / "part.xlsx"
    for volume in volumes:
        write_consolidation(whole, volume)
        write_consolidation(part, narrow_plan(volume))
        assert part.read_bytes() == whole.read_bytes()
