"""The tables of one candidate's extract, under the headers of the session's workbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.files import render_table
from sheetgen.grid.read import text_of
from sheetgen.model import Passage, Term
from sheetgen.sources.schema import NO, SESSION, YES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from sheetgen.model import (
        Absence,
        Accommodation,
        Assignment,
        Candidate,
        Evidence,
        JurorCode,
        KeptResult,
        Return,
        Session,
        SessionDecisions,
    )

_Value: TypeAlias = "str | bool | Term | date | Passage | tuple[str, ...] | Fraction | None"
_DECLARED = {True: YES, False: NO, None: ""}


def render_identity(session: Session, candidate: Candidate) -> bytes:
    """Return the candidate's row of « Candidats », a line per column, and what jurors declared."""
    columns = SESSION.sheet("Candidats").columns
    # Of one who did not come too, the workbook says which blocs they were to present.
    said = {"presented": candidate.presented or candidate.registered}
    lines = [
        (item.name, _text(said.get(item.attribute, getattr(candidate, item.attribute))))
        for item in columns
    ]
    tied = [juror.full_name for juror in session.jurors if candidate.id in juror.incompatible_with]
    return render_table(("Champ", "Valeur"), [*lines, ("Jurés incompatibles", ", ".join(tied))])


def render_assignments(session: Session, candidate: Candidate) -> bytes:
    """Return the table of who marks the candidate, on what."""
    assignments = session.assignments_of[candidate.id]
    restricted = any(item.methods for item in assignments)
    rows = (
        (
            item.juror,
            session.juror[item.juror].full_name,
            _text(item.blocks),
            *((_restricted(item),) if restricted else ()),
        )
        for item in assignments
    )
    header = ("Juré", "Nom du juré", "Blocs", *(("Modalités",) if restricted else ()))
    return render_table(header, rows)


def _restricted(assignment: Assignment) -> str:
    """Return the modalités to which blocs are restricted, « BC01 : E1, E2 »."""
    return " ; ".join(f"{block} : {', '.join(codes)}" for block, codes in assignment.methods)


def render_particulars(session: Session, candidate: Candidate) -> Mapping[str, bytes]:
    """Return the candidate's rows of the sheets on what is particular to them, if any.

    Their own data, kept from everybody else.
    """
    records: Mapping[str, tuple[str, Sequence[Accommodation | Absence | Evidence | KeptResult]]] = {
        "amenagements.csv": ("Aménagements", session.accommodations),
        "absences.csv": ("Absences", session.absences),
        "pieces.csv": ("Pièces", session.evidence),
        "resultats-conserves.csv": ("Résultats conservés", session.kept_results),
    }
    found: dict[str, bytes] = {}
    for name, (sheet, items) in records.items():
        columns = SESSION.sheet(sheet).columns
        rows = [
            [_text(getattr(item, column.attribute)) for column in columns]
            for item in items
            if item.candidate == candidate.id
        ]
        if rows:
            found[name] = render_table([column.name for column in columns], rows)
    return found


def render_assessments(decisions: SessionDecisions, candidate: Candidate) -> bytes:
    """Return the candidate's épreuves, as the rules give them; a score is a fraction of 1."""
    rows = (
        (
            item.code,
            decisions.referential.method[item.code].name,
            item.outcome.value,
            _text(item.score),
        )
        for item in decisions.decided[candidate.id].assessments
    )
    return render_table(("Épreuve", "Intitulé", "Résultat", "Score"), rows)


def render_marks(decisions: SessionDecisions, candidate: Candidate) -> bytes:
    """Return every mark that counts, with the juror who gave it and what they wrote."""
    header = (
        "Bloc",
        "Compétence",
        "Critère",
        "Intitulé",
        "Juré",
        "Nom du juré",
        "Appréciation",
        "Points",
        "Observations",
    )
    return render_table(header, _mark_rows(decisions, candidate))


def _mark_rows(decisions: SessionDecisions, candidate: Candidate) -> Iterator[list[str]]:
    titles = {item.code: item.title for item in decisions.referential.criteria}
    for block in decisions.decided[candidate.id].blocks:
        for competency in block.competencies:
            for criterion in competency.criteria:
                for mark in criterion.marks:
                    yield [
                        block.code,
                        competency.code,
                        criterion.code,
                        titles[criterion.code],
                        mark.juror,
                        decisions.session.juror[mark.juror].full_name,
                        _text(mark.value),
                        _text(mark.points),
                        mark.comment,
                    ]


def render_returns(decisions: SessionDecisions, names: Mapping[str, str]) -> bytes:
    """Return the grids that came back for the candidate, by their names in the extract."""
    header = (
        "Fichier",
        "Juré",
        "Nom du juré",
        "Statut",
        "Absence de lien déclarée",
        "Avis",
        "Remarques",
        "Anomalies",
    )
    found = {item.file: item for item in decisions.returns}
    rows = ([names[file], *_return_cells(decisions, found[file], names)] for file in names)
    return render_table(header, rows)


def _return_cells(decisions: SessionDecisions, item: Return, names: Mapping[str, str]) -> list[str]:
    said = " ".join(problem.message for problem in item.problems)
    # The longest first: one name may begin another.
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, names[name])
    return [
        item.juror or "",
        _juror_name(decisions.session, item.juror),
        item.status.value,
        _declared(item),
        item.opinion or "",
        item.remarks or "",
        said,
    ]


def _declared(item: Return) -> str:
    """Return what was declared; by each of several who filled in a grid together."""
    if not item.declarations:
        return _DECLARED[item.declaration]
    return " ; ".join(
        f"{juror} : {_DECLARED[declared] or 'non remplie'}" for juror, declared in item.declarations
    )


def _juror_name(session: Session, code: JurorCode | None) -> str:
    juror = session.juror.get(code) if code else None
    return juror.full_name if juror else ""


def _text(value: _Value) -> str:
    """Return a value of the session as a French reader writes it."""
    if value is None or isinstance(value, bool):
        return _DECLARED[value]
    if isinstance(value, Term):
        return str(value.value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return " ; ".join(value)
    if isinstance(value, Passage):
        value = value.text
    return value if isinstance(value, str) else text_of(float(value))
