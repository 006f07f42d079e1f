"""`sheetgen import`: a draft that must be read before it serves, and files that are no document."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from conftest import EXAMPLES, ROOT
from imported_documents import SHAPES, merged_activities, word_bytes
from rncp_exports import CODE, write_export

from sheetgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from click.testing import Result

DOCUMENT = EXAMPLES / "import" / "referentiel.docx"


def run(*arguments: object) -> Result:
    """The command as a user types it."""
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


def codes(result: Result) -> list[str]:
    """The codes of the problems that a run with --json tells."""
    return [problem["code"] for problem in json.loads(result.stdout)["problems"]]


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft of a small document."""
    folder = tmp_path_factory.mktemp("draft")
    source = folder / "école.docx"
    source.write_bytes(word_bytes(merged_activities))
    target = folder / "referential.xlsx"
    result = run(source, "-o", target)
    assert result.exit_code == 0, result.output
    assert (
        "2 bloc(s), 2 activité(s), 3 modalité(s), 3 compétence(s), 5 critère(s)." in result.output
    )
    return target


def test_a_draft_says_where_each_text_was(draft: Path) -> None:
    """Its first row is to be answered; each text has its place; the counts are at the end."""
    sheet = openpyxl.load_workbook(draft)["Import"]
    rows = [list(row[:9]) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:2] == ["Relu", "Non"]
    assert rows[2] == ["N°", "Source", "Endroit", "État", "Feuille", "Code", "Repère", "Texte",
                       "Remarque"]  # fmt: skip
    (first,) = [row for row in rows if row[5] == "C1.2" and row[4] == "Compétences"]
    assert first[1:] == [
        "école.docx",
        "tableau 1, ligne 4, colonne 2, paragraphe 1",
        "Repris",
        "Compétences",
        "C1.2",
        "C1.2",
        "C1.2 Orienter la personne",
        None,
    ]
    counts = {row[1]: row[2] for row in rows[-11:]}
    assert counts["Critères"] == 5
    assert counts["Douteux"] == 0
    assert counts["Non placé"] == 0


def check(referential: Path, command: str = "check") -> list[dict[str, str]]:
    """The errors of the référentiel that a command tells."""
    result = CliRunner().invoke(
        main,
        [
            *(command, "--referential", str(referential), "--json", "--no-reports"),
            *("--session", str(EXAMPLES / "session.xlsx"), "--templates", str(ROOT / "templates")),
            *("--output", str(referential.parent / "outputs")),
        ],
    )
    problems = json.loads(result.stdout)["problems"]
    return [
        item
        for item in problems
        if item["severity"] == "error" and item["file"] == referential.as_posix()
    ]


@pytest.mark.parametrize("command", ["check", "generate"])
def test_a_draft_is_refused_until_somebody_has_read_it(draft: Path, command: str) -> None:
    """The error names the row and its cell; `generate` makes nothing."""
    (gate, *others) = [item for item in check(draft, command) if item["sheet"] == "Import"]
    assert others == []
    assert gate["code"] == "import-not-reviewed"
    assert gate["cell"] == "B1"
    assert "Relu" in gate["message"]
    assert not list(draft.parent.rglob("grille_*.xlsx"))


@pytest.mark.parametrize(("answer", "refused"), [("oui ", False), ("à moitié", True), (None, True)])
def test_only_oui_opens_a_draft(draft: Path, tmp_path: Path, answer: str, refused: bool) -> None:
    """« Oui » in any case; nothing else."""
    book = openpyxl.load_workbook(draft)
    book["Import"]["B1"] = answer
    book["Certification"]["B2"] = "Agent d'accueil"
    book["Certification"]["B3"] = "4"
    target = tmp_path / "referential.xlsx"
    book.save(target)
    assert bool(check(target)) is refused


def test_a_workbook_that_is_there_is_never_replaced(draft: Path) -> None:
    """Nothing is read, nothing is written, and that is an error."""
    before = draft.read_bytes()
    result = run(DOCUMENT, "-o", draft, "--json")
    assert (result.exit_code, codes(result)) == (1, ["import-target-exists"])
    assert draft.read_bytes() == before


