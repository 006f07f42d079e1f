"""The final decisions as the last documents take them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.documents.contexts.sitting import sitting_of, undeclared_ties
from sheetgen.documents.settled import CERTIFICATION, Settled, SettledClosing, SettledRuling
from sheetgen.jury.reissues import reissue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.jury.rulings import FinalDecisions
    from sheetgen.model import CandidateId


def settle_documents(final: FinalDecisions, former: Sequence[ClosingRecord] = ()) -> Settled:
    """Return what minutes, notifications and attestations are rendered from.

    Args:
        final: what was decided.
        former: the closings before this one, whose papers are annulled and replaced.
    """
    closing = final.deliberation.closing
    return Settled(
        decisions=final.decisions,
        closing=SettledClosing(
            date=closing.date,
            time=closing.time,
            incidents=closing.incidents,
            observations=closing.observations,
            rulings=dict(_rulings(final)),
            sitting=replace(
                sitting_of(final.decisions), undeclared=undeclared_ties(final.decisions)
            ),
        ),
        reissue=reissue_of(final, former),
    )


def _rulings(final: FinalDecisions) -> Iterator[tuple[tuple[CandidateId, str], SettledRuling]]:
    for candidate, rulings in final.deliberation.rulings.items():
        certification = rulings.certification
        yield (
            (candidate, CERTIFICATION),
            SettledRuling(proposed=certification.proposed, reason=certification.reason),
        )
        for code, ruling in rulings.blocks.items():
            yield (
                (candidate, code),
                SettledRuling(proposed=ruling.proposed, reason=ruling.reason),
            )
