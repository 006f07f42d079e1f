"""`register`: what is held for life, shown, written to a workbook, taken in or recorded."""

from __future__ import annotations

from contextlib import closing as closed_after
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import recorded as kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path
    from typing import Any

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.register import Acquired, Connection, TakenIn

MOST_SHOWN = 50
"""The most people that `register show` shows of those that a text may mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPerson:
    """A person of the register.

    Attributes:
        number: `REG-12`.
        row: what the register says of them.
        held: what they hold.
        attempts: their candidatures by date.
    """

    number: str
    row: Mapping[str, Any]
    held: tuple[Acquired, ...]
    attempts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something due, of one kind: files of a session's folder, or data of the register.

    Attributes:
        term: as the settings file writes it.
        last_day: the last day on which it was to be kept; of the register's, the earliest.
        session: its code; None for the register's own data.
        paths: of the files.
        copied_in: the folder for a control, or its archive, in which they are copies; else empty.
        count: how many files, results or people.
    """

    kind: str
    term: str
    last_day: date
    count: int
    session: str | None = None
    paths: tuple[str, ...] = ()
    copied_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """The result of a command on the register, each of which fills its own part.

    Attributes:
        place: where the register is; empty where there is none.
        counts: how many people, sessions, blocs, certifications and papers it holds.
        people: those asked for.
        file: the workbook written.
        taken: what was taken in.
        coming: how many candidates the next session has.
        recorded: the session that was recorded; empty for none.
        files: the files of the statistics, `counted` the sessions counted in them.
        key_file: of the private key that seals papers; None where nobody said it.
        keys: the public ones, in base 64, the one in use last.
        day: the day on which what is due was asked for; None where it was not.
        due: what was due then, and is deleted where `deleted` says so.
        history: the account of what was deleted before; None where it was not asked for.
    """

    place: str = ""
    counts: Mapping[str, int] | None = None
    people: tuple[RegisteredPerson, ...] = ()
    file: Path | None = None
    taken: TakenIn | None = None
    coming: int | None = None
    recorded: str = ""
    files: tuple[Path, ...] = ()
    counted: int | None = None
    key_file: Path | None = None
    keys: tuple[str, ...] = ()
    day: date | None = None
    due: tuple[DueItem, ...] = ()
    deleted: bool = False
    history: tuple[Mapping[str, Any], ...] | None = None
    problems: tuple[Problem, ...] = ()


def show_register(options: Options, asked: str) -> RegisterAnswer:
    """Return the people whom a text may mean, or with an empty one what the register holds."""
    from sheetgen.register import (
        acquired_by,
        attempts_of,
        count_all,
        find_people,
        number_of,
        reserved_numbers,
    )

    def look(connection: Connection, place: str) -> RegisterAnswer:
        if not asked.strip():
            reserved = tuple(
                kinds.NUMBERS_RESERVED.at(
                    Location(file=place),
                    session=session,
                    count=len(numbers),
                    numbers=", ".join(numbers[:MOST_SHOWN]) + "…" * (len(numbers) > MOST_SHOWN),
                )
                for session, numbers in reserved_numbers(connection).items()
            )
            return RegisterAnswer(place=place, counts=count_all(connection), problems=reserved)
        rows = find_people(connection, asked, MOST_SHOWN + 1)
        held = list(acquired_by(connection, {row["id"] for row in rows}))
        people = tuple(
            RegisteredPerson(
                number=number_of(row["id"]),
                row=row,
                held=tuple(item for item in held if item.person == row["id"]),
                attempts=tuple(attempts_of(connection, row["id"])),
            )
            for row in rows[:MOST_SHOWN]
        )
        location = Location(file=place)
        problems = []
        if not rows:
            problems.append(kinds.NOBODY_FOUND.at(location, asked=asked))
        if len(rows) > MOST_SHOWN:
            problems.append(kinds.TOO_MANY_FOUND.at(location, asked=asked, most=MOST_SHOWN))
        return RegisterAnswer(place=place, people=people, problems=tuple(problems))

    return on_register(options, look)


def export_register(options: Options, path: Path) -> RegisterAnswer:
    """Write everybody and all that they hold to a workbook, never over another file."""
    from sheetgen.commands.writing import locks_reported
    from sheetgen.register import write_register_book

    if path.exists():
        problem = kinds.EXPORT_EXISTS.at(Location(file=str(path)))
        return RegisterAnswer(problems=(problem,))

    def write(connection: Connection, place: str) -> RegisterAnswer:
        problems: list[Problem] = []
        with locks_reported(problems, path):
            write_register_book(connection, path)
        written = None if problems else path
        return RegisterAnswer(place=place, file=written, problems=tuple(problems))

    return on_register(options, write)


def import_register(options: Options, path: Path) -> RegisterAnswer:
    """Take in a workbook, whole or not at all; make the register where there is none yet."""
    from sheetgen.jury import current_user
    from sheetgen.problems import importing
    from sheetgen.register import read_register_book

    if not path.exists():
        absent = importing.FILE_ABSENT.at(Location(file=str(path)))
        return RegisterAnswer(problems=(absent,))

    def take(connection: Connection, place: str) -> RegisterAnswer:
        taken, problems = read_register_book(connection, path, current_user())
        return RegisterAnswer(place=place, taken=taken, problems=tuple(problems))

    return on_register(options, take, writes=True)


