"""The fields that every document has: certification, session, candidates, jury, subject.

Texts stay as the school wrote them; `None` is an absent text, which rendering prints as a visible
mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.documents.contexts.sitting import (
    composition_text,
    declaration_text,
    notation_text,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Route, ScaleKind, Sex, Status, minutes_number
from sheetgen.text import date_text, dates_text, days_text, fold, time_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sheetgen.documents.contexts.sitting import Sitting
    from sheetgen.documents.word_package import PrintedImage
    from sheetgen.model import (
        AnyOutcome,
        Assignment,
        BlockCode,
        BlockDecision,
        Candidate,
        CandidateDecision,
        Closing,
        Deliberation,
        Juror,
        JurorCode,
        Referential,
        Return,
        Session,
        SessionDecisions,
    )

Value: TypeAlias = "str | bool | Context | list[Context] | PrintedImage | None"
Context: TypeAlias = "dict[str, Value]"
"""Field names with their values; `None` is a text that is absent."""

NOTHING = "—"
"""What stands where there is rightly nothing to print, such as the score of an unmarked bloc."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One candidate of a session; without decisions, the subject of a blank report.

    With a deliberation, the outcomes are those that the jury decided.
    """

    referential: Referential
    session: Session
    candidate: Candidate
    decisions: SessionDecisions | None = None
    decision: CandidateDecision | None = None
    deliberation: Deliberation | None = None

    @property
    def is_settled(self) -> bool:
        """Return whether the jury has decided."""
        return self.deliberation is not None

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Return the assignments of the candidate, in the jurors' order."""
        return self.session.assignments_of[self.candidate.id]

    def assigned_to(self, block: BlockCode) -> tuple[JurorCode, ...]:
        """Return the jurors who mark this bloc."""
        return tuple(item.juror for item in self.assignments if block in item.blocks)

    def block_decision(self, code: BlockCode) -> BlockDecision | None:
        """Return the decision proposed for this bloc."""
        blocks = self.decision.blocks if self.decision else ()
        return next((item for item in blocks if item.code == code), None)

    def counted_return(self, juror: JurorCode) -> Return | None:
        """Return the juror's grid that counts for the candidate."""
        counted = self.decisions.counted if self.decisions else {}
        return counted.get((self.candidate.id, juror))

    def proposed(self, item: str, outcome: AnyOutcome) -> AnyOutcome:
        """Return what the rules proposed for a bloc or the certification that has this outcome."""
        if self.deliberation is None:
            return outcome
        return self.deliberation.proposed(self.candidate.id, item)

    def jury_reason(self, item: str) -> str | None:
        """Return the jury's reason on a bloc or the certification."""
        given = self.deliberation
        return given.reason(self.candidate.id, item) if given else None


def listed(items: Iterable[str]) -> str:
    """Return the items with commas between them, or a dash when there are none."""
    return ", ".join(items) or NOTHING


NONE_TO_REPORT = "Néant"
"""What a record says where there was no incident and no observation."""


def certification_context(referential: Referential) -> Context:
    """Return the certification aimed at, as it is registered; its logo is for whoever renders."""
    record = referential.certification
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
        "nombre_blocs": str(len(referential.blocks)),
        "notes": referential.scale.kind is ScaleKind.NOTE,
        "logo": None,
    }


def session_context(record: Session, jury: str | None = None) -> Context:
    """Return the fields of when and where the session is held.

    Args:
        record: the session.
        jury: the one whose minutes are meant, where several are named.
    """
    return {
        "code": record.code,
        "intitule": record.title,
        "date": date_text(record.date) if record.date else None,
        "jours": days_text(record.days) or None,
        "dates": dates_text(record.days) or None,
        "heure": time_text(record.time) if record.time else None,
        "date_limite": date_text(record.return_deadline) if record.return_deadline else None,
        "adresse": record.address,
        "lieu": _town(record.address),
        "centre": record.centre,
        "numero_pv": minutes_number(record.minutes_number, jury),
        "representant": record.representative,
        "anonyme": record.anonymous,
        "notation_commune": bool(record.groups),
    }


def _town(address: str | None) -> str | None:
    """Return the part after the last postcode of a French address; any other address whole."""
    found = re.search(r".*\b\d{5}\s+(\S[^,\n]*)", address or "", re.DOTALL)
    return found[1].strip() if found else address


def closing_time_context(closing: Closing | None) -> Context:
    """Return the fields of when the jury closed."""
    return {
        "date": date_text(closing.date) if closing else None,
        "heure": time_text(closing.time) if closing else None,
    }


