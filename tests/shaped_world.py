"""The shaped référentiel and session of `shaped_workbooks`, marked, deliberated, on paper.

Marks on 20. Alix Martin came by apprenticeship, presents all; Benoît Durand, by experience, a bloc.
"""

from __future__ import annotations

import dataclasses
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
from shaped_workbooks import shaped_referential, shaped_session
from workbooks import save

from sheetgen.documents import Settled
from sheetgen.model import (
    CandidateId,
    CandidateRulings,
    Closing,
    CriterionCode,
    Deliberation,
    JurorCode,
    Mark,
    Return,
    ReturnStatus,
    SessionDecisions,
)
from sheetgen.rules import decide_session
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import Referential, Session

ALIX, BENOIT = CandidateId("001"), CandidateId("002")

MARKS = {
    (ALIX, "J1"): {"C1.1.1": "6", "C1.1.2": "9", "C1.2.1": "15", "C3.1.1": "14.5"},
    (ALIX, "J2"): {"C1.1.1": "5", "C1.1.2": "9", "C1.2.1": "14", "C3.1.1": "13.5"},
    (ALIX, "J3"): {"C1.1.1": "7", "C1.1.2": "9"},
    (BENOIT, "J1"): {"C2.1.2": "Presque"},
    (BENOIT, "J2"): {"C2.1.2": "Fait"},
}
"""By candidate and juror: C1.1.1 on 8, C1.1.2 on 12, C2.1.2 on the stage's levels, else on 20."""


def read_shaped(folder: Path) -> tuple[Referential, Session]:
    """The référentiel and the session, read from their workbooks, with what papers print."""
    known, problems = read_referential(save(folder / "referential.xlsx", shaped_referential()))
    assert known is not None, problems
    session, problems = read_session(save(folder / "session.xlsx", shaped_session()), known)
    assert session is not None, problems
    certification = dataclasses.replace(
        known.certification,
        rncp_code="RNCP00000",
        certifier="École imaginaire",
        signatory="Aurore Chimère",
        signatory_title="Directrice",
        decision_date=date(2025, 3, 1),
        eqf_level="6",
        nsf_code="326",
        appeal="Recours gracieux sous deux mois.",
    )
    session = dataclasses.replace(
        session,
        time=time(9, 30),
        centre="Centre de Villeimaginaire",
        address="1 rue de la Fiction, 00000 Villeimaginaire",
        minutes_number="PV-7",
        representative="Aurore Chimère",
    )
    return dataclasses.replace(known, certification=certification), session


def decide_shaped(known: Referential, session: Session) -> SessionDecisions:
    """Return what is proposed for both candidates."""
    marks = {
        (candidate, JurorCode(juror)): {
            CriterionCode(code): _mark(known, juror, code, value) for code, value in row.items()
        }
        for (candidate, juror), row in MARKS.items()
    }
    returns = tuple(
        Return(
            file=f"{candidate}-{juror}.xlsx",
            sha256="0" * 64,
            candidate=candidate,
            juror=juror,
            status=ReturnStatus.ACCEPTED,
            opinion=f"Avis de {juror}",
            declaration=None if juror == "J3" else True,
        )
        for candidate, juror in marks
    )
    return builders.session_decisions(
        known, session, decide_session(known, session, marks), returns=returns
    )


def settle_shaped(decisions: SessionDecisions) -> Settled:
    """Every proposal adopted."""
    rulings = {item.candidate: CandidateRulings.adopting(item) for item in decisions.candidates}
    closing = Closing(date=date(2026, 6, 24), time=time(17, 30))
    return Settled(decisions=decisions, deliberation=Deliberation(closing=closing, rulings=rulings))


def _mark(known: Referential, juror: str, code: str, value: str) -> Mark:
    scale = known.scale_of[CriterionCode(code)]
    level = next((item for item in scale.levels if item.label == value), None)
    return Mark(
        juror=JurorCode(juror),
        criterion=CriterionCode(code),
        value=level.label if level else Fraction(value),
        points=level.points if level else Fraction(value),
    )
