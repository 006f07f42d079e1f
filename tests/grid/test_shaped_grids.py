"""Grids of any shape: their live cells say what the rules say of that grid alone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import grid_files
import shaped
import strategies
from grid_files import assert_lines, differences, line
from hypothesis import HealthCheck, given
from office import FillJob
from recalculation import recalculate
from tries import one_in, tries

from sheetgen.grid import plan_grid
from sheetgen.grid.contract import SUMMARY_SHEET
from sheetgen.grid.read import read_grid
from sheetgen.returns import MarkReader
from sheetgen.rules import CandidateScope, judge_grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grid_files import GridFile, Value
    from office import Office
    from strategies import Scenario

    from sheetgen.model import CriterionCode, Mark


def grids_of(scenario: Scenario) -> Iterator[tuple[GridFile, Mapping[CriterionCode, Mark]]]:
    """Every grid that holds something, with the marks that it asks for."""
    known, session = scenario.referential, scenario.session
    for assignment in session.assignments:
        scope = CandidateScope.of_grid(known, session, assignment)
        if not scope.holds_something:
            continue
        plan = plan_grid(known, session, assignment)
        asked = {item.criterion.code for item in plan.criteria if item.is_asked}
        given_marks = scenario.marks.get((assignment.candidate, assignment.juror), {})
        marks = {code: mark for code, mark in given_marks.items() if code in asked}
        yield grid_files.write(known, session, assignment, marks), marks


def decided(grid: GridFile, marks: Mapping[CriterionCode, Mark]) -> dict[str, tuple[Value, Value]]:
    """Return what the rules make of these marks: score and result of every line of the summary."""
    known = grid.plan.referential
    judgement = judge_grid(known, grid.plan.scope, marks)
    found: dict[str, tuple[Value, Value]] = {}
    for block in grid.plan.blocks:
        decision = judgement.block(block.block.code).decision
        found[decision.code] = line(decision)
        shown = {item.competency.code for item in block.competencies if item.shown}
        found |= {item.code: line(item) for item in decision.competencies if item.code in shown}
    if known.uses_assessments:
        found |= {code: line(x.decision) for code, x in judgement.assessments.items()}
    return found


@tries(14, unchecked=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario=shaped.scenarios())
def test_stored_values_are_what_the_formulas_amount_to(scenario: Scenario) -> None:
    """Every formula of every grid, blank or filled, recalculated in process; none is in error."""
    for grid, marks in grids_of(scenario):
        stored = grid.stored()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "grid.xlsx"
            path.write_bytes(grid.data)
            recalculated = recalculate(path)
        assert recalculated.errors() == {}
        found = {place: recalculated.value(*place) for place in stored}
        assert differences(found, stored) == []
        assert_lines(grid_files.summary_of(grid.values), decided(grid, marks))


@one_in(6)
def test_the_summary_follows_marks_typed_in_libreoffice(
    libreoffice: Office, tmp_path: Path, every: int
) -> None:
    """Blank grids, filled and saved there as .xlsx and .ods, say what the rules say of them."""
    cases = {}
    jobs = []
    shapes = strategies.sample_scenarios(24, shaped.scenarios())
    for number, scenario in enumerate(shapes[::every]):
        for grid, marks in list(grids_of(scenario))[:1]:
            known, session = scenario.referential, scenario.session
            blank = grid_files.write(known, session, grid.plan.assignment)
            ending = ".ods" if number % 2 else ".xlsx"
            source, target = tmp_path / f"{number}.xlsx", tmp_path / "filled" / f"{number}{ending}"
            source.write_bytes(blank.data)
            changes = list(grid_files.typed(blank, marks))
            jobs.append(FillJob(source=source, target=target, changes=changes))
            cases[target] = grid, marks
    libreoffice.fill(jobs)
    for path, book in libreoffice.recalculate(list(cases)).items():
        grid, marks = cases[path]
        assert book.errors == ()
        found = grid_files.summary_lines(book.sheets[SUMMARY_SHEET])
        assert_lines(found, decided(grid, marks))
        read = MarkReader(referential=grid.plan.referential).read(
            read_grid(path.read_bytes()), grid.plan.scope, grid.plan.assignment, path.name, {}
        )
        assert {code: mark.value for code, mark in read.marks.items()} == {
            code: mark.value for code, mark in marks.items()
        }
