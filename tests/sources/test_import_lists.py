"""Lists as bytes: whatever their encoding and the sign between their cells, the same cells."""

from __future__ import annotations

from datetime import date

import pytest

from sheetgen.sources.importing.roster_columns import split_full_name
from sheetgen.sources.importing.roster_table import read_roster_tables
from sheetgen.sources.importing.roster_values import (
    AmbiguousDateError,
    DateOrder,
    order_of,
    parse_day,
)

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850")
TEXT = 'Nom;Prénom;Né(e) à\r\n"L’Été, dit ""Zèbre""";Gaël;"Saint-Étienne\r\n(Loire)"\r\n'


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_cells_are_the_same_in_any_encoding(encoding: str, separator: str) -> None:
    """Accents, quoted signs and quoted line ends come out of each."""
    text = TEXT.replace(";", separator)
    if encoding == "cp850":
        text = text.replace("’", "'")
    (sheet,) = read_roster_tables(text.encode(encoding)).sheets
    apostrophe = "'" if encoding == "cp850" else "’"
    assert sheet.rows == (
        (1, ("Nom", "Prénom", "Né(e) à")),
        (2, (f'L{apostrophe}Été, dit "Zèbre"', "Gaël", "Saint-Étienne\n(Loire)")),
    )
    assert bool(sheet.page) == (encoding in ("cp1252", "mac_roman", "cp850"))


def test_a_title_may_stand_above_a_list() -> None:
    """As exports have them; it holds no sign between cells."""
    (sheet,) = read_roster_tables("Promotion 2026\n\nNom;Prénom\nÉ;Œ\n".encode()).sheets
    assert sheet.rows == ((1, ("Promotion 2026",)), (3, ("Nom", "Prénom")), (4, ("É", "Œ")))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28/02/1990", date(1990, 2, 28)),
        ("02/28/1990", date(1990, 2, 28)),
        ("05/05/1990", date(1990, 5, 5)),
        ("1990-02-28", date(1990, 2, 28)),
        ("1er août 1990", date(1990, 8, 1)),
        ("3 sept. 1990", date(1990, 9, 3)),
        ("31/02/1990", None),
        ("28/02/90", None),
        ("bientôt", None),
    ],
)
def test_a_date_that_has_one_reading(text: str, day: date | None) -> None:
    """A day over 12 says which number it is; two digits of a year say no century."""
    assert parse_day(text, None) == day


def test_a_date_that_has_two_readings() -> None:
    """The list's other dates may tell; where they do not, or disagree, nobody guesses."""
    with pytest.raises(AmbiguousDateError):
        parse_day("03/04/1990", None)
    assert order_of(["03/04/1990", "28/02/1990"]) is DateOrder.DAY_FIRST
    assert order_of(["02/28/1990"]) is DateOrder.MONTH_FIRST
    assert order_of(["02/28/1990", "28/02/1990"]) is None
    assert order_of(["03/04/1990"]) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("DE LA TOUR Anne", ("DE LA TOUR", "Anne")),
        ("Jean-Paul D'ARC", ("D'ARC", "Jean-Paul")),
        ("Jean Paul", None),
        ("DURAND", None),
        ("Marie DUPONT Anne", None),
    ],
)
def test_names_in_one_cell(text: str, names: tuple[str, str] | None) -> None:
    """Capitals tell a surname from a first name, or nothing does."""
    assert split_full_name(text) == names
