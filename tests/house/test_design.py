"""The design: a page that is read on paper and in a terminal, whose glossary names real classes."""

from __future__ import annotations

import ast
import re

from conftest import ROOT

DESIGN = ROOT / "docs" / "design.md"
WIDTH = 100


def test_lines_fit_a_terminal() -> None:
    """No line is over 100 columns; a table's row cannot be cut."""
    lines = DESIGN.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > WIDTH and not line.startswith("|")] == []


def test_classes_of_the_glossary_exist() -> None:
    """Each name in its column « Code » and in that of examples is a class of the program."""
    section = DESIGN.read_text(encoding="utf-8").partition("## 2. Glossary")[2].partition("## 3.")
    named = set(re.findall(r"`([A-Z][A-Za-z]+)`", section[0]))
    classes = {
        node.name
        for path in (ROOT / "sheetgen").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }

    assert len(named) > 20
    assert named <= classes
