"""Runs the README's tour in a copy of what it needs, and writes what its commands print.

python scripts/make_tour.py
"""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from tour import README, ROOT, print_of, rewrite_tour, typed_commands

_NEEDED = ("referential.xlsx", "templates", "examples")


def render_readme() -> str:
    """The README as it should be: its own words, and the tour's commands with what they print."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, typed_commands() as environment:
        copy = Path(folder)
        for name in _NEEDED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name)
            else:
                shutil.copy(source, copy)
        return rewrite_tour(text, partial(print_of, folder=copy, environment=environment))


def main() -> None:
    """Writes the README again."""
    README.write_text(render_readme(), encoding="utf-8")
    print(f"made {README.name}")


if __name__ == "__main__":
    main()
