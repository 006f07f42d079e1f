"""The certification, over a candidate's blocs: nothing compensates from one to another."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import (
    CERTIFICATION,
    BlockDecision,
    BlockOutcome,
    CertificationOutcome,
    Rules,
)
from sheetgen.rules.excel import among, at_least, text, times
from sheetgen.rules.reasons import ReasonCode, percentage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.model import Reason
    from sheetgen.rules.cells import BlockCells

ACQUIRED = (BlockOutcome.VALIDATED, BlockOutcome.ALREADY_HELD)
"""The outcomes that give a candidate the bloc."""


class CertificationCondition:
    """All blocs held or validated, and the general mean where the school asks for one."""

    def __init__(self, rules: Rules) -> None:
        self.general_mean = rules.general_mean

    def judge(self, blocks: Sequence[BlockDecision]) -> CertificationOutcome:
        """Return the outcome for a candidate who came, from all blocs of the référentiel."""
        outcomes = [block.outcome for block in blocks]
        if BlockOutcome.INCOMPLETE in outcomes:
            return CertificationOutcome.INCOMPLETE
        if BlockOutcome.TO_DELIBERATE in outcomes:
            return CertificationOutcome.TO_DELIBERATE
        if all(outcome in ACQUIRED for outcome in outcomes):
            return self._all_acquired(blocks)
        if any(outcome in ACQUIRED for outcome in outcomes):
            return CertificationOutcome.PARTIAL
        return CertificationOutcome.NOT_AWARDED

    def reasons(self, blocks: Sequence[BlockDecision]) -> tuple[Reason, ...]:
        """Return why a certification is not awarded although every bloc is acquired; else nothing.

        A bloc that is not acquired says why itself.
        """
        if self.general_mean is None or any(block.outcome not in ACQUIRED for block in blocks):
            return ()
        outcome = self._all_acquired(blocks)
        if outcome is CertificationOutcome.AWARDED:
            return ()
        presented = [block for block in blocks if block.outcome is BlockOutcome.VALIDATED]
        threshold = percentage(self.general_mean)
        if outcome is CertificationOutcome.TO_DELIBERATE:
            unknown = ", ".join(block.code for block in presented if block.score is None)
            code = ReasonCode.GENERAL_MEAN_UNKNOWN
            return (code.because(CERTIFICATION, blocks=unknown, threshold=threshold),)
        mean = sum((block.score or Fraction(0) for block in presented), Fraction(0))
        attained = percentage(mean / len(presented))
        code = ReasonCode.BELOW_GENERAL_MEAN
        return (code.because(CERTIFICATION, attained=attained, threshold=threshold),)

    def _all_acquired(self, blocks: Sequence[BlockDecision]) -> CertificationOutcome:
        presented = [block for block in blocks if block.outcome is BlockOutcome.VALIDATED]
        if self.general_mean is None or not presented:
            return CertificationOutcome.AWARDED
        scores = [block.score for block in presented if block.score is not None]
        if len(scores) < len(presented):
            return CertificationOutcome.TO_DELIBERATE
        if sum(scores, Fraction(0)) >= self.general_mean * len(presented):
            return CertificationOutcome.AWARDED
        return CertificationOutcome.PARTIAL

    def formula(self, blocks: BlockCells[str]) -> str:
        """Return the formula of the outcome of a candidate who came.

        Args:
            blocks: ranges of the outcomes and scores of all blocs, in rows or in columns; a bloc
                held or not presented has its word, and no score.
        """
        words = {word: text(word.value) for word in CertificationOutcome}
        count = {word: among(blocks.outcome, word.value) for word in BlockOutcome}
        validated = count[BlockOutcome.VALIDATED]
        acquired = f"{validated}+{count[BlockOutcome.ALREADY_HELD]}"
        lost = f"{count[BlockOutcome.NOT_VALIDATED]}+{count[BlockOutcome.NOT_PRESENTED]}"
        partial = (
            f"IF({acquired}>0,{words[CertificationOutcome.PARTIAL]},"
            f"{words[CertificationOutcome.NOT_AWARDED]})"
        )
        decided = f"IF({lost}=0,{self._all_acquired_formula(blocks, validated)},{partial})"
        return (
            f"=IF({count[BlockOutcome.INCOMPLETE]}>0,{words[CertificationOutcome.INCOMPLETE]},"
            f"IF({count[BlockOutcome.TO_DELIBERATE]}>0,"
            f"{words[CertificationOutcome.TO_DELIBERATE]},{decided}))"
        )

    def _all_acquired_formula(self, blocks: BlockCells[str], validated: str) -> str:
        words = {word: text(word.value) for word in CertificationOutcome}
        awarded = words[CertificationOutcome.AWARDED]
        if self.general_mean is None:
            return awarded
        enough = at_least(f"SUM({blocks.score})", times(self.general_mean, validated))
        compared = f"IF({enough},{awarded},{words[CertificationOutcome.PARTIAL]})"
        return (
            f"IF(COUNT({blocks.score})<{validated},"
            f"{words[CertificationOutcome.TO_DELIBERATE]},{compared})"
        )
