"""A session's grids, as they lie in its folder, to the files that are sent to its jurors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetgen.handing.archive import pack_grids
from sheetgen.handing.draft import Attachment, read_addresses, write_draft
from sheetgen.handing.mail_merge import render_mail_merge
from sheetgen.handing.message import TO_BE_FILLED, Recipient, blank_fields, render_message
from sheetgen.naming import file_stem
from sheetgen.problems import Location, Problem
from sheetgen.problems import handing as kinds
from sheetgen.system_errors import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sheetgen.folders import SessionFolder
    from sheetgen.handing.template import MessageTemplate
    from sheetgen.model import CandidateId, Juror, Session

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


def hand_out(
    session: Session, folder: SessionFolder, message: MessageTemplate | None
) -> Iterator[Handout]:
    """What is sent: a handout for each juror who marks somebody, then the list of them.

    The grids are taken from the session's folder, so that what is sent is what lies there. Without
    a template no draft is written.
    """
    recipients = []
    for juror in session.jurors:
        grids = _grids_of(juror, session, folder)
        if not grids:
            continue
        contents, problems = _read_grids(juror, grids.values())
        if problems:
            yield Handout(problems=tuple(problems))
            continue
        recipient = Recipient(
            session=session,
            juror=juror,
            candidates=tuple(item for item in session.candidates if item.id in grids),
            archive=f"{file_stem(juror.code)}.zip",
        )
        recipients.append(recipient)
        yield _send(recipient, pack_grids(contents), folder.root / FOLDER, message)
    yield Handout(
        files={f"{FOLDER}/{MAIL_MERGE}": render_mail_merge(recipients)},
        problems=_blanks(session, message) if recipients else (),
    )


def _grids_of(juror: Juror, session: Session, folder: SessionFolder) -> Mapping[CandidateId, Path]:
    """Where this juror's grids lie."""
    return {
        item.candidate: folder.grid(session, item)
        for item in session.assignments
        if item.juror == juror.code
    }


def _read_grids(
    juror: Juror, paths: Iterable[Path]
) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The grids by file name, and those that cannot be read."""
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            contents[path.name] = path.read_bytes()
        except OSError as fault:
            location = Location(file=str(path))
            problems.append(
                kinds.GRID_NOT_PACKED.at(location, juror=juror.code, reason=explain(fault))
            )
    return contents, tuple(problems)


def _send(
    recipient: Recipient, archive: bytes, folder: Path, template: MessageTemplate | None
) -> Handout:
    """One juror's archive and, where there is a template, the draft that brings it."""
    files = {f"{FOLDER}/{recipient.archive}": archive}
    problems = []
    if len(archive) > _LARGE:
        size, limit = round(len(archive) / 1_000_000), _LARGE // 1_000_000
        location = Location(file=str(folder / recipient.archive))
        problems.append(kinds.ATTACHMENT_TOO_LARGE.at(location, size=size, limit=limit))
    if template is not None:
        name = f"{file_stem(recipient.juror.code)}.eml"
        files[f"{FOLDER}/{name}"] = write_draft(
            render_message(template, recipient),
            recipient.juror,
            Attachment(name=recipient.archive, data=archive),
        )
        problems += _check_addresses(recipient.juror, Location(file=str(folder / name)))
    return Handout(files=files, problems=tuple(problems))


def _check_addresses(juror: Juror, location: Location) -> Iterator[Problem]:
    addresses = read_addresses(juror.email)
    for text in addresses.unreadable:
        yield kinds.JUROR_EMAIL_UNREADABLE.at(location, juror=juror.code, found=text)
    if not (addresses.valid or addresses.unreadable):
        yield kinds.JUROR_WITHOUT_EMAIL.at(location, juror=juror.code)


def _blanks(session: Session, template: MessageTemplate | None) -> tuple[Problem, ...]:
    """What the template asks of the session and does not get."""
    if template is None:
        return ()
    return tuple(
        kinds.MESSAGE_BLANK_FIELD.at(
            Location(file=template.name), field=name, row=row, text=TO_BE_FILLED
        )
        for name, row in blank_fields(template, session).items()
    )
