"""The very hidden sheet that says what the workbook was made from, for `finalize` to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import Stamp
from sheetgen.consolidation.ordering import return_key
from sheetgen.consolidation.sheet import Column, Sheet
from sheetgen.consolidation.styles import Style

if TYPE_CHECKING:
    from sheetgen.consolidation.sheet import Book


def write_stamp(book: Book) -> None:
    """The session, the référentiel, and the file and hash of every return that counts."""
    columns = [Column(title, 30) for title in layout.STAMP_RETURNS]
    sheet = Sheet(book, layout.STAMP_SHEET, columns)
    decisions = book.decisions
    values = {
        Stamp.SCHEMA: layout.SCHEMA,
        Stamp.SESSION: decisions.session.code,
        Stamp.REFERENTIAL: decisions.referential.certification.version,
        Stamp.FINGERPRINT: decisions.referential.fingerprint,
        Stamp.PROVISIONAL: layout.YES if book.plan.provisional else layout.NO,
    }
    for row, (stamp, value) in enumerate(values.items(), start=1):
        sheet.write_at(row, 0, stamp.value, Style.HIDDEN)
        sheet.write_at(row, 1, value, Style.HIDDEN)
    header_row = len(values) + 2
    for column, title in enumerate(layout.STAMP_RETURNS):
        sheet.write_at(header_row, column, title, Style.HIDDEN)
    counted = sorted((item for item in decisions.returns if item.counts), key=return_key)
    for row, item in enumerate(counted, start=header_row + 1):
        line = (item.file, item.sha256, item.candidate, item.juror, item.status.value)
        for column, content in enumerate(line):
            sheet.write_at(row, column, content, Style.HIDDEN)
    sheet.worksheet.very_hidden()
