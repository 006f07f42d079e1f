"""The live formula for what is still to be done on a line of « Délibération », and its value.

Both follow the rules of closing (DESIGN section 7), as far as a formula can: of a reason it sees
that it is too short, holds no letter, hardly different ones, or nothing but words that only fill a
cell. `finalize` also parts words at any sign, and may refuse one that passes here; what is refused
here, it refuses.
"""

from __future__ import annotations

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import Choice
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules.excel import text
from sheetgen.text import DISTINCT, SHORTEST, only_fills

TO_DECIDE = "… À décider"
DECISION_DUE = "◆ Décision requise"
REVIEW_DUE = "◆ À revoir"
REASON_DUE = "✘ Motif requis"
MARKS_DUE = "✘ Évaluations manquantes"
DONE = "✔ Complet"

_UNFAVOURABLE = tuple(choice.value for choice in layout.UNFAVOURABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillings:
    """The ranges of what gives no reason: texts, words, and the letters and signs of all others."""

    texts: str
    words: str
    letters: str
    signs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCells:
    """The addresses of a line's contents.

    Attributes:
        fillings: where what is no reason is listed.
        adoption: where the jury adopts the proposals that it leaves blank.
        lost: for a certification, the formula that counts the blocs not acquired.
    """

    proposal: str
    decision: str
    reason: str
    fillings: Fillings
    adoption: str
    lost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """The contents of these cells as the workbook is written.

    Attributes:
        adopted: whether the jury adopts the proposals that it leaves blank.
        review: whether the jury has to look at the line again.
        lost: for a certification, how many blocs are not acquired.
    """

    proposal: str
    decision: str = ""
    reason: str = ""
    adopted: bool = False
    review: bool = False
    lost: int | None = None


def check_formula(cells: LineCells, *, review: bool) -> str:
    """Return the formula of « Contrôle »; of a line that the jury has to look at again or not."""
    proposed, decided = cells.proposal, cells.decision
    adopted = f'OR({decided}="",{decided}={text(Choice.ADOPTED.value)})'
    due = _owing(proposed, cells.lost)
    own = f"OR({decided}<>{proposed},{_owing(decided, cells.lost)})"
    reasoned = f"IF({_only_fills(cells)},{text(REASON_DUE)},{text(DONE)})"
    settled = f"IF(IF({adopted},{due},{own}),{reasoned},{text(DONE)})"
    blank, left = f'{decided}=""', text(REVIEW_DUE)
    if not review:
        blank = f"AND({blank},{cells.adoption}<>{text(layout.YES)})"
        left = text(TO_DECIDE)
    decision = (
        f"IF(AND({adopted},{_any_of(proposed, layout.UNSETTLED)}),{text(DECISION_DUE)},"
        f"IF({blank},{left},{settled}))"
    )
    return f"=IF({_any_of(proposed, layout.INCOMPLETE)},{text(MARKS_DUE)},{decision})"


def _only_fills(cells: LineCells) -> str:
    """Return the condition that a reason is none, as `only_fills` tells it."""
    plain, listed = f'LOWER(TRIM(SUBSTITUTE({cells.reason},"."," ")))', cells.fillings
    letters, signs = (_count(plain, items) for items in (listed.letters, listed.signs))
    # Each word has its own spaces; a range is joined to a text so that every program lists it.
    apart = f'" "&SUBSTITUTE({plain}," ","  ")&" "'
    word = f'{listed.words}&""'
    without = f'SUBSTITUTE({apart}," "&{listed.words}&" ","")'
    filling = f"SUMPRODUCT((LEN({apart})-LEN({without}))*LEN({word})/(LEN({word})+2))"
    distinct = f'SUMPRODUCT(--(LEN(SUBSTITUTE({plain},{listed.letters}&"",""))<LEN({plain})))'
    return (
        f"OR(LEN({plain})<{SHORTEST},EXACT({plain},UPPER({plain})),"
        f"SUMPRODUCT(--({listed.texts}={plain}))>0,"
        f"AND({letters}+{signs}=LEN({plain}),"
        f"OR({letters}-{filling}<{SHORTEST},{distinct}<{DISTINCT})))"
    )


def _count(plain: str, listed: str) -> str:
    """Return the formula that counts the characters of a text that are listed."""
    return f'SUMPRODUCT(LEN({plain})-LEN(SUBSTITUTE({plain},{listed}&"","")))'


def _owing(cell: str, lost: str) -> str:
    """Return the condition that a cell's words owe a reason whatever was proposed."""
    refused = _any_of(cell, _UNFAVOURABLE)
    if not lost:
        return refused
    return f"OR({refused},AND({cell}={text(Choice.PARTIAL.value)},{lost}=0))"


def _any_of(cell: str, words: tuple[str, ...]) -> str:
    return f"OR({','.join(f'{cell}={text(word)}' for word in words)})"


def check_value(state: LineState) -> str:
    """Return what « Contrôle » says of a line: the value of its formula."""
    proposed, decided = state.proposal, state.decision
    if proposed in layout.INCOMPLETE:
        return MARKS_DUE
    if decided in ("", Choice.ADOPTED.value) and proposed in layout.UNSETTLED:
        return DECISION_DUE
    if not decided and state.review:
        return REVIEW_DUE
    if not decided and not state.adopted:
        return TO_DECIDE
    outcome = proposed if decided in ("", Choice.ADOPTED.value) else decided
    owing = outcome != proposed or owes_reason(outcome, state.lost)
    return REASON_DUE if owing and only_fills(state.reason) else DONE


def owes_reason(outcome: str, lost: int | None) -> bool:
    """Return whether an outcome owes a reason anyway: no bloc explains it, or it is a loss.

    Args:
        outcome: in French.
        lost: for a certification, how many blocs are not acquired.
    """
    return outcome in _UNFAVOURABLE or (outcome == Choice.PARTIAL.value and lost == 0)
