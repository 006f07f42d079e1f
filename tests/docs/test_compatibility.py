"""The page on programs is what its script writes; `make deep` measures its table again."""

from __future__ import annotations

import re
from pathlib import Path

from compatibility_page import render_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "compatibilite.md").read_text(encoding="utf-8")


def test_the_page_says_what_its_script_says() -> None:
    """Every paragraph is there; `scripts/compatibility.py` writes the page anew."""
    missing = [part for part in render_page([], {}).split("\n\n") if part.strip() not in PAGE]
    assert missing == []


def test_the_page_names_the_versions_that_are_installed() -> None:
    """Libraries of npm are pinned where they are installed; what was tried is on the page."""
    script = (ROOT / "scripts" / "install-programs").read_text(encoding="utf-8")
    pins = re.findall(r"([a-z-]+)@([0-9.]+)", script)
    names = {"exceljs": "ExcelJS", "xlsx": "SheetJS", "xlsx-populate": "xlsx-populate"}
    assert {name for name, _ in pins} == names.keys()
    for name, number in pins:
        assert f"- {names[name]} {number}\n" in PAGE
