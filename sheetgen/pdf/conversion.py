"""Documents to PDF by one LibreOffice process; what it cannot convert is said, the rest is made.

It works on copies with plain names in a folder of its own, where its profile lies too. A process
that ends or stands still before all is done is followed by another for what is left, without the
document at which it stopped.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PAUSE = 0.1
"""Seconds between two looks at what was made."""

_AT_ONCE = 2_000
"""Documents given to one process: Windows allows a command line 32,767 characters."""

_FRUITLESS = 3
"""Processes in a row that make nothing, after which there is no point in starting another."""

_END = b"%%EOF"
"""Ends a PDF that is whole."""

_TAIL = 1_024
"""Bytes in which that end stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds to wait for LibreOffice: for its first PDF, then for each one after."""

    start: float = 120.0
    document: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One document converted: its PDF, or in French why there is none."""

    document: Path
    pdf: bytes | None = None
    reason: str = ""


def convert_documents(
    program: Path, documents: Sequence[Path], patience: Patience | None = None
) -> Iterator[Conversion]:
    """Yield each document's PDF, or why it has none, as they become known.

    Args:
        program: LibreOffice's, of `find_libreoffice`.
        documents: Word documents.
        patience: how long to wait.
    """
    for start in range(0, len(documents), _AT_ONCE):
        with _working_folder() as folder:
            batch = _Batch(program=program, folder=folder, patience=patience or Patience())
            yield from batch.convert(documents[start : start + _AT_ONCE])


@contextmanager
def _working_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sheetgen-pdf-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True, kw_only=True)
class _Batch:
    """Documents that one process converts; others follow it where it fails."""

    program: Path
    folder: Path
    patience: Patience
    names: dict[str, Path] = field(default_factory=dict)

    def convert(self, documents: Sequence[Path]) -> Iterator[Conversion]:
        """Yield each document's PDF, or why it has none."""
        waiting = []
        for number, document in enumerate(documents, start=1):
            name = f"{number:05}.docx"
            try:
                (self.folder / name).write_bytes(document.read_bytes())
            except OSError as error:
                yield Conversion(document=document, reason=explain(error))
                continue
            self.names[name] = document
            waiting.append(name)
        fruitless = 0
        while waiting and fruitless < _FRUITLESS:
            made = []
            try:
                for name, pdf in self._run(waiting):
                    made.append(name)
                    yield Conversion(document=self.names[name], pdf=pdf)
                stopped = "LibreOffice ne l’a pas converti"
            except _StandstillError:
                stopped = "LibreOffice n’en finissait pas et a été arrêté"
            except OSError as error:
                yield from self._refused(waiting, explain(error))
                return
            fruitless = 0 if made else fruitless + 1
            # Passed over, where others were made after; else the one at which all stopped.
            last = waiting.index(made[-1]) if made else -1
            passed = [name for name in waiting[:last] if name not in made] if made else []
            left = waiting[last + 1 :]
            yield from self._refused([*passed, *left[:1]], stopped)
            waiting = left[1:]
        yield from self._refused(waiting, "LibreOffice s’arrête sans rien convertir")

    def _refused(self, names: Sequence[str], reason: str) -> Iterator[Conversion]:
        for name in names:
            yield Conversion(document=self.names[name], reason=reason)

    def _run(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the PDFs that a process makes, by the names of their documents.

        Raises:
            _StandstillError: it made nothing for too long, and was ended.
            OSError: it cannot be started.
        """
        process = self._start(names)
        since, limit = time.monotonic(), self.patience.start
        left, newest = list(names), ""
        try:
            while True:
                ended = process.poll() is not None
                stuck = not ended and time.monotonic() - since > limit
                if stuck:
                    _end(process)
                there = [name for name in left if self._pdf(name).exists()]
                if there and there[-1] != newest:
                    newest, since, limit = there[-1], time.monotonic(), self.patience.document
                # While it works, the last one may still be being written.
                for name in there if ended or stuck else there[:-1]:
                    left.remove(name)
                    pdf = self._pdf(name).read_bytes()
                    if _END in pdf[-_TAIL:]:
                        yield name, pdf
                if stuck:
                    raise _StandstillError
                if ended:
                    return
                time.sleep(_PAUSE)
        finally:
            _end(process)

    def _pdf(self, name: str) -> Path:
        return self.folder / "pdf" / Path(name).with_suffix(".pdf")

    def _start(self, names: Sequence[str]) -> subprocess.Popen[bytes]:
        profile = self.folder / "profile"
        options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
        return subprocess.Popen(  # noqa: S603 (the program is the one found or chosen, its arguments ours)
            [
                str(self.program),
                f"-env:UserInstallation={profile.as_uri()}",
                *options,
                "--convert-to",
                "pdf:writer_pdf_Export",
                "--outdir",
                "pdf",
                *names,
            ],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


class _StandstillError(Exception):
    """LibreOffice made nothing for longer than anybody waits."""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started, if it has not ended by itself."""
    if process.poll() is None:
        if os.name == "posix":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            command = ["taskkill", "/PID", str(process.pid), "/T", "/F"]
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (our own)
    process.wait()
