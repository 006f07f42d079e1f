"""The content that `consolidate` takes over from the workbook that it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem
from sheetgen.problems import carried_over as kinds
from sheetgen.session_folder.paths import WrittenFiles

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.consolidation import Carried, WorkbookPlan
    from sheetgen.session_folder.paths import SessionFolder


def carry_over(
    path: Path, plan: WorkbookPlan, folder: SessionFolder, problems: list[Problem]
) -> Carried:
    """Return what the jury wrote in the workbook at `path`, and say what becomes of it.

    A workbook that is just as it was written here, without a word of a jury, is not even read.
    """
    from sheetgen.consolidation import Carried
    from sheetgen.jury import NotCarriedError, open_consolidation, read_carried

    place = Location(file=str(path))
    former = sorted(item.name for item in path.parent.glob(f"{path.stem}-*{path.suffix}"))
    if former:
        found = ", ".join(former)
        problems.append(kinds.FORMER_CONSOLIDATIONS.at(place, found=found))
    if not path.exists() or _blank_notes(folder).is_untouched(path):
        return Carried()
    workbook = open_consolidation(path)
    if isinstance(workbook, Problem):
        problems.append(kinds.DELIBERATION_NOT_CARRIED.at(place, reason=workbook.message))
        return Carried()
    try:
        carried, said = read_carried(workbook, str(path), plan)
    except NotCarriedError as error:
        problems.append(kinds.DELIBERATION_NOT_CARRIED.at(place, reason=str(error)))
        return Carried()
    problems += said
    return carried


def note_blank(path: Path, digest: str | None, folder: SessionFolder, carried: Carried) -> None:
    """Note that a workbook was written without a word of a jury, if so it was."""
    if digest is not None and not carried:
        _blank_notes(folder).note({path: digest})


def _blank_notes(folder: SessionFolder) -> WrittenFiles:
    return WrittenFiles(record=folder.private / "blank_consolidation.json")
