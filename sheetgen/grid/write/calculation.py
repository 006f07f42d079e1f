"""The live cells of a grid: formulas over the workings, each with its true value.

The workings (`workings`) hold the same formulas as the jury's workbook. Every formula carries the
value that the rules give in Python, since Protected View, previewers and LibreOffice show what is
stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.grid.contract import Column
from sheetgen.grid.write import workings
from sheetgen.model import (
    BlockCode,
    BlockDecision,
    CommentRule,
    CompetencyDecision,
    CriterionCode,
    CriterionDecision,
    Mark,
)
from sheetgen.rules import CandidateScope, Cell, judge_grid
from sheetgen.rules.excel import below, constant, is_number, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.grid.plan import BlockSheetPlan, CompetencyPart, CriterionRows, GridPlan
    from sheetgen.rules import CandidateJudgement

TO_MARK, TO_JUSTIFY, REFUSED, DONE = (
    "● À évaluer",
    "✎ À motiver",
    "⚠ Valeur refusée",
    "✔ Évalué",
)
NOT_TO_MARK = "— Exempté"
FINISHED = "✔ Terminé"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The juror's words outside the bloc sheets; empty in a fresh grid."""

    declaration: bool | None = None
    opinion: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The cells to look at again in a grid that is handed back; empty in a fresh one.

    Attributes:
        reasons: why, by criterion, in the order in which to list them.
        comments: what the juror wrote on criteria that have no valid mark.
    """

    reasons: Mapping[CriterionCode, str] = field(default_factory=dict)
    comments: Mapping[CriterionCode, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A line of the summary sheet."""

    score: Cell
    outcome: Cell


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
    def blocks(self) -> Mapping[BlockCode, BlockDecision]:
        """Return what the rules make of the marks, by bloc."""
        if self.decided:
            return self.decided
        return {
            item.block.code: self.judgement.block(item.block.code).decision
            for item in self.plan.blocks
        }

    @cached_property
    def judgement(self) -> CandidateJudgement:
        """Return what the rules looked at to decide so."""
        scope = CandidateScope(
            referential=self.plan.referential,
            blocks=tuple(item.block.code for item in self.plan.blocks),
            exemptions=frozenset(
                chain.from_iterable(item.variant.exempt for item in self.plan.blocks)
            ),
        )
        return judge_grid(self.plan.referential, scope, self.marks)

    @cached_property
    def competencies(self) -> Mapping[str, CompetencyDecision]:
        """Return the decisions by competency."""
        return {item.code: item for block in self.blocks.values() for item in block.competencies}

    @cached_property
    def criteria(self) -> Mapping[str, CriterionDecision]:
        """Return the decisions by criterion."""
        return {item.code: item for found in self.competencies.values() for item in found.criteria}

    def points(self, plan: CriterionRows) -> Cell:
        """Return the points shown on a criterion's row: a number, or empty."""
        source = workings.criterion_at(plan).points
        points = self.criteria[plan.criterion.code].points
        return _repeated(source, None if points is None else float(points))

    def state(self, plan: CriterionRows) -> Cell:
        """Return what is still to do on a criterion's row."""
        if plan.exempt:
            return constant(NOT_TO_MARK)
        slot = workings.slot_at(plan)
        done = text(DONE)
        if self._asks_comments:
            low = below(slot, self.plan.referential.scale.acquired_from)
            comment = address_in_row(plan, Column.COMMENT)
            owed = f'IF({comment}="",{text(TO_JUSTIFY)},{done})'
            done = f"IF({is_number(slot)},IF({low},{owed},{done}),{done})"
        refused = f'IF({slot}="",{text(REFUSED)},{done})'
        formula = f'=IF({address_in_row(plan, Column.MARK)}="",{text(TO_MARK)},{refused})'
        return Cell(formula, self._state(plan))

    def _state(self, plan: CriterionRows) -> str:
        mark = self.marks.get(plan.criterion.code)
        if mark is None:
            return TO_MARK
        low = mark.points is not None and mark.points < self.plan.referential.scale.acquired_from
        return TO_JUSTIFY if self._asks_comments and low and not mark.comment else DONE

    @property
    def _asks_comments(self) -> bool:
        return self.plan.referential.rules.comment is CommentRule.NOT_ACQUIRED

    def competency(self, plan: CompetencyPart) -> Outcome:
        """Return a competency's line of the summary."""
        at = workings.competency_at(plan)
        return _outcome(at.score, at.outcome, self.competencies[plan.competency.code])

    def block(self, plan: BlockSheetPlan) -> Outcome:
        """Return a bloc's line of the summary."""
        at = workings.block_at(plan)
        return _outcome(at.score, at.outcome, self.blocks[plan.block.code])

    def charted(self, plan: BlockSheetPlan) -> Cell:
        """Return the bar that a bloc has in the chart: its score, nothing for none."""
        source = workings.block_at(plan).score
        score = self.blocks[plan.block.code].score
        return Cell(f"=IF({is_number(source)},{source},0)", 0.0 if score is None else float(score))

    def progress(self, criteria: Sequence[CriterionRows]) -> Progress:
        """Return how far the juror is on these criteria, of one bloc or of all of the grid's."""
        asked = [item for item in criteria if not item.exempt]
        total = len(asked)
        codes, slots = workings.codes_at(criteria), workings.slots_at(criteria)
        left = f'SUMPRODUCT(({codes}<>"")*({slots}=""))'
        owed = f"SUM({workings.owed_at(criteria)})"
        unmarked = sum(1 for item in asked if item.criterion.code not in self.marks)
        unwritten = sum(1 for item in asked if self._state(item) == TO_JUSTIFY)
        to_mark = ("● ", " critère à évaluer", " critères à évaluer")
        to_write = ("✎ ", " observation à écrire", " observations à écrire")
        to_do = (
            f"=IF({left}>0,{_counted_formula(left, to_mark)},"
            f"IF({owed}>0,{_counted_formula(owed, to_write)},{text(FINISHED)}))"
        )
        if unmarked:
            shown = _counted(unmarked, to_mark)
        else:
            shown = _counted(unwritten, to_write) if unwritten else FINISHED
        share = Cell(f"=({total}-{left})/{total}", (total - unmarked) / total) if total else None
        return Progress(
            count=Cell(f'=({total}-{left})&" / {total}"', f"{total - unmarked} / {total}"),
            share=share or constant(1),
            to_do=Cell(to_do, shown),
        )


Words = tuple[str, str, str]
"""A symbol, what follows one, what follows several."""


def address_in_row(plan: CriterionRows, column: Column) -> str:
    """Return the absolute address of a cell in a criterion's row."""
    return str(xl_rowcol_to_cell(plan.row, column.index, row_abs=True, col_abs=True))


def _counted(number: int, words: Words) -> str:
    return f"{words[0]}{number}{words[2] if number > 1 else words[1]}"


def _counted_formula(number: str, words: Words) -> str:
    symbol, one, several = map(text, words)
    return f"{symbol}&{number}&IF({number}>1,{several},{one})"


def _outcome(score: str, outcome: str, decision: CompetencyDecision | BlockDecision) -> Outcome:
    return Outcome(
        score=_repeated(score, None if decision.score is None else float(decision.score)),
        outcome=Cell(f"={outcome}", decision.outcome.value),
    )


def _repeated(source: str, number: float | None) -> Cell:
    """Return a cell that repeats a number from the workings, or stays empty."""
    return Cell(f'=IF({is_number(source)},{source},"")', "" if number is None else number)
