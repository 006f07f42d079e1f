"""A school's own document to a draft: each text in its place, or told."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from conftest import EXAMPLES
from docx.oxml import parse_xml
from imported_documents import SHAPES, Shape, add_table, word_bytes
from make_workbooks import shipped_contents

from sheetgen.sources.importing import (
    DraftReferential,
    DraftState,
    import_documents,
    pdf,
    write_draft,
)
from sheetgen.sources.importing.cell_texts import split_method
from sheetgen.sources.importing.document import ReadParagraph
from sheetgen.sources.importing.headings import parse_columns
from sheetgen.sources.importing.recognise import read_imported
from sheetgen.sources.importing.tree import TreeBuilder
from sheetgen.spreadsheet import UnreadableWorkbookError

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from office import Office

    from sheetgen.sources.importing.document import ReadDocument

SHEETS = ("Blocs", "Activités", "Modalités", "Compétences", "Critères")
FORMS = ("referentiel.docx", "referentiel.pdf", "referentiel.txt")
DASHED = "- en valorisant les réussites individuelles et collectives"
ENDING = "afin de maintenir l’engagement des collaborateurs."


def draft_of(document: ReadDocument) -> DraftReferential:
    """The draft that one document makes."""
    draft = DraftReferential()
    TreeBuilder(draft).add("source", document)
    return draft


def words(text: str) -> Counter[str]:
    """The words of a text, whatever stands between them."""
    return Counter(re.findall(r"\w+", text))


def held(draft: DraftReferential) -> str:
    """Every text that a draft holds in its rows, or tells as cut off or left out."""
    rows = [str(value) for sheet in SHEETS for row in draft.rows[sheet] for value in row.values()]
    told = [
        line.text
        for line in draft.lines
        if line.state in (DraftState.LEFT, DraftState.HEADING)
        or (line.state is DraftState.TAKEN and line.remark)
        or line.remark.startswith("déjà")
    ]
    fields = [str(value) for value in draft.fields.values()]
    return "\n".join([*rows, *fields, *told, *(line.mark for line in draft.lines)])


def lost(document: ReadDocument, draft: DraftReferential) -> Counter[str]:
    """The words of a document that its draft neither holds nor tells."""
    return words("\n".join(item.text for item in document.paragraphs())) - words(held(draft))


@pytest.fixture(scope="module")
def seeds() -> dict[str, ReadDocument]:
    """The shipped référentiel as a document, in its three forms."""
    return {form: read_imported((EXAMPLES / "import" / form).read_bytes()) for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_the_seed_gives_the_shipped_referential(form: str, seeds: dict[str, ReadDocument]) -> None:
    """Word and text give it to the letter; the PDF but for one line end, which no PDF shows."""
    draft = draft_of(seeds[form])
    shipped = shipped_contents()
    different = {
        str(row["Code"]): found
        for sheet in SHEETS
        for row, found in zip(shipped.rows[sheet], draft.rows[sheet], strict=True)
        if dict(row) != found
    }
    assert draft.fields == shipped.fields["Certification"]
    if form.endswith(".pdf"):
        title = str(different.pop("C4.2")["Intitulé"])
        assert f"{DASHED} {ENDING}" in title
    assert different == {}


@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_the_seed_is_lost(form: str, seeds: dict[str, ReadDocument]) -> None:
    """Every word is in a row of the draft, in a code's mark, or among what is told."""
    assert lost(seeds[form], draft_of(seeds[form])) == Counter()


def test_joins_over_pages_are_told(seeds: dict[str, ReadDocument]) -> None:
    """Each cell that a page of the PDF has cut is among what is to be read again."""
    draft = draft_of(seeds["referentiel.pdf"])
    cut = [line.code for line in draft.lines if "changement de page" in line.remark]
    assert {"M1.1", "M1.3", "M1.5", "M2.2", "M4.2", "M4.4", "M5.2"} <= set(cut)
    assert {"C1.3.3", "C2.2.4", "C3.3.1"} <= set(cut)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_a_document_of_another_shape(shape: Shape) -> None:
    """The counts are right, nothing is lost, and what is doubtful is listed."""
    document = read_imported(word_bytes(shape.write))
    draft = draft_of(document)
    assert tuple(len(draft.rows[sheet]) for sheet in SHEETS) == shape.sizes
    doubtful = [line.code for line in draft.lines if line.state is DraftState.DOUBTFUL]
    assert tuple(doubtful) == shape.doubtful
    assert tuple(draft.left()) == shape.left
    assert lost(document, draft) == Counter()


