"""A PostgreSQL server for the tests, on a free port of this machine alone, gone with them."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pg8000.native

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OWNER = "postgres"
"""Whom the server runs as where the tests run as root, which it refuses."""
PASSWORD = "essai"  # noqa: S105 - of a server that only the tests reach


class NoServerError(Exception):
    """Raised where PostgreSQL is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server; `port` is its port on 127.0.0.1."""

    port: int

    def url(self, database: str, password: str = PASSWORD) -> str:
        """Return the address of a database."""
        return f"postgresql://{_OWNER}:{password}@127.0.0.1:{self.port}/{database}"

    def dump(self, path: Path) -> None:
        """Save the server's own database as `pg_dump` does."""
        self._tool("pg_dump", "--format=custom", f"--file={path}", self.url("postgres"))

    def restore(self, path: Path) -> None:
        """Put a saved database back in place of what is there."""
        self.empty()
        self._tool("pg_restore", "--clean", "--if-exists", f"--dbname={self.url('postgres')}", path)

    def _tool(self, name: str, *arguments: str | Path) -> None:
        command = [str(part) for part in (_programs() / name, *arguments)]
        subprocess.run(command, capture_output=True, check=True)

    def empty(self) -> None:
        """Take everything out of the server's own database, which is quicker than making one."""
        with closing(
            pg8000.native.Connection(_OWNER, "127.0.0.1", port=self.port, password=PASSWORD)
        ) as admin:
            admin.run("DROP SCHEMA public CASCADE")
            admin.run("CREATE SCHEMA public")


def _programs() -> Path:
    """Return the folder of PostgreSQL's own programs.

    Raises:
        NoServerError: there is none.
    """
    found = shutil.which("pg_ctl")
    if found is not None:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not installed:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        raise NoServerError(message)
    return installed[-1].parent


def _run(arguments: Sequence[str | Path], owner: str) -> None:
    command = [str(part) for part in arguments]
    if owner != getpass.getuser():
        command = ["runuser", "-u", owner, "--", *command]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{command}\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)


def _started(control: Sequence[str | Path], owner: str) -> int:
    """Start the server on a free port, and return that port.

    Between the look for a free port and the start, another process may have taken it.
    """
    for left in reversed(range(5)):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        )
        try:
            _run([*control, "-o", settings, "start"], owner)
        except RuntimeError:
            if not left:
                raise
        else:
            return port
    raise AssertionError


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Start a server whose files are in a folder, and stop it.

    Raises:
        NoServerError: PostgreSQL is not installed.
    """
    programs = _programs()
    owner = _OWNER if os.geteuid() == 0 else getpass.getuser()
    folder.mkdir(parents=True, exist_ok=True)
    secret, data = folder / "password", folder / "data"
    secret.write_text(PASSWORD, encoding="ascii")
    if os.geteuid() == 0:
        account = pwd.getpwnam(owner)
        for path in (folder, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    rules = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")
    _run([programs / "initdb", "-D", data, "-U", _OWNER, f"--pwfile={secret}", *rules], owner)
    control = programs / "pg_ctl"
    port = _started([control, "-D", data, "-l", folder / "log", "-w", "-t", "120"], owner)
    try:
        yield Server(port=port)
    finally:
        _run([control, "-D", data, "-m", "immediate", "stop"], owner)
