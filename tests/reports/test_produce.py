"""Documents by the dozen are those made one by one, whichever process makes them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from sheetgen.problems import Location, Problem, outputs
from sheetgen.reports.missing import MissingFields
from sheetgen.reports.produce import produce_documents
from sheetgen.reports.template import RenderError

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.reports.render import ReportTemplate

FAILURE = outputs.DOCUMENT_FAILED.at(
    Location(file="rapport-jury.docx"), subject="le candidat 7", reason="division par zéro"
)


def fail(*, missing: MissingFields) -> bytes:  # noqa: ARG001 (as every document is called)
    """A document that cannot be made."""
    raise RenderError(FAILURE)


@pytest.mark.parametrize("jobs", [1, 2])
def test_documents_come_in_their_order(world: World, template: ReportTemplate, jobs: int) -> None:
    """Each is the one that the template renders alone; a failure takes the place of its own."""
    known, session = world.referential, world.session
    people = [
        replace(session.candidates[0], last_name=f"Nom {place}", birth_date=None)
        for place in range(15)
    ]
    noted = MissingFields()
    expected: list[bytes | Problem] = [
        template.render_blank(known, session, person, noted) for person in people
    ]
    renders = [partial(template.render_blank, known, session, person) for person in people]
    made = list(produce_documents([*renders, fail], jobs=jobs))
    assert [item.document for item in made] == [*expected, FAILURE]
    together = MissingFields()
    for item in made:
        together.add(item.missing)
    assert together.problems == noted.problems
    assert noted.problems != []
