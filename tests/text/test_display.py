"""Text as it is shown: what would act or hide is a sign, and everything else is itself."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.text.french import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mAcquis\x07", "␛[31mAcquis␇"),
        ("a\0b", "a␀b"),
        ("un\r\ndeux\ntrois\rquatre", "un⏎deux⏎trois⏎quatre"),
        ("un\u2028deux\x85trois", "un⏎deux⏎trois"),
        ("col\tonne", "col␉onne"),
        ("fdp.\u202excod.exe", "fdp.\\u202excod.exe"),
        ("in\u200bvisible\ufeff", "in\\u200bvisible\\ufeff"),
        ("\x9b31m\x7f", "\\x9b31m␡"),
        ("grille-\udce9.xlsx", "grille-\\udce9.xlsx"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_acts_or_hides_is_shown_as_a_sign(text: str, shown: str) -> None:
    """Controls, line ends, directions, zero widths, halves of characters."""
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["", "Évalué à 12,5 %", "« œuvre »\u00a0: 日本 😀", "[x]"])
def test_what_is_seen_is_itself(text: str) -> None:
    """Accents, French spaces, other scripts, brackets."""
    assert visible(text) == text


@given(st.text(st.characters()))
def test_nothing_that_is_shown_acts(text: str) -> None:
    """Whatever the text, what is printed is on one line, in characters that are seen."""
    categories = {unicodedata.category(letter) for letter in visible(text)}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
