"""The example référentiels: made from their data, without a remark, decided as worked by hand.

Scores are worked from appreciations.csv beside each: a mean over the jurors, then Σ weight·share
over Σ weight, as the sentences beside the numbers say.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from example_referentials import NAMES, REFERENTIALS, ROOT, read_marks
from make_referentials import read_contents

from sheetgen.rules import decide_session
from sheetgen.sources import read_referential, read_session
from sheetgen.sources.schema import REFERENTIAL
from sheetgen.sources.write import write_source_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import CandidateDecision
    from sheetgen.sources.write import Value

WARNED = {"diplome-soin": [("evidence-expired", "E4")]}
"""What is said of the sessions: S03's attestation was accepted, and ended the day before."""

Outcome = tuple[str, Fraction | None]
"""An outcome, and its score."""


def share(points: float | str, of: int) -> Fraction:
    """A mark over its maximum; a text is a fraction."""
    return Fraction(points) / of


def decided(name: str) -> dict[str, CandidateDecision]:
    """Every candidate of an example, as the rules propose."""
    folder = REFERENTIALS / name
    referential, told = read_referential(folder / "referential.xlsx")
    assert referential is not None, "\n".join(map(str, told))
    session, told_too = read_session(folder / "session.xlsx", referential)
    assert session is not None, "\n".join(map(str, told_too))
    assert not told
    assert [(item.code, item.location.cell) for item in told_too] == WARNED.get(name, [])
    marks = read_marks(name, referential)
    return {item.candidate: item for item in decide_session(referential, session, marks)}


def assessments(decision: CandidateDecision) -> dict[str, Outcome]:
    """A candidate's épreuves."""
    return {item.code: (item.outcome.key, item.score) for item in decision.assessments}


def blocks(decision: CandidateDecision) -> dict[str, Outcome]:
    """A candidate's blocs, but those that are not presented."""
    return {
        item.code: (item.outcome.key, item.score)
        for item in decision.blocks
        if item.outcome.key != "not_presented"
    }


def reasons(decision: CandidateDecision, block: str) -> set[tuple[str, str]]:
    """Return why a bloc is what it is, as code and object."""
    (found,) = (item for item in decision.blocks if item.code == block)
    return {(reason.code, reason.item) for reason in found.reasons}


def test_there_are_four() -> None:
    """Each in a folder of its own."""
    assert NAMES == (
        "certificat-branche",
        "diplome-soin",
        "titre-developpeur",
        "titre-options-voies",
    )


def test_each_workbook_is_made_from_its_data(tmp_path: Path) -> None:
    """All are what the script makes of the data, byte for byte."""
    script = ROOT / "examples" / "make_referentials.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    made = sorted(item.relative_to(tmp_path) for item in tmp_path.rglob("*.xlsx"))
    assert made == sorted(item.relative_to(REFERENTIALS) for item in REFERENTIALS.rglob("*.xlsx"))
    assert len(made) == 8
    for item in made:
        assert (tmp_path / item).read_bytes() == (REFERENTIALS / item).read_bytes(), item


RULES_CHANGED = (
    ("titre-developpeur", "Règles", "Seuil épreuve", "50"),
    ("titre-developpeur", "Règles", "Seuil compétence", "25"),
    ("titre-developpeur", "Blocs", 1, {"Validé si": "toutes les compétences"}),
    ("diplome-soin", "Blocs", 0, {"Seuil": "12/20"}),
    ("diplome-soin", "Modalités", 1, {"Plancher": "3/12"}),
    ("diplome-soin", "Compétences", 2, {"Seuil": "50 %"}),
    ("certificat-branche", "Modalités", 0, {"Seuil": "13/20"}),
    ("certificat-branche", "Modalités", 1, {"Condition": ""}),
    ("certificat-branche", "Critères", 3, {"Poids": 1}),
    ("certificat-branche", "Règles", "Zone de délibération", "0"),
    ("titre-options-voies", "Règles", "Plancher compétence", "0"),
    ("titre-options-voies", "Options", 0, {"Nombre requis": 2}),
    ("titre-options-voies", "Règles", "Seuil bloc", "13/20"),
)
"""A change of each règlement: a sheet, a rule or the index of a row, what it then says."""


