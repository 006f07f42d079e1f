"""The answers of the commands on the register, on the screen and with `--json`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.cli.screen_colours import GOOD
from sheetgen.cli.screen_tables import escape
from sheetgen.model import CertificationOutcome
from sheetgen.model.retention import RETENTION_KINDS
from sheetgen.text import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sheetgen.commands import DueItem, RegisterAnswer, RegisteredPerson
    from sheetgen.register import Acquired

_COUNTS = {
    "people": "personne(s)",
    "sessions": "session(s) close(s)",
    "blocks": "bloc(s) acquis",
    "certifications": "certification(s) délivrée(s)",
    "papers": "attestation(s) et parchemin(s) en vigueur",
}
_OUTCOMES = {outcome.key: outcome.value for outcome in CertificationOutcome}
_SAID = (
    "identifier",
    "birth_name",
    "last_name",
    "first_name",
    "other_first_names",
    "birth_place",
)


_TOLD = {
    "register show": ("counts", "people"),
    "register export": ("file",),
    "register import": ("taken",),
    "register record": ("recorded",),
    "register next": ("file", "coming"),
    "register statistics": ("files", "sessions"),
    "register publish": ("file",),
    "register key": ("key_file", "keys"),
    "register forget": ("day", "due", "deleted", "history"),
}
"""The keys that each command has with `--json`."""


def register_lines(answer: RegisterAnswer) -> Iterator[str]:
    """Yield what a person reads of an answer, line by line."""
    if answer.counts is not None:
        yield f"Registre {escape(answer.place)} :"
        for name, count in answer.counts.items():
            yield f"  {count:>6} {_COUNTS[name]}"
    for person in answer.people:
        yield from _person_lines(person)
    if answer.file is not None:
        yield f"écrit  {escape(str(answer.file))}"
    for path in answer.files:
        yield f"écrit  {escape(str(path))}"
    if answer.counted is not None:
        yield f"{answer.counted} session(s) close(s) comptée(s)."
    if answer.key_file is not None:
        yield from _key_lines(answer.key_file, answer.keys)
    if answer.day is not None and answer.place:
        yield from _due_lines(answer, answer.day)
    if answer.coming is not None:
        yield f"{answer.coming} candidat(s) à représenter. Étape suivante : compléter ce classeur."
    if answer.taken is not None:
        taken = answer.taken
        yield (
            f"Repris : {taken.added} personne(s) ajoutée(s), {taken.corrected} déjà connue(s), "
            f"{taken.held} acquis ajouté(s), {taken.changed} corrigé(s)."
        )
    if answer.recorded:
        yield f"La session {escape(answer.recorded)} est au registre {escape(answer.place)}."


def _key_lines(file: Path, keys: Sequence[str]) -> Iterator[str]:
    """Yield where the key is that seals, and every public one."""
    yield f"Clé privée, à garder secrète et à sauvegarder : {escape(str(file))}"
    for place, public in enumerate(keys, start=1):
        use = "signe aujourd'hui" if place == len(keys) else "ne signe plus, vérifie encore"
        yield f"  clé publique {place} : {escape(public)} ({use})"
    if not keys:
        yield "  Elle sera créée par la première clôture qui délivre un document vérifiable."
    if len(keys) > 1:
        yield "La page publiée les connaît une fois refaite : « sheetgen register publish »."


def _due_lines(answer: RegisterAnswer, day: date) -> Iterator[str]:
    if answer.history is not None:
        yield "Supprimé jusqu'ici :" if answer.history else "Rien n'a encore été supprimé."
    for told in answer.history or ():
        of = f", session {told['session']}" if told.get("session") else ""
        yield escape(
            f"  · {told['at'][:10]} : {told['kind']}{of}, {told['count']} "
            f"{_unit(told['kind'], of_files=bool(of))} "
            f"({told['term']}, terme le {date.fromisoformat(told['due']):%d/%m/%Y})"
        )
    if not answer.due:
        yield f"Rien n'est arrivé à son terme au {day:%d/%m/%Y}."
        return
    done = "Supprimé" if answer.deleted else f"Arrivé à son terme au {day:%d/%m/%Y}"
    yield f"{done} :"
    for item in answer.due:
        of = f"session {item.session}" if item.session else "registre"
        of += f", copies dans {item.copied_in}" if item.copied_in else ""
        unit = _unit(item.kind, of_files=item.session is not None)
        yield escape(
            f"  {of}, {item.kind} : {item.count} {unit}, à garder {item.term}, "
            f"jusqu'au {item.last_day:%d/%m/%Y}"
        )


def _unit(kind: str, *, of_files: bool) -> str:
    if of_files or not RETENTION_KINDS[kind].in_register:
        return "fichier(s)"
    return "résultat(s)" if kind == "epreuves" else "personne(s)"


def _due_record(item: DueItem) -> dict[str, object]:
    return {
        "kind": item.kind,
        "term": item.term,
        "last_day": item.last_day.isoformat(),
        "count": item.count,
        "session": item.session,
        "paths": list(item.paths),
        "copied_in": item.copied_in,
    }


def _person_lines(person: RegisteredPerson) -> Iterator[str]:
    row = person.row
    born = f", né(e) le {date_text(row['birth_date'])}" if row["birth_date"] else ""
    maiden = f", nom de naissance {row['birth_name']}" if row["birth_name"] else ""
    code = f", identifiant {row['identifier']}" if row["identifier"] else ""
    named = f"{row['first_name']} {row['last_name']}{maiden}{born}{code}"
    if not row["last_name"]:
        named = "(identité effacée à son terme)"
    yield f"[bold]{escape(person.number)}[/]  {escape(named)}"
    titles = {
        (item["certification"], item["rncp_code"]): None
        for item in (*person.attempts, *map(asdict, person.held))
    }
    for title in titles:
        yield f"  {escape(' · '.join(filter(None, reversed(title))))}"
        yield from _certification_lines(person, title)


def _certification_lines(person: RegisteredPerson, title: tuple[str, str | None]) -> Iterator[str]:
    """Yield candidatures for a certification, each with what it gave, then what is from before."""
    from sheetgen.register import RECORDED  # here, since few commands need it

    held = [item for item in person.held if (item.certification, item.rncp_code) == title]
    for attempt in person.attempts:
        if (attempt["certification"], attempt["rncp_code"]) != title:
            continue
        outcome = _OUTCOMES.get(attempt["outcome"], attempt["outcome"])
        again = "" if attempt["in_force"] else " (remplacé par une réouverture)"
        day = attempt["decided"]
        by = f", jury du {date_text(date.fromisoformat(day))}" if day else ""
        session = f"session {attempt['session']}{by}, candidat {attempt['candidate']}"
        yield escape(f"  · {session} : {outcome}{again}")
        given = [
            item
            for item in held
            if attempt["in_force"]
            and item.origin == RECORDED
            and (item.session, item.day and item.day.isoformat()) == (attempt["session"], day)
        ]
        yield from map(_held_line, given)
        held = [item for item in held if item not in given]
    for item in held:
        when = f" le {date_text(item.day)}" if item.day else ""
        origin = f"session {item.session}" if item.session else item.origin
        yield _held_line(item, f"{when}, {origin}")


def _held_line(item: Acquired, since: str = "") -> str:
    """Return something held, by its code and title, with the number of its paper."""
    named = " ".join(filter(None, ("bloc", item.block, item.title)))
    number = f", {item.number}" if item.number else ""
    what = named if item.block else "la certification entière"
    return f"    [{GOOD}]✔[/] {escape(f'{what}{since}{number}')}"


def register_record(command: str, answer: RegisterAnswer) -> dict[str, object]:
    """Return what an answer says with `--json`, beside the command, its status and problems."""
    told = {
        "register": answer.place or None,
        "counts": dict(answer.counts) if answer.counts is not None else None,
        "people": [_person_record(person) for person in answer.people],
        "file": None if answer.file is None else answer.file.as_posix(),
        "taken": None
        if answer.taken is None
        else {
            "added": answer.taken.added,
            "known": answer.taken.corrected,
            "held_added": answer.taken.held,
            "held_changed": answer.taken.changed,
        },
        "recorded": answer.recorded or None,
        "coming": answer.coming,
        "files": [path.as_posix() for path in answer.files],
        "sessions": answer.counted,
        "key_file": None if answer.key_file is None else answer.key_file.as_posix(),
        "keys": list(answer.keys),
        "day": answer.day.isoformat() if answer.day else None,
        "due": [_due_record(item) for item in answer.due],
        "deleted": answer.deleted,
        "history": [
            {
                "at": item["at"],
                "kind": item["kind"],
                "term": item["term"],
                "due": item["due"],
                "count": item["count"],
                "session": item.get("session"),
            }
            for item in answer.history or ()
        ],
    }
    return {name: told[name] for name in ("register", *_TOLD[command])}


def _person_record(person: RegisteredPerson) -> dict[str, object]:
    row = person.row
    return {
        "number": person.number,
        **{name: row[name] for name in _SAID},
        "birth_date": row["birth_date"].isoformat() if row["birth_date"] else None,
        "held": [
            {
                "rncp_code": item.rncp_code,
                "certification": item.certification,
                "block": item.block or None,
                "date": item.day.isoformat() if item.day else None,
                "session": item.session or None,
                "minutes_number": item.minutes_number,
                "number": item.number,
                "origin": item.origin,
            }
            for item in person.held
        ],
        "attempts": [
            {
                "certification": attempt["certification"],
                "session": attempt["session"],
                "date": attempt["session_date"] or None,
                "version": attempt["version"],
                "candidate": attempt["candidate"],
                "outcome": attempt["outcome"],
                "mention": attempt["mention"],
                "in_force": bool(attempt["in_force"]),
            }
            for attempt in person.attempts
        ],
    }
