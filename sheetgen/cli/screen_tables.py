"""The tables that commands show: what is proposed, what came back.

Text from elsewhere is shown as it is: no markup of ours, no control of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import rich.markup

from sheetgen.cli.screen_colours import CAUTION, GOOD, WRONG
from sheetgen.model import (
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    CompetencyCode,
    JurorCode,
    ReturnStatus,
    Status,
)
from sheetgen.text import visible

if TYPE_CHECKING:
    from rich.table import Table

    from sheetgen.model import (
        Absence,
        Assignment,
        Candidate,
        Juror,
        Referential,
        Session,
        SessionDecisions,
    )
    from sheetgen.returns import Collection


def escape(text: str) -> str:
    """Return a text to print between this program's own markup, exactly as it can be shown."""
    return rich.markup.escape(visible(text))


def _titled(title: str, padding: tuple[int, int] = (0, 0)) -> Table:
    """Return an empty table; what draws them is loaded with the first."""
    from rich.table import Table

    return Table(title=title, title_justify="left", padding=padding)


_BLOCKS = {
    BlockOutcome.VALIDATED: ("✔", GOOD),
    BlockOutcome.NOT_VALIDATED: ("✘", WRONG),
    BlockOutcome.TO_DELIBERATE: ("◆", CAUTION),
    BlockOutcome.INCOMPLETE: ("…", CAUTION),
    BlockOutcome.ALREADY_HELD: ("●", GOOD),
    BlockOutcome.NOT_PRESENTED: ("–", "dim"),
}
_CERTIFICATIONS = {
    CertificationOutcome.AWARDED: f"bold {GOOD}",
    CertificationOutcome.PARTIAL: GOOD,
    CertificationOutcome.NOT_AWARDED: WRONG,
    CertificationOutcome.TO_DELIBERATE: CAUTION,
    CertificationOutcome.INCOMPLETE: CAUTION,
    CertificationOutcome.ABSENT: "dim",
}

LEGEND = "  ".join(
    f"[{style}]{symbol}[/] {outcome.value.lower()}" for outcome, (symbol, style) in _BLOCKS.items()
)
"""The line that explains the symbols of the blocs."""


def outcomes_table(decisions: SessionDecisions, title: str = "Propositions") -> Table:
    """Return a line per candidate: the certification in words, each bloc by its symbol."""
    from sheetgen.cli.screen_cells import TableCell

    session = decisions.session
    heading = f"{title} — session {escape(session.code)}"
    table = _titled(heading)
    table.add_column("N°", no_wrap=True)
    if not session.anonymous:
        table.add_column("Candidat", overflow="fold")
    table.add_column("Certification", no_wrap=True)
    for block in decisions.referential.blocks:
        table.add_column(escape(block.code), justify="center")
    blocks = {outcome: TableCell(*shown) for outcome, shown in _BLOCKS.items()}
    for decision in decisions.candidates:
        candidate = session.candidate[decision.candidate]
        cells = [TableCell(visible(candidate.id))]
        if not session.anonymous:
            cells.append(TableCell(visible(candidate.full_name)))
        said = candidate.outcome_text(decision.outcome)
        cells.append(TableCell(said, _CERTIFICATIONS[decision.outcome]))
        cells += [blocks[decided.outcome] for decided in decision.blocks]
        table.add_row(*cells)
    return table


def jurors_table(session: Session, collection: Collection) -> Table:
    """Return a line per juror: how many grids are expected, and what became of them.

    Those who fill in grids together have one line for all of them.
    """
    from sheetgen.returns import TOLD_HEADINGS, TOLD_STATES, state_of

    table = _titled("Par juré")
    table.add_column("Juré", overflow="fold")
    for heading in ("Attendues", *TOLD_HEADINGS):
        table.add_column(heading, justify="right")
    states = state_of(collection)
    asked = [(item.candidate, item.juror) for item in collection.seats.known]
    in_common = {person.code for group in session.groups for person in group.members}
    asked_of: dict[JurorCode, list[tuple[CandidateId, JurorCode]]] = {}
    for pair in asked:
        asked_of.setdefault(pair[1], []).append(pair)
    for juror in session.markers:
        if juror.code not in asked_of and (juror.members or juror.code in in_common):
            continue
        pairs = [x for x in asked_of.get(juror.code, ()) if x not in collection.unasked]
        counts = Counter(states.get(pair) for pair in pairs)
        cells = [str(counts[state]) for state in (*TOLD_STATES, None)]
        name = f"{juror.code} {juror.full_name}{_replacing(session, juror)}"
        table.add_row(escape(name), str(len(pairs)), *cells)
    return table


def _replacing(session: Session, juror: Juror) -> str:
    """Return whom a juror replaces, or who replaces them; nothing for most."""
    by = session.juries.stand_in.get(juror.code)
    if by is not None:
        return f" (remplacement par {by.full_name})"
    if juror.replaces is not None:
        return f" (remplace {session.juror[juror.replaces].full_name})"
    return ""


