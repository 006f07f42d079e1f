"""Opening a workbook: whatever the file is, one clear message and no traceback."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook
from planted import FILE_CODES
from spreadsheet import hostile
from tries import tries
from workbooks import referential_sheets, rows_of, save, session_sheets

from sheetgen.problems import Severity
from sheetgen.sources import read_referential, read_session
from sheetgen.sources.read import opening
from sheetgen.spreadsheet import limits

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


def encrypted(password: str) -> bytes:
    """A workbook as Excel encrypts it."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(hostile.grid())).encrypt(password, target)
    return target.getvalue()


_TYPES = "[Content_Types].xml"
_RIGHTS = {"EncryptedPackage": b"x", "DRMEncryptedDataSpace": b"x"}


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "source-not-a-workbook", "le fichier est vide"),
        (b"Code;Intitul\xe9\n", "source-not-a-workbook", "un fichier texte ou CSV"),
        (b"%PDF-1.7", "source-not-a-workbook", "un fichier PDF"),
        (_OLE + bytes(600), "source-not-a-workbook", "abîmé"),
        (hostile.xls([]), "source-not-a-workbook", "ancien format Excel .xls"),
        (hostile.xlsb(b""), "source-not-a-workbook", "format Excel binaire .xlsb"),
        (hostile.ods(""), "source-not-a-workbook", "format OpenDocument .ods"),
        (encrypted("secret"), "source-encrypted", "mot de passe"),
        (hostile.compound(_RIGHTS), "source-rights-managed", "gestion de droits"),
        (zipped({"a.txt": b"a"}), "source-not-a-workbook", "zip quelconque"),
        (zipped({_TYPES: b"<a/>"}), "source-not-a-workbook", "abîmé"),
        (
            hostile.edited(hostile.grid(), _TYPES, lambda body: b"<!DOCTYPE a>" + body),
            "source-not-a-workbook",
            "une définition d'entités",
        ),
        (
            zipped({_TYPES: b"", **{f"{i}": b"" for i in range(2001)}}),
            "source-too-large",
            "2002 parties",
        ),
        (zipped({_TYPES: b"", "bomb": bytes(60_000_000)}), "source-too-large", "200 fois"),
    ],
    ids=[
        "empty",
        "csv",
        "pdf",
        "broken-ole",
        "xls",
        "xlsb",
        "ods",
        "encrypted",
        "rights",
        "zip",
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
        file.truncate(limits.FILE_BYTES + 1)
    assert the_one_problem(path)[0] == "source-too-large"


def test_a_strict_workbook_reads_the_same(small: Path) -> None:
    """« Strict Open XML », which Excel offers to save, says the same in other namespaces."""
    usual, problems = read_referential(small)
    assert not problems
    small.write_bytes(hostile.strict(small.read_bytes()))
    assert read_referential(small) == (usual, [])


def test_a_cell_that_cannot_be_read_exactly_is_named(small: Path) -> None:
    """Its sheet and address are those of the problem: nothing of it is guessed."""
    parts = parts_of(small)
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b'<c r="C2"', b'<c r="C2" odd="1"')
    small.write_bytes(zipped(parts))
    found, (problem,) = read_referential(small)
    assert found is None
    assert (problem.code, problem.location.sheet, problem.location.cell) == (
        "source-not-a-workbook",
        "Blocs",
        "C2",
    )
    assert "un attribut inconnu (« odd »)" in problem.message


def test_a_sheet_that_no_source_has_is_not_even_looked_at(small: Path) -> None:
    """A school's own sheet may hold what it likes, as far away as it likes."""
    usual, _ = read_referential(small)
    sheets = referential_sheets()
    book = load_workbook(save(small, sheets))
    book.create_sheet("Statistiques").cell(row=900_000, column=900, value=1)
    book.save(small)
    again, problems = read_referential(small)
    assert [problem.code for problem in problems] == ["sheet-unknown"]
    assert again == usual


def test_a_formula_that_fills_a_cell_from_another_is_one(small: Path) -> None:
    """What a matrix formula shows in the cells beside it is no value that anybody typed."""
    parts = parts_of(small)
    name = "xl/worksheets/sheet2.xml"
    cell = parts[name].index(b'<c r="C2"')
    end = parts[name].index(b"</c>", cell) + 4
    array = b'<c r="C2" t="str"><f t="array" ref="C2:C3">X</f><v>Intitule</v></c>'
    parts[name] = parts[name][:cell] + array + parts[name][end:]
    small.write_bytes(zipped(parts))
    _, problems = read_referential(small)
    assert [(p.code, p.location.cell) for p in problems] == [
        ("cell-formula", "C2"),
        ("cell-formula", "C3"),
    ]
    assert "(=X)" in problems[0].message
    assert "(=…)" in problems[1].message


def test_a_reader_that_hangs_is_stopped(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file makes the reader do, the command goes on and says so."""
    monkeypatch.setattr(opening, "_SECONDS", 0.0)
    code, message = the_one_problem(small)
    assert code == "source-not-a-workbook"
    assert "arrêtée après 0 secondes" in message


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


def test_a_sheet_filled_to_the_bottom_is_refused_by_its_name(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value copied down a million rows; nobody waits until they are all read."""
    monkeypatch.setattr(opening, "MAXIMUM_CELLS", 1_000)
    parts = parts_of(small)
    name = "xl/worksheets/sheet2.xml"
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(9, 1_100))
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    small.write_bytes(zipped(parts))
    found, problems = read_referential(small)
    assert found is None
    assert [(p.code, p.location.sheet) for p in problems] == [("sheet-too-full", "Blocs")]
    assert problems[0].message == "La feuille contient plus de 1\u202f000 cellules remplies."


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
