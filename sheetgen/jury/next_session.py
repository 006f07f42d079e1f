"""The next session's workbook: who still has something to present, and what they hold by now.

Documents shown as evidence are carried over while they are valid, unless they were refused; so are
results kept of another session. Juries are composed anew, and one juror presides: of several, the
one who stands in for nobody.

Arrangements are not carried over: nothing about a disability leaves `session.xlsx`, and the jury of
the next session decides on them again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    Acceptance,
    BlockCode,
    Candidate,
    CandidateId,
    CertificationOutcome,
    JurorCode,
    JurorRole,
    Referential,
    Route,
    Session,
    Status,
    Term,
    minutes_number,
    minutes_origin,
    told_candidate,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import closing_papers as kinds
from sheetgen.rules import ACQUIRED, CertificationCondition, resit_after
from sheetgen.sources.schema import NO, SESSION, YES
from sheetgen.sources.write import Contents, write_source_workbook
from sheetgen.text import exact_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sheetgen.jury.final_decisions import FinalDecisions
    from sheetgen.model import (
        CandidateDecision,
        Evidence,
        Juror,
        KeptResult,
        MethodCode,
        SessionDecisions,
    )
    from sheetgen.sources.schema import ValueSpec
    from sheetgen.sources.write import Value

NEXT_SESSION = "session-suivante.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextEntry:
    """A candidate of the next session, blocs in the référentiel's order."""

    candidate: Candidate
    presented: tuple[BlockCode, ...]
    held: tuple[BlockCode, ...]


def write_next_session(path: Path, final: FinalDecisions) -> None:
    """Write the workbook, whole but for its code and its date.

    Raises:
        OSError: the file cannot be written.
    """
    entries, _ = next_entries(final)
    write_source_workbook(path, SESSION, _contents(final.decisions, entries))


def check_next_session(path: Path, final: FinalDecisions) -> list[Problem]:
    """Return a problem for who is not in the workbook without having a certification."""
    _, left_out = next_entries(final)
    place = Location(file=str(path), sheet="Candidats")
    known = final.decisions.referential
    condition = CertificationCondition(known.rules, known)
    problems = []
    for number in left_out:
        options = condition.lacking(final.decisions.decided[number].blocks).options
        asked = ", ".join(f"{group.required - have} de « {group.name} »" for group, have in options)
        kind = kinds.OPTION_LEFT_TO_CHOOSE if options else kinds.NOTHING_LEFT_TO_PRESENT
        who = told_candidate(final.decisions.session, number)
        problems.append(kind.at(place, candidate=who, found=asked))
    return problems


def next_entries(final: FinalDecisions) -> tuple[list[NextEntry], list[CandidateId]]:
    """Return who comes back, and who has nothing to present without having the certification.

    They hold all that is needed, or have still to choose an option.
    """
    entries: list[NextEntry] = []
    left_out: list[CandidateId] = []
    decisions = final.decisions
    condition = CertificationCondition(decisions.referential.rules, decisions.referential)
    for candidate in decisions.session.candidates:
        decision = decisions.decided[candidate.id]
        if decision.outcome is CertificationOutcome.AWARDED:
            continue
        entry = _entry(candidate, decision, decisions.referential)
        if entry.presented:
            entries.append(entry)
            continue
        lacking = condition.lacking(decision.blocks)
        if not lacking or (candidate.route is Route.FULL and not lacking.blocks):
            left_out.append(candidate.id)
    return entries, left_out


def _entry(
    candidate: Candidate, decision: CandidateDecision, referential: Referential
) -> NextEntry:
    acquired = {block.code for block in decision.blocks if block.outcome in ACQUIRED}
    lacking = [
        block.code
        for block in referential.blocks
        if block.code not in acquired
        and (not block.is_optional or block.code in (*candidate.options, *candidate.registered))
    ]
    # The full route leads to the certification; a bloc-only candidate comes back for the blocs they
    # were entered for, whether they came or not.
    wanted = lacking
    registered = candidate.presented or candidate.registered
    if candidate.route is Route.BLOCKS and registered:
        wanted = [code for code in lacking if code in registered]
    return NextEntry(
        candidate=candidate,
        presented=tuple(wanted),
        held=tuple(block.code for block in referential.blocks if block.code in acquired),
    )


def _contents(decisions: SessionDecisions, entries: Sequence[NextEntry]) -> Contents:
    session, referential = decisions.session, decisions.referential
    evidence = list(_evidence_rows(session, entries, referential))
    results = list(_kept_rows(decisions, entries))
    kept = {entry.candidate.id for entry in entries}
    president = _president(session)
    return Contents(
        fields={"Session": _taken_over(SESSION.sheet("Session").fields, session)},
        rows={
            "Candidats": [_candidate_row(entry, session.date) for entry in entries],
            "Jurés": [_juror_row(juror, kept, president) for juror in session.jurors],
            "Affectations": list(_assignment_rows(session, entries)),
            **({"Pièces": evidence} if evidence else {}),
            **({"Résultats conservés": results} if results else {}),
        },
    )


def _taken_over(
    specs: Sequence[ValueSpec],
    record: Session | Candidate | Juror | Evidence | KeptResult,
    **others: Value,
) -> Mapping[str, Value]:
    """Return what lasts of a record, by the French name that the schema gives to each attribute.

    Args:
        specs: the columns of a sheet, or its rows of names and values.
        record: what a school wrote there.
        others: values by attribute that are not as they were.
    """
    return {
        spec.name: others[spec.attribute]
        if spec.attribute in others
        else _value(getattr(record, spec.attribute))
        for spec in specs
        if spec.lasting
    }


