"""Makes `examples/import/`: the shipped référentiel as a school holds it, in Word, PDF and text.

The Word table is that of France compétences' model, with the words of the transcription that
`tests/sources/test_transcription.py` holds to the source. LibreOffice saves it in the three forms.
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from office import office

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "examples" / "import"
NAME = "referentiel"
RULE = "-" * 52

HEADINGS = (
    (
        "RÉFÉRENTIEL D’ACTIVITÉS\ndécrit les situations de travail et les activités exercées, les "
        "métiers ou emplois visés"
    ),
    (
        "RÉFÉRENTIEL DE COMPÉTENCES\nidentifie les compétences et les connaissances, y compris "
        "transversales, qui découlent du référentiel d’activités"
    ),
    "RÉFÉRENTIEL DE CERTIFICATION\ndéfinit les critères et les modalités d'évaluation des acquis",
    "MODALITÉS D’ÉVALUATION",
    "CRITÈRES D’ÉVALUATION",
)
WIDTHS = (Cm(5.2), Cm(6.8), Cm(7), Cm(7.6))


def transcription() -> dict[str, Any]:
    """Return the transcription of the source."""
    return tomllib.loads((ROOT / "scripts" / "referential.toml").read_text(encoding="utf-8"))


def write_word(path: Path) -> None:
    """Write the table as a Word document, in the layout of the source."""
    data = transcription()
    document = docx.Document()
    _turn(document)
    _use_dashes(document)
    law, disability = data["certification"]["Base légale"], data["certification"]["Handicap"]
    source = data["source"]
    for text in (source[0], *law.splitlines(), "", *disability.splitlines(), *source[1:3]):
        _write_line(document, text)
    table = document.add_table(rows=2, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    _write_headings(table)
    _write_rows(table, data)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width
    document.save(str(path))


def _turn(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Sans", Pt(10)
    style.paragraph_format.space_after = Pt(0)


def _use_dashes(document: Document) -> None:
    """Give items of lists a dash, as the source has."""
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        form = level.find(qn("w:numFmt"))
        if form is not None and form.get(qn("w:val")) == "bullet":
            level.find(qn("w:lvlText")).set(qn("w:val"), "-")
            fonts = level.find(qn("w:rPr"))
            if fonts is not None:
                level.remove(fonts)


def _write_line(place: Document | _Cell, text: str) -> None:
    if text.startswith("- "):
        place.add_paragraph(text[2:], style="List Bullet")
    else:
        place.add_paragraph(text)


def _write_cell(cell: _Cell, texts: list[str]) -> None:
    first = cell.paragraphs[0]
    for text in texts:
        for line in text.splitlines() or [""]:
            _write_line(cell, line)
    first._element.getparent().remove(first._element)  # noqa: SLF001 - it has no public removal


def _write_headings(table: Table) -> None:
    top, below = table.rows
    for column, text in enumerate(HEADINGS[:2]):
        _write_cell(top.cells[column].merge(below.cells[column]), [text])
    _write_cell(top.cells[2].merge(top.cells[3]), [HEADINGS[2]])
    _write_cell(below.cells[2], [HEADINGS[3]])
    _write_cell(below.cells[3], [HEADINGS[4]])


def _write_rows(table: Table, data: dict[str, Any]) -> None:
    blocks = {item["code"]: item for item in data["blocks"]}
    begun: set[str] = set()
    for activity in data["activities"]:
        texts = []
        if activity["block"] not in begun:
            begun.add(activity["block"])
            texts = [_block_line(blocks[activity["block"]]), ""]
        texts.append(f"{activity['code']} {activity['title']}")
        inside = [item for item in data["competencies"] if item["activity"] == activity["code"]]
        rows = [table.add_row() for _ in inside]  # type: ignore[no-untyped-call]
        _write_cell(rows[0].cells[0].merge(rows[-1].cells[0]), texts)
        for row, competency in zip(rows, inside, strict=True):
            dash = "- " if competency["code"] == "C1.5" else ""
            _write_cell(row.cells[1], [f"{competency['code']} {dash}{competency['title']}"])
            _write_cell(row.cells[2], _method_texts(competency["method"], data["block_variant"]))
            spaced = [text for item in competency["criteria"] for text in (item, "")]
            _write_cell(row.cells[3], spaced[:-1])


def _block_line(block: dict[str, str]) -> str:
    number = block["activity"].removeprefix("A")
    mark = f"A{number}." if number == "5" else f"Activité {number} :"
    return f"{mark} {block['title']}"


def _method_texts(method: dict[str, str], variant: str) -> list[str]:
    return [
        method["kind"],
        "",
        method["description"],
        RULE,
        method.get("block_variant", variant),
    ]


def main() -> None:
    """Write the three files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, office() as running:
        made = Path(name) / f"{NAME}.docx"
        write_word(made)
        again = Path(name) / "again"
        for ending in (".docx", ".pdf", ".txt"):
            (target,) = running.convert([made], again, ending)
            shutil.copyfile(target, FOLDER / target.name)
            print(f"{target.name} written")


if __name__ == "__main__":
    main()
