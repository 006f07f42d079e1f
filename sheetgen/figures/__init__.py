"""The register in figures: what was decided, how jurors agreed, as a workbook and as a page.

`tables_of_decisions` makes tables of what the register counts, `tables_of_agreement` of the
marks of closed sessions; `render_book` and `render_page` are the two faces of the same tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.figures.agreement import MarkedSession, SharedMark
    from sheetgen.figures.agreement_tables import tables_of_agreement
    from sheetgen.figures.decided_tables import tables_of_decisions
    from sheetgen.figures.figure_tables import FigureTable
    from sheetgen.figures.figures_book import render_book
    from sheetgen.figures.figures_page import render_page
else:
    __getattr__ = late(
        __name__,
        agreement=("MarkedSession", "SharedMark"),
        agreement_tables=("tables_of_agreement",),
        decided_tables=("tables_of_decisions",),
        figure_tables=("FigureTable",),
        figures_book=("render_book",),
        figures_page=("render_page",),
    )

__all__ = [
    "FigureTable",
    "MarkedSession",
    "SharedMark",
    "render_book",
    "render_page",
    "tables_of_agreement",
    "tables_of_decisions",
]