def absences_table(referential: Referential, session: Session) -> Table | None:
    """Return a line per épreuve that somebody did not sit: how many, and who; None without any."""
    if not session.absences:
        return None
    table = _titled("Absences")
    table.add_column("Épreuve", overflow="fold")
    table.add_column("Absents", justify="right")
    table.add_column("Candidats", overflow="fold")
    for method in referential.methods:
        away = [item for item in session.absences if item.method == method.code]
        if away:
            people = " · ".join(_absent_text(session, item) for item in away)
            name = f"{method.code} {method.title or ''}".rstrip()
            table.add_row(escape(name), str(len(away)), escape(people))
    return table


def returns_record(session: Session, collection: Collection) -> dict[str, object]:
    """Return what came back and what is missing, for a report in JSON."""
    return {
        "returns": [
            {
                "file": item.file,
                "candidate": item.candidate,
                "juror": item.juror,
                "status": item.status.key,
                **_common_record(session, item.juror),
            }
            for item in collection.returns
        ],
        "missing": [
            {"candidate": candidate, "juror": juror, **_common_record(session, juror)}
            for candidate, juror in collection.missing
        ],
    }


def _common_record(session: Session, juror: JurorCode | None) -> dict[str, object]:
    """Return who fills in a grid together, for a report in JSON; nothing of one juror."""
    marker = session.juror.get(juror) if juror else None
    if marker is None or not marker.members:
        return {}
    return {"jurors": sorted(person.code for person in marker.members)}


def absent_record(session: Session) -> dict[str, object]:
    """Return who did not sit which épreuve, for a report in JSON; nothing where all did."""
    if not session.absences:
        return {}
    return {
        "absences": [
            {"candidate": item.candidate, "method": item.method, "justified": item.justified}
            for item in session.absences
        ]
    }


def _absent_text(session: Session, absence: Absence) -> str:
    """Return who was absent, and whether that is justified where it is said."""
    name = _named(session, session.candidate[absence.candidate])
    said = {True: " (justifiée)", False: " (non justifiée)", None: ""}
    return f"{name}{said[absence.justified]}"


def _named(session: Session, candidate: Candidate) -> str:
    """Return a candidate as lists show them: the number alone in an anonymous session."""
    return candidate.id if session.anonymous else f"{candidate.id} {candidate.full_name}"


AwaitedEvidence = Sequence[tuple[CandidateId, CompetencyCode]]
"""The documents that are awaited: of whom, and for what."""


def evidence_table(
    referential: Referential, session: Session, awaited: AwaitedEvidence
) -> Table | None:
    """Return a line per competency for which documents are awaited: of whom; None without any."""
    if not awaited:
        return None
    table = _titled("Pièces attendues")
    table.add_column("Compétence", overflow="fold")
    table.add_column("Pièces", justify="right")
    table.add_column("Candidats", overflow="fold")
    for competency in referential.competencies:
        people = [session.candidate[who] for who, code in awaited if code == competency.code]
        if people:
            names = " · ".join(_named(session, person) for person in people)
            name = f"{competency.code} {competency.title}"
            table.add_row(escape(name), str(len(people)), escape(names))
    return table


def evidence_record(awaited: AwaitedEvidence) -> dict[str, object]:
    """Return what documents are awaited, for a report in JSON; nothing where none is."""
    if not awaited:
        return {}
    return {
        "awaited_evidence": [
            {"candidate": candidate, "competency": competency} for candidate, competency in awaited
        ]
    }


def candidates_table(session: Session, collection: Collection) -> Table:
    """Return a line per candidate, in the order of turns: the state of each juror's grid."""
    from sheetgen.returns import state_of

    table = _titled("Par candidat", padding=(0, 1))
    table.add_column("N°")
    if not session.anonymous:
        table.add_column("Candidat", overflow="fold")
    table.add_column("Grilles", overflow="fold")
    states = state_of(collection)
    assigned: dict[CandidateId, list[Assignment]] = {}
    for item in collection.seats.known:
        assigned.setdefault(item.candidate, []).append(item)
    for candidate in session.in_turn:
        cells = [escape(candidate.id)]
        if not session.anonymous:
            cells.append(escape(candidate.full_name))
        words = []
        for assignment in assigned.get(candidate.id, ()):
            state = states.get((candidate.id, assignment.juror))
            is_unasked = (candidate.id, assignment.juror) in collection.unasked
            unreturned = "Sans objet" if is_unasked else "Manquante"
            said = state.value if state else unreturned
            words.append(f"{assignment.juror}\N{NO-BREAK SPACE}: {said}")
        present = candidate.status is Status.PRESENT
        without = "Rien à évaluer" if present else candidate.status.value
        cells.append(escape(" · ".join(words) or without))
        table.add_row(*cells)
    return table


def still_to_come(decisions: SessionDecisions) -> str:
    """Return what keeps proposals provisional: grids, and what candidates are to show."""
    statuses = Counter(item.status for item in decisions.returns)
    missing, incomplete = len(decisions.missing), statuses[ReturnStatus.INCOMPLETE]
    evidence = decisions.awaited_evidence
    awaited = f"{evidence} pièce(s) attendue(s), d'après la feuille Pièces de session.xlsx"
    if evidence and not (missing or incomplete):
        return f"{awaited}."
    told = (
        f"{missing} grille(s) manquante(s), {incomplete} incomplète(s) ; "
        "« sheetgen status » en donne la liste"
    )
    return f"{told} ; {awaited}." if evidence else f"{told}."
