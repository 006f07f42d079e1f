"""Braces of one text, paired: what is a tag, what is text, and what lacks its partner."""

from __future__ import annotations

import pytest

from sheetgen.documents.kept_text import pair_braces

FIELDS = ("candidat", "session")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Né le {{ candidat.date }}, à {{ candidat.lieu }}", 2),
        ("{% if a %}x{% else %}y{% endif %}", 3),
        ("{# à revoir #}{{ candidat.nom }}", 2),
        ("{# {{ candidat.ancien }} #}", 1),
        ("{{ {'a': {'b': 1}}['a'] }}", 1),
        ("{{ '}}' }} et {% if a == “%}” %}", 2),
        ("{{ ‘}}’ }}", 1),
        ("L’ensemble {1 ; 2}, {a} et { { 3 } }", 0),
        ("{28A0092B-C50C-407E-A947-70E740481C1C}", 0),
        ('ADDIN CSL {"titre":{"x":{"y":"z"}}}', 0),
        ("{_{ candidat.nom }_} et {_% if %_}", 0),
        ("Taux de 50 % {environ}", 0),
        ("", 0),
    ],
)
def test_whole_tags_are_found_and_other_pairs_are_text(text: str, tags: int) -> None:
    """Expressions with braces or quotes of their own included."""
    pairing = pair_braces(text, FIELDS)
    assert pairing.fault == ""
    assert len(pairing.tags) == tags
    assert all(text[tag.start : tag.end] == tag.text for tag in pairing.tags)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "{{ candidat.identite } le {{ session.date }}",
            (
                "la balise « {{ candidat.identite } le {{ session.da… » n’est pas fermée par "
                "« }} » dans ce paragraphe."
            ),
        ),
        (
            "{{ candidat.nom",
            "la balise « {{ candidat.nom » n’est pas fermée par « }} » dans ce paragraphe.",
        ),
        (
            "{% if a }oui{% endif %}",
            "la balise « {% if a }oui{% endif %} » n’est pas fermée par « %} » dans ce paragraphe.",
        ),
        (
            "{# mot # et {# mot #}",
            "la balise « {# mot # et {# mot #} » n’est pas fermée par « #} » dans ce paragraphe.",
        ),
        ("Nom : candidat.nom }}", "« Nom : candidat.nom }} » se ferme sans avoir été ouvert."),
        ("{{ candidat.nom }}}", "« } » se ferme sans avoir été ouvert."),
        (
            "{ candidat.nom }}",
            (
                "« { candidat.nom } » est entre accolades simples ; une balise a deux signes de "
                "chaque côté."
            ),
        ),
        (
            "{ autre.nom }",
            (
                "« { autre.nom } » est entre accolades simples ; une balise a deux signes de "
                "chaque côté."
            ),
        ),
        (
            "{p if a %}",
            "« {p if a %} » est entre accolades simples ; une balise a deux signes de chaque côté.",
        ),
        (
            "{{{ candidat.nom }}",
            "la balise « {{{ candidat.nom }} » n’est pas fermée par « }} » dans ce paragraphe.",
        ),
        ("a { b", "l’accolade de « { b » n’est jamais fermée."),
    ],
)
def test_a_brace_too_few_or_too_many_is_told(text: str, fault: str) -> None:
    """Before anything could run on to the next tag and swallow what stands between."""
    pairing = pair_braces(text, FIELDS)
    assert pairing.fault == fault
    assert pairing.tags == ()
