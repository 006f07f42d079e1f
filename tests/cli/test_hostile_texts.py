"""The name and content of a juror's file never reach a terminal, a mail or a workbook raw."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from returns.desk import raw_cell

if TYPE_CHECKING:
    from conftest import Workplace

NAME = "gr\x1b[31mille\u202e.xlsx"
MARK = "_x001B_]0;pwn_x0007_Acquis\u202e"


@pytest.fixture
def received(workplace: Workplace) -> Workplace:
    """A folder where such a file came back."""
    workplace.run("generate", "--no-reports")
    (grid,) = (workplace.outputs / "grilles" / "J1").glob("grille_C01_*.xlsx")
    data = raw_cell(grid.read_bytes(), "BC01", "C6", f"inlineStr|<is><t>{MARK}</t></is>")
    (workplace.outputs / "retours" / NAME).write_bytes(data)
    return workplace


def hidden(text: str) -> set[str]:
    """The characters of a text that act, or are not seen, line ends and tabs apart."""
    return {
        letter
        for letter in text
        if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter not in "\n\t"
    }


def test_nothing_is_shown_or_sent_raw(received: Workplace) -> None:
    """Terminal, messages to jurors, the sheet of problems; signs stand in their place."""
    done = received.run("consolidate", "--no-reports")
    assert done.exit_code == 1
    assert hidden(done.output) == set()
    assert "gr␛[31mille\\u202e.xlsx" in done.output
    message = (received.outputs / "corrections" / "message_J1.txt").read_text("utf-8")
    assert hidden(message) == set()
    assert "␛]0;pwn␇Acquis\\u202e" in message
    book = load_workbook(received.outputs / "consolidation" / "consolidation.xlsx")
    texts = [str(cell.value) for row in book["Anomalies"].iter_rows() for cell in row if cell.value]
    assert set().union(*map(hidden, texts)) == set()
    assert any("_x001B_" in text or "␛" in text for text in texts)


def test_json_keeps_what_was_written_and_escapes_it(received: Workplace) -> None:
    """A program reads the name to the letter; a terminal that shows the JSON is safe."""
    done = received.run("status", "--json")
    report = json.loads(done.stdout)
    assert [item["file"] for item in report["returns"]] == [NAME]
    assert hidden(done.stdout) == set()
