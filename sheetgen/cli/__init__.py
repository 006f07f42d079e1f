"""The command line: what a person types, and what they see of it.

`main` is the program. `settings_file` reads what would be typed each time, `screen` and `tables`
print, `ending` says why a command stopped.
"""

from sheetgen.cli.commands import main

__all__ = ["main"]
