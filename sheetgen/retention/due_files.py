"""Files of a closed session's folder, by kind, each compared with what is on record of it.

A file is known by its SHA-256: what `generate`, `consolidate` and `extract` noted as they wrote it,
what a closing froze, what the decisions say of the grids that came back, and the workbook in which
the jury wrote. A file that is none of these is somebody else's, or was changed, and stays.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen.files import file_digest
from sheetgen.jury import VERSIONS
from sheetgen.jury.closings import DECISIONS, FILES, RECORD, Closings
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.retention import RETENTION_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sheetgen.jury.closings import ClosingRecord
    from sheetgen.model.retention import RetentionTerm
    from sheetgen.session_folder.paths import SessionFolder

LAST_KIND = "decisions"
"""The kind that goes last: it says what the others are."""
_NO_KIND = ""
_PRIVATE = ".sheetgen"
_BY_FOLDER = {
    "grilles": "grilles",
    "papier": "grilles",
    "retours": "grilles",
    "corrections": "grilles",
    "envois": "grilles",
    "convocations": "convocations",
    "rapports": "rapports",
    "projet": "rapports",
    "extraits": "rapports",
    "consolidation": "consolidation",
    "final": "documents",
}
_BY_NAME = {
    "proces-verbal": "proces-verbaux",
    "decisions": LAST_KIND,
    "session-suivante": LAST_KIND,
}
"""Kinds of files of a closing by the start of their name; the others are papers."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFile:
    """A file to be deleted: its path from the session's folder, and the digest it has to have."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFiles:
    """The files of a kind whose term is over.

    Attributes:
        last_day: the last day on which they were to be kept.
        files: those that are what is on record.
        changed: those that are no longer, as paths from the session's folder.
        unknown: those of which nothing is on record.
        waits: whether other files, which only these records can tell, have to go first.
    """

    kind: str
    term: RetentionTerm
    last_day: date
    files: tuple[DueFile, ...]
    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    waits: bool = False

    @property
    def left(self) -> tuple[str, ...]:
        """Return the files that stay for somebody to look at."""
        return (*self.changed, *self.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSurvey:
    """A closed session's folder, and what of it is due.

    Attributes:
        digest: SHA-256 of the decisions in force, by which the register knows them.
        witness: the record of the closing in force, the last file to go; None while anything else
            of the decisions stays.
    """

    folder: SessionFolder
    session: str
    digest: str
    decided: date
    due: tuple[DueFiles, ...]
    witness: Path | None = None

    @property
    def root(self) -> Path:
        """Return the folder from which paths are told."""
        return self.folder.root

    def holds(self, file: DueFile) -> bool:
        """Return whether a file is still there."""
        return (self.root / file.path).exists()


def decisions_digest(record: ClosingRecord) -> str:
    """Return the digest of a closing's decisions; empty without any."""
    return next((item.sha256 for item in record.files if item.path == DECISIONS), "")


def survey_folder(
    folder: SessionFolder,
    record: ClosingRecord,
    decided: date,
    terms: Mapping[str, RetentionTerm],
    today: date,
) -> FolderSurvey:
    """Return what of a closed session's folder is due on a day.

    Args:
        folder: the session's.
        record: of the closing in force.
        decided: the day of the jury's decision.
        terms: by kind.
        today: the day that is asked about.

    Raises:
        UnreadableClosingError: the record of a former closing cannot be read.
        OSError: a file cannot be read.
    """
    files = {kind.name for kind in RETENTION_KINDS.values() if not kind.in_register}
    over = [name for name in terms if name in files and terms[name].is_over(decided, today)]
    witness = Closings.of(folder).folder / str(record.version) / RECORD
    due: list[DueFiles] = []
    if over:
        paths = _sort(folder, witness)
        known = _Known.of(folder, record)
        for kind in sorted(over, key=list(RETENTION_KINDS).index):
            last = terms[kind].last_day(decided) or decided
            due.append(known.check(kind, terms[kind], last, paths.get(kind, [])))
        if LAST_KIND in over:
            others = [path for kind, found in paths.items() if kind != LAST_KIND for path in found]
            told = {file.path for item in due for file in item.files}
            # A file that somebody else deleted since it was listed is waited for no more.
            waits = any(path not in told and os.path.lexists(folder.root / path) for path in others)
            due = [replace(item, waits=waits) if item.kind == LAST_KIND else item for item in due]
    ends = any(item.kind == LAST_KIND and not item.waits and not item.left for item in due)
    return FolderSurvey(
        folder=folder,
        session=record.session,
        digest=decisions_digest(record),
        decided=decided,
        due=tuple(item for item in due if item.files or item.left),
        witness=witness if ends else None,
    )