@pytest.mark.parametrize(("name", "sheet", "place", "said"), RULES_CHANGED)
def test_trials_notice_a_change_of_the_reglement(
    name: str, sheet: str, place: str | int, said: str | dict[str, Value], tmp_path: Path
) -> None:
    """« Essais » says what the règlement means: none of its rules changes without one telling."""
    data = REFERENTIALS / name / "referential.toml"
    contents = read_contents(data, REFERENTIAL)
    if isinstance(place, str):
        changed = {**contents.fields, sheet: {**contents.fields[sheet], place: str(said)}}
        contents = replace(contents, fields=changed)
    else:
        rows = [dict(row) for row in contents.rows[sheet]]
        rows[place].update(said if isinstance(said, dict) else {})
        contents = replace(contents, rows={**contents.rows, sheet: rows})
    path = tmp_path / "referential.xlsx"
    write_source_workbook(path, REFERENTIAL, contents)
    _, problems = read_referential(path)
    assert {problem.code for problem in problems} == {"trial-otherwise"}
    assert {problem.location.sheet for problem in problems} == {"Essais"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_but_what_the_example_shows(name: str) -> None:
    """`check` finds no error, warns of S03's attestation alone, and every candidate is decided."""
    assert decided(name)


def test_a_title_with_epreuves_over_both_blocs() -> None:
    """Developer's title: a competency acquired from 50 %, an épreuve passed from 60 %."""
    found = decided("titre-developpeur")
    # D01: one mark at 1.5 of 2 (jurors 1 and 2), C5.2. C5 is 3.5 of 4; BC02 is (1 + 7/8 + 1)/3.
    # E1 is 11.5 of 12. The general mean is (1 + 23/24)/2.
    d01 = found["D01"]
    assert assessments(d01) == {
        "E1": ("passed", share("23/2", 12)),
        "E2": ("passed", Fraction(1)),
        "E3": ("passed", Fraction(1)),
    }
    assert blocks(d01) == {
        "BC01": ("validated", Fraction(1)),
        "BC02": ("validated", Fraction(23, 24)),
    }
    assert (d01.outcome.key, d01.mean) == ("awarded", Fraction(47, 48))
    # D02: 1 of 2 at C1.2, C4.2 and C6.2, which make E2: 3 of 6. Every competency is acquired (C1
    # 3/4, C4 5/6, C6 3/4), and E2, which stands in both blocs, loses both.
    d02 = found["D02"]
    assert assessments(d02)["E2"] == ("failed", share(3, 6))
    assert blocks(d02) == {
        "BC01": ("not_validated", Fraction(11, 12)),
        "BC02": ("not_validated", Fraction(31, 36)),
    }
    assert reasons(d02, "BC01") == reasons(d02, "BC02") == {("assessment-failed", "E2")}
    assert d02.outcome.key == "not_awarded"
    # D03 presents BC02: E1 is C5.2 and C6.1 alone, (1 + 2) of 4; E2 is C4.2 and C6.2, (2 + 1) of 4.
    d03 = found["D03"]
    assert assessments(d03) == {
        "E1": ("passed", share(3, 4)),
        "E2": ("passed", share(3, 4)),
        "E3": ("passed", Fraction(1)),
    }
    assert blocks(d03) == {"BC02": ("validated", Fraction(5, 6))}
    assert d03.outcome.key == "partial"
    # D04: C3 has 0 and 1 twice, 1 of 4; E1 is 9 of 12 all the same.
    d04 = found["D04"]
    assert assessments(d04)["E1"] == ("passed", share(9, 12))
    assert blocks(d04) == {
        "BC01": ("not_validated", Fraction(3, 4)),
        "BC02": ("validated", Fraction(1)),
    }
    assert {subject for _, subject in reasons(d04, "BC01")} == {"C3"}
    assert d04.outcome.key == "partial"
    # D05 did not come to E3, which stands in both blocs and is to be sat again.
    d05 = found["D05"]
    assert assessments(d05)["E3"] == ("absent", None)
    assert blocks(d05) == {"BC01": ("not_validated", None), "BC02": ("not_validated", None)}
    assert ("assessment-to-sit-again", "E3") in reasons(d05, "BC01") & reasons(d05, "BC02")


def test_a_diploma_of_8_and_12_points_with_an_attestation() -> None:
    """Care diploma: 10 of 20 and 4 of 12 at the oral; two thirds in placement; a document."""
    found = decided("diplome-soin")
    # S01: (3 + 3) of 8, the mean of 2.5 and 3.5 being 3; (4 + 4) of 12: 14 of 20. 3, 2 and 2 of 9.
    s01 = found["S01"]
    assert assessments(s01) == {
        "E1": ("passed", share(6, 8)),
        "E2": ("passed", share(8, 12)),
        "E3": ("passed", share(7, 9)),
    }
    assert blocks(s01) == {
        "BC01": ("validated", share(14, 20)),
        "BC02": ("validated", share(7, 9)),
    }
    assert s01.outcome.key == "awarded"
    # S02: 8 of 8 and 3.5 of 12 are 11.5 of 20, but 3.5 is below 4. The placement is 6 of 9, two
    # thirds, and the attestation is good to the end of the day.
    s02 = found["S02"]
    assert blocks(s02) == {
        "BC01": ("not_validated", share("23/2", 20)),
        "BC02": ("validated", share(6, 9)),
    }
    assert reasons(s02, "BC01") == {("assessment-below-floor", "E2")}
    assert s02.outcome.key == "partial"
    # S03: 4 of 8 and 6 of 12, 10 of 20; the attestation ended the day before.
    s03 = found["S03"]
    assert blocks(s03) == {
        "BC01": ("validated", share(10, 20)),
        "BC02": ("not_validated", Fraction(1)),
    }
    assert reasons(s03, "BC02") == {("competency_not_acquired", "C4"), ("evidence-refused", "C4")}
    assert s03.outcome.key == "partial"
    # S04: 6 of 8 and 10 of 12, 16 of 20; the attestation is awaited.
    s04 = found["S04"]
    assert blocks(s04)["BC01"] == ("validated", share(16, 20))
    assert blocks(s04)["BC02"][0] == "incomplete"
    assert s04.outcome.key == "incomplete"
    # S05: 2 of 8 and 5 of 12, 7 of 20; 1, 1 and 2 of 9, below two thirds.
    s05 = found["S05"]
    assert blocks(s05) == {
        "BC01": ("not_validated", share(7, 20)),
        "BC02": ("not_validated", share(4, 9)),
    }
    assert s05.outcome.key == "not_awarded"


def test_a_certificate_whose_theory_opens_its_practice() -> None:
    """Branch certificate: 12/20 opens, 14/20 passes, the jury decides one point below."""
    found = decided("certificat-branche")
    # B01: 12.5 and 13.5 (means of two) are 13 of 20. C1 is (12.5 + 15) of 40, C2 (13.5 + 2·15) of
    # 60, its practice counting twice: (11/16 + 29/40)/2.
    b01 = found["B01"]
    assert assessments(b01) == {
        "THEO": ("passed", share(13, 20)),
        "PRAT": ("passed", share(15, 20)),
    }
    assert blocks(b01) == {"BC01": ("validated", Fraction(113, 160))}
    assert b01.outcome.key == "awarded"
    # B02: 9 of 20, so that the practice does not open; nothing is missing. C1: 9/40; C2: 9/60.
    b02 = found["B02"]
    assert assessments(b02) == {"THEO": ("failed", share(9, 20)), "PRAT": ("not_open", Fraction(0))}
    assert blocks(b02) == {"BC01": ("not_validated", Fraction(3, 16))}
    assert reasons(b02, "BC01") == {("assessment-failed", "THEO"), ("assessment-not-open", "PRAT")}
    # B03: 12 opens; 12 in practice is not 14, nor 13.
    b03 = found["B03"]
    assert assessments(b03) == {
        "THEO": ("passed", share(12, 20)),
        "PRAT": ("failed", share(12, 20)),
    }
    assert (b03.outcome.key, reasons(b03, "BC01")) == (
        "not_awarded",
        {("assessment-failed", "PRAT")},
    )
    # B04: 11.5 is less than a point below 12: whether the practice opened is for the jury to say.
    b04 = found["B04"]
    assert assessments(b04) == {
        "THEO": ("to_deliberate", share("23/2", 20)),
        "PRAT": ("to_deliberate", None),
    }
    assert blocks(b04) == {"BC01": ("to_deliberate", None)}
    assert b04.outcome.key == "to_deliberate"
    assert ("assessment-opening-undecided", "PRAT") in reasons(b04, "BC01")
    # B05: 12 and 16 are 14, and flagged, four points apart; (14 + 2·14) of 60 is 14 of 20.
    b05 = found["B05"]
    assert assessments(b05)["PRAT"] == ("passed", share(14, 20))
    assert blocks(b05) == {"BC01": ("validated", Fraction(89, 120))}
    assert [
        criterion.code
        for competency in b05.blocks[0].competencies
        for criterion in competency.criteria
        if criterion.divergent
    ] == ["C1.2"]


def test_a_title_with_options_routes_and_mentions() -> None:
    """Options and routes: a language of two, a mean that weighs BC01 three and BC02 two."""
    found = decided("titre-options-voies")
    assert not any(item.assessments for item in found.values()), "no rule judges by épreuves"
    # T01: C1.1 15, C1.2 13: 14; (11 + 12 + 13)/3 is 12; English 16. (3·14 + 2·12 + 16)/6 is 41/3.
    t01 = found["T01"]
    assert blocks(t01) == {
        "BC01": ("validated", share(14, 20)),
        "BC02": ("validated", share(12, 20)),
        "BC03": ("validated", share(16, 20)),
    }
    assert (t01.outcome.key, t01.mean, t01.mention) == (
        "awarded",
        share("41/3", 20),
        "Assez bien",
    )
    # T02 comes by VAE: C1.1.2 16, C1.2 (15 + 17)/2. The mobility, 6, was not needed; it lowers the
    # mean: (3·16 + 2·15 + 14 + 6)/7 is 14, which is « Bien ».
    t02 = found["T02"]
    assert blocks(t02) == {
        "BC01": ("validated", share(16, 20)),
        "BC02": ("validated", share(15, 20)),
        "BC04": ("validated", share(14, 20)),
        "BC05": ("not_validated", share(6, 20)),
    }
    assert (t02.outcome.key, t02.mean, t02.mention) == ("awarded", share(14, 20), "Bien")
    states = {
        criterion.code: criterion.state.key
        for competency in t02.blocks[0].competencies
        for criterion in competency.criteria
    }
    assert states == {
        "C1.1.1": "not_applicable",
        "C1.1.2": "marked",
        "C1.2.1": "not_applicable",
        "C1.2.2": "marked",
        "C1.2.3": "marked",
    }
    # T03 holds BC01 and has 9 in English: the language is missing. (2·12 + 9)/3 is 11.
    t03 = found["T03"]
    assert blocks(t03) == {
        "BC01": ("already_held", None),
        "BC02": ("validated", share(12, 20)),
        "BC03": ("not_validated", share(9, 20)),
    }
    assert (t03.outcome.key, t03.mean, t03.mention) == ("partial", share(11, 20), None)
    # T04 holds the language: 10 and 10 are enough, and no mention.
    t04 = found["T04"]
    assert blocks(t04) == {
        "BC01": ("validated", share(10, 20)),
        "BC02": ("validated", share(10, 20)),
        "BC03": ("already_held", None),
    }
    assert (t04.outcome.key, t04.mean, t04.mention) == ("awarded", share(10, 20), None)