def write_next(options: Options, referential: Path, path: Path, day: date | None) -> RegisterAnswer:
    """Write the workbook of a session for everybody who has still to present a certification.

    Args:
        options: where the register is.
        referential: that of the certification.
        path: of the workbook, never over another file.
        day: of the session to come; today where it is not known yet.
    """
    from datetime import UTC, datetime

    from sheetgen.commands.next_workbook import next_contents
    from sheetgen.commands.writing import locks_reported
    from sheetgen.register import next_candidates, number_of
    from sheetgen.sources import read_referential
    from sheetgen.sources.schema import SESSION
    from sheetgen.sources.write import write_source_workbook
    from sheetgen.text.fold import fold

    if path.exists():
        problem = kinds.EXPORT_EXISTS.at(Location(file=str(path)))
        return RegisterAnswer(problems=(problem,))
    read, found = read_referential(referential, tried=False)
    if read is None:
        return RegisterAnswer(problems=tuple(found))
    title = read.certification
    key = fold(title.rncp_code or title.title)

    def write(connection: Connection, place: str) -> RegisterAnswer:
        today = datetime.now(UTC).astimezone().date()
        people = next_candidates(connection, key, read, day or today)
        coming = [item for item in people if not item.left_out]
        location = Location(file=str(path), sheet="Candidats")
        problems = [
            (kinds.NO_RESIT if item.refusal else kinds.NOTHING_TO_PRESENT).at(
                location,
                name=f"{item.person['first_name']} {item.person['last_name']}",
                number=number_of(item.person["id"]),
                reason=item.left_out,
            )
            for item in people
            if item.left_out
        ]
        if day is not None and day < today:
            problems.append(kinds.NEXT_DAY_PAST.at(location, day=f"{day:%d/%m/%Y}"))
        if not coming:
            problems.append(kinds.NOBODY_COMES_BACK.at(Location(file=place), title=title.title))
            return RegisterAnswer(place=place, problems=tuple(problems))
        refused: list[Problem] = []
        with locks_reported(refused, path):
            write_source_workbook(path, SESSION, next_contents(coming, day))
        written = None if refused else path
        return RegisterAnswer(
            place=place, file=written, coming=len(coming), problems=(*problems, *refused)
        )

    return on_register(options, write)


def record_session(inputs: Inputs, options: Options) -> RegisterAnswer:
    """Record a session that is closed already, as its closing was frozen."""
    from dataclasses import replace

    from sheetgen.commands.check import read_inputs
    from sheetgen.commands.closed import ClosingKeeper, alone_on
    from sheetgen.commands.registry import RegisterKeeper
    from sheetgen.commands.writing import locks_reported
    from sheetgen.jury import UnreadableFinalError
    from sheetgen.jury.closings import UnreadableClosingError
    from sheetgen.session_folder.paths import SessionFolder

    checked = read_inputs(inputs, replace(options, reports=False))
    problems = list(checked.errors)
    if checked.session is None:
        return RegisterAnswer(problems=tuple(problems))
    folder = SessionFolder.of(inputs.output, checked.session)
    closed = ClosingKeeper(folder=folder, problems=problems)
    keeper = RegisterKeeper(
        address=options.register, session=inputs.session, folder=folder, problems=problems
    )
    code = checked.session.code
    with locks_reported(problems, folder.private), alone_on(folder, problems) as alone:
        try:
            last = closed.last() if alone else None
            if alone and (last is None or last.printed is None):
                place = Location(file=str(folder.final))
                problems.append(kinds.NOT_CLOSED.at(place, session=code))
            for version in closed.closings.versions if alone else ():
                record = closed.closings.read(version)
                if record.printed is not None and not has_errors(problems):
                    keeper.record(record, closed, checked.session, late=True)
        except (UnreadableClosingError, UnreadableFinalError) as error:
            problems.append(error.problem)
    recorded = "" if has_errors(problems) else code
    return RegisterAnswer(place=options.register or "", recorded=recorded, problems=tuple(problems))


def on_register(
    options: Options,
    act: Callable[[Connection, str], RegisterAnswer],
    *,
    writes: bool = False,
    create: bool | None = None,
) -> RegisterAnswer:
    """Do something with the register; what it refuses is a problem.

    Args:
        options: where it is.
        act: does it.
        writes: whether it writes.
        create: whether the register is made where there is none; where it writes, if unsaid.
    """
    from sheetgen.register import RegisterError, open_register

    address = options.register or ""
    try:
        register = open_register(address, create=writes if create is None else create)
        if register is None:
            return RegisterAnswer(problems=(kinds.REGISTER_ABSENT.at(Location(file=address)),))
        with closed_after(register):
            opened = register.writing() if writes else register.reading()
            with opened as connection:
                return act(connection, register.place.file)
    except RegisterError as error:
        return RegisterAnswer(problems=(error.problem,))
