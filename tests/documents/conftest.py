"""The sessions and the template that tests of reports share."""

from __future__ import annotations

import pytest
from report_world import SHIPPED, TEMPLATES, World, make_world

from sheetgen.documents.kinds import ReportTemplate
from sheetgen.documents.school_templates import Templates, read_templates
from sheetgen.documents.template import read_word_template


@pytest.fixture(scope="session")
def world() -> World:
    """Candidate 1 gets BC01 and loses BC02, candidate 2 gets BC02, candidate 3 is excused."""
    return make_world(
        {
            ("1", "J1"): "2 2 2 2 2 0 0",
            ("1", "J2"): "2 0 2 2 2 0 1",
            ("2", "J1"): ". . . . . 2 2",
            ("2", "J2"): ". . . . . 2 -",
        }
    )


@pytest.fixture(scope="session")
def unfinished() -> World:
    """Return `world` while the grid of juror J2 on candidate 2 is missing."""
    return make_world(
        {
            ("1", "J1"): "2 2 2 2 2 0 0",
            ("1", "J2"): "2 0 2 2 2 0 1",
            ("2", "J1"): ". . . . . 2 2",
        }
    )


@pytest.fixture(scope="session")
def template() -> ReportTemplate:
    """The template that ships."""
    found, problems = read_word_template(SHIPPED, ReportTemplate)
    assert problems == []
    assert found is not None
    return found


@pytest.fixture(scope="session")
def templates() -> Templates:
    """All the templates that ship."""
    found, problems = read_templates(TEMPLATES)
    assert problems == []
    return found
