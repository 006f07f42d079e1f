"""The message to a juror: the template with its fields filled in from the session."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.text.fold import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.mailing.message_template import MessageTemplate
    from sheetgen.model import Candidate, Juror, Session

TO_BE_FILLED = "[à préciser]"
"""The text printed in a sentence for a value that the session does not give."""

FIELD = re.compile(r"\{([^{}\n]*)\}")

_NOT_PRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A juror, and what the message brings them: these candidates' grids in this archive.

    Attributes:
        complement: the number of the complement that it is; None for all of the juror's grids.
    """

    session: Session
    juror: Juror
    candidates: tuple[Candidate, ...]
    archive: str
    complement: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message's subject, on one line, and its text."""

    subject: str
    body: str


def render_message(template: MessageTemplate, recipient: Recipient) -> Message:
    """Return the message to one juror.

    A line made of fields alone is left out where none of them has a value.
    """
    lines = [
        _fill(line, recipient)
        for line in template.body.split("\n")
        if not _is_vacant(line, recipient)
    ]
    subject = one_line(_fill(template.subject, recipient))
    if recipient.complement is not None:
        subject = f"{subject} (complément {recipient.complement})"
    return Message(subject=subject, body="\n".join(lines).strip() + "\n")


def blank_fields(template: MessageTemplate, session: Session) -> Mapping[str, str]:
    """Return the fields that sentences of the template use and the session leaves blank.

    Each with the row of the sheet « Session » that would give it.
    """
    vacant = {name for name, (_, value) in SESSION_FIELDS.items() if not value(session)}
    used = _fields_in(template.subject)
    for line in template.body.split("\n"):
        names = _fields_in(line)
        if FIELD.sub("", line).strip() or not names <= vacant:
            used |= names
    return {name: SESSION_FIELDS[name][0] for name in sorted(used & vacant)}


def _fields_in(line: str) -> set[str]:
    return {_FIELD_NAMES[_key(name)] for name in FIELD.findall(line)}


def field_named(text: str) -> str | None:
    """Return the field that a template means, or None where there is none of that name."""
    return _FIELD_NAMES.get(_key(text))


def one_line(text: str) -> str:
    """Return the text on one line, without characters unfit for a name or a subject."""
    if text.isprintable():  # nearly always, and then no character is one of these
        return " ".join(text.split())
    shown = (" " if unicodedata.category(letter) in _NOT_PRINTED else letter for letter in text)
    return " ".join("".join(shown).split())


def _key(field: str) -> str:
    return fold_name(field.replace("_", " "))


def _fill(line: str, recipient: Recipient) -> str:
    return FIELD.sub(lambda found: _value(found[1], recipient) or TO_BE_FILLED, line)


def _is_vacant(line: str, recipient: Recipient) -> bool:
    names = FIELD.findall(line)
    return (
        bool(names)
        and not FIELD.sub("", line).strip()
        and not any(_value(name, recipient) for name in names)
    )


def _value(text: str, recipient: Recipient) -> str:
    """Return the value of a field, empty where the session gives none."""
    name = _FIELD_NAMES[_key(text)]
    if name in SESSION_FIELDS:
        return SESSION_FIELDS[name][1](recipient.session)
    return _JUROR_FIELDS[name](recipient)


def _candidates(recipient: Recipient) -> str:
    """Return the candidates, one to a line; by their numbers alone under anonymity."""
    if recipient.session.anonymous:
        return "\n".join(f"- {one_line(item.id)}" for item in recipient.candidates)
    return "\n".join(
        f"- {one_line(item.id)} — {one_line(item.full_name)}" for item in recipient.candidates
    )


def deadline_text(session: Session) -> str:
    """Return the day by which grids come back, written as the grids write it.

    Empty where none is set.
    """
    return f"{session.return_deadline:%d/%m/%Y}" if session.return_deadline else ""


_JUROR_FIELDS: Mapping[str, Callable[[Recipient], str]] = {
    "juré": lambda to: one_line(to.juror.full_name),
    "prénom": lambda to: one_line(to.juror.first_name),
    "nom": lambda to: one_line(to.juror.last_name),
    "candidats": _candidates,
    "nombre": lambda to: str(len(to.candidates)),
    "archive": lambda to: to.archive,
}

SESSION_FIELDS: Mapping[str, tuple[str, Callable[[Session], str]]] = {
    "session": ("Intitulé", lambda session: one_line(session.title or session.code)),
    "code session": ("Code", lambda session: one_line(session.code)),
    "date": ("Date", lambda session: f"{session.date:%d/%m/%Y}" if session.date else ""),
    "date limite": ("Date limite de retour", deadline_text),
    "centre": ("Centre", lambda session: one_line(session.centre or "")),
    "représentant": (
        "Représentant du certificateur",
        lambda session: one_line(session.representative or ""),
    ),
}
"""Fields that are the same for every juror, each with the row of « Session » it is read from."""

FIELD_NAMES = (*_JUROR_FIELDS, *SESSION_FIELDS)
"""The field names that a template may use between braces."""

_FIELD_NAMES = {_key(name): name for name in FIELD_NAMES}
