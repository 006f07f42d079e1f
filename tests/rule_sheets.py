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
    BlockDecision,
    CandidateDecision,
    CompetencyDecision,
    Criterion,
    CriterionDecision,
    CriterionState,
    JurorCode,
    Mark,
    Referential,
    Session,
)
from sheetgen.rules import (
    DIVERGENT,
    BlockCells,
    Cell,
    CompetencyCells,
    CriterionCells,
    Formulas,
    Marks,
    Readings,
    ScaleRanges,
    Seat,
    Slot,
    pairs,
    place,
    seats_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Given: TypeAlias = Mapping[JurorCode, Marks]
Addresses: TypeAlias = CriterionCells[str] | CompetencyCells[str] | BlockCells[str]
Contents: TypeAlias = CriterionCells[Cell] | CompetencyCells[Cell] | BlockCells[Cell]

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
)
COMPETENCIES = CompetencyCells(
    outcome="B",
    score="C",
    acquired=Readings("D", "E"),
    attained=Readings("F", "G"),
    weight="H",
    mandatory="I",
)
BLOCKS = BlockCells(outcome="B", score="C", validated=Readings("D", "E"))
FIRST_SLOT = 13
"""Each juror's mark, points and support, from column N on."""


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
    _listed: ScaleRanges = field(init=False)
    _row: int = 1
    _rows: dict[str, tuple[int, int]] = field(default_factory=dict)

    def write(self, session: Session, decision: CandidateDecision, given: Given) -> None:
        """The candidate's criteria, then competencies, then blocs, then the outcome."""
        self._sheet = self.workbook.add_worksheet(self.name)
        self._formulas = Formulas(self.referential)
        self._listed = self._list_levels()
        assessed = [block for block in decision.blocks if block.competencies]
        for block in assessed:
            ballots = [
                (seat, given.get(seat.juror, {}))
                for seat in seats_of(session, decision.candidate, block.code)
            ]
            first = self._row
            for competency in block.competencies:
                self._write_criteria(competency, ballots)
            self._rows[block.code] = first, self._row - 1
        competency_rows = {}
        for block in assessed:
            first = self._row
            for competency in block.competencies:
                self._write_competency(competency)
            competency_rows[block.code] = first, self._row - 1
        first = self._row
        for block in decision.blocks:
            self._write_block(block, competency_rows.get(block.code))
        blocks = place(BLOCKS, first, self._row - 1)
        outcome = self._formulas.certification(decision, blocks)
        self._put(f"B{self._row}", outcome)
        self.decided[f"B{self._row}"] = decision.outcome.value

    def _write_criteria(
        self, competency: CompetencyDecision, ballots: Sequence[tuple[Seat, Marks]]
    ) -> None:
        first = self._row
        known = self.referential.criteria_of[competency.code]
        for criterion, decision in zip(known, competency.criteria, strict=True):
            at = place(CRITERIA, self._row)
            self._sheet.write_string(f"A{self._row}", criterion.code)
            slots = self._write_marks(criterion, decision, ballots)
            contents = self._formulas.criterion(criterion, decision, slots, at)
            self._put_all(at, contents)
            self.decided[at.state] = decision.state.value
            self.decided[at.points] = _shown(decision.points)
            self.decided[at.divergence] = DIVERGENT if decision.divergent else ""
            self._row += 1
        self._rows[competency.code] = first, self._row - 1

    def _write_marks(
        self,
        criterion: Criterion,
        decision: CriterionDecision,
        ballots: Sequence[tuple[Seat, Marks]],
    ) -> list[Slot]:
        """Each juror's mark, points and, for a majority, support; none where exempt."""
        if decision.state is CriterionState.EXEMPT:
            return []
        slots = []
        marks = [given.get(criterion.code) for _, given in ballots]
        for number, ((seat, _), mark) in enumerate(zip(ballots, marks, strict=True)):
            column = FIRST_SLOT + 3 * number
            mark_cell, points, support = (
                f"{xl_col_to_name(column + step)}{self._row}" for step in range(3)
            )
            self.mark_cells[seat.juror, criterion.code] = mark_cell
            if mark is not None:
                _write_mark(self._sheet, mark_cell, mark)
            self._put(points, self._formulas.slot_points(mark_cell, self._listed, mark))
            slots.append(Slot(seat, points, support))
        supports = self._formulas.supports(slots, marks)
        for slot, cell in zip(slots, supports, strict=False):
            self._put(slot.support, cell)
        return slots

    def _write_competency(self, decision: CompetencyDecision) -> None:
        at = place(COMPETENCIES, self._row)
        criteria = place(CRITERIA, *self._rows[decision.code])
        competency = next(c for c in self.referential.competencies if c.code == decision.code)
        self._put_all(at, self._formulas.competency(competency, decision, criteria, at))
        self.decided[at.outcome] = decision.outcome.value
        self.decided[at.score] = _shown(decision.score)
        self._row += 1

    def _write_block(self, decision: BlockDecision, rows: tuple[int, int] | None) -> None:
        at = place(BLOCKS, self._row)
        if rows is None:
            self._put_all(at, self._formulas.block_as_decided(decision))
        else:
            criteria = place(CRITERIA, *self._rows[decision.code])
            competencies = place(COMPETENCIES, *rows)
            self._put_all(at, self._formulas.block(decision, criteria, competencies, at))
        self.decided[at.outcome] = decision.outcome.value
        self.decided[at.score] = _shown(decision.score)
        self._row += 1

    def _list_levels(self) -> ScaleRanges:
        levels = self.referential.scale.levels
        if not levels:
            return ScaleRanges()
        for row, level in enumerate(levels, start=1):
            self._sheet.write_string(f"AY{row}", level.label)
            self._sheet.write_number(f"AZ{row}", float(level.points))
        last = len(levels)
        return ScaleRanges(labels=f"$AY$1:$AY${last}", points=f"$AZ$1:$AZ${last}")

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
