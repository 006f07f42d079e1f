"""The live cells of a grid: formulas over the workings, each with its true value.

The workings (`workings`) hold the same formulas as the jury's workbook. Every formula carries the
value that the rules give in Python, since Protected View, previewers and LibreOffice show what is
stored.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.grid.contract import Column
from sheetgen.grid.sentences import out_of_in_words
from sheetgen.grid.write import workings
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AssessmentDecision,
    BlockCode,
    BlockDecision,
    BlockOutcome,
    CommentRule,
    CompetencyDecision,
    CriterionCode,
    CriterionDecision,
    CriterionState,
    JurorCode,
    Mark,
    MethodCode,
)
from sheetgen.rules import Cell, NoteScore, judge_grid
from sheetgen.rules.excel import below, constant, is_number, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from sheetgen.grid.block_plan import BlockSheetPlan, CompetencyPart, CriterionRows
    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import Scale
    from sheetgen.rules import CandidateJudgement

TO_MARK, TO_JUSTIFY, REFUSED, DONE = (
    "● À évaluer",
    "✎ À motiver",
    "⚠ Valeur refusée",
    "✔ Évalué",
)
LOCKED: Mapping[CriterionState | None, str] = {
    CriterionState.EXEMPT: "— Exempté",
    CriterionState.ABSENT: "— Absent",
}
"""The words in place of what is to do, by the state for which no mark is asked."""

NOT_OPEN = "— Non ouverte"
FINISHED = "✔ Terminé"
TO_DECLARE, TO_CONCLUDE = "● Déclaration à remplir", "✎ Avis global à écrire"

_FINISHED = Cell(text(FINISHED), FINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The juror's words outside the bloc sheets; empty in a fresh grid.

    `declarations` are those of each who fills it in with others, by code.
    """

    declaration: bool | None = None
    declarations: Mapping[JurorCode, bool | None] = field(default_factory=dict)
    opinion: str | None = None
    remarks: str | None = None
    typed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The cells to look at again in a grid that is handed back; empty in a fresh one.

    Attributes:
        reasons: why, by criterion, in the order in which to list them.
        comments: what the juror wrote on criteria that have no valid mark.
        declaration: why the declaration is to be looked at again; empty where it is not.
    """

    reasons: Mapping[CriterionCode, str] = field(default_factory=dict)
    comments: Mapping[CriterionCode, str] = field(default_factory=dict)
    declaration: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A line of the summary sheet.

    Attributes:
        score: in [0, 1].
        outcome: in words.
        note: the score as people read it on `scale`, an empty text where that has levels.
    """

    score: Cell
    outcome: Cell
    note: Cell
    scale: Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A line of the first sheet: how many are marked, as a share of 1, and what is left to do."""

    count: Cell
    share: Cell
    to_do: Cell


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """A grid's formulas with their values; no slots, so that decisions are made once.

    Attributes:
        decided: what the rules make of the marks, by bloc, where that is known already.
    """

    plan: GridPlan
    marks: Mapping[CriterionCode, Mark] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    review: Review = field(default_factory=Review)
    decided: Mapping[BlockCode, BlockDecision] = field(default_factory=dict)

    @cached_property
    def judgement(self) -> CandidateJudgement:
        """Return the marks as the rules judge them."""
        plan = self.plan
        scope = plan.scope
        if not plan.referential.uses_assessments:
            scope = replace(scope, blocks=tuple(item.block.code for item in plan.blocks))
        return judge_grid(plan.referential, scope, self.marks)

    @cached_property
    def blocks(self) -> Mapping[BlockCode, BlockDecision]:
        """Return what the rules make of the marks, by bloc."""
        if self.decided:
            return self.decided
        codes = [item.block.code for item in self.plan.blocks]
        return {code: self.judgement.block(code).decision for code in codes}

    @cached_property
    def assessments(self) -> Mapping[MethodCode, AssessmentDecision]:
        """Return what the rules make of each épreuve; none where they look at none."""
        if not self.plan.referential.uses_assessments:
            return {}
        return {code: item.decision for code, item in self.judgement.assessments.items()}

    @cached_property
    def competencies(self) -> Mapping[str, CompetencyDecision]:
        """Return the decisions by competency."""
        return {item.code: item for block in self.blocks.values() for item in block.competencies}

    @cached_property
    def criteria(self) -> Mapping[str, CriterionDecision]:
        """Return the decisions by criterion."""
        return {item.code: item for found in self.competencies.values() for item in found.criteria}

    def points(self, plan: CriterionRows) -> Cell:
        """Return the points shown on a criterion's row: a number, or empty; over its barème."""
        source = workings.criterion_at(plan).points
        found = self.criteria[plan.criterion.code].points
        points = None if found is None else float(found)
        out_of = out_of_in_words(self.plan.referential, plan.criterion)
        blank = f"… {out_of}" if out_of and plan.is_asked else ""
        return _repeated(source, points, blank)

    def state(self, plan: CriterionRows) -> Cell:
        """Return what is still to do on a criterion's row."""
        if not plan.is_asked:
            return constant(LOCKED[plan.lock])
        slot = workings.slot_at(plan)
        done = text(DONE)
        if self._asks_comments:
            low = below(slot, self._acquired_from(plan))
            comment = address_in_row(plan, Column.COMMENT)
            owed = f'IF({comment}="",{text(TO_JUSTIFY)},{done})'
            done = f"IF({is_number(slot)},IF({low},{owed},{done}),{done})"
        refused = f'IF({slot}="",{text(REFUSED)},{done})'
        marked = f'IF({address_in_row(plan, Column.MARK)}="",{text(TO_MARK)},{refused})'
        if self._may_close(plan):
            marked = (
                f"IF({_is_closed(workings.criterion_at(plan).state)},{text(NOT_OPEN)},{marked})"
            )
        return Cell(f"={marked}", self._state(plan))

    def _state(self, plan: CriterionRows) -> str:
        if self._is_closed(plan):
            return NOT_OPEN
        mark = self.marks.get(plan.criterion.code)
        if mark is None:
            return TO_MARK
        low = mark.points is not None and mark.points < self._acquired_from(plan)
        return TO_JUSTIFY if self._asks_comments and low and not mark.comment else DONE

    def _acquired_from(self, plan: CriterionRows) -> Fraction:
        return self.plan.referential.scale_of[plan.criterion.code].acquired_from

    def _may_close(self, plan: CriterionRows) -> bool:
        """Return whether a criterion's épreuve opens only once others are passed."""
        known, scope = self.plan.referential, self.plan.scope
        code = known.assessment_of[plan.criterion.code]
        return plan.is_asked and code is not None and bool(scope.conditions(known.method[code]))

    def _is_closed(self, plan: CriterionRows) -> bool:
        state = self.criteria[plan.criterion.code].state
        return plan.is_asked and state is CriterionState.NOT_OPEN

    @property
    def _asks_comments(self) -> bool:
        return self.plan.referential.rules.comment is CommentRule.NOT_ACQUIRED

    def competency(self, plan: CompetencyPart) -> Outcome:
        """Return a competency's line of the summary."""
        at = workings.competency_at(plan)
        decision = self.competencies[plan.competency.code]
        return _outcome(at.score, at.outcome, decision, self.plan.referential.scale)

    def block(self, plan: BlockSheetPlan) -> Outcome:
        """Return a bloc's line of the summary."""
        at = workings.block_at(plan)
        decision = self.blocks[plan.block.code]
        return _outcome(at.score, at.outcome, decision, self.plan.referential.scale)

    def assessment(self, code: MethodCode) -> Outcome:
        """Return an épreuve's line of the summary."""
        at = workings.assessment_at(self.plan.referential, code)
        scale = self.plan.referential.scale_of_assessment[code]
        return _outcome(at.score, at.outcome, self.assessments[code], scale)

    def charted(self, plan: BlockSheetPlan) -> Cell:
        """Return the bar that a bloc has in the chart: its score or note, nothing for none."""
        source = workings.block_at(plan).score
        score = self.blocks[plan.block.code].score
        note = NoteScore(self.plan.referential.scale)
        if note.is_note:
            return Cell(note.formula(source, none="0"), note.value(score) or 0.0)
        return Cell(f"=IF({is_number(source)},{source},0)", 0.0 if score is None else float(score))

    def bar(self, place: int, plan: BlockSheetPlan, outcome: BlockOutcome) -> Cell:
        """Return the bar that a bloc has among those of one outcome, 0 where it has another."""
        source = f"{workings.CHART_SCORE}{workings.FIRST_ROW + place}"
        found = self.blocks[plan.block.code].outcome is outcome
        shown = workings.block_at(plan).outcome
        value = self.charted(plan).value if found else 0.0
        return Cell(f"=IF({shown}={text(outcome.value)},{source},0)", value)

    def whole_progress(self, answers: Mapping[str, str]) -> Progress:
        """Return how far the juror is on the whole grid, what is written elsewhere included.

        Args:
            answers: the cells of what is asked beside marks, each told by the words for one that is
                blank, in the order in which these are told.
        """
        given = self._given()
        words = [word for word in answers if not given[word]]
        formula = text(FINISHED)
        for word, cells in reversed(list(answers.items())):
            formula = f'IF(SUMPRODUCT(--({cells}=""))>0,{text(word)},{formula})'
        finished = Cell(formula, words[0] if words else FINISHED)
        return self.progress(self.plan.criteria, finished)

    def _given(self) -> Mapping[str, bool]:
        """Return whether what is asked beside marks is there, by the words for its absence."""
        answers, owner = self.answers, self.plan.owner
        declared = answers.declaration is not None
        if owner.members:
            juror = self.plan.session.juror[self.plan.assignment.juror]
            declared = all(answers.declarations.get(item.code) is not None for item in juror.people)
        return {TO_DECLARE: declared, TO_CONCLUDE: bool(answers.opinion)}

    def opinion(self, cell: str) -> Cell:
        """Return the cell that says whether the juror's opinion, in another cell, is written."""
        shown = FINISHED if self.answers.opinion else TO_CONCLUDE
        return Cell(f'=IF({cell}="",{text(TO_CONCLUDE)},{text(FINISHED)})', shown)

    def progress(self, criteria: Sequence[CriterionRows], finished: Cell = _FINISHED) -> Progress:
        """Return how far the juror is on these criteria, of one bloc or of all of the grid's.

        Args:
            criteria: those to count.
            finished: what is said once nothing is left to do on them, without a leading `=`.
        """
        asked = [item for item in criteria if item.is_asked]
        codes, slots = workings.codes_at(criteria), workings.slots_at(criteria)
        total, left = str(len(asked)), f'({codes}<>"")*({slots}="")'
        if any(map(self._may_close, asked)):
            closed = _is_closed(workings.states_at(criteria))
            if len(asked) < len(criteria):  # one that was not sat may belong to what is not open
                words = {text(word) for word in LOCKED.values()}
                locked = "".join(f"*({slots}<>{word})" for word in sorted(words))
                closed = f"({closed}){locked}"
            total, left = f"({total}-SUMPRODUCT(--({closed})))", f"{left}*(1-({closed}))"
        left = f"SUMPRODUCT({left})"
        owed = f"SUM({workings.owed_at(criteria)})"
        opened = [item for item in asked if not self._is_closed(item)]
        unmarked = sum(1 for item in opened if item.criterion.code not in self.marks)
        unwritten = sum(1 for item in opened if self._state(item) == TO_JUSTIFY)
        to_mark = ("● ", " critère à évaluer", " critères à évaluer")
        to_write = ("✎ ", " observation à écrire", " observations à écrire")
        to_do = (
            f"=IF({left}>0,{_counted_formula(left, to_mark)},"
            f"IF({owed}>0,{_counted_formula(owed, to_write)},{finished.formula}))"
        )
        if unmarked:
            shown = _counted(unmarked, to_mark)
        else:
            shown = _counted(unwritten, to_write) if unwritten else str(finished.value)
        count = len(opened)
        part = f"=({total}-{left})/{total}"
        if not total.isdecimal():
            part = f"=IF({total}=0,1,({total}-{left})/{total})"
        share = Cell(part, (count - unmarked) / count if count else 1) if asked else None
        return Progress(
            count=Cell(self._count_formula(total, left), f"{count - unmarked} / {count}"),
            share=share or constant(1),
            to_do=Cell(to_do, shown),
        )

    @staticmethod
    def _count_formula(total: str, left: str) -> str:
        known = f'" / {total}"' if total.isdecimal() else f'" / "&{total}'
        return f"=({total}-{left})&{known}"


