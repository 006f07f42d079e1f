"""The convocation: when, where, and what the person is to do; nobody else's business is on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from report_world import read_all, read_rows

from sheetgen.documents.contexts import convoked
from sheetgen.model import Accommodation, AccommodationKind, Candidate, Passage
from sheetgen.rules import mark_in_common

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.school_templates import Templates
    from sheetgen.model import Juror, Session

TURN = Passage(day=date(2026, 6, 16), time=time(10, 30))


def _placed(world: World) -> Session:
    """Return the session with a turn and a room for its first candidate."""
    first, *others = world.session.candidates
    called = replace(first, passage=TURN, room="A 12", civility="Mme")
    return replace(world.session, candidates=(called, *others))


def _letter(
    templates: Templates, world: World, session: Session, person: Candidate | Juror
) -> bytes:
    assert templates.convocation is not None
    return templates.convocation.render(world.referential, session, person)


def test_a_candidate_reads_day_turn_room_and_address(world: World, templates: Templates) -> None:
    """Their own turn; without one, the session's day and time, and no row for a room."""
    session = _placed(world)
    one, two, _ = session.candidates
    rows = read_rows(_letter(templates, world, session, one))
    assert ["Date", "16\u00a0juin\u00a02026"] in rows
    assert ["Heure", "10\u00a0h\u00a030"] in rows
    assert ["Salle", "A 12"] in rows
    rows = read_rows(_letter(templates, world, session, two))
    assert ["Date", "15\u00a0juin\u00a02026"] in rows
    assert ["Heure", "9\u00a0h\u00a030"] in rows
    assert "Salle" not in [row[0] for row in rows]


def test_a_candidate_reads_what_to_bring_and_of_nobody_else(
    world: World, templates: Templates
) -> None:
    """No juror, no other candidate, no arrangement of their own."""
    secret = Accommodation(
        candidate=world.session.candidates[0].id,
        kind=AccommodationKind.EXTRA_TIME,
        instruction="Un tiers-temps pour cette personne.",
    )
    session = replace(_placed(world), accommodations=(secret,))
    text = read_all(_letter(templates, world, session, session.candidates[0]))
    assert "Mme Prénom 1 Nom 1" in text
    assert "pièce d’identité" in text
    assert "BC01 — " in text
    assert "tiers-temps" not in text
    names = [juror.last_name for juror in session.jurors]
    assert [name for name in (*names, "Nom 2", "Nom 3") if name in text] == []


def test_a_juror_reads_their_duties_and_whom_they_mark(world: World, templates: Templates) -> None:
    """The declaration of no tie comes first; candidates by their turns, those without one last."""
    session = _placed(world)
    president, other = session.jurors
    document = _letter(templates, world, session, president)
    text = read_all(document)
    assert "la présidence" in text
    assert text.index("Dites-nous tout lien") < text.index("Évaluez chaque critère")
    rows = read_rows(document)
    start = rows.index(["N°", "Candidat", "Passage", "Salle", "Blocs"])
    assert rows[start + 1][:4] == ["1", "Prénom 1 Nom 1", "10\u00a0h\u00a030", "A 12"]
    assert "la présidence" not in read_all(_letter(templates, world, session, other))


def test_an_anonymous_session_names_no_candidate_to_a_juror(
    world: World, templates: Templates
) -> None:
    """Their numbers alone, without turns and rooms; when and where the juror is expected, yes."""
    session = replace(_placed(world), anonymous=True)
    document = _letter(templates, world, session, session.jurors[0])
    rows, text = read_rows(document), read_all(document)
    start = rows.index(["N°", "Candidat", "Passage", "Salle", "Blocs"])
    assert [row[:4] for row in rows[start + 1 :]] == [[item, "—", "—", "—"] for item in ("1", "2")]
    assert ["Heure", "10\u00a0h\u00a030"] in rows
    assert ["Salle", "A 12"] in rows
    assert [person.id for person in session.candidates if person.last_name in text] == []


def test_only_who_has_something_to_come_for_is_called(world: World) -> None:
    """Neither the candidate who is excused, nor a juror who marks nobody and does not preside."""
    session = world.session
    assert [person.full_name for person in convoked(session)] == [
        "Prénom 1 Nom 1",
        "Prénom 2 Nom 2",
        "Prénom J1 Nom J1",
        "Prénom J2 Nom J2",
    ]
    without = replace(session, assignments=())
    assert [person.full_name for person in convoked(without)][2:] == ["Prénom J1 Nom J1"]
    first, second = session.jurors
    replaced = replace(session, jurors=(replace(first, replaces=second.code), second))
    assert second not in convoked(replaced)


def test_who_marks_in_common_is_convoked_by_name(world: World, templates: Templates) -> None:
    """Each member with the candidates of the group's grids, told that they mark them together."""
    alone = [item for item in convoked(world.session) if not isinstance(item, Candidate)]
    session = mark_in_common(world.referential, world.session)
    assert session.groups
    together = [item for item in convoked(session) if not isinstance(item, Candidate)]
    assert together == alone
    text = read_all(_letter(templates, world, session, together[-1]))
    assert "ensemble : une seule appréciation, celle sur laquelle vous vous accordez" in text
    assert read_rows(_letter(templates, world, session, together[-1])) == read_rows(
        _letter(templates, world, world.session, alone[-1])
    )
    assert "seul et sur ce que vous avez vu" in read_all(
        _letter(templates, world, world.session, alone[-1])
    )
