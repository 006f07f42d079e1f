"""The places of a session's files under `outputs/`, and the writing of them.

A file is written whole or not at all. What a person may have changed is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from sheetgen.files import write_whole
from sheetgen.grid.identity import SigningKey
from sheetgen.model import Juror
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sheetgen.model import Assignment, Candidate, Session

_GRIDS = "grilles"
_KEY_BYTES = 32

JUROR_CONVOCATION = "convocation_jure"
"""Begins the name of a juror's convocation, which lists candidates."""


class UnusableKeyError(Exception):
    """A signing key file that holds no key."""


class Written(Enum):
    """The result of writing a file."""

    CREATED = "créé"
    UNCHANGED = "inchangé"
    REPLACED = "remplacé"
    KEPT = "conservé"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFolder:
    """The folder of one session, `outputs/<session>`."""

    root: Path

    @classmethod
    def of(cls, output: Path, session: Session) -> SessionFolder:
        """Return the folder of a session under the output folder."""
        return cls(root=output / file_stem(session.code))

    @property
    def grids(self) -> Path:
        """Return the folder of grids to hand out, with a folder per juror."""
        return self.root / _GRIDS

    @property
    def reports(self) -> Path:
        """Return the folder of blank jury reports."""
        return self.root / "rapports"

    @property
    def papers(self) -> Path:
        """Return the folder of grids to fill in with a pen, with a folder per juror."""
        return self.root / "papier"

    @property
    def convocations(self) -> Path:
        """Return the folder of convocations, and of the mails that bring them."""
        return self.root / "convocations"

    @property
    def returns(self) -> Path:
        """Return the folder in which returned grids are dropped; never written to."""
        return self.root / "retours"

    @property
    def consolidation(self) -> Path:
        """Return the folder that `consolidate` writes."""
        return self.root / "consolidation"

    @property
    def corrections(self) -> Path:
        """Return the folder of grids to hand back to jurors."""
        return self.root / "corrections"

    @property
    def final(self) -> Path:
        """Return the folder that `finalize` writes and freezes."""
        return self.root / "final"

    @property
    def letters(self) -> Path:
        """Return the folder of the mails that bring candidates their results."""
        return self.final / "courriels"

    @property
    def drafts(self) -> Path:
        """Return the folder of drafts, which `finalize --draft` alone writes; none is frozen."""
        return self.root / "projet"

    @property
    def extracts(self) -> Path:
        """Return the folder that `extract` writes, with a folder per candidate."""
        return self.root / "extraits"

    @property
    def private(self) -> Path:
        """Return the administrator's own folder: the signing key, and notes on what was written."""
        return self.root / ".sheetgen"

    @property
    def key(self) -> Path:
        """Return the signing key's file."""
        return self.private / "key"

    @property
    def closings(self) -> Path:
        """Return the folder of what each closing froze, decisions and papers."""
        return self.private / "closing"

    @property
    def sources(self) -> Path:
        """Return the folder of the source workbooks as closings read them, named by SHA-256."""
        return self.private / "sources"

    @property
    def closing_lock(self) -> Path:
        """Return the file that whoever closes the session holds meanwhile."""
        return self.private / "closing.lock"

    @property
    def made(self) -> Path:
        """Return the record of the grids that were made, and for whom."""
        return self.private / "grids.json"

    @property
    def generated(self) -> WrittenFiles:
        """Return the folder with copies of the grids and papers as `generate` wrote them."""
        return WrittenFiles(record=self.private / "generated.json")

    @property
    def described(self) -> WrittenFiles:
        """Return the file that says what the papers last written were filled with."""
        return WrittenFiles(record=self.private / "papers.json")

    @property
    def history(self) -> Path:
        """Return the file that says what the last consolidation rested on."""
        return self.private / "returns.json"

    def seen_from(self, base: Path) -> SessionFolder:
        """Return the folder for a process whose working directory is another."""
        return SessionFolder(root=base / self.root)

    def grid(self, session: Session, assignment: Assignment) -> Path:
        """Return the file of one grid: ASCII, and without a name under anonymity.

        A grid that is filled in together lies with who is handed it.
        """
        candidate = session.candidate[assignment.candidate]
        juror = file_stem(session.juror[assignment.juror].holder.code)
        if assignment.rank:
            number = f"-{assignment.rank}" if assignment.rank > 1 else ""
            name = f"grille_{file_stem(candidate.id)}_jury{number}.xlsx"
            return _grid_place(self.root, juror, name)
        parts = ["grille", file_stem(candidate.id), juror]
        if not session.anonymous:
            parts.append(file_stem(candidate.last_name)[:30])
        return _grid_place(self.root, juror, f"{'_'.join(parts)}.xlsx")

    def convocation(self, session: Session, person: Candidate | Juror) -> Path:
        """Return the file of somebody's convocation: without a name under anonymity."""
        if isinstance(person, Juror):
            parts = [JUROR_CONVOCATION, file_stem(person.code)]
        else:
            parts = ["convocation", file_stem(person.id)]
        if not session.anonymous:
            parts.append(file_stem(person.last_name)[:30])
        return self.convocations / f"{'_'.join(parts)}.docx"

    def report(self, folder: Path, session: Session, candidate: Candidate) -> Path:
        """Return the file of one candidate's jury report in a folder."""
        return folder / document_name("rapport", session, candidate)


