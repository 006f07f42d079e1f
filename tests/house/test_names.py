"""The vocabulary of the product: one name, one class."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_no_two_public_classes_have_one_name() -> None:
    """A class is found by its name alone, and a message about it says which one is meant."""
    modules = defaultdict(list)
    for module, name in _public_classes():
        modules[name].append(module)

    shared = {name: sorted(found) for name, found in modules.items() if len(found) > 1}

    assert len(modules) > 100
    assert shared == {}


TWO_STAGES = frozenset(
    {
        "deliberation", "executing", "extract", "files", "grid", "people", "plan", "referential",
        "rules", "session",
    }
)  # fmt: skip
"""Modules of one name that are one thing at two stages, as the design's glossary lists them."""


def test_modules_of_one_name_are_one_thing_at_two_stages() -> None:
    """A module is spoken of by its bare name; the few that share one are told in the design."""
    names = [path.stem for path in (ROOT / "sheetgen").rglob("*.py") if path.stem != "__init__"]

    assert {name for name in names if names.count(name) > 1} == TWO_STAGES


def test_what_is_decided_goes_by_the_words_of_the_glossary() -> None:
    """A verdict, or somebody's standing, is an outcome, a ruling or a state: which one is said."""
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in sorted((ROOT / "sheetgen").rglob("*.py"))
        for name in sorted(set(OTHER_WORDS.findall(path.read_text(encoding="utf-8"))))
    ]

    assert found == []


OTHER_WORDS = re.compile(r"\b_?(?:[a-z]+_)*(?:verdicts?|standings?)\b(?! in\b)", re.IGNORECASE)
"""Names of code, and words of sentences, that the design's glossary leaves out."""


def _public_classes() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "sheetgen").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield module, node.name
