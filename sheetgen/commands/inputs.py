"""The arguments of every command: where the files are, how to run, and the session's signing key.

The key is found, made the first time, or given up when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.session_folder import listed_grids
from sheetgen.session_folder.key_file import UnusableKeyError, create_key, protect_key, read_key
from sheetgen.session_folder.written_files import set_aside

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sheetgen.grid.identity import SigningKey
    from sheetgen.model import Session
    from sheetgen.session_folder import GridRecord
    from sheetgen.session_folder.paths import SessionFolder

Step = Callable[[], None]
Progress = Callable[[str, int], "AbstractContextManager[Step]"]
"""Given what is being done and in how many steps, a context whose value is called at each step."""


@contextmanager
def no_progress(_what: str, _steps: int) -> Iterator[Step]:
    """Yield a step that shows nothing."""
    yield lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The places of the school's files."""

    referential: Path
    session: Path
    templates: Path
    output: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The way to run: by whom, with Word documents or not, what to overwrite or prefer.

    Attributes:
        jobs: processes at most.
        scheduler: the address of a Dask cluster to be used instead; None without one.
        export: an export of the register, with which `check` compares.
        new_key: whether to sign with another key, so that the grids that are out count no more.
        paper: codes of jurors who are to get grids on paper.
        register: where the register is, a path or an address; None for nothing to be recorded.
        key: the file of the private key that seals papers; None for the one beside the register.
        pdf: whether to make a PDF of each document.
        libreoffice: what makes them, where the user says which; None to look for one.
        deciding: whether all candidates will be decided, which begins while returns are read.
    """

    jobs: int = 1
    scheduler: str | None = None
    reports: bool = True
    force: bool = False
    new_key: bool = False
    export: Path | None = None
    register: str | None = None
    key: Path | None = None
    preferred: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    pdf: bool = False
    libreoffice: Path | None = None
    deciding: bool = False
    progress: Progress = no_progress


def open_key(
    folder: SessionFolder, problems: list[Problem], *, create: bool = False
) -> SigningKey | None:
    """Return the session's signing key; None with a problem where there is none.

    Args:
        folder: the session's.
        problems: to be added to.
        create: whether to make one for a session of which nothing was made.
    """
    problem = check_key(folder)
    if problem is not None:
        problems.append(problem)
        return None
    location = Location(file=str(folder.key))
    try:
        key = read_key(folder.key)
        if key is not None:
            if create:
                protect_key(folder.key)
            return key
        if create:
            return create_key(folder.key)
        problems.append(kinds.KEY_MISSING.at(location))
    except OSError as error:
        problems.append(kinds.FILE_NOT_WRITTEN.at(location, reason=explain(error)))
    return None


def check_key(folder: SessionFolder) -> Problem | None:
    """Return a problem where the key of grids that were made is lost, or cannot be used."""
    location = Location(file=str(folder.key))
    try:
        if read_key(folder.key) is not None:
            return None
    except UnusableKeyError:
        return kinds.KEY_UNUSABLE.at(location)
    except OSError as error:
        return kinds.FILE_NOT_WRITTEN.at(location, reason=explain(error))
    evidence = _find_evidence(folder)
    return None if evidence is None else kinds.KEY_LOST.at(location, evidence=evidence)


def replace_key(
    folder: SessionFolder, made: GridRecord, session: Session, problems: list[Problem]
) -> SigningKey | None:
    """Make a signing key in place of the one there was, which is kept.

    Says what that voids.
    """
    location = Location(file=str(folder.key))
    grids = sorted(folder.grids.rglob("*.xlsx"))
    try:
        set_aside(folder.key, None)
        key = create_key(folder.key)
    except OSError as error:
        problems.append(kinds.FILE_NOT_WRITTEN.at(location, reason=explain(error)))
        return None
    if made.current or grids:
        people = listed_grids(made.current.values(), session) or ", ".join(
            path.stem for path in grids
        )
        count = len(made.current) or len(grids)
        problems.append(kinds.KEY_REPLACED.at(location, count=count, people=people))
    return key


def _find_evidence(folder: SessionFolder) -> str | None:
    """Return the evidence that grids were made or came back; None without any."""
    if folder.made.exists() or any(folder.grids.rglob("*.xlsx")):
        return "des grilles ont été faites"
    returned = (path for path in folder.returns.rglob("*") if not path.name.startswith("."))
    if any(path.is_file() for path in returned):
        return "des grilles sont revenues"
    if folder.history.exists() or folder.final.exists():
        return "une consolidation a été faite"
    return None
