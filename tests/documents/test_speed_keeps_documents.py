"""What makes documents quicker to render leaves every one of their parts as docxtpl makes it."""

from __future__ import annotations

import io
import zipfile

import docx
from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.documents.filling import resolve_breaks
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
