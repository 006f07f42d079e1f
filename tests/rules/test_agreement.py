"""The workbook says what Python says, for any référentiel, rules, session and marks."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import builders
import pytest
import shaped
import strategies
import xlsxwriter
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from recalculation import Recalculated, recalculate
from rule_sheets import RuleSheet
from strategies import COMPETENCY_RULES, Scenario
from tries import one_in, tries

from sheetgen.model import CompetencyRule, Merge, Rules, TieBreak
from sheetgen.rules import SAFE_FUNCTIONS, decide_session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from office import Office
    from recalculation import CellValue
    from rule_sheets import Given

    from sheetgen.model import Mark


def write_sheets(path: Path, scenarios: Sequence[Scenario]) -> list[RuleSheet]:
    """A workbook with a sheet per candidate of every scenario."""
    written = []
    with xlsxwriter.Workbook(path) as workbook:
        for number, scenario in enumerate(scenarios, start=1):
            decisions = decide_session(scenario.referential, scenario.session, scenario.marks)
            for decision in decisions:
                name = f"{number} {decision.candidate}"
                sheet = RuleSheet(workbook, name, scenario.referential)
                sheet.write(scenario.session, decision, marks_of(scenario, decision.candidate))
                written.append(sheet)
    return written


def marks_of(scenario: Scenario, candidate: str) -> Given:
    """The candidate's marks by juror."""
    return {
        juror: marks for (person, juror), marks in scenario.marks.items() if person == candidate
    }


def disagreements(sheet: RuleSheet, shown: Recalculated | Mapping[str, CellValue]) -> list[str]:
    """Return where the values shown differ from those stored, or from what Python decided."""
    expected = {address: cell.value for address, cell in sheet.written.items()}
    addresses = expected.keys() | sheet.decided.keys()
    values = shown.values(sheet.name, addresses) if isinstance(shown, Recalculated) else shown
    return [
        f"{sheet.name}!{address}: {values.get(address, '')!r} shown, {value!r} {source}"
        for source, known in (("stored", expected), ("decided", sheet.decided))
        for address, value in known.items()
        if not same(values.get(address, ""), value)
    ]


def shown(mark: Mark | None) -> CellValue:
    """Return what a juror's cell holds."""
    if mark is None:
        return ""
    return mark.value if isinstance(mark.value, str) else float(mark.value)


def same(left: CellValue, right: CellValue) -> bool:
    """Return whether two cells say the same, numbers up to what floating point blurs."""
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    return left == pytest.approx(right, abs=1e-9)


def every_choice() -> list[Scenario]:
    """Every merge and tie-break with every competency and bloc rule, on marks that set them apart.

    Three jurors, of whom the president weighs as much as the other two together: they agree, tie,
    disagree on what is acquired, or did not observe.
    """
    merges = [
        *[(merge, TieBreak.DELIBERATION) for merge in Merge],
        *[(Merge.MAJORITY, tie_break) for tie_break in TieBreak],
    ]
    found = []
    for (merge, tie_break), competency, block in product(merges, CompetencyRule, COMPETENCY_RULES):
        rules = Rules(
            merge=merge,
            tie_break=tie_break,
            competency_rule=competency,
            competency_threshold=Fraction(1 if competency is CompetencyRule.COUNT else "0.5"),
            block_rule=block,
            block_threshold=Fraction("0.6"),
            competency_floor=Fraction("0.25"),
            general_mean=Fraction("0.55"),
            deliberation_zone=Fraction("0.1"),
        )
        known = builders.referential({"C1.1": 3, "C1.2": 2, "C2.1": 2}, rules=rules)
        session = builders.session(
            known,
            jurors=[
                builders.juror("J1", weight=2, president=True),
                builders.juror("J2"),
                builders.juror("J3"),
            ],
        )
        marks = builders.marks(known, J1="2 2 0 2 0 - 2", J2="2 1 - 2 1 - 0", J3="1 1 0 2 1 - 0")
        candidate = session.candidates[0].id
        by_pair = {(candidate, juror): grid for juror, grid in marks.items()}
        found.append(Scenario(referential=known, session=session, marks=by_pair))
    return found


