"""The table of « Délibération »: its columns, and what a line of it holds.

What the jury reads and writes stands at the left; hidden at its right, in a certification's row,
each bloc's outcome and score as they are decided (`deliberation` writes the lines).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import deliberation_check, layout
from sheetgen.consolidation.layout import DeliberationColumn
from sheetgen.consolidation.sheets.summary import JURY
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import (
    FAVOURABLE,
    OPEN,
    UNFAVOURABLE,
    WAITING,
    WORDS,
    Style,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import BlockOutcome, CertificationOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.carried import CarriedLine
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.consolidation.sheets.table_sheet import Held
    from sheetgen.model import Block, Candidate
    from sheetgen.rules import CertificationKind

_CHECK_TONES = {
    deliberation_check.MARKS_DUE: UNFAVOURABLE,
    deliberation_check.TO_DECIDE: WAITING,
    deliberation_check.DECISION_DUE: OPEN,
    deliberation_check.REVIEW_DUE: OPEN,
    deliberation_check.REASON_DUE: UNFAVOURABLE,
    deliberation_check.DONE: FAVOURABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliberationLine:
    """A row to write: a bloc's, or a certification's with the blocs that it follows.

    Attributes:
        alike: whether the jury has to look at it again, and the subject where that is no bloc; for
            a certification, also which of its blocs the jury decides on, and on what the formula of
            its proposal depends.
        subject: a bloc's code, « Certification » or « Mention ».
        proposal: the outcome proposed.
        check: what is still to be done.
        basis: why that is proposed, on one line.
        kept: for a certification, the outcome of each bloc as it is decided, and its score.
        certified: for one that has mentions, its outcome as it is decided, and the general mean.
    """

    rows: tuple[int, ...]
    alike: tuple[bool, str, Sequence[bool], CertificationKind | None]
    candidate: Candidate
    subject: str
    proposal: str
    carried: CarriedLine
    check: str
    basis: str = ""
    kept: Sequence[tuple[str, Held]] = ()
    certified: tuple[str, Held] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliberationShape:
    """The formulas that rows have in common; for a certification, those of each bloc too."""

    proposal: str
    check: str
    basis: str = ""
    kept: Sequence[tuple[str, str]] = ()
    certified: tuple[str, str] = ("", "")


_Column: TypeAlias = "TableColumn[DeliberationLine, DeliberationShape]"
DeliberationSheet: TypeAlias = "TableSheet[DeliberationLine, DeliberationShape]"


def add_deliberation(book: ConsolidationBook) -> DeliberationSheet:
    """Add the sheet, still empty."""
    named = not book.decisions.session.anonymous
    blocks = book.decisions.referential.blocks
    return TableSheet(
        book,
        layout.DELIBERATION_SHEET,
        [
            TableColumn(
                DeliberationColumn.CANDIDATE.value,
                9,
                style=Style.TEXT,
                value=lambda line: line.candidate.id,
            ),
            TableColumn(
                DeliberationColumn.LAST_NAME.value,
                17,
                style=Style.ONE_LINE,
                value=lambda line: line.candidate.last_name if named else None,
            ),
            TableColumn(
                DeliberationColumn.FIRST_NAME.value,
                12,
                style=Style.ONE_LINE,
                value=lambda line: line.candidate.first_name if named else None,
            ),
            TableColumn(
                DeliberationColumn.SUBJECT.value,
                13,
                style=Style.LABEL,
                value=lambda line: line.subject,
            ),
            TableColumn(
                DeliberationColumn.PROPOSAL.value,
                20,
                style=Style.OUTCOME,
                value=lambda line: line.proposal,
                formula=lambda shape: shape.proposal,
                tones={word: WORDS[word] for word in _OUTCOMES},
            ),
            TableColumn(
                DeliberationColumn.DECISION.value,
                19,
                style=Style.FIELD,
                value=lambda line: line.carried.decision,
            ),
            TableColumn(
                DeliberationColumn.REASON.value,
                30,
                style=Style.FIELD,
                value=lambda line: line.carried.reason,
                fitted=True,
            ),
            TableColumn(
                DeliberationColumn.CHECK.value,
                22,
                style=Style.ONE_LINE,
                value=lambda line: line.check,
                formula=lambda shape: shape.check,
                tones={said: tone.silent for said, tone in _CHECK_TONES.items()},
            ),
            *(_decided_column(block, place) for place, block in enumerate(blocks)),
            *(_score_column(block, place) for place, block in enumerate(blocks)),
            *(_CERTIFIED if book.decisions.referential.mentions else ()),
            *([_REVIEW] if book.plan.carried.to_review else []),
            _BASIS,
            *([_JURY] if book.decisions.session.juries.names != (None,) else []),
        ],
        outlined=False,
        title_lines=1,
    )


_OUTCOMES = tuple(dict.fromkeys(word.value for word in (*BlockOutcome, *CertificationOutcome)))
_REVIEW: _Column = TableColumn(
    DeliberationColumn.REVIEW.value,
    34,
    style=Style.TEXT,
    value=lambda line: line.carried.review,
    fitted=True,
)


_JURY: _Column = TableColumn(
    JURY, 10, style=Style.TEXT, value=lambda line: line.candidate.jury, fitted=True
)


_BASIS: _Column = TableColumn(
    layout.BASIS,
    27,
    style=Style.LINE,
    value=lambda line: line.basis,
    formula=lambda shape: shape.basis,
)


CERTIFIED_TITLE, MEAN_TITLE = "Certification retenue", "Moyenne générale"
_CERTIFIED: tuple[_Column, _Column] = (
    TableColumn(
        CERTIFIED_TITLE,
        value=lambda line: line.certified[0] if line.certified else None,
        formula=lambda shape: shape.certified[0],
    ),
    TableColumn(
        MEAN_TITLE,
        value=lambda line: line.certified[1] if line.certified else None,
        formula=lambda shape: shape.certified[1],
    ),
)
"""Cells of the certification's line that the line of the mention rests on."""


def decided_title(block: Block) -> str:
    """Return the title of the hidden column of a bloc's outcome, as the jury decided it."""
    return f"Résultat retenu {block.code}"


def score_title(block: Block) -> str:
    """Return the title of the hidden column of a bloc's score."""
    return f"Score {block.code}"


def _decided_column(block: Block, place: int) -> _Column:
    return TableColumn(
        decided_title(block),
        value=lambda line: line.kept[place][0] if line.kept else None,
        formula=lambda shape: shape.kept[place][0] if shape.kept else "",
    )


def _score_column(block: Block, place: int) -> _Column:
    return TableColumn(
        score_title(block),
        value=lambda line: line.kept[place][1] if line.kept else None,
        formula=lambda shape: shape.kept[place][1] if shape.kept else "",
    )
