"""Rules tried by `check`: what it tells of those that decide for the jury, and of ordinary ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from workbooks import Sheets, place, referential_sheets, rows_of, save, session_sheets

from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.problems import Problem

NOTES = "Type d'échelle | note\n"


def regulated(rules: str) -> Sheets:
    """The small référentiel with these rules."""
    sheets = referential_sheets()
    sheets["Règles"] = rows_of(f"Règle | Valeur\n{rules}")
    return sheets


def told(sheets: Sheets, folder: Path) -> list[Problem]:
    """Return what is told of a référentiel that can be used."""
    found, problems = read_referential(save(folder / "referential.xlsx", sheets))
    assert found is not None, "\n".join(map(str, problems))
    return problems


@pytest.mark.parametrize(
    "rules",
    [
        "",
        NOTES,
        NOTES + "Bloc validé si | moyenne\nSeuil bloc | 10/20",
        NOTES + "Bloc validé si | moyenne\nSeuil bloc | 50\nPlancher compétence | 35",
        NOTES + "Bloc validé si | moyenne\nSeuil bloc | 10/20\nPlancher compétence | 7/20",
        NOTES + "Bloc validé si | moyenne\nSeuil bloc | 10/20\nZone de délibération | 1/20",
        NOTES + "Compétence acquise si | moyenne\nSeuil compétence | 70",
        NOTES + "Compétence acquise si | moyenne\nSeuil compétence | 14/20",
        NOTES + "Bloc validé si | moyenne\nSeuil bloc | 10/20\nMoyenne générale minimale | 12/20",
        NOTES + "Seuil éliminatoire | 5,5",
        NOTES + "Seuil éliminatoire | 6",
        NOTES + "Note maximale | 100\nPas | 1\nNote d'acquisition | 60\nSeuil compétence | 70",
        "Bloc validé si | pourcentage de compétences\nSeuil bloc | 70",
        "Bloc validé si | pourcentage de compétences\nSeuil bloc | 2/3",
        "Fusion des jurés | unanimité",
        "Fusion des jurés | majorité\nDépartage | président",
        "Compétence acquise si | nombre de critères\nSeuil compétence | 2",
        "Compétence acquise si | tous les critères",
        "Compétence acquise si | moyenne\nSeuil compétence | 60",
        "Bloc validé si | moyenne\nSeuil bloc | 70\nPlancher compétence | 50",
        "Zone de délibération | 10",
        "Part minimale d'externes | 40\nJurés minimum | 3",
        "Part minimale d'externes | 2/3",
    ],
)
def test_ordinary_regulations_are_not_warned_of(rules: str, tmp_path: Path) -> None:
    """Rules that schools really have: averages, floors, shares, counts, eliminatory marks."""
    assert [str(problem) for problem in told(regulated(rules), tmp_path)] == []


@pytest.mark.parametrize("file", ["referential.xlsx", "examples/referential.xlsx"])
def test_the_shipped_rules_are_not_warned_of(file: str) -> None:
    """What is shipped and its example decide as a reader expects."""
    _, problems = read_referential(ROOT / file)
    assert [str(problem) for problem in problems if problem.location.sheet == "Règles"] == []


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            "Bloc validé si | moyenne\nSeuil bloc | 50",
            (
                "Avec ces règles, « Partiellement acquis » à tous les critères valide le bloc "
                "BC02, sans que les compétences y soient acquises."
            ),
        ),
        (
            "Seuil compétence | 0",
            (
                "Avec ces règles, « Non acquis » à tous les critères rend une compétence acquise, "
                "alors que ce n'est pas acquis."
            ),
        ),
        (
            "Bloc validé si | moyenne\nSeuil bloc | 0",
            (
                "Avec ces règles, « Non acquis » à tous les critères valide le bloc BC02, sans que "
                "les compétences y soient acquises."
            ),
        ),
        (
            "Zone de délibération | 60",
            (
                "Zone de délibération (60 %) n'est pas sous Seuil compétence : « Non acquis » à "
                "tous les critères est à délibérer. Rien n'est jamais refusé sans délibération."
            ),
        ),
        (
            "Seuil éliminatoire | 2",
            (
                "Seuil éliminatoire (2) est le maximum de l'échelle : même « Acquis » à un critère "
                "éliminatoire fait perdre le bloc. Personne ne peut valider le bloc BC01."
            ),
        ),
        (
            "Départage | supérieur",
            (
                "« Départage » (supérieur) est sans effet : il ne joue qu'avec « majorité », et "
                "Fusion des jurés est « moyenne »."
            ),
        ),
        (
            "Part minimale d'externes | 66,67",
            (
                "« Part minimale d'externes » (66,67 %) dépasse de peu 2/3 : 2 jurés externes sur "
                "3 ne suffisent pas, il en faut 3."
            ),
        ),
        (
            "Compétence acquise si | moyenne",
            (
                "Avec ces règles, « Partiellement acquis » à tous les critères rend une compétence "
                "acquise, alors que ce n'est pas acquis."
            ),
        ),
    ],
)
def test_a_warning_says_the_consequence(rules: str, message: str, tmp_path: Path) -> None:
    """In the words of the file: which mark, which result, for whom."""
    assert [problem.message for problem in told(regulated(rules), tmp_path)] == [message]


FROM_5 = NOTES + "Note minimale | 5\n"
MEANS = "Compétence acquise si | moyenne\nBloc validé si | moyenne\n"
OF_SCALE = ("percentage-of-scale", "note-share-of-scale")


def of_scale(rules: str, folder: Path) -> list[Problem]:
    """Return what is told of the share of the scale that percentages are."""
    return [problem for problem in told(regulated(rules), folder) if problem.code in OF_SCALE]


@pytest.mark.parametrize("value", ["60", "60 %", "12/20"])
@pytest.mark.parametrize(
    ("rules", "name", "expected"),
    [
        ("", "Seuil compétence", False),
        ("Bloc validé si | moyenne", "Seuil compétence", False),
        ("Compétence acquise si | moyenne", "Seuil compétence", True),
        ("", "Seuil bloc", False),
        ("Compétence acquise si | moyenne", "Seuil bloc", False),
        ("Bloc validé si | pourcentage de compétences", "Seuil bloc", False),
        ("Bloc validé si | moyenne", "Seuil bloc", True),
        ("", "Plancher compétence", False),
        ("Bloc validé si | pourcentage de compétences", "Plancher compétence", False),
        ("Bloc validé si | moyenne", "Plancher compétence", True),
        ("", "Moyenne générale minimale", True),
        ("", "Zone de délibération", False),
        ("Bloc validé si | pourcentage de compétences", "Zone de délibération", False),
        ("Compétence acquise si | tous les critères", "Zone de délibération", False),
        ("Compétence acquise si | moyenne", "Zone de délibération", True),
        ("Bloc validé si | moyenne", "Zone de délibération", True),
        (MEANS, "Part minimale d'externes", False),
    ],
)
def test_only_what_a_mean_must_reach_is_a_share_of_the_scale(
    rules: str, name: str, expected: bool, value: str, tmp_path: Path
) -> None:
    """Half of the criteria is no note; the mean of their marks is one."""
    found = of_scale(f"{FROM_5}{name} | {value}\n{rules}", tmp_path)
    assert [f"« {name} »" in problem.message for problem in found] == [True] * expected


@pytest.mark.parametrize(
    ("name", "written", "advised", "scale"),
    [
        ("Seuil compétence", "10/20", "5/15", FROM_5),
        ("Seuil bloc", "12,5/20", "7,5/15", FROM_5),
        ("Plancher compétence", "7/20", "2/15", FROM_5),
        ("Plancher compétence", "5/20", "0/15", FROM_5),
        ("Moyenne générale minimale", "15/20", "10/15", FROM_5),
        ("Seuil compétence", "12/20", "11/19", NOTES + "Note minimale | 1\n"),
        ("Seuil compétence", "12/20", "11,5/19,5", NOTES + "Note minimale | 0,5\n"),
        ("Seuil compétence", "12/20", "22/30", NOTES + "Note minimale | -10\n"),
    ],
)
def test_a_note_written_as_advised_is_told_no_more(
    name: str, written: str, advised: str, scale: str, tmp_path: Path
) -> None:
    """A ratio over the span of the scale counts from its minimum already."""
    (found,) = of_scale(f"{scale}{MEANS}{name} | {written}", tmp_path)
    assert found.code == "note-share-of-scale"
    assert f"« {advised} »" in found.hint
    assert of_scale(f"{scale}{MEANS}{name} | {advised}", tmp_path) == []


@pytest.mark.parametrize("ratio", ["6/10", "9/15,5", "60/100", "15/25", "4/20"])
def test_a_ratio_over_something_else_than_the_highest_note_is_a_percentage(
    ratio: str, tmp_path: Path
) -> None:
    """Whoever writes 6/10 where notes go up to 20 means no note 6."""
    found = of_scale(f"{FROM_5}{MEANS}Seuil compétence | {ratio}", tmp_path)
    assert [problem.code for problem in found] == ["percentage-of-scale"]


@pytest.mark.parametrize(
    ("zone", "meaning"),
    [("5 %", "0,75 point"), ("1/20", "0,75 point"), ("20 %", "3 points"), ("1/15", None)],
)
def test_a_zone_is_a_distance_and_no_note(zone: str, meaning: str | None, tmp_path: Path) -> None:
    """5 % of a scale from 5 to 20 is 0,75 point under the threshold, not the note 5,75."""
    found = of_scale(f"{FROM_5}{MEANS}Seuil bloc | 9/15\nZone de délibération | {zone}", tmp_path)
    share = "20 %" if zone == "20 %" else "5 %"
    assert [problem.message for problem in found] == [
        f"« Zone de délibération » est {share} de l'échelle, qui va de 5 à 20 : {meaning}."
    ] * (meaning is not None)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("Seuil compétence | 33,34", "1 critère acquis sur 3 ne suffit pas, il en faut 2."),
        ("Seuil compétence | 66,67", "2 critères acquis sur 3 ne suffisent pas, il en faut 3."),
        (
            "Part minimale d'externes | 33,34",
            "1 juré externe sur 3 ne suffit pas, il en faut 2.",
        ),
        (
            "Bloc validé si | pourcentage de compétences\nSeuil bloc | 33,34",
            "1 compétence acquise sur 3 ne suffit pas, il en faut 2.",
        ),
        (
            "Bloc validé si | moyenne\nSeuil bloc | 33,34",
            "1 compétence entière sur 3 ne suffit pas, il en faut 2.",
        ),
    ],
)
def test_what_a_threshold_refuses_agrees_in_number(
    rules: str, message: str, tmp_path: Path
) -> None:
    """One criterion « ne suffit pas », two « ne suffisent pas »."""
    sheets = regulated(rules)
    sheets["Compétences"] += rows_of("C2.2 | A2.1 | Agir | M2\nC2.3 | A2.1 | Conclure | M2")
    sheets["Critères"] += rows_of(
        """
        C2.1.2 | C2.1 | Le choix est tenu
        C2.1.3 | C2.1 | Le choix est partagé
        C2.2.1 | C2.2 | L'action est menée
        C2.3.1 | C2.3 | Le compte est rendu
        """
    )
    found = [item.message for item in told(sheets, tmp_path) if "dépasse de peu" in item.message]
    assert [text.partition(" : ")[2] for text in found] == [message]


def test_notes_that_can_only_be_two_are_a_scale_of_two(tmp_path: Path) -> None:
    """A note of 0 or 1 merged by the mean: one juror refuses, as with two levels."""
    rules = NOTES + "Note maximale | 1\nPas | 1\nNote d'acquisition | 1"
    assert [problem.code for problem in told(regulated(rules), tmp_path)] == ["one-juror-refuses"]
    other = told(regulated(rules + "\nFusion des jurés | majorité"), tmp_path)
    assert [problem.code for problem in other] == []


def test_a_bare_mark_is_refused_even_where_its_rule_is_not_in_force(tmp_path: Path) -> None:
    """« Seuil bloc 10 » waits under « toutes les compétences »: it would be 10 % one day."""
    path = save(tmp_path / "referential.xlsx", regulated(NOTES + "Seuil bloc | 10"))
    found, problems = read_referential(path)
    assert found is None
    assert {problem.code for problem in problems} == {"percentage-or-note", "threshold-ignored"}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("Compétence acquise si | nombre de critères\nSeuil compétence | 2", True),
        ("Part minimale d'externes | 10", True),
        ("Note maximale | 100\nPas | 1\nSeuil compétence | 50", True),
        ("Note maximale | 100\nPas | 1\nSeuil compétence | 50/100", True),
        ("Seuil compétence | 20,5", True),
        ("Moyenne générale minimale | 0", True),
        ("Seuil compétence | 20", False),
        ("Seuil compétence | 10,0", False),
    ],
)
def test_what_may_be_a_mark_is_refused_and_nothing_else(
    rules: str, expected: bool, tmp_path: Path
) -> None:
    """A count, a share of jurors, 0, what is above the highest note, and notes out of 100 pass."""
    found, problems = read_referential(save(tmp_path / "r.xlsx", regulated(NOTES + rules)))
    assert (found is not None) == expected, "\n".join(map(str, problems))


def test_a_single_juror_is_told_where_the_rules_allow_it(tmp_path: Path) -> None:
    """Jurés minimum 1: whoever is marked by one juror alone is named."""
    known, _ = read_referential(save(tmp_path / "r.xlsx", regulated("Jurés minimum | 1")))
    sheets = session_sheets()
    sheets["Affectations"] = rows_of(
        "Candidat | Juré | Blocs\n001|J1|\n001|J2|\n002|J1|\n002|J2|\n003|J1|"
    )
    _, problems = read_session(save(tmp_path / "s.xlsx", sheets), known)
    assert [(problem.code, problem.location.cell) for problem in problems] == [
        ("juror-alone", "E4")
    ]


def test_weights_that_do_nothing_are_told(tmp_path: Path) -> None:
    """J1 weighs 2 in the small session: nothing to a median, all to a mean."""
    for merge, codes in (("médiane", ["juror-weights-ignored"]), ("moyenne", [])):
        rules = regulated(f"Fusion des jurés | {merge}")
        known, _ = read_referential(save(tmp_path / "r.xlsx", rules))
        _, problems = read_session(save(tmp_path / "s.xlsx", session_sheets()), known)
        assert [problem.code for problem in problems] == codes


def test_homonyms_with_two_dates_of_birth_are_two_people(tmp_path: Path) -> None:
    """Told when nothing tells them apart: the same date, or none."""
    sheets = session_sheets()
    known, _ = read_referential(save(tmp_path / "r.xlsx", referential_sheets()))
    place(sheets, "Candidats", "B3", "Martin")
    place(sheets, "Candidats", "C3", "Alix")
    _, problems = read_session(save(tmp_path / "s.xlsx", sheets), known)
    assert problems == []
    place(sheets, "Candidats", "H3", None)
    _, problems = read_session(save(tmp_path / "s.xlsx", sheets), known)
    assert {problem.code for problem in problems} == {"candidate-twice", "birth-date-blank"}


OF_CRITERIA = "Compétence acquise si | pourcentage de critères"


@pytest.mark.parametrize(
    ("rules", "sheet", "cell"),
    [
        (
            "Compétence acquise si | pourcentage de critères\nSeuil compétence | 50",
            "Critères",
            "B3",
        ),
        (
            "Compétence acquise si | pourcentage de critères\nSeuil compétence | 70",
            "Critères",
            "B3",
        ),
        (OF_CRITERIA, "Critères", "B2"),
        ("Compétence acquise si | nombre de critères\nSeuil compétence | 1", "Critères", "B3"),
        ("Bloc validé si | pourcentage de compétences\nSeuil bloc | 70", "Compétences", "B3"),
    ],
)
def test_a_share_is_idle_where_each_is_required(
    rules: str, sheet: str, cell: str, tmp_path: Path
) -> None:
    """Where all criteria are mandatory, half of them never makes a competency acquired."""
    sheets = regulated(rules)
    column = sheets[sheet][0].index("Obligatoire")
    for row in sheets[sheet][1:]:
        row[column:] = ["Oui"]
    found = [item for item in told(sheets, tmp_path) if item.code == "rule-without-effect"]
    assert [item.location.cell for item in found] == [cell]
    assert "obligatoires" in found[0].message
    sheets[sheet][1][column] = "Non"
    assert [item for item in told(sheets, tmp_path) if item.code == "rule-without-effect"] == []
