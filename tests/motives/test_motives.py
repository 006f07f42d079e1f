"""Some reasons say something, others only fill their cell."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheetgen.text import FILLINGS, SHORTEST, only_fills, says_something


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "—", ".", "…", "...", "/", "?", "x", "X", "xxxx", "aaaa", "x x x x", "*"),
        *(
            "idem",
            "Idem.",
            "ok",
            "OK !",
            "RAS",
            "R.A.S.",
            "r a s",
            "néant",
            "Néant.",
            "N/A",
            "n.c.",
        ),
        *("rien", "Rien à signaler", "rien à dire", "sans objet", "Sans commentaire", "aucune"),
        *(
            "pas de commentaire",
            "Aucune remarque",
            "voir ci-dessus",
            "cf. plus haut",
            "à compléter",
        ),
        *(
            "idem que ci-dessus",
            "Idem BC01",
            "décision du jury",
        ),
        *("motif", "Motif :", "Proposition adoptée"),
        *("12", "12/20", "2026", "0", "C2.4", "non", "oui", "vu", "jgj", "\u200b", "\u00a0-\u00a0"),
        *("ok ok ok ok", "abab abab", "<>", "(néant)", "« … »", "azerty", "_____"),
    ],
)
def test_a_text_that_says_nothing_is_no_reason(text: str) -> None:
    """Marks, single or repeated letters, numbers, and words that stand for a reason."""
    assert not says_something(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Fraude", "absent", "Hors sujet", "Plagiat.", "Brief non analysé", "Oral convaincant"),
        *("Aucun bloc acquis", "BC01 non démontré", "C2.4 vue à l'entretien", "Parcours"),
        *("Note de 7/20", "Pas d'analyse", "Rien n'a été rendu", "INSUFFISANT", "À côté du sujet"),
        *("Non présenté", "Sans analyse du besoin", "Idem BC01 : analyse absente", "Peu clair"),
    ],
)
def test_a_few_words_or_one_long_enough_are_a_reason(text: str) -> None:
    """Short as they are, a reader learns something from them."""
    assert says_something(text)
    assert len(text) >= SHORTEST


def test_no_text_is_no_reason() -> None:
    """A cell that was left empty."""
    assert not says_something(None)


@pytest.mark.parametrize("filling", FILLINGS)
def test_a_listed_filling_is_no_reason(filling: str) -> None:
    """What the workbook refuses, as it is listed or typed otherwise, `finalize` refuses."""
    for typed in (filling, f" {filling.upper()}. "):
        assert only_fills(typed)
        assert not says_something(typed)


@pytest.mark.parametrize(
    "text",
    ["ok ok ok ok", "ras ras ras", "motif, motif idem", "xxxx", "abab abab", "aa bb", "12 ok 34"],
)
def test_repeated_words_and_letters_are_no_reason_in_the_workbook_either(text: str) -> None:
    """As `finalize` has it."""
    assert not says_something(text)
    assert only_fills(text) is ("," not in text)  # a formula parts words at spaces alone


@given(
    st.text(st.sampled_from("aeédimnrs ./-'0?жß\u00a0"))
    | st.lists(st.sampled_from(["ok", "RAS", "même", "vu", "idem,", "a", "Ж", "fait"])).map(
        " ".join
    )
)
@example("adß")
@example("dßж")
def test_no_reason_is_taken_for_a_filling(text: str) -> None:
    """The workbook may let pass what `finalize` refuses, never the other way round."""
    assert not (only_fills(text) and says_something(text))


@given(st.text(alphabet="aàebdrstnméô.,'’ -\u200b\u00ad0_", max_size=30))
def test_how_accents_are_stored_never_matters(text: str) -> None:
    """A letter with its accent, or the letter and then the accent."""
    assert says_something(text) is says_something(unicodedata.normalize("NFD", text))
