"""What a template is filled with: the records as plain French-named values (see `fields`).

Texts stay as the school and the jurors wrote them; `None` is an absent text, which rendering prints
as a visible mark. In an anonymous session nothing that the school wrote here names the candidate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import JurorRole, Route, Status
from sheetgen.reports.french import SPACE, date_text, time_text
from sheetgen.reports.results import blocks_context
from sheetgen.reports.subject import NOTHING, Context, Subject, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.model import (
        Candidate,
        CandidateDecision,
        Certification,
        Juror,
        Referential,
        Session,
        SessionDecisions,
    )

ANONYMOUS = "Anonyme"


def blank_context(referential: Referential, session: Session, candidate: Candidate) -> Context:
    """The fields of a report to be filled in by hand, without any result."""
    return _context(Subject(referential=referential, session=session, candidate=candidate))


def filled_context(decisions: SessionDecisions, decision: CandidateDecision) -> Context:
    """The fields of a report on what is proposed for one candidate."""
    return _context(
        Subject(
            referential=decisions.referential,
            session=decisions.session,
            candidate=decisions.session.candidate[decision.candidate],
            decisions=decisions,
            decision=decision,
        )
    )


def _context(subject: Subject) -> Context:
    blocks = blocks_context(subject)
    return {
        "rapport": _report(subject),
        "certification": _certification(subject.referential.certification),
        "session": _session(subject.session),
        "candidat": {**_candidate(subject), **_identity(subject)},
        "blocs": blocks,
        "blocs_presentes": [block for block in blocks if block["presente"]],
        "jury": _jury(subject),
    }


def _report(subject: Subject) -> Context:
    missing = subject.decisions.missing if subject.decisions else ()
    jurors = [juror for candidate, juror in missing if candidate == subject.candidate.id]
    return {
        "titre": _title(subject.session, subject.candidate),
        "rempli": subject.decision is not None,
        "provisoire": subject.decisions is not None and subject.decisions.provisional,
        "grilles_manquantes": ", ".join(jurors) or "aucune",
    }


def _title(session: Session, candidate: Candidate) -> str:
    """The document's title, which names the candidate only as the session allows."""
    name = "" if session.anonymous else f", {candidate.full_name}"
    return f"Rapport du jury – candidat n°{SPACE}{candidate.id}{name} – session {session.code}"


def _certification(record: Certification) -> Context:
    return {
        "intitule": record.title,
        "niveau": record.level,
        "niveau_cec": record.eqf_level,
        "code_rncp": record.rncp_code,
        "code_nsf": record.nsf_code,
        "certificateur": record.certifier,
        "date_decision": date_text(record.decision_date) if record.decision_date else None,
        "date_echeance": date_text(record.expiry_date) if record.expiry_date else None,
        "signataire": record.signatory,
        "qualite_signataire": record.signatory_title,
        "version": record.version,
        "base_legale": record.legal_basis,
        "handicap": record.disability,
        "voies_recours": record.appeal,
    }


def _session(record: Session) -> Context:
    return {
        "code": record.code,
        "intitule": record.title,
        "date": date_text(record.date) if record.date else None,
        "heure": time_text(record.time) if record.time else None,
        "adresse": record.address,
        "centre": record.centre,
        "numero_pv": record.minutes_number,
        "representant": record.representative,
        "anonyme": record.anonymous,
    }


def _candidate(subject: Subject) -> Context:
    record = subject.candidate
    return {
        "numero": record.id,
        "parcours": record.route.value,
        "capitalisation": record.route is Route.BLOCKS,
        "voie_acces": record.access_route,
        "statut": record.status.value,
        "present": record.status is Status.PRESENT,
        "resultat": subject.decision.outcome.value if subject.decision else None,
    }


def _identity(subject: Subject) -> Context:
    record = subject.candidate
    if subject.session.anonymous:
        return {
            "identite": f"Candidat n°{SPACE}{record.id}",
            "nom": ANONYMOUS,
            "prenom": ANONYMOUS,
            "date_naissance": ANONYMOUS,
        }
    return {
        "identite": record.full_name,
        "nom": record.last_name,
        "prenom": record.first_name,
        "date_naissance": date_text(record.birth_date) if record.birth_date else None,
    }


def _jury(subject: Subject) -> Context:
    jurors = _members(subject)
    return {
        "president": next(
            (juror.full_name for juror in jurors if juror.role is JurorRole.PRESIDENT), None
        ),
        "membres": [_member(subject, juror) for juror in jurors],
        "composition": _composition(jurors),
    }


def _members(subject: Subject) -> tuple[Juror, ...]:
    """The jurors assigned and the president; the whole jury for a candidate nobody marks."""
    assigned = {item.juror for item in subject.assignments}
    if not assigned:
        return subject.session.jurors
    return tuple(
        juror
        for juror in subject.session.jurors
        if juror.code in assigned or juror.role is JurorRole.PRESIDENT
    )


def _member(subject: Subject, juror: Juror) -> Context:
    blocks = [
        code for item in subject.assignments if item.juror == juror.code for code in item.blocks
    ]
    grid = subject.counted_return(juror.code)
    return {
        "code": juror.code,
        "nom": juror.last_name,
        "prenom": juror.first_name,
        "nom_complet": juror.full_name,
        "qualite": juror.title,
        "organisme": juror.organisation,
        "externe": "Oui" if juror.external else "Non",
        "est_externe": juror.external,
        "role": juror.role.value,
        "president": juror.role is JurorRole.PRESIDENT,
        "blocs": listed(blocks),
        "avis": (grid.opinion if grid else None) or NOTHING,
        "remarques": (grid.remarks if grid else None) or NOTHING,
    }


def _composition(jurors: Sequence[Juror]) -> str:
    external = sum(juror.external for juror in jurors)
    plural = "s" if external > 1 else ""
    return f"{external} membre{plural} sur {len(jurors)} extérieur{plural} au certificateur"
