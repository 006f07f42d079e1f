"""The jury's own fields above the table of « Délibération »: adoption, closing, what happened."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from sheetgen.consolidation import layout
from sheetgen.consolidation.styles import Style

if TYPE_CHECKING:
    from sheetgen.consolidation.carried import Answer
    from sheetgen.consolidation.sheets.live_sheet import LiveSheet

_ADOPTION_ROW, _DATE_ROW, _TIME_ROW, _INCIDENTS_ROW, _OBSERVATIONS_ROW = 5, 6, 7, 8, 9
_FIRST_FIELD_COLUMN, _SHORT_FIELD_END, _LONG_FIELD_END = 3, 4, 6
_HEIGHT = 13.5
"""Of a field, in points: a line, so that the table below them has most of the screen."""

ADOPTION_CELL = f"${xl_col_to_name(_FIRST_FIELD_COLUMN)}${_ADOPTION_ROW}"
_DATE_RULE = {
    "validate": "date",
    "criteria": ">=",
    "value": date(2000, 1, 1),
    "error_title": "Date attendue",
    "error_message": "Saisir une date, par exemple 15/06/2026.",
}
_TIME_RULE = {
    "validate": "time",
    "criteria": "between",
    "minimum": time(0, 0),
    "maximum": time(23, 59, 59),
    "error_title": "Heure attendue",
    "error_message": "Saisir une heure, par exemple 17:30.",
}
_INCIDENTS_RULE = {
    "validate": "any",
    "input_title": "Incidents",
    "input_message": "Écrire « Néant » s'il n'y en a pas eu.",
}


def write_fields(sheet: LiveSheet) -> None:
    """Write labels at the left, each with the cell to fill at its right."""
    fields = (
        (_ADOPTION_ROW, layout.ADOPTION_LABEL, Style.FIELD, _SHORT_FIELD_END),
        (_DATE_ROW, layout.CLOSING_DATE_LABEL, Style.DATE, _SHORT_FIELD_END),
        (_TIME_ROW, layout.CLOSING_TIME_LABEL, Style.TIME, _SHORT_FIELD_END),
        (_INCIDENTS_ROW, layout.INCIDENTS_LABEL, Style.LONG_FIELD, _LONG_FIELD_END),
        (_OBSERVATIONS_ROW, layout.OBSERVATIONS_LABEL, Style.LONG_FIELD, _LONG_FIELD_END),
    )
    styles = sheet.book.styles
    for row, label, style, end in fields:
        sheet.worksheet.set_row(row - 1, _HEIGHT)
        sheet.worksheet.merge_range(
            row - 1, 0, row - 1, _FIRST_FIELD_COLUMN - 1, label, styles[Style.LABEL]
        )
        sheet.worksheet.merge_range(row - 1, _FIRST_FIELD_COLUMN, row - 1, end, "", styles[style])
        said = sheet.book.plan.carried.answers.get(label)
        if said is not None:
            sheet.write_at(row, _FIRST_FIELD_COLUMN, _stored(said), style)
    for row, rule in (
        (_ADOPTION_ROW, sheet.book.lists.yes_no()),
        (_DATE_ROW, _DATE_RULE),
        (_TIME_ROW, _TIME_RULE),
        (_INCIDENTS_ROW, _INCIDENTS_RULE),
    ):
        place = row - 1, _FIRST_FIELD_COLUMN
        sheet.worksheet.data_validation(*place, *place, rule)


def _stored(answer: Answer) -> str | float:
    """Return an answer as a spreadsheet stores it: a date as days, a time as a part of one."""
    if isinstance(answer, date):
        return (answer - date(1899, 12, 30)).days
    if isinstance(answer, time):
        return (answer.hour * 60 + answer.minute) / (24 * 60)
    return answer
