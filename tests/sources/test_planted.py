"""One defect, one problem, at its cell; several defects, all of them in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from planted import FILE_CODES, REFERENTIAL_DEFECTS, RULED_CODES, SESSION_DEFECTS, Planted
from workbooks import place, referential_sheets, save, session_sheets

from sheetgen.problems import (
    Kind,
    Problem,
    Severity,
    regulations,
    source_cells,
    source_files,
    sources,
)
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

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
    """The small référentiel, read."""
    path = save(tmp_path_factory.mktemp("sources") / "referential.xlsx", referential_sheets())
    found, problems = read_referential(path)
    assert not problems
    assert found is not None
    return found


@pytest.mark.parametrize(
    "defect", REFERENTIAL_DEFECTS, ids=lambda defect: f"{defect.code} {defect.at}"
)
def test_a_defect_of_the_referential_is_one_problem(defect: Planted, tmp_path: Path) -> None:
    """It is said once, at its cell, and an error leaves no référentiel to work with."""
    sheets = referential_sheets()
    defect.plant(sheets)
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert places(problems) == [(defect.code, defect.at)], "\n".join(map(str, problems))
    assert (found is None) == (problems[0].severity is Severity.ERROR)


@pytest.mark.parametrize("defect", SESSION_DEFECTS, ids=lambda defect: f"{defect.code} {defect.at}")
def test_a_defect_of_the_session_is_one_problem(
    defect: Planted, tmp_path: Path, referential: Referential
) -> None:
    """It is said once, at its cell; an error leaves no session, unless the jury is too small."""
    sheets = session_sheets()
    defect.plant(sheets)
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert places(problems) == [(defect.code, defect.at)], "\n".join(map(str, problems))
    too_small = defect.code in ("jurors-too-few", "externals-too-few")
    assert (found is None) == (problems[0].severity is Severity.ERROR and not too_small)


def test_ten_defects_are_ten_problems_in_one_run(tmp_path: Path) -> None:
    """Nothing stops at the first: each of ten defects is named with its cell."""
    sheets = referential_sheets()
    defects = {
        "Certification!B9": ("31/02/2029", "date-impossible"),
        "Blocs!C2": (None, "value-missing"),
        "Activités!B3": ("BC20", "reference-unknown"),
        "Modalités!C2": ("=A1", "cell-formula"),
        "Compétences!E2": ("lourd", "number-unreadable"),
        "Critères!E2": ("peut-être", "yes-no-unreadable"),
        "Critères!D3": (-1, "number-out-of-range"),
        "Critères!A5": ("C1.2.1", "code-duplicate"),
        "Échelle!B4": (1, "scale-points-equal"),
        "Règles!B3": (0.5, "percentage-ambiguous"),
    }
    for where, (value, _) in defects.items():
        sheet, cell = where.split("!")
        place(sheets, sheet, cell, value)
    found, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert found is None
    assert places(problems) == [(code, where) for where, (_, code) in defects.items()]


def test_every_kind_of_problem_has_a_planted_defect() -> None:
    """A message that nothing produces is a message that nobody has read."""
    declared = {
        kind.code
        for stage in (source_files, source_cells, sources, regulations)
        for kind in vars(stage).values()
        if isinstance(kind, Kind)
    }
    planted = {defect.code for defect in (*REFERENTIAL_DEFECTS, *SESSION_DEFECTS)}
    assert planted | {*FILE_CODES, *RULED_CODES} == declared


def test_private_kinds_are_those_of_accommodations() -> None:
    """What tells of a disability is known by its code, so that no output repeats it."""
    assert {
        code for code in sources.PRIVATE if code.startswith(("exemption", "accommodation"))
    } == (sources.PRIVATE)
    assert len(sources.PRIVATE) == 5
