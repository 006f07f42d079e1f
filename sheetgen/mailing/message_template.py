"""The template of the message to jurors: a plain text file that a school edits.

Lines that begin with `#` above the subject explain the file and are not sent. The subject follows
(« Objet : … »), then the text. Fields stand between braces, as in {juré}.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.mailing.message import FIELD, FIELD_NAMES, field_named
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import handing as kinds
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MESSAGE_TEMPLATE = "message-jures.txt"
"""The template's file name in the folder of templates."""

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """A template that was checked; `name` is how users know the file.

    Make it with `read_message_template`.
    """

    name: str
    subject: str
    body: str


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
