"""The attendance sheet: who is expected, and where they sign."""

from __future__ import annotations

import dataclasses
from datetime import date, time
from typing import TYPE_CHECKING

import builders
from report_world import read_all, read_lines, read_rows

from sheetgen.model import Passage

if TYPE_CHECKING:
    from report_world import World

    from sheetgen.documents.school_templates import Templates
    from sheetgen.model import Session


def _sheet(templates: Templates, world: World, session: Session) -> bytes:
    assert templates.attendance is not None
    return templates.attendance.render(world.referential, session)


def test_candidates_and_jury_each_have_a_place_to_sign(world: World, templates: Templates) -> None:
    """With the blocs presented, and the status of who is known not to come."""
    rows = read_rows(_sheet(templates, world, world.session))
    start = rows.index(["N°", "Nom et prénom", "Blocs présentés", "Arrivée", "Signature"])
    assert rows[start + 1 : start + 4] == [
        ["1", "Nom 1 Prénom 1", "BC01, BC02", "", ""],
        ["2", "Nom 2 Prénom 2", "BC02", "", ""],
        ["3", "Nom 3 Prénom 3", "—", "", "Excusé"],
    ]
    start = rows.index(["Nom", "Qualité, organisme", "Extérieur", "Signature"])
    assert rows[start + 1 :] == [
        ["Prénom J1 Nom J1\nPrésidence du jury", "Directrice, Société Mirage", "Oui", ""],
        ["Prénom J2 Nom J2", "Formateur, École", "Non", ""],
        ["Aurore Chimère", "Représentant du certificateur", ""],
    ]
    assert ["Date", "15\u00a0juin\u00a02026", "Heure", "9\u00a0h\u00a030"] in rows


def test_an_anonymous_sheet_tells_nobody_s_number(world: World, templates: Templates) -> None:
    """Sorted by name and without numbers: the order of the session would give them away."""
    people = tuple(
        dataclasses.replace(
            builders.candidate(f"N{place}", presented=["BC01"]), last_name=name, first_name="Ana"
        )
        for place, name in enumerate(["Zola", "Éluard", "Eluard-Brun"])
    )
    session = dataclasses.replace(
        builders.session(world.referential, candidates=people), anonymous=True
    )
    document = _sheet(templates, world, session)
    rows = read_rows(document)
    start = rows.index(["N°", "Nom et prénom", "Blocs présentés", "Arrivée", "Signature"])
    assert [row[:2] for row in rows[start + 1 : start + 4]] == [
        ["—", "Éluard Ana"],
        ["—", "Eluard-Brun Ana"],
        ["—", "Zola Ana"],
    ]
    assert not any(person.id in read_all(document) for person in people)


def test_arrangements_are_not_to_be_guessed(world: World, templates: Templates) -> None:
    """Neither the exemption of candidate 1 nor the general passage on disability."""
    text = read_all(_sheet(templates, world, world.session))
    assert "xempt" not in text
    assert "handicap" not in text


def _placed(world: World) -> Session:
    """Return the session over two days and two rooms; its third candidate has neither."""
    one, two, three = world.session.candidates
    return dataclasses.replace(
        world.session,
        candidates=(
            dataclasses.replace(
                one, passage=Passage(day=date(2026, 6, 16), time=time(10, 30)), room="A 12"
            ),
            dataclasses.replace(
                two, passage=Passage(day=date(2026, 6, 15), time=time(9)), room="Amphi"
            ),
            three,
        ),
    )


def test_each_day_and_room_has_its_sheet(world: World, templates: Templates) -> None:
    """In the order of days, each with its times, its date and who marks there; the rest last."""
    rows = read_rows(_sheet(templates, world, _placed(world)))
    placed = [row for row in rows if row[0] in {"1", "2", "3", "Date", "Salle"}]
    day = "\u00a0juin\u00a02026"
    assert placed == [
        ["Date", f"15{day}", "Heure", "9\u00a0h"],
        ["Salle", "Amphi", "Jury", "—"],
        ["2", "9\u00a0h", "Nom 2 Prénom 2", "BC02", ""],
        ["Date", f"16{day}", "Heure", "10\u00a0h\u00a030"],
        ["Salle", "A 12", "Jury", "—"],
        ["1", "10\u00a0h\u00a030", "Nom 1 Prénom 1", "BC01, BC02", ""],
        ["Date", f"15{day}", "Heure", "9\u00a0h\u00a030"],
        ["3", "Nom 3 Prénom 3", "—", "", "Excusé"],
    ]
    assert sum(row[0].startswith("Aurore Chimère") for row in rows) == 3


def test_a_sheet_is_annexed_to_the_minutes_of_its_jury(world: World, templates: Templates) -> None:
    """Each named jury's minutes have their number; a sheet of two juries names both."""
    placed = _placed(world)
    people = [
        dataclasses.replace(one, jury=jury)
        for one, jury in zip(placed.candidates, ("A", "B", "B"), strict=True)
    ]
    lines = read_lines(
        _sheet(templates, world, dataclasses.replace(placed, candidates=tuple(people)))
    )
    annexed = [line[-6:] for line in lines if line.startswith("Annexe")]
    assert annexed == ["PV-7-B", "PV-7-A", "PV-7-B"]
    together = [dataclasses.replace(one, passage=None, room=None) for one in people]
    lines = read_lines(
        _sheet(templates, world, dataclasses.replace(placed, candidates=tuple(together)))
    )
    assert "Annexe au procès-verbal n° PV-7-A, PV-7-B" in lines


def test_an_anonymous_sheet_tells_nobody_s_turn(world: World, templates: Templates) -> None:
    """Jurors know the number of whoever comes at nine: the sheet has names, and no times."""
    session = dataclasses.replace(_placed(world), anonymous=True)
    text = read_all(_sheet(templates, world, session))
    assert "10\u00a0h\u00a030" not in text
    assert "Passage" not in text
