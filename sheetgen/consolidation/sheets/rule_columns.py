"""The columns that the rules fill: outcome and score, and the hidden workings behind them.

Other sheets refer to the workings. A sheet names the members of a record of cells: what titles
them, what a line holds of them and the formula that lines share are each that member of a record
of its own.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sheetgen.consolidation.sheets.table_sheet import TableColumn
from sheetgen.consolidation.styles import WORDS, Style
from sheetgen.rules import Readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import Term
    from sheetgen.rules import Addresses, AssessmentCells, BlockCells, CompetencyCells


def outcome_columns(
    titles: AssessmentCells[str] | CompetencyCells[str] | BlockCells[str],
    outcomes: type[Term],
    widths: tuple[int, int],
) -> Iterator[TableColumn[Any, Any]]:
    """Yield the columns of the outcome, in its colours, and of the score; widths in characters."""
    outcome_width, score_width = widths
    yield TableColumn(
        titles.outcome,
        outcome_width,
        style=Style.OUTCOME,
        value=attrgetter("values.outcome"),
        formula=attrgetter("formulas.outcome"),
        tones={outcome.value: WORDS[outcome.value] for outcome in outcomes},
    )
    yield TableColumn(
        titles.score,
        score_width,
        style=Style.SCORE,
        value=attrgetter("values.score"),
        formula=attrgetter("formulas.score"),
    )


def working_columns(
    titles: Addresses, *names: str, value: str = "values", formula: str = "formulas"
) -> Iterator[TableColumn[Any, Any]]:
    """Yield a column for each of these members of a record, two for one that has both readings.

    Args:
        titles: the titles of the columns, by member.
        names: the members.
        value: the attribute of a line that holds the values.
        formula: the attribute of a shape that holds the formulas.
    """
    for name in names:
        title = getattr(titles, name)
        readings = Readings("worst", "best") if isinstance(title, Readings) else ()
        for member in [f"{name}.{reading}" for reading in readings] or [name]:
            yield TableColumn(
                attrgetter(member)(titles),
                value=attrgetter(f"{value}.{member}"),
                formula=attrgetter(f"{formula}.{member}"),
            )
