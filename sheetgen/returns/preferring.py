"""Find the returns designated with `--prefer`, by their path, never guessed.

The path that messages show decides, whatever other folders hold. A part of it will do where it
fits one file only.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem
from sheetgen.problems import several_grids as kinds
from sheetgen.returns.findings import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sheetgen.returns.settle import Draft


def find_preferred(
    drafts: Sequence[Draft], preferred: Sequence[str]
) -> tuple[frozenset[str], list[Problem]]:
    """Return the names of the files that were designated, and what is wrong with that."""
    counting = {draft.item.file: draft.item.counts for draft in drafts}
    chosen: set[str] = set()
    problems: list[Problem] = []
    for wanted in preferred:
        location = Location(file=wanted)
        found = find_named(wanted, counting)
        if not found:
            problems.append(kinds.PREFERRED_UNKNOWN.at(location))
        elif len(found) > 1:
            problems.append(
                kinds.PREFERRED_AMBIGUOUS.at(location, count=len(found), found=listed(found))
            )
        else:
            chosen.update(found)
            if not counting[found[0]]:
                problems.append(kinds.PREFERRED_REJECTED.at(Location(file=found[0])))
    return frozenset(chosen), problems


def find_named(wanted: str, files: Iterable[str]) -> list[str]:
    """Return the files that a path may mean: one where it is the path shown, or fits one only."""
    names = list(files)
    for normal in (_exact, _normal):
        same = [file for file in names if normal(file) == normal(wanted)]
        if len(same) == 1:
            return same
    path = _normal(wanted)
    below = [file for file in names if f"/{_normal(file)}".endswith(f"/{path}")]
    # A path from further up, as the system shows it: the file that most of it names.
    above = [file for file in names if f"/{path}".endswith(f"/{_normal(file)}")]
    longest = max((len(_normal(file)) for file in above), default=0)
    above = [file for file in above if len(_normal(file)) == longest]
    return list(dict.fromkeys([*below, *above]))


def _exact(path: str) -> str:
    """Return a path as any system may write it, in its own case."""
    parts = unicodedata.normalize("NFC", path).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def _normal(path: str) -> str:
    """Return a path that is compared whatever the system that wrote it."""
    return _exact(path).casefold()
