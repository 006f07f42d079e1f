"""Filling the sheet « Critères »: a row per criterion of each candidate, and what holds for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation.layout import mark_header
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets.criteria import (
    ASSESSED,
    CELLS,
    CriterionLine,
    CriterionShape,
    MarkedBlock,
    points_header,
    received_header,
    support_header,
)
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW
from sheetgen.consolidation.styles import CHANGED
from sheetgen.rules import (
    AssessmentCells,
    CriterionPlaces,
    Seating,
    Slot,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Hashable
    from fractions import Fraction

    from sheetgen.consolidation.plan import CandidateRow, CriterionRow
    from sheetgen.consolidation.sheets.criteria import CriteriaSheet
    from sheetgen.consolidation.sheets.live_sheet import LiveSheet
    from sheetgen.model import Criterion, CriterionCode
    from sheetgen.rules import (
        CandidateJudgement,
        CandidateScope,
        CriterionKind,
        Seat,
    )

_MOST_RANGES = 200

_NOTE = (
    "Une appréciation jaune peut être changée pour en essayer l'effet : tout suit. Une valeur "
    "changée (✎) ne vaut pas décision."
)


def _flag_changes(sheet: LiveSheet, slot: int, rows: tuple[int, int]) -> None:
    column = sheet.index(mark_header(slot))
    shown, received = sheet.letter(mark_header(slot)), sheet.letter(received_header(slot))
    rule = {
        "type": "formula",
        "criteria": f"=${shown}{rows[0]}<>${received}{rows[0]}",
        "format": sheet.book.styles.conditional(CHANGED),
    }
    sheet.worksheet.conditional_format(rows[0] - 1, column, rows[1] - 1, column, rule)


class CriteriaWriter:
    """Fills the sheet from its head down, a candidate at a time.

    `gate` is the row of an épreuve, from here, as the second one that a line names.
    """

    def __init__(self, sheet: CriteriaSheet, gate: AssessmentCells[str] | None) -> None:
        self.sheet = sheet
        self.formulas = sheet.book.formulas
        assessed = None
        if self.formulas.has_assessments:
            assessed = place(sheet.letters(ASSESSED), OWN_ROW)
        self._places = CriterionPlaces(
            place(sheet.letters(CELLS), OWN_ROW), assessed=assessed, gate=gate
        )
        self._numbers: dict[Hashable, int] = {}
        self._seats: tuple[tuple[Seat, ...], int] = (), self._number_of(())
        self._former: dict[
            CriterionCode, tuple[CandidateScope, int, tuple[CriterionKind, int]]
        ] = {}
        self._runs: dict[int, list[tuple[int, int]]] = {}
        self._criterion = {item.code: item for item in sheet.book.decisions.referential.criteria}
        sheet.head("Critères : appréciations de chaque juré", _NOTE)
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's criteria."""
        session = self.sheet.book.decisions.session
        seating = Seating(session, candidate.judgement.scope, candidate.candidate.id)
        for block in candidate.blocks:
            marked = MarkedBlock(
                candidate=candidate.candidate.id,
                name=candidate.name,
                code=block.decision.code,
                assessments=candidate.assessments,
                judgement=candidate.judgement,
            )
            for item in block.criteria:
                criterion = self._criterion[item.decision.code]
                line = self._line(marked, item, criterion, seating.on(criterion))
                self._note_scale(item.row, criterion)
                self.sheet.add(line, self._shape, _same(line))

    def finish(self) -> None:
        """Write what holds for the whole table."""
        plan = self.sheet.book.plan
        last_row = HEADER_ROW + plan.criteria
        for slot in range(1, plan.seats + 1):
            _flag_changes(self.sheet, slot, (HEADER_ROW + 1, max(last_row, HEADER_ROW + 1)))
            self._offer_marks(slot)
        self.sheet.complete(HEADER_ROW, last_row)

    def _offer_marks(self, slot: int) -> None:
        """Hold marks to the scales of their criteria, where there are several."""
        sheet, lists = self.sheet, self.sheet.book.lists
        letter = sheet.letter(mark_header(slot))
        for scale, runs in self._runs.items():
            for start in range(0, len(runs), _MOST_RANGES):
                some = runs[start : start + _MOST_RANGES]
                rule = lists.mark(f"{letter}{some[0][0]}", scale)
                sheet.offer_many(mark_header(slot), some, rule)

    def _note_scale(self, row: int, criterion: Criterion) -> None:
        """Note on which scale a row is marked, where there are several."""
        lists = self.sheet.book.lists
        if len(lists.scales) == 1:
            return
        runs = self._runs.setdefault(lists.place_of(criterion), [])
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))

    def _line(
        self,
        block: MarkedBlock,
        item: CriterionRow,
        criterion: Criterion,
        seats: tuple[Seat, ...],
    ) -> CriterionLine:
        kind, alike = self._kind(block.judgement, criterion, seats)
        rows: tuple[int, ...] = (item.row,)
        if kind.gated:
            assessment = self.formulas.assessment_of(criterion)
            rows += tuple(x.row for x in block.assessments if x.decision.code == assessment)
        given = {mark.juror: mark for mark in item.decision.marks}
        return CriterionLine(
            rows=rows,
            alike=alike,
            block=block,
            criterion=criterion,
            item=item,
            kind=kind,
            seated=[(seat, given.get(seat.juror)) for seat in seats],
            formulas=self.formulas,
        )

    def _kind(
        self, judgement: CandidateJudgement, criterion: Criterion, seats: tuple[Seat, ...]
    ) -> tuple[CriterionKind, int]:
        """Return the kind of a row, and a number for what its formulas depend on."""
        if seats is not self._seats[0]:
            weights = tuple((str(seat.weight), seat.president) for seat in seats)
            self._seats = seats, self._number_of(weights)
        weighed = self._seats[1]
        former = self._former.get(criterion.code)
        if former is None or former[0] is not judgement.scope or former[1] != weighed:
            kind = self.formulas.criterion_kind(judgement, criterion)
            number = self._number_of((self.formulas.form(criterion), kind, weighed))
            former = self._former[criterion.code] = judgement.scope, weighed, (kind, number)
        return former[2]

    def _number_of(self, thing: Hashable) -> int:
        """Return a number for a thing, always the one that equal things have."""
        return self._numbers.setdefault(thing, len(self._numbers))

    def _maximum(self, criterion: Criterion) -> Fraction | None:
        """Return the highest note of a criterion, where another may have another one."""
        lists = self.sheet.book.lists
        scale = lists.scales[lists.place_of(criterion)]
        return scale.maximum if len(lists.scales) > 1 and not scale.levels else None

    def _shape(self, line: CriterionLine) -> CriterionShape:
        sheet, settled = self.sheet, line.kind.settled is not None
        slots = (
            []
            if settled
            else [
                Slot(
                    seat,
                    f"${sheet.letter(points_header(slot))}${OWN_ROW}",
                    f"${sheet.letter(support_header(slot))}${OWN_ROW}",
                )
                for slot, (seat, _) in enumerate(line.seated, start=1)
            ]
        )
        marks = [
            f"${sheet.letter(mark_header(slot))}${OWN_ROW}" for slot in range(1, len(slots) + 1)
        ]
        listed = sheet.book.lists.levels(line.criterion)
        criterion, kind = line.criterion, line.kind
        return CriterionShape(
            settled=settled,
            gated=kind.gated,
            maximum=self._maximum(criterion),
            seats=len(line.seated),
            at=self._places.at,
            formulas=self.formulas.criterion_formulas(criterion, slots, kind, self._places),
            points=[self.formulas.slot_points_formula(criterion, mark, listed) for mark in marks],
            supports=self.formulas.support_formulas(criterion, slots),
            assessed=self.formulas.assessed_formulas(criterion, slots, kind, self._places),
        )


def _same(line: CriterionLine) -> Hashable | None:
    """Return what a line holds but for its candidate, its jurors and their observations.

    Where marks alone decide: None where it rests on an épreuve, or on what the jury settled.
    """
    if line.kind.settled is not None or line.kind.assessed or line.kind.gated:
        return None
    decision, marks = line.item.decision, [mark for _, mark in line.seated]
    given = [None if mark is None else mark.value for mark in marks]
    return line.alike, decision.code, decision.state, decision.divergent, *given
