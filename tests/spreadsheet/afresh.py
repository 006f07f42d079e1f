"""Readings by a process that has read much, by one that is new, and by one that keeps nothing."""

from __future__ import annotations

import pytest

from sheetgen.spreadsheet import (
    Scope,
    UnreadableWorkbookError,
    containers,
    contents,
    literals,
    markup,
    number_formats,
    read_workbook,
    relations,
    xlsx,
    xlsx_cells,
    xlsx_rows,
)
from sheetgen.spreadsheet.known_pieces import KnownPieces

SCOPES = (
    Scope(),
    Scope(bare=("_sheetgen",)),
    Scope(bare=("BC01",), formula=3),
    Scope(cells=15),
    Scope(formats=True, anywhere=True),
    Scope(formats=True, anywhere=True, alike=False),
    Scope(columns={"BC01": ("Code", "Évaluation")}),
    Scope(sheets=("BC02", "_sheetgen"), left_out=("_sheetgen",)),
)
_REFUSED = "refused: "
_MODULES = (
    *(containers, contents, literals, markup, number_formats),
    *(relations, xlsx, xlsx_cells, xlsx_rows),
)


def told(data: bytes, scope: Scope) -> str:
    """All that is read of a workbook, in its order and to the type, or why it is refused."""
    try:
        return repr(read_workbook(data, scope))
    except UnreadableWorkbookError as refusal:
        said = refusal.kind.code, refusal.sheet, refusal.cell, refusal.values
        return f"{_REFUSED}{said}"


def is_refusal(outcome: str) -> bool:
    """Return whether that is why a workbook is refused."""
    return outcome.startswith(_REFUSED)


def told_afresh(data: bytes, scope: Scope) -> str:
    """Return what is told of it by a process that has read nothing before."""
    _forget()
    with pytest.MonkeyPatch.context() as patch:
        for known in (xlsx_cells._ROWS, xlsx_cells._CELLS, xlsx._TEXTS):  # noqa: SLF001 - nothing else empties them
            patch.setattr(known, "_found", {})
            patch.setattr(known, "_bytes", 0)
        return told(data, scope)


def told_uncut(data: bytes, scope: Scope) -> str:
    """Return what is told of it by one that keeps nothing, and parses each part as it is."""
    _forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnownPieces, "cut", lambda *_, **__: None)
        return told(data, scope)


def _forget() -> None:
    """Have what is looked up by a whole part or a text looked at anew."""
    for module in _MODULES:
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