def test_every_choice_of_rules_is_recalculated_alike(tmp_path: Path) -> None:
    """No value is left to chance, as it is in the other tests."""
    path = tmp_path / "workings.xlsx"
    sheets = write_sheets(path, every_choice())
    recalculated = recalculate(path)
    assert recalculated.errors() == {}
    assert [text for sheet in sheets for text in disagreements(sheet, recalculated)] == []


@tries(40, unchecked=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario=shaped.scenarios())
def test_sheets_of_any_shape_say_what_python_decides(scenario: Scenario) -> None:
    """Likewise for épreuves, own scales and thresholds, options, evidence and what is kept."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workings.xlsx"
        sheets = write_sheets(path, [scenario])
        recalculated = recalculate(path)
    assert recalculated.errors() == {}
    assert [text for sheet in sheets for text in disagreements(sheet, recalculated)] == []


@tries(40)
@given(scenario=strategies.scenarios())
def test_recalculated_sheets_say_what_python_decides(scenario: Scenario) -> None:
    """Every state, number of points, score and outcome agrees, and no cell is in error."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workings.xlsx"
        sheets = write_sheets(path, [scenario])
        recalculated = recalculate(path)
    assert recalculated.errors() == {}
    assert [text for sheet in sheets for text in disagreements(sheet, recalculated)] == []


@tries(40, unchecked=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario=st.one_of(strategies.scenarios(), shaped.scenarios()), data=st.data())
def test_a_mark_changed_in_the_sheet_gives_what_python_gives_for_it(
    scenario: Scenario, data: st.DataObject
) -> None:
    """The jury may try a change: the sheet then says what it would say of those marks."""
    known = scenario.referential
    assume(scenario.session.assignments)
    assignment = data.draw(st.sampled_from(scenario.session.assignments))
    marked = strategies.criteria_marked(known, assignment)
    assume(marked)
    item = data.draw(st.sampled_from(marked))
    mark = data.draw(strategies.marks(known, assignment.juror, item, blanks=True))
    pair = (assignment.candidate, assignment.juror)
    grid = {code: held for code, held in scenario.marks.get(pair, {}).items() if code != item.code}
    grid |= {item.code: mark} if mark else {}
    changed = replace(scenario, marks={**scenario.marks, pair: grid})
    with TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.xlsx", Path(folder) / "after.xlsx"
        write_sheets(before, [scenario])
        sheets = write_sheets(after, [changed])
        recalculated = recalculate(before)
    sheet = next(sheet for sheet in sheets if sheet.name.endswith(f" {assignment.candidate}"))
    assume((assignment.juror, item.code) in sheet.mark_cells)
    cell = sheet.mark_cells[assignment.juror, item.code]
    recalculated.write(sheet.name, cell, shown(mark))
    assert [text for sheet in sheets for text in disagreements(sheet, recalculated)] == []


@one_in(20)
def test_libreoffice_says_what_python_decides(
    libreoffice: Office, tmp_path: Path, every: int
) -> None:
    """A program that jurors use agrees on every choice of rules, then on random cases."""
    path = tmp_path / "workings.xlsx"
    shapes = strategies.sample_scenarios(150, shaped.scenarios())[::every]
    plain = [*every_choice(), *strategies.sample_scenarios(100)[::every]]
    sheets = write_sheets(path, [*plain, *shapes])
    workbook = libreoffice.recalculate([path])[path]
    assert workbook.errors == ()
    assert [
        text for sheet in sheets for text in disagreements(sheet, workbook.sheets[sheet.name])
    ] == []


def test_formulas_use_only_functions_that_every_program_shares(tmp_path: Path) -> None:
    """Every function in every formula is on the list."""
    sheets = write_sheets(tmp_path / "workings.xlsx", every_choice())
    used = {
        name
        for sheet in sheets
        for cell in sheet.written.values()
        for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", cell.formula)
    }
    assert used <= SAFE_FUNCTIONS
