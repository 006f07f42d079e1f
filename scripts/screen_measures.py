"""Measures what a juror and a jury see and do on a screen: rows, screens, strokes, clicks, pages.

`make_pictures.py` has the example's files measured, and writes the figures on `docs/ecran.md`.
Nothing here is counted by eye or by rule: strokes and clicks are made, and the marks that they gave
are read back; which rows are seen, LibreOffice says. The grids are blank, and their marks those of
`examples/marks.csv` for the candidate and juror that each file is named after.
"""

from __future__ import annotations

import csv
import string
import subprocess
import tempfile
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from example_files import EXAMPLES, LETTERS, MARKS
from office import OfficeError, office
from screen import LAPTOP, SIZES, Screen, screen

from sheetgen.model import NOT_OBSERVED
from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from example_files import ExampleFiles

    Way = Callable[["Screen", "Criterion", "Column"], None]

BLOCK = "BC"
"""How the names of the example's blocs' sheets begin."""
FIRST_COMPETENCY = "C1.1."
DELIBERATION = "Délibération"
CARD = "Fiche"
CARD_CANDIDATE = "C09"
MARK_HEADER = "Évaluation"
SUBJECT_HEADER = "Objet"
DECISION_HEADER = "Décision du jury"
COLUMNS = string.ascii_uppercase
MOST_HEADINGS = 20
MOST_ROWS = 200
MOST_LINKS = 3
ENTRY_HEIGHT = 16
"""Of a list's entry, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one size of screen shows.

    Attributes:
        criteria: whole on the first screen of the first bloc.
        screens: that one turns, by Page Down, to see every criterion.
        lines: of decisions, whole on the first screen of the deliberation.
        headers: of the columns that are whole beside them.
        frozen: height of what stays as one scrolls there, in pixels.
    """

    criteria: int
    screens: int
    lines: int
    headers: tuple[str, ...]
    frozen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What marking takes, by one way: for the first competency, and for every criterion.

    Strokes come before clicks. Clicks on a bloc's tab are counted in all, and in no competency.
    """

    competency: tuple[int, int]
    every: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All that is compared.

    Attributes:
        criteria: of the grid.
        seen: by size of screen.
        efforts: by way of marking.
        candidate: to have before one's eyes all that there is of one candidate.
        printed: pages of the grid.
        paper: pages of the form to fill in by pen.
    """

    criteria: int
    seen: Mapping[str, Seen]
    efforts: Mapping[str, Effort]
    candidate: tuple[int, int]
    printed: int
    paper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion's row in a grid, and the mark that it is to have."""

    code: str
    sheet: str
    row: int
    mark: str


@dataclass(slots=True)
class Column:
    """The column of marks: its letter, what its list offers, what was typed so far, by sheet."""

    letter: str
    labels: Sequence[str]
    typed: dict[str, set[str]]

    def cell(self, criterion: Criterion) -> str:
        """Return the address of a criterion's mark."""
        return f"{self.letter}{criterion.row}"


