"""The register records each closing once, knows people again, and gives each number once."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from registered import PLACES, attestation, candidate, closing, content_of, identity, key

from sheetgen.register import (
    ClosingFacts,
    Register,
    RegisterError,
    acquired_by,
    attempts_of,
    check_people,
    declared_people,
    find_certification,
    open_register,
    record_closing,
    reserve_numbers,
)
from sheetgen.register.register_tables import ATTEMPT, PAPER, PERSON, RESULT

if TYPE_CHECKING:
    from pathlib import Path

    from postgresql import Server
    from sqlalchemy import Table

    from sheetgen.register import Identity

ZOE = identity("Zoé Exemple", "1998-03-14")
MARRIED = identity("Zoé Mariée", "1998-03-14", former="Exemple")


def _record(register: Register, facts: ClosingFacts) -> list[str]:
    with register.writing() as connection:
        return [item.code for item in record_closing(connection, facts, PLACES, "essai")]


def _count(register: Register, table: Table) -> int:
    with register.reading() as connection:
        return len(connection.execute(table.select()).all())


def _attempts(register: Register) -> list[tuple[str, int]]:
    with register.reading() as connection:
        rows = connection.execute(ATTEMPT.select().order_by(ATTEMPT.c.id))
        return [(row.candidate, row.person) for row in rows]


def _one(person: Identity, session: str) -> ClosingFacts:
    return closing(key(session), candidate("C01", person, BC01="validated"))


def test_a_closing_is_recorded_once(register: Register) -> None:
    """Recording it again changes nothing, and other decisions for it are refused."""
    facts = _one(ZOE, "JUIN")
    assert _record(register, facts) == []
    assert _record(register, facts) == []
    assert (_count(register, PERSON), _count(register, RESULT)) == (1, 1)
    other = closing(key(), candidate("C01", ZOE, BC01="not_validated"), digest="d2")
    assert _record(register, other) == ["recorded-otherwise"]
    assert _count(register, RESULT) == 1


def test_what_is_acquired_is_so_from_the_day_on_which_the_jury_closed(register: Register) -> None:
    """Nine days after the session's: what the papers say. Without it, the session's day."""
    whole = closing(key(), candidate("C01", ZOE, "awarded", BC01="validated"))
    assert _record(register, replace(whole, closed="2026-06-24")) == []
    leo = candidate("C01", identity("Léo Autre", "1990-01-01"), "awarded")
    assert _record(register, closing(key("MARS", date="2026-03-01"), leo, digest="d2")) == []
    with register.reading() as connection:
        certification = find_certification(connection, "rncp1")
        assert certification is not None
        declared = [item.day for item in declared_people(connection, certification)]
        held = [item.day for item in acquired_by(connection)]
        (attempt,) = attempts_of(connection, 1)
    assert declared == [date(2026, 6, 24), date(2026, 3, 1)]
    assert held == [date(2026, 6, 24), date(2026, 6, 24), date(2026, 3, 1)]
    assert (attempt["decided"], attempt["session_date"]) == ("2026-06-24", "2026-06-15")


def test_numbers_are_reserved_then_issued(register: Register) -> None:
    """What was reserved and not used serves again; what was issued never does."""
    papers = [attestation("C01"), attestation("C02")]
    with register.writing() as connection:
        first = reserve_numbers(connection, key(), papers, 2026)
    assert list(first.values()) == ["A-2026-00001", "A-2026-00002"]
    # Cut short, then closed again with another decision: the second number changes hands.
    now = [attestation("C01"), attestation("C03")]
    with register.writing() as connection:
        again = reserve_numbers(connection, key(), now, 2026)
    assert again == {now[0]: "A-2026-00001", now[1]: "A-2026-00002"}
    people = (candidate("C01", ZOE), candidate("C03", identity("Léo Autre", "1990-01-01")))
    assert _record(register, closing(key(), *people, numbers=again)) == []
    with register.writing() as connection:
        other = reserve_numbers(connection, key("MARS", date="2026-03-01"), papers, 2026)
    assert list(other.values()) == ["A-2026-00003", "A-2026-00004"]


def test_a_number_is_never_borne_by_two_papers(register: Register) -> None:
    """A register made from nothing may have given a number away before its bearer comes back."""
    lost = {attestation("C01"): "A-2026-00001"}
    with register.writing() as connection:
        reserve_numbers(connection, key("MAI"), [attestation("C09")], 2026)
    facts = closing(key(), candidate("C01", ZOE), numbers=lost)
    assert _record(register, facts) == ["number-taken"]
    assert _attempts(register) == []


def test_a_reopening_withdraws_and_numbers_anew(register: Register) -> None:
    """The former paper stays, withdrawn; the person is the same although a birth date changed."""
    for version, born in ((1, "1998-03-14"), (2, "1998-04-14")):
        which, person = key(version=version), identity("Zoé Exemple", born)
        with register.writing() as connection:
            numbers = reserve_numbers(connection, which, [attestation("C01")], 2026)
        facts = closing(which, candidate("C01", person), digest=str(version), numbers=numbers)
        assert _record(register, facts) == []
    with register.reading() as connection:
        papers = connection.execute(PAPER.select().order_by(PAPER.c.rank)).all()
        (zoe,) = connection.execute(PERSON.select()).all()
    assert [(p.number, p.withdrawn is None) for p in papers] == [
        ("A-2026-00001", False),
        ("A-2026-00002", True),
    ]
    assert zoe.birth_date.isoformat() == "1998-04-14"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (ZOE, identity("Zoe EXEMPLE", "1998-03-14")),
        (ZOE, identity("Zoé Mariée", "1998-03-14", birth_name="Exemple")),
        (ZOE, MARRIED),
        (
            identity("Zoé Exemple", identifier="E7"),
            identity("Zoé Exemple", "1998-03-14", identifier="E7"),
        ),
        (ZOE, identity("Zoé Exemple", "1998-03-14", identifier="E7")),
        (identity("Zoé Exemple"), identity("Zoé Exemple", "1998-03-14", identifier="REG-1")),
        (ZOE, identity("Zoé Mariée", "1998-03-14", identifier="reg-1")),
        (
            identity("Zoé Exemple", identifier="E-7a"),
            identity("Zoé Exemple", "1998-03-14", identifier="e-7A"),
        ),
        (
            identity("Anne-Lise Lœuillet", "1998-03-14"),
            identity("ANNE-LISE LOEUILLET", "1998-03-14"),
        ),
        (identity("Zoé D’Haÿ", "1998-03-14"), identity("Zoé d hay", "1998-03-14")),
        (identity("Søren Le Goff", "1998-03-14"), identity("Soren Legoff", "1998-03-14")),
    ],
)
def test_somebody_is_known_again(register: Register, then: Identity, now: Identity) -> None:
    """By identifier, else by birth name or former name, first name and birth date."""
    assert _record(register, _one(then, "JUIN")) == []
    assert _record(register, _one(now, "MARS")) == []
    assert [person for _, person in _attempts(register)] == [1, 1]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (ZOE, identity("Zoé Exemple", "1999-03-14")),
        (ZOE, identity("Léa Exemple", "1998-03-14")),
        (identity("Zoé Exemple", identifier="E7"), identity("Zoé Exemple", identifier="E8")),
    ],
)
def test_two_people_stay_two(register: Register, then: Identity, now: Identity) -> None:
    """Other birth dates, first names or identifiers tell people apart."""
    assert _record(register, _one(then, "JUIN")) == []
    assert _record(register, _one(now, "MARS")) == []
    assert [person for _, person in _attempts(register)] == [1, 2]


@pytest.mark.parametrize(
    ("then", "now", "code"),
    [
        (ZOE, identity("Zoé Exemple"), "homonyms"),
        (identity("Zoé Exemple"), ZOE, "homonyms"),
        (ZOE, identity("Léo Autre", identifier="REG-1"), "identifier-of-another"),
        (ZOE, identity("Zoé Exemple", "1998-03-15", identifier="REG-1"), "identifier-of-another"),
        (ZOE, identity("Zoé Exemple", identifier="REG-99"), "register-number-unknown"),
    ],
)
def test_nobody_is_guessed(register: Register, then: Identity, now: Identity, code: str) -> None:
    """What cannot be known is asked, and nothing is recorded."""
    assert _record(register, _one(then, "JUIN")) == []
    assert _record(register, _one(now, "MARS")) == [code]
    assert _attempts(register) == [("C01", 1)]


@pytest.mark.parametrize(
    "now",
    [
        identity("Léo Autre", "2001-05-06"),
        identity("Léo Exemple", "2001-05-06"),
        identity("Zoé Autre", "2001-05-06"),
        identity("Léo Autre"),
    ],
)
def test_a_number_given_to_another_takes_nobodys_place(register: Register, now: Identity) -> None:
    """A session closed again with somebody else under a number: asked, never written over them."""
    assert _record(register, _one(ZOE, "JUIN")) == []
    again = closing(key("JUIN", 2), candidate("C01", now, BC01="validated"), digest="d2")
    assert _record(register, again) == ["seat-of-another"]
    other = candidate("C01", replace(now, identifier="E9"), BC01="validated")
    assert _record(register, closing(key("JUIN", 2), other, digest="d2")) == []
    assert _attempts(register) == [("C01", 1), ("C01", 2)]
    with register.reading() as connection:
        first = connection.execute(PERSON.select().order_by(PERSON.c.id)).mappings().first()
    assert first is not None
    assert first["last_name"] == "Exemple"


def test_a_new_person_of_a_known_name_is_told_before_the_closing(register: Register) -> None:
    """An identifier that the register never saw makes another person, which is never silent."""
    assert _record(register, _one(identity("Zoé Exemple"), "JUIN")) == []
    for now, told in (
        (replace(ZOE, identifier="E7"), ["namesake-added"]),
        (replace(ZOE, identifier="REG-1"), []),
        (identity("Léa Exemple", identifier="E8"), []),
    ):
        with register.reading() as connection:
            found = check_people(connection, key("MARS"), {"C01": now}, PLACES)
        assert [item.code for item in found] == told
    assert _record(register, _one(replace(ZOE, identifier="E7"), "MARS")) == []


BORN_IN_LYON = identity("Zoé Exemple", "1998-03-14", birth_place="Lyon 3e")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (identity("Zoé Mariée", "1998-03-14", birth_place="LYON"), ["perhaps-renamed"]),
        (identity("zoe Mariée", "1998-03-14"), ["perhaps-renamed"]),
        (identity("Zoé Mariée", "1998-03-14", identifier="E8"), ["perhaps-renamed"]),
        (identity("Zoé Mariée", "1998-03-14", birth_name="Exemple"), []),
        (MARRIED, []),
        (identity("Zoé Mariée", "1998-03-14", identifier="REG-1"), []),
        (identity("Zoé Mariée", "1998-03-14", birth_place="Brest"), []),
        (identity("Léa Mariée", "1998-03-14", birth_place="Lyon"), []),
        (identity("Zoé Mariée", "1998-03-15", birth_place="Lyon"), []),
        (identity("Zoé Mariée"), []),
    ],
)
def test_a_surname_that_changed_is_asked_about(
    register: Register, now: Identity, told: list[str]
) -> None:
    """First name and birth are somebody's, the surname is not: a warning names both."""
    assert _record(register, _one(BORN_IN_LYON, "JUIN")) == []
    with register.reading() as connection:
        found = check_people(connection, key("MARS"), {"C01": now}, PLACES)
    assert [item.code for item in found] == told
    for item in found:
        assert str(now) in item.message
        assert "Zoé Exemple, né(e) le 14/03/1998 (REG-1)" in item.message
        assert "écrire Exemple dans la colonne Nom de naissance ou Ancien nom" in (item.hint or "")


