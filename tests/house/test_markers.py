"""Tests are marked by what they need of a machine, to be left out where that is missing."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from conftest import OFFICE_FIXTURES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE = re.compile(r"(?<!\w)(?:find_)?office\(|find_libreoffice\(\)")
"""A call that starts LibreOffice, or looks for it."""

SYSTEMS = re.compile(
    r"SIGKILL|killpg|send_signal|mkfifo|symlink_to|S_IMODE|rlimit|on_a_terminal\(|/bin/sh|/dev/full"
    r"|(?<!\w)(?:is_killed|run_on_full_disk|die_at_seven)\b"
)
"""What Windows, or whatever is not Linux, does not have."""

SETTINGS = re.compile(r"(?<![@\w])settings\(")
"""The call that says how many cases a property test tries."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_whoever_starts_libreoffice_is_marked_for_it() -> None:
    """By the name of a fixture that the collection knows, or by the mark of its module."""
    starters = [
        (module, function.name)
        for module, function, _ in _functions()
        if OFFICE.search(_code(function))
    ]

    assert {name for _, name in starters} >= OFFICE_FIXTURES
    unmarked = {module for module, name in starters if name not in OFFICE_FIXTURES}
    assert {module for module in unmarked if "mark.office" not in _mark_of(module)} == set()


def test_whoever_needs_a_system_is_marked_for_it() -> None:
    """The test itself, one of its values, or its module."""
    needing = {
        (module, function.name)
        for module, function, decorators in _functions()
        if function.name.startswith("test_")
        and SYSTEMS.search(_code(function))
        and not re.search(r"mark\.(?:posix|linux|office)", decorators + _mark_of(module))
    }

    assert needing == set()


def test_property_tests_say_how_many_cases_they_try_in_one_way() -> None:
    """By `tries`, so that `make deep` tries more of each; of `sample_scenarios` it is the point."""
    saying = {
        (module, function.name)
        for module, function, decorators in _functions()
        if SETTINGS.search(decorators)
    }

    assert saying == {("tests/strategies.py", "collect")}


def _functions() -> Iterator[tuple[str, Function, str]]:
    """Yield each function of the suite with its module and the text of its decorators."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield module, node, " ".join(map(ast.unparse, node.decorator_list))


def _mark_of(module: str) -> str:
    """Return the text of a module's `pytestmark`, empty where it has none."""
    text = (ROOT / module).read_text(encoding="utf-8")
    return "".join(re.findall(r"^pytestmark = .*$", text, re.MULTILINE))


def _code(function: Function) -> str:
    """Return what a function does, without its docstring."""
    return "\n".join(ast.unparse(statement) for statement in function.body[1:])
