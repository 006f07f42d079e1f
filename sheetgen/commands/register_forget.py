"""`register forget`: what has come to its term, listed, and deleted on confirmation.

Files go in this order: the register notes what is about to be deleted, the files are deleted, the
register notes the end, and the record of the closing goes last. Killed anywhere, the next run finds
what is left, deletes it, and completes the account.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing as closed_after
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sheetgen.commands.marked_sessions import closed_folders
from sheetgen.commands.register_commands import DueItem, RegisterAnswer
from sheetgen.control_folder import COPIES, CopiedSession, CopyQuestion, survey_copies
from sheetgen.files import explain
from sheetgen.jury import current_user
from sheetgen.jury.closings import Closings, UnreadableClosingError
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.retention import IDENTITIES
from sheetgen.problems import Location, Problem, recorded
from sheetgen.problems import forgotten as kinds
from sheetgen.register import (
    DueRows,
    ForgottenFiles,
    Register,
    RegisterError,
    begin_files,
    begun_files,
    due_rows,
    end_files,
    forget_rows,
    forgotten_declarations,
    open_register,
    recorded_closings,
    told_forgotten,
)
from sheetgen.retention import (
    LAST_KIND,
    FolderSurvey,
    decisions_digest,
    delete_files,
    delete_witness,
    survey_folder,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.control_folder import CopySurvey
    from sheetgen.model.retention import RetentionTerm
    from sheetgen.register import RecordedClosing
    from sheetgen.retention import DueFiles
    from sheetgen.session_folder.paths import SessionFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetRequest:
    """The question of what is due.

    Attributes:
        output: the folder with a folder per session.
        terms: by kind.
        day: the day that is asked about; None for today.
        history: whether the account of what was deleted is asked for.
    """

    output: Path
    terms: Mapping[str, RetentionTerm]
    day: date | None = None
    history: bool = False

    @property
    def today(self) -> date:
        """Return the day that is asked about."""
        return self.day or datetime.now(UTC).astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """All that is due: in folders, in copies made for a control, and in the register."""

    folders: tuple[FolderSurvey, ...]
    copies: tuple[CopySurvey, ...]
    rows: tuple[DueRows, ...]

    @property
    def surveys(self) -> tuple[FolderSurvey | CopySurvey, ...]:
        """Return all that is made of files."""
        return (*self.folders, *self.copies)


def list_due(options: Options, request: ForgetRequest) -> RegisterAnswer:
    """Return what is due, and what stands against deleting some of it; delete nothing."""
    return _with_register(options, request, delete=False)


def forget_due(options: Options, request: ForgetRequest) -> RegisterAnswer:
    """Delete what is due and is what is on record; complete what an earlier run began."""
    now = datetime.now(UTC).astimezone().date()
    if request.today > now:
        place = Location(file=options.register or "")
        problem = kinds.FORGET_TO_COME.at(place, day=f"{request.today:%d/%m/%Y}")
        return RegisterAnswer(day=request.today, problems=(problem,))
    return _with_register(options, request, delete=True)


def _with_register(options: Options, request: ForgetRequest, *, delete: bool) -> RegisterAnswer:
    address = options.register or ""
    problems: list[Problem] = []
    try:
        register = open_register(address)
        if register is None:
            absent = recorded.REGISTER_ABSENT.at(Location(file=address))
            return RegisterAnswer(day=request.today, problems=(absent,))
        with closed_after(register):
            found = _survey(register, request, problems, tell_begun=not delete)
            if delete:
                _delete(register, request, found, problems)
            history: tuple[Mapping[str, object], ...] | None = None
            if request.history:
                with register.reading() as connection:
                    history = tuple(told_forgotten(connection))
    except RegisterError as error:
        return RegisterAnswer(day=request.today, problems=(*problems, error.problem))
    return RegisterAnswer(
        place=register.place.file,
        day=request.today,
        due=tuple(_items(found, request.terms)),
        deleted=delete,
        history=history,
        problems=tuple(problems),
    )


def _survey(
    register: Register, request: ForgetRequest, problems: list[Problem], *, tell_begun: bool
) -> _Due:
    with register.reading() as connection:
        closings = recorded_closings(connection)
        rows = due_rows(connection, request.terms, request.today)
        begun = begun_files(connection)
        declared = forgotten_declarations(connection, rows)
    if tell_begun:
        problems += [
            kinds.FORGET_UNFINISHED.at(
                register.place, session=item.session, kind=item.kind, count=len(item.sha256)
            )
            for item in begun.values()
        ]
    folders = []
    for folder in closed_folders(request.output):
        survey, told = _survey_folder(folder, closings, request)
        if told and not Closings.of(folder).versions:
            # Somebody else deleted it just now.
            continue
        problems += told
        if survey is None:
            continue
        if (
            survey.due
            or survey.witness
            or survey.digest in {item.digest for item in begun.values()}
        ):
            folders.append(survey)
    unfinished = {item.digest for item in begun.values() if item.kind == IDENTITIES.name}
    sessions = [
        CopiedSession(
            session=item.session,
            digest=item.digest,
            decided=item.decided,
            named=item.number in declared.closings or f"{COPIES}{item.digest}" in unfinished,
        )
        for item in closings.values()
    ]
    asked = CopyQuestion(terms=request.terms, today=request.today, flows=declared.flows)
    return _Due(
        folders=tuple(folders),
        copies=_survey_copies(request.output, sessions, asked, problems),
        rows=tuple(rows),
    )


def _survey_copies(
    output: Path,
    sessions: Sequence[CopiedSession],
    asked: CopyQuestion,
    problems: list[Problem],
) -> tuple[CopySurvey, ...]:
    """Return what is due of folders for a control; what stands against it is told."""
    try:
        copies, told = survey_copies(output, sessions, asked)
    except OSError as error:
        place = Location(file=str(error.filename or output))
        problems.append(kinds.FORGET_REFUSED.at(place, reason=explain(error)))
        return ()
    problems += told
    problems += [
        problem for survey in copies for item in survey.due for problem in _left(survey.root, item)
    ]
    return tuple(copies)


def _survey_folder(
    folder: SessionFolder, closings: Mapping[str, RecordedClosing], request: ForgetRequest
) -> tuple[FolderSurvey | None, list[Problem]]:
    """Return what of a folder is due, with what stands against it."""
    place = Location(file=str(folder.root))
    try:
        record = Closings.of(folder).last()
        if record is None:
            return None, []
        known = closings.get(decisions_digest(record))
        if known is None:
            return None, [kinds.FORGET_UNRECORDED.at(place, session=record.session)]
        survey = survey_folder(folder, record, known.decided, request.terms, request.today)
    except UnreadableClosingError as error:
        return None, [error.problem]
    except OSError as error:
        return None, [kinds.FORGET_REFUSED.at(place, reason=explain(error))]
    told = [problem for item in survey.due for problem in _left(folder.root, item)]
    waits = any(item.waits for item in survey.due)
    if waits:
        told.append(kinds.FORGET_WAITS.at(place, session=survey.session))
    return survey, told


def _left(root: Path, due: DueFiles) -> list[Problem]:
    """Return a problem for each file that stays."""
    return [
        *(
            kinds.FORGET_CHANGED.at(Location(file=str(root / path)), kind=due.kind)
            for path in due.changed
        ),
        *(
            kinds.FORGET_UNKNOWN.at(Location(file=str(root / path)), kind=due.kind)
            for path in due.unknown
        ),
    ]


def _delete(
    register: Register, request: ForgetRequest, found: _Due, problems: list[Problem]
) -> None:
    by = current_user()
    with register.writing() as connection:
        # Rows are read again: somebody else may have forgotten them since.
        forget_rows(
            connection, due_rows(connection, request.terms, request.today), request.terms, by
        )
        # So are the files that are still there: what somebody else deleted is in their account.
        begun = [
            _forgotten(survey, item)
            for survey in found.surveys
            for item in survey.due
            if not item.waits
        ]
        begin_files(connection, begun, by)
    stays: dict[str, set[str]] = defaultdict(set)
    whole: list[FolderSurvey] = []
    for survey in found.folders:
        stay = _delete_folder(survey, problems)
        stays[survey.digest] |= stay
        if survey.witness is not None and not stay:
            whole.append(survey)
    for copies in found.copies:
        left = copies.take_out()
        problems += [problem for told in left.values() for problem in told]
        stays[copies.digest] |= {kind for kind, told in left.items() if told}
    with register.writing() as connection:
        # Copies that an earlier run took out leave no place where they could be looked for.
        begun_copies = {
            item.digest
            for item in begun_files(connection).values()
            if item.digest.startswith(COPIES)
        }
        ended = {
            (digest, kind)
            for digest in stays.keys() | begun_copies
            for kind in request.terms.keys() - stays[digest]
        }
        end_files(connection, ended, by)
    for survey in whole:
        try:
            delete_witness(survey.witness or survey.folder.root, survey.folder)
        except OSError as error:
            place = Location(file=str(survey.witness))
            problems.append(kinds.FORGET_REFUSED.at(place, reason=explain(error)))


def _delete_folder(survey: FolderSurvey, problems: list[Problem]) -> set[str]:
    """Delete what is due of a folder; return the kinds of which a file could not be deleted."""
    stay: set[str] = set()
    for item in survey.due:
        # What says what other files are goes only once they are gone.
        if item.waits or (item.kind == LAST_KIND and stay):
            stay.add(item.kind)
            continue
        found = delete_files(survey.folder, item)
        problems += found
        if found:
            stay.add(item.kind)
    return stay


def _forgotten(survey: FolderSurvey | CopySurvey, due: DueFiles) -> ForgottenFiles:
    return ForgottenFiles(
        session=survey.session,
        digest=survey.digest,
        kind=due.kind,
        term=str(due.term),
        due=due.last_day.isoformat(),
        sha256=tuple(file.sha256 for file in due.files if survey.holds(file)),
    )


def _items(found: _Due, terms: Mapping[str, RetentionTerm]) -> Sequence[DueItem]:
    return [
        *(
            DueItem(
                kind=item.kind,
                term=str(item.term),
                last_day=item.last_day,
                count=len(item.files),
                session=survey.session,
                paths=tuple((survey.root / file.path).as_posix() for file in item.files),
                copied_in="" if isinstance(survey, FolderSurvey) else survey.root.name,
            )
            for survey in found.surveys
            for item in survey.due
            if item.files and not item.waits
        ),
        *(
            DueItem(
                kind=item.kind, term=str(terms[item.kind]), last_day=item.first, count=item.count
            )
            for item in found.rows
        ),
    ]
