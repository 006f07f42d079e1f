"""The templates that ship: real Word documents, one look, and open to restyling."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import docx
import ooxml
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.styles.style import ParagraphStyle
from report_world import (
    SHIPPED,
    TEMPLATES,
    adopted,
    overridden,
    read_lines,
    read_margins,
    read_rows,
    settled_documents,
)

from sheetgen.documents.checked_templates import was_checked
from sheetgen.documents.kinds import TEMPLATE_KINDS, ReportTemplate
from sheetgen.documents.school_templates import read_templates
from sheetgen.documents.template import read_word_template

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from office import Office
    from report_world import World

    from sheetgen.documents.school_templates import Templates
    from sheetgen.documents.template import WordTemplate

NAMES = (
    "attestation-bloc.docx",
    "consignes-jures.docx",
    "convocation.docx",
    "explication.docx",
    "feuille-emargement.docx",
    "grille-papier.docx",
    "notification.docx",
    "parchemin.docx",
    "proces-verbal.docx",
    "rapport-jury.docx",
    "releve.docx",
)
ONE_PAGE = ("attestation-bloc.docx", "parchemin.docx")


@pytest.mark.parametrize("kind", TEMPLATE_KINDS, ids=lambda kind: kind.file)
def test_a_template_that_is_said_to_be_checked_has_no_fault(kind: type[WordTemplate]) -> None:
    """Each that is shipped is checked here, and by no command."""
    data = (TEMPLATES / kind.file).read_bytes()
    assert kind(kind.file, data).check() == []
    assert was_checked(kind.file, data)
    assert not was_checked("autre.docx", data)


def test_a_template_that_differs_in_one_byte_is_checked(tmp_path: Path) -> None:
    """Known bytes alone are taken as they are: those of another kind are not."""
    whole = SHIPPED.read_bytes()
    path = tmp_path / SHIPPED.name
    path.write_bytes(whole[:-30])
    assert [item.code for item in read_word_template(path, ReportTemplate)[1]] == [
        "template-unreadable"
    ]
    path.write_bytes((TEMPLATES / "parchemin.docx").read_bytes())
    assert "template-unknown-field" in {
        item.code for item in read_word_template(path, ReportTemplate)[1]
    }


@pytest.fixture
def shipped() -> Document:
    """The template of the jury's report, opened."""
    return docx.Document(str(SHIPPED))


@pytest.fixture(params=NAMES)
def each(request: pytest.FixtureRequest) -> Document:
    """Each of the templates, opened."""
    return docx.Document(str(TEMPLATES / request.param))


def test_every_template_of_the_folder_is_tested_and_read() -> None:
    """A document that nothing is made of would only mislead a school."""
    assert sorted(path.name for path in TEMPLATES.glob("*.docx")) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_a4_and_in_french(name: str) -> None:
    """Certificates lie down, all else stands; each has a title that a screen reader says."""
    document = docx.Document(str(TEMPLATES / name))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    size = round(section.page_width.mm), round(section.page_height.mm)
    assert size == ((297, 210) if name in ONE_PAGE else (210, 297))
    languages = document.styles.element.iter(qn("w:lang"))
    assert [item.get(qn("w:val")) for item in languages] == ["fr-FR"]
    assert document.core_properties.title
    assert document.core_properties.language == "fr-FR"


@pytest.mark.parametrize("name", NAMES)
def test_the_footer_says_page_n_of_n(name: str) -> None:
    """Both numbers are fields that Word computes; a parchment, which is one page, needs none."""
    footer = docx.Document(str(TEMPLATES / name)).sections[0].footer.part
    fields = [item.get(qn("w:instr")) for item in footer.element.iter(qn("w:fldSimple"))]
    assert fields == ([] if name == "parchemin.docx" else [" PAGE ", " NUMPAGES "])


def test_only_the_parchment_has_a_frame() -> None:
    """An attestation must not be mistaken for it; neither carries anybody's logo."""
    for name in NAMES:
        document = docx.Document(str(TEMPLATES / name))
        framed = list(document.element.body.iter(qn("w:pgBorders")))
        assert len(framed) == (name == "parchemin.docx"), name
        assert not list(document.element.body.iter(qn("w:drawing"))), name


def test_headings_are_word_headings(shipped: Document) -> None:
    """The navigation pane, a table of contents and a screen reader find them."""
    found = [
        (paragraph.style.name, paragraph.text)
        for paragraph in shipped.paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith(("Title", "Head"))
    ]
    assert found[0] == ("Title", "Rapport du jury")
    assert [text for name, text in found if name == "Heading 1"][:5] == [
        "Certification visée",
        "Session",
        "Candidat",
        "Blocs de compétences",
        "Composition du jury",
    ]
    assert ("Heading 2", "Compétences") in found


def test_tables_never_split_a_row(each: Document) -> None:
    """No remark is cut in two; every table has one of the two styles of the house."""
    for table in each.tables:
        rows = table._tbl.tr_lst  # noqa: SLF001 - python-docx shows no row properties
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert table.style is not None
        assert table.style.name in ("Tableau du jury", "Mise en page")


def test_a_table_with_titles_repeats_them(each: Document) -> None:
    """On every page a reader knows what a column is."""
    for table in each.tables:
        titled = table.rows[0].cells[0].paragraphs[0].style
        repeated = list(table._tbl.iter(qn("w:tblHeader")))  # noqa: SLF001
        assert titled is not None
        assert len(repeated) == str(titled.name).startswith("Titre de colonne")


