"""The reasons why a bloc is not simply validated, or a certification not awarded, as sentences."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.model import Reason, ScaleKind
from sheetgen.text import cut_number, note_text, percent_text

if TYPE_CHECKING:
    from fractions import Fraction

    from sheetgen.model import Scale


class ReasonCode(Enum):
    """A stable code; its value is the French sentence, filled in by `because`."""

    MISSING_MARKS = "Compétence {item} : appréciations manquantes ({criteria})."
    ELIMINATORY_CRITERION = (
        "Critère éliminatoire {item} : {points}, au niveau du seuil éliminatoire ({limit}) "
        "ou au-dessous."
    )
    MANDATORY_CRITERION = "Critère obligatoire {item} : non acquis."
    MANDATORY_COMPETENCY = "Compétence obligatoire {item} : non acquise."
    COMPETENCY_NOT_ACQUIRED = "Compétence {item} : non acquise."
    COMPETENCY_TO_DELIBERATE = "Compétence {item} : à délibérer."
    BELOW_THRESHOLD = "Bloc {item} : résultat de {attained}, pour un seuil de {threshold}."
    BELOW_FLOOR = "Compétence {item} : résultat de {attained}, pour un plancher de {threshold}."
    IN_DELIBERATION_ZONE = (
        "{item} : résultat de {attained}, dans la zone de délibération sous le seuil de "
        "{threshold}."
    )
    UNDECIDED_CRITERION = "Critère {item} : à délibérer, {cause}."
    NOTHING_LEFT = (
        "Compétence {item} : aucun critère à prendre en compte ; le jury apprécie la capacité "
        "professionnelle d’ensemble."
    )

    NOTHING_APPLIES = "Bloc {item} : rien ne s’y évalue pour ce candidat."
    ASSESSMENT_FAILED = "Épreuve {item} : {cause}."
    ASSESSMENT_BELOW_FLOOR = (
        "Épreuve {item} : résultat de {attained}, pour un plancher de {threshold}."
    )
    ASSESSMENT_NOT_OPEN = "Épreuve {item} : non ouverte, faute d’avoir réussi {conditions}."
    ASSESSMENT_OPENING_UNDECIDED = (
        "Épreuve {item} : ouverte ou non selon ce que le jury décide de {conditions}."
    )
    ASSESSMENT_UNDECIDED = "Épreuve {item} : à délibérer, {cause}."
    ASSESSMENT_TO_SIT_AGAIN = "Épreuve {item} : candidat absent, à représenter."
    ASSESSMENT_AWAITED = "Épreuve {item} : des appréciations sont attendues."
    EVIDENCE_REFUSED = "Compétence {item} : pièce refusée ou périmée."
    EVIDENCE_AWAITED = "Compétence {item} : pièce attendue."

    BELOW_GENERAL_MEAN = (
        "{item} : moyenne générale de {attained}, pour {threshold} demandés ; {blocks} sont acquis."
    )
    GENERAL_MEAN_UNKNOWN = (
        "{item} : moyenne générale inconnue, faute de score pour {blocks} ; {threshold} demandés."
    )

    @property
    def key(self) -> str:
        """Return the code in `decisions.json`."""
        name = self.name.lower()
        return name.replace("_", "-") if name.startswith(("assessment", "evidence")) else name

    def because(self, item: str, **values: str) -> Reason:
        """Return the reason, about this criterion, competency, bloc or certification."""
        return Reason(code=self.key, item=item, message=self.value.format(item=item, **values))


def points(value: Fraction, scale: Scale | None = None) -> str:
    """Return points in French: so many, or, on a scale of notes, the note over its maximum.

    Without a scale they are a distance between two marks.
    """
    if scale is not None and scale.kind is ScaleKind.NOTE:
        return note_text(value, scale.maximum)
    return f"{cut_number(value)} point{'s' if abs(value) >= 2 else ''}"


def score_text(score: Fraction, scale: Scale) -> str:
    """Return a score in [0, 1] as papers say it: a note on a scale of notes, else a percentage."""
    if scale.kind is ScaleKind.NOTE:
        return note_text(scale.at_share(score), scale.maximum)
    return percent_text(score)


def result_text(score: Fraction, scale: Scale | None) -> str:
    """Return a score or its threshold as a reason says it: as `score_text`, to two decimals."""
    if scale is not None and scale.kind is ScaleKind.NOTE:
        return score_text(score, scale)
    return percentage(score)


def percentage(value: Fraction) -> str:
    """Return the fraction of 1 as a percentage in French."""
    return f"{cut_number(value * 100)} %"
