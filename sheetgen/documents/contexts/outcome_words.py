"""The words of papers for an épreuve or a competency: what marks gave, what the jury decided.

The jury decides on blocs and on the certification. What the marks left open below them is told with
the jury's word on the bloc, in the same sentence on every paper made after the closing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import AssessmentOutcome, BlockOutcome, CompetencyOutcome
from sheetgen.rules import score_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import (
        AssessmentDecision,
        AssessmentMethod,
        BlockCode,
        CompetencyDecision,
        Referential,
    )

_OPEN = CompetencyOutcome.TO_DELIBERATE.value
_OF_ITS_OWN = (
    AssessmentOutcome.PASSED,
    AssessmentOutcome.FAILED,
    AssessmentOutcome.TO_DELIBERATE,
)
"""The outcomes that say how an épreuve stands to its Seuil."""

COUNTED = "Comptée dans la moyenne"
ASSESSED = "Évaluée"
PLAIN_WORDS = (COUNTED, ASSESSED)
"""The words for épreuves whose note alone matters."""

BELOW_FLOOR = "Sous le plancher"


def competency_word(
    decided: CompetencyDecision, settled: Mapping[BlockCode, BlockOutcome] | None
) -> str:
    """Return the outcome of a competency.

    Args:
        decided: what the marks gave.
        settled: its bloc, as the jury decided; None before the closing.
    """
    if decided.outcome is CompetencyOutcome.TO_DELIBERATE and settled:
        return _left_to_jury(settled)
    return str(decided.outcome.value)


def assessment_word(
    referential: Referential,
    decided: AssessmentDecision,
    settled: Mapping[BlockCode, BlockOutcome] | None,
) -> str:
    """Return the outcome of an épreuve, from its Seuil where something rests on that.

    Args:
        referential: says what its blocs look at.
        decided: what the marks gave.
        settled: the blocs presented that it counts in, as the jury decided; None before.
    """
    is_open = decided.outcome is AssessmentOutcome.TO_DELIBERATE
    if decided.outcome in _OF_ITS_OWN and decided.code not in referential.deciding_assessments:
        if decided.score is not None:
            return _word_in_mean(referential, decided)
        is_open = True
    if is_open:
        return _left_to_jury(settled) if settled else _OPEN
    return str(decided.outcome.value)


def _word_in_mean(referential: Referential, decided: AssessmentDecision) -> str:
    if decided.code not in referential.averaged_assessments:
        return ASSESSED
    floor = referential.floor_of(referential.method[decided.code])
    low = decided.score is not None and decided.score < floor
    return BELOW_FLOOR if low else COUNTED


def threshold_text(referential: Referential, method: AssessmentMethod) -> str | None:
    """Return what an épreuve must reach: its Seuil, its floor in a mean; None for nothing."""
    scale = referential.scale_of_assessment.get(method.code)
    if scale is None:
        return None
    if method.code in referential.deciding_assessments:
        return score_text(referential.threshold_of(method), scale)
    floor = referential.floor_of(method)
    if method.code in referential.averaged_assessments and floor:
        return f"Plancher {score_text(floor, scale)}"
    return None


def _left_to_jury(settled: Mapping[BlockCode, BlockOutcome]) -> str:
    """Return that the marks left it open, and what the jury made of the blocs it counts in."""
    said = {code: _of_jury(outcome) for code, outcome in settled.items()}
    if len(set(said.values())) > 1:
        return f"{_OPEN} ; {', '.join(f'{code} {word}' for code, word in said.items())}"
    return f"{_OPEN} ; bloc {next(iter(said.values()))}"


def _of_jury(outcome: BlockOutcome) -> str:
    return str(outcome.value).lower()