def by_mouse(shown: Screen, criterion: Criterion, column: Column) -> None:
    """Click on the cell, on its arrow, and on the entry of the list; turn the wheel before."""
    cell = column.cell(criterion)
    left, top, _, height = _brought(shown, cell, ENTRY_HEIGHT * (len(column.labels) + 1))
    shown.click(cell)
    shown.click_arrow(cell)
    entry = column.labels.index(criterion.mark)
    shown.click_at(left + 20, top + height + ENTRY_HEIGHT * entry + ENTRY_HEIGHT // 2)


def _brought(shown: Screen, cell: str, room: int) -> tuple[int, int, int, int]:
    """Turn the wheel until a cell is seen with room below it, in pixels; return where it is."""
    _, start, _, height = shown.view().area
    for _ in range(MOST_ROWS):
        with suppress(OfficeError):
            place = shown.place(cell)
            if place[1] + place[3] + room <= start + height:
                return place
        shown.scroll()
    message = f"{cell} is never seen"
    raise ValueError(message)


def by_tab(shown: Screen, criterion: Criterion, column: Column) -> None:
    """Open the list, choose by letter, confirm, and go on over the remark by Tab.

    Where a link stands between two criteria, it takes one Tab more.
    """
    for _ in range(MOST_LINKS):
        if shown.cursor() == column.cell(criterion):
            break
        shown.press("Tab")
    letter = criterion.mark[0].lower()
    same = [label for label in column.labels if label[0].lower() == letter]
    choice = [letter] * (same.index(criterion.mark) + 1)
    shown.press("alt+Down", *choice, "Return", "Tab", "Tab")


def by_letters(shown: Screen, criterion: Criterion, column: Column) -> None:
    """Type as little of the mark as LibreOffice completes, which knows those above, and Enter."""
    above = column.typed.setdefault(criterion.sheet, set())
    text = criterion.mark
    if text in above:
        others = [label for label in above if label != text]
        length = 1
        while any(other[:length] == text[:length] for other in others):
            length += 1
        text = text[:length].lower()
    above.add(criterion.mark)
    shown.write(text)
    shown.press("Return")


def by_shortcuts(shown: Screen, criterion: Criterion, column: Column) -> None:
    """Type the letter that stands for the mark, and Enter."""
    del column
    shown.write(LETTERS[criterion.mark].lower())
    shown.press("Return")


WAYS: Mapping[str, Way] = {
    "mouse": by_mouse,
    "Tab": by_tab,
    "letters": by_letters,
    "shortcuts": by_shortcuts,
}


def measure(files: ExampleFiles) -> Measures:
    """Measure what is seen of the example's files, and typed into them, for minutes."""
    grid = files.blank
    seen, criteria, candidate = {}, 0, (0, 0)
    for name, size in SIZES.items():
        with screen(size) as shown:
            shown.open(grid)
            found = list(_criteria(shown, marks_of(grid)))
            criteria = len(found)
            first, screens = _on_first_screen(shown, found), _screens(shown, found)
            shown.open(files.consolidation)
            lines, headers, frozen = _deliberation(shown)
            candidate = _card(shown)
            seen[name] = Seen(
                criteria=first, screens=screens, lines=lines, headers=headers, frozen=frozen
            )
    with tempfile.TemporaryDirectory() as folder, office() as libreoffice:
        printed = libreoffice.convert([grid, files.paper], Path(folder), ".pdf")
        pages, on_paper = map(_pages, printed)
    return Measures(
        criteria=criteria,
        seen=seen,
        efforts=dict(_efforts(files)),
        candidate=candidate,
        printed=pages,
        paper=on_paper,
    )


def fill(shown: Screen, grid: Path, way: Way, competency: str = "") -> Iterator[Criterion]:
    """Open a blank grid and mark it by one way; a criterion at a time, in the grid's order.

    Args:
        shown: where.
        grid: the blank one.
        way: how.
        competency: the code of the only one to mark; every one where it is blank.

    Raises:
        ValueError: a mark is not what was to be typed.
    """
    shown.open(grid)
    every = list(_criteria(shown, marks_of(grid)))
    found = [criterion for criterion in every if criterion.code.startswith(competency)]
    column = _column(shown, found[0].sheet)
    sheet = ""
    for criterion in found:
        if criterion.sheet != sheet:
            sheet = criterion.sheet
            shown.click_tab(sheet)
            if shown.cursor() != column.cell(criterion):
                shown.click(column.cell(criterion))
        way(shown, criterion, column)
        yield criterion
    for criterion in found:
        cell = column.cell(criterion)
        ((mark,),) = shown.values(criterion.sheet, f"{cell}:{cell}")
        if mark != criterion.mark and (
            way is not by_shortcuts or mark.upper() != LETTERS[criterion.mark]
        ):
            message = f"{way.__name__}, {criterion.code}: {mark!r} for {criterion.mark!r}"
            raise ValueError(message)


def _efforts(files: ExampleFiles) -> Iterator[tuple[str, Effort]]:
    with screen(LAPTOP) as shown:
        for name, way in WAYS.items():
            grid = files.lettered if way is by_shortcuts else files.blank
            shown.strokes = shown.clicks = 0
            deque(fill(shown, grid, way, FIRST_COMPETENCY), maxlen=0)
            competency = shown.strokes, shown.clicks - 1  # the first chose the bloc's tab
            shown.strokes = shown.clicks = 0
            deque(fill(shown, grid, way), maxlen=0)
            yield name, Effort(competency=competency, every=(shown.strokes, shown.clicks))


def marks_of(grid: Path) -> Mapping[str, str]:
    """Return the marks by criterion of the candidate and juror that the file is named after."""
    _, candidate, juror, *_ = grid.stem.split("_")
    with MARKS.open(encoding="utf-8", newline="") as file:
        return {
            row["critère"]: row["évaluation"]
            for row in csv.DictReader(file, delimiter=";")
            if (row["candidat"], row["juré"]) == (candidate, juror)
        }


def _criteria(shown: Screen, marks: Mapping[str, str]) -> Iterator[Criterion]:
    for sheet in shown.sheets():
        if not sheet.startswith(BLOCK):
            continue
        for row, (code,) in enumerate(shown.values(sheet, f"A1:A{MOST_ROWS}"), start=1):
            if code in marks:
                yield Criterion(code=code, sheet=sheet, row=row, mark=marks[code])


def _column(shown: Screen, sheet: str) -> Column:
    letter = _headers(shown, sheet, MARK_HEADER)[MARK_HEADER]
    referential, problems = read_referential(EXAMPLES / "referential.xlsx")
    if referential is None:
        raise ValueError(problems)
    labels = [*(level.label for level in referential.scale.levels), NOT_OBSERVED]
    return Column(letter=letter, labels=labels, typed={})


def _headers(shown: Screen, sheet: str, wanted: str) -> dict[str, str]:
    """Return the letter of each header's column, in the row where one is found.

    Raises:
        ValueError: there is none.
    """
    for row in shown.values(sheet, f"A1:{COLUMNS[-1]}{MOST_HEADINGS}"):
        if wanted in row:
            return {header: letter for letter, header in zip(COLUMNS, row, strict=True) if header}
    message = f"{sheet} has no column {wanted}"
    raise ValueError(message)


def _on_first_screen(shown: Screen, found: Sequence[Criterion]) -> int:
    sheet = found[0].sheet
    shown.go(sheet)
    rows = shown.view().rows
    return sum(criterion.sheet == sheet and criterion.row in rows for criterion in found)


def _screens(shown: Screen, found: Sequence[Criterion]) -> int:
    """Turn pages of each bloc until its last criterion has been seen."""
    count = 0
    for sheet in dict.fromkeys(criterion.sheet for criterion in found):
        last = max(criterion.row for criterion in found if criterion.sheet == sheet)
        shown.go(sheet)
        count += 1
        while max(shown.view().rows) < last:
            shown.press("Next")
            count += 1
    return count


def _deliberation(shown: Screen) -> tuple[int, tuple[str, ...], int]:
    shown.go(DELIBERATION)
    headers = _headers(shown, DELIBERATION, DECISION_HEADER)
    view = shown.view()
    column = headers[SUBJECT_HEADER]
    subjects = [
        subject for (subject,) in shown.values(DELIBERATION, f"{column}1:{column}{MOST_ROWS}")
    ]
    lines = sum(subjects[row - 1] not in ("", SUBJECT_HEADER) for row in view.rows)
    whole = tuple(h for h, letter in headers.items() if COLUMNS.index(letter) + 1 in view.columns)
    return lines, whole, view.frozen[1]


def _card(shown: Screen) -> tuple[int, int]:
    """Choose a candidate on their sheet, from another; return the strokes and the clicks."""
    shown.strokes = shown.clicks = 0
    shown.click_tab(CARD)
    shown.write(CARD_CANDIDATE)
    shown.press("Return")
    told = shown.values(CARD, "A1:M2")
    if not any(CARD_CANDIDATE in cell for row in told for cell in row):
        message = f"{CARD} does not show {CARD_CANDIDATE}: {told}"
        raise ValueError(message)
    return shown.strokes, shown.clicks


def _pages(printed: Path) -> int:
    told = subprocess.run(["pdfinfo", printed], capture_output=True, check=True, text=True).stdout  # noqa: S607
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))
