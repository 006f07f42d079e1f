"""The page on what happens in real life: its commands print what it quotes, event by event."""

from __future__ import annotations

import re
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


_FILE_OR_CELL = re.compile(
    r"\S*\w\.(?:xlsx|eml|docx)|cellules? \w+(?:, \w+)*|\(BC\d+ [A-Z]\d+\)|outputs/\S+"
)
_CODE = re.compile(r"\b[CJ]\d{1,2}\b(?!\.\d)")
_NAMED = (
    r"\w \((?:J\d\+)*{0}(?:\+J\d)*\)|{0} \(\w+ \w|"
    r"(?:n°|juré) {0} (?:est|s'appelle|porte|de la session)"
)


def test_whoever_is_coded_is_named() -> None:
    """No message of the page gives a candidate or a juror by number or code alone."""
    nameless = [
        (code, message)
        for message in map(without_places, printed_messages())
        for code in dict.fromkeys(_CODE.findall(message))
        if not re.search(_NAMED.format(code), message)
    ]
    assert nameless == []


def printed_messages() -> list[str]:
    """The messages that the page quotes, each on one line."""
    blocks = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)
    lines = "\n".join(blocks).replace("\n  ", " ").splitlines()
    return [line for line in lines if line.startswith(("✘", "▲", "·"))]


def without_places(message: str) -> str:
    """The message without files and cells, whose names hold codes or look like one."""
    return _FILE_OR_CELL.sub("", message.replace("\N{NO-BREAK SPACE}", " "))
