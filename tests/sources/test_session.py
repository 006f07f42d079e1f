"""The session as it is read and resolved: who presents what, who marks whom, what is exempted."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from workbooks import Sheets, place, referential_sheets, rows_of, save, session_sheets

from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from sheetgen.model import Referential, Session
    from sheetgen.problems import Problem

_EXEMPTION = (
    "Candidat | Nature | Critère | Consigne au jury | Avis du référent handicap"
    " | Capacité professionnelle préservée | Critère sans objet dans la pratique future"
    " | Décision du jury\n"
)


@pytest.fixture(scope="module")
def referential(tmp_path_factory: pytest.TempPathFactory) -> Referential:
    """The small référentiel, read."""
    path = save(tmp_path_factory.mktemp("sources") / "referential.xlsx", referential_sheets())
    found, _ = read_referential(path)
    assert found is not None
    return found


def read(sheets: Sheets, referential: Referential, folder: Path) -> tuple[Session, list[Problem]]:
    """The session of a workbook without error, and what is said of it."""
    found, problems = read_session(save(folder / "session.xlsx", sheets), referential)
    assert found is not None, "\n".join(map(str, problems))
    return found, problems


def test_every_value_reaches_the_record(referential: Referential, tmp_path: Path) -> None:
    """Date, hour, people and roles are those of the workbook."""
    found, problems = read(session_sheets(), referential, tmp_path)
    assert not problems
    assert (found.code, found.date, found.time) == (
        "2026-06",
        dt.date(2026, 6, 15),
        dt.time(14, 30),
    )
    assert not found.anonymous
    assert [(j.code, j.external, j.role.key, str(j.weight)) for j in found.jurors] == [
        ("J1", True, "president", "2"),
        ("J2", True, "member", "1"),
        ("J3", False, "member", "1"),
    ]


def test_blank_blocs_are_all_those_not_held(referential: Referential, tmp_path: Path) -> None:
    """A blank presents what is not held; one who did not come presents nothing."""
    found, _ = read(session_sheets(), referential, tmp_path)
    assert [(c.id, c.presented, c.held) for c in found.candidates] == [
        ("001", ("BC01", "BC02"), ()),
        ("002", ("BC02",), ("BC01",)),
        ("003", ("BC02",), ()),
        ("004", (), ()),
    ]


def test_without_assignments_everybody_marks_everybody(
    referential: Referential, tmp_path: Path
) -> None:
    """Each juror has each candidate who came, on all that the candidate presents."""
    found, _ = read(session_sheets(), referential, tmp_path)
    assert [(a.candidate, a.juror, a.blocks) for a in found.assignments] == [
        *[("001", juror, ("BC01", "BC02")) for juror in ("J1", "J2", "J3")],
        *[("002", juror, ("BC02",)) for juror in ("J1", "J2", "J3")],
        *[("003", juror, ("BC02",)) for juror in ("J1", "J2", "J3")],
    ]
    sheets = session_sheets()
    del sheets["Affectations"], sheets["Aménagements"]
    assert read(sheets, referential, tmp_path)[0] == found


def test_rows_of_one_pair_add_up_and_a_blank_is_everything_presented(
    referential: Referential, tmp_path: Path
) -> None:
    """Assignments follow candidates, jurors and blocs in the workbooks' order."""
    sheets = session_sheets()
    sheets["Affectations"] = rows_of(
        """Candidat | Juré | Blocs
        003 | J2 |
        003 | j1 | bc02
        001 | J1 | BC02
        001 | J1 | BC01
        001 | J2 |
        002 | J1 |
        002 | J2 | BC02"""
    )
    found, problems = read(sheets, referential, tmp_path)
    assert not problems
    assert [(a.candidate, a.juror, a.blocks) for a in found.assignments] == [
        ("001", "J1", ("BC01", "BC02")),
        ("001", "J2", ("BC01", "BC02")),
        ("002", "J1", ("BC02",)),
        ("002", "J2", ("BC02",)),
        ("003", "J1", ("BC02",)),
        ("003", "J2", ("BC02",)),
    ]


