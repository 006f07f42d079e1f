"""The sheet « Délibération »: what the jury fills in, and the only thing `finalize` reads.

Proposals are live. A certification's follows the blocs as the jury decided them: at the right of
its row, hidden, stand the outcome and score of each bloc, decided where the jury did.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.consolidation import deliberation_check, layout
from sheetgen.consolidation.deliberation_check import (
    LineCells,
    LineState,
    check_formula,
    check_value,
)
from sheetgen.consolidation.deliberation_fields import ADOPTION_CELL, write_fields
from sheetgen.consolidation.layout import DeliberationColumn
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW, NOTE_ROW
from sheetgen.consolidation.sheets import blocks as blocks_sheet
from sheetgen.consolidation.sheets.deliberation_table import (
    CERTIFIED_TITLE,
    MEAN_TITLE,
    DeliberationLine,
    DeliberationShape,
    decided_title,
    score_title,
)
from sheetgen.consolidation.sheets.live_sheet import HeadHeights, session_text
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, other_row
from sheetgen.consolidation.styles import (
    FAVOURABLE,
    HELD,
    OPEN,
    UNFAVOURABLE,
    Style,
)
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    NO_MENTION,
    BlockOutcome,
    CertificationOutcome,
)
from sheetgen.rules import BlockCells, CertificationCondition, Readings
from sheetgen.rules.excel import is_number, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sheetgen.consolidation.carried import CarriedLine
    from sheetgen.consolidation.plan import BlockRow, CandidateRow
    from sheetgen.consolidation.sheets.deliberation_table import DeliberationSheet
    from sheetgen.consolidation.sheets.live_sheet import LiveSheet
    from sheetgen.model import Block, BlockDecision

_NOTE = (
    "Remplir les cellules jaunes. Un motif est dû si la décision diffère de la proposition, est "
    "défavorable ou tranche une proposition à délibérer."
)
_REVIEW_NOTE = (
    "Lignes « ◆ À revoir » : la proposition a changé depuis que le jury a décidé ; la colonne "
    "« À revoir » dit ce qu'il avait décidé. Y choisir de nouveau une décision."
)
_DECISION_TONES = {
    deliberation_check.DECISION_DUE: OPEN,
    deliberation_check.REASON_DUE: UNFAVOURABLE,
    deliberation_check.DONE: FAVOURABLE,
}
"""The tones of a decision by what is still to be done on its line."""

_NOT_ACQUIRED = tuple(
    outcome
    for outcome in BlockOutcome
    if outcome not in (BlockOutcome.VALIDATED, BlockOutcome.ALREADY_HELD)
)
_ABOUT = "Compétence "
"""Left out of the reasons, where every pixel counts."""

_MEAN_MISSED = "Moyenne générale insuffisante."
_HEIGHTS = HeadHeights(title=16.5, session=0, state=22.5, note=13.5)
_GAP, _HEADER = 1.5, 19.5
"""In points: all above the table takes 190 pixels at most."""

_PROMPT = 255
"""The longest message that Excel shows beside a cell."""


class DeliberationWriter:
    """Fills the sheet from the jury's own fields down, a candidate at a time."""

    def __init__(self, sheet: DeliberationSheet, blocks: LiveSheet) -> None:
        self.sheet = sheet
        self.blocks = blocks
        self.last_row = DELIBERATION_HEADER_ROW
        known = sheet.book.decisions.referential
        self._certification = CertificationCondition(known.rules, known)
        carried = sheet.book.plan.carried
        self._adopted = carried.answers.get(layout.ADOPTION_LABEL) == layout.YES
        sheet.head("Délibération du jury", _REVIEW_NOTE if carried.to_review else _NOTE, _HEIGHTS)
        sheet.write(
            1, DeliberationColumn.DECISION.value, session_text(sheet.book.plan), Style.BESIDE
        )
        sheet.worksheet.write_url(
            NOTE_ROW - 1,
            sheet.index(layout.BASIS),
            f"internal:'{layout.CARD_SHEET}'!B1",
            sheet.book.styles[Style.LINK],
            "Fiche d'un candidat →",
        )
        write_fields(sheet)
        sheet.worksheet.set_row(DELIBERATION_HEADER_ROW - 2, _GAP)
        sheet.begin(DELIBERATION_HEADER_ROW, frozen_columns=4, height=_HEADER)

    def write(self, candidate: CandidateRow) -> None:
        """Write a row per bloc that the candidate presents, then one for the certification."""
        if candidate.deliberation_row is None:
            return
        sheet, decision = self.sheet, DeliberationColumn.DECISION.value
        first_row, last_row = self.last_row + 1, candidate.deliberation_row
        self.last_row = last_row
        for item in candidate.blocks:
            if item.deliberation_row is not None:
                sheet.add(self._block_line(candidate, item, item.deliberation_row), self._shape)
        lists = sheet.book.lists
        if first_row < last_row:
            rule = lists.decision(self._proposal(first_row), certification=False)
            sheet.offer(decision, (first_row, last_row - 1), rule)
        decided = list(self._decide(candidate))
        sheet.add(self._certification_line(candidate, last_row, decided), self._shape)
        rule = lists.decision(self._proposal(last_row), certification=True)
        sheet.offer(decision, (last_row, last_row), rule)
        reasons = self._certification.reasons(decided)
        if reasons:
            rule = _shown_beside(" ".join(reason.message for reason in reasons))
            sheet.offer(DeliberationColumn.REASON.value, (last_row, last_row), rule)
        if candidate.mention_row is not None:
            self.last_row = row = candidate.mention_row
            sheet.add(self._mention_line(candidate, (row, last_row), decided), self._shape)
            sheet.offer(decision, (row, row), lists.mention())

    def finish(self) -> None:
        """Write what holds for the whole table."""
        sheet = self.sheet
        rows = DELIBERATION_HEADER_ROW + 1, max(self.last_row, DELIBERATION_HEADER_ROW + 1)
        subject = sheet.letter(DeliberationColumn.SUBJECT.value)
        rule = {
            "type": "formula",
            "criteria": f"=${subject}{rows[0]}={text(CERTIFICATION)}",
            "format": sheet.book.styles.conditional(HELD.silent),
        }
        span = rows[0] - 1, 0, rows[1] - 1, sheet.index(DeliberationColumn.SUBJECT.value)
        sheet.worksheet.conditional_format(*span, rule)
        self._flag_decisions(rows)
        sheet.complete(DELIBERATION_HEADER_ROW, self.last_row)

    def _flag_decisions(self, rows: tuple[int, int]) -> None:
        """Give each decision that was taken the tone of what « Contrôle » says of it."""
        sheet = self.sheet
        column = sheet.index(DeliberationColumn.DECISION.value)
        decision, check = (
            f"${sheet.letter(title.value)}{rows[0]}"
            for title in (DeliberationColumn.DECISION, DeliberationColumn.CHECK)
        )
        for said, tone in _DECISION_TONES.items():
            rule = {
                "type": "formula",
                "criteria": f'=AND({decision}<>"",{check}={text(said)})',
                "format": sheet.book.styles.conditional(tone),
            }
            sheet.worksheet.conditional_format(rows[0] - 1, column, rows[1] - 1, column, rule)

    def _proposal(self, row: int) -> str:
        """Return the address of a line's proposal, as its lists name it."""
        return f"${self.sheet.letter(DeliberationColumn.PROPOSAL.value)}{row}"

    def _decide(self, candidate: CandidateRow) -> Iterator[BlockDecision]:
        """Yield the blocs as the jury decided them, as proposed where it did not."""
        for item in candidate.blocks:
            kept = self._carried(candidate, item.decision.code).decision
            taken = item.deliberation_row is not None and kept in _TAKEN
            yield replace(item.decision, outcome=BlockOutcome(kept)) if taken else item.decision

    def _carried(self, candidate: CandidateRow, subject: str) -> CarriedLine:
        return self.sheet.book.plan.carried.line(candidate.candidate.id, subject)

    def _block_line(self, candidate: CandidateRow, item: BlockRow, row: int) -> DeliberationLine:
        code, proposal = item.decision.code, item.decision.outcome.value
        carried = self._carried(candidate, code)
        return DeliberationLine(
            rows=(row, item.row),
            alike=(bool(carried.review), "", (), None),
            candidate=candidate.candidate,
            subject=code,
            proposal=proposal,
            carried=carried,
            check=check_value(self._state(proposal, carried)),
            basis=one_line("\n".join(reason.message for reason in item.decision.reasons)),
        )

    def _certification_line(
        self, candidate: CandidateRow, row: int, decided: Sequence[BlockDecision]
    ) -> DeliberationLine:
        """Return the row of a certification, proposed by the blocs as the jury decided them."""
        carried = self._carried(candidate, CERTIFICATION)
        proposed = self._certification.judge(decided)
        proposal = proposed.value
        lost = self._certification.lacking(decided).count
        mean = self._certification.mean(decided)
        own = [item.deliberation_row for item in candidate.blocks]
        return DeliberationLine(
            rows=(
                row,
                *(item.row for item in candidate.blocks),
                *(place for place in own if place is not None),
            ),
            alike=(
                bool(carried.review),
                CERTIFICATION,
                tuple(place is not None for place in own),
                self.sheet.book.formulas.certification_kind(decided),
            ),
            candidate=candidate.candidate,
            subject=CERTIFICATION,
            proposal=proposal,
            carried=carried,
            check=check_value(self._state(proposal, carried, lost)),
            basis=self._basis(proposed, lost, decided),
            kept=[
                (item.outcome.value, None if item.score is None else float(item.score))
                for item in decided
            ],
            certified=(
                self._certified(carried, proposed).value,
                "" if mean is None else float(mean),
            ),
        )

    def _mention_line(
        self, candidate: CandidateRow, rows: tuple[int, int], decided: Sequence[BlockDecision]
    ) -> DeliberationLine:
        """Return the row of a mention, proposed by the certification as the jury decided it."""
        carried = self._carried(candidate, MENTION)
        certification = self._carried(candidate, CERTIFICATION)
        outcome = self._certified(certification, self._certification.judge(decided))
        proposal = self._certification.mention(outcome, decided) or NO_MENTION
        return DeliberationLine(
            rows=rows,
            alike=(bool(carried.review), MENTION, (), None),
            candidate=candidate.candidate,
            subject=MENTION,
            proposal=proposal,
            carried=carried,
            check=check_value(self._state(proposal, carried)),
        )

    @staticmethod
    def _certified(carried: CarriedLine, proposed: CertificationOutcome) -> CertificationOutcome:
        """Return a certification as the jury decided it, as proposed where it did not."""
        kept = carried.decision
        return CertificationOutcome(kept) if kept in _CERTIFYING else proposed

    def _state(self, proposal: str, carried: CarriedLine, lost: int | None = None) -> LineState:
        return LineState(
            proposal=proposal,
            decision=carried.decision or "",
            reason=carried.reason or "",
            adopted=self._adopted,
            review=bool(carried.review),
            lost=lost,
        )

    def _basis(
        self, proposed: CertificationOutcome, lost: int, decided: Sequence[BlockDecision]
    ) -> str:
        """Return why a certification is proposed: the blocs that are not acquired, or the mean."""
        if proposed is CertificationOutcome.PARTIAL and not lost:
            return _MEAN_MISSED
        blocks = self.sheet.book.decisions.referential.block
        return " ".join(
            f"{item.code} {item.outcome.value.lower()}."
            for item in decided
            if item.outcome in _NOT_ACQUIRED and not blocks[item.code].is_optional
        )

    def _basis_formula(self, outcomes: str) -> str:
        """Return the formula of that."""
        sheet = self.sheet
        proposal = f"${sheet.letter(DeliberationColumn.PROPOSAL.value)}${OWN_ROW}"
        told = []
        for block in sheet.book.decisions.referential.blocks:
            if not block.is_optional:
                cell = f"${sheet.letter(decided_title(block))}${OWN_ROW}"
                lost = ",".join(f"{cell}={text(word.value)}" for word in _NOT_ACQUIRED)
                told.append(f'IF(OR({lost}),{text(f"{block.code} ")}&LOWER({cell})&". ","")')
        partial = f"{proposal}={text(CertificationOutcome.PARTIAL.value)}"
        lost = sheet.book.formulas.lost_formula(outcomes)
        blocks = f"TRIM({'&'.join(told)})" if told else '""'
        return f"=IF(AND({partial},{lost}=0),{text(_MEAN_MISSED)},{blocks})"

    def _shape(self, line: DeliberationLine) -> DeliberationShape:
        review, subject, decided, kind = line.alike
        formulas, letter = self.sheet.book.formulas, self.sheet.letter
        if subject == MENTION:
            outcome, mean = (
                f"${letter(title)}${other_row(1)}" for title in (CERTIFIED_TITLE, MEAN_TITLE)
            )
            proposal = formulas.mention_formula(outcome, mean, NO_MENTION)
            return DeliberationShape(proposal=proposal, check=self._check(review, ""))
        if kind is None:
            proposal = f"={self.blocks.cell(blocks_sheet.CELLS.outcome, other_row(1))}"
            reasons = self.blocks.cell(blocks_sheet.REASONS, other_row(1))
            basis = f'SUBSTITUTE({reasons}&"",CHAR(10)," · ")'
            basis = f'=SUBSTITUTE({basis},{text(_ABOUT)},"")'
            return DeliberationShape(proposal=proposal, check=self._check(review, ""), basis=basis)
        outcomes, scores = map(self._across, (decided_title, score_title))
        blocks = BlockCells(outcome=outcomes, score=scores, validated=Readings("", ""))
        return DeliberationShape(
            proposal=formulas.certification_formula(blocks, kind),
            check=self._check(review, formulas.lost_formula(outcomes)),
            basis=self._basis_formula(outcomes),
            kept=list(self._kept(decided)),
            certified=(self._certified_formula(), formulas.mean_formula(blocks, kind)),
        )

    def _certified_formula(self) -> str:
        """Return the formula of a certification as decided, as proposed where it is not."""
        columns = DeliberationColumn.DECISION, DeliberationColumn.PROPOSAL
        decision, proposal = (f"${self.sheet.letter(item.value)}${OWN_ROW}" for item in columns)
        chosen = ",".join(f"{decision}={text(word)}" for word in _CERTIFYING)
        return f"=IF(OR({chosen}),{decision},{proposal})"

    def _across(self, title: Callable[[Block], str]) -> str:
        """Return the cells of all blocs in a certification's row."""
        blocks = self.sheet.book.decisions.referential.blocks
        first, last = (self.sheet.letter(title(block)) for block in (blocks[0], blocks[-1]))
        return f"${first}${OWN_ROW}:${last}${OWN_ROW}"

    def _kept(self, decided: Sequence[bool]) -> Iterator[tuple[str, str]]:
        """Yield each bloc's outcome as the jury decided it, proposed where not, and its score."""
        letter = self.sheet.letter(DeliberationColumn.DECISION.value)
        own = len(decided)
        for place, is_decided in enumerate(decided, start=1):
            if not is_decided:
                yield "", ""
                continue
            own += 1
            decision = f"${letter}${other_row(own)}"
            chosen = ",".join(f"{decision}={text(word)}" for word in _TAKEN)
            outcome, score = (
                self.blocks.cell(title, other_row(place))
                for title in (blocks_sheet.CELLS.outcome, blocks_sheet.CELLS.score)
            )
            repeated = f"={score}"
            if not self.sheet.book.plan.detailed:  # a score is then a value, or a blank cell
                repeated = f'=IF({is_number(score)},{score},"")'
            yield f"=IF(OR({chosen}),{decision},{outcome})", repeated

    def _check(self, review: bool, lost: str) -> str:  # noqa: FBT001 - as `alike` has it
        """Return the formula of what is still to be done on a row."""
        proposal, decision, reason = (
            f"${self.sheet.letter(column.value)}${OWN_ROW}"
            for column in (
                DeliberationColumn.PROPOSAL,
                DeliberationColumn.DECISION,
                DeliberationColumn.REASON,
            )
        )
        cells = LineCells(
            proposal=proposal,
            decision=decision,
            reason=reason,
            fillings=self.sheet.book.lists.fillings,
            adoption=ADOPTION_CELL,
            lost=lost,
        )
        return check_formula(cells, review=review)


def one_line(said: str) -> str:
    """Return the reasons for a bloc's proposal on one line, competencies by their codes."""
    return said.replace("\n", " · ").replace(_ABOUT, "")


_TAKEN = tuple(choice.value for choice in layout.BLOCK_CHOICES[1:])
"""The decisions of the jury that stand instead of a bloc's proposal."""

_CERTIFYING = tuple(choice.value for choice in layout.CERTIFICATION_CHOICES[1:])
"""Likewise, instead of a certification's."""


def _shown_beside(message: str) -> dict[str, object]:
    """Return a rule that allows anything, and shows a message where its cell is selected."""
    return {
        "validate": "any",
        "input_title": "Pourquoi cette proposition",
        "input_message": message if len(message) <= _PROMPT else f"{message[: _PROMPT - 1]}…",
    }
