"""Papers as PDF and mails to candidates: beside a closing, made again at will, never part of it."""

from __future__ import annotations

import json
import shutil
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from conftest import EXAMPLES, Workplace
from handing_world import text_of
from killing import contents
from openpyxl import load_workbook
from stand_in_office import ALL, stand_in

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

pytestmark = pytest.mark.posix

JURYS = str(EXAMPLES / "deliberation.xlsx")
REASON = "Le nom du centre était faux."


@pytest.fixture(scope="module")
def closed_once(complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Return the example session, closed with its papers and their PDFs."""
    place = complete_example.copied(tmp_path_factory.mktemp("closed"))
    done = place.run("finalize", JURYS, *with_pdf(place))
    assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def closed(closed_once: Workplace, tmp_path: Path) -> Workplace:
    """Return a closed session for one test."""
    return closed_once.copied(tmp_path / "place")


def with_pdf(place: Workplace, script: str = ALL) -> list[str]:
    """The options that have PDFs made, by a program that stands in LibreOffice's place."""
    return ["--pdf", "--libreoffice", str(stand_in(place.folder, script))]


def reported(place: Workplace, *arguments: str) -> dict[str, Any]:
    """Return the report of `finalize` on the same workbook of the jury."""
    found: dict[str, Any] = json.loads(
        place.run("finalize", JURYS, "--json", "--quiet", *arguments).stdout
    )
    return found


def draft_to(place: Workplace, name: str) -> EmailMessage:
    """The draft that brings a candidate their result."""
    path = place.outputs / "final" / "courriels" / f"notification_{name}.eml"
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def attachment_of(message: EmailMessage) -> tuple[str | None, str, bytes]:
    """The name, the kind and the content of what goes with a draft."""
    (part,) = message.iter_attachments()
    content = part.get_content()
    assert isinstance(content, bytes)
    return part.get_filename(), part.get_content_type(), content


def session_with(place: Workplace, cell: str, value: str) -> list[str]:
    """The option that gives the example's session with another value in a cell of « Candidats »."""
    book = load_workbook(EXAMPLES / "session.xlsx")
    book["Candidats"][cell] = value
    path = place.folder / "session.xlsx"
    book.save(path)
    return ["--session", str(path)]


def test_every_paper_has_its_pdf_and_every_candidate_a_draft(closed_once: Workplace) -> None:
    """Each draft is unsent, to that candidate alone, with their own notification as PDF."""
    final = closed_once.outputs / "final"
    documents = {path.with_suffix(".pdf") for path in final.rglob("*.docx")}
    assert documents == set(final.rglob("*.pdf"))
    assert len(list(final.rglob("*.eml"))) == 10
    message = draft_to(closed_once, "C01_Exemple")
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    name, kind, data = attachment_of(message)
    assert (name, kind) == ("notification_C01_Exemple.pdf", "application/pdf")
    assert data == (final / "notifications" / "notification_C01_Exemple.pdf").read_bytes()
    text = text_of(message.as_bytes())
    assert text.startswith("Bonjour Zoé Exemple,")
    assert "Délivrée" not in text


def test_a_closed_session_is_the_same_with_or_without_them(closed: Workplace) -> None:
    """Nothing is told or written again; PDFs that were lost come back when they are asked for."""
    before = contents(closed.outputs)
    again = reported(closed)
    assert (again["status"], again["files"], again["restored"]) == (0, [], [])
    assert contents(closed.outputs) == before
    lost = closed.outputs / "final" / "parchemins" / "parchemin_C01_Exemple.pdf"
    lost.unlink()
    assert reported(closed)["files"] == []
    assert reported(closed, *with_pdf(closed))["files"] == [lost.as_posix()]


def test_a_signed_scan_under_the_name_of_a_pdf_stays(closed: Workplace) -> None:
    """A person put it there, and the paper it is of is the same."""
    scan = closed.outputs / "final" / "proces-verbal.pdf"
    scan.write_bytes(b"signed")
    assert reported(closed, *with_pdf(closed))["status"] == 0
    assert scan.read_bytes() == b"signed"


def test_papers_made_again_have_other_pdfs(closed: Workplace) -> None:
    """The former ones go with the papers that they are of; without `--pdf` none is left behind."""
    final = closed.outputs / "final"
    assert reported(closed, "--reopen", REASON)["status"] == 0
    assert not list(final.glob("notifications/*.pdf"))
    again = draft_to(closed, "C01_Exemple")
    assert again["Subject"].endswith(": votre résultat (annule et remplace)")
    assert "annule et remplace celui qui vous avait été adressé" in text_of(again.as_bytes())
    assert len(list(final.glob("versions/1/notifications/*.pdf"))) == 10
    name, kind, _ = attachment_of(draft_to(closed, "C01_Exemple"))
    assert name == "notification_C01_Exemple.docx"
    assert kind.endswith("wordprocessingml.document")


def test_an_address_corrected_after_the_closing_reaches_the_draft(closed: Workplace) -> None:
    """No paper says it: the session stays closed, and that one draft is made again."""
    written = reported(closed, *session_with(closed, "E2", "zoe@example.org"))
    assert written["status"] == 0
    draft = closed.outputs / "final" / "courriels" / "notification_C01_Exemple.eml"
    assert written["files"] == [draft.as_posix()]
    (address,) = draft_to(closed, "C01_Exemple")["To"].addresses
    assert address.addr_spec == "zoe@example.org"


def test_nothing_is_prepared_to_be_sent_while_something_differs(closed: Workplace) -> None:
    """A name changed since: told at its cell, and the drafts stay as they were."""
    before = contents(closed.outputs / "final")
    assert reported(closed, *session_with(closed, "B2", "Autre"))["status"] == 1
    assert contents(closed.outputs / "final") == before


def test_what_cannot_be_converted_is_told_and_the_rest_made(closed: Workplace) -> None:
    """By the document's name; the papers are there all the same."""
    shutil.rmtree(closed.outputs / "final" / "attestations")
    options = with_pdf(closed, "[make(name) for name in names[1:]]")
    done = reported(closed, *options)
    told = [item["file"] for item in done["problems"] if item["code"] == "pdf-not-made"]
    assert told == [
        (closed.outputs / "final" / "attestations" / "attestation_C01_BC01_Exemple.docx").as_posix()
    ]
    assert done["status"] == 1
    assert len(list((closed.outputs / "final" / "attestations").glob("*.pdf"))) == 29


def test_without_libreoffice_everything_else_is_done(closed: Workplace) -> None:
    """The folder of the reports has its documents, and one error says what is lacking."""
    missing = ["--pdf", "--libreoffice", str(closed.folder / "nowhere")]
    result = closed.run("generate", *missing)
    assert result.exit_code == 1
    assert "il n’y a pas de LibreOffice à cet endroit" in result.output
    assert len(list((closed.outputs / "rapports").glob("*.docx"))) == 10
    assert not list((closed.outputs / "rapports").glob("*.pdf"))
