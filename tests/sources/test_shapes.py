"""Référentiels and sessions of any shape: read whole, and each defect told at its cell."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from shaped_workbooks import (
    SHAPED_REFERENTIAL_DEFECTS,
    SHAPED_SESSION_DEFECTS,
    shaped_referential,
    shaped_session,
)
from workbooks import referential_sheets, save, session_sheets

from sheetgen.model import (
    AbsenceRule,
    AccessRoute,
    BlockRule,
    BlockStatus,
    CompetencyRule,
    JurorCode,
    MethodCode,
    OptionGroup,
)
from sheetgen.problems import Kind, Problem, Severity, shaping
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from planted import Planted

    from sheetgen.model import Referential


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem's code and place, as the planted defects write it."""
    return [
        (
            problem.code,
            f"{problem.location.sheet}!{problem.location.cell}" if problem.location.sheet else "",
        )
        for problem in problems
    ]


@pytest.fixture(scope="module")
def referential(tmp_path_factory: pytest.TempPathFactory) -> Referential:
    """The shaped référentiel, read."""
    path = save(tmp_path_factory.mktemp("shaping") / "referential.xlsx", shaped_referential())
    found, problems = read_referential(path)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    return found


def test_everything_added_is_read(referential: Referential) -> None:
    """Each cell becomes what the record says, codes and names as they are declared."""
    first, second, option = referential.blocks
    assert (first.weight, first.rule, first.threshold) == (
        Fraction(2),
        BlockRule.ASSESSMENT_MEAN,
        Fraction(1, 2),
    )
    assert (second.status, second.rule) == (
        BlockStatus.MANDATORY,
        BlockRule.COMPETENCIES_AND_ASSESSMENTS,
    )
    assert (option.status, option.group) == (BlockStatus.OPTION, "Langue")
    theory, practice, portfolio, _ = referential.methods
    assert (theory.title, theory.weight, theory.collective) == ("Théorie", Fraction(2), True)
    assert (theory.threshold, theory.floor) == (Fraction(3, 5), Fraction(3, 10))
    assert practice.condition == ("E1",)
    assert portfolio.routes == (AccessRoute.APPRENTICESHIP, AccessRoute.INITIAL)
    mean, count = referential.competency["C1.2"], referential.competency["C2.1"]  # type: ignore[index]
    assert (mean.methods, mean.rule, mean.threshold) == (
        ("E1", "E2"),
        CompetencyRule.MEAN,
        Fraction(1, 2),
    )
    assert (count.rule, count.threshold) == (CompetencyRule.COUNT, Fraction(1))
    assert referential.competency["C1.3"].by_evidence  # type: ignore[index]
    marked, weighed, *_ = referential.criteria
    assert (marked.weight, marked.out_of, marked.group) == (Fraction(8), Fraction(8), "Fond")
    assert (weighed.weight, weighed.out_of) == (Fraction(3), Fraction(12))
    scales = [referential.scale_of[item.code] for item in referential.criteria]
    assert [[int(x) for x in (s.minimum, s.maximum, s.acquired_from)] for s in scales] == [
        [0, 8, 4],
        [0, 12, 6],
        [0, 20, 10],
        [0, 3, 2],
        [0, 3, 2],
        [0, 20, 10],
    ]
    assert referential.option_groups == (OptionGroup(name="Langue", required=1),)
    assert [(item.label, item.threshold) for item in referential.mentions] == [
        ("Bien", Fraction(7, 10)),
        ("Très bien", Fraction(4, 5)),
    ]
    assert referential.rules.absence is AbsenceRule.TO_SIT_AGAIN
    assert [item.code for item in referential.assessments] == ["E1", "E2", "E3", "E4"]


def test_a_session_of_any_shape_is_read(tmp_path: Path, referential: Referential) -> None:
    """Options are presented, an évaluateur has what rows assign, the others everything."""
    path = save(tmp_path / "session.xlsx", shaped_session())
    found, problems = read_session(path, referential)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    first, second = found.candidates
    assert (first.presented, first.access) == (
        ("BC01", "BC02", "BC03"),
        AccessRoute.APPRENTICESHIP,
    )
    assert (second.presented, second.access) == (("BC02",), AccessRoute.EXPERIENCE)
    third = next(item for item in found.assignments if item.juror == JurorCode("J3"))
    assert third.blocks == ("BC01", "BC02")
    assert third.methods == (("BC01", ("E1", "E3")), ("BC02", ("E1", "E3")))
    assert {item.juror for item in found.assignments if item.candidate == "002"} == {"J1", "J2"}
    assert found.absences_of[first.id] == {MethodCode("E3")}
    assert [item.acceptance.value for item in found.evidence] == ["Oui", "En attente"]