def test_the_report_has_its_tables(shipped: Document) -> None:
    """Blank, with proposals, and decided, each with its own."""
    headers = [
        item
        for table in shipped.tables
        for item in table._tbl.iter(qn("w:tblHeader"))  # noqa: SLF001
    ]
    assert len(headers) == 15


def test_tables_have_alternative_text(each: Document) -> None:
    """Each table says what it holds, for who cannot see it."""
    described = list(each.element.body.iter(qn("w:tblDescription")))
    assert len(described) == len(each.tables)
    assert all(item.get(qn("w:val")) for item in described)


def test_boxes_and_lists_are_content_controls(shipped: Document) -> None:
    """They can be ticked or chosen from in Word, and say aloud what they are."""
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    controls = list(shipped.element.body.iter(qn("w:sdt")))
    boxes = [item for item in controls if item.find(f"{qn('w:sdtPr')}/{w14}checkbox") is not None]
    lists = [item for item in controls if item.find(f".//{qn('w:dropDownList')}") is not None]
    assert (len(boxes), len(lists), len(controls)) == (23, 4, 27)
    assert all(item.find(f"{qn('w:sdtPr')}/{qn('w:alias')}") is not None for item in controls)
    assert [item.get(qn("w:value")) for item in lists[-1].iter(qn("w:listItem"))] == [
        "Délivrée",
        "Validation partielle",
        "Non délivrée",
    ]


def test_a_template_restyled_in_libreoffice_still_renders(
    libreoffice: Office, tmp_path: Path, world: World, template: ReportTemplate
) -> None:
    """Opened and saved by another word processor, it says the same to the letter."""
    (saved,) = libreoffice.convert([SHIPPED], tmp_path, ".docx")
    restyled, problems = read_word_template(saved, ReportTemplate)
    assert problems == []
    assert restyled is not None
    decided = world.decided("1")
    ours = template.render_filled(world.decisions, decided)
    theirs = restyled.render_filled(world.decisions, decided)
    assert read_rows(theirs) == read_rows(ours)
    assert _written(theirs) == _written(ours)
    assert read_margins(theirs)[0] == read_margins(ours)[0]


def test_every_template_restyled_in_libreoffice_says_the_same(
    libreoffice: Office, tmp_path: Path, world: World, templates: Templates
) -> None:
    """With other fonts and colours: minutes, reports, notifications and certificates."""
    originals = [tmp_path / name for name in NAMES]
    for path in originals:
        document = docx.Document(str(TEMPLATES / path.name))
        for style in document.styles:
            if isinstance(style, ParagraphStyle):
                style.font.name = "Georgia"
                style.font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
        document.save(str(path))
    folder = tmp_path / "restyled"
    libreoffice.convert(originals, folder, ".docx")
    restyled, problems = read_templates(folder)
    assert problems == []
    ours = settled_documents(templates, overridden(world))
    theirs = settled_documents(restyled, overridden(world))
    for name, made in ours.items():
        assert _written(theirs[name]) == _written(made), name


def _written(document: bytes) -> list[str]:
    return [text for text in read_lines(document) if text]


def test_what_is_made_is_valid_for_word(
    tmp_path: Path, world: World, template: ReportTemplate, templates: Templates
) -> None:
    """For Microsoft's own validator, as templates are elsewhere: no prompt to repair any."""
    assert templates.attendance is not None
    made = settled_documents(templates, adopted(world)) | {
        "attendance": templates.attendance.render(world.referential, world.session),
        "blank": template.render_blank(
            world.referential, world.session, world.session.candidates[0]
        ),
        "filled": template.render_filled(world.decisions, world.decided("1")),
    }
    kinds = (
        "minutes",
        "report 1",
        "notification 1",
        "transcript 1",
        "certificate 1 BC01",
        "diploma 2",
    )
    for name in (*kinds, "attendance", "blank", "filled"):
        (tmp_path / f"{name}.docx").write_bytes(made[name])
    assert ooxml.validate(sorted(tmp_path.glob("*.docx"))) == []


def test_documents_are_the_same_at_every_run(world: World, templates: Templates) -> None:
    """Byte for byte, also from templates compiled again."""
    known = {item.name: getattr(templates, item.name) for item in fields(templates)}
    again = replace(templates, **{name: replace(template) for name, template in known.items()})
    first = settled_documents(templates, adopted(world))
    assert settled_documents(again, adopted(world)) == first


def test_reports_open_in_libreoffice(
    libreoffice: Office, tmp_path: Path, world: World, template: ReportTemplate
) -> None:
    """Blank and filled, each gives a PDF."""
    blank, filled = tmp_path / "vierge.docx", tmp_path / "rempli.docx"
    blank.write_bytes(
        template.render_blank(world.referential, world.session, world.session.candidates[0])
    )
    filled.write_bytes(template.render_filled(world.decisions, world.decided("1")))
    pages = libreoffice.convert([blank, filled], tmp_path / "pdf", ".pdf")
    assert all(page.read_bytes().startswith(b"%PDF") for page in pages)


def test_contexts_are_built_without_any_office_library() -> None:
    """Loading one takes longer than most commands: only rendering asks for it."""
    code = (
        "import sys, sheetgen.documents.contexts.report, sheetgen.documents.fields;"
        "sys.exit(any(name in sys.modules for name in ('docx', 'docxtpl', 'jinja2', 'lxml')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
