"""Workbooks as XlsxWriter writes them, without its silences, and the formats of their cells.

XlsxWriter returns a negative number, or warns, where Excel would refuse or cut something. Here
either is an exception: every public method of a worksheet raises for such a number, so that no
caller has to look, and `strict` makes exceptions of the warnings.

XlsxWriter publishes no types, so that mypy takes its classes for Any. Cell formats are made alike
for both writers: one font, one body size, tones of colour.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import field
from fractions import Fraction
from functools import wraps
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sheetgen.excel.cell_text import storable
from sheetgen.excel.text_fit import FONT
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules.excel import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from xlsxwriter.format import Format

    from sheetgen.excel.palette import Tone

Content = str | int | float | Fraction | Cell | None
"""What `SafeWorksheet.put` writes."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")
"""What XlsxWriter does not escape in the value of a formula."""

_TEXTS_STAY_TEXTS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def stored_result(value: str) -> str:
    """Return the text that a formula amounts to as the file can hold it beside the formula."""
    return storable(_CONTROLS.sub(" ", value))


class UnwritableError(Exception):
    """XlsxWriter refused something: a fault of this program, not of the data."""


@contextmanager
def strict() -> Iterator[None]:
    """Raise what XlsxWriter only warns of."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module=r"xlsxwriter\.")
        yield


def _raising(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method, raising UnwritableError where it returns an error code."""

    @wraps(method)
    def call(*arguments: object, **options: object) -> object:
        code = method(*arguments, **options)
        if isinstance(code, int) and code < 0:
            message = f"XlsxWriter refused a call of {method.__name__} (code {code})"
            raise UnwritableError(message)
        return code

    return call


class SafeWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose public methods raise UnwritableError where XlsxWriter refuses something.

    Formulas are stored as they are given: XlsxWriter looks each over for some thirty newer
    functions that need a prefix in the file, which takes most of its time and also changes texts
    and names of sheets; none of those functions is used here.
    """

    def put(self, row: int, column: int, content: Content, style: Format | None = None) -> None:
        """Write a text as a text whatever it looks like, a number, or a formula with its value.

        None and an empty text leave the cell blank. Rows and columns count from 0.
        """
        if isinstance(content, Cell):
            if content.formula:
                value = content.value
                stored = stored_result(value) if isinstance(value, str) else value
                self.write_formula(row, column, content.formula, style, stored)
                return
            content = content.value
        if content is None or content == "":
            self.write_blank(row, column, None, style)
        elif isinstance(content, str):
            self.write_string(row, column, storable(content), style)
        else:
            self.write_number(row, column, float(content), style)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 (its parent's signature)
        return formula.removeprefix("=")


for _name, _method in vars(Worksheet).items():
    if callable(_method) and not _name.startswith("_"):
        setattr(SafeWorksheet, _name, _raising(_method))


class SafeWorkbook(Workbook):  # type: ignore[misc]
    """A workbook of safe worksheets, in which texts stay texts whatever they look like."""

    worksheet_class = SafeWorksheet

    def __init__(self, target: object, options: Mapping[str, object] | None = None) -> None:
        super().__init__(target, {**_TEXTS_STAY_TEXTS, **(options or {})})


@dataclass(frozen=True, kw_only=True)
class CellFormats:
    """Makes the cell formats of one workbook; no slots, so that a subclass may keep each.

    Formats have their numbers in the order in which they are made, used or not. Those of equal
    properties are one: XlsxWriter works out for each cell of a second one which it equals.
    """

    workbook: Workbook
    _made: dict[frozenset[tuple[str, object]], Format] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def make(self, ink: str, **properties: object) -> Format:
        """Return a new format of a cell: text of this colour, and XlsxWriter's properties."""
        made = self._add(
            {
                "font_name": FONT,
                "font_size": 11,
                "font_color": f"#{ink}",
                "valign": "vcenter",
                **properties,
            }
        )
        made._get_xf_index()  # noqa: SLF001 (nothing public gives a format its number)
        return made

    def make_conditional(self, tone: Tone, **properties: object) -> Format:
        """Return a new format for a condition: it gives a cell the tone's colours."""
        made = self._add(
            {"font_color": f"#{tone.ink}", "bg_color": f"#{tone.ground}", **properties}
        )
        made._get_dxf_index()  # noqa: SLF001 (likewise)
        return made

    def _add(self, properties: dict[str, object]) -> Format:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self.workbook.add_format(properties)
        return self._made[key]
