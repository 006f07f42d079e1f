"""The template that ships: made by its script, a real Word document, and open to restyling."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import docx
import make_templates
import office
import pytest
from docx.oxml.ns import qn
from report_world import SHIPPED, read_lines, read_margins, read_rows

from sheetgen.reports.packaging import document_bytes
from sheetgen.reports.render import read_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document
    from office import Office
    from report_world import World

    from sheetgen.reports.render import ReportTemplate


@pytest.fixture(scope="module")
def libreoffice() -> Iterator[Office]:
    """One LibreOffice for the tests of this module."""
    with office.office() as running:
        yield running


@pytest.fixture
def shipped() -> Document:
    """The template, opened."""
    return docx.Document(str(SHIPPED))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_shipped_template_is_what_its_script_makes() -> None:
    """Part by part: nobody edits the file and forgets the script, or the other way round."""
    assert _parts(SHIPPED.read_bytes()) == _parts(document_bytes(make_templates.jury_report()))


def test_the_page_is_a4_upright_and_in_french(shipped: Document) -> None:
    """With a title, so that a reader's window and a screen reader say what it is."""
    section = shipped.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    languages = shipped.styles.element.iter(qn("w:lang"))
    assert [item.get(qn("w:val")) for item in languages] == ["fr-FR"]
    assert shipped.core_properties.title == "Rapport du jury"


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


def test_tables_repeat_their_header_and_never_split_a_row(shipped: Document) -> None:
    """On every page a reader knows what a column is, and no remark is cut in two."""
    for table in shipped.tables:
        rows = table._tbl.tr_lst  # noqa: SLF001 - python-docx shows no row properties
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert table.style is not None
        assert table.style.name == "Tableau du jury"
    headers = [
        item
        for table in shipped.tables
        for item in table._tbl.iter(qn("w:tblHeader"))  # noqa: SLF001
    ]
    assert len(headers) == 11


def test_tables_have_alternative_text(shipped: Document) -> None:
    """What a table holds, for who cannot see it."""
    described = list(shipped.element.body.iter(qn("w:tblDescription")))
    assert len(described) == len(shipped.tables)
    assert all(item.get(qn("w:val")) for item in described)


def test_boxes_to_tick_are_content_controls(shipped: Document) -> None:
    """They can be ticked in Word, and say aloud what they are."""
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    controls = list(shipped.element.body.iter(qn("w:sdt")))
    assert len(controls) == 18
    for control in controls:
        assert control.find(f"{qn('w:sdtPr')}/{w14}checkbox") is not None
        assert control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}") is not None


def test_a_template_restyled_in_libreoffice_still_renders(
    libreoffice: Office, tmp_path: Path, world: World, template: ReportTemplate
) -> None:
    """Opened and saved by another word processor, it says the same to the letter."""
    (saved,) = libreoffice.convert([SHIPPED], tmp_path, ".docx")
    restyled, problems = read_template(saved)
    assert problems == []
    assert restyled is not None
    decided = world.decided("1")
    ours = template.render_filled(world.decisions, decided)
    theirs = restyled.render_filled(world.decisions, decided)
    assert read_rows(theirs) == read_rows(ours)
    assert [text for text in read_lines(theirs) if text] == [
        text for text in read_lines(ours) if text
    ]
    assert read_margins(theirs)[0] == read_margins(ours)[0]


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
        "import sys, sheetgen.reports.context, sheetgen.reports.fields;"
        "sys.exit(any(name in sys.modules for name in ('docx', 'docxtpl', 'jinja2', 'lxml')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
