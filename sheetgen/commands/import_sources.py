"""`import`: a school's own document to a draft of its référentiel."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.commands.writing import locks_reported
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors, importing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sheetgen.sources.importing import ColumnRole, DateOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """The documents to import, and where the draft goes.

    Attributes:
        files: the documents, in the order in which they add up.
        target: the workbook to write; one that is there is never replaced.
        columns: what the columns of tables hold; None where their headings say it.
        rncp: the code of the entry to take from an export of the register.
    """

    files: Sequence[Path]
    target: Path
    columns: Sequence[ColumnRole] | None = None
    rncp: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDraft:
    """The result of an import.

    Attributes:
        file: the workbook written, or None.
        rows: how many rows each of its sheets was given.
        lines: of a draft, how many lines of its sheet « Import » are in each state.
        columns: of a roster, each heading with the column that it became, empty for none.
    """

    file: Path | None
    rows: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    columns: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def import_draft(request: ImportRequest) -> ImportedDraft:
    """Read documents and write the draft that they make; nothing, where one of them is refused."""
    from sheetgen.sources.importing import import_documents, write_draft

    target = request.target
    if target.exists():
        return ImportedDraft(file=None, problems=(_taken(target),))
    gathered = import_documents(request.files, request.columns, request.rncp)
    problems = list(gathered.problems)
    written = False
    if not has_errors(problems):
        with locks_reported(problems, target):
            if target.exists():
                problems.append(_taken(target))
            else:
                write_draft(target, gathered.draft)
                written = True
    return ImportedDraft(
        file=target if written else None,
        rows=gathered.draft.sizes(),
        lines=gathered.draft.states(),
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRequest:
    """The lists to add to a session.

    Attributes:
        session: the workbook; made from the model if it is not there.
        candidates: a list of candidates, or None.
        jurors: a list of jurors, or None.
        order: of day and month in their dates; None where the dates themselves say it.
    """

    session: Path
    candidates: Path | None = None
    jurors: Path | None = None
    order: DateOrder | None = None


def import_people(request: RosterRequest) -> ImportedDraft:
    """Add lists to a session, where all of their rows can be read."""
    from sheetgen.sources.importing import import_rosters

    problems: list[Problem] = []
    lists = {"Candidats": request.candidates, "Jurés": request.jurors}
    given = {sheet: path for sheet, path in lists.items() if path is not None}
    with locks_reported(problems, request.session):
        added = import_rosters(request.session, given, request.order)
        done = not has_errors(added.problems)
        return ImportedDraft(
            file=request.session if done else None,
            rows=added.counts,
            columns=added.columns,
            problems=added.problems,
        )
    return ImportedDraft(file=None, problems=tuple(problems))


def _taken(target: Path) -> Problem:
    return importing.TARGET_EXISTS.at(Location(file=target.as_posix()))
