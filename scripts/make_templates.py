"""Make the Word templates a school starts from: `templates/*.docx`.

Run it after changing a template's text or look; a test holds the shipped files against it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report_blocks import add_block
from report_closing import add_decision, add_signatures
from report_opening import add_opening
from word_parts import Field, add_line, fill, line, tag
from word_styles import new_document

from sheetgen.reports.packaging import document_bytes

if TYPE_CHECKING:
    from docx.document import Document

TEMPLATES = Path(__file__).parent.parent / "templates"


def jury_report() -> Document:
    """The jury's report on one candidate: blank to be ticked by hand, or filled with results."""
    document = new_document("Rapport du jury")
    _margins(document)
    add_opening(document)
    add_line(document, tag("{%p for bloc in blocs_presentes %}"))
    add_block(document)
    add_line(document, tag("{%p endfor %}"))
    add_decision(document)
    add_signatures(document)
    return document


def _margins(document: Document) -> None:
    section = document.sections[0]
    top, bottom = section.header, section.footer
    fill(
        top.paragraphs[0],
        line("Header", "Rapport du jury – {{ certification.intitule }}"),
    )
    for content in (
        tag("{%p if rapport.provisoire %}"),
        line("Provisoire", "PROVISOIRE"),
        tag("{%p endif %}"),
    ):
        fill(top.add_paragraph(), content)
    fill(
        bottom.paragraphs[0],
        line(
            "Footer",
            "Candidat n° {{ candidat.numero }} — Session {{ session.code }}\tpage ",
            Field("PAGE"),
            " sur ",
            Field("NUMPAGES"),
        ),
    )


def main() -> None:
    """Write every template."""
    TEMPLATES.mkdir(exist_ok=True)
    path = TEMPLATES / "rapport-jury.docx"
    path.write_bytes(document_bytes(jury_report()))
    print(path.name)


if __name__ == "__main__":
    main()
