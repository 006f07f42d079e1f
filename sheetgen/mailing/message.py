"""The message to a juror: a plain text file that a school edits, filled in from the session.

Lines that begin with `#` above the subject explain the file and are not sent. The subject follows
(« Objet : … »), then the text. Fields stand between braces, as in {juré}.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import joined_names
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import handing as kinds
from sheetgen.text import numeric_dates_text, room_text, time_text
from sheetgen.text.fold import fold, fold_name, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.model import Candidate, Juror, Session

MESSAGE_TEMPLATE, COMMON_TEMPLATE = "message-jures.txt", "message-jury-commun.txt"
"""File names in the folder of templates: of the message that brings grids, and of the one to those
who fill in with others grids that somebody else was handed."""

_LONGEST_QUOTE = 60


def _usual_fields() -> tuple[str, ...]:
    return FIELD_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """A template that was checked.

    Make it with `read_message_template`.

    Attributes:
        name: how users know the file.
        fields: the names that it may put between braces.
        told: the template for those who are only told who was handed the grids, where some are
            filled in together.
    """

    name: str
    subject: str
    body: str
    fields: tuple[str, ...] = field(default_factory=_usual_fields)
    told: MessageTemplate | None = None


def read_message_template(
    path: Path, fields: Sequence[str] | None = None
) -> tuple[MessageTemplate | None, list[Problem]]:
    """Return the template of the message, and everything wrong with it; None if anything is.

    A file that is missing is a warning: the shipped one can stand in for it.

    Args:
        path: of the template.
        fields: the names that it may use; those of a message to jurors where none are given.
    """
    allowed = FIELD_NAMES if fields is None else tuple(fields)
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
    problems = list(_check_fields(lines, first, location, allowed))
    if not colon or fold(before) != "objet" or not subject.strip():
        found = f"{before}{colon}{subject}".strip()[:_LONGEST_QUOTE]
        problems.append(kinds.MESSAGE_WITHOUT_SUBJECT.at(location, found=found))
    elif not body:
        problems.append(kinds.MESSAGE_EMPTY.at(location))
    if problems:
        return None, problems
    made = MessageTemplate(name=str(path), subject=subject.strip(), body=body, fields=allowed)
    return made, []


def _first_line(lines: list[str]) -> int:
    """Return the place of the first line that is neither blank nor an explanation."""
    for place, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return place
    return len(lines)


def _check_fields(
    lines: list[str], first: int, location: Location, fields: Sequence[str]
) -> Iterator[Problem]:
    for number, line in enumerate(lines[first:], first + 1):
        for name in FIELD.findall(line):
            if field_named(name, fields) is None:
                yield kinds.MESSAGE_UNKNOWN_FIELD.at(
                    location,
                    line=number,
                    field=name[:_LONGEST_QUOTE],
                    suggestion=_other_field(name, fields),
                    allowed=quoted((f"{{{allowed}}}" for allowed in fields), last="et"),
                )
        if set("{}") & set(FIELD.sub("", line)):
            yield kinds.MESSAGE_STRAY_BRACE.at(location, line=number)


def _other_field(name: str, fields: Sequence[str]) -> str:
    meant = nearest(name, fields)
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


_COMPLEMENT = (
    "Ces grilles s'ajoutent à celles que vous avez déjà reçues. Si vous en aviez une pour le même "
    "candidat, celle-ci la remplace : ne remplissez plus l'ancienne."
)


def render_message(template: MessageTemplate, recipient: Recipient) -> Message:
    """Return the message that brings one juror their grids."""
    message = fill_message(template, _grid_values(recipient))
    if recipient.complement is None:
        return message
    subject = f"{message.subject} (complément {recipient.complement})"
    return Message(subject=subject, body=f"{_COMPLEMENT}\n\n{message.body}")


def fill_message(
    template: MessageTemplate, values: Mapping[str, str], optional: Collection[str] = ()
) -> Message:
    """Return a message with the value of each of the template's fields, empty where none is known.

    A line made of fields alone is left out where none of them has a value, and so is one that
    labels a single optional field (« Lieu de naissance : {lieu de naissance} »).
    """

    def value(found: re.Match[str]) -> str:
        return values[str(field_named(found[1], template.fields))]

    def filled(line: str) -> str:
        return FIELD.sub(lambda found: value(found) or TO_BE_FILLED, line)

    def is_vacant(line: str) -> bool:
        found = list(FIELD.finditer(line))
        around = FIELD.sub("", line).strip()
        labels = (
            len(found) == 1
            and line.rstrip().endswith("}")
            and around.endswith(":")
            and field_named(found[0][1], template.fields) in optional
        )
        return bool(found) and (labels or not around) and not any(map(value, found))

    lines = [filled(line) for line in template.body.split("\n") if not is_vacant(line)]
    subject = one_line(filled(template.subject))
    return Message(subject=subject, body="\n".join(lines).strip() + "\n")


def blank_fields(template: MessageTemplate, session: Session) -> Mapping[str, str]:
    """Return the fields that sentences of the template use and the session leaves blank.

    Each with the row of the sheet « Session » that would give it.
    """
    known = {name: SESSION_FIELDS[name] for name in template.fields if name in SESSION_FIELDS}
    vacant = {name for name, (_, value) in known.items() if not value(session)}
    used = _fields_in(template.subject, template)
    for line in template.body.split("\n"):
        names = _fields_in(line, template)
        if FIELD.sub("", line).strip() or not names <= vacant:
            used |= names
    return {name: known[name][0] for name in sorted(used & vacant)}


def _fields_in(line: str, template: MessageTemplate) -> set[str]:
    return {str(field_named(name, template.fields)) for name in FIELD.findall(line)}


def field_named(text: str, fields: Sequence[str]) -> str | None:
    """Return the field that a template means, or None where there is none of that name."""
    key = _key(text)
    return next((name for name in fields if _key(name) == key), None)


def one_line(text: str) -> str:
    """Return the text on one line, without characters unfit for a name or a subject."""
    if text.isprintable():  # nearly always, and then no character is one of these
        return " ".join(text.split())
    shown = (" " if unicodedata.category(letter) in _NOT_PRINTED else letter for letter in text)
    return " ".join("".join(shown).split())


@cache
def _key(field: str) -> str:
    return fold_name(field.replace("_", " "))


def _grid_values(recipient: Recipient) -> dict[str, str]:
    """Return the value of each field of a message that brings grids."""
    own = {name: value(recipient) for name, value in _JUROR_FIELDS.items()}
    return own | session_values(recipient.session)


def session_values(session: Session) -> dict[str, str]:
    """Return the value of each field that is the same for everybody."""
    return {name: value(session) for name, (_, value) in SESSION_FIELDS.items()}


def _candidates(recipient: Recipient) -> str:
    """Return the candidates, one to a line; by their numbers alone under anonymity.

    Of a grid filled in together, each line says with whom, or who was handed it; of one that is
    taken over, from whom. Turns and rooms are not told under anonymity, where they would tell who
    is who.
    """
    return "\n".join(
        f"- {one_line(item.id)}"
        f"{'' if recipient.session.anonymous else f' — {one_line(item.full_name)}'}"
        f"{_turn(recipient, item)}{_in_common(recipient, item)}{_taken_over(recipient, item)}"
        for item in recipient.candidates
    )


def _turn(recipient: Recipient, candidate: Candidate) -> str:
    """Return when and where a candidate comes, as in « , 15/06/2026 09:30, salle 12 »."""
    if recipient.session.anonymous:
        return ""
    turn = candidate.passage.text if candidate.passage else ""
    room = one_line(room_text(candidate.room)) if candidate.room else ""
    return "".join(f", {part}" for part in (turn, room) if part)


def _taken_over(recipient: Recipient, candidate: Candidate) -> str:
    """Return from whom a juror takes a candidate's grid over."""
    session = recipient.session
    takes_over = any(
        item.instead_of is not None and recipient.juror in session.juror[item.juror].people
        for item in session.assignments_of[candidate.id]
    )
    names = [
        session.juror[code].full_name
        for code, by in session.juries.stand_in.items()
        if takes_over and by.code == recipient.juror.code
    ]
    return f" (pour remplacer {one_line(' et '.join(names))})" if names else ""


