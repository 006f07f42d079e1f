"""Decisions to `decisions.csv`: one row per candidate and bloc, as French Excel opens it.

UTF-8 with a byte order mark, semicolons, CRLF, French words. The score is a fraction of 1 with
four decimals and a decimal comma (`0,6667`), blank where it cannot be said. Candidates and blocs
are in the order of `decisions.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation.ordering import natural_key
from sheetgen.files import render_table, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    from sheetgen.model import SessionDecisions

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


def write_decisions_csv(path: Path, decisions: SessionDecisions) -> None:
    """Write `decisions.csv` whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    write_whole(path, render_table(HEADER, _rows(decisions)))


def _rows(decisions: SessionDecisions) -> Iterator[list[str]]:
    for number in sorted(decisions.decided, key=natural_key):
        candidate, decision = decisions.session.candidate[number], decisions.decided[number]
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
            ]


def _score(score: Fraction | None) -> str:
    return "" if score is None else f"{float(score):.4f}".replace(".", ",")
