"""The sheet « Délibération »: what the jury fills in, and the only thing `finalize` reads.

Proposals are live. A certification's follows the blocs as the jury decided them: at the right of
its row, hidden, stand the outcome and score of each bloc, decided where the jury did.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from sheetgen.consolidation import blocks_sheet, layout
from sheetgen.consolidation.layout import Choice, Deliberation
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW
from sheetgen.consolidation.sheet import Column, Sheet, accepted
from sheetgen.consolidation.styles import FAVOURABLE, HELD, OPEN, UNFAVOURABLE, WAITING, Style
from sheetgen.model import BlockOutcome, CertificationOutcome
from sheetgen.rules import BlockCells, Cell, Readings
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from sheetgen.consolidation.lists import Lists
    from sheetgen.consolidation.plan import BlockPlan, CandidatePlan
    from sheetgen.consolidation.sheet import Book, Content
    from sheetgen.model import Block

_ADOPTION_ROW, _DATE_ROW, _TIME_ROW, _INCIDENTS_ROW, _OBSERVATIONS_ROW = 5, 6, 7, 8, 9
_FIRST_FIELD_COLUMN, _SHORT_FIELD_END, _LONG_FIELD_END = 3, 4, 6
_NOTE = (
    "Remplir les cellules jaunes. Un motif est dû si la décision diffère de la proposition, est "
    "défavorable ou tranche une proposition à délibérer."
)
_TO_DECIDE = "… À décider"
_DECISION_DUE = "◆ Décision requise"
_REASON_DUE = "✘ Motif requis"
_MARKS_DUE = "✘ Évaluations manquantes"
_DONE = "✔ Complet"
_CHECK_TONES = {
    _MARKS_DUE: UNFAVOURABLE,
    _TO_DECIDE: WAITING,
    _DECISION_DUE: OPEN,
    _REASON_DUE: UNFAVOURABLE,
    _DONE: FAVOURABLE,
}
_ADOPTION_CELL = f"${xl_col_to_name(_FIRST_FIELD_COLUMN)}${_ADOPTION_ROW}"
_DATE_RULE = {
    "validate": "date",
    "criteria": ">=",
    "value": date(2000, 1, 1),
    "error_title": "Date attendue",
    "error_message": "Saisir une date, par exemple 15/06/2026.",
}
_TIME_RULE = {
    "validate": "time",
    "criteria": "between",
    "minimum": time(0, 0),
    "maximum": time(23, 59, 59),
    "error_title": "Heure attendue",
    "error_message": "Saisir une heure, par exemple 17:30.",
}
_INCIDENTS_RULE = {
    "validate": "any",
    "input_title": "Incidents",
    "input_message": "Écrire « Néant » s'il n'y en a pas eu.",
}


def add_deliberation(book: Book) -> Sheet:
    """The sheet, still empty."""
    blocks = book.decisions.referential.blocks
    return Sheet(
        book,
        layout.DELIBERATION_SHEET,
        [
            Column(Deliberation.CANDIDATE.value, 10),
            Column(Deliberation.LAST_NAME.value, 20),
            Column(Deliberation.FIRST_NAME.value, 18),
            Column(Deliberation.SUBJECT.value, 15),
            Column(Deliberation.PROPOSAL.value, 20),
            Column(Deliberation.DECISION.value, 24),
            Column(Deliberation.REASON.value, 58),
            Column(Deliberation.CHECK.value, 21),
            *(Column(_decided(block)) for block in blocks),
            *(Column(_score(block)) for block in blocks),
        ],
    )


def _decided(block: Block) -> str:
    return f"Résultat retenu {block.code}"


def _score(block: Block) -> str:
    return f"Score {block.code}"


class DeliberationWriter:
    """Fills the sheet from the jury's own fields down, a candidate at a time."""

    def __init__(self, sheet: Sheet, blocks: Sheet, lists: Lists) -> None:
        self.sheet = sheet
        self.blocks = blocks
        self.lists = lists
        self.last_row = DELIBERATION_HEADER_ROW
        sheet.head("Délibération du jury", _NOTE)
        _write_fields(sheet, lists)
        sheet.begin(DELIBERATION_HEADER_ROW, frozen_columns=4)

    def write(self, candidate: CandidatePlan) -> None:
        """A row per bloc that the candidate presents, then one for the certification."""
        if candidate.deliberation_row is None:
            return
        sheet, decision = self.sheet, Deliberation.DECISION.value
        first_row, last_row = self.last_row + 1, candidate.deliberation_row
        self.last_row = last_row
        for item in candidate.blocks:
            if item.deliberation_row is not None:
                proposal = Cell(f"={_outcome(self.blocks, item)}", item.decision.outcome.value)
                _write_row(sheet, item.deliberation_row, (candidate, item.decision.code), proposal)
        if first_row < last_row:
            rows = first_row, last_row - 1
            sheet.offer(decision, rows, self.lists.decision(certification=False))
        _write_certification(sheet, last_row, candidate, self.blocks)
        sheet.offer(decision, (last_row, last_row), self.lists.decision(certification=True))

    def finish(self) -> None:
        """What holds for the whole table."""
        sheet = self.sheet
        rows = DELIBERATION_HEADER_ROW + 1, max(self.last_row, DELIBERATION_HEADER_ROW + 1)
        words = dict.fromkeys(word.value for word in (*BlockOutcome, *CertificationOutcome))
        subject = sheet.letter(Deliberation.SUBJECT.value)
        rule = {
            "type": "formula",
            "criteria": f"=${subject}{rows[0]}={text(layout.CERTIFICATION)}",
            "format": sheet.book.styles.conditional(HELD.silent),
        }
        span = rows[0] - 1, 0, rows[1] - 1, sheet.index(Deliberation.SUBJECT.value)
        accepted(sheet.worksheet.conditional_format(*span, rule))
        sheet.tint(Deliberation.PROPOSAL.value, *rows, list(words))
        for said, tone in _CHECK_TONES.items():
            sheet.tint_when(Deliberation.CHECK.value, rows, text(said), tone.silent)
        sheet.end(DELIBERATION_HEADER_ROW, self.last_row)
        sheet.page(rows[1])


