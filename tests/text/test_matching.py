"""Texts compared as a reader would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.text.fold import appearance, fold, fold_name, nearest

INVISIBLE = "\u200b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Non observé", "  NON\u00a0OBSERVE "),
        ("L'écart", "l’ÉCART"),
        ("L`écart", "l'ecart"),
        ("Acquis", "ac\u00adquis"),
        ("Straße", "STRASSE"),
    ],
)
def test_what_reads_the_same_folds_to_the_same(one: str, other: str) -> None:
    """Case, accents, apostrophes, spaces and what is not seen."""
    assert fold(one) == fold(other)


@given(text=st.text(st.characters(codec="ascii")))
def test_plain_texts_fold_as_any_other(text: str) -> None:
    """The short way for texts without accents gives what the long way gives."""
    assert fold(text) == fold(INVISIBLE + text)


def test_words_and_their_order_matter() -> None:
    """Two labels that a reader tells apart stay apart; names of sheets pass over spaces too."""
    assert fold("non acquis") != fold("acquis non")
    assert fold("A 1") != fold("A1")
    assert fold_name("A 1") == fold_name("a1")


def test_the_nearest_choice_is_what_was_meant() -> None:
    """In the choice's own spelling; nothing where nothing resembles."""
    assert nearest("aquis", ["Acquis", "Non acquis"]) == "Acquis"
    assert nearest("zzz", ["Acquis", "Non acquis"]) is None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("\u04211.1", True),
        ("\u0441 1.1", True),
        ("\uff231.1", True),
        ("C1\u20241", True),
        ("C1.2", False),
        ("G1.1", False),
    ],
)
def test_letters_of_other_scripts_look_like_latin_ones(text: str, same: bool) -> None:
    """A Cyrillic С, a C of full width, a dot that is none: nobody sees the difference."""
    assert (appearance(text) == appearance("C1.1")) is same
