"""Grids to what is sent: a zip and a mail draft for each juror, and a list for mail merge.

`hand_out` does all of it for one of `recipients_of` a session, `list_recipients` for those who got
something; the other functions are their steps. Nothing here knows of disability arrangements: they
stand in the grids alone, each for the juror who applies it.
"""

from sheetgen.mailing.draft import Attachment, write_draft
from sheetgen.mailing.juror_archive import pack_grids
from sheetgen.mailing.mail_merge import render_mail_merge
from sheetgen.mailing.message import Message, Recipient, render_message
from sheetgen.mailing.message_template import (
    MESSAGE_TEMPLATE,
    MessageTemplate,
    read_message_template,
)
from sheetgen.mailing.sending import (
    FOLDER,
    Handout,
    complements_of,
    files_of,
    hand_out,
    list_recipients,
    recipients_of,
)

__all__ = [
    "FOLDER",
    "MESSAGE_TEMPLATE",
    "Attachment",
    "Handout",
    "Message",
    "MessageTemplate",
    "Recipient",
    "complements_of",
    "files_of",
    "hand_out",
    "list_recipients",
    "pack_grids",
    "read_message_template",
    "recipients_of",
    "render_mail_merge",
    "render_message",
    "write_draft",
]