@lru_cache(maxsize=16_384)  # a command asks for each grid's place several times
def _grid_place(root: Path, juror: str, name: str) -> Path:
    return Path(root, _GRIDS, juror, name)


def is_about(name: str, kind: str, candidate: Candidate, session: Session) -> bool:
    """Return whether a file's name says that it is of this kind and on this candidate.

    Names hold the surname as it was when the file was made, so the number alone tells; where one
    number begins another, the longest counts.
    """
    stem = name.rpartition(".")[0]

    def begins(someone: Candidate) -> bool:
        start = f"{kind}_{file_stem(someone.id)}"
        return stem == start or stem.startswith(f"{start}_")

    named = [item for item in session.candidates if begins(item)]
    return bool(named) and max(named, key=lambda item: len(item.id)).id == candidate.id


def document_name(kind: str, session: Session, candidate: Candidate, item: str = "") -> str:
    """Return the name of a Word document on one candidate.

    ASCII, and without a name under anonymity.
    """
    parts = [kind, file_stem(candidate.id)]
    if item:
        parts.append(file_stem(item))
    if not session.anonymous:
        parts.append(file_stem(candidate.last_name)[:30])
    return f"{'_'.join(parts)}.docx"


def minutes_name(jury: str | None) -> str:
    """Return the name of the procès-verbal, of a jury where several are named."""
    return f"proces-verbal_{file_stem(jury)}.docx" if jury else "proces-verbal.docx"


def read_key(path: Path) -> SigningKey | None:
    """Return the signing key, or None where there is no file.

    Raises:
        UnusableKeyError: the file holds no key.
        OSError: it cannot be read.
    """
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise UnusableKeyError(str(path)) from error
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise UnusableKeyError(str(path)) from error
    if len(key) != _KEY_BYTES:
        raise UnusableKeyError(str(path))
    return SigningKey(key)


def create_key(path: Path) -> SigningKey:
    """Create a signing key, in a file that only its owner can read.

    Raises:
        FileExistsError: there is one already; it is never replaced.
        OSError: it cannot be written.
    """
    key = secrets.token_bytes(_KEY_BYTES)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key.hex()}\n")
    return SigningKey(key)


def protect_key(path: Path) -> None:
    """Let only its owner read a key that was put there, from a backup for example."""
    with suppress(OSError):  # some file systems have no such permissions
        path.chmod(0o600)


def write_unless_changed(path: Path, data: bytes, *, force: bool) -> Written:
    """Write a file, but leaves one that is there and differs, unless forced to.

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


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


_WORTH_A_THREAD = 1_000_000
"""Bytes that take ten times longer to hash than a thread takes to start."""


def write_and_digest(path: Path, data: bytes) -> str:
    """Write a file whole, and return its SHA-256: found while a large one is being written.

    Raises:
        OSError: it cannot be written.
    """
    if len(data) < _WORTH_A_THREAD:
        write_whole(path, data)
        return sha256(data)
    found: list[str] = []
    hashing = Thread(target=lambda: found.append(sha256(data)))
    hashing.start()
    try:
        write_whole(path, data)
    finally:
        hashing.join()
    return found[0]


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file of any size, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
