"""The inputs of a consolidation, kept so that a later one can say what changed since.

The record lies with the session's private files: what was read, and the returns that counted, each
with its candidate, juror, file and SHA-256. It never enters a decision; `finalize` reads the same
files again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import returns_that_count, told_candidate, told_juror, told_of_marker
from sheetgen.problems import Location, Problem, several_grids
from sheetgen.problems import files as kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sheetgen.model import Return, Session

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A return that counted: its file and the SHA-256 of its bytes."""

    file: str
    sha256: str


def counted_returns(returns: Iterable[Return]) -> dict[Pair, Counted]:
    """Return the returns that count, by candidate and juror."""
    return {
        pair: Counted(file=item.file, sha256=item.sha256)
        for pair, item in returns_that_count(returns).items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The options and inputs of a consolidation.

    Attributes:
        returns: the files and folders it was given, absolute; empty for the session's own folder.
        preferred: the files designated with `--prefer`.
        counted: the returns that counted.
    """

    returns: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    counted: Mapping[Pair, Counted]


def read_history(path: Path) -> History | None:
    """Return the record of the last consolidation; None where there is none that can be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return History(
            returns=tuple(map(str, record["returns"])),
            preferred=tuple(map(str, record["preferred"])),
            counted={
                (line["candidate"], line["juror"]): Counted(
                    file=line["file"], sha256=line["sha256"]
                )
                for line in record["counted"]
            },
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_history(path: Path, history: History) -> None:
    """Record how this consolidation was run.

    Raises:
        OSError: the file cannot be written.
    """
    record = {
        "returns": history.returns,
        "preferred": history.preferred,
        "counted": [
            {"candidate": candidate, "juror": juror, "file": item.file, "sha256": item.sha256}
            for (candidate, juror), item in sorted(history.counted.items())
        ],
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    write_whole(path, f"{text}\n".encode("utf-8", "backslashreplace"))


def corrected_contents(returns: Iterable[Return]) -> frozenset[str]:
    """Return the SHA-256 of the returns that a correction stands for; each has its own note."""
    return frozenset(
        item.sha256
        for item in returns
        if any(problem.code == several_grids.GRID_CORRECTED.code for problem in item.problems)
    )


def changes_since(
    former: Mapping[Pair, Counted],
    current: Mapping[Pair, Counted],
    session: Session,
    corrected: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Return what a reader of the last decisions should know: returns new, changed or gone.

    A return of `corrected` changed as it was asked to.
    """
    problems = []
    for pair in sorted({*former, *current}):
        candidate, juror = pair
        before, now = former.get(pair), current.get(pair)
        if before and now and (before.sha256 == now.sha256 or before.sha256 in corrected):
            continue
        if now is None:
            kind, file = kinds.RETURN_GONE, before.file if before else ""
        else:
            kind, file = (kinds.RETURN_NEW if before is None else kinds.RETURN_CHANGED), now.file
        problems.append(
            kind.at(
                Location(file=file),
                candidate=told_candidate(session, candidate),
                juror=told_juror(session, juror),
                of_marker=told_of_marker(session, juror),
            )
        )
    return problems
