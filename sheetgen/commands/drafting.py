"""`finalize --draft`: the papers as they would be, each page marked *PROJET*; nothing is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.final_papers import write_papers
from sheetgen.commands.stale import MadeFiles

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.documents import Settled, Templates
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder


def write_drafts(
    settled: Settled,
    templates: Templates,
    folder: SessionFolder,
    options: Options,
    problems: list[Problem],
) -> list[Path]:
    """Write every paper under `projet/`, in place of former drafts; return those written.

    Raises:
        WorkersLostError: those who make them are gone.
        OSError: nothing can be written there.
    """
    made = MadeFiles.of(folder, folder.drafts)
    made.make_room(problems)
    written = write_papers(settled, templates, folder.drafts, options, problems)
    made.note(written)
    made.remove_others(written, problems)
    return written
