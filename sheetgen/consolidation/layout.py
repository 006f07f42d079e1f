"""The layout of `consolidation.xlsx`, declared once: what a reader of it looks for.

Sheets are known by their names, columns by their header cells, the jury's own fields by the label
at their left. Marks are found by the candidate and criterion in their row, never by position.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.model import NO_MENTION, BlockOutcome, CertificationOutcome

if TYPE_CHECKING:
    from sheetgen.model import Referential

SCHEMA = "sheetgen.consolidation/1"

SUMMARY_SHEET = "Synthèse"
BLOCKS_SHEET = "Décisions"
ASSESSMENTS_SHEET = "Épreuves"
COMPETENCIES_SHEET = "Compétences"
CRITERIA_SHEET = "Critères"
DIVERGENCES_SHEET = "Écarts"
PROBLEMS_SHEET = "Anomalies"
DELIBERATION_SHEET = "Délibération"
VOLUMES_SHEET = "Classeurs"
CARD_SHEET = "Fiche"
PEOPLE_SHEET = "_candidats"
WORKINGS_SHEET = "_fiche"
DETAILS_SHEET = "_compétences"
LISTS_SHEET = "_listes"
STAMP_SHEET = "_sheetgen"

CANDIDATE = "Candidat"
NAME = "Nom"
BLOCK = "Bloc"
COMPETENCY = "Compétence"
ASSESSMENT = "Épreuve"
CRITERION = "Critère"
STATE = "État"
OUTCOME = "Résultat"
SCORE = "Score"

ANONYMOUS = "Anonyme"
"""What stands for a name in a session that is marked by number."""


_JUROR, _MARK = "Juré", "Appréciation"


def block_header(code: str) -> str:
    """Return the header over a bloc's outcomes in the summary."""
    return f"Bloc {code}"


def juror_header(slot: int) -> str:
    """Return the header over the code of a row's juror; slots count from 1."""
    return f"{_JUROR} {slot}"


def mark_header(slot: int) -> str:
    """Return the header over that juror's mark."""
    return f"{_MARK} {slot}"


MARK_COLUMNS = (CANDIDATE, CRITERION, _JUROR, _MARK)
"""What the headers over a mark, its juror, its candidate and its criterion begin with: all that is
compared of the criteria sheet. A number follows those that there are several of."""


class Choice(Enum):
    """The decisions that the jury may take, as its lists offer them."""

    ADOPTED = "Proposition adoptée"
    VALIDATED = BlockOutcome.VALIDATED.value
    NOT_VALIDATED = BlockOutcome.NOT_VALIDATED.value
    AWARDED = CertificationOutcome.AWARDED.value
    PARTIAL = CertificationOutcome.PARTIAL.value
    NOT_AWARDED = CertificationOutcome.NOT_AWARDED.value


BLOCK_CHOICES = (Choice.ADOPTED, Choice.VALIDATED, Choice.NOT_VALIDATED)
CERTIFICATION_CHOICES = (Choice.ADOPTED, Choice.AWARDED, Choice.PARTIAL, Choice.NOT_AWARDED)


def mention_choices(referential: Referential) -> tuple[str, ...]:
    """Return the answers that the jury may give on a mention."""
    labels = (item.label for item in referential.mentions)
    return (Choice.ADOPTED.value, *labels, NO_MENTION)


UNFAVOURABLE = (Choice.NOT_VALIDATED, Choice.NOT_AWARDED)
"""Decisions that always owe a reason."""

INCOMPLETE = (BlockOutcome.INCOMPLETE.value, CertificationOutcome.INCOMPLETE.value)
"""Proposals that no decision settles: marks are missing, and the session cannot be closed."""

UNSETTLED = tuple(
    dict.fromkeys(
        outcome.value
        for outcome in (
            BlockOutcome.TO_DELIBERATE,
            BlockOutcome.INCOMPLETE,
            CertificationOutcome.TO_DELIBERATE,
            CertificationOutcome.INCOMPLETE,
        )
    )
)
"""Proposals that only the jury's own decision settles, never their adoption."""


class DeliberationColumn(Enum):
    """The columns of the deliberation sheet; the values are the header cells."""

    CANDIDATE = CANDIDATE
    LAST_NAME = NAME
    FIRST_NAME = "Prénom"
    SUBJECT = "Objet"
    PROPOSAL = "Proposition"
    DECISION = "Décision du jury"
    REASON = "Motif"
    CHECK = "Contrôle"
    REVIEW = "À revoir"


BASIS = "Raisons de la proposition"
"""Over why a line's proposal is made, in the last column of that sheet but for `Jury`."""

ADOPTION_LABEL = "Le jury adopte les propositions laissées vides"
CLOSING_DATE_LABEL = "Date de clôture"
CLOSING_TIME_LABEL = "Heure de clôture"
INCIDENTS_LABEL = "Incidents"
OBSERVATIONS_LABEL = "Observations"
YES, NO = "Oui", "Non"


class Stamp(Enum):
    """The fields of the hidden sheet; the values stand in its first column."""

    SCHEMA = "schéma"
    SESSION = "session"
    REFERENTIAL = "version du référentiel"
    FINGERPRINT = "empreinte du référentiel"
    PROVISIONAL = "provisoire"


STAMP_RETURNS = ("fichier", "sha256", "candidat", "juré", "statut")
"""The header of the first table below these fields: the returns that count, one row for each."""

STAMP_PROPOSALS = ("n°", "objet", "proposition", "score", "à revoir", "nom scellé")
"""The header of the second table, at the right of the first: the proposals, a row per bloc of each
candidate who came (held and not presented blocs included) and one per certification. « score » is a
fraction of 1; « à revoir » says why the jury has to look at the row again, and is blank for most;
« nom scellé » stands in the certification's row of an anonymous session alone."""

STAMP_PEOPLE = ("numéro du candidat", "nom de famille", "premier prénom", "né(e) le")
"""The header of the third table, at the right of the second: the candidates that the jury decides
on, then those who did not come; in an anonymous session only the latter, without names. A birth
date is written as 1990-02-28."""

STAMP_ABSENT_SEAL = "absent scellé"
"""The header of the third table's last column: sealed names, where the session is anonymous."""

STAMP_SHAPE = "options, poids et mentions"
"""The label, above the third table and below the general mean, of what an award and its mention
rest on, where the certification has any of it. JSON: `options` (the group of each optional bloc),
`weights` (of blocs, other than 1), `required` (of each group), `mentions` (their thresholds)."""

STAMP_GENERAL_MEAN, NO_GENERAL_MEAN = "moyenne générale minimale", "aucune"
"""The label, above the third table, of the general mean that was asked for; and what says none."""
