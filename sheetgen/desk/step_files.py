"""The files that the page shows under each step."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sheetgen.desk.steps import DeskStep

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.desk.desk_sessions import DeskSession

_PAPERS = {".docx", ".pdf"}
_WORDS = {"releves": "relevés"}
"""Folders of papers whose name lacks its accents."""


def step_files(session: DeskSession, step: DeskStep) -> list[tuple[str, str]]:
    """Return the files of a step that are there: a label and a path."""
    inputs, folder = session.inputs, session.folder
    found: list[tuple[str, Path]] = []
    if step is DeskStep.CHECK:
        found = [
            ("Référentiel", inputs.referential),
            ("Session", inputs.session),
            ("Modèles Word", inputs.templates),
        ]
    elif folder is None:
        return []
    elif step is DeskStep.GENERATE:
        found = [
            ("Grilles", folder.grids),
            ("Envois aux jurés", folder.root / "envois"),
            ("Rapports", folder.reports),
            ("Convocations", folder.convocations),
        ]
    elif step is DeskStep.STATUS:
        found = [("Dossier des retours", folder.returns)]
    elif step is DeskStep.CONSOLIDATE:
        found = [
            ("Classeur du jury", folder.consolidation / "consolidation.xlsx"),
            ("Consolidation", folder.consolidation),
            ("Corrections à renvoyer", folder.corrections),
        ]
    elif step is DeskStep.FINALIZE:
        found = [("Documents", folder.final), ("Projets", folder.drafts)]
    elif step is DeskStep.PAPERS:
        found = _papers(folder.final)
    return [(label, str(path)) for label, path in found if path.exists()]


def _papers(final: Path) -> list[tuple[str, Path]]:
    """Return the papers that lie in a folder, and each folder of papers with their number."""
    papers = [item for item in final.rglob("*") if item.suffix in _PAPERS]
    found = [(item.name, item) for item in sorted(papers) if item.parent == final]
    counts = Counter(item.relative_to(final).parts[0] for item in papers if item.parent != final)
    for name, count in sorted(counts.items()):
        if name != "versions":
            found.append((f"{_WORDS.get(name, name)} ({count})", final / name))
    return found