def test_one_cpf_file_under_two_surnames_is_asked_about(register: Register) -> None:
    """Where a birth date is missing, unless the first name is another."""
    assert _record(register, _one(identity("Zoé Exemple", cpf_file="123"), "JUIN")) == []
    for name, told in (("Zoé Mariée", ["perhaps-renamed"]), ("Léo Mariée", [])):
        now = identity(name, "1998-03-14", cpf_file="123")
        with register.reading() as connection:
            found = check_people(connection, key("MARS"), {"C01": now}, PLACES)
        assert [item.code for item in found] == told


def test_who_sits_at_the_session_is_nobody_else_s_former_self(register: Register) -> None:
    """Two candidates born on one day with one first name, of whom the register knows one."""
    assert _record(register, _one(ZOE, "JUIN")) == []
    both = {"C01": ZOE, "C02": identity("Zoé Autre", "1998-03-14")}
    with register.reading() as connection:
        assert check_people(connection, key("MARS"), both, PLACES) == []


def test_an_older_session_recorded_late_renames_nobody(register: Register) -> None:
    """Values of a later one hold; those that it left blank are filled in."""
    later = closing(key("DECEMBRE", date="2026-12-10"), candidate("C01", MARRIED))
    older = identity("Zoé Exemple", "1998-03-14", sex="F")
    assert _record(register, later) == []
    assert _record(register, closing(key("JUIN"), candidate("C01", older))) == []
    with register.reading() as connection:
        (row,) = connection.execute(PERSON.select()).mappings().all()
    assert (row["last_name"], row["sex"]) == ("Mariée", "F")