Words = tuple[str, str, str]
"""A symbol, then the word after the number 1, and the word after any other number."""


def address_in_row(plan: CriterionRows, column: Column) -> str:
    """Return the absolute address of a cell in a criterion's row."""
    return str(xl_rowcol_to_cell(plan.row, column.index, row_abs=True, col_abs=True))


def _counted(number: int, words: Words) -> str:
    return f"{words[0]}{number}{words[2] if number > 1 else words[1]}"


def _counted_formula(number: str, words: Words) -> str:
    symbol, one, several = map(text, words)
    return f"{symbol}&{number}&IF({number}>1,{several},{one})"


def _outcome(
    score: str,
    outcome: str,
    decision: CompetencyDecision | BlockDecision | AssessmentDecision,
    scale: Scale,
) -> Outcome:
    return Outcome(
        scale=scale,
        note=NoteScore(scale).cell(score, decision.score),
        score=_repeated(score, None if decision.score is None else float(decision.score)),
        outcome=Cell(f"={outcome}", decision.outcome.value),
    )


def _repeated(source: str, number: float | None, blank: str = "") -> Cell:
    """Return a cell that repeats a number from the workings, or stays blank."""
    formula = f"=IF({is_number(source)},{source},{text(blank)})"
    return Cell(formula, blank if number is None else number)


def _is_closed(states: str) -> str:
    """Return the condition that a criterion, or each of several, is not open."""
    return f"{states}={text(CriterionState.NOT_OPEN.value)}"
