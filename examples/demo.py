"""`make demo`: the main job on the real référentiel and the example session.

Each command is shown as one would type it. The example's test key signs its grids, so that the
grids that its jurors returned, in `retours/`, are recognised.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent
ROOT = EXAMPLES.parent
FOLDER = Path("outputs") / "DEMO-2026"
SESSION = ["--session", "examples/session.xlsx"]


def main() -> int:
    """Runs the demonstration in the repository; the status of the first command that fails."""
    private = ROOT / FOLDER / ".sheetgen"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = private / "key"
    shutil.copyfile(EXAMPLES / "sheetgen.key", key)
    key.chmod(0o600)
    for command in (["check"], ["generate", "--force"]):
        if status := _run([*command, *SESSION]):
            return status
    returned = ROOT / FOLDER / "retours"
    print(f"\n$ cp examples/retours/*.xlsx {FOLDER / 'retours'}", flush=True)
    for grid in sorted((EXAMPLES / "retours").glob("*.xlsx")):
        shutil.copyfile(grid, returned / grid.name)
    return _run(["consolidate", *SESSION])


def _run(arguments: list[str]) -> int:
    print(f"\n$ sheetgen {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "sheetgen", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
