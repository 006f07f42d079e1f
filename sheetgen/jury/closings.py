"""The closings of a session, as `.sheetgen/closing/` keeps them: what was frozen, file by file.

Each closing has a numbered folder. Its files are written first, its record `closing.json` last: a
folder without a record is a closing that was cut short, and counts for nothing. `final/` is only a
copy of the last closing, made again from here as often as a file of it is missing.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING, Any, cast

from sheetgen.files import (
    Streamed,
    explain,
    file_digest,
    read_json,
    replacing,
    write_json,
    write_whole,
)
from sheetgen.jury.frozen_sources import FrozenSources, parse_sources, render_sources
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Reopening
from sheetgen.problems import Location, Problem
from sheetgen.problems import frozen as kinds
from sheetgen.sources.read import PrintedKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sheetgen.problems import Kind
    from sheetgen.session_folder.paths import SessionFolder

RECORD = "closing.json"
FILES = "files"
DECISIONS = "decisions.json"
_INTENT = "reopening.json"
_PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFile:
    """A file of a closing.

    Attributes:
        path: from `final/`, with slashes.
        kind: of paper, as in the file's name (`attestation`); empty for what is no paper.
        candidate: whose paper it is; empty for a file on the session.
        block: the bloc's code, for an attestation.
        number: the register's number of it; empty for a paper that has none.
    """

    path: str
    sha256: str
    kind: str = ""
    candidate: str = ""
    block: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRecord:
    """The record of what a closing froze.

    Attributes:
        version: 1 for the first closing of a session, one more at each reopening.
        made: when, in UTC; None for a closing by a version of sheetgen that did not note it.
        session: the session's code.
        workbook: SHA-256 of the workbook in which the jury had written; empty where not noted.
        printed: what the sources said; None where it was not noted.
        files: decisions and papers.
        papers: whether the papers were made with the decisions.
        reopened: the reopenings before this closing, oldest first; None where only its decisions
            tell them.
        sources: the source workbooks, kept to the byte; None for a closing by a version of sheetgen
            that did not keep them.
    """

    version: int
    made: dt.datetime | None
    session: str
    workbook: str
    printed: Mapping[PrintedKey, str] | None
    files: tuple[FrozenFile, ...]
    papers: bool
    reopened: tuple[Reopening, ...] | None = None
    sources: FrozenSources | None = None

    def paper(self, kind: str, candidate: str = "", block: str = "") -> FrozenFile | None:
        """Return the paper of this kind on this candidate, whatever its file is called."""
        asked = (kind, candidate, block)
        return next((f for f in self.files if (f.kind, f.candidate, f.block) == asked), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningIntent:
    """A reopening that somebody asked for, written before anything else is.

    Attributes:
        asked: who, when and why, and the version to be replaced; the last one holds, those before
            it were cut short.
        workbook: SHA-256 of the workbook given with it: the same one, given again, completes it.
    """

    asked: tuple[Reopening, ...]
    workbook: str


class UnreadableClosingError(Exception):
    """Raised when what a closing froze cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Closings:
    """Reads and writes the closings of one session."""

    folder: Path

    @classmethod
    def of(cls, session: SessionFolder) -> Closings:
        """Return the closings of a session's folder."""
        return cls(folder=session.closings)

    def files_of(self, version: int) -> Path:
        """Return the folder of a closing's files, laid out as in `final/`."""
        return self.folder / str(version) / FILES

    @property
    def versions(self) -> list[int]:
        """Return the numbers of the closings that were completed, in order."""
        return sorted(n for n in self._numbers() if (self.folder / str(n) / RECORD).exists())

    @property
    def unfinished(self) -> list[int]:
        """Return the numbers of the closings that were cut short, in order."""
        return sorted(set(self._numbers()) - set(self.versions))

    def _numbers(self) -> list[int]:
        if not self.folder.is_dir():
            return []
        return [int(path.name) for path in self.folder.iterdir() if path.name.isdecimal()]

    def last(self) -> ClosingRecord | None:
        """Return the closing in force; None for a session that is not closed.

        Raises:
            UnreadableClosingError: it cannot be read.
        """
        versions = self.versions
        return self.read(versions[-1]) if versions else None

    def read(self, version: int) -> ClosingRecord:
        """Read the record of what this closing froze.

        Raises:
            UnreadableClosingError: it cannot be read.
        """
        path = self.folder / str(version) / RECORD
        try:
            return _parse_record(cast("dict[str, Any]", read_json(path, files=_parse_file)))
        except OSError as error:
            raise UnreadableClosingError(_unreadable(path, explain(error))) from error
        except (ValueError, KeyError, TypeError) as error:
            problem = _unreadable(path, "il a été modifié ou abîmé")
            raise UnreadableClosingError(problem) from error

    def write(self, record: ClosingRecord) -> None:
        """Complete a closing whose files are all written: from here on it is the one in force.

        Raises:
            OSError: the record cannot be written; the closing then counts for nothing.
        """
        path = self.folder / str(record.version) / RECORD
        with replacing(path) as draft, draft.open("wb") as file:
            write_json(file, _record_members(record))

    def discard_unfinished(self) -> list[int]:
        """Remove the closings that were cut short; return their numbers.

        Raises:
            OSError: one cannot be removed.
        """
        unfinished = self.unfinished
        for number in unfinished:
            shutil.rmtree(self.folder / str(number))
        return unfinished

    def find_frozen(self, version: int, file: FrozenFile) -> Path:
        """Return where a frozen file is kept, just as it was frozen.

        Raises:
            UnreadableClosingError: it is lost, or no longer what was frozen.
        """
        path = self.files_of(version) / file.path
        kind = kinds.CLOSED_DECISIONS_LOST if file.path == DECISIONS else kinds.CLOSED_FILE_LOST
        place = Location(file=str(path))
        try:
            digest = file_digest(path)
        except OSError as error:
            problem = kind.at(place, reason=explain(error), name=file.path)
            raise UnreadableClosingError(problem) from error
        if digest != file.sha256:
            reason = "il n'est plus ce qu'il était à la clôture"
            raise UnreadableClosingError(kind.at(place, reason=reason, name=file.path))
        return path

    def read_intent(self) -> ReopeningIntent | None:
        """Return the reopening that was asked for and is not completed; None without one."""
        try:
            noted = json.loads((self.folder / _INTENT).read_text(encoding="utf-8"))
            return ReopeningIntent(
                asked=tuple(map(parse_reopening, noted["asked"])), workbook=str(noted["workbook"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_intent(self, intent: ReopeningIntent) -> None:
        """Note who reopens, when and why, before anything else is written.

        Raises:
            OSError: it cannot be noted; nothing may then be reopened.
        """
        noted = {"asked": list(map(render_reopening, intent.asked)), "workbook": intent.workbook}
        text = json.dumps(noted, ensure_ascii=False, indent=2)
        write_whole(self.folder / _INTENT, f"{text}\n".encode("utf-8", "backslashreplace"))

    def forget_intent(self) -> None:
        """Forget a reopening that is completed.

        Raises:
            OSError: its note cannot be removed.
        """
        (self.folder / _INTENT).unlink(missing_ok=True)

    @property
    def published(self) -> int:
        """Return the closing of which `final/` was last made a whole copy; 0 for none."""
        try:
            return int((self.folder / _PUBLISHED).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def note_published(self, version: int) -> None:
        """Note that `final/` is a whole copy of this closing.

        Raises:
            OSError: it cannot be noted.
        """
        write_whole(self.folder / _PUBLISHED, f"{version}\n".encode("ascii"))


def _unreadable(path: Path, reason: str) -> Problem:
    return kinds.CLOSING_UNREADABLE.at(Location(file=str(path)), reason=reason)


def unfinished_reopening(closings: Closings, version: int) -> ReopeningIntent | None:
    """Return the reopening of the closing in force that was cut short; None without one."""
    intent = closings.read_intent()
    if intent is None or not intent.asked or intent.asked[-1].version != version:
        return None
    return intent


def told_reopening(kind: Kind, final: Path, asked: Reopening) -> Problem:
    """Say of a reopening who asked for it, when and why."""
    at = f"{asked.at.astimezone():%d/%m/%Y à %H:%M}"
    return kind.at(Location(file=str(final)), by=asked.by, at=at, reason=asked.reason)


def render_reopening(item: Reopening) -> dict[str, object]:
    """Return a reopening as `decisions.json` tells it."""
    said: dict[str, object] = {
        "by": item.by,
        "at": item.at.isoformat(timespec="seconds"),
        "reason": item.reason,
        "version": item.version,
    }
    return said if item.completed else {**said, "completed": False}


def parse_reopening(said: Mapping[str, Any]) -> Reopening:
    """Return a reopening from what `decisions.json` tells of it.

    Raises:
        KeyError, ValueError, TypeError: it is none.
    """
    return Reopening(
        by=said["by"],
        at=dt.datetime.fromisoformat(said["at"]),
        reason=said["reason"],
        version=int(said["version"]),
        completed=said.get("completed", True) is True,
    )


def _record_members(record: ClosingRecord) -> Iterator[tuple[str, object]]:
    yield "schema", "sheetgen.closing/1"
    yield "version", record.version
    yield "made", record.made.isoformat(timespec="seconds") if record.made else None
    yield "session", record.session
    yield "workbook", record.workbook
    yield "papers", record.papers
    names = FrozenFile.__dataclass_fields__
    yield "files", ({name: getattr(item, name) for name in names} for item in record.files)
    printed = None if record.printed is None else _nested(record.printed)
    yield "printed", printed if printed is None else Streamed(printed.items())
    if record.reopened is not None:
        yield "reopened", map(render_reopening, record.reopened)
    if record.sources is not None:
        yield "sources", render_sources(record.sources)


def _nested(printed: Mapping[PrintedKey, str]) -> dict[str, dict[str, dict[str, str]]]:
    """Return values by sheet, by row, then by name: short to store, plain to read."""
    nested: dict[str, dict[str, dict[str, str]]] = {}
    for key, text in printed.items():
        nested.setdefault(key.sheet, {}).setdefault(key.row, {})[key.name] = text
    return nested


def _parse_file(said: object) -> FrozenFile:
    return FrozenFile(**cast("dict[str, str]", said))


def _parse_record(said: Mapping[str, Any]) -> ClosingRecord:
    printed = said["printed"]
    return ClosingRecord(
        version=int(said["version"]),
        made=dt.datetime.fromisoformat(said["made"]) if said["made"] else None,
        session=str(said["session"]),
        workbook=str(said["workbook"]),
        printed=None
        if printed is None
        else {
            PrintedKey(sheet=sheet, row=row, name=name): str(text)
            for sheet, rows in printed.items()
            for row, values in rows.items()
            for name, text in values.items()
        },
        files=tuple(said["files"]),
        papers=said["papers"] is True,
        reopened=tuple(map(parse_reopening, said["reopened"])) if "reopened" in said else None,
        sources=parse_sources(said["sources"]) if "sources" in said else None,
    )