def test_namesakes_of_one_session_are_told_apart(register: Register) -> None:
    """Two candidates of one name need birth dates or identifiers; one person cannot sit twice."""
    twice = closing(
        key(), candidate("C01", identity("Zoé Exemple")), candidate("C02", identity("Zoé Exemple"))
    )
    assert _record(register, twice) == ["namesakes-untold"]
    assert _record(register, _one(ZOE, "AVRIL")) == []
    both = closing(key("MAI"), candidate("C01", ZOE), candidate("C02", ZOE))
    assert _record(register, both) == ["person-twice"]


def test_people_who_close_at_once_get_other_numbers(address: str) -> None:
    """Eight closings at a time, in a register that none of them finds made."""

    def close(session: int) -> list[str]:
        register = open_register(address, create=True)
        assert register is not None
        which = key(f"S{session}")
        papers = [attestation(f"C{number:02}") for number in range(5)]
        with register.writing() as connection:
            numbers = reserve_numbers(connection, which, papers, 2026)
        people = [
            candidate(paper.candidate, identity(f"P{paper.candidate} S{session}", "1990-01-01"))
            for paper in papers
        ]
        assert _record(register, closing(which, *people, numbers=numbers)) == []
        register.close()
        return list(numbers.values())

    with ThreadPoolExecutor(8) as pool:
        given = [number for numbers in pool.map(close, range(8)) for number in numbers]
    assert sorted(given) == [f"A-2026-{rank:05d}" for rank in range(1, 41)]


