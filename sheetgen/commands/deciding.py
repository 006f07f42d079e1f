"""The inputs of `finalize`: the returns of the last consolidation, and the jury's workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.status import collect_again
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import files as kinds
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.check import Checked
    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.commands.status import Collected
    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.jury import FinalDecisions


def take_decisions(
    inputs: Inputs,
    checked: Checked,
    consolidation: Path,
    options: Options,
    problems: list[Problem],
) -> FinalDecisions | None:
    """Return the jury's decisions, adding to the problems; None where one is an error."""
    collected = _collect_consolidated(inputs, checked, options, problems)
    if collected is None or collected.nothing is not None:
        return None
    final = _read_final(collected, consolidation, problems)
    return None if has_errors(problems) else final


def _collect_consolidated(
    inputs: Inputs, checked: Checked, options: Options, problems: list[Problem]
) -> Collected | None:
    """Return what the last consolidation read, read again; a problem where there was none."""
    if checked.session is None:
        return None
    folder = SessionFolder.of(inputs.output, checked.session)
    if not folder.history.exists():
        problems.append(kinds.CONSOLIDATION_MISSING.at(Location(file=str(folder.consolidation))))
        return None
    return collect_again(inputs, checked, options, problems)


def _read_final(
    collected: Collected, consolidation: Path, problems: list[Problem]
) -> FinalDecisions | None:
    from sheetgen.consolidation import plan_consolidation
    from sheetgen.jury import FinalDecisions, open_consolidation, read_deliberation

    workbook = open_consolidation(consolidation)
    if isinstance(workbook, Problem):
        problems.append(workbook)
        return None
    proposals = collected.decide()
    jurys, *volumes = plan_consolidation(proposals)
    deliberation, found = read_deliberation(workbook, jurys, str(consolidation))
    problems += found
    for volume in volumes:
        _check_volume(volume, consolidation.parent / volume.name, problems)
    if deliberation is None:
        return None
    return FinalDecisions(proposals=proposals, deliberation=deliberation)


def _check_volume(plan: WorkbookPlan, path: Path, problems: list[Problem]) -> None:
    """Say which marks were changed in a volume; one that was left elsewhere changes nothing."""
    from sheetgen.jury import check_origin, open_consolidation

    if not path.exists():
        return
    workbook = open_consolidation(path)
    if isinstance(workbook, Problem):
        problems.append(workbook)
    else:
        problems.extend(check_origin(workbook, plan, str(path)).problems)
