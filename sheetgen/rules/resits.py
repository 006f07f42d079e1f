"""Rules of the re-sit: who may come back, until when and how often; what a failed bloc leaves.

The rules of the re-sit decide nothing in a session: what they say is told on papers, and holds for
the session to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AssessmentOutcome,
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    Status,
)
from sheetgen.model.retention import add_months

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator
    from fractions import Fraction

    from sheetgen.model import (
        BlockCode,
        CandidateDecision,
        Referential,
        Rules,
        Session,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resit:
    """The right to present oneself again.

    Attributes:
        refusal: why there is none, in French; empty where there is.
        until: the last day; None without a term.
        left: how many times; None for any number.
        blocks: codes of the blocs to present.
        kept: what is kept of these blocs.
    """

    refusal: str = ""
    until: dt.date | None = None
    left: int | None = None
    blocks: tuple[BlockCode, ...] = ()
    kept: tuple[KeptUntil, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUntil:
    """An épreuve or a competency that is kept; `until` is the last day, None without a term."""

    code: str
    score: Fraction | None
    until: dt.date | None


def resit_of(
    rules: Rules, *, sat: int, first: dt.date | None, failed: int, day: dt.date | None
) -> Resit:
    """Return whether somebody may come back, as far as the rules say.

    Args:
        rules: the référentiel's.
        sat: how many times they came so far.
        first: the day of the first.
        failed: how many blocs they failed the last time.
        day: that of the session to come, or of the one that just was.
    """
    until = None
    if rules.resit_months is not None and first is not None:
        until = add_months(first, rules.resit_months)
    left = None if rules.most_resits is None else max(rules.most_resits + 1 - sat, 0)
    refusal = ""
    if left == 0:
        refusal = f"{sat} présentation{'s' if sat > 1 else ''} déjà faite{'s' if sat > 1 else ''}"
    elif until is not None and day is not None and until < day:
        refusal = f"le délai est passé depuis le {until:%d/%m/%Y}"
    elif rules.most_resit_blocks is not None and failed > rules.most_resit_blocks:
        verb = "blocs ne sont pas validés" if failed > 1 else "bloc n'est pas validé"
        refusal = f"{failed} {verb}"
    return Resit(refusal=refusal, until=until, left=left)


def resit_after(
    referential: Referential, session: Session, decision: CandidateDecision
) -> Resit | None:
    """Return what the rules leave a candidate after a session; None where they say nothing.

    That is: no rule of the re-sit nor of what is kept is set, the outcome is not known yet, the
    certification is awarded, or no bloc is left that the candidate was entered for.
    """
    rules, candidate = referential.rules, session.candidate[decision.candidate]
    if not rules.limits_resits or decision.outcome not in _LEAVING:
        return None
    came = candidate.status is Status.PRESENT
    failed = [item.code for item in decision.blocks if item.outcome is BlockOutcome.NOT_VALIDATED]
    again = failed if came else list(candidate.registered)
    if not again:
        return None
    right = resit_of(
        rules,
        sat=candidate.sat_before + came,
        first=candidate.first_sat or (session.date if came else None),
        failed=len(failed),
        day=session.date,
    )
    kept = tuple(_kept(referential, session, decision, failed))
    return Resit(
        refusal=right.refusal,
        until=right.until,
        left=right.left,
        blocks=tuple(again),
        kept=() if right.refusal else kept,
    )


_LEAVING = (
    CertificationOutcome.PARTIAL,
    CertificationOutcome.NOT_AWARDED,
    CertificationOutcome.ABSENT,
)


def _kept(
    referential: Referential,
    session: Session,
    decision: CandidateDecision,
    failed: Collection[BlockCode],
) -> Iterator[KeptUntil]:
    """Yield what is kept of failed blocs: from this session, or still from another."""
    rules = referential.rules
    before = {item.item: item for item in session.kept_of[decision.candidate]}
    of_failed = {
        referential.assessment_of[criterion.code]
        for block in failed
        for criterion in referential.criteria_of_block[block]
    }
    for item in decision.assessments:
        if item.outcome is AssessmentOutcome.KEPT and item.code in before:
            known = before[item.code]
            yield KeptUntil(code=item.code, score=known.score, until=known.valid_until)
        elif item.code in of_failed and item.outcome is AssessmentOutcome.PASSED:
            months = months_assessment_kept(rules, item.score)
            if months is not None and session.date is not None:
                until = add_months(session.date, months)
                yield KeptUntil(code=item.code, score=item.score, until=until)
    for block in decision.blocks:
        for competency in block.competencies if block.code in failed else ():
            months = rules.competencies_kept_months
            if competency.code in before:
                known = before[competency.code]
                yield KeptUntil(code=competency.code, score=known.score, until=known.valid_until)
            elif (
                months is not None
                and session.date is not None
                and competency.outcome is CompetencyOutcome.ACQUIRED
                and not competency.rests_on_kept
            ):
                until = add_months(session.date, months)
                yield KeptUntil(code=competency.code, score=competency.score, until=until)


def months_assessment_kept(rules: Rules, score: Fraction | None) -> int | None:
    """Return for how many months an épreuve passed with this score is kept; None: it is not."""
    least = rules.assessments_kept_from
    if score is None or (least is not None and score < least):
        return None
    return rules.assessments_kept_months
