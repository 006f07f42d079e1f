"""One LibreOffice with windows, in French, told where to look and asked what it shows, through UNO.

Runs as `office_server.py` does; `screen.py` is its client. What a person does with keyboard and
mouse is not done here, but by xdotool. One workbook is open at a time; pixels are those of the X
display, from its upper left.
"""

from __future__ import annotations

import itertools
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

# com.sun.star.accessibility.AccessibleRole: PAGE_TAB and TABLE, and those in which they lie:
# PAGE_TAB_LIST, PANEL, SCROLL_PANE and DOCUMENT_SPREADSHEET. What else there is changes under way.
PAGE_TAB = 38
TABLE = 58
AROUND = (39, 40, 51, 84)
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
    for _ in range(2):
        toolkit.processEventsToIdle()
        time.sleep(0.02)


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
        as one scrolls; `rows` are those seen whole, `heights` theirs, `columns` those seen
        whole; `width` is that of all the sheet's columns with something in them; `modified` tells
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
    rows = _whole(heights, bottom - top)
    widths = _widths(controller, [(p.StartColumn, p.EndColumn) for p in panes])
    return {
        "sheet": sheet.Name,
        "cell": _cursor(controller),
        "zoom": controller.ZoomValue,
        "area": [left, top, right - left, bottom - top],
        "frozen": [
            max(t[0] for t in tables) - left if controller.SplitColumn else 0,
            max(t[1] for t in tables) - top if controller.SplitRow else 0,
        ],
        "rows": [row + 1 for row in rows],
        "heights": [heights[row] for row in rows],
        "columns": [column + 1 for column in _whole(widths, right - left)],
        "width": sum(_widths(controller, [(0, _last_column(sheet))]).values()),
        "modified": document.isModified(),
    }


def values(office: Soffice, job: dict[str, Any]) -> list[list[str]]:
    """Return what the cells of `range` on `sheet` show, row by row."""
    cells = _document(office).Sheets.getByName(job["sheet"]).getCellRangeByName(job["range"])
    return [
        [
            value if isinstance(value, str) else cells.getCellByPosition(column, row).getString()
            for column, value in enumerate(held)
        ]
        for row, held in enumerate(cells.getDataArray())
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


def cursor(office: Soffice, job: dict[str, Any]) -> str:
    """Return the address of the cell with the cursor."""
    del job
    return _cursor(_document(office).CurrentController)


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


def _widths(controller: Any, ranges: list[tuple[int, int]]) -> dict[int, int]:
    """Return how wide the columns of these ranges are, in pixels, seen or not.

    LibreOffice draws columns a little narrower than they say, so that texts break as in print.
    """
    columns = controller.ActiveSheet.Columns
    scale = controller.VisibleAreaOnScreen.Width / controller.VisibleArea.Width
    found = _shown(columns, ranges)
    return {column: int(columns.getByIndex(column).Width * scale) for column in found}


def _last_column(sheet: Any) -> int:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 (UNO takes its arguments by position)
    return int(cursor.RangeAddress.EndColumn)


def _whole(sizes: dict[int, int], room: int) -> list[int]:
    """Return the first of these rows or columns, as many as the room takes."""
    ends = itertools.accumulate(sizes.values())
    return [line for line, end in zip(sizes, ends, strict=True) if end <= room]


def _parts(window: Any, role: int) -> Iterator[Any]:
    """Yield the parts of a window that have a role, as assistive programs see them."""
    context = window.getAccessibleContext()
    if context.getAccessibleRole() == role:
        yield context
        return
    if context.getAccessibleRole() in AROUND:
        for index in range(context.getAccessibleChildCount()):
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
    "cursor": cursor,
    "tab": tab,
    "sheets": sheets,
}


def main() -> None:
    """Answer the jobs of `screen.py`: the arguments are LibreOffice and the X display."""
    program, display = sys.argv[1:]
    serve(Soffice(program, {**FRENCH, **QUIET}, display), ACTIONS)


if __name__ == "__main__":
    main()
