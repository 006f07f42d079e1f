"""Three sessions in a row: register, next sessions and papers, as worked by hand.

The rules: an épreuve passed is kept 6 months, a competency acquired 12; one may come back twice,
within 18 months of one's first session.

| person  | June 2026 (PV-1-A, PV-1-B) | December 2026 (PV-2)         | June 2027 (PV-3)          |
|---------|----------------------------|------------------------------|---------------------------|
| Zoé ’98 | BC01, OP1; E1 passed       | BC02 fails, E1 kept; married | E1's term passed; BC02    |
| Zoé ’99 | OP2; C1.1 acquired         | BC01, C1.1 kept              | BC02 fails: refused after |
| Max     | everything                 |                              |                           |
| Léa     | absent                     | BC01; reopened: BC02 too     | OP1                       |
| Zoé ’01 |                            | everything                   |                           |
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from registered import content_of
from resit_years import DECEMBER, JUNE, LATER
from sqlalchemy import select

from sheetgen.register import open_register
from sheetgen.register.register_tables import PAPER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resit_years import Years


def _papers(years: Years) -> dict[str, bool]:
    """Return the numbers given, and whether each is in force."""
    register = open_register(years.june.register)
    assert register is not None
    with register.reading() as connection:
        rows = connection.execute(select(PAPER).order_by(PAPER.c.id)).mappings().all()
    register.close()
    return {row["number"]: row["withdrawn"] is None for row in rows}


def _chosen(row: Mapping[str, str], *names: str) -> tuple[str | None, ...]:
    return tuple(row.get(name) for name in names)


def test_each_session_is_closed_and_nobody_is_guessed(years: Years) -> None:
    """Two known Zoé Exemple and a third without a birth date: the closing asks, then goes on."""
    asked = years.answers["a homonym"]
    assert asked.status == 1
    assert "homonyms" in asked.codes
    assert "Zoé Exemple (C04)" in asked.said("homonyms")


def test_the_next_session_has_who_comes_back_with_what_they_hold_and_keep(years: Years) -> None:
    """In order of names; the blocs held, what is kept with its minutes, how often they came."""
    names = ("Nom", "Identifiant", "Blocs déjà acquis", "Présentations", "Première session")
    assert [_chosen(row, *names) for row in years.next[DECEMBER].values()] == [
        ("Absente", "REG-4", None, None, None),
        ("Exemple", "REG-1", "BC01 ; OP1", "1", "15/06/2026"),
        ("Exemple", "REG-2", "OP2", "1", "15/06/2026"),
    ]
    kept = ("Candidat", "Objet", "Score", "Date", "Session d'origine", "Valable jusqu'au")
    assert [_chosen(row, *kept) for row in years.kept[DECEMBER]] == [
        ("C02", "E1", "50 %", "15/06/2026", "JUIN, PV PV-1-A", "15/12/2026"),
        ("C03", "C1.1", "100 %", "15/06/2026", "JUIN, PV PV-1-A", "15/06/2027"),
    ]
    assert [_chosen(row, *names, "Options") for row in years.next[LATER].values()] == [
        ("Absente", "REG-4", "BC01 ; BC02", "1", "10/12/2026", "OP1"),
        ("Exemple", "REG-2", "BC01 ; OP2", "2", "15/06/2026", None),
        ("Mariée", "REG-1", "BC01 ; OP1", "2", "15/06/2026", None),
    ]
    assert years.kept[LATER] == []
    ended = years.later.run("register next", str(years.later.folder / "fin.xlsx"))
    assert [item["code"] for item in ended.problems] == ["no-resit", "nobody-comes-back"]
    assert "Zoé Exemple (REG-2)" in ended.said("no-resit")


def test_a_day_that_is_past_is_told(years: Years) -> None:
    """The workbook is made all the same: a school may prepare what it forgot."""
    book = str(years.june.folder / "passée.xlsx")
    told = years.june.run("register next", book, "--date", "01/01/2020")
    assert "01/01/2020, qui est passé" in told.said("next-day-past")


def test_decisions_say_what_a_candidate_keeps_of_another_session(years: Years) -> None:
    """Whatever it is: a competency that is shown by evidence has no criterion to say so."""
    found = {
        item["id"]: item.get("kept") for item in years.december.decisions("final")["candidates"]
    }
    assert (found["C02"], found["C03"]) == (["E1"], ["C1.1"])


def test_numbers_are_given_in_order_and_those_replaced_withdrawn(years: Years) -> None:
    """Six attestations in June, five then six in December, of which five no longer in force."""
    given = _papers(years)
    assert sorted(given) == [
        *(f"A-2026-{rank:05d}" for rank in range(1, 18)),
        *(f"A-2027-{rank:05d}" for rank in (1, 2)),
        *(f"P-2026-{rank:05d}" for rank in (1, 2, 3)),
        *(f"P-2027-{rank:05d}" for rank in (1, 2)),
    ]
    withdrawn = {number for number, valid in given.items() if not valid}
    assert withdrawn == {*(f"A-2026-{rank:05d}" for rank in range(7, 12)), "P-2026-00002"}
    annulled = set()
    for paper in (years.december.outputs / "final").glob("*/*.docx"):
        text = years.december.paper(f"{paper.parent.name}/{paper.stem}")
        found = re.search(r"Annule et remplace (l’attestation|le parchemin) n° (\S+) établi", text)
        annulled |= {found[2]} if found else set()
    assert annulled == withdrawn


def test_papers_say_who_may_come_back_until_when_and_what_is_kept(years: Years) -> None:
    """Put off or refused, told apart; the term of each right; blocs held for life."""
    zoe = years.june.paper("notifications/notification_001_Exemple")
    assert (
        "Ajournement, avec possibilité de se représenter, 2 fois au plus, jusqu’au "
        "15 décembre 2027 compris ; bloc à présenter : BC02."
    ) in zoe
    assert "Résultat conservé : E1 Écrit, 50 %, jusqu’au 15 décembre 2026 compris" in zoe
    assert "validés ou déjà acquis le restent sans limite de durée" in zoe
    minutes = years.june.paper("proces-verbal_A")
    assert "blocs à présenter : BC01, BC02" in minutes
    assert "Conservé : C1.1, 100 %, jusqu’au 15 juin 2027" in minutes
    assert "Possibilité de se représenter" in years.june.paper("proces-verbal_B")
    again = years.december.paper("releves/releve_C02_Mariee")
    assert "Ajournement, avec possibilité de se représenter, une fois au plus" in again
    assert "session JUIN, PV PV-1-A, 15 juin 2026" in again
    ended = years.later.paper("notifications/notification_C02_Exemple")
    assert "Refus, sans possibilité de se représenter : 3 présentations déjà faites." in ended
    assert "Résultat conservé" not in ended
    awarded = years.later.paper("notifications/notification_C03_Mariee")
    assert "représenter" not in awarded
    (right,) = (
        item["resit"] for item in years.june.decisions("final")["candidates"] if item["id"] == "001"
    )
    assert right == {
        "allowed": True,
        "refusal": None,
        "until": "2027-12-15",
        "left": 2,
        "blocks": ["BC02"],
        "kept": [{"code": "E1", "score": 0.5, "until": "2026-12-15"}],
    }


def test_what_a_session_and_the_register_say_otherwise_is_told(years: Years) -> None:
    """At its cell, by `check`: nothing where they agree."""
    agreed = {"held-unknown", "held-forgotten", "kept-unknown", "kept-lapsed", "sat-otherwise"}
    assert not agreed & set(years.answers["check in December"].codes)
    told = years.answers["check a year later"]
    found = {
        item["code"]: (item["sheet"], item["message"].partition(")")[0])
        for item in told.problems
        if item["code"] in agreed
    }
    assert found == {
        "held-forgotten": ("Candidats", "Léa Absente (C01"),
        "sat-otherwise": ("Candidats", "Léa Absente (C01"),
        "held-unknown": ("Candidats", "Zoé Exemple (C02"),
        "kept-lapsed": ("Résultats conservés", "Zoé Mariée (C03"),
    }


def test_a_surname_that_changed_is_asked_about_before_the_session(years: Years) -> None:
    """By `check`, at the name: Max Titré, who holds the certification, came back as Max Nouveau."""
    asked = [
        (item["sheet"], item["message"])
        for item in years.answers["another surname"].problems
        if item["code"] == "perhaps-renamed"
    ]
    assert asked == [
        (
            "Candidats",
            (
                "Max Nouveau (C04) serait au registre quelqu'un d'autre que Max Titré, né(e) le "
                "01/01/1992 (REG-3) : même prénom et même naissance, sous un autre nom."
            ),
        )
    ]
    assert "perhaps-renamed" not in years.answers["check in December"].codes


def test_a_person_is_given_all_that_the_register_holds_on_them(years: Years) -> None:
    """Three candidatures, with their results and papers, under both names; nobody else."""
    done = years.later.run("extract", "C03")
    assert done.status == 0, done.problems
    text = (years.later.outputs / "extraits" / "C03" / "registre.json").read_text("utf-8")
    held = json.loads(text)
    assert (held["number"], held["identity"]["last_name"]) == ("REG-1", "Mariée")
    assert held["names"] == ["exemple zoe", "mariee zoe"]
    sat = [
        (item["session"], item["minutes_number"], item["outcome"], item["in_force"])
        for item in held["attempts"]
    ]
    assert sat == [
        (JUNE, "PV-1-A", "partial", True),
        (DECEMBER, "PV-2", "partial", False),
        (DECEMBER, "PV-2", "partial", True),
        (LATER, "PV-3", "awarded", True),
    ]
    numbers = {paper["number"] for item in held["attempts"] for paper in item["papers"]}
    assert {"P-2027-00001"} <= numbers or {"P-2027-00002"} <= numbers
    assert "Max" not in text


def test_a_register_in_postgresql_holds_the_same(years: Years, address: str) -> None:
    """Recorded session by session from what was frozen: the same rows, to the letter."""
    for sitting in (years.june, years.december, years.later):
        recorded = replace(sitting, register=address)
        assert recorded.run("register record").status == 0
        assert recorded.run("register record").status == 0
    assert _sorted(content_of(address)) == _sorted(content_of(years.june.register))
    shown = replace(years.june, register=address).run("register show")
    assert shown.report["counts"] == {
        "people": 5,
        "sessions": 3,
        "blocks": 14,
        "certifications": 4,
        "papers": 18,
    }


def _sorted(content: Mapping[str, list[tuple[Any, ...]]]) -> dict[str, list[str]]:
    """Return rows without their own numbers, in an order of their own."""
    return {name: sorted(str(row[1:]) for row in rows) for name, rows in content.items()}
