"""Tables of a document, and whether docxtpl would leave them as they are.

docxtpl counts the cells of every row of every table, to mend those whose columns a loop over cells
has changed; hardly any template has such a loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def tables_fit(body: etree._Element) -> bool:
    """Return whether docxtpl's `fix_tables` would change nothing; False where that is not sure."""
    word = f"{{{body.nsmap['w']}}}"
    cell, span = f"{word}tc", f"{word}tcPr/{word}gridSpan"
    spans = [item.get(f"{word}val", "") for item in body.iter(f"{word}gridSpan")]
    if not all(value.isdecimal() and int(value) for value in spans):
        return False
    for table in body.iter(f"{word}tbl"):
        grid = table.find(f"{word}tblGrid")
        if grid is None:
            return False
        columns = len(grid.findall(f"{word}gridCol"))
        widest = 0
        for row in table.iter(f"{word}tr"):
            cells = row.findall(cell)
            if len(cells) > columns:
                return False
            if widest < columns:
                found = [item.find(span) for item in cells] if spans else ()
                more = (int(item.get(f"{word}val", "1")) - 1 for item in found if item is not None)
                widest = max(widest, len(cells) + sum(more))
        if widest < columns:
            return False
    return True