@pytest.mark.parametrize(
    "defect", SHAPED_REFERENTIAL_DEFECTS, ids=lambda defect: f"{defect.code} {defect.at}"
)
def test_a_defect_of_the_shape_is_one_problem(defect: Planted, tmp_path: Path) -> None:
    """It is said once, at its cell, and an error leaves no référentiel to work with."""
    sheets = shaped_referential()
    defect.plant(sheets)
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert places(problems) == [(defect.code, defect.at)], "\n".join(map(str, problems))
    assert (found is None) == (problems[0].severity is Severity.ERROR)


@pytest.mark.parametrize(
    "defect", SHAPED_SESSION_DEFECTS, ids=lambda defect: f"{defect.code} {defect.at}"
)
def test_a_defect_of_such_a_session_is_one_problem(
    defect: Planted, tmp_path: Path, referential: Referential
) -> None:
    """It is said once, at its cell, and an error leaves no session."""
    sheets = shaped_session()
    defect.plant(sheets)
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert places(problems) == [(defect.code, defect.at)], "\n".join(map(str, problems))
    assert (found is None) == (problems[0].severity is Severity.ERROR)


def test_a_way_that_is_none_of_those_known_is_kept_with_a_warning(tmp_path: Path) -> None:
    """Where no modalité depends on it."""
    path = save(tmp_path / "referential.xlsx", referential_sheets())
    known, _ = read_referential(path)
    sheets = session_sheets()
    sheets["Candidats"][0].append("Voie d'accès")
    sheets["Candidats"][1].append("Passerelle")
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), known)
    assert places(problems) == [("access-route-unknown", "Candidats!I2")]
    assert found is not None
    assert found.candidates[0].access_route == "Passerelle"


def test_every_kind_of_problem_of_shapes_is_planted() -> None:
    """A message that nothing produces is a message that nobody has read."""
    planted = {item.code for item in (*SHAPED_REFERENTIAL_DEFECTS, *SHAPED_SESSION_DEFECTS)}
    declared = {kind.code for kind in vars(shaping).values() if isinstance(kind, Kind)}
    assert declared - planted == {"access-route-unknown"}


def test_what_only_decides_leaves_the_fingerprint(referential: Referential) -> None:
    """Grids that are out stay good when rules, weights and conditions change."""
    changed = replace(
        referential,
        blocks=tuple(
            replace(item, status=BlockStatus.OPTION, group="X", weight=Fraction(3), rule=None)
            for item in referential.blocks
        ),
        methods=tuple(
            replace(item, weight=Fraction(5), threshold=None, condition=(), routes=())
            for item in referential.methods
        ),
        competencies=tuple(replace(item, rule=None) for item in referential.competencies),
        criteria=tuple(replace(item, weight=Fraction(7)) for item in referential.criteria),
        option_groups=(),
        mentions=(),
    )
    assert changed.fingerprint == referential.fingerprint


@pytest.mark.parametrize(
    "changes",
    [{"group": "Autre"}, {"out_of": Fraction(10)}, {"scale": "note"}, {"method": MethodCode("E2")}],
    ids=lambda changes: next(iter(changes)),
)
def test_what_a_juror_sees_changes_the_fingerprint(
    changes: dict[str, object], referential: Referential
) -> None:
    """A mark on another scale, or in another épreuve, is not the same mark."""
    first, *others = referential.criteria
    changed = replace(referential, criteria=(replace(first, **changes), *others))  # type: ignore[arg-type]
    assert changed.fingerprint != referential.fingerprint


def test_the_shipped_referential_keeps_its_fingerprint() -> None:
    """Columns and sheets that are blank are as if they were not there."""
    found, _ = read_referential(ROOT / "referential.xlsx")
    assert found is not None
    assert found.fingerprint == "565f1c34f887878d6709be8b1770abf25af633770a49677d8d172aaddfa133d0"
