"""`make demo`: the README's tour, on the real référentiel and the example session.

Each command is shown as the README has it, then run. A test key signs the example's grids, so that
those its jurors returned are recognised.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from tour import README, ROOT, read_steps, typed_commands

FOLDER = Path("outputs") / "DEMO-2026"


def main() -> int:
    """Runs the demonstration in the repository; the status of the first command that fails."""
    if (ROOT / FOLDER).exists():
        print(f"The demo starts afresh: {FOLDER} of a former run is removed.")
        try:
            shutil.rmtree(ROOT / FOLDER)
        except OSError as error:
            print(f"{error.filename}: {error.strerror}", file=sys.stderr)
            return 1
    (ROOT / FOLDER).with_name("register.sqlite").unlink(missing_ok=True)
    steps = read_steps(README.read_text(encoding="utf-8"))
    with typed_commands() as environment:
        for command in (command for step in steps for command in step.commands):
            print(f"\n$ {command}", flush=True)
            done = subprocess.run(
                ["/bin/sh", "-c", command], cwd=ROOT, env=environment, check=False
            )
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
