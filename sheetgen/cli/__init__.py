"""The command line: what a person types, and what they see of it.

`main` is the program. `options` declares what may be typed, `screen` prints, `ending` says why a
command stopped.
"""

from __future__ import annotations

from sheetgen.cli.commands import main

__all__ = ["main"]
