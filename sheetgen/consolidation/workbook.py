"""Decisions to `consolidation.xlsx`: the jury's working document, live."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import xlsxwriter

from sheetgen.consolidation.blocks_sheet import add_blocks, write_blocks
from sheetgen.consolidation.competencies_sheet import add_competencies, write_competencies
from sheetgen.consolidation.criteria_sheet import add_criteria, write_criteria
from sheetgen.consolidation.deliberation_sheet import add_deliberation, write_deliberation
from sheetgen.consolidation.divergences_sheet import add_divergences, write_divergences
from sheetgen.consolidation.lists import Lists
from sheetgen.consolidation.plan import plan_consolidation
from sheetgen.consolidation.problems_sheet import add_problems, write_problems
from sheetgen.consolidation.sheet import Book, strict
from sheetgen.consolidation.stamp_sheet import write_stamp
from sheetgen.consolidation.styles import Styles
from sheetgen.consolidation.summary_sheet import add_summary, write_summary
from sheetgen.replacing import replacing
from sheetgen.rules import Formulas

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import SessionDecisions

# Texts stay texts, whatever they look like.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the date of a session that has none, so that the same input gives the same file."""


def write_consolidation(path: Path, decisions: SessionDecisions) -> None:
    """Write the workbook whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    with replacing(path) as draft, strict():
        workbook = xlsxwriter.Workbook(str(draft), _OPTIONS)
        try:
            _describe(workbook, decisions)
            _fill(
                Book(
                    workbook=workbook,
                    styles=Styles(workbook),
                    plan=plan_consolidation(decisions),
                    formulas=Formulas(decisions.referential),
                )
            )
        finally:
            _close(workbook)


def _close(workbook: xlsxwriter.Workbook) -> None:
    """Finish the file.

    Raises:
        OSError: it cannot be written.
    """
    try:
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        message = str(error)
        raise OSError(message) from error


def _fill(book: Book) -> None:
    """Every sheet, in the order of its tabs; what others refer to is added before it is filled."""
    summary = add_summary(book)
    blocks = add_blocks(book)
    competencies = add_competencies(book)
    criteria = add_criteria(book)
    divergences = add_divergences(book)
    problems = add_problems(book)
    deliberation = add_deliberation(book)
    lists = Lists(book)
    write_criteria(criteria, lists)
    write_competencies(competencies, criteria)
    write_blocks(blocks, competencies, criteria)
    write_divergences(divergences, criteria)
    write_problems(problems)
    write_deliberation(deliberation, blocks, lists)
    write_summary(summary, blocks, criteria)
    write_stamp(book)


def _describe(workbook: xlsxwriter.Workbook, decisions: SessionDecisions) -> None:
    session = decisions.session
    created = datetime.combine(session.date, time(), UTC) if session.date else _UNDATED
    state = "provisoire" if decisions.provisional else "complète"
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
