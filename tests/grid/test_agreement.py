"""A grid's live cells say what the rules say, as stored and however they are recalculated."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import builders
import grid_files
import strategies
from grid_files import assert_lines, differences, line
from hypothesis import given
from office import FillJob
from recalculation import recalculate
from tries import one_in, tries

from sheetgen.grid.contract import SUMMARY_SHEET
from sheetgen.model import NOT_OBSERVED, CommentRule, Rules
from sheetgen.rules import SAFE_FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grid_files import GridFile, Value
    from office import Office
    from strategies import Scenario

    from sheetgen.model import (
        CriterionCode,
        Mark,
        Referential,
    )


def grids_of(scenario: Scenario) -> Iterator[tuple[GridFile, Mapping[CriterionCode, Mark]]]:
    """Every assignment's grid with its marks, and blank where it was not returned."""
    for assignment in scenario.session.assignments:
        marks = scenario.marks.get((assignment.candidate, assignment.juror), {})
        yield (
            grid_files.write(scenario.referential, scenario.session, assignment, marks),
            marks,
        )


def decided(grid: GridFile, marks: Mapping[CriterionCode, Mark]) -> dict[str, tuple[Value, Value]]:
    """Return what the rules make of these marks: score and result of every bloc and competency."""
    assignment = grid.plan.assignment
    exempt = grid.plan.session.exemptions_of[assignment.candidate]
    blocks = builders.decide_grid(grid.plan.referential, exempt, assignment.blocks, marks)
    found: dict[str, tuple[Value, Value]] = {block.code: line(block) for block in blocks}
    return found | {item.code: line(item) for block in blocks for item in block.competencies}


@tries(12)
@given(scenario=strategies.scenarios())
def test_stored_values_are_what_the_formulas_amount_to(scenario: Scenario) -> None:
    """Every formula of every grid, blank or filled, recalculated in process; none is in error."""
    together = strategies.in_common(scenario)
    common = (item for item in grids_of(together) if item[0].plan.assignment.rank)
    for grid, marks in (*grids_of(scenario), *common):
        stored = grid.stored()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "grid.xlsx"
            path.write_bytes(grid.data)
            recalculated = recalculate(path)
        assert recalculated.errors() == {}
        found = {place: recalculated.value(*place) for place in stored}
        assert differences(found, stored) == []
        assert_lines(grid_files.summary_of(grid.values), decided(grid, marks))


@one_in(8)
def test_libreoffice_recalculates_what_is_stored(
    libreoffice: Office, tmp_path: Path, every: int
) -> None:
    """The stored values are those of a full recalculation, over every rule value."""
    grids = {
        tmp_path / f"{number}-{place}.xlsx": grid
        for number, scenario in enumerate(strategies.sample_scenarios(40)[::every])
        for place, (grid, _) in enumerate(grids_of(scenario))
        if place < 2
    }
    for path, grid in grids.items():
        path.write_bytes(grid.data)
    recalculated = libreoffice.recalculate(list(grids))
    for path, grid in grids.items():
        book = recalculated[path]
        assert book.errors == ()
        stored = grid.stored()
        found = {place: book.sheets.get(place[0], {}).get(place[1], "") for place in stored}
        assert differences(found, stored) == []


@one_in(8)
def test_the_summary_follows_marks_typed_in_libreoffice(
    libreoffice: Office, tmp_path: Path, every: int
) -> None:
    """A blank grid, filled and saved there, shows the juror what the rules give for these marks."""
    cases = {}
    jobs = []
    for number, scenario in enumerate(strategies.sample_scenarios(40)[::every]):
        for grid, marks in list(grids_of(scenario))[:1]:
            blank = grid_files.write(scenario.referential, scenario.session, grid.plan.assignment)
            source, target = tmp_path / f"{number}.xlsx", tmp_path / "filled" / f"{number}.xlsx"
            source.write_bytes(blank.data)
            jobs.append(
                FillJob(source=source, target=target, changes=list(grid_files.typed(blank, marks)))
            )
            cases[target] = blank, marks
    libreoffice.fill(jobs)
    for path, book in libreoffice.recalculate(list(cases)).items():
        assert book.errors == ()
        found = grid_files.summary_lines(book.sheets[SUMMARY_SHEET])
        assert_lines(found, decided(*cases[path]))


