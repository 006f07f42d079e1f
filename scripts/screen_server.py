"""One LibreOffice with windows, in French, told where to look and asked what it shows, through UNO.

Runs as `office_server.py` does; `screen.py` is its client. What a person does with keyboard and
mouse is not done here, but by xdotool. One workbook is open at a time; pixels are those of the X
display, from its upper left.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import uno
from office_server import LOCALE, JobError, Soffice, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

FRENCH = {
    LOCALE: "fr-FR",
    ("Setup/L10N", "ooLocale"): "fr",
    ("Office.Linguistic/General", "UILocale"): "fr",
}
QUIET = {
    ("Office.Common/Misc", "FirstRun"): "false",
    ("Office.Common/Misc", "ShowTipOfTheDay"): "false",
    ("Office.Common/Save/Document", "WarnAlienFormat"): "false",
    ("Office.Recovery/AutoSave", "Enabled"): "false",
    ("Office.Recovery/RecoveryInfo", "Enabled"): "false",
    ("Setup/Product", "ooSetupLastVersion"): "99.9",
    ("Setup/Product", "LastTimeDonateShown"): "4102444800",
    ("Setup/Product", "LastTimeGetInvolvedShown"): "4102444800",
}
"""No windows of a first run, no tip, no bar that asks for money, no question as a file is saved."""

# com.sun.star.accessibility.AccessibleRole: PAGE_TAB and TABLE.
PAGE_TAB = 38
TABLE = 58
# A table says that it has more cells than anyone could ask for; others are looked into.
MOST_PARTS = 1000
# com.sun.star.awt.PosSize.POSSIZE.
POSITION_AND_SIZE = 15
PIXELS_PER_INCH = 96
HUNDREDTHS_OF_MM_PER_INCH = 2540


def open_file(office: Soffice, job: dict[str, Any]) -> None:
    """Open `source` itself in a window of `width` by `height` pixels; close what was open."""
    close_file(office, job)
    document = office.desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(job["source"]), "_blank", 0, ()
    )
    if document is None:
        message = "LibreOffice cannot open it"
        raise JobError(message)
    window = document.CurrentController.Frame.ContainerWindow
    window.setPosSize(0, 0, job["width"], job["height"], POSITION_AND_SIZE)
    settle(office, job)


def close_file(office: Soffice, job: dict[str, Any]) -> None:
    """Close the open workbook, if any, without saving it."""
    del job
    document = office.desktop.getCurrentComponent()
    if document is not None:
        document.setModified(False)
        document.close(True)  # noqa: FBT003 (UNO takes its arguments by position)


def settle(office: Soffice, job: dict[str, Any]) -> None:
    """Let LibreOffice do all that it has been asked, and draw."""
    del job
    toolkit = office.services.createInstance("com.sun.star.awt.Toolkit")
    for _ in range(3):
        toolkit.processEventsToIdle()
        time.sleep(0.03)


def go(office: Soffice, job: dict[str, Any]) -> None:
    """Show `sheet`, and select its `cell` where one is given."""
    document = _document(office)
    if not document.Sheets.hasByName(job["sheet"]):
        message = f"it has no sheet {job['sheet']}: {', '.join(_visible(document))}"
        raise JobError(message)
    sheet = document.Sheets.getByName(job["sheet"])
    document.CurrentController.setActiveSheet(sheet)
    if job["cell"]:
        document.CurrentController.select(sheet.getCellRangeByName(job["cell"]))
    settle(office, job)


def view(office: Soffice, job: dict[str, Any]) -> dict[str, Any]:
    """Return what is on the screen.

    Returns:
        `area` is `[x, y, width, height]` of the cells, `frozen` the `[width, height]` of what stays
        as one scrolls; `rows` are those seen whole, `heights` theirs, `columns` those seen at least
        in part; `width` is that of all the sheet's columns with something in them; `modified` tells
        whether there is something to save.
    """
    del job
    document = _document(office)
    controller = document.CurrentController
    sheet = controller.ActiveSheet
    panes = [pane.VisibleRange for pane in _panes(controller)]
    tables = [_bounds(table) for table in _parts(controller.ComponentWindow, TABLE)]
    left, top = min(t[0] for t in tables), min(t[1] for t in tables)
    right, bottom = max(t[0] + t[2] for t in tables), max(t[1] + t[3] for t in tables)
    scale = PIXELS_PER_INCH / HUNDREDTHS_OF_MM_PER_INCH * controller.ZoomValue / 100
    heights = {
        row: int(sheet.Rows.getByIndex(row).Height * scale)
        for row in _shown(sheet.Rows, [(p.StartRow, p.EndRow) for p in panes])
    }
    rows, used = [], 0
    for row, height in heights.items():
        used += height
        if used <= bottom - top:
            rows.append(row + 1)
    widths = _shown(sheet.Columns, [(p.StartColumn, p.EndColumn) for p in panes])
    return {
        "sheet": sheet.Name,
        "cell": _cursor(controller),
        "zoom": controller.ZoomValue,
        "area": [left, top, right - left, bottom - top],
        "frozen": [
            max(t[0] for t in tables) - left if controller.SplitColumn else 0,
            max(t[1] for t in tables) - top if controller.SplitRow else 0,
        ],
        "rows": rows,
        "heights": [heights[row - 1] for row in rows],
        "columns": [column + 1 for column in widths],
        "width": _used_width(controller),
        "modified": document.isModified(),
    }


def values(office: Soffice, job: dict[str, Any]) -> list[list[str]]:
    """Return what the cells of `range` on `sheet` show, row by row."""
    cells = _document(office).Sheets.getByName(job["sheet"]).getCellRangeByName(job["range"])
    return [
        [cells.getCellByPosition(column, row).getString() for column in range(cells.Columns.Count)]
        for row in range(cells.Rows.Count)
    ]


def where(office: Soffice, job: dict[str, Any]) -> list[int]:
    """Return the `[x, y, width, height]` of `cell` on the shown sheet, as far as it is seen."""
    controller = _document(office).CurrentController
    address = controller.ActiveSheet.getCellRangeByName(job["cell"]).RangeAddress
    for table in _parts(controller.ComponentWindow, TABLE):
        try:
            cell = table.getAccessibleCellAt(address.StartRow, address.StartColumn)
        except uno.getClass("com.sun.star.lang.IndexOutOfBoundsException"):
            continue
        bounds = _bounds(cell.getAccessibleContext())
        if bounds[2] and bounds[3]:
            return bounds
    message = f"{job['cell']} is not on the screen"
    raise JobError(message)


def tab(office: Soffice, job: dict[str, Any]) -> list[int]:
    """Return the `[x, y, width, height]` of the tab of `sheet`."""
    controller = _document(office).CurrentController
    for part in _parts(controller.ComponentWindow, PAGE_TAB):
        if part.getAccessibleName() == job["sheet"]:
            return _bounds(part)
    message = f"the tab {job['sheet']} is not on the screen"
    raise JobError(message)


def sheets(office: Soffice, job: dict[str, Any]) -> list[str]:
    """Return the names of the sheets that are not hidden, in their order."""
    del job
    return _visible(_document(office))


def _document(office: Soffice) -> Any:
    document = office.desktop.getCurrentComponent()
    if document is None:
        message = "no workbook is open"
        raise JobError(message)
    return document


def _visible(document: Any) -> list[str]:
    return [sheet.Name for sheet in document.Sheets if sheet.IsVisible]


def _panes(controller: Any) -> Iterator[Any]:
    return (controller.getByIndex(index) for index in range(controller.Count))


def _shown(lines: Any, ranges: list[tuple[int, int]]) -> list[int]:
    """Return the rows or columns of these ranges that are not hidden, once each, in their order."""
    found = sorted({line for start, end in ranges for line in range(start, end + 1)})
    return [line for line in found if lines.getByIndex(line).IsVisible]


def _cursor(controller: Any) -> str:
    """Return the address of the cell with the cursor, whatever is selected beside it.

    The data of a view holds, after its zoom, the shown sheet's number, and from the fourth part on
    each sheet's cursor.
    """
    parts = controller.getViewData().split(";")
    column, row = parts[3 + int(parts[1])].replace("+", "/").split("/")[:2]
    cell = controller.ActiveSheet.getCellByPosition(int(column), int(row))
    return str(cell.AbsoluteName).rpartition(".")[2].replace("$", "")


def _used_width(controller: Any) -> int:
    """Return how wide all columns with something in them are, in pixels, seen or not.

    LibreOffice draws columns a little narrower than they say, so that texts break as in print.
    """
    sheet = controller.ActiveSheet
    seen, told = controller.VisibleAreaOnScreen, controller.VisibleArea
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 (UNO takes its arguments by position)
    columns = _shown(sheet.Columns, [(0, cursor.RangeAddress.EndColumn)])
    scale = seen.Width / told.Width
    return sum(int(sheet.Columns.getByIndex(column).Width * scale) for column in columns)


def _parts(window: Any, role: int) -> Iterator[Any]:
    """Yield the parts of a window that have a role, as assistive programs see them."""
    context = window.getAccessibleContext()
    if context.getAccessibleRole() == role:
        yield context
        return
    count = context.getAccessibleChildCount()
    if count < MOST_PARTS:
        for index in range(count):
            yield from _parts(context.getAccessibleChild(index), role)


def _bounds(part: Any) -> list[int]:
    place, size = part.getLocationOnScreen(), part.getSize()
    return [place.X, place.Y, size.Width, size.Height]


ACTIONS = {
    "open": open_file,
    "close": close_file,
    "settle": settle,
    "go": go,
    "view": view,
    "values": values,
    "where": where,
    "tab": tab,
    "sheets": sheets,
}


def main() -> None:
    """Answer the jobs of `screen.py`: the arguments are LibreOffice and the X display."""
    program, display = sys.argv[1:]
    serve(Soffice(program, {**FRENCH, **QUIET}, display), ACTIONS)


if __name__ == "__main__":
    main()