def test_documents_of_other_shapes_as_pdf(tmp_path: Path, libreoffice: Office) -> None:
    """Saved as PDF by LibreOffice, they give the same rows, and lose no word."""
    files = []
    for name, shape in SHAPES.items():
        files.append(tmp_path / f"{name.replace(' ', '-')}.docx")
        files[-1].write_bytes(word_bytes(shape.write))
    made = libreoffice.convert(files, tmp_path / "pdf", ".pdf")
    for file, shape in zip(made, SHAPES.values(), strict=True):
        document = read_imported(file.read_bytes())
        draft = draft_of(document)
        assert tuple(len(draft.rows[sheet]) for sheet in SHEETS) == shape.sizes, file.name
        assert lost(document, draft) == Counter(), file.name


def test_rows_of_merged_activities() -> None:
    """Codes of the source are kept; a criterion is its paragraph, a method its first line."""
    draft = draft_of(read_imported(word_bytes(SHAPES["merged activities"].write)))
    assert draft.rows["Blocs"] == [
        {"Code": "BC01", "Intitulé": "Accueillir le public"},
        {"Code": "BC02", "Intitulé": "Gérer les dossiers"},
    ]
    assert draft.rows["Activités"][0] == {
        "Code": "A1.1",
        "Bloc": "BC01",
        "Intitulé": "Recevoir les personnes",
    }
    assert draft.rows["Compétences"][1] == {
        "Code": "C1.2",
        "Activité": "A1.1",
        "Intitulé": "Orienter la personne",
        "Modalité": "M1.2",
    }
    assert draft.rows["Modalités"][1] == {
        "Code": "M1.2",
        "Type": "Étude de cas",
        "Description": "Le candidat traite trois demandes écrites.",
    }
    assert [(row["Code"], row["Intitulé"]) for row in draft.rows["Critères"]][:2] == [
        ("C1.1.1", "La demande est reformulée."),
        ("C1.1.2", "Le ton est courtois."),
    ]


def test_bullets_of_one_cell_are_criteria() -> None:
    """Bullets are criteria, deeper ones a part of theirs; the line above is their group."""
    draft = draft_of(read_imported(word_bytes(SHAPES["bullets in one cell"].write)))
    assert [(row["Intitulé"], row.get("Groupe")) for row in draft.rows["Critères"]] == [
        ("des étapes datées", "Le plan comporte :"),
        (
            "un budget, qui distingue\n- les charges fixes\n- les charges variables",
            "Le plan comporte :",
        ),
        ("des responsables nommés", "Le plan comporte :"),
        ("Les écarts sont mesurés.", None),
        ("Les alertes sont données à temps.", None),
    ]
    assert draft.rows["Compétences"][0]["Intitulé"] == (
        "Planifier un projet :\n- en fixant ses étapes\n- en estimant ses coûts"
    )
    assert draft.rows["Modalités"][0]["Type"] == "Dossier"


def test_a_method_over_several_rows_is_one_method_for_their_competencies() -> None:
    """A cell counts once, however many rows it spans; codes that are missing are made."""
    draft = draft_of(read_imported(word_bytes(SHAPES["methods over rows"].write)))
    assert [(row["Code"], row["Bloc"], row["Modalité"]) for row in draft.rows["Compétences"]] == [
        ("C1.1", "BC01", "M1.1"),
        ("C1.2", "BC01", "M1.1"),
        ("C1.3", "BC01", "M1.3"),
    ]
    assert [row["Code"] for row in draft.rows["Critères"]] == [
        "C1.1.1",
        "C1.2.1",
        "C1.2.2",
        "C1.3.1",
    ]


def test_several_documents_add_up(tmp_path: Path) -> None:
    """A bloc in each file: both are in the draft, in the order of the files."""
    for name in ("merged activities", "two tables per bloc"):
        (tmp_path / f"{name}.docx").write_bytes(word_bytes(SHAPES[name].write))
    files = [tmp_path / "merged activities.docx", tmp_path / "two tables per bloc.docx"]
    gathered = import_documents(files)
    assert [row["Code"] for row in gathered.draft.rows["Blocs"]] == ["BC01", "BC02"]
    assert len(gathered.draft.rows["Critères"]) == 9
    assert {line.source for line in gathered.draft.lines} == {file.name for file in files}


