"""The deletion of files whose term is over: each is looked at again before it goes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import explain, file_digest
from sheetgen.problems import Location, Problem
from sheetgen.problems import forgotten as kinds

if TYPE_CHECKING:
    from sheetgen.retention.due_files import DueFiles
    from sheetgen.session_folder.paths import SessionFolder


def delete_files(folder: SessionFolder, due: DueFiles) -> list[Problem]:
    """Delete the files of a kind, and the folders that they leave empty; return what stays.

    A file that is gone already is no problem: an earlier run was cut short. One that was changed
    since it was listed stays, and so does one that the system refuses to delete.
    """
    problems: list[Problem] = []
    emptied: set[Path] = set()
    for file in due.files:
        path = folder.root / file.path
        try:
            if path.is_symlink() or file_digest(path) != file.sha256:
                problems.append(kinds.FORGET_CHANGED.at(Location(file=str(path)), kind=due.kind))
                continue
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            place = Location(file=str(path))
            problems.append(kinds.FORGET_REFUSED.at(place, reason=explain(error)))
            continue
        emptied.update(parent for parent in path.parents if folder.root in parent.parents)
    # The deepest first: a folder that holds another is empty once that one is gone.
    for parent in sorted(emptied, key=lambda item: len(item.parts), reverse=True):
        with suppress(OSError):
            parent.rmdir()
    return problems


def delete_witness(witness: Path, folder: SessionFolder) -> None:
    """Delete the record of the closing in force, and the session's folder if nothing is left.

    Raises:
        OSError: it cannot be deleted.
    """
    witness.unlink(missing_ok=True)
    for base, _, _ in os.walk(folder.root, topdown=False):
        with suppress(OSError):
            Path(base).rmdir()
