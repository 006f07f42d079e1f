"""`make examples`: every file of the example session again, in order; needs LibreOffice.

The session workbook is made from its data, its grids are written in a temporary folder and filled
as their jurors would, and the consolidation of all of them is filled as the jury would.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent
ROOT = EXAMPLES.parent


def main() -> None:
    """Makes every file again; stops where a step fails."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        session = output / "DEMO-2026"
        private = session / ".sheetgen"
        private.mkdir(parents=True, mode=0o700)
        shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")
        _run("examples/make_session.py")
        _run("examples/make_referential.py")
        _sheetgen("generate", output)
        _run("examples/fill_grids.py", str(session / "grilles"))
        for returned in ("retours", "retour-tardif"):
            for grid in sorted((EXAMPLES / returned).glob("*.xlsx")):
                shutil.copyfile(grid, session / "retours" / grid.name)
        _sheetgen("consolidate", output)
        _run("examples/fill_deliberation.py", str(session / "consolidation" / "consolidation.xlsx"))


def _sheetgen(command: str, output: Path) -> None:
    options = [
        *("--referential", "examples/referential.xlsx"),
        *("--session", "examples/session.xlsx"),
        *("--output", str(output)),
        "--no-reports",
    ]
    _run("-m", "sheetgen", command, *options)


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
