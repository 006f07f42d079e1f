"""The sheet « Délibération » as the jury left it: each answer in its cell, judged by nobody yet.

What a line of a former workbook says is told in the jury's words, well or badly written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import Choice
from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury.sheet_tables import JuryTable, find_answer, find_sheet, find_table, shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, consolidated
from sheetgen.problems import deliberation as kinds
from sheetgen.sources.read import CellFault, SourceCell, Value, parse_cell
from sheetgen.sources.schema import ValueKind, ValueSpec
from sheetgen.spreadsheet import Moment, parse_address
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.grid.read import ReadCell
    from sheetgen.spreadsheet import RawSheet, RawWorkbook

_COLUMNS = (Column.CANDIDATE, Column.SUBJECT, Column.PROPOSAL, Column.DECISION, Column.REASON)
_NAMES = (Column.LAST_NAME, Column.FIRST_NAME)
_ANSWERS: Mapping[str, ValueKind] = {
    layout.ADOPTION_LABEL: ValueKind.YES_NO,
    layout.CLOSING_DATE_LABEL: ValueKind.DATE,
    layout.CLOSING_TIME_LABEL: ValueKind.TIME,
    layout.INCIDENTS_LABEL: ValueKind.TEXT,
    layout.OBSERVATIONS_LABEL: ValueKind.TEXT,
}
"""The jury's own fields, and what each may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """The jury's answers on one bloc, or on a certification; names where their columns are."""

    candidate: ReadCell
    subject: ReadCell
    proposal: ReadCell
    decision: ReadCell
    reason: ReadCell
    last_name: ReadCell | None = None
    first_name: ReadCell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The whole sheet; `answers` by label, those alone that are in it."""

    table: JuryTable
    answers: Mapping[str, ReadCell]
    rows: tuple[FormRow, ...]


class CellReader:
    """Reads cells as the sources are read, and keeps the problems that this finds."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def at(self, cell: ReadCell) -> Location:
        """Return the place of a cell."""
        return Location(file=self.file, sheet=cell.sheet, cell=cell.cell)

    def value(self, cell: ReadCell, name: str, kind: ValueKind) -> Value | None:
        """Return a cell's value.

        None for a blank, or after adding the problem of one that is none.
        """
        if cell.merged is not None:
            self.problems.append(kinds.DELIBERATION_MERGED.at(self.at(cell), found=cell.merged))
            return None
        if cell.blank:
            return None
        found = parse_cell(ValueSpec(name=name, attribute="", kind=kind, help=""), _plain(cell))
        if isinstance(found, CellFault):
            self.problems.append(found.kind.at(self.at(cell), **found.values))
            return None
        return found

    def text(self, cell: ReadCell, name: str) -> str | None:
        """Return the text of a cell; None as for `value`."""
        found = self.value(cell, name, ValueKind.TEXT)
        return found or None if isinstance(found, str) else None


def _plain(cell: ReadCell) -> SourceCell:
    """Return the cell as the sources' reader knows cells."""
    if cell.error is not None:
        return SourceCell(reference=cell.cell, value=cell.error, kind="e")
    if cell.formula is not None:
        return SourceCell(reference=cell.cell, value=cell.formula, kind="f")
    value = cell.value.value if isinstance(cell.value, Moment) else cell.value
    return SourceCell(reference=cell.cell, value=value)


def read_form(workbook: RawWorkbook, reader: CellReader) -> Form | None:
    """Return the sheet as the jury left it; None where it is lost or has lost a column."""
    sheet = find_sheet(workbook, layout.DELIBERATION_SHEET)
    if sheet is None:
        lost = f"sa feuille « {layout.DELIBERATION_SHEET} » manque"
        reader.problems.append(
            consolidated.NOT_CONSOLIDATION.at(Location(file=reader.file), lost=lost)
        )
        return None
    table = find_table(
        reader.file,
        sheet,
        [column.value for column in _COLUMNS],
        [column.value for column in _NAMES],
    )
    if not isinstance(table, JuryTable):
        reader.problems += table
        return None
    answers = _find_answers(sheet, reader)
    form = Form(table=table, answers=answers, rows=_read_rows(table, answers))
    reader.problems += _check_copies(workbook, form, reader.file)
    return form