def test_a_pdf_without_its_reader_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)
    with pytest.raises(UnreadableWorkbookError) as refused:
        read_imported(b"%PDF-1.7")
    assert 'pip install "sheetgen[pdf]"' in str(refused.value.at("r.pdf"))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODD = (
    "<w:p><w:r><w:t>Bloc 1 : Soigner</w:t></w:r></w:p>"
    "<w:tbl><w:tr>"
    "<w:tc><w:p><w:r><w:t>Compétences</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Critères</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:sdt><w:sdtContent><w:tr>"
    "<w:tc><w:p><w:r><w:t xml:space='preserve'>C1 Panser </w:t></w:r>"
    "<w:ins><w:r><w:t>une plaie</w:t></w:r></w:ins>"
    "<w:del><w:r><w:delText>un mort</w:delText></w:r></w:del>"
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Note du bureau</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Le geste est sûr.</w:t><w:br/><w:t>- sans douleur</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Le lieu est propre.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p/></w:tc></w:tr></w:sdtContent></w:sdt>"
    "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>C2 Retirée</w:t></w:r></w:p></w:tc></w:tr>"
    "</w:tbl>"
)


def test_what_word_keeps_apart_is_read_or_told() -> None:
    """Inserted texts and content controls are read, what was deleted is not, boxes are told."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "École de soins"
    body = document.element.body
    for element in parse_xml(f'<w:body xmlns:w="{W}">{ODD}</w:body>'):
        body.insert(len(body) - 1, element)
    saved = io.BytesIO()
    document.save(saved)
    draft = draft_of(read_imported(saved.getvalue()))
    assert [row["Intitulé"] for row in draft.rows["Compétences"]] == ["Panser une plaie"]
    assert [row["Intitulé"] for row in draft.rows["Critères"]] == [
        "Le geste est sûr.",
        "sans douleur",
        "Le lieu est propre.",
    ]
    assert draft.left() == ["Note du bureau", "École de soins"]
    (nested,) = [line for line in draft.lines if line.code == "C1.3"]
    assert "un autre tableau" in nested.remark


def test_numbers_that_word_writes_itself_are_codes() -> None:
    """« C1.2 » of a numbered list stands in no text: it is counted as Word counts it."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start '
            'w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="C1.%1"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f'<w:num xmlns:w="{W}" w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate(
        (("Compétences", "Critères"), ("Lire", "Un."), ("Écrire", "Deux."))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row in (1, 2):
        properties = table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr()  # noqa: SLF001
        properties.append(
            parse_xml(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        )
    saved = io.BytesIO()
    document.save(saved)
    draft = draft_of(read_imported(saved.getvalue()))
    assert [(row["Code"], row["Intitulé"]) for row in draft.rows["Compétences"]] == [
        ("C1.1", "Lire"),
        ("C1.2", "Écrire"),
    ]


def test_a_text_longer_than_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    """Excel holds 32,767 characters: the rest is among the lines left out, no word is lost."""
    sentence = "Le candidat vend. "
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    texts = ("Compétences", "Critères", "C1 Vendre", sentence * 4000)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), texts, strict=True):
        cell.text = text
    source, target = tmp_path / "long.docx", tmp_path / "r.xlsx"
    document.save(str(source))
    draft = import_documents([source]).draft
    write_draft(target, draft)
    assert all(len(str(row["Intitulé"])) <= 32_000 for row in draft.rows["Critères"])
    assert len("".join([str(draft.rows["Critères"][0]["Intitulé"]), *draft.left()])) >= 71_999


def test_codes_that_begin_again_in_each_bloc() -> None:
    """C1 of another bloc, for another text, is another competency; criteria follow their own."""
    document = read_imported(
        b"Blocs;Activites;Competences;Modalites;Criteres;Indicateurs\n"
        b"Bloc 1 - Accueillir;A1 Recevoir;C1 Identifier la demande;Oral;C1.1 Elle est dite;Deux\n"
        b'Bloc 2 - Classer;A1 Archiver;"C1 Trier les lots\nC2 Ranger";Oral;'
        b'"C1.1 Aucun trou\nC2.1 Rien au sol";\n'
        b";;C1;;Le tri est rapide;\n"
    )
    draft = draft_of(document)
    assert [(row["Code"], row["Activité"]) for row in draft.rows["Compétences"]] == [
        ("C1", "A1"),
        ("C1-2", "A1-2"),
        ("C2", "A1-2"),
    ]
    assert [row["Bloc"] for row in draft.rows["Activités"]] == ["BC01", "BC02"]
    owners = [row["Compétence"] for row in draft.rows["Critères"]]
    assert owners == ["C1", "C1", "C1-2", "C2", "C1-2"]
    doubtful = [line.text for line in draft.lines if line.state is DraftState.DOUBTFUL]
    assert {"A1 Archiver", "C1 Trier les lots", "Deux"} <= set(doubtful)
    assert lost(document, draft) == Counter()