def test_columns_can_be_named(tmp_path: Path) -> None:
    """A table without headings is refused with the way out, and read once its columns are named."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    texts = ("Saluer", "Oral : dix minutes", "Le ton est juste.")
    for cell, text in zip(table.rows[0].cells, texts, strict=True):
        cell.text = text
    source, target = tmp_path / "sans-titres.docx", tmp_path / "r.xlsx"
    document.save(str(source))
    refused = run(source, "-o", target)
    assert refused.exit_code == 1
    assert "--columns" in refused.output
    assert not target.exists()
    named = run(source, "-o", target, "--columns", "compétences, modalités, critères")
    assert named.exit_code == 0, named.output
    assert openpyxl.load_workbook(target)["Critères"]["C2"].value == "Le ton est juste."


def test_check_compares_with_the_register(tmp_path: Path) -> None:
    """`check --export`: what the entry says otherwise, and a file that is no export."""
    book = openpyxl.load_workbook(EXAMPLES / "referential.xlsx")
    for row in book["Certification"].iter_rows(min_row=2):
        if row[0].value == "Code RNCP":
            row[1].value = CODE
    referential = tmp_path / "referential.xlsx"
    book.save(referential)

    def told(export: Path) -> list[str]:
        result = CliRunner().invoke(
            main,
            [
                *("check", "--referential", str(referential), "--export", str(export), "--json"),
                *("--session", str(EXAMPLES / "session.xlsx"), "--no-reports"),
                *("--output", str(tmp_path / "outputs")),
            ],
        )
        found = [item["code"] for item in json.loads(result.stdout)["problems"]]
        return [code for code in found if code.startswith(("rncp-", "import-"))]

    codes = told(write_export(tmp_path / "export.zip"))
    assert "rncp-blocks-differ" in codes
    assert "rncp-expiry-differs" in codes
    assert "rncp-title-differs" not in codes  # capitals alone differ
    assert told(DOCUMENT) == ["import-rncp-unknown"]
    assert told(tmp_path / "nulle-part.zip") == ["import-file-missing"]


def test_columns_that_mean_nothing_are_a_usage_error(tmp_path: Path) -> None:
    """The words that are understood are listed."""
    result = run(DOCUMENT, "-o", tmp_path / "r.xlsx", "--columns", "objectifs,notes")
    assert result.exit_code == 2
    assert "compétences" in result.output


def repacked(change: Mapping[str, bytes]) -> bytes:
    """The document with some of its parts replaced."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_bytes(merged_activities))) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(entry.filename, change.get(entry.filename, source.read(entry)))
    return packed.getvalue()


