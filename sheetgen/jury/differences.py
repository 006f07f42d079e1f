"""Compare what a session was closed with and what its files say now, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import Choice
from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury.form import CellReader, read_answers, read_form, said_of
from sheetgen.jury.sheet_tables import shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    NO_MENTION,
    BlockOutcome,
    CertificationOutcome,
    told_person,
)
from sheetgen.problems import Location, deliberation
from sheetgen.problems import frozen as kinds
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.grid.read import ReadCell
    from sheetgen.jury.final_files import Record
    from sheetgen.jury.form import Form, FormRow
    from sheetgen.problems import Kind, Problem
    from sheetgen.sources.read import PrintedKey, PrintedValue, Value
    from sheetgen.spreadsheet import RawWorkbook

_LONGEST_SHOWN = 80
_ROWS = {"Candidats": "le candidat", "Jurés": "le juré"}


def compare_printed(
    frozen: Mapping[PrintedKey, str], now: Mapping[PrintedKey, PrintedValue]
) -> Iterator[Problem]:
    """Yield a problem for each value of the sources that is no longer what papers say.

    Args:
        frozen: what the closing kept.
        now: what the sources say; a workbook that could not be read is not compared.
    """
    sheets = {key.sheet for key in now}
    rows_before = {(key.sheet, key.row): key for key in frozen if key.sheet in sheets}
    rows_now = {(key.sheet, key.row): now[key].location for key in now}
    for (sheet, row), location in rows_now.items():
        if (sheet, row) not in rows_before:
            yield kinds.CLOSED_ROW_ADDED.at(location, row=_row(sheet, row))
    for sheet, row in rows_before:
        if (sheet, row) not in rows_now:
            place = next(now[key].location for key in now if key.sheet == sheet)
            gone = Location(file=place.file, sheet=sheet)
            yield kinds.CLOSED_ROW_GONE.at(gone, row=_row(sheet, row))
    for key, value in now.items():
        if (key.sheet, key.row) in rows_before and frozen.get(key, "") != value.text:
            yield kinds.CLOSED_VALUE_CHANGED.at(
                value.location,
                name=f"{key.name}, {key.row}" if key.row else key.name,
                found=_quoted(value.text),
                frozen=_quoted(frozen.get(key, "")),
            )


def _row(sheet: str, row: str) -> str:
    return f"{_ROWS.get(sheet, 'la ligne')} {row}"


def _quoted(text: str) -> str:
    cut = text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return f"« {cut} »" if cut else "vide"


def compare_decided(workbook: RawWorkbook, decisions: Record, file: str) -> Iterator[Problem]:
    """Yield a problem for each cell of « Délibération » that says other than what was closed.

    Args:
        workbook: in which the jury wrote.
        decisions: those of the closing, as `decisions.json` has them.
        file: the workbook's name, for problems.
    """
    reader = CellReader(file)
    form = read_form(workbook, reader)
    if form is not None:
        yield from _compare_answers(form, reader, decisions)
        yield from _compare_rows(form, reader, decisions)
    yield from reader.problems


def _compare_answers(form: Form, reader: CellReader, decisions: Record) -> Iterator[Problem]:
    closing = cast("Mapping[str, str]", decisions.get("closing") or {})
    kept = {
        layout.CLOSING_DATE_LABEL: closing.get("date", ""),
        layout.CLOSING_TIME_LABEL: closing.get("time", ""),
        layout.INCIDENTS_LABEL: decisions.get("incidents") or "",
        layout.OBSERVATIONS_LABEL: decisions.get("observations") or "",
    }
    said = read_answers(form, reader)
    for label, before in kept.items():
        if label in form.answers and _plain(said[label]) != before:
            yield _frozen(
                reader, form.answers[label], f"{label} : {before} → {_plain(said[label])}"
            )


def _plain(value: Value | None) -> str:
    """Return an answer as `decisions.json` writes it."""
    if value is None:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text[:5] if type(value).__name__ == "time" else text


def _compare_rows(form: Form, reader: CellReader, decisions: Record) -> Iterator[Problem]:
    rows = {said_of(row): row for row in form.rows}
    for candidate in cast("list[Record]", decisions["candidates"]):
        if candidate["outcome"] == CertificationOutcome.ABSENT.key:
            continue
        number = str(candidate["id"])
        for subject, item in _subjects(candidate):
            row = rows.get((fold(number), fold(subject)))
            if row is None:
                place = form.table.at_header(Column.CANDIDATE.value)
                kind: Kind = deliberation.DELIBERATION_ROW_MISSING
                yield kind.at(place, candidate=_told(candidate), subject=subject)
            else:
                yield from _compare_row(reader, row, item)


def _told(candidate: Record) -> str:
    """Return a candidate of the decisions as messages name them."""
    name = " ".join(str(candidate.get(key) or "") for key in ("first_name", "last_name"))
    return told_person(name, str(candidate["id"]))


def _subjects(candidate: Record) -> Iterator[tuple[str, _FrozenItem]]:
    """Yield what was decided of a candidate, by subject."""
    told = _told(candidate)
    for block in cast("list[Record]", candidate["blocks"]):
        if block.get("competencies"):
            code = str(block["code"])
            yield code, _decided(told, code, block, BlockOutcome)
    yield CERTIFICATION, _decided(told, CERTIFICATION, candidate, CertificationOutcome)
    ruling = candidate.get("mention_ruling")
    if isinstance(ruling, dict):
        yield (
            MENTION,
            _FrozenItem(
                about=f"candidat {told}, mention",
                outcome=str(candidate["mention"] or NO_MENTION),
                proposed=str(ruling.get("proposed") or NO_MENTION),
                reason=str(ruling.get("reason") or ""),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _FrozenItem:
    """The decision on one bloc or certification, in the words of the sheet."""

    about: str
    outcome: str
    proposed: str
    reason: str


def _decided(
    told: str, subject: str, item: Record, terms: type[BlockOutcome | CertificationOutcome]
) -> _FrozenItem:
    words = {term.key: str(term.value) for term in terms}
    named = "certification" if terms is CertificationOutcome else subject
    return _FrozenItem(
        about=f"candidat {told}, {named}",
        outcome=words.get(str(item["outcome"]), ""),
        proposed=words.get(str(item.get("proposed", item["outcome"])), ""),
        reason=str(item.get("reason") or ""),
    )


def _compare_row(reader: CellReader, row: FormRow, decided: _FrozenItem) -> Iterator[Problem]:
    written = shown(row.decision)
    adopted = not written or fold(written) == fold(Choice.ADOPTED.value)
    current = decided.proposed if adopted else written
    if fold(current) != fold(decided.outcome):
        yield _frozen(reader, row.decision, f"{decided.about} : {decided.outcome} → {current}")
    if (reader.text(row.reason, Column.REASON.value) or "") != decided.reason:
        yield _frozen(reader, row.reason, f"{decided.about} : le motif a changé")


def _frozen(reader: CellReader, cell: ReadCell, found: str) -> Problem:
    return kinds.FINAL_FROZEN.at(reader.at(cell), found=found)
