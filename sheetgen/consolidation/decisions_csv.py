"""Decisions to `decisions.csv`: one row per candidate and bloc, as French Excel opens it.

UTF-8 with a byte order mark, semicolons, CRLF, French words. The score is a fraction of 1 with
four decimals and a decimal comma (`0,6667`), blank where it cannot be said. Candidates and blocs
are in the order of `decisions.json`. Columns on épreuves, on the general mean and on the mention
follow where the référentiel uses them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation.ordering import natural_key
from sheetgen.files import render_table, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    from sheetgen.model import CandidateDecision, Referential, SessionDecisions

HEADER = (
    "N°",
    "Nom",
    "Prénom",
    "Parcours",
    "Statut",
    "Bloc",
    "Résultat",
    "Score",
    "Certification",
)
ASSESSMENTS = "Épreuves"
MENTION = ("Moyenne générale", "Mention")


def write_decisions_csv(path: Path, decisions: SessionDecisions) -> None:
    """Write `decisions.csv` whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    known = decisions.referential
    header = (
        *HEADER,
        *((ASSESSMENTS,) if known.uses_assessments else ()),
        *(MENTION if known.mentions else ()),
    )
    write_whole(path, render_table(header, _rows(decisions)))


def _rows(decisions: SessionDecisions) -> Iterator[list[str]]:
    for number in sorted(decisions.decided, key=natural_key):
        candidate, decision = decisions.session.candidate[number], decisions.decided[number]
        added = list(_added(decisions.referential, decision))
        for block in sorted(decision.blocks, key=lambda item: natural_key(item.code)):
            yield [
                candidate.id,
                candidate.last_name,
                candidate.first_name,
                candidate.route.value,
                candidate.status.value,
                block.code,
                block.outcome.value,
                _score(block.score),
                candidate.outcome_text(decision.outcome),
                *added,
            ]


def _added(referential: Referential, decision: CandidateDecision) -> Iterator[str]:
    """Yield what goes in the columns that follow."""
    if referential.uses_assessments:
        yield " ; ".join(
            f"{item.code} {item.outcome.value}"
            + (f" ({_score(item.score)})" if item.score is not None else "")
            for item in sorted(decision.assessments, key=lambda item: natural_key(item.code))
        )
    if referential.mentions:
        yield _score(decision.mean)
        yield decision.mention or ""


def _score(score: Fraction | None) -> str:
    return "" if score is None else f"{float(score):.4f}".replace(".", ",")
