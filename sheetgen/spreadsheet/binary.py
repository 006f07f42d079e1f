"""The values of .xls and .xlsb, by python-calamine, held against what their own records say."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from sheetgen.problems.returns import PASSWORD_PROTECTED
from sheetgen.spreadsheet.contents import (
    UNSEEN_FORMULA,
    MergedRange,
    Moment,
    RawCell,
    RawSheet,
    UnreadableWorkbookError,
    damaged,
    too_far_away,
)
from sheetgen.spreadsheet.limits import too_far

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineSheet

    from sheetgen.spreadsheet.biff import BinarySheet
    from sheetgen.spreadsheet.contents import Position

_Found = str | float | bool | datetime | date | time | timedelta


def refuse_far_sheets(sheets: Sequence[BinarySheet]) -> None:
    """Refuse sheets that reach, or say that they reach, further than is ever laid out.

    Raises:
        UnreadableWorkbookError: one of them does.
    """
    for sheet in sheets:
        for rows, columns in (sheet.extent, sheet.declared):
            if too_far(rows, columns):
                raise too_far_away(sheet.name, (rows - 1, columns - 1))


def read_values(data: bytes, known: Sequence[BinarySheet]) -> tuple[RawSheet, ...]:
    """Return the worksheets of a workbook.

    Args:
        data: an .xls or .xlsb, whose records were looked at.
        known: what the records of its worksheets say, in their order.

    Raises:
        UnreadableWorkbookError: it cannot be read, or its values are not where its records are.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            places = [
                place
                for place, entry in enumerate(workbook.sheets_metadata)
                if entry.typ is SheetTypeEnum.WorkSheet
            ]
            _refuse_other_count(places, known)
            return tuple(
                _read_sheet(workbook.get_sheet_by_index(place), sheet)
                for place, sheet in zip(places, known, strict=True)
            )
    except PasswordError as reason:
        raise UnreadableWorkbookError(PASSWORD_PROTECTED) from reason
    except CalamineError as reason:
        raise damaged(_ILLEGIBLE) from reason
    except BaseException as panic:
        # A panic of the Rust reader derives from BaseException and from nothing more precise.
        if type(panic).__name__ != "PanicException":
            raise
        raise damaged(_ILLEGIBLE) from panic


def _refuse_other_count(places: Sequence[int], known: Sequence[BinarySheet]) -> None:
    if len(places) != len(known):
        raise damaged("la liste de ses feuilles se contredit")


_ILLEGIBLE = "ses enregistrements ne se lisent pas"


def refuse_shared_names(sheets: Sequence[RawSheet]) -> None:
    """Refuse two sheets of one name.

    Raises:
        UnreadableWorkbookError: there are two.
    """
    names: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in names:
            raise damaged("deux de ses feuilles portent le même nom", sheet.name)
        names.add(sheet.name.casefold())


def _read_sheet(sheet: CalamineSheet, known: BinarySheet) -> RawSheet:
    top, left = sheet.start or (0, 0)
    # A formula whose result is stored as 0: LibreOffice stores 0 in an .xls for any text that it
    # has not calculated again, so it is not believed.
    untrue = known.zeroes | known.errors.keys()
    rows: dict[int, dict[int, RawCell]] = {}
    shown: dict[Position, str] = {}
    for row, values in enumerate(sheet.to_python(), start=top):
        for column, value in enumerate(values, start=left):
            if value == "" or (row, column) in untrue:
                continue
            if (row, column) not in known.filled:
                reason = "une valeur y figure là où aucun enregistrement n'en place"
                raise damaged(reason, sheet.name, (row, column))
            plain = _plain(value)
            rows.setdefault(row, {})[column] = plain
            if isinstance(plain, float):
                text = known.shown(plain, (row, column))
                if text:
                    shown[row, column] = text
    return RawSheet(
        name=sheet.name,
        rows=rows,
        formulas=dict.fromkeys(sorted(known.formulas), UNSEEN_FORMULA),
        errors=known.errors,
        shown=shown,
        merged=tuple(MergedRange(first=first, last=last) for first, last in known.merged),
    )


def _plain(value: _Found) -> RawCell:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        return Moment(day=value.date(), clock=value.time() if value.time() != time() else None)
    if isinstance(value, date):
        return Moment(day=value)
    if isinstance(value, time):
        return Moment(clock=value)
    if isinstance(value, timedelta):
        return Moment(length=value)
    return float(value)
