"""Terms: the time for which each kind of paper and data is kept after a jury's decision.

No law says one term for all: schools keep grids one year, results some, minutes ten, and what is
acquired for life. Each can be set in `sheetgen.toml`, section `[conservation]`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

FOR_LIFE = "à vie"
_MOST_YEARS = 200
_WRITTEN = re.compile(r"(\d{1,4})\s*(mois|an|ans)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionKind:
    """A kind of paper or data.

    Attributes:
        name: the key in the settings file.
        help: a French sentence: which files or data it is.
        default: its term, as written in the file.
        in_register: whether it is in the register, rather than in sessions' folders.
    """

    name: str
    help: str
    default: str
    in_register: bool = False


GRIDS = RetentionKind(
    name="grilles",
    help="Grilles envoyées, revenues, sur papier et à corriger, avec leurs envois.",
    default="1 an",
)
CONVOCATIONS = RetentionKind(
    name="convocations", help="Convocations et leurs courriels.", default="1 an"
)
REPORTS = RetentionKind(
    name="rapports",
    help="Rapports du jury à remplir, feuilles d'émargement, projets, extraits.",
    default="1 an",
)
CONSOLIDATION = RetentionKind(
    name="consolidation", help="Classeurs et rapports de la délibération.", default="3 ans"
)
MINUTES = RetentionKind(name="proces-verbaux", help="Procès-verbaux.", default="10 ans")
PAPERS = RetentionKind(
    name="documents",
    help="Copies des attestations et parchemins, notifications, relevés, rapports remplis.",
    default="10 ans",
)
DECISIONS = RetentionKind(
    name="decisions",
    help="Décisions figées, notes comprises, et tout ce que .sheetgen/ garde de la session.",
    default="10 ans",
)
MARKS = RetentionKind(
    name="epreuves",
    help="Au registre : résultats des épreuves et des compétences, scores des blocs.",
    default="5 ans",
    in_register=True,
)
UNSUCCESSFUL = RetentionKind(
    name="sans-acquis",
    help="Au registre : l'identité de qui n'a rien acquis.",
    default="10 ans",
    in_register=True,
)
IDENTITIES = RetentionKind(
    name="identites",
    help="Au registre : l'identité de qui détient un bloc ou une certification.",
    default=FOR_LIFE,
    in_register=True,
)

RETENTION_KINDS: Mapping[str, RetentionKind] = {
    kind.name: kind
    for kind in (
        GRIDS,
        CONVOCATIONS,
        REPORTS,
        CONSOLIDATION,
        MINUTES,
        PAPERS,
        DECISIONS,
        MARKS,
        UNSUCCESSFUL,
        IDENTITIES,
    )
}
"""Every kind by its name, in the order to show them; a session's decisions after its files."""


@dataclass(frozen=True, slots=True)
class RetentionTerm:
    """A term in months after the decision; None for life."""

    months: int | None

    def __str__(self) -> str:
        """Return the term as the settings file writes it."""
        if self.months is None:
            return FOR_LIFE
        if self.months % 12 or not self.months:
            return f"{self.months} mois"
        years = self.months // 12
        return f"{years} an{'s' if years > 1 else ''}"

    def last_day(self, decided: date) -> date | None:
        """Return the last day on which it is kept; None for one that never comes."""
        if self.months is None:
            return None
        try:
            return add_months(decided, self.months)
        except ValueError:
            return None

    def is_over(self, decided: date, today: date) -> bool:
        """Return whether the last day is past."""
        last = self.last_day(decided)
        return last is not None and today > last

    def covers(self, other: RetentionTerm) -> bool:
        """Return whether it is as long as another, or longer."""
        if self.months is None or other.months is None:
            return self.months is None
        return self.months >= other.months


Terms = dict[str, RetentionTerm]


def parse_term(text: object) -> RetentionTerm | None:
    """Return the term that a text says: « 18 mois », « 3 ans », « à vie »; None for no term."""
    if not isinstance(text, str):
        return None
    said = " ".join(text.split()).casefold()
    if said in (FOR_LIFE, "a vie"):
        return RetentionTerm(None)
    found = _WRITTEN.fullmatch(said)
    if found is None:
        return None
    months = int(found[1]) * (1 if found[2] == "mois" else 12)
    return RetentionTerm(months) if 1 <= months <= _MOST_YEARS * 12 else None


def default_terms() -> Terms:
    """Return the terms that hold where none was set."""
    terms = {name: parse_term(kind.default) for name, kind in RETENTION_KINDS.items()}
    return {name: term for name, term in terms.items() if term is not None}


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
