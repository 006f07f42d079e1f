"""The hidden columns of the rules' workings, which the formulas of other sheets refer to.

A sheet names the members of a record of cells: what titles them, what a line holds of them and the
formula that lines share are each that member of a record of its own.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sheetgen.consolidation.sheets.table_sheet import TableColumn
from sheetgen.rules import Readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.rules import Addresses


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