def pdf(content: bytes = b"", extra: bytes = b"") -> bytes:
    """A PDF of one page, written by hand."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content
        + b"\nendstream endobj\ntrailer<</Root 1 0 R" + extra + b">>\n%%EOF\n"
    )  # fmt: skip


BOMB = b"<!DOCTYPE w [<!ENTITY a 'aaaa'>]><w>&a;</w>"
ENCRYPTED = (
    b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32
    + b">>>"
)  # fmt: skip
BAD_FILES = {
    "empty.docx": (b"", "import-file-empty"),
    "blank.txt": (b" \n\t\n", "import-file-empty"),
    "photo.docx": (b"\x89PNG\r\n\x1a\n" + bytes(40), "import-file-unknown"),
    "page.docx": (b"<!DOCTYPE html><html><body>C1</body></html>", "import-file-unknown"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "import-file-damaged"),
    "cut.docx": (word_bytes(merged_activities)[:9000], "import-file-damaged"),
    "entities.docx": (repacked({"word/document.xml": BOMB}), "import-file-damaged"),
    "numbers.docx": (repacked({"word/numbering.xml": BOMB}), "import-file-damaged"),
    "bomb.docx": (
        repacked({"word/document.xml": b"<w>" + bytes(40 << 20)}), "import-file-too-large"
    ),
    "no-body.docx": (repacked({"word/document.xml": b"<w/>"}), "import-file-unknown"),
    "letter.txt": (b"Cher jury,\nvoici nos salutations.\n", "import-nothing-found"),
    "scan.pdf": (pdf(), "import-pdf-without-text"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj<</Type", "import-file-damaged"),
    "locked.pdf": (pdf(extra=ENCRYPTED), "import-file-protected"),
    "quote.csv": (b'Comp\xc3\xa9tences;Crit\xc3\xa8res\n"C1;"a"b\n\0', "import-file-damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_document_is_told(name: str, tmp_path: Path) -> None:
    """One error of the file, with the way out; nothing is written, nothing comes up from Python."""
    data, code = BAD_FILES[name]
    source, target = tmp_path / name, tmp_path / "r.xlsx"
    source.write_bytes(data)
    result = run(source, "-o", target, "--json")
    assert result.exit_code == 1
    assert codes(result) == [code], result.stdout
    assert not target.exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """So is a folder in the place of a file."""
    assert codes(run(tmp_path / "rien.docx", "-o", tmp_path / "r.xlsx", "--json")) == [
        "import-file-missing"
    ]
    assert codes(run(tmp_path, "-o", tmp_path / "r.xlsx", "--json")) == ["source-file-unreadable"]


def test_a_spreadsheet_is_imported(tmp_path: Path) -> None:
    """Several sheets, merged cells filled down; what stands under a competency is its own."""
    book = openpyxl.Workbook()
    for number in (1, 2):
        sheet = book.create_sheet(f"Bloc {number}")
        sheet.append(["Activités", "Compétences", "Modalités", "Critères"])
        sheet.append(
            [f"A{number}.1 Faire", f"C{number}.1 Savoir faire", "Oral : dix minutes", "Un"]
        )
        sheet.append([None, None, None, "Deux"])
        sheet.append([None, f"C{number}.2 Faire savoir", None, "Trois\nQuatre"])
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("C2:C4")
    book.remove(book.worksheets[0])
    source, target = tmp_path / "tableau.xlsx", tmp_path / "r.xlsx"
    book.save(source)
    result = run(source, "-o", target)
    assert result.exit_code == 0, result.output
    made = openpyxl.load_workbook(target)
    owners = [row[1] for row in made["Critères"].iter_rows(min_row=2, values_only=True)]
    assert owners == ["C1.1", "C1.1", "C1.2", "C1.2", "C2.1", "C2.1", "C2.2", "C2.2"]
    methods = [row[3] for row in made["Compétences"].iter_rows(min_row=2, values_only=True)]
    assert methods == ["M1.1", "M1.1", "M2.1", "M2.1"]
    titles = [row[2] for row in made["Blocs"].iter_rows(min_row=2, values_only=True)]
    assert len(titles) == 2


def test_a_pasted_table_is_imported(tmp_path: Path) -> None:
    """Cells apart by tabs, quoted line ends inside them, letters of Windows."""
    text = (
        "Compétences\tModalités d'évaluation\tCritères\r\n"
        'C1 Évaluer\tÉtude de cas : un dossier\t"- L\'écart est mesuré.\r\n- La cause est dite."'
    )
    source, target = tmp_path / "collé.txt", tmp_path / "r.xlsx"
    source.write_bytes(text.encode("cp1252"))
    result = run(source, "-o", target)
    assert result.exit_code == 0, result.output
    made = openpyxl.load_workbook(target)
    assert made["Compétences"]["C2"].value == "Évaluer"
    assert [made["Critères"][f"C{row}"].value for row in (2, 3)] == [
        "L'écart est mesuré.",
        "La cause est dite.",
    ]


def test_all_shapes_can_be_written(tmp_path: Path) -> None:
    """Each draft is a workbook that the reader accepts but for what only the school can say."""
    for name, shape in SHAPES.items():
        source = tmp_path / f"{name}.docx"
        source.write_bytes(word_bytes(shape.write))
        target = tmp_path / f"{name}.xlsx"
        assert run(source, "-o", target).exit_code == 0
        assert {item["code"] for item in check(target)} <= {"import-not-reviewed", "value-missing"}