def test_what_is_left_to_do_is_said() -> None:
    """Marks first, then the comments that are due, then nothing: on the row, and on `Accueil`."""
    known = builders.referential({"C1.1": 2})
    assert to_do(known, ". .") == ("● À évaluer", "● À évaluer", "● 2 critères à évaluer")
    assert to_do(known, "0 .") == ("✎ À motiver", "● À évaluer", "● 1 critère à évaluer")
    assert to_do(known, "0 1") == ("✎ À motiver", "✎ À motiver", "✎ 2 observations à écrire")
    assert to_do(known, "2 -") == ("✔ Évalué", "✔ Évalué", "✔ Terminé")


def test_no_comment_is_asked_where_the_rule_asks_none() -> None:
    """With « Commentaire obligatoire : jamais », a mark is enough."""
    known = builders.referential({"C1.1": 2}, rules=Rules(comment=CommentRule.NEVER))
    assert to_do(known, "0 1") == ("✔ Évalué", "✔ Évalué", "✔ Terminé")


def to_do(known: Referential, points: str) -> tuple[Value, ...]:
    """Return what the two criteria of BC01 and its line on the first sheet say is left to do."""
    marks = builders.own_marks(known, points)
    grid = grid_files.write(known, builders.session(known), marks=marks)
    stored = grid.stored()
    rows = [item.row + 1 for item in grid.plan.criteria]
    line = next(cell.row for cell in grid.book["Accueil"]["A"] if cell.value == "BC01 ➜")
    return (*(stored["BC01", f"F{row}"] for row in rows), stored["Accueil", f"E{line}"])


def test_progress_counts_what_is_to_be_marked() -> None:
    """Exempted criteria are no part of it, and the whole grid stands below the blocs."""
    known = builders.referential({"C1.1": 3, "C2.1": 2})
    session = builders.session(known, accommodations=[builders.exemption("C1.1.2")])
    grid = grid_files.write(known, session, marks=builders.own_marks(known, "2 . . 0 ."))
    stored = grid.stored()
    lines = {
        cell.value: (stored["Accueil", f"C{cell.row}"], stored["Accueil", f"D{cell.row}"])
        for cell in grid.book["Accueil"]["A"]
        if cell.value in ("BC01 ➜", "BC02 ➜", "Ensemble")
    }
    assert lines == {"BC01 ➜": ("1 / 2", 0.5), "BC02 ➜": ("1 / 2", 0.5), "Ensemble": ("2 / 4", 0.5)}


def test_a_value_that_is_no_mark_is_flagged(tmp_path: Path) -> None:
    """Pasted over the list, it is refused at once: the row says so and shows no points."""
    known = builders.referential({"C1.1": 2})
    grid = grid_files.write(known, builders.session(known))
    path = tmp_path / "grid.xlsx"
    path.write_bytes(grid.data)
    recalculated = recalculate(path)
    refused, unseen = (item.row + 1 for item in grid.plan.criteria)
    recalculated.write("BC01", f"C{refused}", "Aquis")
    recalculated.write("BC01", f"C{unseen}", NOT_OBSERVED)
    rows = [
        (recalculated.value("BC01", f"E{row}"), recalculated.value("BC01", f"F{row}"))
        for row in (refused, unseen)
    ]
    assert rows == [("", "⚠ Valeur refusée"), ("", "✔ Évalué")]


def test_formulas_use_only_functions_that_every_program_shares() -> None:
    """In cells, conditional formats, validations, names and charts, over many rules and scales."""
    used = {
        name
        for scenario in strategies.sample_scenarios(60)
        for grid, _ in list(grids_of(scenario))[:1]
        for formula in grid.formulas()
        for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', '""', formula))
    }
    assert used <= SAFE_FUNCTIONS
