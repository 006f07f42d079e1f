"""Folders for a control and their archives, from which documents are taken out.

The list of hashes says what is in each; list and first page are written again without what is
gone, so that hashes, page and archive stay true to each other.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from sheetgen.control_folder.folder_contents import DIGESTS, INDEX, render_digests
from sheetgen.control_folder.index_page import without_documents
from sheetgen.files import explain, file_digest, replacing, sha256, write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import forgotten as kinds
from sheetgen.retention import delete_files
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.retention import DueFiles

_PIECE = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError)
"""Raised for an archive that was cut, changed or locked by a password."""

Problems = dict[str, list[Problem]]
"""Problems by the kind of the files that stay."""


class CopyPlace(Protocol):
    """A folder for a control, or the archive of one."""

    @property
    def path(self) -> Path:
        """Return the path of the folder or the archive."""

    @property
    def listed(self) -> Mapping[str, str]:
        """Return the digest of each document by its path, as the list beside them has it."""

    @property
    def names(self) -> Collection[str]:
        """Return the paths of the files that are there."""

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file; empty for a link."""

    def take_out(self, due: Sequence[DueFiles], gone: Collection[str]) -> Problems:
        """Take files out, and what was gone before out of the list; return what stays."""


def copy_places(output: Path) -> Iterator[CopyPlace]:
    """Yield the folders for a control in an output folder, and the archives of such."""
    for path in sorted(output.iterdir()) if output.is_dir() else ():
        if path.is_symlink():
            continue
        if path.is_dir() and (path / DIGESTS).is_file() and (path / INDEX).is_file():
            yield _Folder(path=path)
        elif path.suffix == ".zip" and path.is_file():
            archive = _Archive(path=path)
            if archive.is_ours:
                yield archive


def _parse(digests: str) -> dict[str, str]:
    """Return the digest of each document, by its path."""
    lines = (line.partition("  ") for line in digests.splitlines())
    return {name: digest for digest, _, name in lines}


def _without(page: bytes, listed: Mapping[str, str], gone: Collection[str]) -> tuple[bytes, bytes]:
    """Return the first page and the list of hashes without what is gone."""
    # Whoever saved the page again may have changed its encoding: its other bytes stay.
    said = without_documents(page.decode("utf-8", "surrogateescape"), gone)
    changed = said.encode("utf-8", "surrogateescape")
    left = {name: digest for name, digest in listed.items() if name not in gone}
    return changed, render_digests({**left, INDEX: sha256(changed)})


@dataclass(frozen=True, kw_only=True)
class _Folder:
    """A folder that `dossier` made."""

    path: Path

    @property
    def listed(self) -> Mapping[str, str]:
        return _parse((self.path / DIGESTS).read_text(encoding="utf-8", errors="replace"))

    @cached_property
    def names(self) -> Collection[str]:
        found = (path for path in self.path.rglob("*") if path.is_symlink() or path.is_file())
        return frozenset(path.relative_to(self.path).as_posix() for path in found)

    def digest(self, name: str) -> str:
        path = self.path / name
        return "" if path.is_symlink() else file_digest(path)

    def take_out(self, due: Sequence[DueFiles], gone: Collection[str]) -> Problems:
        folder = SessionFolder(root=self.path)
        problems = {item.kind: delete_files(folder, item) for item in due}
        asked = {file.path for item in due for file in item.files}
        out = {*gone, *(name for name in asked if not os.path.lexists(self.path / name))}
        try:
            self._tidy(out)
        except OSError as error:
            told = kinds.FORGET_REFUSED.at(Location(file=str(self.path)), reason=explain(error))
            problems = {kind: [*found, told] for kind, found in problems.items()}
        return problems

    def _tidy(self, out: Collection[str]) -> None:
        """Take what is gone out of the list and the first page, which go with the last of it."""
        listed = self.listed
        if listed.keys() - out - {INDEX}:
            page, digests = _without((self.path / INDEX).read_bytes(), listed, out)
            write_whole(self.path / INDEX, page)
            write_whole(self.path / DIGESTS, digests)
            return
        for name in (INDEX, DIGESTS):
            (self.path / name).unlink(missing_ok=True)
        with suppress(OSError):
            self.path.rmdir()


@dataclass(frozen=True, kw_only=True)
class _Archive:
    """The archive of such a folder."""

    path: Path

    @property
    def is_ours(self) -> bool:
        """Return whether it has what `dossier` puts in each."""
        try:
            return {INDEX, DIGESTS} <= set(self.names) and bool(self.listed)
        except (*_DAMAGED, OSError):
            return False

    @cached_property
    def listed(self) -> Mapping[str, str]:
        with zipfile.ZipFile(self.path) as archive:
            return _parse(archive.read(DIGESTS).decode("utf-8", "replace"))

    @cached_property
    def names(self) -> Collection[str]:
        with zipfile.ZipFile(self.path) as archive:
            return frozenset(item.filename for item in archive.infolist() if not item.is_dir())

    def digest(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
        except _DAMAGED:
            return ""
        return digest.hexdigest()

    def take_out(self, due: Sequence[DueFiles], gone: Collection[str]) -> Problems:
        out = {*gone, *(file.path for item in due for file in item.files)}
        try:
            self._write_without(out)
        except (*_DAMAGED, OSError) as error:
            reason = explain(error) if isinstance(error, OSError) else "l’archive est abîmée"
            told = kinds.FORGET_REFUSED.at(Location(file=str(self.path)), reason=reason)
            return {item.kind: [told] for item in due}
        return {}

    def _write_without(self, out: Collection[str]) -> None:
        with zipfile.ZipFile(self.path) as former:
            # Read again: of another session, something was taken out since.
            listed = _parse(former.read(DIGESTS).decode("utf-8", "replace"))
        if not listed.keys() - out - {INDEX}:
            self.path.unlink()
            return
        # The former one is closed before the draft takes its place.
        with replacing(self.path) as draft, zipfile.ZipFile(self.path) as former:
            page, digests = _without(former.read(INDEX), listed, out)
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as made:
                for item in former.infolist():
                    if item.filename not in out:
                        again = {INDEX: page, DIGESTS: digests}.get(item.filename)
                        made.writestr(item, former.read(item) if again is None else again)
