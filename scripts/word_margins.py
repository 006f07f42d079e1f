"""Headers and footers of the Word templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from word_parts import Field, Line, fill, line

if TYPE_CHECKING:
    from docx.document import Document


def add_header(document: Document, *lines: Line) -> None:
    """Write the header of every page."""
    header = document.sections[0].header
    fill(header.paragraphs[0], lines[0])
    for other in lines[1:]:
        fill(header.add_paragraph(), other)


def add_footer(document: Document, text: str) -> None:
    """Write the footer of every page: a text, then the page and how many there are."""
    numbers = "\tpage ", Field("PAGE"), " sur ", Field("NUMPAGES")
    fill(document.sections[0].footer.paragraphs[0], line("Footer", text, *numbers))


def add_plain_footer(document: Document, text: str) -> None:
    """Write the footer of a document that is a single page."""
    fill(document.sections[0].footer.paragraphs[0], line("Footer", text))
