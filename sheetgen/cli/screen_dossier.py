"""The answer of `dossier`, on the screen and with `--json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.commands import Dossier


def dossier_lines(made: Dossier) -> Iterator[str]:
    """Yield the folders made for a control and what each session lacks, line by line."""
    for path in made.folders:
        yield f"écrit  {escape(str(path))}"
    for session in made.sessions:
        shown = f"{len(session.numbers)} candidat(s) sur {session.of}"
        yield (
            f"Session {escape(session.code)} : {shown}, "
            f"{len(session.absent)} pièce(s) à ajouter ou manquante(s), dites en première page."
        )


def dossier_record(made: Dossier) -> dict[str, object]:
    """Return what `dossier` says with `--json`, beside the command, its status and problems."""
    return {
        "folders": [path.as_posix() for path in made.folders],
        "sessions": [
            {
                "code": session.code,
                "candidates": sorted(session.numbers),
                "of": session.of,
                "absent": [told for _, told in session.absent],
            }
            for session in made.sessions
        ],
    }
