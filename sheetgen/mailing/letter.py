"""A document to the one person it is for: a draft that brings a result or a convocation.

The document goes along as a PDF where there is one, else as it is. The message is a text file that
the school edits, like the one to jurors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.mailing.draft import Attachment, read_addresses, write_draft
from sheetgen.mailing.message import SESSION_FIELDS, fill_message, one_line, session_values
from sheetgen.model import Candidate
from sheetgen.problems import Location, Problem
from sheetgen.problems import handing as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.mailing.message import Message, MessageTemplate
    from sheetgen.model import Juror, Session

RESULT_TEMPLATE = "message-candidats.txt"
CONVOCATION_TEMPLATE = "message-convocation.txt"
PAPER_TEMPLATE = "message-papier.txt"

_PERSON_FIELDS = ("personne", "prénom", "nom", "numéro", "pièce jointe")
_DEADLINE = "date limite"

LETTER_FIELDS = (*_PERSON_FIELDS, *(name for name in SESSION_FIELDS if name != _DEADLINE))
"""The field names that the message of a letter may use between braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A document, and whom it is for."""

    session: Session
    person: Candidate | Juror
    attachment: Attachment

    @property
    def number(self) -> str:
        """Return the number of the candidate, or the code of the juror."""
        person = self.person
        return person.id if isinstance(person, Candidate) else person.code


def attached(document: Path) -> Attachment:
    """Return the document as it is sent: its PDF where there is one.

    Raises:
        OSError: it cannot be read.
    """
    pdf = document.with_suffix(".pdf")
    sent = pdf if pdf.exists() else document
    return Attachment(name=sent.name, data=sent.read_bytes())


def write_letter(letter: Letter, template: MessageTemplate) -> bytes:
    """Return the draft that brings a letter, unsent."""
    return write_draft(_message(letter, template), letter.person, letter.attachment)


def _message(letter: Letter, template: MessageTemplate) -> Message:
    person = letter.person
    own = {
        "personne": one_line(person.full_name),
        "prénom": one_line(person.first_name),
        "nom": one_line(person.last_name),
        "numéro": one_line(letter.number),
        "pièce jointe": letter.attachment.name,
    }
    return fill_message(template, own | session_values(letter.session))


def check_person(letter: Letter, draft: str) -> Iterator[Problem]:
    """Yield what is wrong with a candidate's address; of a juror's, the mail with grids tells."""
    person = letter.person
    if not isinstance(person, Candidate):
        return
    location, addresses = Location(file=draft), read_addresses(person.email)
    for text in addresses.unreadable:
        yield kinds.CANDIDATE_EMAIL_UNREADABLE.at(location, candidate=person.id, found=text)
    if not (addresses.valid or addresses.unreadable):
        name = person.full_name
        yield kinds.CANDIDATE_WITHOUT_EMAIL.at(location, candidate=person.id, name=name)