def _in_common(recipient: Recipient, candidate: Candidate) -> str:
    marker = recipient.marker_of(candidate)
    if recipient.told:
        return f" (grille remise à {one_line(marker.holder.full_name)})"
    others = [item for item in marker.people if item.code != recipient.juror.code]
    return f" (grille commune avec {one_line(joined_names(others))})" if others else ""


def together_text(markers: Iterable[Juror]) -> str:
    """Return how grids are filled in of which others are to give the marks too; empty of none."""
    if not any(marker.members for marker in markers):
        return ""
    return (
        "Une grille qui porte plusieurs noms se remplit ensemble, une seule fois : chaque critère "
        "reçoit\nune appréciation, celle sur laquelle vous vous accordez. Chacun répond pour "
        "lui-même à la\ndéclaration, et signe en face de son nom."
    )


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
    "en commun": lambda to: together_text(map(to.marker_of, to.candidates)),
}

SESSION_FIELDS: Mapping[str, tuple[str, Callable[[Session], str]]] = {
    "session": ("Intitulé", lambda session: one_line(session.title or session.code)),
    "code session": ("Code", lambda session: one_line(session.code)),
    "date": ("Date", lambda session: f"{session.date:%d/%m/%Y}" if session.date else ""),
    "dates": ("Date", lambda session: numeric_dates_text(session.days)),
    "heure": ("Heure", lambda session: time_text(session.time) if session.time else ""),
    "adresse": ("Adresse", lambda session: one_line(session.address or "")),
    "date limite": ("Date limite de retour", deadline_text),
    "centre": ("Centre", lambda session: one_line(session.centre or "")),
    "représentant": (
        "Représentant du certificateur",
        lambda session: one_line(session.representative or ""),
    ),
}
"""Fields that are the same for everybody, each with the row of « Session » it is read from."""

FIELD_NAMES = (*_JUROR_FIELDS, *SESSION_FIELDS)
"""The field names that the message to jurors may use between braces."""
