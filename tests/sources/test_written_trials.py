"""« Essais »: the school's own examples, decided as a session would decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shaped_workbooks import shaped_referential
from workbooks import Sheets, referential_sheets, rows_of, save

from sheetgen.problems import Problem, Severity
from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Essai | Objet | Appréciations | Attendu"


def tried(tmp_path: Path, sheets: Sheets, *rows: str) -> list[Problem]:
    """The problems of these trials alone; the référentiel is read all the same."""
    sheets["Essais"] = rows_of("\n".join([HEADER, *rows]))
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert found is not None
    others = [item for item in problems if item.location.sheet != "Essais"]
    assert not [item for item in others if item.severity is Severity.ERROR]
    return [item for item in problems if item.location.sheet == "Essais"]


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem's code and cell."""
    return [(item.code, item.location.cell) for item in problems]


RIGHT = (
    "tout acquis | Certification | * = Acquis | Délivrée",
    "rien | Certification | * = Non acquis | non delivree",
    "un|Certification|C1.1.1=Acquis;C1.1.2=Acquis;C1.2.1=Acquis;*=Non acquis|Validation partielle",
    "la moitié suffit | C1.1 | C1.1.1 = Acquis ; C1.1.2 = Non acquis | Acquise",
    "un critère manque | BC01 | C1.1.1 = Acquis | Incomplet",
    "pas observé | C1.2 | C1.2.1 = Non observé | À délibérer",
    "deux jurés : la moyenne | C1.2 | C1.2.1 = Acquis ; J2 C1.2.1 = Non acquis | Non acquise",
    "le second seul ne suffit pas | C1.2 | J2 C1.2.1 = Acquis | Incomplète",
    "exempté | C1.1 | C1.1.1 = Exempté ; C1.1.2 = Acquis | Acquise",
)


@pytest.mark.parametrize("row", RIGHT)
def test_a_trial_that_comes_out_as_expected_says_nothing(row: str, tmp_path: Path) -> None:
    """Small référentiel, worked by hand: half of the criteria, each competency."""
    assert not tried(tmp_path, referential_sheets(), row)


def test_a_trial_that_comes_out_otherwise_is_told_with_the_reasoning(tmp_path: Path) -> None:
    """At the cell of what was expected."""
    row = "le plus court | BC01 | * = Non acquis | Validé"
    (problem,) = tried(tmp_path, referential_sheets(), row)
    assert told([problem]) == [("trial-otherwise", "D2")]
    assert "« Non validé », et non « Validé »" in problem.message
    assert "C1.1" in problem.message


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("a | BC01 | Acquis | Validé", "trial-unreadable", "C2"),
        ("a | BC01 | C1.1.1 = | Validé", "trial-unreadable", "C2"),
        ("a | BC01 | C1.1.9 = Acquis | Validé", "trial-code-unknown", "C2"),
        ("a | BC01 | J2 C9 = Acquis | Validé", "trial-code-unknown", "C2"),
        ("a | BC01 | * = Acquise | Validé", "trial-value-refused", "C2"),
        ("a | BC01 | C1.1.1 = 12 | Validé", "trial-value-refused", "C2"),
        ("a | BC01 | M1 = présent | Validé", "trial-value-refused", "C2"),
        ("a | BC01 | Voie = mer | Validé", "trial-value-refused", "C2"),
        ("a | BC01 | Options = BC01 | Validé", "trial-value-refused", "C2"),
        ("a | BC01 | C1.1.1=Acquis ; c1.1.1=Acquis | Validé", "trial-said-twice", "C2"),
        ("a | BC01 | C1.1.1=Acquis ; J1 C1.1.1=Acquis | Validé", "trial-said-twice", "C2"),
        ("a | BC01 | *=Acquis ; *=Non acquis | Validé", "trial-said-twice", "C2"),
        ("a | BC01 | J2 * = Acquis | Validé", "trial-others-of-second-juror", "C2"),
        ("a | BC09 | * = Acquis | Validé", "trial-object-unknown", "B2"),
        ("a | M1 | * = Acquis | Réussie", "trial-assessment-unjudged", "B2"),
        ("a | BC01 | * = Acquis | Acquise", "trial-expected-unknown", "D2"),
        ("a |  | * = Acquis | Acquise", "value-missing", "B2"),
        ("a | BC01 | * = Acquis | ", "value-missing", "D2"),
    ],
)
def test_a_fault_is_told_once_at_its_cell(row: str, code: str, cell: str, tmp_path: Path) -> None:
    """Nothing is decided of a trial that cannot be read."""
    assert told(tried(tmp_path, referential_sheets(), row)) == [(code, cell)]


SHAPED = (
    "la théorie à 12/20 | E1 | Voie = Apprentissage ; C1.1.1 = 5 ; C1.1.2 = 11 | Réussie",
    "absent, à représenter | BC02 | Voie = VAE ; E4 = absent | Non validé",
    "la pratique ne s'ouvre pas | E2 | Voie = VAE ; C1.1.1 = 0 ; C1.1.2 = 0 ; * = 20 | Non ouverte",
    "la pièce | C1.3 | Voie = VAE ; C1.3 = Acceptée | Acquise",
    "la pièce manque | C1.3 | Voie = VAE ; * = Fait | Incomplète",
    "deux échelles | C2.1 | Voie = VAE ; * = 12 ; * = Peu | Non acquise",
    "une option | C3.1 | Voie = VAE ; C1.1.1 = 8 ; C1.1.2 = 12 ; * = 20 | Acquise",
)


@pytest.mark.parametrize("row", SHAPED)
def test_any_shape_is_tried(row: str, tmp_path: Path) -> None:
    """Barème, gates, ways, evidence, scales, options."""
    assert not tried(tmp_path, shaped_referential(), row)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("a | E1 | * = 12 | Réussie", "trial-route-needed", "C2"),
        ("a | C2.1 | Voie = VAE ; C2.1.1 = Fait | Acquise", "trial-mark-without-object", "C2"),
        ("a | E3 | Voie = VAE ; * = Fait | Réussie", "trial-mark-without-object", "B2"),
        ("a | C1.3 | Voie = VAE ; C1.3 = Acquis | Acquise", "trial-value-refused", "C2"),
        ("a | C1.1 | Voie = VAE ; C1.1.1 = 12 | Acquise", "trial-value-refused", "C2"),
    ],
)
def test_faults_of_a_shaped_trial(row: str, code: str, cell: str, tmp_path: Path) -> None:
    """Ways are needed where modalités name them; a barème of 8 refuses 12."""
    assert told(tried(tmp_path, shaped_referential(), row)) == [(code, cell)]


def test_an_epreuve_of_options_alone_is_tried_as_if_they_were_chosen(tmp_path: Path) -> None:
    """E2 stands in two blocs: nobody needs to name them for it to have a result."""
    sheets = shaped_referential()
    sheets["Blocs"][1][3] = "Option"
    row = "20 en pratique | E2 | Voie = VAE ; C1.1.1 = 8 ; C1.1.2 = 12 ; * = 20 | Réussie"
    assert not tried(tmp_path, sheets, row)


def test_trials_change_neither_fingerprint_nor_what_other_commands_read(tmp_path: Path) -> None:
    """A wrong trial is not even looked at when nobody tries the rules."""
    plain, _ = read_referential(save(tmp_path / "plain.xlsx", referential_sheets()))
    sheets = referential_sheets()
    sheets["Essais"] = rows_of(f"{HEADER}\n | BC09 | rien | Validé")
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets), tried=False)
    assert found is not None
    assert plain is not None
    assert found.fingerprint == plain.fingerprint
    assert not problems
