"""Processes that read returns end with the one who asked, whatever the file being read does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
from process_tree import ended
from spreadsheet import hostile

if TYPE_CHECKING:
    from pathlib import Path


def test_no_worker_outlives_who_asked(tmp_path: Path) -> None:
    """Nobody is left to say that the file it reads takes too long."""
    program, folder = tmp_path / "program.py", tmp_path / "retours"
    program.write_text(HANGING, encoding="utf-8")
    folder.mkdir()
    for name in ("a.xlsx", "hang.xlsx"):
        (folder / name).write_bytes(b"harm:" + name.encode() + b"\n" + hostile.grid())
    asking = psutil.Popen(
        [sys.executable, str(program), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert asking.stdout.readline() == "a.xlsx\n"
    time.sleep(0.2)
    others = asking.children(recursive=True)
    asking.kill()
    assert ended(others)
    asking.communicate(timeout=60)


HANGING = """
import sys
from pathlib import Path
from spreadsheet import readers
from sheetgen.returns.find import find_returns
from sheetgen.spreadsheet.contained import read_contained

files, _ = find_returns([Path(sys.argv[1])])
for file, _ in read_contained(files, readers.READ, jobs=1, seconds=600):
    print(Path(file.name).name, flush=True)
"""
