"""The school's decision rules: pure, each value's Python and Excel formula in one class.

`decide_session` turns marks into proposals; `Formulas` writes the same reasoning into a sheet, from
the cells that the writers of workbooks say (`CriterionCells` and its like). `excel`, open as a
whole, holds the pieces that a formula is made of. Both workbook writers need every part of the
Excel side: hence so many names. `Explainer` tells in French how a decision was reached.
"""

from __future__ import annotations

from sheetgen.rules import excel
from sheetgen.rules.candidate_scope import CandidateScope, KnownScopes, grids_to_make
from sheetgen.rules.cells import (
    Addresses,
    AssessedCells,
    AssessmentCells,
    BlockCells,
    CompetencyCells,
    Contents,
    CriterionCells,
    pairs,
    place,
    without_formulas,
)
from sheetgen.rules.certification import ACQUIRED, CertificationCondition, CertificationKind
from sheetgen.rules.common_marking import mark_in_common
from sheetgen.rules.counted_criterion import DIVERGENT, CriterionKind, CriterionPlaces
from sheetgen.rules.decide import (
    Marks,
    Seating,
    decide_candidate,
    decide_each,
    decide_judged,
    decide_session,
    judge_candidate,
    judge_grid,
    jury_of,
    seats_of,
    seats_on,
)
from sheetgen.rules.excel import SAFE_FUNCTIONS, Cell, Value
from sheetgen.rules.explainer import Explained, Explainer, Explanation
from sheetgen.rules.formulas import BlockPlaces, Formulas
from sheetgen.rules.judged_assessment import AssessmentKind
from sheetgen.rules.judged_block import BlockKind
from sheetgen.rules.judged_competency import CompetencyKind
from sheetgen.rules.judging import CandidateJudgement
from sheetgen.rules.mark_formulas import UNSEEN, ScaleRanges, points_value
from sheetgen.rules.merge import weighs_jurors
from sheetgen.rules.note_score import NoteScore
from sheetgen.rules.readings import Readings
from sheetgen.rules.reasons import ReasonCode, percentage, points, result_text, score_text
from sheetgen.rules.resits import (
    KeptUntil,
    Resit,
    months_assessment_kept,
    resit_after,
    resit_of,
)
from sheetgen.rules.row_cells import RowCells
from sheetgen.rules.rule_book import RuleBook
from sheetgen.rules.telling import Figure, Step
from sheetgen.rules.unmarked import evidence_awaited
from sheetgen.rules.votes import Seat, Slot

__all__ = [
    "ACQUIRED",
    "DIVERGENT",
    "SAFE_FUNCTIONS",
    "UNSEEN",
    "Addresses",
    "AssessedCells",
    "AssessmentCells",
    "AssessmentKind",
    "BlockCells",
    "BlockKind",
    "BlockPlaces",
    "CandidateJudgement",
    "CandidateScope",
    "Cell",
    "CertificationCondition",
    "CertificationKind",
    "CompetencyCells",
    "CompetencyKind",
    "Contents",
    "CriterionCells",
    "CriterionKind",
    "CriterionPlaces",
    "Explained",
    "Explainer",
    "Explanation",
    "Figure",
    "Formulas",
    "KeptUntil",
    "KnownScopes",
    "Marks",
    "NoteScore",
    "Readings",
    "ReasonCode",
    "Resit",
    "RowCells",
    "RuleBook",
    "ScaleRanges",
    "Seat",
    "Seating",
    "Slot",
    "Step",
    "Value",
    "decide_candidate",
    "decide_each",
    "decide_judged",
    "decide_session",
    "evidence_awaited",
    "excel",
    "grids_to_make",
    "judge_candidate",
    "judge_grid",
    "jury_of",
    "mark_in_common",
    "months_assessment_kept",
    "pairs",
    "percentage",
    "place",
    "points",
    "points_value",
    "resit_after",
    "resit_of",
    "result_text",
    "score_text",
    "seats_of",
    "seats_on",
    "weighs_jurors",
    "without_formulas",
]
