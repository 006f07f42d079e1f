"""Awards to what can be declared of them, and to what is told, column by column."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sheetgen.declaration import AwardFacts, DeclaredPassage, examine, term_of

LEA = AwardFacts(
    last_name="Durand",
    first_name="Léa",
    birth_name="Lœuillet d’Haÿ",
    other_first_names="Zoé, Anne",
    sex="F",
    birth_date=dt.date(1998, 3, 4),
    birth_place="L'Haÿ-les-Roses",
    birth_insee_code="94038",
    day=dt.date(2026, 6, 15),
    access_route="VAE",
)


def _flaws(**changed: object) -> list[tuple[str, str]]:
    facts = replace(LEA, **changed)  # type: ignore[arg-type]
    return [(flaw.attribute, flaw.kind.code) for flaw in examine(facts).flaws]


def _passage(**changed: object) -> DeclaredPassage:
    passage = examine(replace(LEA, **changed)).passage  # type: ignore[arg-type]
    assert passage is not None
    return passage


def test_names_are_those_that_the_receiver_compares() -> None:
    """Capitals, without accents; ligatures are two letters and apostrophes are straight."""
    holder = _passage().holder
    assert holder.birth_name == "LOEUILLET D'HAY"
    assert holder.used_name == "DURAND"
    assert holder.first_names == ("LEA", "ZOE", "ANNE")
    assert holder.place == "L'HAY-LES-ROSES"
    assert _flaws() == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("’t Hooft", "'T HOOFT"),
        ("de La Tour-d`Auvergne", "DE LA TOUR-D'AUVERGNE"),
        ("N’Guéssan", "N'GUESSAN"),
        ("Va\u02bba\ua78ctea", "VA'A'TEA"),
        ("Ðặng Łœw", "DANG LOEW"),
    ],
)
def test_odd_names_are_written_with_what_the_receiver_reads(said: str, expected: str) -> None:
    """Particles, apostrophes at the beginning, letters that are no letter with an accent."""
    assert _flaws(birth_name=said, last_name=said) == []
    assert _passage(birth_name=said, last_name="Le Bœuf").holder.birth_name == expected


@pytest.mark.parametrize("said", ["Иванов", "-", "''", "Dupont2"])
def test_a_used_name_is_a_name_too(said: str) -> None:
    """It is declared beside the birth name."""
    assert ("last_name", "cpf-identity-implausible") in _flaws(last_name=said)


def test_a_composed_first_name_stays_whole_where_commas_part_them() -> None:
    """As papers list them; without a comma each word is one."""
    assert _passage(other_first_names="Jean Pierre, Alix").holder.first_names == (
        "LEA",
        "JEAN PIERRE",
        "ALIX",
    )
    assert _flaws(other_first_names="Jean Pierre ; Alix") == []


def test_a_birth_name_that_is_not_said_is_the_name() -> None:
    """The session's workbook says so of its column."""
    holder = _passage(birth_name=None).holder
    assert (holder.birth_name, holder.used_name) == ("DURAND", None)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sex": None}, ("sex", "cpf-identity-missing")),
        ({"birth_date": None}, ("birth_date", "cpf-identity-missing")),
        ({"birth_date": dt.date(2020, 1, 1)}, ("birth_date", "cpf-identity-implausible")),
        ({"birth_insee_code": None}, ("birth_insee_code", "cpf-identity-missing")),
        ({"birth_insee_code": "35000"}, ("birth_insee_code", "cpf-identity-implausible")),
        ({"birth_country": "Mali"}, ("birth_insee_code", "cpf-identity-implausible")),
        ({"first_name": "L3a"}, ("first_name", "cpf-identity-implausible")),
        ({"birth_name": "Иванов"}, ("birth_name", "cpf-identity-implausible")),
        ({"cpf_file": "12345678901234"}, ("cpf_file", "cpf-identity-implausible")),
        ({"cpf_file": "A12"}, ("cpf_file", "cpf-identity-implausible")),
        ({"mention": "Honorable"}, ("mention", "cpf-mention-unknown")),
        ({"day": None}, ("day", "cpf-day-missing")),
        ({"last_name": "Иванов"}, ("last_name", "cpf-identity-implausible")),
        (
            {"birth_insee_code": "99352", "birth_country": "France"},
            ("birth_insee_code", "cpf-identity-implausible"),
        ),
        (
            {"birth_insee_code": None, "birth_country": "Japon", "birth_place": "東京"},
            ("birth_place", "cpf-identity-implausible"),
        ),
        ({"birth_country": "Мали"}, ("birth_country", "cpf-identity-implausible")),
    ],
)
def test_what_stops_a_declaration_is_told_at_its_column(
    changed: dict[str, object], told: tuple[str, str]
) -> None:
    """Nothing is guessed: without it there is no passage."""
    facts = replace(LEA, **changed)  # type: ignore[arg-type]
    assert told in _flaws(**changed)
    assert examine(facts).passage is None


def test_a_postcode_and_a_country_stand_for_the_insee_code() -> None:
    """Either does; a postcode alone says nothing of where."""
    said = {"birth_insee_code": None, "birth_postcode": "94240"}
    assert _flaws(**said) == [("birth_country", "cpf-identity-missing")]
    holder = _passage(**said, birth_country="France").holder
    assert (holder.insee_code, holder.postcode, holder.country) == (None, "94240", "FRANCE")


