"""Takes pictures of workbooks as a person sees them in LibreOffice, and says how much they see.

    python scripts/screens.py shot FILE.xlsx --sheet BC01 --size 1366x768 -o x.png
    python scripts/screens.py shot FILE.xlsx --sheet BC01 --cell C6 --press alt+Down -o list.png
    python scripts/screens.py view FILE.xlsx --sheet BC01 --size 1920x1080
    python scripts/screens.py all FILE.xlsx -o folder

`shot` takes a picture of one sheet, `all` one of each, `view` only says what is seen: the size of
the cells' area and of what is frozen, the rows that are whole on the screen. `--cell` clicks on a
cell, after a jump to it where it is out of view; `--press` then presses keys by their names in X,
`--write` types a text, in the order given. `scripts/install-screen` installs what it needs.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from office import OfficeError
from screen import LAPTOP, SIZES, Screen, screen

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks."""
    asked = _parser().parse_args(arguments)
    with screen(SIZES[asked.size]) as shown:
        shown.open(asked.file)
        if asked.command == "all":
            for sheet in shown.sheets():
                shown.go(sheet)
                _tell(shown)
                shown.picture(asked.output / f"{asked.file.stem}_{sheet}.png")
            return
        if asked.sheet:
            shown.go(asked.sheet)
        if asked.cell:
            _click(shown, asked.cell)
        for way, text in asked.done or []:
            (shown.press if way == "press" else shown.write)(text)
        _tell(shown)
        if asked.command == "shot":
            shown.picture(asked.output)


def _click(shown: Screen, cell: str) -> None:
    """Click on a cell, after a jump to it where it is out of view."""
    try:
        shown.click(cell)
    except OfficeError:
        shown.go(shown.view().sheet, cell)
        shown.click(cell)


def _tell(shown: Screen) -> None:
    """Print what is seen."""
    view = shown.view()
    _, _, width, height = view.area
    rows = f"{len(view.rows)} rows whole, {view.rows[0]} to {view.rows[-1]}"
    frozen = f"frozen {view.frozen[0]} x {view.frozen[1]}"
    print(
        f"{view.sheet}: {rows}; sheet {view.width} wide, area {width} x {height}, {frozen}; "
        f"cell {view.cell}, zoom {view.zoom} %"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Workbooks as LibreOffice shows them.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("shot", "a picture of one sheet"),
        ("view", "what is seen of one sheet"),
        ("all", "a picture of each sheet"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("file", type=Path)
        command.add_argument("--size", choices=SIZES, default=str(LAPTOP))
        if name != "view":
            command.add_argument("-o", "--output", type=Path, required=True)
        if name != "all":
            command.add_argument("--sheet")
            command.add_argument("--cell")
            for way in ("press", "write"):
                command.add_argument(f"--{way}", dest="done", action=_InOrder)
    return parser


class _InOrder(argparse.Action):
    """Keeps what is pressed and typed in the order of the command line."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        """Add one to those before."""
        del parser
        way = str(option_string).lstrip("-")
        setattr(namespace, self.dest, [*(getattr(namespace, self.dest) or []), (way, values)])


if __name__ == "__main__":
    main()
