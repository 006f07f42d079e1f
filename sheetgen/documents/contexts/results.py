"""The blocs of a report: methods, competencies, criteria and what the jurors said of them.

Of an arrangement only the word « Exempté » passes: marks and comments on an exempted criterion,
whose jurors should not have given them, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import NOTHING, Context, Subject, listed
from sheetgen.model import CriterionDecision, CriterionState
from sheetgen.text import cut_number, percent_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from sheetgen.model import (
        Block,
        BlockDecision,
        Competency,
        CompetencyCode,
        CompetencyDecision,
        Criterion,
        JurorCode,
        Mark,
        Referential,
    )

_SAID_OF_STATE = {
    CriterionState.EXEMPT: "Exempté",
    CriterionState.NOT_OBSERVED: "Non observé",
    CriterionState.MISSING: "Appréciation manquante",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Presented:
    """One bloc as this candidate presents it, or not."""

    subject: Subject
    block: Block
    decision: BlockDecision | None

    @property
    def jurors(self) -> tuple[JurorCode, ...]:
        return self.subject.assigned_to(self.block.code)

    @property
    def situation(self) -> str:
        if self.block.code in self.subject.candidate.presented:
            return "Présenté"
        return "Déjà acquis" if self.block.code in self.subject.candidate.held else "Non présenté"


def blocks_context(subject: Subject) -> list[Context]:
    """Return every bloc of the référentiel, in detail where the candidate presents it."""
    return [
        _block(
            _Presented(subject=subject, block=block, decision=subject.block_decision(block.code))
        )
        for block in subject.referential.blocks
    ]


def _block(presented: _Presented) -> Context:
    block, decision = presented.block, presented.decision
    presents = presented.situation == "Présenté"
    competencies = _competencies(presented) if presents else {}
    subject = presented.subject
    referential = subject.referential
    return {
        "code": block.code,
        "intitule": block.title,
        "activite": block.activity,
        "situation": presented.situation,
        "presente": presents,
        "acquis": presented.situation == "Déjà acquis",
        "resultat": decision.outcome.value if decision else None,
        "proposition": subject.proposed(block.code, decision.outcome).value if decision else None,
        "motif_jury": subject.jury_reason(block.code) or NOTHING,
        "score": _score(decision),
        "motifs": [
            {"objet": reason.item, "texte": reason.message}
            for reason in (decision.reasons if decision else ())
        ],
        "jures": listed(presented.jurors),
        "modalites": _methods(referential, block) if presents else [],
        "activites": _activities(referential, block, competencies) if presents else [],
        "competences": list(competencies.values()),
    }


def _methods(referential: Referential, block: Block) -> list[Context]:
    users: dict[str, list[str]] = {}
    for competency in referential.competencies_of[block.code]:
        for method in competency.methods:
            users.setdefault(method, []).append(competency.code)
    return [
        {
            "code": method.code,
            "competences": listed(users[method.code]),
            "type": method.kind,
            "description": method.description,
            "variante": method.block_variant,
        }
        for method in referential.methods
        if method.code in users
    ]


def _activities(
    referential: Referential, block: Block, competencies: Mapping[CompetencyCode, Context]
) -> list[Context]:
    return [
        {
            "code": activity.code,
            "intitule": activity.title,
            "competences": [
                competencies[competency.code]
                for competency in referential.competencies_of[block.code]
                if competency.activity == activity.code
            ],
        }
        for activity in referential.activities
        if activity.block == block.code
    ]


def _competencies(presented: _Presented) -> dict[CompetencyCode, Context]:
    decisions = presented.decision.competencies if presented.decision else ()
    decided = {item.code: item for item in decisions}
    return {
        competency.code: _competency(presented, competency, decided.get(competency.code))
        for competency in presented.subject.referential.competencies_of[presented.block.code]
    }


def _competency(
    presented: _Presented, competency: Competency, decision: CompetencyDecision | None
) -> Context:
    decided = {item.code: item for item in (decision.criteria if decision else ())}
    return {
        "code": competency.code,
        "intitule": competency.title,
        "resultat": decision.outcome.value if decision else None,
        "score": _score(decision),
        "criteres": [
            _criterion(presented, criterion, decided.get(criterion.code))
            for criterion in presented.subject.referential.criteria_of[competency.code]
        ],
    }


def _criterion(
    presented: _Presented, criterion: Criterion, decision: CriterionDecision | None
) -> Context:
    subject = presented.subject
    if decision is None and criterion.code in subject.session.exemptions_of[subject.candidate.id]:
        decision = CriterionDecision(code=criterion.code, state=CriterionState.EXEMPT)
    exempt = decision is not None and decision.state is CriterionState.EXEMPT
    marks = () if decision is None or exempt else decision.marks
    return {
        "code": criterion.code,
        "intitule": criterion.title,
        "etat": decision.state.value if decision else None,
        "exempte": exempt,
        "ecart": decision is not None and decision.divergent,
        "appreciations": [
            {
                "jure": mark.juror,
                "nom": subject.session.juror[mark.juror].full_name,
                "valeur": _mark_text(mark),
                "remarque": mark.comment or None,
            }
            for mark in marks
        ],
        "mentions": _mentions(decision, marks, presented.jurors) if decision else [],
    }


def _mentions(
    decision: CriterionDecision, marks: tuple[Mark, ...], jurors: tuple[JurorCode, ...]
) -> list[Context]:
    """Return what the report says of a criterion.

    Nothing where all is plain and nobody commented.
    """
    found: list[Context] = []
    if decision.state in _SAID_OF_STATE:
        found.append({"nature": _SAID_OF_STATE[decision.state], "texte": None})
    if decision.state is CriterionState.MISSING:
        marked = {mark.juror for mark in marks}
        found[-1]["texte"] = listed(juror for juror in jurors if juror not in marked)
    undecided = decision.state is CriterionState.UNDECIDED
    natures = [
        *(["Écart entre jurés"] if decision.divergent else []),
        *(["À délibérer"] if undecided else []),
    ]
    if natures:
        said = " ; ".join(f"{mark.juror} « {_mark_text(mark)} »" for mark in marks)
        found.append({"nature": ", ".join(natures).capitalize(), "texte": said})
    found += [
        {"nature": f"Remarque de {mark.juror}", "texte": mark.comment}
        for mark in marks
        if mark.comment
    ]
    return found


def _mark_text(mark: Mark) -> str:
    return mark.value if isinstance(mark.value, str) else cut_number(mark.value)


def _score(decision: BlockDecision | CompetencyDecision | None) -> str:
    score: Fraction | None = decision.score if decision else None
    return NOTHING if score is None else percent_text(score)
