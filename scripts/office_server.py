"""One headless LibreOffice, driven through UNO: a job per line of JSON in, an answer per line out.

Runs under a Python that has UNO (the system's, seldom the project's); `office.py` is its client and
the only one who knows the protocol. A job is an object with `action`, `timeout` in seconds and what
the action needs; an answer holds `result`, or `error` with a message. The end of the input, or
SIGTERM, ends the program and its LibreOffice. UNO objects have no types: they are `Any` here.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uno
from com.sun.star.beans import PropertyValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Actions = Mapping[str, Callable[["Soffice", dict[str, Any]], Any]]

START_SECONDS = 90
STOP_SECONDS = 10

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
TEXT = "com.sun.star.text.TextDocument"

FILTERS = {
    (SPREADSHEET, ".xlsx"): "Calc MS Excel 2007 XML",
    (SPREADSHEET, ".xlsm"): "Calc MS Excel 2007 VBA XML",
    (SPREADSHEET, ".xls"): "MS Excel 97",
    (SPREADSHEET, ".ods"): "calc8",
    (SPREADSHEET, ".fods"): "OpenDocument Spreadsheet Flat XML",
    (SPREADSHEET, ".pdf"): "calc_pdf_Export",
    (TEXT, ".docx"): "MS Word 2007 XML",
    (TEXT, ".odt"): "writer8",
    (TEXT, ".pdf"): "writer_pdf_Export",
    (TEXT, ".txt"): "Text (encoded)",
}

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
SETTING = """<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">\
<value>{value}</value></prop></item>"""

LOCALE = ("Setup/L10N", "ooSetupSystemLocale")
"""For numbers and dates; without it, the machine's holds."""

# com.sun.star.sheet.CellFlags: VALUE, DATETIME and FORMULA.
NUMBERS = 1 | 2 | 16

# com.sun.star.sheet.FormulaResult.ERROR, as a plain number that UNO passes on.
FORMULA_ERROR = 4


class JobError(Exception):
    """A job that cannot be done, with the message that its sender gets."""


