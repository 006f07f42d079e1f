"""The answer of `verify`, on the screen and with `--json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sheetgen.cli.screen_colours import GOOD, WRONG
from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.commands import Verified

_WIDTH = 16


def verified_lines(verified: Verified) -> Iterator[str]:
    """Yield what a person reads of an answer, line by line."""
    if verified.genuine:
        yield f"[{GOOD}]✔[/] [bold]Document authentique.[/] Comparer avec ce qui y est imprimé :"
    elif verified.withdrawn:
        yield f"[{WRONG}]✘[/] [bold]Document retiré.[/] Voici ce qui fut signé :"
    if verified.statement is None:
        return
    for label, value in verified.statement.told():
        yield f"  {label:<{_WIDTH}} {escape(value)}"


def verified_record(verified: Verified) -> dict[str, object]:
    """Return what an answer says with `--json`, beside the command, its status and problems."""
    return {
        "genuine": verified.genuine,
        "withdrawn": verified.withdrawn,
        "statement": None if verified.statement is None else asdict(verified.statement),
    }
