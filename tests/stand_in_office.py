"""A program that stands in LibreOffice's place, where what matters is how it ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ALL = "[make(name) for name in names]"
"""Makes every document that is asked for."""


def stand_in(folder: Path, script: str = ALL) -> Path:
    """Return a program called as LibreOffice is; `make` copies one of the documents `names`."""
    path = folder / "soffice"
    path.write_text(
        f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\n"
        "names = [name for name in sys.argv if name.endswith('.docx')]\n"
        "Path('pdf').mkdir(exist_ok=True)\n"
        "def make(name):\n"
        "    pdf = Path('pdf', name).with_suffix('.pdf')\n"
        "    pdf.write_bytes(Path(name).read_bytes() + b'%%EOF')\n"
        f"{script}\n"
    )
    path.chmod(0o755)
    return path
