"""An administrator's desk: a small session, its grids really written, changed, and read back."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import builders
import openpyxl

from sheetgen.grid import plan_grid
from sheetgen.grid.identity import SigningKey, stamp_grid
from sheetgen.grid.read import read_grid
from sheetgen.grid.write import Answers, write_grid
from sheetgen.model import JurorCode, Mark, Referential, Session
from sheetgen.returns.collect import Collection, collect_returns
from sheetgen.returns.find import FoundFile
from sheetgen.returns.identify import Expected
from sheetgen.spreadsheet import UnreadableWorkbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl import Workbook

    from sheetgen.grid.read import ReadGrid
    from sheetgen.model import CriterionCode
    from sheetgen.problems import Problem
    from sheetgen.returns import DecidingAhead

KEY = SigningKey(bytes(range(32)))

REFERENTIAL = builders.referential({"C1.1": 3, "C1.2": 2, "C2.1": 2})
"""Seven criteria in BC01 and BC02, on the shipped scale."""

SESSION = builders.session(
    REFERENTIAL,
    candidates=[
        builders.candidate("1", presented=["BC01", "BC02"]),
        builders.candidate("2", presented=["BC01", "BC02"]),
    ],
    accommodations=[builders.exemption("C2.1.2")],
)
"""Candidates 1, exempted from C2.1.2, and 2, each marked by J1 and J2 on everything."""

POINTS = "2 1 0 - 2 2 2"
"""The marks in every grid unless a test says otherwise; that of C2.1.2 is not written if exempt."""

MARKED = {
    "C1.1.1": "Acquis",
    "C1.1.2": "Partiellement acquis",
    "C1.1.3": "Non acquis",
    "C1.2.1": "Non observé",
    "C1.2.2": "Acquis",
    "C2.1.1": "Acquis",
}
"""What is read of it for candidate 1."""

CELLS = {
    "C1.1.1": ("BC01", "C6"),
    "C1.1.2": ("BC01", "C7"),
    "C1.1.3": ("BC01", "C8"),
    "C1.2.1": ("BC01", "C11"),
    "C1.2.2": ("BC01", "C12"),
    "C2.1.1": ("BC02", "C6"),
    "C2.1.2": ("BC02", "C7"),
}
"""Where each mark is in a grid as generated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A référentiel, a session and a key."""

    referential: Referential = REFERENTIAL
    session: Session = SESSION
    key: SigningKey = KEY

    @property
    def expected(self) -> Expected:
        """Return the grids that are to come back."""
        return Expected(referential=self.referential, session=self.session, key=self.key)

    def marks(self, juror: str, points: str) -> dict[CriterionCode, Mark]:
        """Marks as points in the criteria's order, those not acquired with a comment."""
        own = builders.marks(self.referential, **{juror: points})[JurorCode(juror)]
        low = self.referential.scale.acquired_from
        return {
            code: Mark(
                juror=mark.juror,
                criterion=code,
                value=mark.value,
                points=mark.points,
                comment=f"Vu pour {code}" if mark.points is not None and mark.points < low else "",
            )
            for code, mark in own.items()
        }

    def grid(
        self,
        candidate: str = "1",
        juror: str = "J1",
        points: str = POINTS,
        answers: Answers | None = None,
    ) -> bytes:
        """A grid that its juror filled and saved."""
        assignment = next(
            item
            for item in self.session.assignments
            if (item.candidate, item.juror) == (candidate, juror)
        )
        return write_grid(
            plan_grid(self.referential, self.session, assignment),
            stamp_grid(self.key, self.referential, self.session, assignment),
            self.marks(juror, points),
            answers or Answers(declaration=True, opinion="Favorable", remarks="Rien à dire"),
        )

    def collect(
        self,
        files: Mapping[str, bytes],
        preferred: Sequence[str] = (),
        ahead: DecidingAhead | None = None,
    ) -> Collection:
        """Return what is made of files that came back."""
        found = [
            FoundFile(
                name=name,
                path=Path(name),
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
            )
            for name, data in files.items()
        ]
        read = [(file, read_file(file.name, files[file.name])) for file in found]
        return collect_returns(read, self.expected, preferred, ahead)


DESK = Desk()


def read_file(name: str, data: bytes) -> ReadGrid | Problem:
    """A file as worker processes read it."""
    try:
        return read_grid(data)
    except UnreadableWorkbookError as refusal:
        return refusal.at(name)


def said(problems: Sequence[Problem]) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of each problem, sorted."""
    return sorted((item.code, item.location.sheet, item.location.cell) for item in problems)


def marks(collection: Collection) -> Mapping[CriterionCode, Mark]:
    """The valid marks of the one return there is, by criterion."""
    (item,) = collection.returns
    return collection.marks_of(item)


def values(collection: Collection) -> dict[str, object]:
    """Return the values of the marks."""
    return {code: mark.value for code, mark in marks(collection).items()}


def opened(data: bytes) -> Workbook:
    """A workbook as openpyxl sees it."""
    with warnings.catch_warnings():
        # What openpyxl does not keep (charts, extensions) is nothing that a grid is read by.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data))


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook once `change` was done to it and it was saved."""
    book = opened(data)
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def properties_of(book: Workbook) -> Any:
    """Return a workbook's custom properties, which the stubs of openpyxl do not know."""
    return book.custom_doc_props  # type: ignore[attr-defined]


def raw_cell(data: bytes, sheet: str, cell: str, xml: str) -> bytes:
    """The workbook with the XML of one cell replaced, all else being the same bytes.

    `xml` is what stands inside the cell and, before a `|`, its type: `str|<f>1</f><v>x</v>`.
    """
    kind, _, inside = xml.partition("|")
    source = zipfile.ZipFile(io.BytesIO(data))
    part = _part_of(source, sheet)
    content = source.read(part).decode()
    pattern = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')
    replaced, count = pattern.subn(
        lambda found: f'<c r="{cell}"{found[1] or ""} t="{kind}">{inside}</c>', content
    )
    if count != 1:
        raise LookupError(cell)
    return with_parts(data, {part: replaced.encode()})


def with_parts(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The package with some parts replaced, or left out where they are None."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for info in source.infolist():
            content = parts.get(info.filename, source.read(info))
            if content is not None:
                package.writestr(info, content)
    return target.getvalue()


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    names = re.findall(r'<sheet name="([^"]*)"', package.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
