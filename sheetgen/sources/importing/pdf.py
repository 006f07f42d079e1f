"""A PDF, read into texts with their places: tables found by their lines, cells cut by pages joined.

A PDF has no paragraphs and no cells, only letters and lines. A line of text goes on with the one
above it where the first word of the second would not have fitted on the first. What is joined over
two pages is always told. The reader (pdfplumber) is an extra.
"""

from __future__ import annotations

import io
import re
from dataclasses import field, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.importing import (
    FILE_DAMAGED,
    FILE_PROTECTED,
    PDF_READER_MISSING,
    PDF_WITHOUT_TEXT,
)
from sheetgen.sources.importing.document import ReadBlock, ReadDocument, ReadParagraph
from sheetgen.sources.importing.pasted import document_of_paragraphs
from sheetgen.sources.importing.pdf_lines import TextLine, lines_of_words, paragraphs_of
from sheetgen.sources.importing.pdf_tables import PageTable, continue_table, lay_out
from sheetgen.sources.importing.pdf_turned import laid_straight, words_of
from sheetgen.sources.importing.source_codes import split_activity, split_block
from sheetgen.spreadsheet import UnreadableWorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfplumber.page import Page

_LEAST_LETTERS = 20
"""Fewer letters a page, on average, are no text: stamps and numbers of scanned pages."""

_DIGITS = re.compile(r"\d+")
_LEAST_REPEATS = 3


@dataclass(slots=True, kw_only=True)
class _PageContent:
    """The lines of a page outside tables, and its tables, from top to bottom."""

    number: int
    lines: list[TextLine] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    image: bool = False
    turned: list[ReadParagraph] = field(default_factory=list)


def read_pdf(data: bytes) -> ReadDocument:
    """Return the texts of a PDF.

    Raises:
        UnreadableWorkbookError: it is protected, damaged or without text, or nothing here reads it.
    """
    if find_spec("pdfplumber") is None:
        raise UnreadableWorkbookError(PDF_READER_MISSING)
    pages = _read_pages(data)
    letters = sum(
        len(line.text)
        for page in pages
        for line in (*page.lines, *(line for table in page.tables for line in table.lines()))
    )
    if letters < _LEAST_LETTERS * len(pages):
        raise UnreadableWorkbookError(PDF_WITHOUT_TEXT)
    aside = _take_repeated(pages)
    turned = {item.text: item for page in reversed(pages) for item in reversed(page.turned)}
    aside += reversed(turned.values())
    aside += [
        ReadParagraph(
            text=f"(page {page.number} sans texte : une image)", place=f"page {page.number}"
        )
        for page in pages
        if page.image and not page.lines and not page.tables
    ]
    if not any(page.tables for page in pages):
        told = [item for page in pages for item in paragraphs_of(page.lines, f"page {page.number}")]
        return replace(document_of_paragraphs(told, "PDF sans tableau"), aside=tuple(aside))
    return ReadDocument(form="PDF", blocks=tuple(_blocks(pages)), aside=tuple(aside))


def _read_pages(data: bytes) -> list[_PageContent]:
    import pdfplumber  # noqa: PLC0415 - an extra
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - it comes with it
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 - likewise

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return [_read_page(page) for page in document.pages]
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            reason = "un mot de passe est demandé à l'ouverture"
            raise UnreadableWorkbookError(FILE_PROTECTED, reason=reason) from error
        raise UnreadableWorkbookError(FILE_DAMAGED, reason="ce PDF est illisible") from error
    except MemoryError:
        raise
    except Exception as error:  # a damaged PDF makes its reader raise anything
        raise UnreadableWorkbookError(FILE_DAMAGED, reason="ce PDF est illisible") from error


def _read_page(page: Page) -> _PageContent:
    content = _PageContent(number=page.page_number, image=bool(page.images))
    words = words_of(page)
    tables = [
        table for found in page.find_tables() if (table := PageTable.of(found.cells)) is not None
    ]
    outside = []
    for word in words:
        middle = ((word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
        if not any(table.take(word, middle) for table in tables):
            outside.append(word)
    margin = max((word["x1"] for word in words), default=0.0)
    whole = (0.0, 0.0, margin, float(page.height))
    for laid, box in laid_straight(outside, whole):
        lines = lines_of_words(laid, box[2])
        if box == whole:
            content.lines = lines
        else:
            content.turned += paragraphs_of(lines, f"page {page.page_number}, à la verticale")
    content.tables = sorted(
        (table for table in tables if table.has_text), key=lambda table: table.top
    )
    page.close()
    return content


def _take_repeated(pages: Sequence[_PageContent]) -> list[ReadParagraph]:
    """Take away the headers and footers of pages, and return each once.

    A title that names another bloc on other pages is none, though it stands at the same height; the
    same title again is.
    """
    if len(pages) < _LEAST_REPEATS:
        return []
    texts: dict[tuple[str, int], list[str]] = {}
    for page in pages:
        for key, line in {_key(line): line for line in page.lines}.items():
            texts.setdefault(key, []).append(line.text)
    repeated = {key for key, said in texts.items() if len(said) >= _LEAST_REPEATS}
    titles = {text for key in repeated if len({*texts[key]}) > 1 for text in texts[key]}
    titles = {text for text in titles if split_block(text) or split_activity(text).code}
    found: dict[str, ReadParagraph] = {}
    for page in pages:
        kept = []
        for line in page.lines:
            if _key(line) not in repeated or line.text in titles:
                kept.append(line)
                titles.discard(line.text)
                continue
            place = f"page {page.number}, en-tête ou pied de page"
            found.setdefault(line.text, ReadParagraph(text=line.text, place=place))
        page.lines = kept
    return list(found.values())


def _key(line: TextLine) -> tuple[str, int]:
    """Return what the lines of a header share on all pages: all but numbers, and their height."""
    return _DIGITS.sub("", line.text), round(line.top / 4)


def _blocks(pages: Sequence[_PageContent]) -> Iterator[ReadBlock]:
    """Yield running text and tables, those that go on over pages as one."""
    number = 0
    pending: PageTable | None = None
    for page in pages:
        lines = page.lines
        for table in page.tables:
            above = [line for line in lines if line.top < table.top]
            lines = [line for line in lines if line.top >= table.top]
            if pending is not None and not above and table is page.tables[0]:
                joined = continue_table(pending, table, page.number)
                if joined:
                    continue
            if pending is not None:
                number += 1
                yield lay_out(pending, f"tableau {number}")
                pending = None
            yield from _running(above, page.number)
            table.page = page.number
            pending = table
        if lines:
            if pending is not None:
                number += 1
                yield lay_out(pending, f"tableau {number}")
                pending = None
            yield from _running(lines, page.number)
    if pending is not None:
        yield lay_out(pending, f"tableau {number + 1}")


def _running(lines: Sequence[TextLine], page: int) -> Iterator[ReadBlock]:
    paragraphs = paragraphs_of(lines, f"page {page}")
    if paragraphs:
        yield ReadBlock(paragraphs=tuple(paragraphs))
