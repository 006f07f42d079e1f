"""A screen with a workbook on it: what a person sees, types and clicks in LibreOffice in French.

`screen(LAPTOP)` gives a `Screen`: an X display of that size that nobody sees (Xvfb), a LibreOffice
of our own on it, xdotool for the keyboard and the mouse, ImageMagick for pictures. Strokes and
clicks are counted; which rows are seen, and where a cell is, LibreOffice says itself.

    with screen(LAPTOP) as shown:
        shown.open(Path("grid.xlsx"))
        shown.click_tab("BC01")
        shown.click("C6")
        shown.press("alt+Down", "Down", "Return")
        shown.picture(Path("x.png"))
        print(shown.view().rows, shown.strokes, shown.clicks)
        filled = shown.save()
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from office import JOB_SECONDS, Driver, OfficeError, driver, find_office

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = "xvfb xdotool imagemagick libreoffice-l10n-fr"
SYSTEM_HEIGHT = 66
"""Of a screen, in pixels: what a window's title and the bar of tasks take from every program."""
COLOURS = 96
"""Of a picture; more is hardly seen, and weighs more."""
SAVE_SECONDS = 30.0
LIST_SECONDS = 0.2
"""How long a list may take to open; a click that comes before is for the cell below."""
# A key is let go before the next: LibreOffice loses some of those that come at once.
KEY_MILLISECONDS = 15

_SERVER = Path(__file__).with_name("screen_server.py")


