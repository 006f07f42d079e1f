"""Formulas at their edges: odd labels, notes, literals, large juries, one juror."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest
import xlsxwriter
from recalculation import recalculate
from rule_sheets import RuleSheet

from sheetgen.model import (
    NOT_OBSERVED,
    CompetencyOutcome,
    CriterionState,
    Level,
    Merge,
    Rules,
    TieBreak,
)
from sheetgen.rules import (
    UNSEEN,
    CompetencyCells,
    Formulas,
    Readings,
    RowCells,
    ScaleRanges,
    decide_candidate,
    pairs,
    place,
)
from sheetgen.rules.excel import Cell, at_least, number, text, times

if TYPE_CHECKING:
    from pathlib import Path

    from recalculation import CellValue

    from sheetgen.model import Scale

SINGLE_DIGITS = builders.note_scale(maximum=9, step=1, acquired_from=5)
ODD_LABELS = ("<5", "*", "?", "~a", "=1+1", "12", 'dit « "oui" »')


def points_shown(scale: Scale, typed: list[str | float], path: Path) -> list[CellValue]:
    """Return what the points cells show for marks typed one below the other in column A."""
    known = builders.referential({"C1.1": 1}, scale=scale)
    rows, item = RowCells(Formulas(known)), known.criteria[0]
    count = len(scale.levels)
    listed = ScaleRanges(labels=f"$D$1:$D${count}", points=f"$E$1:$E${count}")
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("S")
        for row, level in enumerate(scale.levels, start=1):
            sheet.write_string(f"D{row}", level.label)
            sheet.write_number(f"E{row}", float(level.points))
        for row, value in enumerate(typed, start=1):
            if isinstance(value, str):
                sheet.write_string(f"A{row}", value)
            else:
                sheet.write_number(f"A{row}", value)
            cell = rows.slot_points(item, f"A{row}", listed, None)
            sheet.write_formula(f"B{row}", cell.formula, None, cell.value)
    recalculated = recalculate(path)
    return [recalculated.value("S", f"B{row}") for row in range(1, len(typed) + 1)]


def test_labels_that_look_like_wildcards_or_criteria_are_labels(tmp_path: Path) -> None:
    """Each is worth its own points, and nothing else is worth any."""
    levels = [
        Level(label=label, points=Fraction(place), acquired=place > 2)
        for place, label in enumerate(ODD_LABELS)
    ]
    typed: list[str | float] = [*ODD_LABELS, 12.0, "2", "a", "", NOT_OBSERVED]
    shown = points_shown(builders.level_scale(levels), typed, tmp_path / "labels.xlsx")
    assert shown == [0, 1, 2, 3, 4, 5, 6, 5, "", "", "", UNSEEN]


def test_a_note_is_a_number_within_bounds_and_on_a_step(tmp_path: Path) -> None:
    """From 1 to 5 by tenths; whatever is not a note counts as missing."""
    scale = builders.note_scale(minimum=1, maximum=5, step="0.1", acquired_from=3)
    typed: list[str | float] = [1.0, 5.0, 1.3, 4.7, 0.9, 5.1, 1.35, "3", "abc", "", NOT_OBSERVED]
    shown = points_shown(scale, typed, tmp_path / "notes.xlsx")
    assert shown == [1, 5, 1.3, 4.7, "", "", "", "", "", "", UNSEEN]


def test_a_scale_without_a_step_takes_any_number_within_bounds(tmp_path: Path) -> None:
    """Nothing is asked of its decimals."""
    scale = replace(builders.note_scale(maximum=5, acquired_from=3), step=None)
    shown = points_shown(scale, [1.234, 5.1], tmp_path / "notes.xlsx")
    assert shown == [1.234, ""]


def test_the_stored_points_are_those_of_the_mark() -> None:
    """What previewers show: a number, the sign of the unobserved, or nothing."""
    known = builders.referential({"C1.1": 1})
    rows = RowCells(Formulas(known))
    code = known.criteria[0].code
    listed = ScaleRanges(labels="$D$1:$D$3", points="$E$1:$E$3")
    values = [
        rows.slot_points(known.criteria[0], "A1", listed, mark).value
        for mark in (
            builders.mark(known, "J1", code, "2"),
            builders.mark(known, "J1", code, "-"),
            None,
        )
    ]
    assert values == [2, UNSEEN, ""]


@pytest.mark.parametrize("rule", Merge)
def test_a_large_jury_fits_in_a_formula(rule: Merge, tmp_path: Path) -> None:
    """Forty jurors: Excel takes formulas of up to 8,192 characters."""
    jurors = [
        builders.juror(f"J{place:02}", weight=1 + place % 3, president=place == 1)
        for place in range(1, 41)
    ]
    rules = Rules(merge=rule, tie_break=TieBreak.PRESIDENT)
    known = builders.referential({"C1.1": 1}, rules=rules, scale=SINGLE_DIGITS)
    session = builders.session(known, jurors=jurors)
    marks = builders.marks(known, **{item.code: item.code[-1] for item in jurors})
    decision = decide_candidate(known, session, session.candidates[0], marks)
    path = tmp_path / "jury.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = RuleSheet(workbook, "S", known)
        sheet.write(session, decision, marks)
    assert max(len(cell.formula) for cell in sheet.written.values()) <= 8192
    recalculated = recalculate(path)
    assert recalculated.errors() == {}
    for address, value in sheet.decided.items():
        assert recalculated.value("S", address) == pytest.approx(value)


@pytest.mark.parametrize("rule", Merge)
def test_one_juror_alone_needs_no_merge(rule: Merge) -> None:
    """In a grid the points are the juror's own, whatever the rule, and no further cell is asked."""
    known = builders.referential({"C1.1": 2}, rules=Rules(merge=rule))
    marks = builders.own_marks(known, "1 2")
    decision = builders.decide_grid(known, frozenset(), [known.blocks[0].code], marks)[0]
    criteria = decision.competencies[0].criteria
    assert [item.state for item in criteria] == [CriterionState.MARKED, CriterionState.MARKED]
    assert [item.points for item in criteria] == [1, 2]
    assert decision.competencies[0].outcome is CompetencyOutcome.ACQUIRED