def _write_fields(sheet: Sheet, lists: Lists) -> None:
    """Labels at the left, each with the cell to fill at its right."""
    fields = (
        (_ADOPTION_ROW, layout.ADOPTION_LABEL, Style.FIELD, 20),
        (_DATE_ROW, layout.CLOSING_DATE_LABEL, Style.DATE, 20),
        (_TIME_ROW, layout.CLOSING_TIME_LABEL, Style.TIME, 20),
        (_INCIDENTS_ROW, layout.INCIDENTS_LABEL, Style.FIELD, 34),
        (_OBSERVATIONS_ROW, layout.OBSERVATIONS_LABEL, Style.FIELD, 34),
    )
    styles = sheet.book.styles
    for row, label, style, height in fields:
        end = _LONG_FIELD_END if height > 20 else _SHORT_FIELD_END
        accepted(sheet.worksheet.set_row(row - 1, height))
        accepted(
            sheet.worksheet.merge_range(
                row - 1, 0, row - 1, _FIRST_FIELD_COLUMN - 1, label, styles[Style.LABEL]
            )
        )
        accepted(
            sheet.worksheet.merge_range(
                row - 1, _FIRST_FIELD_COLUMN, row - 1, end, "", styles[style]
            )
        )
    for row, rule in (
        (_ADOPTION_ROW, lists.yes_no()),
        (_DATE_ROW, _DATE_RULE),
        (_TIME_ROW, _TIME_RULE),
        (_INCIDENTS_ROW, _INCIDENTS_RULE),
    ):
        place = row - 1, _FIRST_FIELD_COLUMN
        accepted(sheet.worksheet.data_validation(*place, *place, rule))


def _write_certification(sheet: Sheet, row: int, candidate: CandidatePlan, blocks: Sheet) -> None:
    """A certification's row: its proposal rests on the blocs as the jury decided them."""
    known = sheet.book.decisions.referential.block
    for item in candidate.blocks:
        block = known[item.decision.code]
        sheet.write(row, _decided(block), _decided_cell(sheet, item, blocks), Style.HIDDEN)
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
    ranges = BlockCells(
        outcome=f"${sheet.letter(_decided(first))}${row}:${sheet.letter(_decided(last))}${row}",
        score=f"${sheet.letter(_score(first))}${row}:${sheet.letter(_score(last))}${row}",
        validated=Readings("", ""),
    )
    proposal = sheet.book.formulas.certification(candidate.decision, ranges)
    _write_row(sheet, row, (candidate, layout.CERTIFICATION), proposal)


