"""Grids to what is sent: a zip and a mail draft for each juror, and a list for mail merge.

`hand_out` does all of it for one of `recipients_of` a session, `list_recipients` for those who got
something. `write_letter` makes the draft that brings one person a document: more names than a face
usually holds, since what is sent goes to three kinds of people. Nothing here knows of disability
arrangements: they stand in the grids alone, each for the juror who applies it.
"""

from __future__ import annotations

from sheetgen.mailing.identity_letter import (
    IDENTITY_FIELDS,
    IDENTITY_TEMPLATE,
    IdentityLetter,
    write_identity_letter,
)
from sheetgen.mailing.letter import (
    CONVOCATION_TEMPLATE,
    LETTER_FIELDS,
    PAPER_FIELDS,
    PAPER_TEMPLATE,
    RESULT_TEMPLATE,
    Letter,
    attached,
    check_person,
    write_letter,
)
from sheetgen.mailing.message import (
    COMMON_TEMPLATE,
    MESSAGE_TEMPLATE,
    MessageTemplate,
    Recipient,
    read_message_template,
    render_message,
)
from sheetgen.mailing.sending import (
    FOLDER,
    complements_of,
    files_of,
    hand_out,
    list_recipients,
    pack_grids,
    recipients_of,
    told_members,
)

__all__ = [
    "COMMON_TEMPLATE",
    "CONVOCATION_TEMPLATE",
    "FOLDER",
    "IDENTITY_FIELDS",
    "IDENTITY_TEMPLATE",
    "LETTER_FIELDS",
    "MESSAGE_TEMPLATE",
    "PAPER_FIELDS",
    "PAPER_TEMPLATE",
    "RESULT_TEMPLATE",
    "IdentityLetter",
    "Letter",
    "MessageTemplate",
    "Recipient",
    "attached",
    "check_person",
    "complements_of",
    "files_of",
    "hand_out",
    "list_recipients",
    "pack_grids",
    "read_message_template",
    "recipients_of",
    "render_message",
    "told_members",
    "write_identity_letter",
    "write_letter",
]
