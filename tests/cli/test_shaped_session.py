"""A référentiel that uses every addition goes from `check` to the jury's workbook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from conftest import ROOT
from shaped_workbooks import shaped_referential, shaped_session
from workbooks import save

from sheetgen.cli import main
from sheetgen.grid import plan_grid
from sheetgen.grid.identity import SigningKey, stamp_grid
from sheetgen.grid.write import Answers, write_grid
from sheetgen.model import Mark
from sheetgen.rules import grids_to_make
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.grid import GridPlan
    from sheetgen.model import CriterionCode


def run(command: str, folder: Path) -> tuple[int, list[str]]:
    """The status of a command on the shaped workbooks, and the codes of what it tells."""
    options = {
        "--referential": save(folder / "referential.xlsx", shaped_referential()),
        "--session": save(folder / "session.xlsx", shaped_session()),
        "--templates": ROOT / "templates",
        "--output": folder / "outputs",
    }
    arguments = [str(part) for pair in options.items() for part in pair]
    result = CliRunner().invoke(main, [command, *arguments, "--json", "--no-reports"])
    told = json.loads(result.stdout)["problems"]
    return result.exit_code, [item["code"] for item in told if item["severity"] == "error"]


def best_marks(plan: GridPlan) -> dict[CriterionCode, Mark]:
    """The best mark on every criterion that a grid asks for."""
    found = {}
    for item in plan.criteria:
        scale = plan.referential.scale_of[item.criterion.code]
        if item.is_asked:
            found[item.criterion.code] = Mark(
                juror=plan.assignment.juror,
                criterion=item.criterion.code,
                value=scale.levels[0].label if scale.levels else scale.maximum,
                points=scale.maximum,
            )
    return found


def test_it_is_checked_generated_returned_and_consolidated(tmp_path: Path) -> None:
    """No error anywhere; the grids that come back whole are all that was asked for."""
    assert run("check", tmp_path) == (0, [])
    assert run("generate", tmp_path) == (0, [])
    referential, _ = read_referential(tmp_path / "referential.xlsx")
    assert referential is not None
    session, _ = read_session(tmp_path / "session.xlsx", referential)
    assert session is not None
    folder = tmp_path / "outputs" / session.code
    made = sorted(folder.glob("grilles/**/*.xlsx"))
    asked = grids_to_make(referential, session)
    assert len(made) == len(asked)
    key = SigningKey(bytes.fromhex((folder / ".sheetgen" / "key").read_text("ascii")))
    for number, assignment in enumerate(asked):
        plan = plan_grid(referential, session, assignment)
        stamp = stamp_grid(key, referential, session, assignment)
        data = write_grid(plan, stamp, best_marks(plan), Answers(declaration=True))
        (folder / "retours" / f"{number}.xlsx").write_bytes(data)
    assert run("status", tmp_path) == (0, [])
    assert run("consolidate", tmp_path) == (0, [])
    decided = json.loads((folder / "consolidation" / "decisions.json").read_text("utf-8"))
    assert decided["missing"] == []
    assert {item["status"] for item in decided["returns"]} == {"accepted"}
