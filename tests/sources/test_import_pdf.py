"""PDFs as schools print them: titles on each page, words written upwards, rows that pages cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from imported_documents import add_table, word_bytes

from sheetgen.sources.importing import DraftReferential
from sheetgen.sources.importing.pdf_lines import lines_of_words, paragraphs_of
from sheetgen.sources.importing.pdf_tables import PageTable, continue_table, lay_out
from sheetgen.sources.importing.pdf_turned import laid_straight
from sheetgen.sources.importing.recognise import read_imported
from sheetgen.sources.importing.tree import TreeBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from lxml import etree
    from office import Office

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADINGS = ("Activités", "Compétences", "Modalités d’évaluation", "Critères d’évaluation")
BLOCS = ("Vendre", "Gérer", "Animer")


def a_bloc_a_page(document: Document) -> None:
    """Write a page for each bloc, its activity written upwards beside the competency."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for number, bloc in enumerate(BLOCS, start=1):
        title = document.add_paragraph(f"BLOC {number}")
        title.paragraph_format.page_break_before = number > 1
        document.add_paragraph("Référentiel de l’école")
        criteria = tuple(f"Le critère {letter} de {bloc} est tenu." for letter in "abcdef")
        row = (
            f"A{number}.1 {bloc} au comptoir",
            f"C{number}.1 {bloc}",
            "Oral devant jury",
            criteria,
        )
        add_table(document, [HEADINGS, row])
        properties: etree._Element = document.tables[-1].cell(1, 0)._tc.get_or_add_tcPr()  # noqa: SLF001
        way = "btLr" if number < 3 else "tbRl"
        properties.append(parse_xml(f'<w:textDirection xmlns:w="{W}" w:val="{way}"/>'))


def test_blocs_at_the_top_of_pages_are_no_headers(tmp_path: Path, libreoffice: Office) -> None:
    """« BLOC 1 », « BLOC 2 » differ from page to page; words written upwards read as such."""
    source = tmp_path / "blocs.docx"
    source.write_bytes(word_bytes(a_bloc_a_page))
    (made,) = libreoffice.convert([source], tmp_path / "pdf", ".pdf")
    draft = DraftReferential()
    TreeBuilder(draft).add("source", read_imported(made.read_bytes()))
    assert [row["Code"] for row in draft.rows["Blocs"]] == ["BC01", "BC02", "BC03"]
    assert [(row["Bloc"], row["Intitulé"]) for row in draft.rows["Activités"]] == [
        (f"BC0{number}", f"{bloc} au comptoir") for number, bloc in enumerate(BLOCS, start=1)
    ]
    doubts = [line.remark for line in draft.lines if line.sheet == "Activités"]
    assert all("à la verticale" in doubt for doubt in doubts)
    assert draft.left() == ["Référentiel de l’école"]


def word(
    text: str, left: float, top: float, width: float = 40, height: float = 10
) -> dict[str, Any]:
    """Return a word as the reader of PDFs gives it."""
    return {"text": text, "x0": left, "top": top, "x1": left + width, "bottom": top + height}


def test_words_written_upwards_are_laid_straight() -> None:
    """Lines follow one another rightwards, words go upwards; downwards, all is the other way."""
    box = (0.0, 0.0, 40.0, 100.0)
    up = [
        {**word("le", 2, 60, 10, 20), "turn": "écrit vers le haut"},
        {**word("Recevoir", 2, 20, 10, 38), "turn": "écrit vers le haut"},
        {**word("public", 16, 50, 10, 30), "turn": "écrit vers le haut"},
    ]
    ((words, frame),) = laid_straight(up, box)
    assert [line.text for line in lines_of_words(words, frame[2])] == ["le Recevoir", "public"]
    down = [{**item, "turn": "écrit vers le bas"} for item in up]
    ((words, frame),) = laid_straight(down, box)
    assert [line.text for line in lines_of_words(words, frame[2])] == ["public", "Recevoir le"]