def closing_context(closing: Closing) -> Context:
    """Return the fields of when the jury closed, and what it had to say of the session."""
    return {
        **closing_time_context(closing),
        "incidents": (closing.incidents or "").strip() or NONE_TO_REPORT,
        "observations": (closing.observations or "").strip() or NONE_TO_REPORT,
    }


def route_context(record: Candidate) -> Context:
    """Return the fields of the candidate's route, and whether they came."""
    return {
        "parcours": record.route.value,
        "capitalisation": record.route is Route.BLOCKS,
        "voie_acces": record.access_route,
        "statut": record.status.value,
        "present": record.status is Status.PRESENT,
        "abandon": record.status is Status.WITHDRAWN,
    }


def person_context(record: Candidate) -> Context:
    """Return the candidate by name: for what is signed, anonymous session or not."""
    return {**named_context(record), **_civil_context(record), **route_context(record)}


def named_context(record: Candidate) -> Context:
    """Return what a jury knows of a candidate before it: number, name and birth date."""
    return {
        "numero": record.id,
        "identite": record.full_name,
        "nom": record.last_name,
        "prenom": record.first_name,
        "date_naissance": date_text(record.birth_date) if record.birth_date else None,
    }


_BORN = {None: "né(e)", Sex.FEMALE: "née", Sex.MALE: "né"}


def _civil_context(record: Candidate) -> Context:
    """Return the fields of the civil register, a dash for each that the session leaves blank."""
    others = record.other_first_names
    born_otherwise = fold(record.birth_name or "") not in ("", fold(record.last_name))
    return {
        "civilite": record.civility or NOTHING,
        "autres_prenoms": others or NOTHING,
        "identite_complete": record.civil_name,
        "ne": _BORN[record.sex],
        "nom_naissance": (record.birth_name if born_otherwise else None) or NOTHING,
        "lieu_naissance": record.birth_place or NOTHING,
        "pays_naissance": record.birth_country or NOTHING,
    }


def member_context(session: Session, juror: Juror) -> Context:
    """Return one member of a jury."""
    juries = session.juries
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
        "president": any(juries.president(jury) == juror for jury in juries.names),
        "jury": juries.name_of(juror) or NOTHING,
        "remplacement": _replacement(session, juror),
    }


def _replacement(session: Session, juror: Juror) -> str:
    """Return who replaces a juror, or whom they replace."""
    by = session.juries.stand_in.get(juror.code)
    if by is not None:
        return f"remplacement par {by.full_name}"
    if juror.replaces is not None:
        return f"remplace {session.juror[juror.replaces].full_name}"
    return NOTHING


def jury_context(
    session: Session, jurors: Sequence[Juror], members: list[Context], jury: str | None = None
) -> Context:
    """Return a jury, its members already described; all of the session's where none is named."""
    juries = session.juries
    names = juries.names if jury is None else (jury,)
    presidents = [(juries.president(name), name) for name in names]
    presiding = [(juror, name) for juror, name in presidents if juror in jurors and juror]
    alone = len({juror.code for juror, _ in presiding}) == 1
    told = [x.full_name if alone else f"{x.full_name} (jury {name})" for x, name in presiding]
    return {
        "nom": jury or NOTHING,
        "president": ", ".join(dict.fromkeys(told)) or None,
        "membres": list(members),
        "composition": composition_text(jurors),
    }


def whole_jury_context(session: Session) -> Context:
    """Return the jury of the session: all who sit, but for those who are replaced."""
    jurors = list(session.juries.sitting(None))
    assessors = [member_context(session, juror) for juror in session.jurors if not juror.sits]
    sitting = jury_context(session, jurors, [member_context(session, juror) for juror in jurors])
    return {**sitting, "evaluateurs": list(assessors)}


def sitting_context(session: Session, sitting: Sitting) -> Context:
    """Return the jury that sat, with what its minutes may say of it."""
    jurors = [session.juror[code] for code in sitting.members]
    others = [_other(session, session.juror[code]) for code in sitting.others]
    members = [member_context(session, juror) for juror in jurors]
    return {
        **jury_context(session, jurors, members, sitting.jury),
        "composition": composition_text(jurors, sitting.fewest),
        "declaration": declaration_text(session, sitting),
        "en_commun": bool(sitting.in_common),
        "notation": notation_text(session, sitting) or NOTHING,
        "non_siegeants": ", ".join(others) or NOTHING,
        "evaluateurs": [member_context(session, session.juror[code]) for code in sitting.assessors],
    }


def _other(session: Session, juror: Juror) -> str:
    """Return who marked nobody, and why where they are replaced."""
    said = _replacement(session, juror)
    return juror.full_name if said == NOTHING else f"{juror.full_name} ({said})"
