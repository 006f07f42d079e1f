"""Keeping a closed session closed: `final/` is written once, and reopened only for a stated reason.

Nothing in `final/` is ever overwritten. A reopening first moves everything to `final/versions/<n>`,
the decisions last: as long as they are there, the session is closed.
"""

from __future__ import annotations

import getpass
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from sheetgen.deliberation.final import Record, final_members, render_final
from sheetgen.deliberation.records import FinalDecisions, Reopening
from sheetgen.json_files import write_json
from sheetgen.model import BlockOutcome, CertificationOutcome
from sheetgen.motives import says_something
from sheetgen.problems import Location, Problem
from sheetgen.problems import deliberation as kinds
from sheetgen.replacing import replacing
from sheetgen.system_errors import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DECISIONS = "decisions.json"
VERSIONS = "versions"
_SHOWN = 6
_OTHER_PARTS = {
    "closing": "date ou heure de clôture",
    "incidents": "incidents",
    "observations": "observations",
    "session": "session",
    "referential": "référentiel",
}
"""What must be the same beside the candidates, and how it is called; not the returned files."""


class UnreadableFinalError(Exception):
    """The decisions written at the closing cannot be read; `problem` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.problem = kinds.FINAL_UNREADABLE.at(Location(file=str(path)), reason=reason)


def check_frozen(folder: Path, final: FinalDecisions) -> Problem | None:
    """Why these decisions may not be written in `folder`, the session's `final/`; None if they may.

    They may in a session that is not closed, and again where they are those it was closed with.
    """
    try:
        former = _read_former(folder)
    except UnreadableFinalError as error:
        return error.problem
    if former is None:
        return None
    differences = list(_differences(former, _plain(final)))
    if not differences:
        return None
    more = len(differences) - _SHOWN
    told = [*differences[:_SHOWN], *([f"et {more} autre(s)"] if more > 0 else [])]
    place = Location(file=str(folder / DECISIONS))
    return kinds.FINAL_FROZEN.at(place, found=" ; ".join(told))


def open_final(
    folder: Path, final: FinalDecisions, reason: str | None = None
) -> FinalDecisions | Problem:
    """The decisions to write in `folder`, with the reopenings behind them, or why they may not be.

    A session that is closed is reopened if a reason to is given, be it with the same decisions, to
    make its papers again; what it held is then under `final/versions/`.

    Raises:
        OSError: a file of the session cannot be moved; none is then.
    """
    problem = check_frozen(folder, final)
    if problem is not None and (reason is None or problem.code != kinds.FINAL_FROZEN.code):
        return problem
    before = _reopened_before(folder)
    if reason is None or not _is_closed(folder):
        return replace(final, reopened=before)
    if not says_something(reason):
        return kinds.REOPENING_UNREASONED.at(Location(file=str(folder / DECISIONS)))
    record = Reopening(
        by=_user(), at=datetime.now(UTC), reason=reason.strip(), version=_set_aside(folder)
    )
    return replace(final, reopened=(*before, record))


def write_final_decisions(folder: Path, final: FinalDecisions) -> Path:
    """Closes the session: writes `decisions.json`, the first of its files, unless it is there.

    Raises:
        OSError: the file cannot be written.
    """
    path = folder / DECISIONS
    if not path.exists():
        with replacing(path) as draft, draft.open("wb") as file:
            write_json(file, final_members(final))
    return path


def _plain(final: FinalDecisions) -> Record:
    """The decisions as reading them back gives them."""
    return cast("Record", json.loads(json.dumps(render_final(final))))


def _read_former(folder: Path) -> Record | None:
    """The decisions of the closing; of the last version where a reopening was cut short.

    Raises:
        UnreadableFinalError: they cannot be read.
    """
    path = folder / DECISIONS
    if not path.exists():
        numbers = _versions(folder)
        if not numbers:
            return None
        path = folder / VERSIONS / str(max(numbers)) / DECISIONS
    return read_record(path)


def read_record(path: Path) -> Record:
    """The decisions in a file written at a closing.

    Raises:
        UnreadableFinalError: they cannot be read.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFinalError(path, explain(error)) from error
    except ValueError as error:
        raise UnreadableFinalError(path, "ce n'est pas du JSON") from error
    if not _is_final(record):
        raise UnreadableFinalError(path, "ce ne sont pas des décisions finales")
    return cast("Record", record)


