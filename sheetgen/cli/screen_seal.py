"""The answer of `verify`, on the screen and with `--json`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.cli.screen_colours import GOOD, WRONG
from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.commands import Verified

_LABELS = {
    "kind": "Document",
    "number": "Numéro",
    "holder": "Titulaire",
    "birth_date": "Né(e) le",
    "code": "Code",
    "title": "Intitulé",
    "day": "Délibération du",
    "certifier": "Délivré par",
}
_WIDTH = 16


def verified_lines(verified: Verified) -> Iterator[str]:
    """Yield what a person reads of an answer, line by line."""
    if verified.genuine:
        yield f"[{GOOD}]✔[/] [bold]Document authentique.[/] Comparer avec ce qui y est imprimé :"
    elif verified.withdrawn:
        yield f"[{WRONG}]✘[/] [bold]Document retiré.[/] Voici ce qui fut signé :"
    if verified.statement is None:
        return
    from sheetgen.seals import PAPER_NAMES

    for name, value in asdict(verified.statement).items():
        shown = PAPER_NAMES.get(value, value) if name == "kind" else value
        if name in ("day", "birth_date") and value:
            shown = date.fromisoformat(value).strftime("%d/%m/%Y")
        yield f"  {_LABELS[name]:<{_WIDTH}} {escape(shown or '—')}"


def verified_record(verified: Verified) -> dict[str, object]:
    """Return what an answer says with `--json`, beside the command, its status and problems."""
    return {
        "genuine": verified.genuine,
        "withdrawn": verified.withdrawn,
        "statement": None if verified.statement is None else asdict(verified.statement),
    }
