"""Decisions to `consolidation.xlsx` and, for a large session, its volumes: the jury's documents."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Protocol

from xlsxwriter.exceptions import FileCreateError

from sheetgen.consolidation.plan import CandidateRow, Coverage, WorkbookPlan
from sheetgen.consolidation.sheets.anomalies import add_problems, write_problems
from sheetgen.consolidation.sheets.assessments import (
    AssessmentsWriter,
    add_assessments,
    gate_of,
)
from sheetgen.consolidation.sheets.blocks import BlocksWriter, Details, add_blocks
from sheetgen.consolidation.sheets.card import CardWriter
from sheetgen.consolidation.sheets.card_columns import add_workings
from sheetgen.consolidation.sheets.card_details import DetailsWriter, add_details
from sheetgen.consolidation.sheets.card_page import add_card
from sheetgen.consolidation.sheets.card_people import add_people
from sheetgen.consolidation.sheets.competencies import CompetenciesWriter, add_competencies
from sheetgen.consolidation.sheets.criteria import add_criteria
from sheetgen.consolidation.sheets.criteria_rows import CriteriaWriter
from sheetgen.consolidation.sheets.deliberation import DeliberationWriter
from sheetgen.consolidation.sheets.deliberation_table import add_deliberation
from sheetgen.consolidation.sheets.divergences import DivergencesWriter, add_divergences
from sheetgen.consolidation.sheets.lists import Lists, write_lists
from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
from sheetgen.consolidation.sheets.shown_candidate import CardSheets
from sheetgen.consolidation.sheets.stamp import StampWriter
from sheetgen.consolidation.sheets.statistics import CountedSheets
from sheetgen.consolidation.sheets.summary import SummaryWriter, add_summary
from sheetgen.consolidation.sheets.volumes import add_volumes, write_volumes
from sheetgen.consolidation.styles import ConsolidationStyles
from sheetgen.excel import StampedWorkbook, strict
from sheetgen.files import replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the date of a session that has none, so that the same input gives the same file."""


class _Writer(Protocol):
    """Fills one sheet, a candidate at a time."""

    def write(self, candidate: CandidateRow) -> None:
        """Add a candidate's rows."""

    def finish(self) -> None:
        """Add what holds for the whole sheet."""


def write_consolidation(path: Path, plan: WorkbookPlan, *, stamped: bool = True) -> None:
    """Write one workbook whole or not at all.

    Args:
        path: where.
        plan: who and what it shows.
        stamped: whether rows that are alike are stamped; without, XlsxWriter writes each one, for
            the same workbook in ten times the time.

    Raises:
        OSError: the file cannot be written.
    """
    referential = plan.decisions.referential
    with replacing(path) as draft, strict():
        workbook = StampedWorkbook(str(draft))
        try:
            _describe(workbook, plan)
            _fill(
                ConsolidationBook(
                    workbook=workbook,
                    styles=ConsolidationStyles(workbook),
                    plan=plan,
                    formulas=plan.formulas,
                    lists=Lists(referential),
                    stamped=stamped,
                )
            )
        finally:
            _close(workbook)


def _close(workbook: StampedWorkbook) -> None:
    """Finish the file.

    Raises:
        OSError: it cannot be written.
    """
    try:
        workbook.close()
    except FileCreateError as error:
        # XlsxWriter passes on what the system said.
        (said,) = error.args
        raise said if isinstance(said, OSError) else OSError(str(error)) from error


def _fill(book: ConsolidationBook) -> None:
    """Fill every sheet of the workbook, one candidate after the other."""
    writers = _FILLED[book.plan.coverage](book)
    for candidate in book.plan.candidates():
        for writer in writers:
            writer.write(candidate)
    for writer in writers:
        writer.finish()


# Sheets are added in the order of their tabs, and before what refers to them is filled.


def _whole(book: ConsolidationBook) -> Sequence[_Writer]:
    summary, blocks, details = add_summary(book), add_blocks(book), _add_details(book)
    divergences = add_divergences(book)
    problems, deliberation = add_problems(book), add_deliberation(book)
    card = add_card(book)
    write_lists(book)
    write_problems(problems)
    shown = CardSheets(
        blocks=blocks,
        deliberation=deliberation,
        summary=summary,
        competencies=details.competencies,
        criteria=details.criteria,
        assessments=details.assessments,
    )
    return (
        CriteriaWriter(details.criteria, gate_of(details.assessments)),
        *_assessments(details),
        CompetenciesWriter(details.competencies, details.criteria),
        BlocksWriter(blocks, details),
        DivergencesWriter(divergences, details.criteria),
        DeliberationWriter(deliberation, blocks),
        SummaryWriter(summary, CountedSheets(blocks, details.assessments), details.criteria),
        StampWriter(book),
        CardWriter(card, add_people(book), add_workings(book), shown),
    )


def _index(book: ConsolidationBook) -> Sequence[_Writer]:
    summary, blocks, assessments = add_summary(book), add_blocks(book), add_assessments(book)
    volumes = add_volumes(book)
    problems, deliberation = add_problems(book), add_deliberation(book)
    card = add_card(book)
    write_lists(book)
    write_volumes(volumes)
    write_problems(problems)
    stamp, competencies = StampWriter(book), add_details(book)
    shown = CardSheets(
        blocks=blocks,
        deliberation=deliberation,
        summary=summary,
        competencies=competencies,
        criteria=None,
        assessments=assessments,
    )
    return (
        BlocksWriter(blocks, None),
        *([AssessmentsWriter(assessments, None)] if assessments is not None else []),
        DeliberationWriter(deliberation, blocks),
        SummaryWriter(summary, CountedSheets(blocks, assessments), None),
        stamp,
        DetailsWriter(competencies),
        CardWriter(card, add_people(book), add_workings(book), shown),
    )


def _volume(book: ConsolidationBook) -> Sequence[_Writer]:
    blocks, details = add_blocks(book), _add_details(book)
    divergences = add_divergences(book)
    write_lists(book)
    return (
        CriteriaWriter(details.criteria, gate_of(details.assessments)),
        *_assessments(details),
        CompetenciesWriter(details.competencies, details.criteria),
        BlocksWriter(blocks, details),
        DivergencesWriter(divergences, details.criteria),
        StampWriter(book),
    )


_FILLED: Mapping[Coverage, Callable[[ConsolidationBook], Sequence[_Writer]]] = {
    Coverage.WHOLE: _whole,
    Coverage.INDEX: _index,
    Coverage.VOLUME: _volume,
}


def _add_details(book: ConsolidationBook) -> Details:
    assessments, competencies = add_assessments(book), add_competencies(book)
    return Details(competencies=competencies, criteria=add_criteria(book), assessments=assessments)


def _assessments(details: Details) -> Iterator[_Writer]:
    if details.assessments is not None:
        yield AssessmentsWriter(details.assessments, details.criteria)


def _describe(workbook: StampedWorkbook, plan: WorkbookPlan) -> None:
    decisions, session = plan.decisions, plan.decisions.session
    created = datetime.combine(session.date, time(), UTC) if session.date else _UNDATED
    state = "provisoire" if plan.decisions.provisional else "complète"
    workbook.set_properties(
        {
            "title": f"Consolidation {session.code}",
            "subject": decisions.referential.certification.title,
            "author": "sheetgen",
            "company": decisions.referential.certification.certifier or "",
            "status": state,
            "created": created,
        }
    )
    workbook.set_size(2400, 1400)