def _outcome(blocks: Sheet, item: BlockPlan) -> str:
    return blocks.cell(blocks_sheet.CELLS.outcome, item.row)


def _decided_cell(sheet: Sheet, item: BlockPlan, blocks: Sheet) -> Cell:
    """The jury's decision on a bloc, the proposal where it made none or adopted it."""
    outcome = item.decision.outcome.value
    if item.deliberation_row is None:
        return Cell("", outcome)
    decision = f"${sheet.letter(Deliberation.DECISION.value)}${item.deliberation_row}"
    chosen = ",".join(f"{decision}={text(choice.value)}" for choice in layout.BLOCK_CHOICES[1:])
    return Cell(f"=IF(OR({chosen}),{decision},{_outcome(blocks, item)})", outcome)


def _write_row(sheet: Sheet, row: int, subject: tuple[CandidatePlan, str], proposal: Cell) -> None:
    """What every row holds; `subject` is a candidate and a bloc's code or « Certification ».

    Its height is left to the application, which then gives room to the reason that is typed.
    """
    candidate = subject[0].candidate
    named = not sheet.book.decisions.session.anonymous
    contents: dict[Deliberation, tuple[Content, Style]] = {
        Deliberation.CANDIDATE: (candidate.id, Style.TEXT),
        Deliberation.LAST_NAME: (candidate.last_name if named else None, Style.TEXT),
        Deliberation.FIRST_NAME: (candidate.first_name if named else None, Style.TEXT),
        Deliberation.SUBJECT: (subject[1], Style.LABEL),
        Deliberation.PROPOSAL: (proposal, Style.OUTCOME),
        Deliberation.DECISION: (None, Style.FIELD),
        Deliberation.REASON: (None, Style.FIELD),
        Deliberation.CHECK: (_check(sheet, row, str(proposal.value)), Style.TEXT),
    }
    for column, (content, style) in contents.items():
        sheet.write(row, column.value, content, style)


def _check(sheet: Sheet, row: int, proposal: str) -> Cell:
    """What is still to be done on a row, by the rules of closing (DESIGN section 7)."""
    proposed, decided, reason = (
        f"${sheet.letter(column.value)}${row}"
        for column in (Deliberation.PROPOSAL, Deliberation.DECISION, Deliberation.REASON)
    )
    adopted = text(Choice.ADOPTED.value)
    refused = [text(choice.value) for choice in layout.UNFAVOURABLE]
    unsettled = _any_of(proposed, [text(word) for word in layout.UNSETTLED])
    due = _any_of(proposed, refused)
    own = f"OR({decided}<>{proposed},{_any_of(decided, refused)})"
    reasoned = f'IF({reason}="",{text(_REASON_DUE)},{text(_DONE)})'
    settled = f"IF(IF({decided}={adopted},{due},{own}),{reasoned},{text(_DONE)})"
    blank = (
        f"IF({_ADOPTION_CELL}={text(layout.YES)},IF({due},{reasoned},{text(_DONE)}),"
        f"{text(_TO_DECIDE)})"
    )
    decision = (
        f'IF(AND(OR({decided}="",{decided}={adopted}),{unsettled}),{text(_DECISION_DUE)},'
        f'IF({decided}="",{blank},{settled}))'
    )
    incomplete = _any_of(proposed, [text(word) for word in layout.INCOMPLETE])
    formula = f"=IF({incomplete},{text(_MARKS_DUE)},{decision})"
    if proposal in layout.INCOMPLETE:
        return Cell(formula, _MARKS_DUE)
    return Cell(formula, _DECISION_DUE if proposal in layout.UNSETTLED else _TO_DECIDE)


def _any_of(cell: str, words: list[str]) -> str:
    return f"OR({','.join(f'{cell}={word}' for word in words)})"
