"""Word documents to PDF: all in one process, and the fault of one is the fault of that one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from stand_in_office import stand_in

from sheetgen.pdf import Patience, convert_documents, find_libreoffice
from sheetgen.pdf.installation import usual_places

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def documents(tmp_path: Path) -> list[Path]:
    """Five documents, each with its number for content."""
    paths = [tmp_path / f"{number}.docx" for number in range(1, 6)]
    for path in paths:
        path.write_text(path.stem)
    return paths


CALM = Patience(start=60.0, document=60.0)
"""For a program that goes on or ends by itself, on a busy machine too."""
QUICK = Patience(start=60.0, document=3.0)
"""For one that has made a document, and then holds on for ever."""


def converted(program: Path, documents: list[Path], patience: Patience = CALM) -> dict[str, str]:
    """Return the PDF of each document as text, or the reason why there is none."""
    return {
        item.document.stem: item.reason or (item.pdf or b"").decode()
        for item in convert_documents(program, documents, patience)
    }


@pytest.mark.posix
def test_a_document_that_is_passed_over_is_told(tmp_path: Path, documents: list[Path]) -> None:
    """The others are made, and no other process is started for them."""
    made = converted(
        stand_in(
            tmp_path,
            f"print(1, file=open({str(tmp_path / 'runs')!r}, 'a'))\n"
            "[make(name) for name in names if name != '00002.docx']",
        ),
        documents,
    )
    assert {name: made[name] for name in "1345"} == {name: f"{name}%%EOF" for name in "1345"}
    assert "ne l’a pas converti" in made["2"]
    assert (tmp_path / "runs").read_text() == "1\n"


@pytest.mark.posix
@pytest.mark.parametrize(
    ("fault", "told", "patience"),
    [("os._exit(1)", "pas converti", CALM), ("time.sleep(600)", "arrêté", QUICK)],
)
def test_a_document_that_ends_or_holds_the_program_is_told(
    tmp_path: Path, documents: list[Path], fault: str, told: str, patience: Patience
) -> None:
    """Another process makes those behind it."""
    script = f"for name in names:\n    if name == '00003.docx': {fault}\n    make(name)"
    made = converted(stand_in(tmp_path, script), documents, patience)
    assert [name for name in "12345" if made[name] == f"{name}%%EOF"] == ["1", "2", "4", "5"]
    assert told in made["3"]


@pytest.mark.posix
def test_a_program_that_makes_nothing_is_not_tried_for_ever(
    tmp_path: Path, documents: list[Path]
) -> None:
    """Three times; each document is told once."""
    runs = tmp_path / "runs"
    made = converted(stand_in(tmp_path, f"print(1, file=open({str(runs)!r}, 'a'))"), documents)
    assert sorted(made) == list("12345")
    assert all("LibreOffice" in reason for reason in made.values())
    assert runs.read_text() == "1\n" * 3


@pytest.mark.posix
def test_a_half_written_pdf_is_none(tmp_path: Path, documents: list[Path]) -> None:
    """Its document is told, as if there were nothing."""
    script = "make(names[0])\nPath('pdf/00002.pdf').write_bytes(b'%PDF-1.6')"
    made = converted(stand_in(tmp_path, script), documents[:2])
    assert made["1"] == "1%%EOF"
    assert "pas converti" in made["2"]


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path, documents: list[Path]) -> None:
    """With the system's reason, for each document."""
    assert set(converted(tmp_path / "absent", documents)) == set("12345")


@pytest.mark.posix
def test_the_program_chosen_may_be_named_by_its_folder(tmp_path: Path) -> None:
    """The application or its folder is what people know; another place is never guessed."""
    inside = tmp_path / "LibreOffice.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    soffice = stand_in(inside, "")
    assert find_libreoffice(tmp_path / "LibreOffice.app") == soffice
    assert find_libreoffice(soffice) == soffice
    assert find_libreoffice(tmp_path) is None


@pytest.mark.posix
def test_the_usual_places_of_each_system_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows the program that waits until all is done, in whichever Program Files it lies."""
    windows = tmp_path / "Program Files" / "LibreOffice 24" / "program" / "soffice.com"
    windows.parent.mkdir(parents=True)
    windows.touch()
    (found,) = usual_places("win32", {"ProgramFiles": str(tmp_path / "Program Files")})
    assert found == windows
    monkeypatch.setenv("HOME", str(tmp_path))
    mac = tmp_path / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    mac.parent.mkdir(parents=True)
    mac.touch()
    assert mac in list(usual_places("darwin", {}))
    assert all(
        "soffice" in path.name or "libreoffice" in path.name
        for path in usual_places("linux", os.environ)
    )
