"""The answers of steps and errands, as the process that ran them says them to the desk: JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen.problems import has_errors
from sheetgen.problems.told_lines import counts_line, problem_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder

Answer = dict[str, Any]


def answered(
    problems: Sequence[Problem],
    lines: Sequence[str] = (),
    folder: SessionFolder | None = None,
    *,
    returned: bool = False,
) -> Answer:
    """Return an answer: its status, lines and problems, as the command line says them.

    Args:
        problems: those of the command.
        lines: what was done.
        folder: the session's; None where it is not known.
        returned: whether a file may be one of the returns, which are named from their folder.
    """
    returns = folder.returns if returned and folder is not None else None
    return {
        "event": "result",
        "status": int(has_errors(problems)),
        "lines": list(lines),
        "counts": counts_line(problems),
        "folder": None if folder is None else str(folder.root),
        "problems": [
            {
                "severity": line.severity.value,
                "label": line.label,
                "text": line.text.removesuffix(line.cure).rstrip(),
                "cure": line.cure,
                "code": line.code,
                "file": line.file,
                "path": _path(line.file, returns),
            }
            for line in reversed(problem_lines(problems))
        ],
    }


def _path(file: str, returns: Path | None) -> str:
    """Return the path of a message's file; blank where two files go by its name."""
    if not file or returns is None or not (returns / file).exists():
        return file
    return "" if Path(file).exists() else str(returns / file)