def test_a_mark_that_is_not_a_level_is_missing_until_it_is_mended() -> None:
    """A grid's own outcome is incomplete while one mark is not valid."""
    known = builders.referential({"C1.1": 2})
    decision = builders.decide_grid(
        known, frozenset(), [known.blocks[0].code], builders.own_marks(known, "2 .")
    )
    assert decision[0].competencies[0].outcome is CompetencyOutcome.INCOMPLETE


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(2), "2"),
        (Fraction("0.665"), "0.665"),
        (Fraction(1, 3), "0.3333333333333333"),
        (Fraction(-1, 2), "(-0.5)"),
        (Fraction(1, 10**7), "1E-07"),
        (Fraction(0), "0"),
    ],
)
def test_numbers_are_written_as_every_program_reads_them(value: Fraction, written: str) -> None:
    """A point for the decimals, parentheses around a sign."""
    assert number(value) == written


def test_both_sides_of_a_comparison_are_rounded() -> None:
    """A number with at most nine decimals is so already."""
    assert at_least("A1", "B1") == "ROUND(A1,9)>=ROUND(B1,9)"
    assert at_least("A1", Fraction("0.7")) == "ROUND(A1,9)>=0.7"
    assert at_least("A1", Fraction(1, 3)) == "ROUND(A1,9)>=ROUND(0.3333333333333333,9)"


def test_texts_and_products_are_written_plainly() -> None:
    """Quotes are doubled, and a factor of one is not written."""
    assert text('dit "oui"') == '"dit ""oui"""'
    assert times(Fraction(1), "SUM(A1)") == "SUM(A1)"
    assert times(Fraction("0.5"), "SUM(A1)") == "0.5*SUM(A1)"


COLUMNS = CompetencyCells(
    outcome="B",
    score="C",
    acquired=Readings("D", "E"),
    attained=Readings("F", ""),
    weight="H",
    mandatory="",
    scored="",
)


def test_columns_are_placed_on_a_row_or_on_several() -> None:
    """Ranges are absolute, and a column left out stays out."""
    row = place(COLUMNS, 7)
    assert (row.outcome, row.acquired, row.mandatory) == ("B7", Readings("D7", "E7"), "")
    rows = place(COLUMNS, 7, 9, sheet="'_calcul'")
    assert rows.score == "'_calcul'!$C$7:$C$9"
    assert rows.attained == Readings("'_calcul'!$F$7:$F$9", "")


def test_contents_are_paired_with_the_addresses_there_are() -> None:
    """What has no column is not written."""
    contents = CompetencyCells(
        outcome=Cell("", "b"),
        score=Cell("", "c"),
        acquired=Readings(Cell("", "d"), Cell("", "e")),
        attained=Readings(Cell("", "f"), Cell("", "g")),
        weight=Cell("", "h"),
        mandatory=Cell("", "i"),
        scored=Cell("", "j"),
    )
    written = {address: cell.value for address, cell in pairs(place(COLUMNS, 1), contents)}
    assert written == {"B1": "b", "C1": "c", "D1": "d", "E1": "e", "F1": "f", "H1": "h"}
