"""Files of `final/` that a reopening moves aside: what is on record of them goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.files import sha256
from sheetgen.jury import publish
from sheetgen.jury.closings import ClosingRecord, Closings, FrozenFile
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.written_files import WrittenFiles

if TYPE_CHECKING:
    from pathlib import Path


def _close(closings: Closings, version: int) -> ClosingRecord:
    """Freeze a closing whose one file says which version it is."""
    data = f"version {version}".encode()
    path = closings.files_of(version) / "decisions.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    record = ClosingRecord(
        version=version,
        made=None,
        session="JUIN",
        workbook="",
        printed=None,
        files=(FrozenFile(path="decisions.json", sha256=sha256(data)),),
        papers=True,
    )
    closings.write(record)
    return record


def test_a_letter_moved_aside_is_still_on_record(tmp_path: Path) -> None:
    """Its digest is noted under its new name, although another letter takes its place."""
    folder = SessionFolder(root=tmp_path / "JUIN")
    closings = Closings.of(folder)
    publish(closings, folder.final, _close(closings, 1))
    letter = folder.letters / "notification_C01.eml"
    letter.parent.mkdir()
    letter.write_bytes(b"first")
    notes = WrittenFiles(record=folder.private / "letters.json")
    notes.note({letter: sha256(b"first")})
    publish(closings, folder.final, _close(closings, 2))
    letter.parent.mkdir(exist_ok=True)
    letter.write_bytes(b"second")
    notes.note({letter: sha256(b"second")})
    moved = folder.final / "versions" / "1" / "courriels" / letter.name
    assert moved.read_bytes() == b"first"
    assert notes.is_untouched(moved)
    assert notes.is_untouched(letter)
