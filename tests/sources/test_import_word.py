"""Things that Word keeps apart from its texts: signs, numbers, covered cells, comments."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from imported_documents import add_table

from sheetgen.sources.importing import DraftReferential, DraftState
from sheetgen.sources.importing.recognise import read_imported
from sheetgen.sources.importing.tree import TreeBuilder
from sheetgen.sources.importing.word_symbols import symbol

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = ("Compétences", "Modalités d’évaluation", "Critères d’évaluation")


def draft_of(document: Document) -> DraftReferential:
    """Return the draft that a document makes."""
    saved = io.BytesIO()
    document.save(saved)
    draft = DraftReferential()
    TreeBuilder(draft).add("source", read_imported(saved.getvalue()))
    return draft


def one_bloc(*rows: tuple[str, ...]) -> Document:
    """Return a document with a bloc and a table of these rows."""
    document = docx.Document()
    document.add_paragraph("Bloc 1 – Vendre")
    add_table(document, [HEADINGS, *rows])
    return document


def append(paragraph: Paragraph, xml: str) -> None:
    """Add XML to a paragraph."""
    own: etree._Element = paragraph._p  # noqa: SLF001 - it has no public way
    for element in parse_xml(
        f'<w:p xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{xml}</w:p>'
    ):
        own.append(element)


def number(document: Document, lists: str) -> None:
    """Give a document these lists and no others."""
    element = document.part.numbering_part.element
    element[:] = list(parse_xml(f'<w:numbering xmlns:w="{W}">{lists}</w:numbering>'))


def item(paragraph: Paragraph, of: int, level: int = 0) -> None:
    """Make a paragraph an item of a list."""
    properties: etree._Element = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way
    properties.append(
        parse_xml(
            f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
        )
    )


def level(place: int, form: str, shape: str) -> str:
    """Return the XML of a list's level."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shape}"/></w:lvl>'
    )


def of_list(number: int, kind: int, change: str = "") -> str:
    """Return the XML of a list of a kind."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{change}</w:num>'


@pytest.mark.parametrize(
    ("font", "place", "sign"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "00A3", "≤"),
        ("Wingdings", "F0FC", "✓"),
        ("Webdings", "F021", "\uf021"),
        ("Symbol", "F0FA", "\uf0fa"),
        ("Arial", "2265", "≥"),
        ("Symbol", "", ""),
    ],
)
def test_signs_of_a_font_of_symbols(font: str, place: str, sign: str) -> None:
    """Those that are known are written as everywhere, others keep Word's number."""
    assert symbol(font, place) == sign


def test_a_sign_is_no_hole_in_a_criterion() -> None:
    """« ≥ 80 % » stays so; a sign that nothing here knows is doubtful, a bullet is none."""
    document = one_bloc(("C1.1 Vendre", "Oral", "Le taux "))
    cell = document.tables[0].cell(1, 2)
    append(
        cell.paragraphs[0],
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r><w:r><w:t> 80 %</w:t></w:r>',
    )
    append(
        cell.add_paragraph("Voir "),
        '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r><w:r><w:t>.</w:t></w:r>',
    )
    append(
        cell.add_paragraph(),
        '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r><w:r><w:t> Dit</w:t></w:r>',
    )
    draft = draft_of(document)
    rows = {row["Code"]: row["Intitulé"] for row in draft.rows["Critères"]}
    assert list(rows.values()) == ["Le taux ≥ 80 %", "Voir \uf021.", "Dit"]
    doubts = {line.code: line.remark for line in draft.lines if line.sheet == "Critères"}
    assert "police de symboles" in doubts["C1.1.2"]
    assert "police de symboles" not in doubts["C1.1.1"] + doubts["C1.1.3"]