def _read_rows(table: JuryTable, answers: Mapping[str, ReadCell]) -> tuple[FormRow, ...]:
    """Return the rows in which something is written, but for those of the jury's own fields."""
    aside = {parse_address(cell.cell)[0] for cell in answers.values()}
    rows = (
        FormRow(
            candidate=table.cell(row, Column.CANDIDATE.value),
            subject=table.cell(row, Column.SUBJECT.value),
            proposal=table.cell(row, Column.PROPOSAL.value),
            decision=table.cell(row, Column.DECISION.value),
            reason=table.cell(row, Column.REASON.value),
            last_name=table.optional_cell(row, Column.LAST_NAME.value),
            first_name=table.optional_cell(row, Column.FIRST_NAME.value),
        )
        for row in table.rows()
        if row not in aside
    )
    return tuple(row for row in rows if not _is_blank(row))


def _check_copies(workbook: RawWorkbook, form: Form, file: str) -> Iterator[Problem]:
    """Find copies of the sheet where the jury wrote otherwise: which is right is unknown."""
    written = {(said_of(row), _written(row)) for row in form.rows}
    headers = [column.value for column in _COLUMNS]
    for sheet in workbook.sheets:
        if sheet is form.table.sheet:
            continue
        table = find_table(file, sheet, headers)
        if not isinstance(table, JuryTable):
            continue
        for row in _read_rows(table, {}):
            if any(_written(row)) and (said_of(row), _written(row)) not in written:
                yield kinds.DELIBERATION_SHEET_TWICE.at(
                    table.at(row.decision), found=sheet.name, read=form.table.sheet.name
                )
                break


def _written(row: FormRow) -> tuple[str, str]:
    """Return the jury's words on a row, folded."""
    return fold(shown(row.decision)), fold(shown(row.reason))


def _find_answers(sheet: RawSheet, reader: CellReader) -> Mapping[str, ReadCell]:
    found: dict[str, ReadCell] = {}
    for label in _ANSWERS:
        cell = find_answer(sheet, label)
        if cell is None:
            place = Location(file=reader.file, sheet=sheet.name)
            reader.problems.append(kinds.DELIBERATION_FIELD_MISSING.at(place, found=label))
        else:
            found[label] = cell
    return found


def read_answers(form: Form, reader: CellReader) -> Mapping[str, Value | None]:
    """Return the jury's own fields by label; None for what is blank, lost or unreadable."""
    return {
        label: reader.value(form.answers[label], label, kind) if label in form.answers else None
        for label, kind in _ANSWERS.items()
    }


def _is_blank(row: FormRow) -> bool:
    return all(cell.blank for cell in (row.candidate, row.subject, row.decision, row.reason))


def said_of(row: FormRow) -> tuple[str, str]:
    """Return the candidate and subject of a row, folded."""
    return fold(shown(row.candidate)), fold(shown(row.subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid:
    """The jury's words on a line.

    Attributes:
        choice: None where it chose nothing, or nothing of a list.
        decision: as it is shown.
        reason: likewise.
        sound: both cells hold values of their own, and the decision is blank or a choice.
    """

    choice: str | None
    decision: str
    reason: str
    sound: bool

    @property
    def anything(self) -> bool:
        """Return whether the jury had written a decision or a reason on the line."""
        return bool(self.decision or self.reason)

    def told(self, proposal: str) -> str:
        """Return the former decision, for the jury to read."""
        parts = [f"Décidé : « {self.decision} »" if self.decision else "Rien n'était choisi"]
        parts.append(
            f"quand la proposition était « {proposal} »"
            if proposal
            else "sur une proposition que l'ancien classeur ne dit pas"
        )
        reason = f" Motif : {self.reason}" if self.reason else ""
        return f"{', '.join(parts)}.{reason}"


def read_said(row: FormRow, mentions: Sequence[str] = ()) -> LineSaid:
    """Return the jury's words on a row.

    Args:
        row: the line.
        mentions: the choices of the line, where it is about a mention.
    """
    decision, reason = shown(row.decision), shown(row.reason)
    choices = {fold(word): word for word in mentions or [choice.value for choice in Choice]}
    choice = choices.get(fold(decision))
    plain = all(
        cell.formula is None and cell.error is None and cell.merged is None
        for cell in (row.decision, row.reason)
    )
    return LineSaid(
        choice=choice,
        decision=choice or decision.strip(),
        reason=reason.strip(),
        sound=plain and (choice is not None or not decision.strip()),
    )