def _sort(folder: SessionFolder, witness: Path) -> dict[str, list[str]]:
    """Return the files of a folder by kind, as paths from it; links are of no kind."""
    found: dict[str, list[str]] = defaultdict(list)
    # Unlike rglob, walk goes on where a folder is deleted meanwhile, and follows no link.
    for base, folders, files in os.walk(folder.root):
        links = [name for name in folders if Path(base, name).is_symlink()]
        for path in sorted(Path(base, name) for name in (*files, *links)):
            parts = path.relative_to(folder.root).parts
            if path != witness:
                kind = _NO_KIND if path.is_symlink() else _kind_of(parts)
                found[kind].append("/".join(parts))
    return found


def _kind_of(parts: tuple[str, ...]) -> str:
    if parts[0] == _PRIVATE:
        # .sheetgen/closing/2/files/… is laid out as final/ is.
        frozen = parts[1:2] == ("closing",) and parts[3:4] == (FILES,)
        return _paper_kind(parts[-1]) if frozen else LAST_KIND
    if parts[0] == "final":
        return _paper_kind(parts[-1])
    return _BY_FOLDER.get(parts[0], _NO_KIND) if len(parts) > 1 else _NO_KIND


def _paper_kind(name: str) -> str:
    return next((kind for start, kind in _BY_NAME.items() if name.startswith(start)), "documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The digests on record: of a path, and of whatever lies in a folder."""

    folder: SessionFolder
    by_path: Mapping[str, frozenset[str]]
    by_folder: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, folder: SessionFolder, record: ClosingRecord) -> _Known:
        by_path: dict[str, set[str]] = defaultdict(set)
        for path in folder.private.glob("*.json"):
            for name, digest in _noted(path):
                by_path[name].add(digest)
        closings = Closings.of(folder)
        workbooks = set()
        for version in closings.versions:
            frozen = record if version == record.version else closings.read(version)
            workbooks.add(frozen.workbook)
            private = f"{_PRIVATE}/closing/{version}/{FILES}"
            public = "final" if version == record.version else f"final/{VERSIONS}/{version}"
            for file in frozen.files:
                for place in (private, public):
                    by_path[f"{place}/{file.path}"].add(file.sha256)
        returned = frozenset(_returned(closings.files_of(record.version) / DECISIONS))
        return cls(
            folder=folder,
            by_path={name: frozenset(found) for name, found in by_path.items()},
            by_folder={"retours": returned, "consolidation": frozenset(workbooks)},
        )

    def check(self, kind: str, term: RetentionTerm, last: date, paths: Iterable[str]) -> DueFiles:
        """Return the files of a kind, each compared with what is on record."""
        files: list[DueFile] = []
        changed: list[str] = []
        unknown: list[str] = []
        for name in sorted(paths, key=_place_in_order):
            try:
                digest = file_digest(self.folder.root / name)
            except FileNotFoundError:
                # Somebody else deletes: it is in their account.
                continue
            known = self.by_path.get(name, frozenset())
            top = name.partition("/")[0]
            if digest in known or digest in self.by_folder.get(top, ()) or _is_own(name):
                files.append(DueFile(path=name, sha256=digest))
            else:
                (changed if known else unknown).append(name)
        return DueFiles(
            kind=kind,
            term=term,
            last_day=last,
            files=tuple(files),
            changed=tuple(changed),
            unknown=tuple(unknown),
        )


def _place_in_order(name: str) -> tuple[bool, bool, str]:
    """Return when to delete a file: what says what others are goes after them."""
    return name.startswith(f"{_PRIVATE}/"), _is_own(name), name


def _is_own(name: str) -> bool:
    """Return whether only the program writes there, notes without a digest of their own."""
    return name.startswith(f"{_PRIVATE}/") and f"/{FILES}/" not in name


def _noted(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the paths and digests of a note of what was written; nothing of another record."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for name, digest in said.items() if isinstance(said, dict) else ():
        if isinstance(digest, str) and _DIGEST.fullmatch(digest):
            yield name, digest


def _returned(decisions: Path) -> Iterator[str]:
    """Yield the digests of the grids that came back, as the decisions have them."""
    try:
        said: Any = json.loads(decisions.read_text(encoding="utf-8"))
        for item in said["returns"]:
            yield str(item["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return