def test_a_text_in_other_words_is_doubtful() -> None:
    """What is nearly the competency told before is taken for it, and to be looked at."""
    document = read_imported(
        b"Bloc;Competence;Critere\nBC01 Un;C1 Lire un plan de masse;Lu\n"
        b"BC02 Deux;C1 Lire le plan de masse;Compris\n"
    )
    draft = draft_of(document)
    (line,) = (line for line in draft.lines if "en d'autres mots" in line.remark)
    assert line.state is DraftState.DOUBTFUL
    assert len(draft.rows["Compétences"]) == 1
    assert lost(document, draft) == Counter()


def test_titles_of_blocs_between_the_tables_of_one_sheet() -> None:
    """A bloc named in the first column, above each row of headings, without a merge."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for bloc in ("Bloc 1 : Ouvrir", "Bloc 2 : Fermer"):
        sheet.append([bloc])
        sheet.append(["Compétences", "Modalités", "Critères"])
        sheet.append([f"Tenir la caisse ({bloc[-6:]})", "Pratique", "La caisse est juste"])
    saved = io.BytesIO()
    book.save(saved)
    draft = draft_of(read_imported(saved.getvalue()))
    assert [row["Intitulé"] for row in draft.rows["Blocs"]] == ["Ouvrir", "Fermer"]
    assert [row["Bloc"] for row in draft.rows["Compétences"]] == ["BC01", "BC02"]
    assert draft.left() == []


def test_titles_above_tables_that_were_pasted() -> None:
    """Two tables of a Word document pasted as text, each below its bloc's title, with tabs."""
    names = "Activit\u00e9s\tComp\u00e9tences\tModalit\u00e9s\tCrit\u00e8res"
    text = (
        f"BC01 \u2013 Ouvrir\n{names}\nA1 Accueillir\tC1 Saluer\tOral\tLe ton est juste\n"
        f"BC02 \u2013 Fermer, puis partir\n{names}\nA2 Clore\tC2 Compter\tOral\tLe compte y est\n"
    )
    draft = draft_of(read_imported(text.encode()))
    assert [row["Intitulé"] for row in draft.rows["Activités"]] == ["Accueillir", "Clore"]
    assert [row["Intitulé"] for row in draft.rows["Compétences"]] == ["Saluer", "Compter"]
    assert [row["Compétence"] for row in draft.rows["Critères"]] == ["C1", "C2"]
    assert draft.left() == []


