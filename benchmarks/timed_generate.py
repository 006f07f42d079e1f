"""One `generate`, timed stage by stage; its workers load this file too, so it imports little."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.commands import Inputs, Options, generate
from sheetgen.problems import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent

WHOLE = "generate"
"""The whole command, among the stages."""

Times = dict[str, float]
"""Seconds, by stage."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """Notes how long each stage takes, as what shows progress is told of them."""

    times: Times = field(default_factory=dict)

    @contextmanager
    def progress(self, what: str, _steps: int) -> Iterator[Callable[[], None]]:
        """Times one stage."""
        start = time.perf_counter()
        yield lambda: None
        self.times[what] = time.perf_counter() - start


def main() -> None:
    """Runs the command as its arguments say and prints what its stages took."""
    session, output, option, value = sys.argv[1:]
    clock = _Clock()
    inputs = Inputs(
        referential=ROOT / "referential.xlsx",
        session=Path(session),
        templates=ROOT / "templates",
        output=Path(output),
    )
    options = Options(
        jobs=int(value) if option == "--jobs" else 1,
        scheduler=value if option == "--scheduler" else None,
        progress=clock.progress,
    )
    with clock.progress(WHOLE, 1):
        result = generate(inputs, options)
    if has_errors(result.problems):
        raise SystemExit("\n".join(map(str, result.problems)))
    print(json.dumps(clock.times))


if __name__ == "__main__":
    main()
