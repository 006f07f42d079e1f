"""The words of docstrings: what a function returns or does, said first."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

RIDDLE = re.compile(
    r"(What|Which|Who|Whose|Whether|Where|When|Why|How|As|Its|Nothing|The same)\b",
)
"""Beginnings that must be read to their end, or beside another docstring, to be understood."""

NOUN = re.compile(r"(The|An?|One|All|Each|Every)\b")
"""Beginnings that suit a class or a module; a function does something."""

MIXED = re.compile(r"[A-Z][a-z]+ [^.;:]*,? (?:and|or) (?:says|tells|returns|gives|writes|notes)\b")
"""An imperative that goes on in the third person."""

ELSEWHERE = re.compile(r"\b(likewise|(?:that|those) (?:cells?|formulas?)|they amount to)\b")
"""Words that send whoever reads a hint to the docstring above it."""

NAME = re.compile(r"`((?:[a-z]+_[a-z0-9_]+|[A-Z][a-z]+[A-Z]\w+)(?:\.\w+)*)(?:\(\))?`")
"""A name of two words and more that a docstring says as code writes it, and its members."""


def test_docstrings_do_not_begin_with_a_riddle() -> None:
    """The first word of a module, a class or a function says something by itself."""
    found = [f"{place}: {line}" for place, _, line in _first_lines() if RIDDLE.match(line)]

    assert found == []


def test_the_tests_own_helpers_are_said_as_plainly() -> None:
    """A test's sentence goes on from its name; modules, fixtures, builders stand by themselves."""
    found = [
        f"{place}: {line}"
        for place, _, line in _first_lines("tests", but="test_")
        if RIDDLE.match(line)
    ]

    assert found == []


def test_functions_are_described_by_a_verb() -> None:
    """« Return the mark », not « The mark »: an imperative, properties included."""
    lines = [(place, line) for place, function, line in _first_lines() if function]

    assert len(lines) > 1000
    assert [f"{place}: {line}" for place, line in lines if NOUN.match(line)] == []


def test_a_function_is_described_by_itself() -> None:
    """« Return an épreuve's values », not « Return what those formulas amount to »."""
    lines = [f"{place}: {line}" for place, function, line in _first_lines() if function]

    assert [line for line in lines if ELSEWHERE.search(line)] == []


def test_names_in_docstrings_are_those_of_today() -> None:
    """A module or a function that was renamed is renamed where it is spoken of, too."""
    told, words = [], set[str]()
    for path in sorted((ROOT / "sheetgen").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        words.update((path.stem, path.parent.name))
        for text in _docstrings(ast.parse(source)):
            source = source.replace(text, "")
            told += [(path.relative_to(ROOT).as_posix(), name) for name in NAME.findall(text)]
        words.update(re.findall(r"\w+", source))

    assert len(told) > 150
    assert [found for found in told if not words.issuperset(found[1].split("."))] == []


def test_functions_go_on_as_they_began() -> None:
    """« Write a line; return its height », not « Write a line and returns its height »."""
    lines = [f"{place}: {line}" for place, function, line in _first_lines() if function]

    assert [line for line in lines if MIXED.match(line.partition(": ")[2])] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("What the juror wrote.", True),
        ("Whether it is blank.", True),
        ("The same over a range.", True),
        ("Return what the juror wrote.", False),
        ("The rows of a sheet.", False),
    ],
)
def test_a_riddle_is_told_by_its_first_words(line: str, *, expected: bool) -> None:
    """The pattern takes the beginnings that were once frequent and leaves plain ones."""
    assert bool(RIDDLE.match(line)) is expected


@cache
def _first_lines(folder: str = "sheetgen", but: str = "-") -> tuple[tuple[str, bool, str], ...]:
    return tuple(_read_first_lines(folder, but))


def _read_first_lines(folder: str, but: str) -> Iterator[tuple[str, bool, str]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = ast.get_docstring(node)
                if text and not getattr(node, "name", "").startswith(but):
                    line = getattr(node, "lineno", 1)
                    yield f"{module}:{line}", isinstance(node, ast.FunctionDef), text.split("\n")[0]


def _docstrings(tree: ast.Module) -> Iterator[str]:
    """Yield the texts that stand by themselves: docstrings, and what follows a constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            text = node.value.value
            if isinstance(text, str) and "`" in text:
                yield text
