"""The jury's deliberation, from the workbook it filled in: read whole, or refused for every reason.

What is proposed is computed again from the returns and given to this module; the workbook says
only what the jury decided, and is refused where it no longer says what the returns say.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.jury.conditions import check_complete, check_juries
from sheetgen.jury.deliberation_rows import index_rows
from sheetgen.jury.form import CellReader, Form, read_answers, read_form
from sheetgen.jury.matters import Bench
from sheetgen.jury.origin import check_origin
from sheetgen.jury.proposals import Witness, read_written_proposals
from sheetgen.jury.row_names import check_names, read_absent_seals
from sheetgen.jury.ruling_reader import RulingReader
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CERTIFICATION, Closing, Deliberation, SessionDecisions
from sheetgen.problems import Problem, has_errors, made
from sheetgen.problems import deliberation as kinds
from sheetgen.sources.checks import is_to_come
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.jury.deliberation_rows import DeliberationRows
    from sheetgen.model import Session
    from sheetgen.sources.read import Value
    from sheetgen.spreadsheet import RawWorkbook

_CLOSING_EXAMPLES = {
    layout.CLOSING_DATE_LABEL: "une date, par exemple 15/06/2026",
    layout.CLOSING_TIME_LABEL: "une heure, par exemple 17:30",
}


def read_deliberation(
    workbook: RawWorkbook, plan: WorkbookPlan, file: str
) -> tuple[Deliberation | None, list[Problem]]:
    """Return the jury's decisions, and every problem; None when one of them is an error.

    Args:
        workbook: `consolidation.xlsx` as the jury left it, whatever application saved it.
        plan: the same as it would be written now, from what the returns give under the present
            rules.
        file: the workbook's name, for problems.
    """
    decisions = plan.decisions
    origin = check_origin(workbook, plan, file)
    if origin.foreign:
        return None, list(origin.problems)
    reader = CellReader(file)
    reader.problems += origin.problems
    form = read_form(workbook, reader)
    if form is None:
        return None, reader.problems
    reader.problems += check_names(workbook, form, decisions, file)
    sitting = _ReadingContext(decisions=decisions, form=form, reader=reader)
    answers = read_answers(form, reader)
    closing = _read_closing(answers, sitting)
    rows = index_rows(form, decisions, reader)
    reader.problems += check_complete(decisions, rows.at)
    reader.problems += check_juries(decisions, rows.at)
    bench = Bench(reader=reader, adopts=answers[layout.ADOPTION_LABEL] is True)
    witness = Witness(written=read_written_proposals(workbook, file))
    absent = read_absent_seals(workbook, file)
    reader.problems += _check_seals(witness, absent, decisions, rows)
    ruled = RulingReader(bench=bench, rows=rows, decisions=decisions, witness=witness)
    rulings = [ruled.read(item) for item in decisions.candidates]
    if closing is None or has_errors(reader.problems):
        return None, reader.problems
    settled = {item.candidate: item for item in rulings if item is not None}
    return Deliberation(closing=closing, rulings=settled), reader.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadingContext:
    """The sheet that is being read, and what it is compared with."""

    decisions: SessionDecisions
    form: Form
    reader: CellReader


def _read_closing(answers: Mapping[str, Value | None], sitting: _ReadingContext) -> Closing | None:
    """Return when the deliberation ended; None, with the problem, where that is not said."""
    form, reader = sitting.form, sitting.reader
    for label, example in _CLOSING_EXAMPLES.items():
        cell = form.answers.get(label)
        if cell is not None and cell.blank and cell.merged is None:
            place = reader.at(cell)
            reader.problems.append(kinds.CLOSING_MISSING.at(place, name=label, example=example))
    closed_on, closed_at = (answers[label] for label in _CLOSING_EXAMPLES)
    if not isinstance(closed_on, date) or not isinstance(closed_at, time):
        return None
    incidents, observations = (
        answers[label] for label in (layout.INCIDENTS_LABEL, layout.OBSERVATIONS_LABEL)
    )
    closing = Closing(
        date=closed_on,
        time=closed_at,
        incidents=incidents if isinstance(incidents, str) else None,
        observations=observations if isinstance(observations, str) else None,
    )
    _check_opening(closing, sitting)
    if is_to_come(closing.date, sitting.decisions.session.date):
        place = reader.at(form.answers[layout.CLOSING_DATE_LABEL])
        reader.problems.append(kinds.CLOSING_TO_COME.at(place, found=f"{closing.date:%d/%m/%Y}"))
    return closing


def _check_opening(closing: Closing, sitting: _ReadingContext) -> None:
    """Refuse a closing before the jury sat."""
    session = sitting.decisions.session
    if session.date is None:
        return
    label = layout.CLOSING_DATE_LABEL
    early = closing.date < session.date
    if closing.date == session.date and session.time is not None:
        early = closing.time < session.time
        label = layout.CLOSING_TIME_LABEL
    if early:
        sitting.reader.problems.append(
            kinds.CLOSING_TOO_EARLY.at(
                sitting.reader.at(sitting.form.answers[label]),
                found=f"{closing.date:%d/%m/%Y} à {closing.time:%H:%M}",
                opening=_opening(session),
            )
        )


def _opening(session: Session) -> str:
    said = f"{session.date:%d/%m/%Y}"
    return f"{said} à {session.time:%H:%M}" if session.time else said


def _check_seals(
    witness: Witness, absent: Mapping[str, str], decisions: SessionDecisions, rows: DeliberationRows
) -> Iterator[Problem]:
    """Find candidates of an anonymous session whose number was another's in the workbook."""
    for candidate, known in decisions.seals.items():
        seal = witness.seal(candidate) or absent.get(fold(candidate))
        if seal and seal not in known:
            place = rows.at(candidate, CERTIFICATION)
            yield made.NUMBER_OF_ANOTHER.at(place, candidate=candidate)