def _is_final(record: object) -> bool:
    """Whether a record has what is looked for in one."""
    return (
        isinstance(record, dict)
        and _are_records(record.get("candidates"), {"id", "outcome", "blocks"})
        and all(_are_records(item["blocks"], {"code", "outcome"}) for item in record["candidates"])
        and _are_records(record.get("reopened"), {"by", "at", "reason", "version"})
    )


def _are_records(items: object, keys: set[str]) -> bool:
    return isinstance(items, list) and all(
        isinstance(item, dict) and keys <= item.keys() for item in items
    )


def _reopened_before(folder: Path) -> tuple[Reopening, ...]:
    former = _read_former(folder)
    if former is None:
        return ()
    items = cast("list[dict[str, str]]", former["reopened"])
    return tuple(
        Reopening(
            by=item["by"],
            at=datetime.fromisoformat(item["at"]),
            reason=item["reason"],
            version=int(item["version"]),
        )
        for item in items
    )


def _set_aside(folder: Path) -> int:
    """Moves all but the versions to the next version's folder; the number of that version.

    Raises:
        OSError: a file cannot be moved; those already moved are back in their place.
    """
    numbers = _versions(folder)
    current = [path for path in folder.iterdir() if path.name != VERSIONS]
    if not current:
        return max(numbers)
    number = max(numbers, default=0) + 1
    target = folder / VERSIONS / str(number)
    target.mkdir(parents=True)
    moved: list[Path] = []
    try:
        for path in sorted(current, key=lambda item: (item.name == DECISIONS, item.name)):
            path.rename(target / path.name)
            moved.append(path)
    except OSError:
        for path in moved:
            (target / path.name).rename(path)
        target.rmdir()
        raise
    return number


def _is_closed(folder: Path) -> bool:
    return (folder / DECISIONS).exists() or bool(_versions(folder))


def _versions(folder: Path) -> list[int]:
    kept = folder / VERSIONS
    if not kept.is_dir():
        return []
    return [int(path.name) for path in kept.iterdir() if path.name.isdecimal()]


def _user() -> str:
    """The name under which somebody is logged in."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        # Systems without accounts, such as some containers, have no name to give.
        return "inconnu"


def _differences(former: Record, current: Record) -> Iterator[str]:
    """What is decided otherwise, in the words of a reader; nothing where all is the same."""
    before, after = _by_candidate(former), _by_candidate(current)
    for number in sorted(before.keys() | after.keys()):
        if number not in after or number not in before:
            yield f"candidat {number} {'retiré' if number in before else 'ajouté'}"
            continue
        if before[number] != after[number]:
            changes = list(_changes(before[number], after[number]))
            yield from changes or [f"candidat {number} : identité, motifs ou appréciations"]
    for key, name in _OTHER_PARTS.items():
        if former.get(key) != current.get(key):
            yield name


def _by_candidate(record: Record) -> dict[str, Record]:
    return {str(item["id"]): item for item in cast("list[Record]", record["candidates"])}


def _changes(before: Record, after: Record) -> Iterator[str]:
    """The outcomes of one candidate that differ."""
    blocks = {item["code"]: item for item in cast("list[Record]", before["blocks"])}
    for block in cast("list[Record]", after["blocks"]):
        old = blocks.get(block["code"], {}).get("outcome")
        if old != block["outcome"]:
            words = _word(BlockOutcome, old), _word(BlockOutcome, block["outcome"])
            yield f"candidat {after['id']}, {block['code']} : {words[0]} → {words[1]}"
    if before["outcome"] != after["outcome"]:
        old, new = (_word(CertificationOutcome, item["outcome"]) for item in (before, after))
        yield f"candidat {after['id']}, certification : {old} → {new}"


def _word(terms: type[BlockOutcome | CertificationOutcome], key: object) -> str:
    """The French word for an outcome's key."""
    return next((str(term.value) for term in terms if term.key == key), "rien")
