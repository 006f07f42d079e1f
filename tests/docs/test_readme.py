"""The README's tour: its commands work as printed, and print what it shows."""

from __future__ import annotations

import re

import pytest
from make_tour import render_readme
from tour import README, ROOT, read_steps, rewrite_tour

from sheetgen.cli import main


@pytest.fixture(scope="module")
def text() -> str:
    """The README."""
    return README.read_text(encoding="utf-8")


def test_the_tour_prints_what_the_readme_shows(text: str) -> None:
    """Every command of the tour succeeds; `python scripts/make_tour.py` would change nothing."""
    assert render_readme() == text


def test_the_tour_goes_from_check_to_final_decisions(text: str) -> None:
    """It has the steps that `make demo` runs, and ends with what the jury decided."""
    steps = read_steps(text)
    assert [step.name for step in steps] == ["check", "generate", "consolidate", "finalize"]
    assert steps[-1].commands[-1].startswith("sheetgen finalize examples/deliberation.xlsx ")


def test_what_a_command_prints_replaces_what_it_printed() -> None:
    """The prose and the commands stay; a long line is cut at the width of the page."""
    before = "Prose.\n<!-- tour: a -->\n```console\n$ one\nold\n$ two\n```\n<!-- end -->\nMore.\n"
    printed = {"one": "new\n", "two": "x" * 101 + "\nend  \n"}
    assert rewrite_tour(before, printed.__getitem__) == (
        "Prose.\n<!-- tour: a -->\n```console\n$ one\nnew\n$ two\n"
        + "x" * 99
        + "…\nend\n```\n<!-- end -->\nMore.\n"
    )


def test_the_readme_names_every_command(text: str) -> None:
    """Each has its row in the table of commands, and the table has no other."""
    named = re.findall(r"^\| `sheetgen (\w+)", text, re.MULTILINE)
    assert sorted(named) == sorted(main.commands)


def test_the_links_of_the_readme_lead_somewhere(text: str) -> None:
    """Every file and picture that it points to is in the repository."""
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
