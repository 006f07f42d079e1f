"""Opening a register, whichever database holds it, and its transactions.

A register is a file of SQLite, or a database of PostgreSQL by its address. Whoever writes does so
alone: SQLite locks the file, PostgreSQL a number that stands for the register. Two people who close
two sessions at once wait for each other.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location
from sheetgen.problems import recorded as kinds
from sheetgen.register.refusals import RegisterError, explained
from sheetgen.register.register_tables import EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.interfaces import DBAPIConnection

__all__ = ["Connection", "Register", "open_register"]

REVISION = "0001"
"""The revision of the tables that this program reads and writes."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = 60.0
"""Seconds to wait for somebody else who writes."""
_WHOLE_REGISTER = 7_243_391
"""The number of PostgreSQL's advisory lock that stands for the register."""
_POSTGRESQL = "postgresql+pg8000"
_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": _POSTGRESQL, "postgres": _POSTGRESQL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register that was opened; `place` is its address without any password."""

    engine: Engine
    place: Location

    @property
    def key_file(self) -> Path | None:
        """Return the file of the private key beside the register; None where it has no folder."""
        database = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not database:
            return None
        return Path(database).with_suffix(".key")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the register.

        Raises:
            RegisterError: the database refuses.
        """
        with self._translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection on which everything is written, or nothing; nobody else writes then.

        Raises:
            RegisterError: the database refuses, or somebody else has been writing for a minute.
        """
        with self._translated(), self.engine.connect() as connection:
            alone = connection.execution_options(register_writes=True)
            with alone.begin():
                if self.engine.dialect.name == "postgresql":
                    alone.execute(text(f"SET LOCAL lock_timeout = '{int(_PATIENCE)}s'"))
                    alone.execute(text(f"SELECT pg_advisory_xact_lock({_WHOLE_REGISTER})"))
                yield alone

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise RegisterError(explained(error, self.place)) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_register(address: str, *, create: bool = False) -> Register | None:
    """Open the register at an address: a path, or a URL of PostgreSQL.

    Args:
        address: where it is.
        create: make it where it is not there yet, and bring its tables up to date.

    Returns:
        The register; None where there is none yet and none is to be made.

    Raises:
        RegisterError: it cannot be opened, or a newer program made it.
    """
    url = _parse(address)
    place = _place(url)
    file = Path(url.database) if url.database and url.get_backend_name() == "sqlite" else None
    if file is not None and not file.exists() and not create:
        return None
    register = Register(engine=_engine(url, place), place=place)
    try:
        with register.reading() as connection:
            found = _revision(connection)
        if found is None and not create:
            register.close()
            return None
        if found != REVISION:
            _upgrade(register, found)
    except BaseException:
        register.close()
        raise
    return register


def note(connection: Connection, by: str, what: str, **detail: object) -> None:
    """Record in the register what somebody did to it."""
    connection.execute(
        EVENT.insert().values(
            at=now_text(),
            by=by,
            what=what,
            detail=json.dumps(detail, ensure_ascii=False, default=str),
        )
    )


def now_text() -> str:
    """Return the present moment in UTC, to the second, as the register keeps moments."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def check_address(address: str) -> None:
    """Look at the address of a register without opening it.

    Raises:
        RegisterError: it is none.
    """
    _parse(address)


def _parse(address: str) -> URL:
    if "://" not in address:
        return URL.create(_DRIVERS["sqlite"], database=str(Path(address)))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:  # a port that is no number
        place = Location(file=address.rsplit("@", maxsplit=1)[-1])
        raise RegisterError(kinds.REGISTER_ADDRESS_UNUSABLE.at(place)) from error
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None or (driver != _POSTGRESQL and not url.database):
        raise RegisterError(kinds.REGISTER_ADDRESS_UNUSABLE.at(_place(url)))
    return url.set(drivername=driver)


def _place(url: URL) -> Location:
    if url.get_backend_name() == "sqlite":
        return Location(file=url.database or "")
    shown = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    return Location(file=shown)


def _engine(url: URL, place: Location) -> Engine:
    try:
        if url.get_backend_name() == "postgresql":
            return create_engine(url, connect_args={"timeout": _PATIENCE})
        engine = create_engine(url, connect_args={"timeout": _PATIENCE})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise RegisterError(kinds.REGISTER_DRIVER_MISSING.at(place)) from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Let SQLAlchemy say where a transaction begins, rather than Python's own module."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("register_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(connection: Connection) -> str | None:
    """Return the revision of the tables; None for a database that holds no register."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(register: Register, found: str | None) -> None:
    """Make the tables, or bring them to this program's revision.

    Raises:
        RegisterError: a newer program made them.
    """
    # Alembic takes half a second to load, once in a register's life.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    known = {item.revision for item in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise RegisterError(kinds.REGISTER_NEWER.at(register.place, found=found))
    with register.writing() as connection:
        if _revision(connection) != REVISION:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
