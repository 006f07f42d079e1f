"""The page `docs/guide/vie-reelle.md`: its events, and what their commands print.

An event stands in the page between `<!-- cas : NAME -->` and `<!-- fin -->`: a block of console
lines, in which `$ ` begins a command and what follows is what of its output the page quotes. The
event of that name in `real_life_events.py` brings it about, in a copy of the example session.
`python scripts/real_life.py` writes the quotations again.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from real_life_events import EVENTS
from real_life_stages import ROOT, Stages

from sheetgen.problems.told_lines import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "guide" / "vie-reelle.md"
_CASE = re.compile(r"<!-- cas : (\S+) -->\n```console\n(.*?)```\n<!-- fin -->", re.DOTALL)
_PROMPT = "$ "
_WIDTH = 100
_QUOTED = ("✘", "▲", "·", "Dans ", "écrit ", "rétabli ", "Étape suivante", "PROVISOIRE")
"""How the lines begin that the page quotes; tables and counts are left out."""


def read_cases(text: str) -> list[tuple[str, list[str]]]:
    """Return the name and the commands of every event of a page, in its order."""
    return [(name, list(_commands(block))) for name, block in _CASE.findall(text)]


def rewrite_cases(text: str, stages: Stages) -> str:
    """Return a page with what the commands of each event print now."""

    def block(match: re.Match[str]) -> str:
        place = EVENTS[match[1]](stages)
        lines: list[str] = []
        for command in _commands(match[2]):
            lines.append(f"{_PROMPT}{command}")
            lines += _quotation(place.run(command)[1])
        content = "".join(f"{line}\n" for line in lines)
        return f"<!-- cas : {match[1]} -->\n```console\n{content}```\n<!-- fin -->"

    return _CASE.sub(block, text)


def _commands(block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith(_PROMPT):
            yield line.removeprefix(_PROMPT)


def _quotation(printed: str) -> Iterator[str]:
    """Yield the lines that the page quotes, folded to its width."""
    for line in printed.splitlines():
        if line.startswith(_QUOTED):
            yield from wrapped(line, _WIDTH).replace("\N{NO-BREAK SPACE}", " ").splitlines()


def render_page() -> str:
    """Return the page as it should be: its own words, and what its commands print."""
    with tempfile.TemporaryDirectory() as folder:
        return rewrite_cases(PAGE.read_text(encoding="utf-8"), Stages(Path(folder)))


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"made {PAGE.name}\n")
