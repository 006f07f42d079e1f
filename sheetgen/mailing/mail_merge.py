"""The mailing list for mail merge: a CSV row per juror, as French Excel and Word open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.files import render_table
from sheetgen.mailing.message import deadline_text, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.mailing.message import Recipient

HEADER = ("Juré", "Nom", "Prénom", "Email", "Grilles", "Archive", "Date limite")


def render_mail_merge(recipients: Iterable[Recipient]) -> bytes:
    """Return `envois.csv`: who is sent how many grids, in which archive, until when."""
    rows = (
        (
            one_line(item.juror.code),
            one_line(item.juror.last_name),
            one_line(item.juror.first_name),
            one_line(item.juror.email or ""),
            str(len(item.candidates)),
            item.archive,
            deadline_text(item.session),
        )
        for item in recipients
    )
    return render_table(HEADER, rows)
