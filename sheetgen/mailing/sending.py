"""A session's grids, as they lie in its folder, to the files that are sent to its jurors.

Each juror gets a zip of their grids and a draft; a list for mail merge, as French Excel and Word
open it, has a row for each.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.files import explain, render_table
from sheetgen.lazy_dataclass import dataclass
from sheetgen.mailing.draft import Attachment, read_addresses, write_draft
from sheetgen.mailing.message import (
    TO_BE_FILLED,
    Recipient,
    blank_fields,
    deadline_text,
    one_line,
    render_message,
)
from sheetgen.model import told_person
from sheetgen.problems import Location, Problem
from sheetgen.problems import handing as kinds
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.mailing.message import MessageTemplate
    from sheetgen.model import Candidate, CandidateId, Juror, JurorCode, Session
    from sheetgen.session_folder.paths import SessionFolder

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The zip format's first day, given to every grid."""


def pack_grids(grids: Mapping[str, bytes]) -> bytes:
    """Return the grids, by file name, as a zip archive: the same grids give the same bytes.

    They are stored as they are, for a workbook is compressed already.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(grids):
            entry = zipfile.ZipInfo(name, date_time=_FIRST_DAY)
            entry.create_system = 0
            archive.writestr(entry, grids[name])
    return made.getvalue()


HEADER = ("Juré", "Nom", "Prénom", "Email", "Grilles", "Archive", "Date limite")


def render_mail_merge(recipients: Iterable[Recipient]) -> bytes:
    """Return `envois.csv`: who is sent how many grids, in which archive, until when.

    Who fills in grids that somebody else is handed is sent none.
    """
    rows = (
        (
            one_line(item.juror.code),
            one_line(item.juror.last_name),
            one_line(item.juror.first_name),
            one_line(item.juror.email or ""),
            str(0 if item.told else len(item.candidates)),
            item.archive,
            deadline_text(item.session),
        )
        for item in recipients
    )
    return render_table(HEADER, rows)


FOLDER = "envois"
"""The folder of what is sent, in the session's."""

MAIL_MERGE = "envois.csv"

_LARGE = 20_000_000
"""Bytes of an archive that many mail servers refuse, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """Files by their path in the session's folder, with `/`; and what is to be known of them."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def recipients_of(session: Session) -> list[Recipient]:
    """Return the jurors who mark somebody, each with their candidates, in the session's order."""
    marked: dict[JurorCode, set[CandidateId]] = {}
    for item in session.assignments:
        marked.setdefault(session.juror[item.juror].holder.code, set()).add(item.candidate)
    return [
        Recipient(
            session=session,
            juror=juror,
            candidates=_in_order(session, marked[juror.code]),
            archive=f"{file_stem(juror.code)}.zip",
        )
        for juror in session.jurors
        if juror.code in marked
    ]


def told_members(session: Session) -> list[Recipient]:
    """Return those who fill in grids that somebody else is handed, in the session's order."""
    marked: dict[JurorCode, set[CandidateId]] = {}
    for item in session.assignments:
        marker = session.juror[item.juror]
        for person in marker.members:
            if person.code != marker.holder.code:
                marked.setdefault(person.code, set()).add(item.candidate)
    return [
        Recipient(
            session=session,
            juror=juror,
            candidates=_in_order(session, marked[juror.code]),
            archive="",
            told=True,
        )
        for juror in session.jurors
        if juror.code in marked
    ]


def _in_order(session: Session, numbers: set[CandidateId]) -> tuple[Candidate, ...]:
    return tuple(item for item in session.in_turn if item.id in numbers)


def complements_of(
    whole: Recipient, sendings: Sequence[Sequence[CandidateId]]
) -> Iterator[Recipient]:
    """Yield what brings a juror the grids made after the others, a complement for each time.

    Args:
        whole: what brings all of them.
        sendings: the candidates of each complement; one of whom none is marked any more is left
            out.
    """
    for number, numbers in enumerate(sendings, start=1):
        candidates = tuple(item for item in whole.candidates if item.id in numbers)
        if candidates:
            archive = f"{file_stem(whole.juror.code)}-complement-{number}.zip"
            yield replace(whole, candidates=candidates, archive=archive, complement=number)