def test_a_jury_is_counted_bloc_by_bloc(referential: Referential, tmp_path: Path) -> None:
    """One message for a candidate's blocs that lack the same, worded with the numbers."""
    sheets = session_sheets()
    sheets["Affectations"] = rows_of(
        """Candidat | Juré | Blocs
        001 | J3 | BC01
        001 | J1 | BC02
        001 | J3 | BC02
        002 | J1 |
        002 | J2 |
        003 | J1 |
        003 | J2 |"""
    )
    _, problems = read(sheets, referential, tmp_path)
    who = "Candidat Alix Martin (001)"
    assert [(p.location.cell, p.message) for p in problems] == [
        ("A2", f"{who} : 1 juré pour « BC01 » ; Jurés minimum est 2."),
        (
            "A2",
            f"{who} : 0 juré externe sur 1 pour « BC01 » ; il faut au moins 50 %.",
        ),
    ]


def test_a_jury_that_is_too_small_still_has_its_session(
    referential: Referential, tmp_path: Path
) -> None:
    """An error, for one juror and no external, that leaves nothing unknown: grids can be made."""
    sheets = session_sheets()
    sheets["Affectations"] += rows_of("001 | J3 |\n002 | J1 |\n002 | J2 |\n003 | J1 |\n003 | J2 |")
    found, problems = read(sheets, referential, tmp_path)
    assert [(item.code, item.severity.value) for item in problems] == [
        ("jurors-too-few", "error"),
        ("externals-too-few", "error"),
    ]
    assert len(found.assignments) == 5


def test_an_exemption_in_effect_leaves_its_criterion_out(
    referential: Referential, tmp_path: Path
) -> None:
    """Opinion, both conditions and the grant: nothing to say, and the criterion is exempted."""
    sheets = session_sheets()
    sheets["Aménagements"] = rows_of(
        _EXEMPTION + "001 | Exemption de critère | c2.1.1 | | 01/06/2026 | Oui | Oui | Accordée"
    )
    found, problems = read(sheets, referential, tmp_path)
    assert not problems
    assert found.exemptions_of["001"] == {"C2.1.1"}  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "cell", "missing"),
    [
        ("| | Oui | Oui | Accordée", "E2", "l'avis du référent handicap n'est pas daté"),
        (
            "| 01/06/2026 | | Oui | Accordée",
            "F2",
            "« Capacité professionnelle préservée » n'est pas rempli",
        ),
        (
            "| 01/06/2026 | Oui | Non | Accordée",
            "G2",
            "« Critère sans objet dans la pratique future » est à Non",
        ),
        ("| 01/06/2026 | Oui | Oui | Refusée", "H2", "le jury l'a refusée"),
        (
            "| 01/06/2026 | Oui | Oui | En attente",
            "H2",
            "la décision du jury est en attente",
        ),
        ("| 01/06/2026 | Oui | Oui |", "H2", "la décision du jury n'est pas notée"),
        (
            "| | Oui | Oui | Refusée",
            "E2",
            "l'avis du référent handicap n'est pas daté ; le jury l'a refusée",
        ),
    ],
)
def test_an_exemption_without_effect_says_what_it_lacks(
    referential: Referential, tmp_path: Path, row: str, cell: str, missing: str
) -> None:
    """Exactly the conditions that fail, at the first of them, and never the instruction."""
    sheets = session_sheets()
    sheets["Aménagements"] = rows_of(
        f"{_EXEMPTION}001 | Exemption de critère | C2.1.1 | consigne confidentielle {row}"
    )
    found, problems = read(sheets, referential, tmp_path)
    assert not found.exemptions_of["001"]  # type: ignore[index]
    assert [(p.code, p.location.cell, p.message) for p in problems] == [
        (
            "exemption-without-effect",
            cell,
            f"L'exemption du critère C2.1.1 n'a pas d'effet : {missing}.",
        )
    ]
    assert "confidentielle" not in str(problems)


def test_other_arrangements_need_no_criterion(referential: Referential, tmp_path: Path) -> None:
    """Extra time is read as it is, with what the jury must apply."""
    sheets = session_sheets()
    sheets["Aménagements"] = rows_of(
        _EXEMPTION + "001 | Temps majoré | | Un tiers-temps | | | | Accordée"
    )
    found, problems = read(sheets, referential, tmp_path)
    assert not problems
    assert [(a.candidate, a.kind.key, a.instruction) for a in found.accommodations] == [
        ("001", "extra_time", "Un tiers-temps")
    ]


