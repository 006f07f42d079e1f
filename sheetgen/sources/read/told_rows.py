"""People of the session's rows, as messages name them before there is a record of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import told_person

if TYPE_CHECKING:
    from sheetgen.sources.read.tables import Row


def told_in(row: Row) -> str:
    """Return the person of a row of « Candidats » or « Jurés » as messages name them."""
    code = "code" if "code" in row.cells else "id"
    return told_person(f"{row.shown('first_name')} {row.shown('last_name')}", row.shown(code))
