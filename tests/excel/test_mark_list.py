"""A mark is offered and checked alike in a grid and in the consolidation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import grid_files
import openpyxl
import pytest
from consolidated import write

from sheetgen.rules import decide_session

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from sheetgen.model import Scale


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The offer of a mark cell: the kind of its validation, its error and the listed values."""

    kind: str
    error: str
    listed: list[object]


def offer(book: Workbook, sheet: str) -> Offer:
    """Return what the first mark cells of a sheet offer."""
    rule = book[sheet].data_validations.dataValidation[0]
    listed: list[object] = []
    if rule.type == "list":
        name, _, cells = str(rule.formula1).partition("!")
        column = book[name.strip("'")][cells.replace("$", "")]
        listed = [cell.value for (cell,) in column]
    return Offer(kind=str(rule.type), error=str(rule.error), listed=listed)


def offers(folder: Path, scale: Scale) -> tuple[Offer, Offer]:
    """Return what a grid offers, and what the consolidation does."""
    known = builders.referential({"C1.1": 1}, scale=scale)
    session = builders.session(known)
    decisions = builders.session_decisions(known, session, decide_session(known, session, {}))
    grid = grid_files.write(known, session).book
    book = openpyxl.load_workbook(write(folder / "c.xlsx", decisions))
    return offer(grid, "BC01"), offer(book, "Critères")


def test_two_hundred_steps_are_listed_in_both_best_first(tmp_path: Path) -> None:
    """Notes from 20 down by tenths, then *Non observé*: 201 notes to choose from."""
    notes = [place / 10 for place in range(200, -1, -1)]
    for found in offers(tmp_path, builders.note_scale(step="1/10")):
        assert found.kind == "list"
        assert found.listed == [*notes, "Non observé"]


def test_more_steps_are_typed_in_both(tmp_path: Path) -> None:
    """201 steps: no list, and the same words where a value is refused."""
    for found in offers(tmp_path, builders.note_scale(maximum=201, step=1)):
        assert (found.kind, found.listed) == ("custom", [])
        assert found.error == "Saisir une note de 0 à 201, par pas de 1, ou « Non observé »."


def test_a_list_goes_from_the_best_to_the_worst_in_both(tmp_path: Path) -> None:
    """Below zero too; whole notes by halves."""
    scale = builders.note_scale(minimum=-1, maximum=1, acquired_from=0)
    for found in offers(tmp_path, scale):
        assert found.listed == [1, 0.5, 0, -0.5, -1, "Non observé"]


def test_levels_are_listed_in_both_in_the_order_of_the_scale(tmp_path: Path) -> None:
    """Highest points first, *Non observé* last."""
    labels = ["Acquis", "Partiellement acquis", "Non acquis", "Non observé"]
    for found in offers(tmp_path, builders.level_scale()):
        assert (found.kind, found.listed) == ("list", labels)


@pytest.mark.parametrize(
    ("maximum", "step", "words"),
    [
        (1_000_000, 1, "de 0 à 1000000, par pas de 1"),
        (Fraction("999999.5"), Fraction("0.5"), "de 0 à 999999,5, par pas de 0,5"),
        (1, Fraction("0.00001"), "de 0 à 1, par pas de 0,00001"),
    ],
)
def test_numbers_are_written_whole_in_both(
    tmp_path: Path, maximum: Fraction | int, step: Fraction | int, words: str
) -> None:
    """A million is no 1e+06, and a small step no 1e-05; no list of a million notes is written."""
    scale = builders.note_scale(maximum=maximum, step=step, acquired_from=1)
    for found in offers(tmp_path, scale):
        assert (found.kind, found.listed) == ("custom", [])
        assert found.error == f"Saisir une note {words}, ou « Non observé »."
