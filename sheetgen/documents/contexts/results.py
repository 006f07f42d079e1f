"""The blocs of a report: methods, competencies, criteria and what the jurors said of them.

Of an arrangement only the word « Exempté » passes: marks and comments on an exempted criterion,
whose jurors should not have given them, are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    NOTHING,
    Context,
    Subject,
    Value,
    listed,
)
from sheetgen.documents.contexts.outcome_fields import (
    assessments_context,
    evidence_context,
    jury_on,
    method_context,
    score_field,
)
from sheetgen.documents.contexts.outcome_words import competency_word
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CompetencyOutcome, CriterionDecision, CriterionState, ScaleKind
from sheetgen.rules import points
from sheetgen.text import cut_number, note_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import (
        Block,
        BlockCode,
        BlockDecision,
        BlockOutcome,
        Candidate,
        Competency,
        CompetencyCode,
        CompetencyDecision,
        Criterion,
        JurorCode,
        Mark,
        Referential,
        Scale,
    )

_SAID_OF_STATE = {
    CriterionState.EXEMPT: "Exempté",
    CriterionState.NOT_OBSERVED: "Non observé",
    CriterionState.MISSING: "Appréciation manquante",
    CriterionState.NOT_APPLICABLE: "Sans objet",
    CriterionState.NOT_OPEN: "Épreuve non ouverte",
    CriterionState.ABSENT: "Absent à l’épreuve",
    CriterionState.KEPT: "Conservé d’une autre session",
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

    def named(self, juror: JurorCode) -> str:
        """Return the name of a juror, or the names of a group."""
        return self.subject.session.juror[juror].full_name

    @property
    def settled(self) -> Mapping[BlockCode, BlockOutcome] | None:
        decision = self.subject.decision
        if decision is None or not self.subject.is_settled:
            return None
        return jury_on(decision, (self.block.code,))

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
        "score": _score(referential, decision),
        "option": block.is_optional,
        "groupe": block.group or NOTHING,
        "epreuves": assessments_context(
            referential,
            subject.session,
            subject.decision if presents else None,
            block.code,
            settled=subject.is_settled,
        ),
        "motifs": [
            {"objet": reason.item, "texte": reason.message}
            for reason in (decision.reasons if decision else ())
        ],
        "jures": listed(presented.jurors),
        "modalites": _methods(referential, block, subject.candidate) if presents else [],
        "activites": _activities(referential, block, competencies) if presents else [],
        "competences": list(competencies.values()),
    }


def _methods(referential: Referential, block: Block, candidate: Candidate) -> list[Context]:
    users: dict[str, list[str]] = {}
    for competency in referential.competencies_of[block.code]:
        for method in competency.methods:
            users.setdefault(method, []).append(competency.code)
    return [
        {
            **method_context(referential, method),
            "competences": listed(users[method.code]),
            "description": method.description,
            "variante": method.block_variant,
        }
        for method in referential.methods
        if method.code in users and method.used_for(candidate.access)
    ]


def _activities(
    referential: Referential, block: Block, competencies: Mapping[CompetencyCode, Context]
) -> list[Context]:
    """Return the activities of a bloc, after the competencies that name none."""
    of_bloc = referential.competencies_of[block.code]
    alone = [competencies[item.code] for item in of_bloc if item.activity is None]
    without: list[Context] = [{"code": "", "intitule": "", "nommee": False, "competences": alone}]
    return (without if alone else []) + [
        {
            "code": activity.code,
            "intitule": activity.title,
            "nommee": True,
            "competences": [
                competencies[competency.code]
                for competency in of_bloc
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
    subject = presented.subject
    criteria = [
        _criterion(presented, criterion, decided.get(criterion.code))
        for criterion in subject.referential.criteria_of[competency.code]
    ]
    _announce_groups(criteria)
    return {
        "code": competency.code,
        "intitule": competency.title,
        "resultat": competency_word(decision, presented.settled) if decision else None,
        "score": _score(subject.referential, decision),
        "sans_objet": decision is not None and decision.outcome is CompetencyOutcome.NOT_APPLICABLE,
        "par_piece": competency.by_evidence,
        "pieces": evidence_context(subject.session, subject.candidate.id, competency),
        "criteres": criteria,
    }


def _announce_groups(criteria: list[Context]) -> None:
    """Have the first criterion of each group that the report speaks of bear the group's title."""
    told: Value = NOTHING
    for item in criteria:
        if item["mentions"]:
            item["titre_groupe"] = NOTHING if item["groupe"] == told else item["groupe"]
            told = item["groupe"]


def _criterion(
    presented: _Presented, criterion: Criterion, decision: CriterionDecision | None
) -> Context:
    subject = presented.subject
    if decision is None and criterion.code in subject.session.exemptions_of[subject.candidate.id]:
        decision = CriterionDecision(code=criterion.code, state=CriterionState.EXEMPT)
    exempt = decision is not None and decision.state is CriterionState.EXEMPT
    marks = () if decision is None or exempt else decision.marks
    scale = subject.referential.scale_of[criterion.code]
    return {
        "code": criterion.code,
        "intitule": criterion.title,
        "etat": decision.state.value if decision else None,
        "exempte": exempt,
        "epreuve": subject.referential.assessment_of[criterion.code] or NOTHING,
        "groupe": criterion.group or NOTHING,
        "titre_groupe": NOTHING,
        "note": _points(decision, scale),
        "ecart": decision is not None and decision.divergent,
        "appreciations": [
            {
                "jure": mark.juror,
                "nom": subject.session.juror[mark.juror].full_name,
                "valeur": _mark_text(mark, scale),
                "remarque": mark.comment or None,
            }
            for mark in marks
        ],
        "mentions": _mentions(presented, decision, marks) if decision else [],
    }


def _mentions(
    presented: _Presented, decision: CriterionDecision, marks: tuple[Mark, ...]
) -> list[Context]:
    """Return what the report says of a criterion.

    Nothing where all is plain and nobody commented.
    """
    scale, found = presented.subject.referential.scale_of[decision.code], list[Context]()
    if decision.state in _SAID_OF_STATE:
        found.append({"nature": _SAID_OF_STATE[decision.state], "texte": None})
    if decision.state is CriterionState.MISSING:
        marked = {mark.juror for mark in marks}
        found[-1]["texte"] = listed(
            presented.named(juror) for juror in presented.jurors if juror not in marked
        )
    undecided = decision.state is CriterionState.UNDECIDED
    natures = [
        *(["Écart entre jurés"] if decision.divergent else []),
        *(["À délibérer"] if undecided else []),
    ]
    if natures:
        said = " ; ".join(
            f"{presented.named(mark.juror)} « {_mark_text(mark, scale)} »" for mark in marks
        )
        found.append({"nature": ", ".join(natures).capitalize(), "texte": said})
    found += [
        {"nature": f"Remarque ({presented.named(mark.juror)})", "texte": mark.comment}
        for mark in marks
        if mark.comment
    ]
    return found


def _mark_text(mark: Mark, scale: Scale) -> str:
    if isinstance(mark.value, str):
        return mark.value
    of_notes = scale.kind is ScaleKind.NOTE
    return note_text(mark.value, scale.maximum) if of_notes else cut_number(mark.value)


def _points(decision: CriterionDecision | None, scale: Scale) -> str:
    merged = decision.points if decision else None
    return NOTHING if merged is None else points(merged, scale)


def _score(referential: Referential, decision: BlockDecision | CompetencyDecision | None) -> str:
    return score_field(decision.score if decision else None, referential)
