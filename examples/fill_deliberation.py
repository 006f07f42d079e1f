"""Writes the jury's decisions in the consolidation, as it would: LibreOffice types and saves them.

    python examples/fill_deliberation.py CONSOLIDATION [TARGET]

The decisions are those of deliberation.toml. Cells are found as `sheetgen finalize` finds them.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from office import Change, FillJob, office

from sheetgen.consolidation.layout import DELIBERATION_SHEET
from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury import open_consolidation
from sheetgen.jury.form import CellReader, Form, read_form, said_of
from sheetgen.problems import Problem
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLES = Path(__file__).resolve().parent
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""


class DeliberationMismatchError(Exception):
    """The workbook and the data do not go together; the message says where."""


def plan_changes(consolidation: Path) -> list[Change]:
    """Every cell that the jury fills.

    Raises:
        DeliberationMismatchError: the workbook cannot be read, or lacks a field or a row.
    """
    form = _open_form(consolidation)
    data = tomllib.loads((EXAMPLES / "deliberation.toml").read_text(encoding="utf-8"))
    return [*_fields(form, data["Délibération"]), *_decisions(form, data["Décisions"])]


def _open_form(consolidation: Path) -> Form:
    workbook = open_consolidation(consolidation)
    if isinstance(workbook, Problem):
        raise DeliberationMismatchError(str(workbook))
    reader = CellReader(str(consolidation))
    form = read_form(workbook, reader)
    if form is None or reader.problems:
        raise DeliberationMismatchError("\n".join(map(str, reader.problems)))
    return form


def _fields(form: Form, fields: Mapping[str, object]) -> Iterator[Change]:
    """What stands above the table: adoption, closing, incidents, observations."""
    for label, value in fields.items():
        cell = form.answers[label].cell
        yield Change(sheet=DELIBERATION_SHEET, cell=cell, value=_typed(value))


def _decisions(form: Form, decisions: list[dict[str, str]]) -> Iterator[Change]:
    """What stands in the table, row by row."""
    rows = {said_of(row): row for row in form.rows}
    for item in decisions:
        subject = item[Column.CANDIDATE.value], item[Column.SUBJECT.value]
        row = rows.get((fold(subject[0]), fold(subject[1])))
        if row is None:
            message = f"the consolidation has no row for {' '.join(subject)}"
            raise DeliberationMismatchError(message)
        for column, cell in ((Column.DECISION, row.decision), (Column.REASON, row.reason)):
            if text := item.get(column.value):
                yield Change(sheet=DELIBERATION_SHEET, cell=cell.cell, value=text)


def _typed(value: object) -> str | float:
    """A field as a spreadsheet holds it: a date is a number of days, a time a part of one."""
    if isinstance(value, date):
        return (value - _FIRST_DAY).days
    if isinstance(value, time):
        return (value.hour * 60 + value.minute) / (24 * 60)
    return str(value)


def main() -> None:
    """Fills the workbook, under another name."""
    parser = argparse.ArgumentParser(description="Write the example jury's decisions.")
    parser.add_argument("consolidation", type=Path)
    parser.add_argument("target", nargs="?", type=Path, default=EXAMPLES / "deliberation.xlsx")
    arguments = parser.parse_args()
    changes = plan_changes(arguments.consolidation)
    with office() as libreoffice:
        job = FillJob(source=arguments.consolidation, target=arguments.target, changes=changes)
        libreoffice.fill([job])
    print(f"{len(changes)} cells filled in {arguments.target.name}")


if __name__ == "__main__":
    main()
