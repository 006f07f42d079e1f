"""Prepare for the rivals a session that sheetgen has worked on: `prepare.py WHAT FOLDER`.

- `cells`: every cell of the workbooks that `consolidate` wrote;
- `reports`, `papers`: the context of each document that `consolidate` or `finalize` makes;
- `compare`: whether what docxtpl made of them says the same, word for word.
"""

from __future__ import annotations

import io
import pickle
import sys
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree
from rivals import WRITTEN, rendered
from sessions import CODE, REFERENTIAL, ROOT

from sheetgen import commands
from sheetgen.commands import FinalizeRequest, Inputs, Options
from sheetgen.documents import WordTemplate

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TOLD = "texts.pickle"
"""The text of each document, as sheetgen made it."""

Cell = tuple[int, int, int, str, str | float | None]
"""Row and column from 0, style, formula and value."""


def cells(folder: Path) -> None:
    """Keep the cells of the consolidation."""
    place = folder / "outputs" / CODE / "consolidation"
    books = [place / "consolidation.xlsx", *sorted(place.glob("blocs/*.xlsx"))]
    _keep(folder / WRITTEN, {path.name: _sheets(path) for path in books})


def _sheets(path: Path) -> dict[str, list[Cell]]:
    with zipfile.ZipFile(path) as archive:
        names = [
            item.get("name", "")
            for item in etree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        ]
        strings = [
            "".join(item.itertext())
            for item in etree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        return {
            name: _cells(archive.read(f"xl/worksheets/sheet{place}.xml"), strings)
            for place, name in enumerate(names, 1)
        }


def _cells(sheet: bytes, strings: list[str]) -> list[Cell]:
    found: list[Cell] = []
    for _, cell in etree.iterparse(io.BytesIO(sheet), tag=f"{_MAIN}c"):
        address = cell.get("r", "")
        letters = address.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - 64
        said = cell.findtext(f"{_MAIN}v")
        value: str | float | None = said
        match cell.get("t"):
            case "s":
                value = strings[int(said or 0)]
            case "inlineStr":
                value = "".join(cell.itertext())
            case "str" | "e":
                value = said or ""
            case _:
                value = float(said) if said else said
        formula = cell.findtext(f"{_MAIN}f") or ""
        found.append(
            (int(address[len(letters) :]) - 1, column - 1, int(cell.get("s", 0)), formula, value)
        )
        cell.clear()
    return found


def contexts(folder: Path, what: str) -> None:
    """Make `reports` or `papers`, and keep what each is filled with and says."""
    kept: list[tuple[Path, object]] = []
    told: list[str] = []
    fill = WordTemplate.fill

    def noted(self: WordTemplate, filling: Any) -> bytes:
        data = fill(self, filling)
        kept.append((ROOT / "templates" / self.name, filling.context))
        told.append(_text(data))
        return data

    WordTemplate.fill = noted  # type: ignore[method-assign] # the one place where all are made
    place = folder / "outputs" / CODE
    inputs = Inputs(
        referential=REFERENTIAL,
        session=folder / "session.xlsx",
        templates=ROOT / "templates",
        output=folder / "outputs",
    )
    if what == "reports":
        commands.consolidate(inputs, (), Options())
    else:
        request = FinalizeRequest(consolidation=place / "consolidation" / "jury.xlsx")
        commands.finalize(inputs, request, Options())
    _keep(folder / rendered(what), kept)
    _keep(folder / TOLD, told)


def compare(folder: Path) -> None:
    """Compare the documents of both sides.

    Raises:
        SystemExit: two of them differ.
    """
    told = pickle.loads((folder / TOLD).read_bytes())  # noqa: S301 - made above
    for number, expected in enumerate(told):
        if _text((folder / "docxtpl" / f"{number}.docx").read_bytes()) != expected:
            message = f"document {number} differs"
            raise SystemExit(message)


def _text(document: bytes) -> str:
    """Return what a document's body says."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return "".join(etree.fromstring(package.read("word/document.xml")).itertext())


def _keep(path: Path, found: object) -> None:
    path.write_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


def main() -> None:
    """Prepare what the command line names."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    match what:
        case "cells":
            cells(folder)
        case "compare":
            compare(folder)
        case _:
            contexts(folder, what)


if __name__ == "__main__":
    main()