@dataclass(frozen=True, slots=True)
class Size:
    """A screen's width and height, in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        """Return it as people write it, such as 1366x768."""
        return f"{self.width}x{self.height}"


LAPTOP = Size(1366, 768)
PROJECTOR = Size(1920, 1080)
SIZES = {str(size): size for size in (LAPTOP, PROJECTOR)}


class ScreenMissing(Exception):  # noqa: N818 (it names the state, and is no fault of the code)
    """A program that a screen needs is not installed; the message says what to install."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is seen of a workbook; pixels are those of the display, from its upper left.

    Attributes:
        cell: the address of the one with the cursor.
        zoom: in percent.
        area: left, top, width and height of the cells.
        frozen: width and height of what stays as one scrolls, in pixels.
        rows: numbers of the rows that are seen whole.
        heights: of each of them, in pixels.
        columns: numbers of the columns that are seen whole.
        width: of all columns with something in them, seen or not, in pixels.
        modified: whether something was typed since it was saved.
    """

    sheet: str
    cell: str
    zoom: int
    area: tuple[int, int, int, int]
    frozen: tuple[int, int]
    rows: tuple[int, ...]
    heights: tuple[int, ...]
    columns: tuple[int, ...]
    width: int
    modified: bool


class Screen:
    """A display at work; made by `screen()`.

    Attributes:
        strokes: keys pressed so far; several held together are one.
        clicks: of the mouse so far.
        file: the copy that is open, and that `save` writes.
    """

    def __init__(self, display: str, size: Size, folder: Path, spoken_to: Driver) -> None:
        """Use this display, and a folder for copies."""
        self.strokes = 0
        self.clicks = 0
        self.file = folder
        self._display = display
        self._size = size
        self._folder = folder
        self._driver = spoken_to

    def open(self, source: Path) -> None:
        """Show a copy of a workbook, on the sheet with which it opens; what was open is closed.

        Raises:
            OfficeError: LibreOffice cannot open it.
        """
        self.file = Path(tempfile.mkdtemp(dir=self._folder)) / source.name
        shutil.copyfile(source, self.file)
        self._ask(
            "open",
            source=str(self.file),
            width=self._size.width,
            height=self._size.height - SYSTEM_HEIGHT,
        )
        # The pointer stands beside the cells, where it lights nothing up; keys go where it is.
        self._point(self._size.width - 20, self._size.height // 2)

    def close(self) -> None:
        """Close what is open without saving it; LibreOffice would ask as it leaves."""
        with suppress(OfficeError):
            self._ask("close")

    def sheets(self) -> list[str]:
        """Return the names of the sheets that are not hidden, in their order."""
        names: list[str] = self._ask("sheets")
        return names

    def go(self, sheet: str, cell: str | None = None) -> None:
        """Show a sheet, and select a cell of it, without a stroke or a click."""
        self._ask("go", sheet=sheet, cell=cell)

    def press(self, *keys: str) -> None:
        """Press keys by their names in X, such as "Tab", "alt+Down" or "Return"; each counts."""
        self.strokes += len(keys)
        self._xdotool("key", "--delay", str(KEY_MILLISECONDS), *keys)

    def write(self, text: str) -> None:
        """Type a text; each character is a stroke."""
        self.strokes += len(text)
        self._xdotool("type", "--delay", str(KEY_MILLISECONDS), "--", text)

    def click(self, cell: str, *, holding: str | None = None) -> None:
        """Click on a cell that is seen, perhaps with a key held, such as "ctrl"."""
        x, y, width, height = self.place(cell)
        self.click_at(x + width // 2, y + height // 2, holding=holding)

    def click_arrow(self, cell: str) -> None:
        """Click on the arrow that a selected cell with a list shows at its right."""
        x, y, width, height = self.place(cell)
        self.click_at(x + width + 8, y + height - 8)
        time.sleep(LIST_SECONDS)

    def click_tab(self, sheet: str) -> None:
        """Click on a sheet's tab."""
        x, y, width, height = self._ask("tab", sheet=sheet)
        self.click_at(x + width // 2, y + height // 2)

    def click_at(self, x: int, y: int, *, holding: str | None = None) -> None:
        """Click on a place of the screen."""
        self.clicks += 1
        held = [["keydown", holding], ["keyup", holding]] if holding else [[], []]
        self._point(x, y, *held[0], "click", "1", *held[1])

    def scroll(self) -> None:
        """Turn the wheel of the mouse by one notch over the cells, which is no click."""
        x, y, width, height = self.view().area
        self._point(x + width // 2, y + height // 2, "click", "5")

    def place(self, cell: str) -> tuple[int, int, int, int]:
        """Return left, top, width and height of a cell of the shown sheet, as far as it is seen.

        Raises:
            OfficeError: it is out of view.
        """
        x, y, width, height = self._ask("where", cell=cell)
        return x, y, width, height

    def cursor(self) -> str:
        """Return the address of the cell with the cursor."""
        return str(self._ask("cursor"))

    def view(self) -> View:
        """Return what is seen."""
        answer = self._ask("view")
        return View(
            sheet=answer["sheet"],
            cell=answer["cell"],
            zoom=answer["zoom"],
            area=tuple(answer["area"]),
            frozen=tuple(answer["frozen"]),
            rows=tuple(answer["rows"]),
            heights=tuple(answer["heights"]),
            columns=tuple(answer["columns"]),
            width=answer["width"],
            modified=answer["modified"],
        )

    def values(self, sheet: str, cells: str) -> list[list[str]]:
        """Return what a range of cells shows, row by row."""
        shown: list[list[str]] = self._ask("values", sheet=sheet, range=cells)
        return shown

    def picture(self, target: Path, *, colours: int = COLOURS) -> None:
        """Take a picture of the window, as a PNG file of few colours."""
        self._ask("settle")
        target.parent.mkdir(parents=True, exist_ok=True)
        crop = f"{self._size.width}x{self._size.height - SYSTEM_HEIGHT}+0+0"
        options = ["-crop", crop, "+repage", "+dither", "-colors", str(colours), "-strip"]
        self._run("import", "-window", "root", *options, f"PNG8:{target}")

    def save(self) -> Path:
        """Press Ctrl+S, which is not counted, and return the file once it is written.

        Raises:
            OfficeError: it is not saved in time.
        """
        self._xdotool("key", "ctrl+s")
        deadline = time.monotonic() + SAVE_SECONDS
        while self.view().modified:
            if time.monotonic() > deadline:
                message = f"{self.file.name} was not saved within {SAVE_SECONDS:.0f} seconds"
                raise OfficeError(message)
            time.sleep(0.1)
        return self.file

    def _point(self, x: int, y: int, *then: str) -> None:
        self._xdotool("mousemove", str(x), str(y), *then)

    def _xdotool(self, *arguments: str) -> None:
        self._run("xdotool", *arguments)
        self._ask("settle")

    def _run(self, name: str, *arguments: str) -> None:
        environment = {**os.environ, "DISPLAY": self._display}
        subprocess.run([_found(name), *arguments], env=environment, check=True)

    def _ask(self, action: str, **told: object) -> Any:
        answer = self._driver.ask({"action": action, "timeout": JOB_SECONDS, **told})
        if "error" in answer:
            raise OfficeError(f"{action} {told}: {answer['error']}")  # noqa: EM102, TRY003
        return answer["result"]


@contextmanager
def screen(size: Size) -> Iterator[Screen]:
    """A screen for the length of the block, ended whatever happens in it.

    Raises:
        ScreenMissing: a program is not installed.
        OfficeMissing: LibreOffice is not installed.
    """
    for name in ("xdotool", "import"):
        _found(name)
    with (
        tempfile.TemporaryDirectory(prefix="sheetgen-screen-") as folder,
        _display(size) as display,
        driver(_SERVER, find_office(), display) as answering,
    ):
        shown = Screen(display, size, Path(folder), answering)
        try:
            yield shown
        finally:
            shown.close()


@contextmanager
def _display(size: Size) -> Iterator[str]:
    """An X display of our own, which chooses its number itself."""
    reading, writing = os.pipe()
    # It would start anew as its last client leaves, and LibreOffice comes as two, one by one.
    options = ["-screen", "0", f"{size}x24", "-dpi", "96", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(
        [_found("Xvfb"), "-displayfd", str(writing), *options],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            if not number:
                message = "Xvfb ended at once"
                raise OfficeError(message)
            yield f":{number}"
        finally:
            running.terminate()


def _found(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        message = f"{name} was not found. Install, on Debian or Ubuntu: apt-get install {PACKAGES}"
        raise ScreenMissing(message)
    return path