def test_a_covered_cell_is_read_and_doubtful() -> None:
    """Nobody sees in Word what a merge covers; the import tells it."""
    document = one_bloc(
        ("C1.1 Vendre", "Oral", "Le ton est juste"), ("C1.2 Conclure", "Oral", "Conclu")
    )
    table = document.tables[0]
    for row, merge in ((1, 'w:val="restart"'), (2, "")):
        properties: etree._Element = table.cell(row, 2)._tc.get_or_add_tcPr()  # noqa: SLF001
        properties.append(parse_xml(f'<w:vMerge xmlns:w="{W}" {merge}/>'))
    draft = draft_of(document)
    assert [row["Intitulé"] for row in draft.rows["Critères"]] == ["Le ton est juste", "Conclu"]
    (line,) = [line for line in draft.lines if line.text == "Conclu"]
    assert line.state is DraftState.DOUBTFUL
    assert "recouvre" in line.remark
    assert "ligne 3" in line.place


def test_comments_diagrams_and_letterings_are_told() -> None:
    """Nothing is made of them; every word of them stands among what has no place."""
    document = one_bloc(("C1.1 Vendre", "Oral", "Le ton est juste"))
    first = document.paragraphs[0]
    document.add_comment(first.runs, text="Revoir ce bloc", author="La directrice")
    append(first, '<w:r><w:pict><v:shape><v:textpath string="PROJET"/></v:shape></w:pict></w:r>')
    diagram = (
        f'<d xmlns:a="{A}"><a:p><a:r><a:t>Deux </a:t></a:r><a:r><a:t>voies</a:t></a:r></a:p></d>'
    )
    part = Part(
        PackURI("/word/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        diagram.encode(),
        document.part.package,
    )
    document.part.relate_to(part, f"{OFFICE}/diagramData")
    draft = draft_of(document)
    assert Counter(draft.left()) == Counter(["PROJET", "Revoir ce bloc", "Deux voies"])


def test_lists_begin_again_where_word_says_so() -> None:
    """A list that restarts gives its first code again, and blank items count."""
    document = docx.Document()
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "K%1")}</w:lvlOverride>'
    number(
        document,
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "C%1")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{level(0, "decimalZero", "BC%1 -")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="3">'
        f"{level(0, 'upperLetter', '%1')}{level(1, 'decimal', 'E%1.%2')}</w:abstractNum>"
        f"{of_list(1, 1)}{of_list(2, 1, again)}{of_list(3, 2)}{of_list(4, 3)}{of_list(5, 3, own)}",
    )
    for bloc, codes in (("Vendre", 1), ("Gérer", 2)):
        item(document.add_paragraph(bloc), 3)
        add_table(
            document,
            [
                HEADINGS,
                (f"{bloc} bien", "Oral", "Dit"),
                ("", "", ""),
                (f"{bloc} vite", "Oral", "Fait"),
            ],
        )
        table = document.tables[-1]
        for row in (1, 2, 3):
            item(table.cell(row, 0).paragraphs[0], codes)
    draft = draft_of(document)
    assert [row["Code"] for row in draft.rows["Blocs"]] == ["BC01", "BC02"]
    marks = [line.mark for line in draft.lines if line.sheet == "Compétences"]
    assert marks == ["C1", "C3", "C1", "C3"]
    assert [row["Code"] for row in draft.rows["Compétences"]] == ["C1", "C3", "C1-2", "C3-2"]


def test_numbers_in_words_name_blocs_and_activities() -> None:
    """« Bloc 1 : » and « Activité 2 » that Word counts itself are no less the source's."""
    document = docx.Document()
    number(
        document,
        f'<w:abstractNum w:abstractNumId="1">{level(0, "upperRoman", "Partie %1")}'
        f"{level(1, 'decimal', 'Bloc %2 :')}{level(2, 'lowerLetter', 'C%2.%3')}</w:abstractNum>"
        f"{of_list(1, 1)}",
    )
    item(document.add_paragraph("Généralités"), 1)
    for bloc in ("Vendre", "Gérer"):
        item(document.add_paragraph(bloc), 1, 1)
        add_table(document, [HEADINGS, (f"{bloc} bien", "Oral", "Dit")])
        item(document.tables[-1].cell(1, 0).paragraphs[0], 1, 2)
    draft = draft_of(document)
    assert [(row["Code"], row["Intitulé"]) for row in draft.rows["Blocs"]] == [
        ("BC01", "Vendre"),
        ("BC02", "Gérer"),
    ]
    assert [row["Code"] for row in draft.rows["Compétences"]] == ["C1.a", "C2.a"]
    assert draft.left() == ["Généralités"]
