"""A small care diploma: two épreuves out of 8 and 12, one that opens once both are passed, stages.

Three jurors: J1 and J2 sit, J3 assesses the stage alone.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import builders

from sheetgen.model import (
    Absence,
    AssessmentMethod,
    Assignment,
    Block,
    BlockCode,
    BlockRule,
    CandidateId,
    CommentRule,
    Competency,
    CompetencyCode,
    Criterion,
    CriterionCode,
    JurorCode,
    JurorRole,
    Level,
    MethodCode,
    Proof,
    Referential,
    Rules,
    Session,
)

STAGE = replace(
    builders.level_scale(
        [
            Level(
                label="Non maîtrisé", points=Fraction(0), acquired=False, colour="FADBD8",
                definition="Ne sait pas faire, même accompagné.",
            ),
            Level(
                label="En cours", points=Fraction(1), acquired=False, colour="FDEBD0",
                definition="Fait avec de l’aide.",
            ),
            Level(
                label="Maîtrisé", points=Fraction(2), acquired=True, colour="D5F5E3",
                definition="Fait seul, dans les règles.",
            ),
        ]
    ),
    name="Stage",
)  # fmt: skip


def _method(code: str, title: str, description: str, *condition: str) -> AssessmentMethod:
    return AssessmentMethod(
        code=MethodCode(code),
        kind="Épreuve écrite" if code == "E1" else "Mise en situation",
        title=title,
        description=description,
        condition=tuple(map(MethodCode, condition)),
    )


METHODS = (
    _method("E1", "Étude de cas", "Deux heures, sur table, à partir d’une situation de soin."),
    _method("E2", "Soin réel", "Trente minutes auprès d’une personne, avec son accord."),
    _method("E3", "Entretien", "Vingt minutes sur le dossier.", "E1", "E2"),
    _method("ST", "Stage", "Sept semaines, évaluées par le tuteur sur le lieu de stage."),
)


def _competency(
    code: str, title: str, *methods: str, proof: Proof = Proof.ASSESSMENT
) -> Competency:
    return Competency(
        code=CompetencyCode(code),
        block=BlockCode("BC01" if code.startswith("C1") else "BC02"),
        title=title,
        methods=tuple(map(MethodCode, methods)),
        proof=proof,
    )


def _criterion(code: str, title: str, method: str, **more: object) -> Criterion:
    plain = Criterion(
        code=CriterionCode(code),
        competency=CompetencyCode(code.rpartition(".")[0]),
        title=title,
        method=MethodCode(method),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


CRITERIA = (
    _criterion("C1.1.1", "Repère les besoins de la personne.", "E1", group="Observer",
               out_of=Fraction(5), weight=Fraction(5)),
    _criterion("C1.1.2", "Note ce qui a changé depuis la veille.", "E1", group="Observer",
               out_of=Fraction(3), weight=Fraction(3)),
    _criterion("C1.1.3", "Prépare le soin et respecte l’hygiène.", "E2", group="Agir",
               out_of=Fraction(12), weight=Fraction(12), eliminatory=True),
    _criterion("C1.1.4", "Explique ses choix.", "E3"),
    _criterion("C1.2.1", "Accueille la personne et son entourage.", "ST", scale="Stage"),
    _criterion("C1.2.2", "Aide au repas et à la toilette.", "ST", scale="Stage", mandatory=True),
    _criterion("C2.2.1", "Transmet à l’équipe.", "E3"),
)  # fmt: skip

REFERENTIAL = Referential(
    certification=replace(
        builders.referential({"C1.1": 1}).certification, title="Diplôme d’aide aux soins"
    ),
    blocks=(
        Block(code=BlockCode("BC01"), title="Accompagner la personne",
              rule=BlockRule.EVERY_ASSESSMENT),
        Block(code=BlockCode("BC02"), title="Travailler en équipe"),
    ),
    activities=(),
    methods=METHODS,
    competencies=(
        _competency("C1.1", "Réaliser un soin d’hygiène", "E1", "E2", "E3"),
        _competency("C1.2", "Accompagner dans la vie quotidienne", "ST"),
        _competency("C2.1", "Porter secours", proof=Proof.EVIDENCE),
        _competency("C2.2", "Transmettre", "E3"),
    ),
    criteria=CRITERIA,
    scale=builders.level_scale(),
    scales=(STAGE,),
    note_bounds=builders.note_scale(step="1/2"),
    rules=Rules(comment=CommentRule.NEVER),
)  # fmt: skip


def session(*absences: str) -> Session:
    """Candidate 1, absent at these épreuves, marked by J1 and J2, and on the stage by J3."""
    plain = builders.session(REFERENTIAL, jurors=(*builders.JURORS, builders.juror("J3")))
    blocks = tuple(item.code for item in REFERENTIAL.blocks)
    stage, first = (MethodCode("ST"),), blocks[0]
    others = tuple(item.code for item in METHODS if item.code not in stage)
    return replace(
        plain,
        jurors=(
            *plain.jurors[:2],
            replace(plain.jurors[2], role=JurorRole.ASSESSOR),
        ),
        assignments=(
            *(
                Assignment(
                    candidate=CandidateId("1"),
                    juror=JurorCode(juror),
                    blocks=blocks,
                    methods=((first, others),),
                )
                for juror in ("J1", "J2")
            ),
            Assignment(
                candidate=CandidateId("1"),
                juror=JurorCode("J3"),
                blocks=(first,),
                methods=((first, stage),),
            ),
        ),
        absences=tuple(
            Absence(candidate=CandidateId("1"), method=MethodCode(code)) for code in absences
        ),
    )