def page_table(*rows: tuple[str, ...]) -> PageTable:
    """Return the table of a page: two columns, a line of text in each cell."""
    boxes = [
        (200.0 * column, 50.0 * row, 200.0 * column + 200, 50.0 * row + 50)
        for row in range(len(rows))
        for column in range(2)
    ]
    table = PageTable.of(boxes)
    assert table is not None
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            for place, one in enumerate(text.split()):
                found = word(one, 200 * column + 5 + 45 * place, 50 * row + 5)
                assert table.take(found, (found["x0"] + 20, found["top"] + 5))
    return table


def told(table: PageTable) -> list[tuple[int, int, str]]:
    """Return the texts of a table with their rows and columns."""
    return [(cell.row, cell.column, cell.text) for cell in lay_out(table, "").cells if cell.text]


def test_a_cell_that_begins_on_the_second_page_stays_in_its_row() -> None:
    """Its row was cut before its first line; the next rows are not it, nor the row above."""
    table = page_table(("C1.1 Vendre", "Vendu."), ("C1.2 Gérer", ""))
    assert continue_table(table, page_table(("", "tenu au jour."), ("C1.3 Clore", "Clos.")), 2)
    assert told(table) == [
        (0, 0, "C1.1 Vendre"),
        (0, 1, "Vendu."),
        (1, 0, "C1.2 Gérer"),
        (1, 1, "tenu au jour."),
        (2, 0, "C1.3 Clore"),
        (2, 1, "Clos."),
    ]


def test_a_cell_that_begins_on_the_third_page_is_not_given_to_the_row_above() -> None:
    """Blank cells of the second page are not kept: the lowest text above is another row's."""
    table = page_table(("C1.1 Vendre", "Vendu."), ("C1.2 Gérer", "Tenu."))
    assert continue_table(table, page_table(("C1.3 Clore", "Clos."), ("C1.4 Suivre", "")), 2)
    assert continue_table(table, page_table(("", "suivi au jour."), ("C1.5 Dire", "Dit.")), 3)
    assert (3, 1, "suivi au jour.") in told(table)
    assert (2, 1, "Clos.") in told(table)
    assert (4, 1, "Dit.") in told(table)


def test_a_line_that_begins_as_a_sentence_is_doubtful() -> None:
    """In a narrow cell nothing tells a paragraph from a line; a name of a thing is no sentence."""
    lines = [word("Les sources sont citées", 5, 5, 180), word("Le budget est tenu", 5, 17, 170)]
    (found,) = paragraphs_of(lines_of_words(lines, 190), "cellule")
    assert found.text == "Les sources sont citées Le budget est tenu"
    assert "majuscule" in found.doubt
    lines = [word("Le tableau est fait avec", 5, 5, 180), word("Excel ou Calc", 5, 17, 170)]
    (found,) = paragraphs_of(lines_of_words(lines, 190), "cellule")
    assert found.doubt == ""


def test_a_word_cut_by_a_hyphen_that_nobody_sees_is_one() -> None:
    """Such a hyphen is no letter of it."""
    lines = [word("une reformu\u00ad", 5, 5, 180), word("lation juste", 5, 17, 170)]
    (found,) = paragraphs_of(lines_of_words(lines, 190), "cellule")
    assert (found.text, found.doubt) == ("une reformulation juste", "")


def test_columns_without_lines_are_doubtful() -> None:
    """A gap in a line may part two columns; behind a code or a bullet it is a tab."""
    tabbed = [word("C1.1", 5, 5, 20), word("Préparer la vente", 70, 5, 90)]
    (found,) = paragraphs_of(lines_of_words(tabbed, 400), "page 1")
    assert found.doubt == ""
    beside = [*tabbed, word("Oral", 230, 5, 30)]
    (found,) = paragraphs_of(lines_of_words(beside, 400), "page 1")
    assert "colonnes sans traits" in found.doubt
