"""From what a closing froze to `final/`: copied there, restored when lost, set aside when replaced.

`final/` follows `.sheetgen/closing/` alone, file by file, so that whatever cut a copy short is
made good by the next run.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.files import copy_whole, file_digest, remove_drafts
from sheetgen.jury.closings import DECISIONS, ClosingRecord, Closings, UnreadableClosingError
from sheetgen.jury.next_session import NEXT_SESSION
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import frozen as kinds
from sheetgen.session_folder.written_files import WrittenFiles, set_aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sheetgen.jury.closings import FrozenFile

VERSIONS = "versions"


@dataclass(slots=True, kw_only=True)
class Publication:
    """The result of publishing `final/`.

    Attributes:
        written: files of a closing copied there for the first time.
        restored: files that had been lost.
    """

    written: list[Path] = field(default_factory=list)
    restored: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def publish(closings: Closings, final: Path, record: ClosingRecord) -> Publication:
    """Make `final/` a copy of the closing in force, former versions beside it.

    Raises:
        OSError: a file cannot be moved or written; running again goes on from there.
    """
    remove_drafts(final)
    done = Publication()
    first = closings.published < record.version
    if first:
        _set_aside_former(closings, final, record)
    for version in closings.versions:
        former = version != record.version
        place = final / VERSIONS / str(version) if former else final
        frozen = closings.read(version) if former else record
        for file in frozen.files:
            path = place / file.path
            if path.exists():
                if not former:
                    done.problems.extend(_check_unchanged(path, file, closings, version))
                continue
            try:
                kept = closings.find_frozen(version, file)
            except UnreadableClosingError as error:
                done.problems.extend(_tell_lost(error.problem, file, former=former))
                continue
            copy_whole(kept, path)
            if not first:
                done.restored.append(path)
            elif not former:
                done.written.append(path)
    if first:
        closings.note_published(record.version)
    return done


def _set_aside_former(closings: Closings, final: Path, record: ClosingRecord) -> None:
    """Move to `versions/` what lies in `final/` and is not of the closing in force."""
    before = [version for version in closings.versions if version < record.version]
    frozen = {file.path: file.sha256 for file in record.files}
    moved: dict[Path, Path] = {}
    for path in _files_of(final):
        name = path.relative_to(final).as_posix()
        if name in frozen and file_digest(path) == frozen[name]:
            continue
        if not before:
            if name in frozen:  # a file that was there before the session was closed
                set_aside(path, None)
            continue
        target = final / VERSIONS / str(before[-1]) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.read_bytes() != path.read_bytes():
            set_aside(target, None)
        path.replace(target)
        moved[path] = target
    _carry_notes(closings, moved)
    for folder in sorted(final.glob("*/"), reverse=True):
        if folder.name != VERSIONS and not any(folder.iterdir()):
            folder.rmdir()


def _carry_notes(closings: Closings, moved: Mapping[Path, Path]) -> None:
    """Note under its new name what is on record of a file that was moved, until it is forgotten."""
    for record in sorted(closings.folder.parent.glob("*.json")) if moved else ():
        notes = WrittenFiles(record=record)
        digests = notes.digests(moved)
        if digests:
            notes.note({moved[path]: digest for path, digest in digests.items()})


def _files_of(final: Path) -> Iterator[Path]:
    """Yield every file below `final/` that is not a former version's."""
    for path in sorted(final.rglob("*")) if final.is_dir() else ():
        if path.is_file() and path.relative_to(final).parts[0] != VERSIONS:
            yield path


def _check_unchanged(
    path: Path, file: FrozenFile, closings: Closings, version: int
) -> Iterator[Problem]:
    """Tell a file that is no longer what was frozen; what a person changed is left to them."""
    # The next session's workbook is there to be filled in.
    if file.path == NEXT_SESSION or file_digest(path) == file.sha256:
        return
    try:
        closings.find_frozen(version, file)
    except UnreadableClosingError as error:
        yield from _tell_lost(error.problem, file, former=False)
    else:
        yield kinds.FINAL_FILE_CHANGED.at(Location(file=str(path)))


def _tell_lost(problem: Problem, file: FrozenFile, *, former: bool) -> Iterator[Problem]:
    """Tell a file of which nothing is left; of decisions in force, who reads them does."""
    if former:
        yield kinds.FORMER_FILE_LOST.at(problem.location)
    elif file.path != DECISIONS:
        yield problem


def mend_kept(closings: Closings, final: Path) -> list[Path]:
    """Put back what the closings kept and lost, from intact copies in `final/`; return the files.

    Raises:
        UnreadableClosingError: the record of a closing cannot be read.
        OSError: a file cannot be written.
    """
    mended = []
    for version in closings.versions:
        for file in closings.read(version).files:
            kept = closings.files_of(version) / file.path
            copies = (final / file.path, final / VERSIONS / str(version) / file.path)
            if not _is_intact(kept, file):
                for copy in filter(lambda path: _is_intact(path, file), copies):
                    copy_whole(copy, kept)
                    mended.append(kept)
                    break
    return mended


def _is_intact(path: Path, file: FrozenFile) -> bool:
    try:
        return file_digest(path) == file.sha256
    except OSError:
        return False
