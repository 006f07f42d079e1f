"""One small session: two blocs, four candidates, three jurors, a missing grid."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest
from consolidated import write

from sheetgen.model import (
    NOT_OBSERVED,
    Activity,
    ActivityCode,
    AssessmentMethod,
    Assignment,
    Block,
    BlockCode,
    Candidate,
    CandidateId,
    Certification,
    Competency,
    CompetencyCode,
    Criterion,
    CriterionCode,
    Juror,
    JurorCode,
    JurorRole,
    Level,
    Mark,
    MethodCode,
    Referential,
    Return,
    ReturnStatus,
    Route,
    Rules,
    Scale,
    ScaleKind,
    Session,
    SessionDecisions,
    Status,
)
from sheetgen.problems import Location, Problem, Severity
from sheetgen.rules import Marks, decide_session

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

BC01, BC02 = BlockCode("BC01"), BlockCode("BC02")
C9, C10, C2 = CompetencyCode("C1.9"), CompetencyCode("C1.10"), CompetencyCode("C2.1")
J1, J2, J10 = JurorCode("J1"), JurorCode("J2"), JurorCode("J10")
FIRST, SECOND, THIRD, TENTH = (CandidateId(text) for text in ("1", "2", "3", "10"))
ACQUIRED, PARTLY, NOT_ACQUIRED = "Acquis", "Partiellement acquis", "Non acquis"
POINTS = {ACQUIRED: Fraction(2), PARTLY: Fraction(1), NOT_ACQUIRED: Fraction(0)}


@pytest.fixture(scope="session")
def referential() -> Referential:
    """BC01 (C1.9 with two criteria, C1.10 with one) and BC02 (C2.1 with one)."""
    titles = {
        "C1.9.1": (C9, "Le brief est reformulé."),
        "C1.9.2": (C9, "=Les contraintes sont identifiées : coûts & délais"),
        "C1.10.1": (C10, "Le planning est réaliste."),
        "C2.1.1": (C2, "La maquette est conforme."),
    }
    return Referential(
        certification=Certification(title="Concepteur <UX> & UI", level="6", version="2"),
        blocks=(
            Block(code=BC01, activity="A1", title="Cadrer un projet"),
            Block(code=BC02, activity="A2", title="Concevoir une interface"),
        ),
        activities=(
            Activity(code=ActivityCode("A1.1"), block=BC01, title="Cadrage"),
            Activity(code=ActivityCode("A2.1"), block=BC02, title="Conception"),
        ),
        methods=(
            AssessmentMethod(code=MethodCode("M1"), kind="Mise en situation", description="Oral"),
        ),
        competencies=tuple(
            Competency(
                code=code, activity=ActivityCode(activity), title=title, methods=(MethodCode("M1"),)
            )
            for code, activity, title in (
                (C9, "A1.1", "Analyser une demande"),
                (C10, "A1.1", "Planifier"),
                (C2, "A2.1", "Maquetter"),
            )
        ),
        criteria=tuple(
            Criterion(code=CriterionCode(code), competency=competency, title=title)
            for code, (competency, title) in titles.items()
        ),
        scale=Scale(
            kind=ScaleKind.LEVELS,
            levels=(
                Level(label=ACQUIRED, points=Fraction(2), acquired=True),
                Level(label=PARTLY, points=Fraction(1), acquired=False),
                Level(label=NOT_ACQUIRED, points=Fraction(0), acquired=False),
            ),
            minimum=Fraction(0),
            maximum=Fraction(2),
            acquired_from=Fraction(2),
        ),
        rules=Rules(),
    )


@pytest.fixture(scope="session")
def session() -> Session:
    """A full candidate, one with a bloc held, an absent one, and one for a single bloc."""
    return Session(
        code="S1",
        title="Session d'été",
        date=date(2026, 6, 15),
        candidates=(
            Candidate(id=FIRST, last_name="Martin", first_name="Zoé", presented=(BC01, BC02)),
            Candidate(
                id=SECOND,
                last_name="=HYPERLINK(1)",
                first_name="Éloïse",
                presented=(BC01,),
                held=(BC02,),
            ),
            Candidate(id=THIRD, last_name="Petit", first_name="Ana", status=Status.ABSENT),
            Candidate(
                id=TENTH,
                last_name="Roux ; fils",
                first_name="Li",
                route=Route.BLOCKS,
                presented=(BC02,),
            ),
        ),
        jurors=(
            Juror(code=J1, last_name="Un", first_name="Anne", role=JurorRole.PRESIDENT),
            Juror(code=J2, last_name="Deux", first_name="Bob", external=True),
            Juror(code=J10, last_name="Dix", first_name="Cyd", external=True),
        ),
        assignments=(
            Assignment(candidate=FIRST, juror=J1, blocks=(BC01, BC02)),
            Assignment(candidate=FIRST, juror=J2, blocks=(BC01,)),
            Assignment(candidate=FIRST, juror=J10, blocks=(BC02,)),
            Assignment(candidate=SECOND, juror=J1, blocks=(BC01,)),
            Assignment(candidate=SECOND, juror=J2, blocks=(BC01,)),
            Assignment(candidate=TENTH, juror=J1, blocks=(BC02,)),
            Assignment(candidate=TENTH, juror=J10, blocks=(BC02,)),
        ),
    )


def mark(juror: JurorCode, criterion: str, value: str, comment: str = "") -> Mark:
    """A mark as a juror left it."""
    return Mark(
        juror=juror,
        criterion=CriterionCode(criterion),
        value=value,
        points=POINTS.get(value),
        comment=comment,
        sheet="BC01",
        cell="C7",
    )


def _marks() -> dict[tuple[CandidateId, JurorCode], Marks]:
    """Return the jurors' answers; the second candidate's second juror sent nothing back."""
    given = {
        (FIRST, J1): [
            mark(J1, "C1.9.1", ACQUIRED),
            mark(J1, "C1.9.2", ACQUIRED),
            mark(J1, "C1.10.1", ACQUIRED),
            mark(J1, "C2.1.1", NOT_ACQUIRED, "Non"),
        ],
        (FIRST, J2): [
            mark(J2, "C1.9.1", ACQUIRED),
            mark(J2, "C1.9.2", NOT_ACQUIRED, "=À revoir, « coûts » oubliés"),
            mark(J2, "C1.10.1", ACQUIRED),
        ],
        (FIRST, J10): [mark(J10, "C2.1.1", PARTLY, "Partiel")],
        (SECOND, J1): [mark(J1, code, NOT_OBSERVED) for code in ("C1.9.1", "C1.9.2", "C1.10.1")],
        (TENTH, J1): [mark(J1, "C2.1.1", ACQUIRED)],
        (TENTH, J10): [mark(J10, "C2.1.1", ACQUIRED)],
    }
    return {pair: {item.criterion: item for item in marks} for pair, marks in given.items()}


@pytest.fixture(scope="session")
def given() -> dict[tuple[CandidateId, JurorCode], Marks]:
    """Return the jurors' answers; the second candidate's second juror sent nothing back."""
    return _marks()


@pytest.fixture(scope="session")
def decisions(referential: Referential, session: Session) -> SessionDecisions:
    """The decisions, in an order that is nobody's."""
    blank = Problem(
        code="marks-blank",
        severity=Severity.WARNING,
        location=Location(file="retours/b.xlsx", sheet="BC02"),
        message="Une appréciation manque.",
        hint="Compléter la grille.",
    )
    unreadable = Problem(
        code="file-unreadable",
        severity=Severity.ERROR,
        location=Location(file="retours/a.xlsx"),
        message="Ce fichier n'est pas un classeur.",
        hint="Redemander la grille.",
    )
    returned = [
        Return(
            file=f"retours/{candidate}-{juror}.xlsx",
            sha256=digit * 64,
            candidate=candidate,
            juror=juror,
            status=ReturnStatus.ACCEPTED,
            opinion="Favorable",
            declaration=True,
        )
        for digit, candidate, juror in (
            ("a", TENTH, J1),
            ("b", TENTH, J10),
            ("c", FIRST, J10),
            ("d", FIRST, J2),
            ("e", FIRST, J1),
            ("f", SECOND, J1),
        )
    ]
    rejected = Return(
        file="retours/a.xlsx",
        sha256="0" * 64,
        status=ReturnStatus.REJECTED,
        problems=(unreadable,),
    )
    return SessionDecisions(
        referential=referential,
        session=session,
        candidates=decide_session(referential, session, _marks())[::-1],
        returns=(*returned, rejected),
        missing=((SECOND, J2),),
        problems=(blank, unreadable),
        provisional=True,
    )


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory, decisions: SessionDecisions) -> Path:
    """The session's workbook."""
    return write(tmp_path_factory.mktemp("book") / "consolidation.xlsx", decisions)


@pytest.fixture(scope="session")
def shown(path: Path) -> Workbook:
    """The values stored in it."""
    return openpyxl.load_workbook(path, data_only=True)


@pytest.fixture(scope="session")
def formulas(path: Path) -> Workbook:
    """Return the session's workbook with its formulas, formats and rules."""
    return openpyxl.load_workbook(path)
