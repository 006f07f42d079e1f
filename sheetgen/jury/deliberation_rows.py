"""The rows of « Délibération » by candidate and subject: every one that is expected, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury.form import CellReader, Form, FormRow, said_of
from sheetgen.jury.matters import subjects_of
from sheetgen.jury.sheet_tables import shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CandidateId, SessionDecisions, told_candidate
from sheetgen.problems import deliberation as kinds
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.problems import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliberationRows:
    """The sheet's rows by candidate and subject."""

    form: Form
    reader: CellReader
    found: Mapping[tuple[str, str], FormRow]

    def get(self, candidate: CandidateId, subject: str) -> FormRow | None:
        """Return the row of a candidate's bloc or certification, if there is exactly one."""
        return self.found.get((fold(candidate), fold(subject)))

    def at(self, candidate: CandidateId, subject: str) -> Location:
        """Return where to speak of it: its proposal, or the table's header where it has no row."""
        row = self.get(candidate, subject)
        if row is None:
            return self.form.table.at_header(Column.CANDIDATE.value)
        return self.reader.at(row.proposal)


def index_rows(form: Form, decisions: SessionDecisions, reader: CellReader) -> DeliberationRows:
    """Return the rows, each known to be about something that the jury has to decide, once."""
    session = decisions.session
    expected = {
        (fold(item.candidate), fold(subject)): (item.candidate, subject)
        for item in decisions.candidates
        for subject in subjects_of(item, decisions.referential)
    }
    found: dict[tuple[str, str], FormRow] = {}
    twice: set[tuple[str, str]] = set()
    for row in form.rows:
        merged = row.candidate.merged or row.subject.merged
        if merged:
            cell = row.candidate if row.candidate.merged else row.subject
            reader.problems.append(kinds.DELIBERATION_MERGED.at(reader.at(cell), found=merged))
            continue
        key = said_of(row)
        if key not in expected:
            reader.problems.append(
                kinds.DELIBERATION_ROW_UNKNOWN.at(
                    reader.at(row.candidate),
                    candidate=shown(row.candidate),
                    subject=shown(row.subject),
                )
            )
            continue
        first = found.setdefault(key, row)
        if first is not row:
            twice.add(key)
            candidate, subject = expected[key]
            reader.problems.append(
                kinds.DELIBERATION_ROW_TWICE.at(
                    reader.at(row.candidate),
                    candidate=told_candidate(session, candidate),
                    subject=subject,
                    other=first.candidate.cell,
                )
            )
    for key, (candidate, subject) in expected.items():
        if key not in found:
            place = form.table.at_header(Column.CANDIDATE.value)
            reader.problems.append(
                kinds.DELIBERATION_ROW_MISSING.at(
                    place, candidate=told_candidate(session, candidate), subject=subject
                )
            )
    single = {key: row for key, row in found.items() if key not in twice}
    return DeliberationRows(form=form, reader=reader, found=single)
