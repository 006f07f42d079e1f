"""A session of several days: every paper that says when it was held says both ends of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from report_world import adopted, read_lines, read_rows, settled_documents

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.school_templates import Templates

_LONG = "15 au 17\u00a0juin\u00a02026"


@pytest.fixture(scope="module")
def long(world: World) -> World:
    """The session, held over three days."""
    session = replace(world.session, last_day=date(2026, 6, 17))
    decisions = replace(world.decisions, session=session)
    return replace(world, session=session, decisions=decisions)


def test_each_paper_of_the_closing_says_from_when_to_when(
    long: World, templates: Templates
) -> None:
    """Minutes, report, notification, transcript; the jury's own day stays the closing's."""
    made = settled_documents(templates, adopted(long))
    for name in ("minutes", "report 1", "transcript 1"):
        assert f"du {_LONG}" in "\n".join(read_lines(made[name])), name
    assert f"à la session S1 du {_LONG} de la certification" in "\n".join(
        read_lines(made["notification 1"])
    )
    assert not any(_LONG in line for line in read_lines(made["certificate 1 BC01"]))


def test_those_who_are_called_without_a_turn_read_both_days(
    long: World, templates: Templates
) -> None:
    """Candidate and juror; so does the page of instructions."""
    assert templates.convocation is not None
    assert templates.instructions is not None
    for person in (long.session.candidates[0], long.session.jurors[0]):
        rows = read_rows(templates.convocation.render(long.referential, long.session, person))
        assert ["Date", f"du {_LONG}"] in rows
    lines = read_lines(templates.instructions.render(long.referential, long.session))
    assert any(line.startswith(f"Session S1 du {_LONG} — ") for line in lines)


def test_a_session_of_one_day_reads_as_before(world: World, templates: Templates) -> None:
    """« Fin » may be blank, or the same day."""
    for session in (world.session, replace(world.session, last_day=world.session.date)):
        assert templates.instructions is not None
        lines = read_lines(templates.instructions.render(world.referential, session))
        assert any("Session S1 du 15\u00a0juin\u00a02026 — " in line for line in lines)
