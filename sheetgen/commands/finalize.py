"""`finalize`: from the jury's workbook to signed papers, once and for all.

It decides on the returns of the last consolidation and what the jury wrote in its workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.status import collect_again
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import files as kinds
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.check import Checked
    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.commands.status import Collected
    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.jury import FinalDecisions, Record
    from sheetgen.spreadsheet import RawWorkbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalized:
    """The result of `finalize`.

    Attributes:
        final: the decisions taken; None where none were.
        record: the decisions in force of a session that was closed already, as JSON has them.
        closed: when that was, in French; empty for a session closed now, or not.
        draft: the papers are drafts, and nothing is closed.
        files: those written.
        restored: those of the closing that were missing, and are back as they were.
    """

    checked: Checked
    final: FinalDecisions | None = None
    record: Record | None = None
    closed: str = ""
    draft: bool = False
    files: tuple[Path, ...] = ()
    restored: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalizeRequest:
    """The arguments of `finalize` beside its inputs.

    Attributes:
        consolidation: the workbook in which the jury wrote.
        reopen: why a session that is closed is closed again; None where it is not to be.
        draft: write papers marked as drafts, and freeze nothing.
    """

    consolidation: Path
    reopen: str | None = None
    draft: bool = False


def finalize(inputs: Inputs, request: FinalizeRequest, options: Options) -> Finalized:
    """Take the jury's decisions, refuse what is incomplete or unreasoned, write `final/`.

    On a session that is closed, nothing is decided again unless a reason to is given: what
    `final/` lacks is restored, and each difference with what was frozen is told.
    """
    from sheetgen.commands.closing import close_session

    return close_session(inputs, request, options)


def take_decisions(
    inputs: Inputs,
    checked: Checked,
    consolidation: Path,
    options: Options,
    problems: list[Problem],
) -> FinalDecisions | None:
    """Return the jury's decisions, adding to the problems; None where one is an error."""
    from concurrent.futures import ThreadPoolExecutor

    from sheetgen.consolidation import plan_consolidation
    from sheetgen.jury import (
        FinalDecisions,
        begin_consolidations,
        open_consolidation,
        read_deliberation,
    )

    collected = _collect_consolidated(inputs, checked, options, problems)
    if collected is None or collected.nothing is not None:
        return None
    # The workbook is read by a process of its own: meanwhile this one decides.
    with ThreadPoolExecutor(max_workers=1) as beside:
        reading = beside.submit(open_consolidation, consolidation)
        proposals = collected.decide()
        workbook = reading.result()
    del collected, reading  # what was read of the grids takes more than what is decided
    if isinstance(workbook, Problem):
        problems.append(workbook)
        return None
    jurys, *planned = plan_consolidation(proposals)
    placed = [(volume, consolidation.parent / volume.name) for volume in planned]
    # A volume that was left elsewhere changes nothing.
    volumes = [(volume, path) for volume, path in placed if path.exists()]
    with begin_consolidations([path for _, path in volumes], options.jobs) as opened:
        deliberation, found = read_deliberation(workbook, jurys, str(consolidation))
        problems += found
        del workbook  # the volumes are as large
        for volume, path in volumes:
            _check_volume(next(opened), volume, path, problems)
    if deliberation is None or has_errors(problems):
        return None
    return FinalDecisions(proposals=proposals, deliberation=deliberation)


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


def _check_volume(
    workbook: RawWorkbook | Problem, plan: WorkbookPlan, path: Path, problems: list[Problem]
) -> None:
    """Say which marks were changed in a volume, or why it cannot be read."""
    from sheetgen.jury import check_origin

    if isinstance(workbook, Problem):
        problems.append(workbook)
    else:
        problems.extend(check_origin(workbook, plan, str(path)).problems)
