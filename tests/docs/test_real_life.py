"""The page on what happens in real life: its commands print what it quotes, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from real_life import PAGE, read_cases, rewrite_cases
from real_life_events import EVENTS
from real_life_stages import Stages

if TYPE_CHECKING:
    from pathlib import Path

TEXT = PAGE.read_text(encoding="utf-8")
CASES = [name for name, _ in read_cases(TEXT)]


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The example session as it goes on, each stage made once."""
    return Stages(tmp_path_factory.mktemp("life"))


def block_of(name: str) -> str:
    """The part of the page that quotes an event."""
    _, found, rest = TEXT.partition(f"<!-- cas : {name} -->")
    return f"{found}{rest.partition('<!-- fin -->')[0]}<!-- fin -->"


@pytest.mark.parametrize("name", CASES)
def test_an_event_prints_what_the_page_quotes(name: str, stages: Stages) -> None:
    """`python scripts/real_life.py` would change nothing; a crash or a traceback fails here."""
    assert rewrite_cases(block_of(name), stages) == block_of(name)


def test_every_event_is_in_the_page() -> None:
    """Each that can be brought about is told, once."""
    assert sorted(CASES) == sorted(EVENTS)


def test_every_question_has_its_answer() -> None:
    """Each title is followed by what to do, in words."""
    sections = TEXT.split("\n### ")[1:]
    assert len(sections) >= 10
    assert [part.splitlines()[0] for part in sections if len(part.splitlines()) < 3] == []


def test_a_quotation_is_renewed(tmp_path: Path) -> None:
    """What stood there gives way to what is printed now; prose and commands stay."""
    before = (
        "Prose.\n<!-- cas : cle-perdue -->\n```console\n$ sheetgen status\nold\n```\n<!-- fin -->\n"
    )
    after = rewrite_cases(before, Stages(tmp_path))
    assert after.startswith(
        "Prose.\n<!-- cas : cle-perdue -->\n```console\n$ sheetgen status\n✘ Erreur "
    )
    assert "old" not in after