def test_a_social_security_number_is_not_repeated(referential: Referential, tmp_path: Path) -> None:
    """The message must not spread what should not have been written."""
    sheets = session_sheets()
    place(sheets, "Candidats", "A5", "185057800608436")
    _, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert [problem.code for problem in problems] == ["candidate-number-is-nir"]
    assert "185057800608436" not in str(problems)


def test_ten_defects_of_a_session_are_ten_problems(
    referential: Referential, tmp_path: Path
) -> None:
    """Cells, references, people, assignments and arrangements in one run."""
    sheets = session_sheets()
    sheets["Affectations"] = rows_of(
        """Candidat | Juré | Blocs
        001 | J1 |
        001 | J9 |
        002 | J1 |
        002 | J2 | BC01
        003 | J2 |
        003 | J3 |"""
    )
    sheets["Aménagements"] = rows_of(
        _EXEMPTION + "001 | Exemption de critère | C7 | | 01/06/2026 | Oui | Oui | Accordée"
    )
    for where, value in {
        "Session!B4": "30/02/2026",
        "Session!B5": "25h",
        "Candidats!C2": None,
        "Candidats!D3": "Complet",
        "Candidats!G5": "Parti",
        "Jurés!E4": "Président",
        "Jurés!G3": "003",
    }.items():
        sheet, cell = where.split("!")
        place(sheets, sheet, cell, value)
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert found is None
    assert [(p.code, p.location.sheet, p.location.cell) for p in problems] == [
        ("date-impossible", "Session", "B4"),
        ("time-unreadable", "Session", "B5"),
        ("value-missing", "Candidats", "C2"),
        ("choice-unknown", "Candidats", "D3"),
        ("choice-unknown", "Candidats", "G5"),
        ("president-several", "Jurés", "E4"),
        ("reference-unknown", "Affectations", "B3"),
        ("assigned-bloc-not-presented", "Affectations", "C5"),
        ("assigned-incompatible", "Affectations", "B6"),
        ("reference-unknown", "Aménagements", "C2"),
    ]


def test_without_a_referential_the_session_is_checked_all_the_same(tmp_path: Path) -> None:
    """One run reports the defects of both workbooks; blocs and juries wait for the référentiel."""
    sheets = session_sheets()
    place(sheets, "Jurés", "E2", "Membre")
    place(sheets, "Jurés", "G2", "999")
    place(sheets, "Candidats", "E3", "BC01; BC99")
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), None)
    assert found is None
    assert [(p.code, p.location.cell) for p in problems] == [
        ("held-bloc-presented", "E3"),
        ("president-missing", "E1"),
        ("reference-unknown", "G2"),
    ]


def test_no_workbook_is_read_by_the_library_that_writes_them() -> None:
    """One reader stands for all: what is exact in it is exact everywhere."""
    root = Path(__file__).parents[2]
    script = (
        "import sys; from pathlib import Path; from sheetgen.sources import read_referential\n"
        "read_referential(Path(sys.argv[1])); sys.exit('openpyxl' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(root / "referential.xlsx")]
    assert subprocess.run(command, check=False).returncode == 0


def test_an_adjacent_faulty_cell_does_not_accuse_the_jury(
    referential: Referential, tmp_path: Path
) -> None:
    """Whether a juror is external is not known: nothing is said of the share of externals."""
    sheets = session_sheets()
    place(sheets, "Jurés", "D2", "peut-être")
    place(sheets, "Jurés", "D3", "Non")
    _, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert [(p.code, p.location.cell) for p in problems] == [("yes-no-unreadable", "D2")]


def test_incompatibility_with_somebody_absent_does_no_harm(
    referential: Referential, tmp_path: Path
) -> None:
    """A candidate who did not come has no grid, so nobody is assigned to them."""
    sheets = session_sheets()
    place(sheets, "Jurés", "G3", "004")
    found, problems = read(sheets, referential, tmp_path)
    assert not problems
    assert found.jurors[1].incompatible_with == ("004",)