def test_whoever_was_born_abroad_needs_no_postcode() -> None:
    """A place and a country do, and so does the INSEE code of a country."""
    abroad = {"birth_insee_code": None, "birth_country": "Sénégal", "birth_place": "Dakar"}
    assert _passage(**abroad).holder.postcode is None
    assert _passage(birth_insee_code="99341", birth_country="Sénégal").holder.insee_code == "99341"


@pytest.mark.parametrize(
    "said",
    [
        {"birth_insee_code": "97411", "birth_country": "La Réunion"},
        {"birth_insee_code": "98735", "birth_country": "Polynésie française"},
        {"birth_insee_code": "2a004", "birth_country": "République française"},
        {"birth_insee_code": None, "birth_postcode": "97110", "birth_country": "Guadeloupe"},
        {
            "birth_insee_code": "91352",
            "birth_country": "Algérie",
            "birth_date": dt.date(1962, 7, 2),
        },
        {
            "birth_insee_code": "96001",
            "birth_country": "TUNISIE",
            "birth_date": dt.date(1950, 1, 1),
        },
    ],
)
def test_france_is_overseas_too_and_was_larger(said: dict[str, object]) -> None:
    """A territory may be written as the country; former départements kept codes of their own."""
    assert _flaws(**said) == []


def test_what_is_abroad_is_no_territory() -> None:
    """After independence, and without its code, a commune is where it is said to be."""
    code = {"birth_insee_code": "91352", "birth_country": "Algérie"}
    born = dt.date(1962, 7, 3)
    assert _flaws(**code, birth_date=born) == [("birth_insee_code", "cpf-identity-implausible")]
    overseas = {"birth_insee_code": None, "birth_place": "Le Gosier", "birth_country": "Guadeloupe"}
    assert _flaws(**overseas) == [("birth_insee_code", "cpf-identity-missing")]


def test_a_training_file_needs_nothing_else() -> None:
    """It identifies its holder with two names, which are shorter there."""
    only = {"sex": None, "birth_date": None, "birth_insee_code": None, "cpf_file": "12 345"}
    holder = _passage(**only).holder
    assert (holder.file, holder.first_names, holder.sex) == ("12345", ("LEA",), None)
    long = "Marie-Bernadette-Clotilde"
    assert _flaws(**only, first_name=long) == [("first_name", "cpf-text-cut")]
    assert _passage(**only, first_name=long).holder.first_names == ("MARIE-BERNADETTE-CLO",)


def test_what_would_be_cut_is_told() -> None:
    """Sixty characters of a name, three first names."""
    assert _flaws(birth_name="A" * 61) == [("birth_name", "cpf-text-cut")]
    assert _flaws(birth_name="A" * 60) == []
    assert _flaws(last_name="A" * 61) == [("last_name", "cpf-text-cut")]
    found = examine(replace(LEA, other_first_names="Zoé Anne Lise"))
    assert [flaw.kind.code for flaw in found.flaws] == ["cpf-first-names-cut"]
    assert found.passage is not None
    assert found.passage.holder.first_names == ("LEA", "ZOE", "ANNE")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("mention très bien", "MENTION_TRES_BIEN"),
        ("Très bien", "MENTION_TRES_BIEN"),
        ("Avec mention assez bien", "MENTION_ASSEZ_BIEN"),
        (
            "Mention très bien avec félicitations du jury",
            "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY",
        ),
        ("MENTION_BIEN", "MENTION_BIEN"),
        ("sans mention", "SANS_MENTION"),
    ],
)
def test_a_mention_folds_to_one_of_five_words(said: str, expected: str) -> None:
    """Whatever its case and accents, with or without the word."""
    assert _passage(mention=said).mention == expected


def test_no_mention_is_said_only_where_there_are_some() -> None:
    """A certification without mentions says nothing of them."""
    assert _passage(mentions=True).mention == "SANS_MENTION"
    assert _passage(mentions=False).mention is None


def test_a_mention_of_before_the_register_is_not_taken_for_none() -> None:
    """What was taken in by hand says nothing of mentions: unknown, with a warning."""
    said = {"mentions": True, "recorded": False}
    assert _flaws(**said) == [("mention", "cpf-mention-missing")]
    assert _passage(**said).mention is None
    assert _passage(**said, mention="Sans mention").mention == "SANS_MENTION"
    assert _flaws(mentions=False, recorded=False) == []


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        ("Apprentissage", "FORMATION_INITIALE_APPRENTISSAGE", []),
        ("vae", "VAE", []),
        (None, None, [("access_route", "cpf-route-missing")]),
        ("par courrier", None, [("access_route", "cpf-route-unknown")]),
    ],
)
def test_a_route_is_one_of_the_receivers_words(
    said: str | None, expected: str | None, told: list[tuple[str, str]]
) -> None:
    """One that is not said is declared as unknown, with a warning."""
    assert _passage(access_route=said).route == expected
    assert _flaws(access_route=said) == told


@pytest.mark.parametrize(
    ("day", "term"),
    [("2026-06-15", "2026-09-15"), ("2026-11-30", "2027-02-28"), ("2026-10-31", "2027-01-31")],
)
def test_the_term_is_three_months_later(day: str, term: str) -> None:
    """The last day of a shorter month stands for one that it lacks."""
    assert term_of(dt.date.fromisoformat(day)) == dt.date.fromisoformat(term)
