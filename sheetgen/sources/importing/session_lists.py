"""Rosters added to a session workbook: those of the school's that are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Problem, has_errors
from sheetgen.sources.importing.roster import Roster, added_names, match_roster
from sheetgen.sources.importing.roster_table import read_roster_file
from sheetgen.sources.read import read_book
from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import AddedRows, add_rows, write_session_model
from sheetgen.spreadsheet import UnreadableWorkbookError, parse_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.sources.importing.roster_values import DateOrder
    from sheetgen.sources.read import SourceTable


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPeople:
    """The result of adding rosters to a session.

    Attributes:
        counts: rows added, by the sheet.
        columns: each heading with the column that it became.
        problems: nothing was written while an error is among them.
    """

    counts: Mapping[str, int]
    columns: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def import_rosters(
    session: Path, lists: Mapping[str, Path], order: DateOrder | None = None
) -> AddedPeople:
    """Add lists to a session, made from the model if it is not there.

    Args:
        session: the workbook.
        lists: the file for each sheet, « Candidats » or « Jurés ».
        order: of day and month in their dates, where whoever imports says it.

    Raises:
        OSError: the workbook cannot be read or written.
    """
    problems: list[Problem] = []
    found: dict[str, Roster] = {}
    fresh, done = not session.exists(), False
    if fresh:
        write_session_model(session)
    try:
        book = read_book(session, SESSION)
        problems += book.problems
        for sheet, path in lists.items() if book.tables else ():
            answer = read_roster_file(path)
            if isinstance(answer, Problem):
                problems.append(answer)
                continue
            found[sheet] = match_roster(path.as_posix(), answer, book.tables[sheet], order)
            problems += found[sheet].problems
        if found and not has_errors(problems):
            former = data = session.read_bytes()
            for sheet, roster in found.items():
                if roster.rows:
                    data = add_rows(data, _added(book.tables[sheet], roster))
            if data != former:
                write_whole(session, data)
            done = True
    except UnreadableWorkbookError as refusal:
        problems.append(refusal.at(session.as_posix()))
    finally:
        if fresh and not done:
            session.unlink(missing_ok=True)
    return AddedPeople(
        counts={name: len(roster.rows) if done else 0 for name, roster in found.items()},
        columns=tuple(pair for roster in found.values() for pair in roster.columns),
        problems=tuple(problems),
    )


def _added(table: SourceTable, roster: Roster) -> AddedRows:
    """Return where the rows of a list go in their sheet."""
    names = {column.attribute: column.name for column in table.spec.columns}
    columns = {
        names[attribute]: parse_address(address)[1] for attribute, address in table.header.items()
    }
    header = max((parse_address(address)[0] for address in table.header.values()), default=0) + 1
    rows = [
        parse_address(cell.reference)[0] + 1
        for row in table.rows
        for cell in row.cells.values()
        if not cell.is_blank
    ]
    wanted = added_names(roster.rows)
    return AddedRows(
        sheet=table.sheet,
        header=header,
        columns=columns,
        after=max(rows, default=header),
        rows=[{name: row[name] for name in wanted if name in row} for row in roster.rows],
    )
