"""Make the Word templates a school starts from: `templates/*.docx`.

Run it after changing a template's text or look; a test holds the shipped files against it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attendance_template import attendance
from certificate_templates import block_certificate, diploma
from instructions_template import instructions
from minutes_template import minutes
from notification_template import notification
from report_blocks import add_block
from report_closing import add_decision, add_signatures
from report_opening import add_opening
from word_margins import add_footer, add_header
from word_parts import add_line, line, tag
from word_styles import new_document

from sheetgen.reports.packaging import document_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docx.document import Document

TEMPLATES = Path(__file__).parent.parent / "templates"


def jury_report() -> Document:
    """The jury's report on one candidate: to be ticked by hand, or with results, or decided."""
    document = new_document("Rapport du jury")
    add_header(
        document,
        line("Header", "Rapport du jury – {{ certification.intitule }}"),
        tag("{%p if rapport.provisoire %}"),
        line("Provisoire", "PROVISOIRE"),
        tag("{%p endif %}"),
    )
    add_footer(document, "Candidat n° {{ candidat.numero }} — Session {{ session.code }}")
    add_opening(document)
    add_line(document, tag("{%p for bloc in blocs_presentes %}"))
    add_block(document)
    add_line(document, tag("{%p endfor %}"))
    add_decision(document)
    add_signatures(document)
    return document


DOCUMENTS: Mapping[str, Callable[[], Document]] = {
    "attestation-bloc.docx": block_certificate,
    "consignes-jures.docx": instructions,
    "feuille-emargement.docx": attendance,
    "notification.docx": notification,
    "parchemin.docx": diploma,
    "proces-verbal.docx": minutes,
    "rapport-jury.docx": jury_report,
}
"""What makes each template."""


def main() -> None:
    """Write every template."""
    TEMPLATES.mkdir(exist_ok=True)
    for name, make in DOCUMENTS.items():
        (TEMPLATES / name).write_bytes(document_bytes(make()))
        print(name)


if __name__ == "__main__":
    main()
