"""The sentences of a bloc's sheet on what assesses its competencies."""

from __future__ import annotations

import dataclasses

import builders
import pytest

from sheetgen.grid.sentences import Sentences


def sentences(kind: str, title: str | None) -> Sentences:
    """Return those of a référentiel whose épreuves are all of this type and title."""
    known = builders.referential({"C1.1": 1})
    methods = tuple(
        dataclasses.replace(item, kind=kind, title=title, description="Vingt pages.")
        for item in known.methods
    )
    return Sentences(dataclasses.replace(known, methods=methods))


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [
        ("Dossier", None, "Dossier"),
        ("Dossier", "Dossier", "Dossier"),
        ("dossier", "DOSSIER", "DOSSIER"),
        ("Étude de cas", "Etude  de cas", "Etude  de cas"),
        ("Dossier", "Dossier de veille", "Dossier de veille — Dossier"),
    ],
)
def test_a_type_that_is_the_title_is_told_once(kind: str, title: str | None, told: str) -> None:
    """Case, accents and spaces make no other word of it."""
    words = sentences(kind, title)
    known = builders.referential({"C1.1": 1})
    competency, code = known.competencies[0], known.methods[0].code
    assert words.methods([code], competency, bloc_only=False) == (
        f"Modalité : {told}\nVingt pages."
    )
    short = words.methods_in_short([code], bloc_only=False)[0]
    assert short == f"Modalité : {' '.join(told.split())} — Vingt pages."
    under = [told.rpartition(" — ")[2]] if " — " in told else []
    assert words.assessment_in_short(code, bloc_only=False) == " — ".join([*under, "Vingt pages."])
