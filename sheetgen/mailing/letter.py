"""A document to the one person it is for: a draft that brings a result or a convocation.

The document goes along as a PDF where there is one, else as it is. The message is a text file that
the school edits, like the one to jurors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.mailing.draft import Attachment, read_addresses, write_draft
from sheetgen.mailing.message import (
    SESSION_FIELDS,
    Message,
    fill_message,
    one_line,
    session_values,
    together_text,
)
from sheetgen.model import Candidate, told_person
from sheetgen.problems import Location, Problem
from sheetgen.problems import handing as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.mailing.message import MessageTemplate
    from sheetgen.model import Juror, Session

RESULT_TEMPLATE = "message-candidats.txt"
CONVOCATION_TEMPLATE = "message-convocation.txt"
PAPER_TEMPLATE = "message-papier.txt"

_REPLACEMENT = "remplacement"
_PERSON_FIELDS = ("personne", "prénom", "nom", "numéro", "pièce jointe", _REPLACEMENT)
_DEADLINE, _TOGETHER = "date limite", "en commun"

LETTER_FIELDS = (*_PERSON_FIELDS, *(name for name in SESSION_FIELDS if name != _DEADLINE))
"""The field names that the message of a letter may use between braces."""

PAPER_FIELDS = (*LETTER_FIELDS, _DEADLINE, _TOGETHER)
"""Those of the message that brings grids on paper, which come back, some filled in together."""


_REPLACES = (
    "Ce résultat annule et remplace celui qui vous avait été adressé pour la même session : "
    "ne tenez plus compte du précédent."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A document, and whom it is for; `replaces` that it annuls one of before a reopening."""

    session: Session
    person: Candidate | Juror
    attachment: Attachment
    replaces: bool = False

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
        _REPLACEMENT: _REPLACES if letter.replaces else "",
        _TOGETHER: together_text(
            marker for marker in letter.session.markers if person in marker.members
        ),
    }
    message = fill_message(template, own | session_values(letter.session), (_DEADLINE,))
    if not letter.replaces:
        return message
    # A template of before the field was there says it all the same, first of all.
    body = message.body if _REPLACES in message.body else f"{_REPLACES}\n\n{message.body}"
    return Message(subject=f"{message.subject} (annule et remplace)", body=body)


def check_person(letter: Letter, draft: str) -> Iterator[Problem]:
    """Yield what is wrong with a candidate's address; of a juror's, the mail with grids tells."""
    person = letter.person
    if not isinstance(person, Candidate):
        return
    location, addresses = Location(file=draft), read_addresses(person.email)
    told = told_person(person.full_name, person.id)
    for text in addresses.unreadable:
        yield kinds.CANDIDATE_EMAIL_UNREADABLE.at(location, candidate=told, found=text)
    if not (addresses.valid or addresses.unreadable):
        yield kinds.CANDIDATE_WITHOUT_EMAIL.at(location, candidate=told)
