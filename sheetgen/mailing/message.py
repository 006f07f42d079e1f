"""The message to a juror: a plain text file that a school edits, filled in from the session.

Lines that begin with `#` above the subject explain the file and are not sent. The subject follows
(« Objet : … »), then the text. Fields stand between braces, as in {juré}.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.model import joined_names
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import handing as kinds
from sheetgen.text.fold import fold, fold_name, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sheetgen.model import Candidate, Juror, Session

MESSAGE_TEMPLATE, COMMON_TEMPLATE = "message-jures.txt", "message-jury-commun.txt"
"""File names in the folder of templates: of the message that brings grids, and of the one to those
who fill in with others grids that somebody else was handed."""

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """A template that was checked; `name` is how users know the file.

    Make it with `read_message_template`. `told` is the template for those who are only told who was
    handed the grids, where some are filled in together.
    """

    name: str
    subject: str
    body: str
    told: MessageTemplate | None = None


def read_message_template(path: Path) -> tuple[MessageTemplate | None, list[Problem]]:
    """Return the template of the message, and everything wrong with it; None if anything is.

    A file that is missing is a warning: the shipped one can stand in for it.
    """
    location = Location(file=str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None, [kinds.MESSAGE_MISSING.at(location, suggestion=_other_file(path))]
    except OSError as fault:
        return None, [kinds.MESSAGE_UNREADABLE.at(location, reason=explain(fault))]
    except UnicodeDecodeError:
        return None, [kinds.MESSAGE_UNREADABLE.at(location, reason="ce n’est pas de l’UTF-8")]
    if "\0" in text:
        return None, [kinds.MESSAGE_UNREADABLE.at(location, reason="ce n’est pas un texte")]
    lines = text.splitlines()
    first = _first_line(lines)
    before, colon, subject = (lines[first] if first < len(lines) else "").partition(":")
    body = "\n".join(line.rstrip() for line in lines[first + 1 :]).strip("\n")
    problems = list(_check_fields(lines, first, location))
    if not colon or fold(before) != "objet" or not subject.strip():
        found = f"{before}{colon}{subject}".strip()[:_LONGEST_QUOTE]
        problems.append(kinds.MESSAGE_WITHOUT_SUBJECT.at(location, found=found))
    elif not body:
        problems.append(kinds.MESSAGE_EMPTY.at(location))
    if problems:
        return None, problems
    return MessageTemplate(name=str(path), subject=subject.strip(), body=body), []


def _first_line(lines: list[str]) -> int:
    """Return the place of the first line that is neither blank nor an explanation."""
    for place, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return place
    return len(lines)


def _check_fields(lines: list[str], first: int, location: Location) -> Iterator[Problem]:
    for number, line in enumerate(lines[first:], first + 1):
        for name in FIELD.findall(line):
            if field_named(name) is None:
                yield kinds.MESSAGE_UNKNOWN_FIELD.at(
                    location,
                    line=number,
                    field=name[:_LONGEST_QUOTE],
                    suggestion=_other_field(name),
                    allowed=quoted((f"{{{allowed}}}" for allowed in FIELD_NAMES), last="et"),
                )
        if set("{}") & set(FIELD.sub("", line)):
            yield kinds.MESSAGE_STRAY_BRACE.at(location, line=number)


def _other_field(name: str) -> str:
    meant = nearest(name, FIELD_NAMES)
    return f"Écrire « {{{meant}}} » ? " if meant else ""


def _other_file(path: Path) -> str:
    """Return what to do about a missing file, naming the one that was perhaps meant."""
    meant = nearest(path.name, (item.name for item in path.parent.glob("*.txt")))
    if meant:
        return f"Renommer « {meant} » en « {path.name} »."
    return "Le remettre à cet endroit, ou reprendre celui que fournit « sheetgen init »."


TO_BE_FILLED = "[à préciser]"
"""The text printed in a sentence for a value that the session does not give."""

FIELD = re.compile(r"\{([^{}\n]*)\}")

_NOT_PRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A juror, and what the message brings them: these candidates' grids in this archive.

    Attributes:
        complement: the number of the complement that it is; None for all of the juror's grids.
        told: whether nothing is brought: somebody else was handed the grids of these candidates,
            which the juror fills in with them.
    """

    session: Session
    juror: Juror
    candidates: tuple[Candidate, ...]
    archive: str
    complement: int | None = None
    told: bool = False

    def marker_of(self, candidate: Candidate) -> Juror:
        """Return the juror, or the group they are in, that marks a candidate in such a grid."""
        markers = (
            self.session.juror[item.juror] for item in self.session.assignments_of[candidate.id]
        )
        return next(
            item
            for item in markers
            if any(person.code == self.juror.code for person in item.people)
            and (item.holder.code == self.juror.code) is not self.told
        )


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
    """Return the candidates, one to a line; by their numbers alone under anonymity.

    Of a grid filled in together, each line says with whom, or who was handed it.
    """
    return "\n".join(
        f"- {one_line(item.id)}"
        f"{'' if recipient.session.anonymous else f' — {one_line(item.full_name)}'}"
        f"{_in_common(recipient, item)}"
        for item in recipient.candidates
    )


def _in_common(recipient: Recipient, candidate: Candidate) -> str:
    marker = recipient.marker_of(candidate)
    if recipient.told:
        return f" (grille remise à {one_line(marker.holder.full_name)})"
    others = [item for item in marker.people if item.code != recipient.juror.code]
    return f" (grille commune avec {one_line(joined_names(others))})" if others else ""


def _holders(recipient: Recipient) -> str:
    """Return who was handed the grids; the juror, where they are brought to them."""
    holders = {item.code: item for item in map(_holder_for(recipient), recipient.candidates)}
    return one_line(joined_names(holders.values()))


def _holder_for(recipient: Recipient) -> Callable[[Candidate], Juror]:
    return lambda candidate: recipient.marker_of(candidate).holder


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
    "porteur": _holders,
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
