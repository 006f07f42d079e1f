"""The fields of the jury's report: the records as plain French-named values (see `fields`).

Texts stay as the school and the jurors wrote them; `None` is an absent text, which rendering prints
as a visible mark. In an anonymous session nothing that the school wrote here names the candidate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    NOTHING,
    Context,
    Subject,
    certification_context,
    closing_time_context,
    jury_context,
    listed,
    member_context,
    named_context,
    route_context,
    session_context,
)
from sheetgen.documents.contexts.outcome_fields import (
    assessments_context,
    set_aside_context,
    standing_context,
)
from sheetgen.documents.contexts.results import blocks_context
from sheetgen.model import CERTIFICATION
from sheetgen.text import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.documents.settled import Settled
    from sheetgen.model import (
        Candidate,
        CandidateDecision,
        Deliberation,
        Juror,
        Referential,
        Session,
        SessionDecisions,
    )

ANONYMOUS = "Anonyme"


def blank_context(referential: Referential, session: Session, candidate: Candidate) -> Context:
    """Return the fields of a report to be filled in by hand, without any result."""
    return _context(Subject(referential=referential, session=session, candidate=candidate))


def filled_context(decisions: SessionDecisions, decision: CandidateDecision) -> Context:
    """Return the fields of a report on what is proposed for one candidate."""
    return _context(_subject(decisions, decision, None))


def final_context(settled: Settled, decision: CandidateDecision) -> Context:
    """Return the fields of a report on what the jury decided for one candidate."""
    context = _context(_subject(settled.decisions, decision, settled.deliberation))
    notice = settled.notice("rapport", decision.candidate)
    said: Context = {"refait": bool(notice), "remplace": notice or NOTHING}
    return {**context, "rapport": {**_report_of(context), **said}}


def _subject(
    decisions: SessionDecisions, decision: CandidateDecision, given: Deliberation | None
) -> Subject:
    return Subject(
        referential=decisions.referential,
        session=decisions.session,
        candidate=decisions.session.candidate[decision.candidate],
        decisions=decisions,
        decision=decision,
        deliberation=given,
    )


def _context(subject: Subject) -> Context:
    blocks, given = blocks_context(subject), subject.deliberation
    return {
        "rapport": _report(subject),
        "certification": certification_context(subject.referential),
        "session": session_context(subject.session, subject.candidate.jury),
        "cloture": closing_time_context(given.closing if given else None),
        "candidat": _candidate(subject),
        "blocs": blocks,
        "blocs_presentes": [block for block in blocks if block["presente"]],
        "epreuves": assessments_context(
            subject.referential, subject.session, subject.decision, settled=given is not None
        ),
        "jury": _jury(subject),
    }


def _report_of(context: Context) -> Context:
    report = context["rapport"]
    return report if isinstance(report, dict) else {}


def _report(subject: Subject) -> Context:
    missing = subject.decisions.missing if subject.decisions else ()
    jurors = [juror for candidate, juror in missing if candidate == subject.candidate.id]
    final = subject.deliberation is not None
    return {
        "titre": _report_title(subject.session, subject.candidate),
        "rempli": subject.decision is not None,
        "provisoire": not final and subject.decisions is not None and subject.decisions.provisional,
        "definitif": final,
        "grilles_manquantes": ", ".join(jurors) or "aucune",
        "mentions": [{"libelle": item.label} for item in subject.referential.mentions],
        "refait": False,
        "remplace": NOTHING,
    }


def _report_title(session: Session, candidate: Candidate) -> str:
    """Return the report's title, which names the candidate only as the session allows."""
    name = "" if session.anonymous else f", {candidate.full_name}"
    return f"Rapport du jury – candidat n°{SPACE}{candidate.id}{name} – session {session.code}"


def _candidate(subject: Subject) -> Context:
    outcome = subject.decision.outcome if subject.decision else None
    return {
        **_identity(subject),
        **route_context(subject.candidate),
        "resultat": subject.candidate.outcome_text(outcome) if outcome else None,
        "proposition": subject.proposed(CERTIFICATION, outcome).value if outcome else None,
        "motif_jury": subject.jury_reason(CERTIFICATION) or NOTHING,
        **set_aside_context(subject.decisions, subject.candidate),
        **standing_context(subject.decision, subject.referential),
        **_mention(subject),
    }


def _mention(subject: Subject) -> Context:
    """Return what was proposed of the mention and why the jury decided, once it has."""
    given = subject.deliberation
    ruling = given.rulings[subject.candidate.id].mention if given else None
    return {
        "mention_decidee": ruling is not None,
        "mention_proposee": ruling.proposed.value if ruling else NOTHING,
        "mention_retenue": ruling.outcome.value if ruling else NOTHING,
        "mention_motif": ((ruling.reason or "").strip() if ruling else "") or NOTHING,
    }


def _identity(subject: Subject) -> Context:
    record = subject.candidate
    if subject.session.anonymous:
        return {
            "numero": record.id,
            "identite": f"Candidat n°{SPACE}{record.id}",
            "nom": ANONYMOUS,
            "prenom": ANONYMOUS,
            "date_naissance": ANONYMOUS,
        }
    return named_context(record)


def _jury(subject: Subject) -> Context:
    members = [juror for juror in _members(subject) if juror.sits]
    assessors = [juror for juror in _members(subject) if not juror.sits]
    return {
        **jury_context(
            subject.session,
            members,
            [_member(subject, juror) for juror in members],
            subject.candidate.jury,
        ),
        "evaluateurs": [_member(subject, juror) for juror in assessors],
    }


def _members(subject: Subject) -> tuple[Juror, ...]:
    """Return the jurors assigned and the president; the whole jury for a candidate nobody marks."""
    assigned = {person.code for person in subject.session.people_marking(subject.assignments)}
    session, jury = subject.session, subject.candidate.jury
    if not assigned:
        seated = session.juries.sitting(jury)
        return tuple(juror for juror in session.jurors if juror in seated or not juror.sits)
    president = session.juries.president(jury)
    return tuple(juror for juror in session.jurors if juror.code in assigned or juror == president)


def _member(subject: Subject, juror: Juror) -> Context:
    markers = subject.session.juror
    theirs = [item for item in subject.assignments if juror in markers[item.juror].people]
    grids = [(markers[item.juror], subject.counted_return(item.juror)) for item in theirs]
    return {
        **member_context(subject.session, juror),
        "blocs": listed(code for item in theirs for code in item.blocks),
        "avis": _written(juror, [(x, grid.opinion) for x, grid in grids if grid]),
        "remarques": _written(juror, [(x, grid.remarks) for x, grid in grids if grid]),
    }


def _written(juror: Juror, said: Sequence[tuple[Juror, str | None]]) -> str:
    """Return what a juror wrote; of what several wrote together, the text once, by its holder."""
    for marker, text in said:
        if text and marker.holder.code == juror.code:
            return f"En commun : {text}" if marker.members else text
        if text:
            return f"En commun, avec {marker.holder.full_name}"
    return NOTHING
