"""The final decisions as the last documents take them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.documents import Settled
from sheetgen.documents.contexts import sitting_of, undeclared_ties
from sheetgen.jury.reissues import reissue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.jury.final_decisions import FinalDecisions


def settle_documents(final: FinalDecisions, former: Sequence[ClosingRecord] = ()) -> Settled:
    """Return what minutes, notifications and attestations are rendered from.

    Args:
        final: what was decided.
        former: the closings before this one, whose papers are annulled and replaced.
    """
    decisions = final.decisions
    return Settled(
        decisions=decisions,
        deliberation=final.deliberation,
        sitting=replace(sitting_of(decisions), undeclared=undeclared_ties(decisions)),
        reissue=reissue_of(final, former),
    )
