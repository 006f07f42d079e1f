"""Shortcuts in rendering leave every part of a document as docxtpl makes it."""

from __future__ import annotations

import io
import zipfile

import docx
from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheetgen.documents.table_fit import tables_fit
from sheetgen.documents.template_environment import resolve_breaks
from sheetgen.documents.word_package import document_bytes

RUN = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
PIECES = (
    *("<w:p>", "</w:p>", '<w:p w:rsidR="1">', "<w:pPr><w:jc/></w:pPr>", "<w:tbl>", "\n", "texte"),
    *(RUN.format(text) for text in ("", "a", "a\nb", "a\tb", "\f", "a\ab", "&lt;")),
)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_line_breaks_are_those_of_docxtpl(pieces: list[str]) -> None:
    """In any part, however its paragraphs are nested or cut."""
    xml = "".join(pieces)
    resolve = DocxTemplate(io.BytesIO()).resolve_listing
    assert resolve_breaks(xml, resolve) == resolve(xml)


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}<w:p/></w:tc>"
SPANS = ("", *(f'<w:gridSpan w:val="{value}"/>' for value in (0, 1, 2, 3)))
BODY = '<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:body>'


def table(rows: list[list[str]], columns: int) -> str:
    """Return a table of these cells."""
    grid = '<w:gridCol w:w="600"/>' * columns
    lines = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def tables(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return tables, of whose cells some hold that."""
    cells = st.builds(CELL.format, st.sampled_from(SPANS), content)
    return st.builds(table, st.lists(st.lists(cells, max_size=3), max_size=3), st.integers(1, 3))


@given(found=st.lists(tables(st.one_of(st.just(""), tables(st.just("")))), max_size=2))
def test_tables_that_fit_are_those_that_docxtpl_leaves(found: list[str]) -> None:
    """With or without cells over several columns and tables in a cell."""
    xml = BODY.format("".join(found))
    body = etree.fromstring(xml)
    mended = DocxTemplate(io.BytesIO()).fix_tables(xml)
    same = etree.tostring(mended) == etree.tostring(body)
    assert same or not tables_fit(body)
    if same and "gridSpan" not in xml:
        assert tables_fit(body)


def test_a_packed_document_has_the_parts_that_were_saved() -> None:
    """Names, order and contents; of the time nothing is left."""
    document = docx.Document()
    document.add_paragraph("Fait à Tours." * 100)
    saved = io.BytesIO()
    document.save(saved)
    with (
        zipfile.ZipFile(saved) as expected,
        zipfile.ZipFile(io.BytesIO(document_bytes(document))) as made,
    ):
        assert made.testzip() is None
        assert made.namelist() == expected.namelist()
        for entry in made.infolist():
            assert made.read(entry) == expected.read(entry.filename)
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
