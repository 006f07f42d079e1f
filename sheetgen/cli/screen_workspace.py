"""The answer of `init` on the screen: what a new workspace holds, and how to begin in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.cli.screen_colours import GOOD, NOTE
from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.workspace import Result, Start


def workspace_lines(folder: Path, result: Result) -> Iterator[str]:
    """Yield what `init` made or kept, then the next steps, line by line."""
    yield f"Dossier de travail : {escape(str(folder))}\n"
    for name, meaning in result.start.contents.items():
        made = any(folder / name in (path, path.parent) for path in result.created)
        kept = any(folder / name in (path, path.parent) for path in result.kept)
        state = "conservé" if not made else "complété" if kept else "créé"
        style = GOOD if made else NOTE
        own = not made and name.endswith(".xlsx")
        told = "déjà là, laissé tel quel" if own else meaning
        yield f"  [{style}]{state:<10}[/]{escape(name):<18}{told}"
    yield "\nÉtapes suivantes :"
    steps = _first_steps(folder, result.start)
    for number, step in enumerate(steps, start=1):
        end = "." if number == len(steps) else " ;"
        yield f"  {number}. {escape(step)}{end}"


def _first_steps(folder: Path, start: Start) -> tuple[str, ...]:
    """Return what to do with a workspace that has just been made."""
    run = "dans ce dossier, lancer « sheetgen check », puis « sheetgen generate »"
    referential, session = folder / "referential.xlsx", folder / "session.xlsx"
    if start.example is not None:
        return (
            run,
            f"regarder dans {referential} et {session} comment l'exemple est dit",
            "les adapter à votre certification et à votre session",
        )
    registered = f"remplir {session} (candidats, jurés, affectations)"
    if start.empty:
        filled = f"remplir {referential}, que sa feuille Lisez-moi explique"
        return (filled, registered, run)
    completed = f"compléter {referential} (code RNCP, certificateur, dates)"
    return (registered, completed, run)
