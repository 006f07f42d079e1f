"""A bare sheet of workings: what `sheetgen.rules` needs of any workbook, and nothing else.

Shows the order in which a writer places rows and asks for their formulas, and keeps every formula
written, so that a test can compare what a program makes of it with the value stored beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from xlsxwriter.utility import xl_col_to_name

from sheetgen.model import (
    AssessmentDecision,
    BlockDecision,
    CandidateDecision,
    CandidateId,
    CertificationOutcome,
    CompetencyDecision,
    Criterion,
    JurorCode,
    Mark,
    MethodCode,
    Referential,
    Session,
)
from sheetgen.rules import (
    DIVERGENT,
    AssessedCells,
    AssessmentCells,
    BlockCells,
    BlockPlaces,
    CandidateJudgement,
    Cell,
    CompetencyCells,
    CriterionCells,
    CriterionPlaces,
    Formulas,
    Marks,
    Readings,
    RowCells,
    ScaleRanges,
    Seat,
    Slot,
    pairs,
    place,
    seats_on,
)
from sheetgen.rules.excel import constant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from sheetgen.rules import Addresses, Contents

Given: TypeAlias = Mapping[JurorCode, Marks]

CRITERIA = CriterionCells(
    points="B",
    state="C",
    divergence="D",
    top="E",
    counted="F",
    value=Readings("G", "H"),
    acquired=Readings("I", "J"),
    eliminates=Readings("K", "L"),
    mandatory="M",
    share=Readings("N", "O"),
    unsure="P",
    waits="Q",
)
ASSESSED = AssessedCells(
    assessment="R", points="S", state="T", counted="U", share=Readings("V", "W")
)
ASSESSMENTS = AssessmentCells(
    outcome="B",
    score="C",
    waits="D",
    opened=Readings("E", "F"),
    passed=Readings("G", "H"),
    attained=Readings("I", "J"),
)
COMPETENCIES = CompetencyCells(
    outcome="B",
    score="C",
    acquired=Readings("D", "E"),
    attained=Readings("F", "G"),
    weight="H",
    mandatory="I",
    scored="J",
)
BLOCKS = BlockCells(outcome="B", score="C", validated=Readings("D", "E"))
FIRST_SLOT = 23
"""Each juror's mark, points and support, from column X on."""
LEVELS = "BA", "BB"
"""The labels and points of the scales, one below the other."""


