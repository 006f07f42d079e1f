"""Cells of tables: what Rich would draw itself, whatever the room."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sheetgen.cli.screen_cells import TableCell

ROWS = (
    ("001", "Zoé Dupont-Martin de la Tour", "✔", "bold green"),
    ("一番", "", "…", "yellow"),
    ("  4 ", "deux\nlignes", "[b]", ""),
    ("\N{NO-BREAK SPACE}5", "un  mot", "très long signe", "dim"),
    ("6", "e\u0301te\u0301 \u2028 fin\t.", " ", "red"),
)


def drawn(width: int, *, terminal: bool, rich: bool) -> str:
    """Return a table of these cells, or of Rich's own, on so many columns."""
    table = Table(title="Essai")
    table.add_column("N°", no_wrap=True)
    table.add_column("Nom", overflow="fold")
    table.add_column("Signe", justify="center")
    table.add_column("À droite", justify="right")
    for first, name, sign, style in ROWS:
        cells = ((first, ""), (name, ""), (sign, style), (first, style))
        own = [TableCell(*cell) for cell in cells]
        usual = [Text.assemble((text, style)) if style else Text(text) for text, style in cells]
        table.add_row(*(usual if rich else own))
    file = io.StringIO()
    Console(file=file, width=width, force_terminal=terminal, soft_wrap=True).print(table)
    return file.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("width", [8, 20, 28, 34, 40, 52, 90])
def test_cells_are_drawn_as_rich_does(width: int, *, terminal: bool) -> None:
    """Of one line or wrapped, of wide letters, of none, of blanks, in colour or not."""
    assert drawn(width, terminal=terminal, rich=False) == drawn(width, terminal=terminal, rich=True)
