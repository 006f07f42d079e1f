"""The sheet « Délibération »: what the jury fills in, and the only thing `finalize` reads.

Proposals are live. A certification's follows the blocs as the jury decided them: at the right of
its row, hidden, stand the outcome and score of each bloc, decided where the jury did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sheetgen.consolidation import deliberation_check, layout
from sheetgen.consolidation.deliberation_check import LineCells, LineState
from sheetgen.consolidation.deliberation_fields import ADOPTION_CELL, write_fields
from sheetgen.consolidation.layout import DeliberationColumn
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW
from sheetgen.consolidation.sheets import blocks as blocks_sheet
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.styles import FAVOURABLE, HELD, OPEN, UNFAVOURABLE, WAITING, Style
from sheetgen.model import CERTIFICATION, BlockOutcome, CertificationOutcome
from sheetgen.rules import BlockCells, Cell, CertificationCondition, Readings
from sheetgen.rules.excel import among, text

if TYPE_CHECKING:
    from sheetgen.consolidation.carried import CarriedLine
    from sheetgen.consolidation.plan import BlockRow, CandidateRow
    from sheetgen.consolidation.sheets.lists import Lists
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.excel import Content
    from sheetgen.model import Block, BlockDecision

_NOTE = (
    "Remplir les cellules jaunes. Un motif est dû si la décision diffère de la proposition, est "
    "défavorable ou tranche une proposition à délibérer."
)
_REVIEW_NOTE = (
    "Lignes « ◆ À revoir » : la proposition a changé depuis que le jury a décidé ; la colonne "
    "« À revoir » dit ce qu'il avait décidé. Y choisir de nouveau une décision."
)
_CHECK_TONES = {
    deliberation_check.MARKS_DUE: UNFAVOURABLE,
    deliberation_check.TO_DECIDE: WAITING,
    deliberation_check.DECISION_DUE: OPEN,
    deliberation_check.REVIEW_DUE: OPEN,
    deliberation_check.REASON_DUE: UNFAVOURABLE,
    deliberation_check.DONE: FAVOURABLE,
}
_PROMPT = 255
"""The longest message that Excel shows beside a cell."""


def add_deliberation(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    blocks = book.decisions.referential.blocks
    return LiveSheet(
        book,
        layout.DELIBERATION_SHEET,
        [
            SheetColumn(DeliberationColumn.CANDIDATE.value, 10),
            SheetColumn(DeliberationColumn.LAST_NAME.value, 20),
            SheetColumn(DeliberationColumn.FIRST_NAME.value, 18),
            SheetColumn(DeliberationColumn.SUBJECT.value, 15),
            SheetColumn(DeliberationColumn.PROPOSAL.value, 20),
            SheetColumn(DeliberationColumn.DECISION.value, 24),
            SheetColumn(DeliberationColumn.REASON.value, 58),
            SheetColumn(DeliberationColumn.CHECK.value, 21),
            *(SheetColumn(_decided(block)) for block in blocks),
            *(SheetColumn(_score(block)) for block in blocks),
            *(
                [SheetColumn(DeliberationColumn.REVIEW.value, 50)]
                if book.plan.carried.to_review
                else []
            ),
        ],
    )


def _decided(block: Block) -> str:
    return f"Résultat retenu {block.code}"


def _score(block: Block) -> str:
    return f"Score {block.code}"


class DeliberationWriter:
    """Fills the sheet from the jury's own fields down, a candidate at a time."""

    def __init__(self, sheet: LiveSheet, blocks: LiveSheet, lists: Lists) -> None:
        self.sheet = sheet
        self.blocks = blocks
        self.lists = lists
        self.last_row = DELIBERATION_HEADER_ROW
        carried = sheet.book.plan.carried
        sheet.head("Délibération du jury", _REVIEW_NOTE if carried.to_review else _NOTE)
        write_fields(sheet, lists)
        sheet.begin(DELIBERATION_HEADER_ROW, frozen_columns=4)

    def write(self, candidate: CandidateRow) -> None:
        """Write a row per bloc that the candidate presents, then one for the certification."""
        if candidate.deliberation_row is None:
            return
        sheet, decision = self.sheet, DeliberationColumn.DECISION.value
        first_row, last_row = self.last_row + 1, candidate.deliberation_row
        self.last_row = last_row
        for item in candidate.blocks:
            if item.deliberation_row is not None:
                proposal = Cell(f"={_outcome(self.blocks, item)}", item.decision.outcome.value)
                line = _Line(
                    row=item.deliberation_row,
                    candidate=candidate,
                    subject=item.decision.code,
                    proposal=proposal,
                    fillings=self.lists.fillings,
                )
                _write_row(sheet, line)
        if first_row < last_row:
            rows = first_row, last_row - 1
            sheet.offer(decision, rows, self.lists.decision(certification=False))
        _write_certification(self, last_row, candidate)
        sheet.offer(decision, (last_row, last_row), self.lists.decision(certification=True))

    def finish(self) -> None:
        """Write what holds for the whole table."""
        sheet = self.sheet
        rows = DELIBERATION_HEADER_ROW + 1, max(self.last_row, DELIBERATION_HEADER_ROW + 1)
        words = dict.fromkeys(word.value for word in (*BlockOutcome, *CertificationOutcome))
        subject = sheet.letter(DeliberationColumn.SUBJECT.value)
        rule = {
            "type": "formula",
            "criteria": f"=${subject}{rows[0]}={text(CERTIFICATION)}",
            "format": sheet.book.styles.conditional(HELD.silent),
        }
        span = rows[0] - 1, 0, rows[1] - 1, sheet.index(DeliberationColumn.SUBJECT.value)
        sheet.worksheet.conditional_format(*span, rule)
        sheet.tint(DeliberationColumn.PROPOSAL.value, *rows, list(words))
        for said, tone in _CHECK_TONES.items():
            sheet.tint_when(DeliberationColumn.CHECK.value, rows, text(said), tone.silent)
        sheet.end(DELIBERATION_HEADER_ROW, self.last_row)
        sheet.page(rows[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row to write: a bloc's, or a certification's with the blocs that it follows.

    Attributes:
        subject: a bloc's code or « Certification ».
        fillings: the range of the texts that are no reason.
        lost: for a certification, the formula that counts the blocs not acquired, and its result.
    """

    row: int
    candidate: CandidateRow
    subject: str
    proposal: Cell
    fillings: str
    lost: tuple[str, int] | None = None


def _write_certification(writer: DeliberationWriter, row: int, candidate: CandidateRow) -> None:
    """Write a certification's row: its proposal rests on the blocs as the jury decided them."""
    sheet, blocks = writer.sheet, writer.blocks
    decisions = sheet.book.decisions
    known = decisions.referential.block
    decided: list[BlockDecision] = []
    for item in candidate.blocks:
        block = known[item.decision.code]
        carried = sheet.book.plan.carried.line(candidate.candidate.id, block.code)
        cell = _decided_cell(sheet, item, blocks, carried)
        decided.append(replace(item.decision, outcome=BlockOutcome(cell.value)))
        sheet.write(row, _decided(block), cell, Style.HIDDEN)
        if item.competencies:
            score = item.decision.score
            cell = Cell(
                f"={blocks.cell(blocks_sheet.CELLS.score, item.row)}",
                "" if score is None else float(score),
            )
            sheet.write(row, _score(block), cell, Style.HIDDEN)
    first, last = (
        known[item.decision.code] for item in (candidate.blocks[0], candidate.blocks[-1])
    )
    outcomes = f"${sheet.letter(_decided(first))}${row}:${sheet.letter(_decided(last))}${row}"
    ranges = BlockCells(
        outcome=outcomes,
        score=f"${sheet.letter(_score(first))}${row}:${sheet.letter(_score(last))}${row}",
        validated=Readings("", ""),
    )
    outcome = CertificationCondition(decisions.referential.rules).judge(decided)
    words = BlockOutcome.NOT_VALIDATED, BlockOutcome.NOT_PRESENTED
    line = _Line(
        row=row,
        candidate=candidate,
        subject=CERTIFICATION,
        proposal=sheet.book.formulas.certification(
            replace(candidate.decision, outcome=outcome), ranges
        ),
        fillings=writer.lists.fillings,
        lost=(
            "+".join(among(outcomes, word.value) for word in words),
            sum(item.outcome in words for item in decided),
        ),
    )
    _write_row(sheet, line)
    reasons = CertificationCondition(decisions.referential.rules).reasons(decided)
    if reasons:
        rule = _shown_beside(" ".join(reason.message for reason in reasons))
        sheet.offer(DeliberationColumn.REASON.value, (row, row), rule)


def _shown_beside(message: str) -> dict[str, object]:
    """Return a rule that allows anything, and shows a message where its cell is selected."""
    return {
        "validate": "any",
        "input_title": "Pourquoi cette proposition",
        "input_message": message if len(message) <= _PROMPT else f"{message[: _PROMPT - 1]}…",
    }


def _outcome(blocks: LiveSheet, item: BlockRow) -> str:
    return blocks.cell(blocks_sheet.CELLS.outcome, item.row)


def _decided_cell(
    sheet: LiveSheet, item: BlockRow, blocks: LiveSheet, carried: CarriedLine
) -> Cell:
    """Return the jury's decision on a bloc, the proposal where it made none or adopted it."""
    outcome = item.decision.outcome.value
    if item.deliberation_row is None:
        return Cell("", outcome)
    words = [choice.value for choice in layout.BLOCK_CHOICES[1:]]
    decision = f"${sheet.letter(DeliberationColumn.DECISION.value)}${item.deliberation_row}"
    chosen = ",".join(f"{decision}={text(word)}" for word in words)
    kept = carried.decision if carried.decision in words else outcome
    return Cell(f"=IF(OR({chosen}),{decision},{_outcome(blocks, item)})", kept)


def _write_row(sheet: LiveSheet, line: _Line) -> None:
    """Write what every row holds.

    Its height is left to the application, which then gives room to the reason that is typed; a row
    that takes over a text has the height that this needs.
    """
    candidate, plan = line.candidate.candidate, sheet.book.plan
    carried = plan.carried.line(candidate.id, line.subject)
    named = not plan.decisions.session.anonymous
    contents: dict[DeliberationColumn, tuple[Content, Style]] = {
        DeliberationColumn.CANDIDATE: (candidate.id, Style.TEXT),
        DeliberationColumn.LAST_NAME: (candidate.last_name if named else None, Style.TEXT),
        DeliberationColumn.FIRST_NAME: (candidate.first_name if named else None, Style.TEXT),
        DeliberationColumn.SUBJECT: (line.subject, Style.LABEL),
        DeliberationColumn.PROPOSAL: (line.proposal, Style.OUTCOME),
        DeliberationColumn.DECISION: (carried.decision, Style.FIELD),
        DeliberationColumn.REASON: (carried.reason, Style.FIELD),
        DeliberationColumn.CHECK: (_check(sheet, line, carried), Style.TEXT),
    }
    if plan.carried.to_review:
        contents[DeliberationColumn.REVIEW] = (carried.review, Style.TEXT)
    texts = {DeliberationColumn.REASON: carried.reason, DeliberationColumn.REVIEW: carried.review}
    if any(texts.values()):
        shown = [(column.value, said) for column, said in texts.items() if said]
        sheet.fit(line.row, shown)
    for column, (content, style) in contents.items():
        sheet.write(line.row, column.value, content, style)


def _check(sheet: LiveSheet, line: _Line, carried: CarriedLine) -> Cell:
    """Return what is still to be done on a row, as a live cell."""
    proposed, decided, reason = (
        f"${sheet.letter(column.value)}${line.row}"
        for column in (
            DeliberationColumn.PROPOSAL,
            DeliberationColumn.DECISION,
            DeliberationColumn.REASON,
        )
    )
    return deliberation_check.check_cell(
        LineCells(
            proposal=proposed,
            decision=decided,
            reason=reason,
            fillings=line.fillings,
            adoption=ADOPTION_CELL,
            lost=line.lost[0] if line.lost else "",
        ),
        LineState(
            proposal=str(line.proposal.value),
            decision=carried.decision or "",
            reason=carried.reason or "",
            adopted=sheet.book.plan.carried.answers.get(layout.ADOPTION_LABEL) == layout.YES,
            review=bool(carried.review),
            lost=line.lost[1] if line.lost else None,
        ),
    )
