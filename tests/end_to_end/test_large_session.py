"""A session that does not fit in one workbook, from its returns to the jury's decisions."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import deliberations
import openpyxl
import pytest
from conftest import EXAMPLES, Workplace

from sheetgen.consolidation import division

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = [f"consolidation_BC0{number}.xlsx" for number in (1, 2, 3, 4, 5)]


@pytest.fixture
def large(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """The example, consolidated where a workbook holds one bloc of it at the most."""
    monkeypatch.setattr(division, "MOST_BYTES", 700_000)
    assert workplace.run("generate", "--no-reports").exit_code == 0
    shutil.copytree(EXAMPLES / "retours", workplace.outputs / "retours", dirs_exist_ok=True)
    assert workplace.run("consolidate", "--no-reports").exit_code == 0
    return workplace


def volumes(place: Workplace) -> list[str]:
    """The files beside the jury's workbook."""
    return sorted(path.name for path in (place.outputs / "consolidation" / "blocs").iterdir())


def changed(path: Path) -> str:
    """The criterion of the first row, whose first mark somebody changes in a volume."""
    sheet = openpyxl.load_workbook(path)["Critères"]
    row = next(row for row in range(6, 99) if sheet[f"H{row}"].value == "Acquis")
    deliberations.fill(path, {f"H{row}": "Non acquis"}, sheet="Critères")
    return str(sheet[f"E{row}"].value)


def problems(place: Workplace, *arguments: str) -> list[Mapping[str, str]]:
    """Return the problems of a command's JSON report."""
    report = json.loads(place.run(*arguments, "--json").stdout)
    found: list[Mapping[str, str]] = report["problems"]
    return found


def test_a_large_session_has_a_workbook_per_bloc(large: Workplace) -> None:
    """Made anew each time; none is left when the session has become small again."""
    assert volumes(large) == NAMES
    assert large.run("consolidate", "--no-reports").exit_code == 0
    assert volumes(large) == NAMES
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "MOST_BYTES", 80 << 20)
        assert large.run("consolidate", "--no-reports").exit_code == 0
    assert volumes(large) == []


def test_a_volume_in_which_somebody_wrote_is_kept(large: Workplace) -> None:
    """Under a numbered name, and it is said."""
    changed(large.outputs / "consolidation" / "blocs" / NAMES[0])
    said = problems(large, "consolidate", "--no-reports")
    assert [item["code"] for item in said if item["file"].endswith(NAMES[0])] == [
        "changed-file-kept"
    ]
    assert volumes(large) == ["consolidation_BC01-1.xlsx", *NAMES]


def test_a_mark_changed_in_a_volume_is_refused_by_name(large: Workplace) -> None:
    """A volume is held to its seals as a workbook that holds everything is."""
    folder = large.outputs / "consolidation"
    criterion = changed(folder / "blocs" / NAMES[1])
    said = problems(large, "finalize", str(folder / "consolidation.xlsx"), "--no-reports")
    (found,) = [item for item in said if item["code"] == "consolidated-mark-changed"]
    assert found["file"].endswith(NAMES[1])
    assert criterion in found["message"]
    assert not (large.outputs / "final").exists()


def test_volumes_left_elsewhere_change_nothing(large: Workplace) -> None:
    """The jury decides in the index: what it says is the same with them and without."""
    workbook = str(large.outputs / "consolidation" / "consolidation.xlsx")
    with_volumes = problems(large, "finalize", workbook, "--no-reports")
    shutil.rmtree(large.outputs / "consolidation" / "blocs")
    assert problems(large, "finalize", workbook, "--no-reports") == with_volumes
    assert "decision-missing" in {item["code"] for item in with_volumes}