def test_a_register_that_cannot_be_used_is_told(tmp_path: Path, postgresql: Server) -> None:
    """Each way has its own message, and no password is ever shown."""
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"this is no database, however long it may be" * 50)
    wrong = {
        str(damaged): "register-damaged",
        str(tmp_path / "nowhere" / "register.sqlite"): "register-unreachable",
        "mysql://user:secret@localhost/base": "register-address-unusable",
        "not a url://": "register-address-unusable",
        "postgresql://serveur:port/base": "register-address-unusable",
        postgresql.url("postgres", password="secret"): "register-refused",
        postgresql.url("none"): "register-unreachable",
        "postgresql://user:secret@127.0.0.1:9/base": "register-unreachable",
    }
    for address, code in wrong.items():
        with pytest.raises(RegisterError) as refused:
            open_register(address, create=True)
        assert refused.value.problem.code == code, address
        assert "secret" not in str(refused.value.problem)
    assert open_register(str(tmp_path / "register.sqlite")) is None
    assert not (tmp_path / "register.sqlite").exists()


def test_a_newer_register_is_left_alone(register: Register, address: str) -> None:
    """A program that does not know the tables changes nothing of them."""
    with register.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RegisterError) as refused:
        open_register(address, create=True)
    assert refused.value.problem.code == "register-newer"


def test_two_sessions_of_one_code_and_day_are_two(register: Register) -> None:
    """Neither takes what the other reserved; the same one, made again elsewhere, is refused."""
    lyon, lille = key(folder="lyon"), key(folder="lille")
    with register.writing() as connection:
        first = reserve_numbers(connection, lyon, [attestation("C01")], 2026)
        other = reserve_numbers(connection, lille, [attestation("C01")], 2026)
    assert list(first.values()) == ["A-2026-00001"]
    assert list(other.values()) == ["A-2026-00002"]
    leo = identity("Léo Autre", "1990-01-01")
    assert _record(register, closing(lyon, candidate("C01", ZOE), numbers=first)) == []
    assert _record(register, closing(lille, candidate("C01", leo), numbers=other)) == []
    again = closing(key(folder="lyon again"), candidate("C01", ZOE))
    assert _record(register, again) == ["recorded-elsewhere"]
    assert _attempts(register) == [("C01", 1), ("C01", 2)]


def test_each_candidate_has_the_minutes_of_their_jury(register: Register) -> None:
    """Of named juries each has its own; what is held cites them."""
    sat = candidate("C01", ZOE, BC01="validated")
    facts = closing(key(), replace(sat, jury="B", minutes_number="PV-7-B"))
    assert _record(register, facts) == []
    with register.reading() as connection:
        (held,) = acquired_by(connection)
        (attempt,) = attempts_of(connection, 1)
    assert held.minutes_number == attempt["minutes_number"] == "PV-7-B"


def test_a_register_put_back_takes_in_what_came_since(
    register: Register, address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Saved after one session, put back after two: the second is recorded again, as it was."""
    leo = identity("Léo Autre", "1990-01-01")
    sessions = []
    for which, person in ((key(), ZOE), (key("MARS", date="2026-03-01"), leo)):
        with register.writing() as connection:
            numbers = reserve_numbers(connection, which, [attestation("C01")], 2026)
        sessions.append(closing(which, candidate("C01", person), numbers=numbers))
        assert _record(register, sessions[-1]) == []
        if len(sessions) == 1:
            _save(address, tmp_path / "saved", request)
    before = content_of(address)
    register.close()
    _put_back(address, tmp_path / "saved", request)
    assert len(content_of(address)["closing"]) == 1
    for facts in sessions:
        assert _record(register, facts) == []
    assert content_of(address) == before


def _save(address: str, path: Path, request: pytest.FixtureRequest) -> None:
    if "://" in address:
        request.getfixturevalue("postgresql").dump(path)
    else:
        shutil.copy(address, path)


def _put_back(address: str, path: Path, request: pytest.FixtureRequest) -> None:
    if "://" in address:
        request.getfixturevalue("postgresql").restore(path)
    else:
        shutil.copy(path, address)
