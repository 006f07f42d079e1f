"""A share is done whole: each file is written, or it is said why not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import builders

from sheetgen.commands.shares import (
    LIBRARIES,
    DocumentShare,
    GridShare,
    write_documents,
    write_grids,
)
from sheetgen.commands.status import READING
from sheetgen.documents import RenderError
from sheetgen.grid.read import read_grid
from sheetgen.problems import Location, outputs
from sheetgen.session_folder.key_file import create_key
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.written_files import Written
from sheetgen.spreadsheet.contained.crew import READERS
from sheetgen.spreadsheet.contained.worker import read_files

if TYPE_CHECKING:
    from sheetgen.documents import MissingFields

FAILURE = outputs.DOCUMENT_FAILED.at(
    Location(file="rapport-jury.docx"), subject="le candidat 7", reason="division par zéro"
)


def render(data: bytes, *, missing: MissingFields) -> bytes:  # noqa: ARG001 (as documents are made)
    """A document."""
    return data


def fail(*, missing: MissingFields) -> bytes:  # noqa: ARG001 (as documents are made)
    """A document that cannot be made."""
    raise RenderError(FAILURE)


def share(base: Path, *, force: bool) -> DocumentShare:
    """Four people: the second one's document cannot be made, the third has two."""
    folder = base.relative_to(base)
    return DocumentShare(
        people=(
            ((folder / "1.docx", partial(render, b"one")),),
            ((folder / "2.docx", fail),),
            (
                (folder / "3.docx", partial(render, b"three")),
                (folder / "3-bis.docx", partial(render, b"more")),
            ),
            ((folder / "dossier", partial(render, b"four")),),
        ),
        force=force,
        base=base,
    )


def test_one_document_that_fails_stops_no_other(tmp_path: Path) -> None:
    """Nor does one that cannot be written; paths are told as they were given."""
    (tmp_path / "dossier").mkdir()
    done = list(write_documents(share(tmp_path, force=False)))
    assert [[str(path) for path, _ in item.written] for item in done] == [
        ["1.docx"],
        [],
        ["3.docx", "3-bis.docx"],
        [],
    ]
    assert (tmp_path / "3-bis.docx").read_bytes() == b"more"
    assert done[1].problems == [FAILURE]
    (problem,) = done[3].problems
    assert (problem.code, problem.location.file) == ("file-not-written", "dossier")


def crash(*, missing: MissingFields) -> bytes:  # noqa: ARG001 (as documents are made)
    """A document on which this program itself fails."""
    message = "no such thing"
    raise LookupError(message)


def test_what_nobody_foresaw_stops_no_other_document(tmp_path: Path) -> None:
    """It is that document's problem, and its person's other documents are made."""
    both = ((Path("1.docx"), crash), (Path("1-bis.docx"), partial(render, b"one")))
    (done,) = write_documents(DocumentShare(people=(both,), force=False, base=tmp_path))
    assert [(item.code, item.location.file) for item in done.problems] == [("unforeseen", "1.docx")]
    assert [str(path) for path, _ in done.written] == ["1-bis.docx"]


def test_a_grid_that_cannot_be_made_stops_no_other(tmp_path: Path) -> None:
    """A name that no cell holds: the grids of the other candidate are written."""
    known = builders.referential({"C1.1": 1})
    two = [builders.candidate("1"), builders.candidate("2")]
    two[0] = replace(two[0], last_name="x" * 40_000)
    session = builders.session(known, candidates=two)
    folder = SessionFolder(root=Path("SESSION"))
    create_key(folder.seen_from(tmp_path).key)
    done = list(
        write_grids(
            GridShare(
                referential=known,
                session=session,
                logo=None,
                folder=folder,
                force=False,
                digests={},
                base=tmp_path,
            )
        )
    )
    assert [[item.code for item in writer.problems] for writer in done] == [
        ["unforeseen"] if item.candidate == "1" else [] for item in session.assignments
    ]
    assert sum(len(writer.written) for writer in done) == len(session.assignments) // 2


def test_what_somebody_wrote_stays_unless_asked(tmp_path: Path) -> None:
    """A worker keeps the rules that one process keeps."""
    (tmp_path / "1.docx").write_bytes(b"signed")
    (tmp_path / "3.docx").write_bytes(b"three")
    first, _, third, _ = write_documents(share(tmp_path, force=False))
    assert [outcome for _, outcome in first.written] == [Written.KEPT]
    assert [item.code for item in first.problems] == ["file-kept"]
    assert [outcome for _, outcome in third.written] == [Written.UNCHANGED, Written.CREATED]
    first, *_ = write_documents(share(tmp_path, force=True))
    assert [outcome for _, outcome in first.written] == [Written.REPLACED]
    assert (tmp_path / "1.docx").read_bytes() == b"one"


def test_what_processes_load_beforehand_is_there() -> None:
    """Python says nothing of a name that is wrong: every process would just start more slowly."""
    assert all(find_spec(module) for module in (*LIBRARIES, *READING))
    assert {read_files.__module__, *READERS, read_grid.__module__} == {*READING}
