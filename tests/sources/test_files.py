"""Opening a workbook: whatever the file is, one clear message and no traceback."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from planted import FILE_CODES
from tries import tries
from workbooks import referential_sheets, rows_of, save, session_sheets

from sheetgen.problems import Severity
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small référentiel's workbook."""
    return save(tmp_path / "small.xlsx", referential_sheets())


def the_one_problem(path: Path) -> tuple[str, str]:
    """The code and message of the only problem, an error, of a file that gives no référentiel."""
    found, problems = read_referential(path)
    assert found is None
    assert len(problems) == 1
    assert problems[0].severity is Severity.ERROR
    assert problems[0].location.file == path.as_posix()
    assert problems[0].code in FILE_CODES
    return problems[0].code, problems[0].message


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """The path given is the place of the problem."""
    assert the_one_problem(tmp_path / "absent.xlsx")[0] == "source-file-missing"


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    """A folder named like a workbook is said to be one."""
    folder = tmp_path / "referential.xlsx"
    folder.mkdir()
    assert the_one_problem(folder) == (
        "source-file-unreadable",
        "Le fichier ne peut pas être ouvert (c'est un dossier).",
    )


def test_a_path_through_a_file_is_unreadable(small: Path) -> None:
    """What the system refuses to open is a problem, not a crash."""
    code, _ = the_one_problem(small / "referential.xlsx")
    assert code == "source-file-unreadable"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "source-not-a-workbook", "fichier vide"),
        (b"Code;Intitul\xe9\n", "source-not-a-workbook", "fichier abîmé"),
        (_OLE + bytes(600), "source-not-a-workbook", ".xls"),
        (_OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "source-encrypted", "mot"),
        (zipped({"a.txt": b"a"}), "source-not-a-workbook", "pas un classeur"),
        (zipped({"xl/workbook.bin": b""}), "source-not-a-workbook", ".xlsb"),
        (zipped({"mimetype": b"", "content.xml": b""}), "source-not-a-workbook", ".ods"),
        (zipped({"[Content_Types].xml": b"<a/>"}), "source-not-a-workbook", "illisible"),
        (
            zipped({"[Content_Types].xml": b"<!DOCTYPE a><a/>"}),
            "source-not-a-workbook",
            "suspect",
        ),
        (
            zipped({"[Content_Types].xml": b"", **{f"{i}": b"" for i in range(2001)}}),
            "source-not-a-workbook",
            "abîmé",
        ),
        (
            zipped({"[Content_Types].xml": b"", "bomb": bytes(60_000_000)}),
            "source-too-large",
            "50 Mo",
        ),
    ],
    ids=[
        "empty",
        "csv",
        "xls",
        "encrypted",
        "zip",
        "xlsb",
        "ods",
        "broken",
        "dtd",
        "parts",
        "bomb",
    ],
)
def test_a_file_that_is_no_workbook_has_one_message(
    tmp_path: Path, content: bytes, code: str, words: str
) -> None:
    """Each of the usual mistakes is named for what it is."""
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    found, message = the_one_problem(path)
    assert found == code
    assert words in message


def test_a_file_too_large_on_disk_is_refused(tmp_path: Path) -> None:
    """The limit holds before anything is inflated."""
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert the_one_problem(path)[0] == "source-too-large"


def test_a_strict_workbook_is_recognised(small: Path) -> None:
    """Openpyxl sees no sheet in « Strict Open XML »: the message names the format instead."""
    old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    new = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts = {n: c.replace(old, new).replace(main, strict) for n, c in parts_of(small).items()}
    small.write_bytes(zipped(parts))
    code, message = the_one_problem(small)
    assert code == "source-not-a-workbook"
    assert "Strict Open XML" in message


def test_a_workbook_of_something_else_is_named_as_such(tmp_path: Path) -> None:
    """The sheets found and those expected are both listed."""
    path = save(tmp_path / "other.xlsx", {"Feuil1": rows_of("a | b")})
    code, message = the_one_problem(path)
    assert code == "source-foreign-workbook"
    assert "« Feuil1 »" in message
    assert "« Blocs »" in message


def test_a_session_given_as_the_referential_is_named_as_such(tmp_path: Path) -> None:
    """The two workbooks exchanged: one message for each."""
    session = save(tmp_path / "session.xlsx", session_sheets())
    assert the_one_problem(session)[0] == "source-foreign-workbook"
    found, problems = read_session(save(tmp_path / "r.xlsx", referential_sheets()), None)
    assert found is None
    assert [problem.code for problem in problems] == ["source-foreign-workbook"]


@pytest.mark.parametrize("kept", [10, 100, 1000, 3000])
def test_a_truncated_workbook_is_refused(small: Path, kept: int) -> None:
    """A file cut short by a transfer."""
    small.write_bytes(small.read_bytes()[:kept])
    assert the_one_problem(small)[0] == "source-not-a-workbook"


def test_a_wrong_dimension_hides_no_row(small: Path) -> None:
    """What a sheet says of its own size is not believed."""
    parts = parts_of(small)
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1"/>')
    small.write_bytes(zipped(parts))
    found, problems = read_referential(small)
    assert not problems
    assert found is not None
    assert len(found.blocks) == 2


def test_a_far_cell_is_found_quickly_and_refused(small: Path) -> None:
    """A stray cell in the last row costs nothing and is named."""
    parts = parts_of(small)
    name = "xl/worksheets/sheet2.xml"
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", stray)
    small.write_bytes(zipped(parts))
    found, problems = read_referential(small)
    assert found is None
    assert [(p.code, p.location.cell) for p in problems] == [("sheet-too-large", "XFD1048576")]


@tries(20, unchecked=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_random_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever the bytes, one problem."""
    path = tmp_path / "random.xlsx"
    path.write_bytes(content)
    the_one_problem(path)


@tries(25, unchecked=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_part_never_crashes(small: Path, data: st.DataObject) -> None:
    """A part with some bytes overwritten gives problems, or reads as it can."""
    parts = parts_of(small)
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    start = data.draw(st.integers(0, max(0, len(content) - 1)))
    noise = data.draw(st.binary(min_size=1, max_size=20))
    parts[name] = content[:start] + noise + content[start + len(noise) :]
    path = small.with_name("damaged.xlsx")
    path.write_bytes(zipped(parts))
    found, problems = read_referential(path)
    assert found is not None or problems
