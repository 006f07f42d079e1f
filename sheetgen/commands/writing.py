"""Writing a command's files, and saying what stood in the way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.documents import MissingFields
from sheetgen.files import (
    digested_meanwhile,
    explain,
    file_digest,
    replacing,
    sha256,
    write_whole,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.problems.isolating import isolated, unforeseen
from sheetgen.processes import WorkersLostError
from sheetgen.session_folder.written_files import (
    Written,
    WrittenFiles,
    keep_copy,
    write_unless_changed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


Render = Callable[..., bytes]
"""Makes one document; it is given `missing`, the fields that documents lack, to add to."""


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes files one by one, noting what became of each.

    Attributes:
        force: whether to replace a file that differs.
        base: where relative paths start from: a process of another machine runs elsewhere.
        written: each file, as the user knows it.
        missing: the fields that documents lack.
        digests: SHA-256 of the files that are to be remembered as they were written.
    """

    force: bool
    base: Path = Path()
    written: list[tuple[Path, Written]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: MissingFields = field(default_factory=MissingFields)
    digests: dict[Path, str] = field(default_factory=dict)

    def take(self, other: Writer) -> None:
        """Note what another one has noted."""
        self.written += other.written
        self.problems += other.problems
        self.missing.add(other.missing)
        self.digests |= other.digests

    def write(self, path: Path, data: bytes) -> None:
        """Write one file, or say why it was left as it is."""
        with self._faults_reported(path):
            outcome = write_unless_changed(self.base / path, data, force=self.force)
            if outcome is Written.KEPT:
                self.problems.append(kinds.FILE_KEPT.at(Location(file=str(path))))
            self.written.append((path, outcome))

    def bring_up_to_date(self, path: Path, data: bytes, is_own: Callable[[bytes], bool]) -> Written:
        """Write one file, unless somebody wrote in the one that is there.

        With `force` that one is kept under another name.

        Args:
            path: of the file.
            data: what it is to hold.
            is_own: whether a file's bytes are as a command wrote them.
        """
        outcome = Written.KEPT
        with self._faults_reported(path):
            place = self.base / path
            former = place.read_bytes() if place.exists() else None
            if former == data:
                outcome = Written.UNCHANGED
            elif former is None or is_own(former):
                write_whole(place, data)
                outcome = Written.CREATED if former is None else Written.REPLACED
            elif self.force:
                outcome = self._keep_changed(path, None)
                write_whole(place, data)
            if outcome is not Written.KEPT:
                self.digests[path] = sha256(data)
            self.written.append((path, outcome))
        return outcome

    @contextmanager
    def _faults_reported(self, path: Path) -> Iterator[None]:
        """Turn a file that cannot be written into a problem of that file alone."""
        try:
            yield
        except OSError as error:
            location = Location(file=str(path))
            self.problems.append(kinds.FILE_NOT_WRITTEN.at(location, reason=explain(error)))

    def write_document(
        self, path: Path, render: Render, digests: Mapping[Path, str] | None = None
    ) -> None:
        """Write one Word document, or say why there is none: the others are made.

        Args:
            path: of the document.
            render: makes it.
            digests: SHA-256 of documents as last written, for one that is to be brought up to
                date; else one that is there and differs is told.
        """
        from sheetgen.documents import RenderError

        data = None
        with isolated(self.problems, Location(file=str(path))):
            try:
                data = render(missing=self.missing)
            except RenderError as error:
                self.problems.append(error.problem)
        if data is None:
            return
        if digests is None:
            self.write(path, data)
        else:
            self.bring_up_to_date(path, data, lambda former: sha256(former) == digests.get(path))

    def refresh(self, path: Path, data: bytes, notes: WrittenFiles) -> None:
        """Write one file that follows from others, setting aside what a person made of it."""
        self.renew(path, data, notes.digest(path))
        if path in self.digests:
            notes.note({path: self.digests.pop(path)})

    def renew(self, path: Path, data: bytes, digest: str | None) -> None:
        """Like `refresh`, but leave the digest to note in `digests` instead of noting it.

        Args:
            path: of a file that follows from others.
            data: what it is to hold.
            digest: what `notes` know of it.
        """
        place = self.base / path
        outcome = Written.UNCHANGED
        with digested_meanwhile(data) as made:
            if not place.exists() or place.read_bytes() != data:
                outcome = self._keep_changed(path, digest)
                write_whole(place, data)
            self.digests[path] = made()
        self.written.append((path, outcome))

    def remake(self, path: Path, make: Callable[[Path], None], digest: str | None) -> None:
        """Like `renew`, for a file too large to hold in memory: `make` writes it in place."""
        place = self.base / path
        with replacing(place) as draft:
            make(draft)
            made = file_digest(draft)
            if place.exists() and file_digest(place) == made:
                outcome = Written.UNCHANGED
            else:
                outcome = self._keep_changed(path, digest)
        self.digests[path] = made
        self.written.append((path, outcome))

    def _keep_changed(self, path: Path, digest: str | None) -> Written:
        """Copy what a person made of a file; return what becomes of it once it is written."""
        kept = keep_copy(self.base / path, digest)
        if kept is not None:
            location = Location(file=str(path))
            self.problems.append(kinds.CHANGED_FILE_KEPT.at(location, kept=kept.name))
            return Written.CREATED
        return Written.REPLACED if (self.base / path).exists() else Written.CREATED


@contextmanager
def locks_reported(problems: list[Problem], place: Path) -> Iterator[None]:
    """Turn a file that cannot be written, as when it is open in Excel, into a problem.

    So are workers who are gone, and what nobody foresaw. `place` is the file or folder that is
    written, for what does not say where it failed.
    """
    try:
        yield
    except WorkersLostError as error:
        problems.append(error.problem)
    except OSError as error:
        # A draft that cannot take a file's place names that place second.
        name = str(error.filename2 or error.filename or place)
        problems.append(kinds.FILE_NOT_WRITTEN.at(Location(file=name), reason=explain(error)))
    except Exception as error:  # noqa: BLE001 - a step that nobody foresaw failing stops no other
        problems.append(unforeseen(error, Location(file=str(place))))