@dataclass(slots=True)
class RuleSheet:
    """One candidate's workings on a sheet of their own.

    Attributes:
        workbook: an XlsxWriter workbook.
        name: the sheet's.
        referential: with the rules.
        written: every cell with a formula, by its address.
        decided: what Python decided, by the address of the formula that must say the same.
        mark_cells: address of each mark, by juror and criterion.
    """

    workbook: Workbook
    name: str
    referential: Referential
    written: dict[str, Cell] = field(default_factory=dict)
    decided: dict[str, str | float] = field(default_factory=dict)
    mark_cells: dict[tuple[str, str], str] = field(default_factory=dict)
    _sheet: Worksheet = field(init=False)
    _formulas: Formulas = field(init=False)
    _row_cells: RowCells = field(init=False)
    _judgement: CandidateJudgement = field(init=False)
    _listed: dict[str, ScaleRanges] = field(default_factory=dict)
    _assessments: dict[MethodCode, AssessmentCells[str]] = field(default_factory=dict)
    _row: int = 1
    _rows: dict[str, tuple[int, int]] = field(default_factory=dict)

    def write(self, session: Session, decision: CandidateDecision, given: Given) -> None:
        """Write criteria, then épreuves, competencies and blocs, then the certification."""
        self._sheet = self.workbook.add_worksheet(self.name)
        self._formulas = Formulas(self.referential)
        self._row_cells = RowCells(self._formulas)
        candidate = session.candidate[decision.candidate]
        self._judgement = self._formulas.judge(session, candidate, decision)
        self._list_levels()
        assessed = [block for block in decision.blocks if block.competencies]
        last = sum(len(one.criteria) for block in assessed for one in block.competencies)
        for row, item in enumerate(decision.assessments, start=last + 1):
            self._assessments[item.code] = place(ASSESSMENTS, row)
        for block in assessed:
            first = self._row
            for competency in block.competencies:
                self._write_criteria(competency, session, decision.candidate, given)
            self._rows[block.code] = first, self._row - 1
        for item in decision.assessments:
            self._write_assessment(item, place(ASSESSED, 1, max(last, 1)))
        competency_rows = {}
        for block in assessed:
            first = self._row
            for competency in block.competencies:
                self._write_competency(competency)
            competency_rows[block.code] = first, self._row - 1
        first = self._row
        for block in decision.blocks:
            self._write_block(block, competency_rows.get(block.code))
        self._write_certification(decision, place(BLOCKS, first, self._row - 1))

    def _write_criteria(
        self,
        competency: CompetencyDecision,
        session: Session,
        candidate: CandidateId,
        given: Given,
    ) -> None:
        first = self._row
        known = self.referential.criteria_of[competency.code]
        for criterion, decision in zip(known, competency.criteria, strict=True):
            seats = seats_on(session, self._judgement.scope, candidate, criterion)
            ballots = [(seat, given.get(seat.juror, {})) for seat in seats]
            places = self._places(criterion)
            self._sheet.write_string(f"A{self._row}", criterion.code)
            slots = self._write_marks(criterion, ballots)
            contents = self._row_cells.criterion(self._judgement, criterion, slots, places)
            self._put_all(places.at, contents)
            if places.assessed is not None:
                own = self._row_cells.assessed(self._judgement, criterion, slots, places)
                self._put_all(places.assessed, own)
            self.decided[places.at.state] = decision.state.value
            self.decided[places.at.points] = _shown(decision.points)
            self.decided[places.at.divergence] = DIVERGENT if decision.divergent else ""
            self._row += 1
        self._rows[competency.code] = first, self._row - 1

    def _places(self, criterion: Criterion) -> CriterionPlaces:
        at = place(CRITERIA, self._row)
        if not self._formulas.has_assessments:
            return CriterionPlaces(at)
        code = self.referential.assessment_of[criterion.code]
        gate = None if code is None else self._assessments.get(code)
        return CriterionPlaces(at, assessed=place(ASSESSED, self._row), gate=gate)

    def _write_marks(
        self, criterion: Criterion, ballots: Sequence[tuple[Seat, Marks]]
    ) -> list[Slot]:
        """Each juror's mark, points and, for a majority, support; none where marks do not count."""
        if self._formulas.criterion_kind(self._judgement, criterion).settled is not None:
            return []
        slots = []
        listed = self._listed[self.referential.scale_of[criterion.code].name]
        marks = [given.get(criterion.code) for _, given in ballots]
        for number, ((seat, _), mark) in enumerate(zip(ballots, marks, strict=True)):
            column = FIRST_SLOT + 3 * number
            mark_cell, points, support = (
                f"{xl_col_to_name(column + step)}{self._row}" for step in range(3)
            )
            self.mark_cells[seat.juror, criterion.code] = mark_cell
            if mark is not None:
                _write_mark(self._sheet, mark_cell, mark)
            self._put(points, self._row_cells.slot_points(criterion, mark_cell, listed, mark))
            slots.append(Slot(seat, points, support))
        supports = self._formulas.support_formulas(criterion, slots)
        values = self._formulas.support_values(criterion, [slot.seat for slot in slots], marks)
        for slot, formula, value in zip(slots, supports, values, strict=False):
            self._put(slot.support, Cell(formula, value))
        return slots

    def _write_assessment(self, decision: AssessmentDecision, every: AssessedCells[str]) -> None:
        at = self._assessments[decision.code]
        rows = self._assessments
        contents = self._row_cells.assessment(self._judgement, decision.code, every, rows)
        self._put_all(at, contents)
        self.decided[at.outcome] = decision.outcome.value
        self.decided[at.score] = _shown(decision.score)
        self._row += 1

    def _write_competency(self, decision: CompetencyDecision) -> None:
        at = place(COMPETENCIES, self._row)
        rows = self._rows[decision.code]
        criteria = place(CRITERIA, *rows) if decision.criteria else None
        contents = self._row_cells.competency(self._judgement, decision, criteria, at)
        self._put_all(at, contents)
        self.decided[at.outcome] = decision.outcome.value
        self.decided[at.score] = _shown(decision.score)
        self._row += 1

    def _write_block(self, decision: BlockDecision, rows: tuple[int, int] | None) -> None:
        at = place(BLOCKS, self._row)
        if rows is None:
            empty = constant("")
            score = constant(_shown(decision.score))
            outcome = constant(decision.outcome.value)
            as_decided = BlockCells(outcome=outcome, score=score, validated=Readings(empty, empty))
            self._put_all(at, as_decided)
        else:
            first, last = self._rows[decision.code]
            below = BlockPlaces(
                criteria=place(CRITERIA, first, last) if first <= last else None,
                competencies=place(COMPETENCIES, *rows),
                assessments=self._assessments,
            )
            self._put_all(at, self._row_cells.block(self._judgement, decision, below, at))
        self.decided[at.outcome] = decision.outcome.value
        self.decided[at.score] = _shown(decision.score)
        self._row += 1

    def _write_certification(self, decision: CandidateDecision, blocks: BlockCells[str]) -> None:
        """The outcome, then the general mean and the mention of a candidate who came."""
        outcome, mean, mention = (f"{column}{self._row}" for column in "BCD")
        self.decided[outcome] = decision.outcome.value
        if decision.outcome is CertificationOutcome.ABSENT:
            self._put(outcome, constant(decision.outcome.value))
            return
        kind = self._formulas.certification_kind(decision.blocks)
        formula = self._formulas.certification_formula(blocks, kind)
        self._put(outcome, Cell(formula, decision.outcome.value))
        self._put(mean, Cell(self._formulas.mean_formula(blocks, kind), _shown(decision.mean)))
        said = self._formulas.mention_formula(outcome, mean)
        self._put(mention, Cell(said, decision.mention or ""))
        self.decided[mean] = _shown(decision.mean)
        self.decided[mention] = decision.mention or ""

    def _list_levels(self) -> None:
        """The levels of every scale, by its name."""
        row = 0
        labels, points = LEVELS
        for scale in (self.referential.scale, *self.referential.scales):
            first = row + 1
            for row, level in enumerate(scale.levels, start=first):
                self._sheet.write_string(f"{labels}{row}", level.label)
                self._sheet.write_number(f"{points}{row}", float(level.points))
            self._listed[scale.name] = (
                ScaleRanges(
                    labels=f"${labels}${first}:${labels}${row}",
                    points=f"${points}${first}:${points}${row}",
                )
                if scale.levels
                else ScaleRanges()
            )

    def _put_all(self, addresses: Addresses, contents: Contents) -> None:
        for address, cell in pairs(addresses, contents):
            self._put(address, cell)

    def _put(self, address: str, cell: Cell) -> None:
        if cell.formula:
            self._sheet.write_formula(address, cell.formula, None, cell.value)
            self.written[address] = cell
        else:
            self._sheet.write(address, cell.value)


def _write_mark(sheet: Worksheet, address: str, mark: Mark) -> None:
    if isinstance(mark.value, str):
        sheet.write_string(address, mark.value)
    else:
        sheet.write_number(address, float(mark.value))


def _shown(value: Fraction | None) -> str | float:
    return "" if value is None else float(value)
