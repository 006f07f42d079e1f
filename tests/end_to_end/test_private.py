"""Problems that tell of an arrangement: `check` shows them on the screen, no file holds them."""

from __future__ import annotations

import html
import json
import zipfile
from typing import TYPE_CHECKING

from sheetgen.problems import sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Workplace


def test_no_output_holds_a_problem_that_tells_of_a_disability(complete_example: Workplace) -> None:
    """The example has two exemptions without effect: no workbook, table or record says so."""
    report = json.loads(complete_example.run("check", "--json").stdout)
    private = [item for item in report["problems"] if item["code"] in sources.PRIVATE]
    texts = dict(_texts(complete_example.outputs))

    assert len(private) == 2
    assert '"problems"' in texts["decisions.json"]
    assert "Délibération" in texts["consolidation.xlsx/xl/workbook.xml"]
    assert [
        (name, item["code"])
        for name, text in texts.items()
        for item in private
        if any(said in text for said in (item["code"], item["message"], item["hint"]))
    ] == []


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the text of every file, of workbooks part by part."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                for name in package.namelist():
                    yield f"{path.name}/{name}", _plain(package.read(name))
        elif path.is_file():
            yield path.name, _plain(path.read_bytes())


def _plain(data: bytes) -> str:
    return html.unescape(data.decode("utf-8", "replace"))
