"""Put files that are dropped on the page among a session's returns: never over another one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from sheetgen.files import explain, file_digest
from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet.limits import ARCHIVE_BYTES, FILE_BYTES, MEBIBYTE
from sheetgen.text import file_stem, visible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".zip", ".csv"}
"""Endings under which a juror may have saved a grid; the reading would refuse all others."""
_LONGEST_SHOWN = 100
"""Letters of a name that is told as the browser gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """The outcome for one dropped file.

    Attributes:
        told: in French.
        path: where it is; None where it was refused.
    """

    told: str
    path: Path | None = None


def safe_name(said: str) -> tuple[str, str]:
    """Return the stem and the ending under which a file of this name is kept, whoever named it."""
    last = PureWindowsPath(PurePosixPath(said).name).name
    stem, dot, ending = last.rpartition(".")
    if not dot:
        return file_stem(last), ""
    return file_stem(stem), f".{ending.lower()}"


async def deposit(folder: Path, said: str, chunks: AsyncIterator[bytes]) -> Deposit:
    """Write a dropped file into a folder, under its name or the first free numbered one.

    What is there already, to the byte, is not written again.

    Args:
        folder: of the returns; it is made where it is not there.
        said: the file's name, as a browser gives it.
        chunks: its content.
    """
    stem, ending = safe_name(said)
    shown = visible(said)[:_LONGEST_SHOWN]
    if ending not in _ENDINGS:
        return Deposit(
            told=f"{shown} : ce n’est ni un classeur ni une archive zip. Rien n’a été déposé."
        )
    limit = ARCHIVE_BYTES if ending == ".zip" else FILE_BYTES
    draft: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - one folder of this computer
        # Beside the folder and hidden: whoever reads the returns never meets half a file.
        handle, name = tempfile.mkstemp(prefix=".depot-", dir=folder.parent)
        draft = Path(name)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    most = limit // MEBIBYTE
                    return Deposit(
                        told=f"{shown} : plus de {most} Mo. Rien n’a été déposé ; déposer les "
                        "grilles une à une."
                    )
                digest.update(chunk)
                file.write(chunk)
        if not size:
            return Deposit(told=f"{shown} : le fichier est vide. Rien n’a été déposé.")
        return _place(draft, folder, (stem, ending), digest.hexdigest())
    except OSError as error:
        return Deposit(told=f"{shown} : {explain(error)}. Rien n’a été déposé.")
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _place(draft: Path, folder: Path, name: tuple[str, str], digest: str) -> Deposit:
    """Give a written file the first name that nobody has."""
    stem, ending = name
    number = 0
    while True:
        path = folder / (f"{stem}-{number}{ending}" if number else f"{stem}{ending}")
        try:
            # Fails where the name is taken, whoever takes it meanwhile.
            os.link(draft, path)
        except FileExistsError:
            if path.is_file() and file_digest(path) == digest:
                return Deposit(told=f"{path.name} : déjà déposé, à l’identique.", path=path)
            number += 1
            continue
        except OSError:
            # A file system without links.
            try:
                with path.open("xb") as file:
                    file.write(draft.read_bytes())
            except FileExistsError:
                continue
        path.chmod(0o644)
        told = f"{path.name} : déposé."
        if number:
            told = f"{path.name} : déposé sous ce nom ; un autre fichier s’appelle {stem}{ending}."
        return Deposit(told=told, path=path)