class Soffice:
    """A LibreOffice process of our own: its profile is temporary and nobody else talks to it.

    Attributes:
        settings: what its profile holds, by path and name below `org.openoffice`.
        display: the X display on which its windows are shown; none for one that shows nothing.
    """

    def __init__(
        self, program: str, settings: Mapping[tuple[str, str], str], display: str = ""
    ) -> None:
        self._program = program
        self._settings = settings
        self._display = display
        self._process: subprocess.Popen[bytes] | None = None
        self.services: Any = None
        self._desktop: Any = None
        self.folder = Path(tempfile.mkdtemp(prefix="sheetgen-office-"))

    @property
    def desktop(self) -> Any:
        """The desktop service of a running LibreOffice, started now where it is not."""
        if not self._running():
            self._start()
        return self._desktop

    def _start(self) -> None:
        pipe = f"sheetgen-{uuid.uuid4().hex}"
        profile = self.folder / f"profile-{pipe}"
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        items = [
            SETTING.format(path=path, name=name, value=value)
            for (path, name), value in self._settings.items()
        ]
        settings.write_text(SETTINGS.format(items="\n".join(items)), encoding="utf-8")
        shown = {"DISPLAY": self._display} if self._display else {}
        self._process = subprocess.Popen(
            [
                self._program,
                f"-env:UserInstallation={profile.as_uri()}",
                *([] if self._display else ["--headless", "--invisible"]),
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
                f"--accept=pipe,name={pipe};urp;",
            ],
            env={**os.environ, **shown, "TMPDIR": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._desktop = self._connect(pipe)

    def _connect(self, pipe: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._running():
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except uno.getClass("com.sun.star.connection.NoConnectException"):
                time.sleep(0.1)
            else:
                self.services = context.ServiceManager
                return self.services.createInstance("com.sun.star.frame.Desktop")
        self.kill()
        message = f"LibreOffice ended at once, or did not start within {START_SECONDS} seconds"
        raise JobError(message)

    def _running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """Ends the process and its children at once; the next job starts another."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """Asks LibreOffice to leave, makes it leave, and removes its profile."""
        if self._process is not None and self._running():
            watchdog = threading.Timer(STOP_SECONDS, self.kill)
            watchdog.start()
            # The bridge breaks while the office leaves: that is the answer hoped for.
            with contextlib.suppress(uno.getClass("com.sun.star.uno.Exception")):
                self._desktop.terminate()
            self._process.wait()
            watchdog.cancel()
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def open(self, source: str, *, hidden: bool = True) -> Iterator[Any]:
        """A copy of the file, opened, so that neither it nor its folder is touched; then closed.

        One that is not hidden, though nobody sees it, is saved with what a window keeps in sight.
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            copy = shutil.copy(source, folder)
            document = self.desktop.loadComponentFromURL(
                Path(copy).as_uri(), "_blank", 0, (_property("Hidden", value=hidden),)
            )
            if document is None:
                message = "LibreOffice cannot open it"
                raise JobError(message)
            try:
                yield document
            finally:
                document.close(True)  # noqa: FBT003 (UNO takes its arguments by position)


def _property(name: str, *, value: object) -> Any:
    item = PropertyValue()
    item.Name = name
    item.Value = value
    return item


def _save(document: Any, target: str) -> None:
    path = Path(target)
    for (service, ending), name in FILTERS.items():
        if ending == path.suffix.lower() and document.supportsService(service):
            document.storeToURL(path.absolute().as_uri(), (_property("FilterName", value=name),))
            return
    message = f"it cannot be saved as {path.suffix or 'a file without an ending'}"
    raise JobError(message)


def _type_all(document: Any, changes: list[dict[str, Any]]) -> None:
    """Write each change into its cell; every call to LibreOffice counts, so few are made."""
    sheets: dict[str, tuple[Any, bool]] = {}
    document.lockControllers()  # nobody sees it: drawn once all is typed, not after each cell
    for change in changes:
        name, address = change["sheet"], change["cell"]
        if name not in sheets:
            if not document.Sheets.hasByName(name):
                message = f"it has no sheet {name}"
                raise JobError(message)
            found = document.Sheets.getByName(name)
            sheets[name] = found, found.isProtected()
        sheet, protected = sheets[name]
        cell = sheet.getCellRangeByName(address)
        if protected and cell.CellProtection.IsLocked:
            message = f"{name}!{address} is locked"
            raise JobError(message)
        _type_in(cell, change["value"], formula=change["formula"])
    document.unlockControllers()


def _type_in(cell: Any, value: str | float | None, *, formula: bool) -> None:
    if value is None:
        cell.setFormula("")
    elif formula:
        cell.setFormula(value)
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def fill(office: Soffice, job: dict[str, Any]) -> None:
    """Opens `source`, writes each of `changes` and saves as `target`."""
    with office.open(job["source"], hidden=False) as document:
        _type_all(document, job["changes"])
        _save(document, job["target"])


def convert(office: Soffice, job: dict[str, Any]) -> None:
    """Opens `source` and saves it as `target`, in the format that its ending names."""
    with office.open(job["source"]) as document:
        _save(document, job["target"])


def recalculate(office: Soffice, job: dict[str, Any]) -> dict[str, Any]:
    """Every cell's value in `source` after a full recalculation, and the formulas in error.

    Returns:
        `sheets`: for each sheet its rows from A1 on, as far as it is used, an empty cell being "";
        `errors`: `[sheet, cell, text shown]` for each formula in error.
    """
    with office.open(job["source"]) as document:
        return _recalculated(document)


def try_out(office: Soffice, job: dict[str, Any]) -> list[dict[str, Any]]:
    """Every cell's value in `source`, as `recalculate` gives them, before and after `changes`."""
    with office.open(job["source"]) as document:
        before = _recalculated(document)
        _type_all(document, job["changes"])
        return [before, _recalculated(document)]


def _recalculated(document: Any) -> dict[str, Any]:
    document.calculateAll()
    sheets: dict[str, list[list[object]]] = {}
    errors: list[list[str]] = []
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 (UNO takes its arguments by position)
        end = cursor.RangeAddress
        used = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        sheets[sheet.Name] = [list(row) for row in used.getDataArray()]
        errors.extend(_errors_of(sheet))
    return {"sheets": sheets, "errors": errors}


def show(office: Soffice, job: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """What is seen of each number, date and formula of `source`, by sheet and area.

    Returns:
        `[first column, first row, rows]` each; a cell of a row is `[text shown, content in English,
        number format in the profile's language]`.
    """
    with office.open(job["source"]) as document:
        formats = document.NumberFormats
        named = functools.cache(lambda key: formats.getByKey(key).FormatString)
        return {
            sheet.Name: [
                [area.StartColumn, area.StartRow, _shown(sheet, area, named)]
                for area in sheet.queryContentCells(NUMBERS).getRangeAddresses()
            ]
            for sheet in document.Sheets
        }


def _shown(sheet: Any, area: Any, named: Callable[[int], str]) -> list[list[list[str]]]:
    cells = sheet.getCellRangeByPosition(
        area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
    )
    return [
        [
            [cell.getString(), content, named(cell.NumberFormat)]
            for column, content in enumerate(contents)
            for cell in [cells.getCellByPosition(column, row)]
        ]
        for row, contents in enumerate(cells.getFormulaArray())
    ]


def _cells_of(sheet: Any, area: Any) -> Iterator[Any]:
    for row in range(area.StartRow, area.EndRow + 1):
        for column in range(area.StartColumn, area.EndColumn + 1):
            yield sheet.getCellByPosition(column, row)


def _address(cell: Any) -> str:
    return str(cell.AbsoluteName).rpartition(".")[2].replace("$", "")


def _errors_of(sheet: Any) -> list[list[str]]:
    return [
        [sheet.Name, _address(cell), cell.getString()]
        for area in sheet.queryFormulaCells(FORMULA_ERROR).getRangeAddresses()
        for cell in _cells_of(sheet, area)
    ]


ACTIONS = {
    "fill": fill,
    "convert": convert,
    "recalculate": recalculate,
    "try out": try_out,
    "show": show,
}


def answer(office: Soffice, actions: Actions, job: dict[str, Any]) -> dict[str, Any]:
    """What the job's sender gets; LibreOffice is ended where it does not answer in time."""
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        office.kill()

    try:
        _ = office.desktop  # its start does not count in the job's time
        watchdog = threading.Timer(job["timeout"], expire)
        watchdog.start()
        try:
            return {"result": actions[job["action"]](office, job)}
        finally:
            watchdog.cancel()
            watchdog.join()
    except JobError as failure:
        return {"error": str(failure)}
    except OSError as failure:
        return {"error": failure.strerror or str(failure)}
    except uno.getClass("com.sun.star.uno.Exception") as failure:
        if isinstance(failure, uno.getClass("com.sun.star.lang.DisposedException")):
            office.kill()  # it is gone or will not answer again; the next job has a new one
        if expired.is_set():
            return {"error": f"LibreOffice did not finish within {job['timeout']} seconds"}
        return {"error": f"LibreOffice reports: {getattr(failure, 'Message', '') or failure}"}


def serve(office: Soffice, actions: Actions) -> None:
    """Answers jobs from the standard input until it ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the client decides; it closes our input
    try:
        for line in sys.stdin:
            print(json.dumps(answer(office, actions, json.loads(line))), flush=True)
    finally:
        office.stop()


def main() -> None:
    """Answers the jobs of `office.py`; the first argument is LibreOffice, the second a locale."""
    program, *locale = sys.argv[1:]
    serve(Soffice(program, {LOCALE: locale[0]} if locale else {}), ACTIONS)


if __name__ == "__main__":
    main()