def files_of(recipient: Recipient) -> tuple[str, ...]:
    """Return the archive and draft with a juror's grids, by path in the session's folder.

    The draft alone, last, where nothing is brought.
    """
    if recipient.told:
        return (f"{FOLDER}/{file_stem(recipient.juror.code)}-jury.eml",)
    archive = f"{FOLDER}/{recipient.archive}"
    return archive, f"{archive.removesuffix('.zip')}.eml"


def hand_out(
    recipient: Recipient, folder: SessionFolder, message: MessageTemplate | None, base: Path
) -> Handout:
    """Send one juror their grids; send nothing where one of them cannot be read.

    The grids are taken from the session's folder, so that what is sent is what lies there. Without
    a template no draft is written.

    Args:
        recipient: the juror.
        folder: the session's, as the user knows it.
        message: the template.
        base: where the folder's path starts from, if it is relative.
    """
    if recipient.told:
        return _tell(recipient, folder.root, message)
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _grids_of(recipient, folder):
        try:
            contents[path.name] = (base / path).read_bytes()
        except OSError as fault:
            location = Location(file=str(path))
            told = told_person(recipient.juror.full_name, recipient.juror.code)
            problems.append(kinds.GRID_NOT_PACKED.at(location, juror=told, reason=explain(fault)))
    if problems:
        return Handout(problems=tuple(problems))
    return _send(recipient, pack_grids(contents), folder.root, message)


def list_recipients(
    session: Session, recipients: Sequence[Recipient], message: MessageTemplate | None
) -> Handout:
    """Return the list of those who are sent something, and the problems of the message."""
    return Handout(
        files={f"{FOLDER}/{MAIL_MERGE}": render_mail_merge(recipients)},
        problems=_blanks(session, message) if recipients else (),
    )


def _grids_of(recipient: Recipient, folder: SessionFolder) -> Iterator[Path]:
    """Yield the paths of the grids that the juror is sent."""
    brought = {candidate.id for candidate in recipient.candidates}
    for item in recipient.session.assignments:
        holder = recipient.session.juror[item.juror].holder
        if holder.code == recipient.juror.code and item.candidate in brought:
            yield folder.grid(recipient.session, item)


def _send(
    recipient: Recipient, archive: bytes, folder: Path, template: MessageTemplate | None
) -> Handout:
    """Make one juror's archive and, where there is a template, the draft that brings it."""
    packed, draft = files_of(recipient)
    files = {packed: archive}
    problems = []
    if len(archive) > _LARGE:
        size, limit = round(len(archive) / 1_000_000), _LARGE // 1_000_000
        location = Location(file=str(folder / packed))
        problems.append(kinds.ATTACHMENT_TOO_LARGE.at(location, size=size, limit=limit))
    if template is not None:
        files[draft] = write_draft(
            render_message(template, recipient),
            recipient.juror,
            Attachment(name=recipient.archive, data=archive),
        )
        problems += _check_addresses(recipient.juror, Location(file=str(folder / draft)))
    return Handout(files=files, problems=tuple(problems))


def _tell(recipient: Recipient, folder: Path, template: MessageTemplate | None) -> Handout:
    """Make the draft that says who was handed the grids; none without a template."""
    told = template.told if template is not None else None
    if told is None:
        return Handout()
    (draft,) = files_of(recipient)
    data = write_draft(render_message(told, recipient), recipient.juror)
    problems = tuple(_check_addresses(recipient.juror, Location(file=str(folder / draft))))
    return Handout(files={draft: data}, problems=problems)


def _check_addresses(juror: Juror, location: Location) -> Iterator[Problem]:
    addresses, told = read_addresses(juror.email), told_person(juror.full_name, juror.code)
    for text in addresses.unreadable:
        yield kinds.JUROR_EMAIL_UNREADABLE.at(location, juror=told, found=text)
    if not (addresses.valid or addresses.unreadable):
        yield kinds.JUROR_WITHOUT_EMAIL.at(location, juror=told)


def _blanks(session: Session, template: MessageTemplate | None) -> tuple[Problem, ...]:
    """Return the fields of the template that the session leaves blank."""
    if template is None:
        return ()
    return tuple(
        kinds.MESSAGE_BLANK_FIELD.at(
            Location(file=template.name), field=name, row=row, text=TO_BE_FILLED
        )
        for name, row in blank_fields(template, session).items()
    )