def _candidate_row(entry: NextEntry, day: date | None) -> Mapping[str, Value]:
    candidate = entry.candidate
    columns = SESSION.sheet("Candidats").columns
    chosen = [code for code in entry.candidate.options if code in entry.presented]
    blocks = {
        "presented": _listed(entry.presented),
        "held": _listed(entry.held),
        "options": _listed(chosen),
    }
    came = candidate.status is Status.PRESENT
    sat = {
        "Présentations": candidate.sat_before + came or None,
        "Première session": candidate.first_sat or (day if came else None),
    }
    return {**_taken_over(columns, candidate, **blocks), **sat}


def _evidence_rows(
    session: Session, entries: Sequence[NextEntry], referential: Referential
) -> Iterator[Mapping[str, Value]]:
    """Yield what candidates showed for blocs that they present again, while it may still count."""
    columns = SESSION.sheet("Pièces").columns
    for entry in entries:
        for item in session.evidence_of[entry.candidate.id]:
            refused = item.acceptance is Acceptance.NO
            block = referential.block_of[item.competency]
            if block in entry.presented and not refused and item.is_valid_on(session.date):
                yield _taken_over(columns, item)


def _kept_rows(
    decisions: SessionDecisions, entries: Sequence[NextEntry]
) -> Iterator[Mapping[str, Value]]:
    """Yield results kept of what candidates present again, of before or of this session."""
    session, referential = decisions.session, decisions.referential
    columns = SESSION.sheet("Résultats conservés").columns
    for entry in entries:
        presented = {
            code
            for block in entry.presented
            for criterion in referential.criteria_of_block[block]
            for code in (criterion.competency, referential.assessment_of[criterion.code])
        }
        for result in session.kept_of[entry.candidate.id]:
            if result.item in presented:
                score = None if result.score is None else exact_share(result.score)
                yield _taken_over(columns, result, score=score)
        right = resit_after(referential, session, decisions.decided[entry.candidate.id])
        before = {result.item for result in session.kept_of[entry.candidate.id]}
        for item in right.kept if right is not None else ():
            if item.code in presented - before:
                yield {
                    "Candidat": entry.candidate.id,
                    "Objet": item.code,
                    "Score": None if item.score is None else exact_share(item.score),
                    "Date": session.date,
                    "Session d'origine": minutes_origin(
                        session.code,
                        minutes_number(session.minutes_number, entry.candidate.jury),
                    ),
                    "Valable jusqu'au": item.until,
                }


def _president(session: Session) -> JurorCode | None:
    """Return who presides over the one jury of the next session, rather who replaced nobody."""
    presiding = [juror for juror in session.jurors if juror.role is JurorRole.PRESIDENT]
    presiding.sort(key=lambda juror: juror.replaces is not None)
    return presiding[0].code if presiding else None


def _juror_row(
    juror: Juror, kept: set[CandidateId], president: JurorCode | None
) -> Mapping[str, Value]:
    columns = SESSION.sheet("Jurés").columns
    known = _listed(code for code in juror.incompatible_with if code in kept)
    presides = juror.role is JurorRole.PRESIDENT and juror.code != president
    role = str((JurorRole.MEMBER if presides else juror.role).value)
    return _taken_over(columns, juror, incompatible_with=known, role=role)


def _assignment_rows(
    session: Session, entries: Sequence[NextEntry]
) -> Iterator[Mapping[str, Value]]:
    """Yield who marks whom, as before.

    Where every member of the jury marks everything, no row but those of évaluateurs, as without
    rows.
    """
    found = {
        (entry, juror): parts for entry in entries for juror, parts in _jury(session, entry).items()
    }
    members = {juror.code for juror in session.jurors if juror.sits}
    sitting = {pair: parts for pair, parts in found.items() if pair[1] in members}
    everybody = len(sitting) == len(entries) * len(members)
    if everybody and all(parts == {None: entry.presented} for (entry, _), parts in sitting.items()):
        found = {pair: parts for pair, parts in found.items() if pair[1] not in members}
    for (entry, juror), parts in found.items():
        for methods, blocks in parts.items():
            yield {
                "Candidat": entry.candidate.id,
                "Juré": juror,
                "Blocs": None if blocks == entry.presented else _listed(blocks),
                "Modalités": None if methods is None else _listed(methods),
            }


_Parts = dict["tuple[MethodCode, ...] | None", tuple[BlockCode, ...]]
"""The blocs that a juror marks, by the modalités to which they are restricted; None for none."""


def _jury(session: Session, entry: NextEntry) -> Mapping[JurorCode, _Parts]:
    """Return who marks the candidate, each on which blocs and modalités.

    A bloc keeps its jurors; one that nobody marked yet gets all members who may mark the candidate.
    """
    number = entry.candidate.id
    former = session.assignments_of[number]
    able = [
        juror.code
        for juror in session.jurors
        if juror.sits and number not in juror.incompatible_with
        if entry.candidate.jury is None or juror.jury in (None, entry.candidate.jury)
    ]
    found: dict[JurorCode, _Parts] = {juror.code: {} for juror in session.jurors}
    for block in entry.presented:
        marking = {
            person.code: item.methods_for(block)
            for item in former
            if block in item.blocks
            for person in session.juror[item.juror].people
        }
        for juror, methods in (marking or dict.fromkeys(able)).items():
            found[juror][methods] = (*found[juror].get(methods, ()), block)
    return {juror: parts for juror, parts in found.items() if parts}


def _listed(codes: Iterable[str]) -> str | None:
    return " ; ".join(codes) or None


def _value(value: object) -> Value:
    """Return a value of the model as a school writes it in a cell."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Term):
        return str(value.value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    if isinstance(value, tuple):
        return _listed(value)
    return cast("Value", value)
