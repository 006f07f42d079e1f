"""Files written where a person may have written since: what they changed is never lost.

A file is written whole or not at all. The record of what was written last tells a file that
somebody changed, which is left, moved aside or copied before another takes its place.
"""

from __future__ import annotations

import json
import os
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import file_digest, sha256, write_whole
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Written(Enum):
    """The result of writing a file."""

    CREATED = "créé"
    UNCHANGED = "inchangé"
    REPLACED = "remplacé"
    KEPT = "conservé"


def write_unless_changed(path: Path, data: bytes, *, force: bool) -> Written:
    """Write a file, but leave one that is there and differs, unless forced to.

    Raises:
        OSError: as for `write_whole`.
    """
    try:
        former = path.read_bytes()
    except FileNotFoundError:
        former = None
    if former == data:
        return Written.UNCHANGED
    if former is not None and not force:
        return Written.KEPT
    write_whole(path, data)
    return Written.CREATED if former is None else Written.REPLACED


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFiles:
    """Remembers what was last written, to know whether a person has changed it since.

    `record` is a JSON file of SHA-256 by path from the session's folder; one that is unreadable
    remembers nothing.
    """

    record: Path

    def digest(self, path: Path) -> str | None:
        """Return the SHA-256 of what was last written there.

        None where nothing is known to have been.
        """
        return self.digests([path]).get(path)

    def digests(self, paths: Iterable[Path]) -> Mapping[Path, str]:
        """Return the digests of many files; those of which nothing is known are left out."""
        known = self._known()
        if not known:
            return {}
        names = {path: self._name(path) for path in paths}
        return {path: known[name] for path, name in names.items() if name in known}

    def is_untouched(self, path: Path) -> bool:
        """Return whether the file is just as it was written here."""
        return self.digest(path) == file_digest(path)

    def note(self, digests: Mapping[Path, str]) -> None:
        """Note files by the SHA-256 of what was written to them, unless all are noted so."""
        former = self._known()
        known = former | {self._name(path): digest for path, digest in digests.items()}
        if known == former:
            return
        text = json.dumps(known, indent=2, sort_keys=True)
        write_whole(self.record, f"{text}\n".encode())

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.record.parent.parent)).as_posix()

    def _known(self) -> dict[str, str]:
        try:
            known = json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def set_aside(path: Path, digest: str | None) -> Path | None:
    """Move a file that is no longer what was written to the first free numbered name.

    Args:
        path: of the file; where there is none, nothing is moved.
        digest: the SHA-256 of what was written; None where nothing is known to have been.

    Returns:
        The new name; None where the file stays.
    """
    if not path.exists() or file_digest(path) == digest:
        return None
    number = 1
    while (kept := _numbered(path, number)).exists():
        number += 1
    path.rename(kept)
    return kept


def keep_copy(path: Path, digest: str | None) -> Path | None:
    """Copy a file that is no longer what was written to the first free numbered name.

    The file stays until another takes its place: whatever cuts that short, it is still there. A
    copy that was made before is not made again.

    Args:
        path: of the file; where there is none, nothing is copied.
        digest: the SHA-256 of what was written; None where nothing is known to have been.

    Returns:
        The copy; None where nothing had to be kept.
    """
    if not path.exists():
        return None
    data = path.read_bytes()
    if sha256(data) == digest:
        return None
    number = 1
    while (kept := _numbered(path, number)).exists():
        if kept.read_bytes() == data:
            return kept
        number += 1
    write_whole(kept, data)
    return kept


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number}{path.suffix}")