def test_a_formula_that_was_never_calculated_is_read_as_written(tmp_path: Path) -> None:
    """A program wrote it, and no spreadsheet has opened it since: it is shown, not lost."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Activités", "Compétences", "Modalités", "Critères"],
        ["A1 Vendre", "C1.1 Négocier une offre", "Étude de cas", '=CONCATENATE("Le prix","juste")'],
    ):
        sheet.append(row)
    path = tmp_path / "f.xlsx"
    book.save(path)
    (criterion,) = import_documents([path]).draft.rows["Critères"]
    assert criterion["Intitulé"] == '=CONCATENATE("Le prix","juste")'


def test_a_pasted_table_without_headings_has_the_columns_named(tmp_path: Path) -> None:
    """`--columns` is the way out that the message gives; it serves for text as well."""
    source = tmp_path / "table.txt"
    source.write_text("C1 Faire\tOral\tC'est fait\nC2 Lire\tOral\tC'est lu\n", encoding="utf-8")
    columns = parse_columns("compétences,modalités,critères")
    rows = import_documents([source], columns).draft.rows
    assert [row["Intitulé"] for row in rows["Compétences"]] == ["Faire", "Lire"]
    assert [row["Intitulé"] for row in rows["Critères"]] == ["C'est fait", "C'est lu"]


def test_a_bullet_under_a_competency_of_a_text_is_doubtful() -> None:
    """It is joined to the competency, as nothing says that it is a criterion."""
    draft = draft_of(read_imported(b"BLOC 1 : Vendre\nC1.1 Saluer\n- le ton est juste\n"))
    (line,) = (line for line in draft.lines if line.state is DraftState.DOUBTFUL)
    assert line.code == "C1.1"


def test_codes_in_words_are_codes() -> None:
    """A row that begins with « Activité-type 1 » and « Compétence 2 : » is no row of headings."""
    document = read_imported(
        b"Activites-types;Competences;Criteres\nBLOC A - Vendre;;\n"
        b"Activite-type 1 : Vendre;Competence 2 : Conclure;Conclu\n"
    )
    draft = draft_of(document)
    assert draft.rows["Blocs"] == [{"Code": "BCA", "Intitulé": "Vendre"}]
    assert draft.rows["Activités"] == [{"Code": "A1", "Bloc": "BCA", "Intitulé": "Vendre"}]
    (row,) = draft.rows["Compétences"]
    assert (row["Code"], row["Intitulé"]) == ("C2", "Conclure")
    assert [row["Intitulé"] for row in draft.rows["Critères"]] == ["Conclu"]
    assert lost(document, draft) == Counter()


def test_codes_in_columns_of_their_own_are_kept() -> None:
    """« Code | Compétences »: the code is that of the text to its right."""
    document = read_imported(
        b"Code;Blocs;Code;Competences;Code;Criteres\nBC02;Vendre;C7;Conclure;C7.1;Conclu\n"
        b";;;;C7.2;Dit\n"
    )
    draft = draft_of(document)
    codes = [row["Code"] for sheet in SHEETS for row in draft.rows[sheet]]
    assert codes == ["BC02", "C7", "C7.1", "C7.2"]
    assert draft.left() == []
    assert lost(document, draft) == Counter()


def test_the_kind_of_a_method_ends_with_its_line() -> None:
    """A line end without a new paragraph parts a type from its description."""
    method = split_method([ReadParagraph(text="Étude de cas\nDeux heures", place="")])
    assert (method.kind, method.description, method.doubt) == ("Étude de cas", "Deux heures", "")


def two_rows_of_headings(document: Document) -> None:
    """Headings over two rows that nothing merges, lines in place of paragraphs."""
    document.add_paragraph("BLOC DE COMPETENCES 1 : PILOTER")
    evaluation = "REFERENTIEL D'EVALUATION"
    add_table(
        document,
        [
            ["REFERENTIEL D'ACTIVITES", "REFERENTIEL DE COMPETENCES", evaluation, ""],
            ["", "", "MODALITES D'EVALUATION", "CRITERES D'EVALUATION"],
            [
                "A1 – Définir la stratégie",
                "C1 – Analyser le marché\nC2 – Choisir une cible",
                "Mise en situation :\nLe candidat rend un dossier.",
                "L'analyse est complète ;\nLes sources sont citées.",
            ],
        ],
    )


def test_headings_over_two_rows_and_lines_in_one_paragraph() -> None:
    """Both rows name columns; a line that begins with a code or a sentence begins anew."""
    draft = draft_of(read_imported(word_bytes(two_rows_of_headings)))
    assert [(row["Code"], row["Intitulé"]) for row in draft.rows["Compétences"]] == [
        ("C1", "Analyser le marché"),
        ("C2", "Choisir une cible"),
    ]
    assert [row["Activité"] for row in draft.rows["Compétences"]] == ["A1", "A1"]
    assert [row["Intitulé"] for row in draft.rows["Critères"]] == [
        "L'analyse est complète ;",
        "Les sources sont citées.",
    ]
    doubts = [line.remark for line in draft.lines if line.code.startswith("C1.")]
    assert all("lignes d'un seul paragraphe" in doubt for doubt in doubts)


def coded_methods(document: Document) -> None:
    """An épreuve with a code, named by it alone further down."""
    document.add_paragraph("Bloc 1 : Vendre")
    add_table(
        document,
        [
            ["Compétences", "Épreuves", "Critères"],
            ["C1 Négocier", ("E1 – Oral", "Vingt minutes devant le jury."), "L’écoute est active."],
            ["C2 Conclure", "E1", "Le contrat est signé."],
        ],
    )


def test_a_code_of_the_source_names_its_method() -> None:
    """It is kept, and names the same method wherever it stands."""
    draft = draft_of(read_imported(word_bytes(coded_methods)))
    assert draft.rows["Modalités"] == [
        {"Code": "E1", "Type": "Oral", "Description": "Vingt minutes devant le jury."}
    ]
    assert [row["Modalité"] for row in draft.rows["Compétences"]] == ["E1", "E1"]
