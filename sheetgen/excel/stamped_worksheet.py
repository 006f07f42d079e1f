"""Worksheets whose table is stamped: XlsxWriter writes each shape of row once, and all the rest.

Rows that are stamped go to a temporary file, and into the sheet between the rows that XlsxWriter
writes above and below them, so that a table of any length takes no memory. Texts of cells are in
the list that the whole workbook shares, as XlsxWriter keeps it.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from fractions import Fraction
from functools import lru_cache, partial
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZipFile

from xlsxwriter import workbook as workbook_module
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.xmlwriter import XMLwriter

from sheetgen.excel.cell_text import storable
from sheetgen.excel.mould import SAMPLE_HEIGHT, SAMPLE_ROW, SHARED_TEXTS, CutRow
from sheetgen.excel.safe_worksheet import SafeWorkbook, SafeWorksheet, stored_result
from sheetgen.files import close_with
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from xlsxwriter.format import Format

    from sheetgen.excel.safe_worksheet import Content


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row; columns count from 0."""

    column: int
    content: Content
    style: Format


TextContent = str | float | Fraction | None
"""The content of a cell, of which `StampedWorksheet.text_of` makes its text in the file."""


class _TextNumbers(dict[TextContent, bytes]):
    """The numbers of texts in the shared list, each found when it is asked for the first time."""

    def __init__(self, listed: Any) -> None:
        super().__init__()
        self._listed = listed

    def __missing__(self, value: TextContent) -> bytes:
        number = self._listed._get_shared_string_index(storable(str(value)))  # noqa: SLF001 (as XlsxWriter does)
        self._listed.count -= 1  # whoever adds a row says how many there are
        known = self[value] = b"%d" % number
        return known


_BUFFERED = 1 << 18
"""Bytes of rows that are gathered before they are written: the usual buffer holds two rows."""


class StampedWorksheet(SafeWorksheet):
    """A worksheet that takes whole rows as they stand in the file, one after the other.

    Attributes:
        text_of: gives what the cell of a text holds in the file: its number in the shared list.
    """

    text_of: Callable[[TextContent], bytes]
    fh: Any
    str_table: Any
    dim_rowmin: int | None
    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self._stamped: IO[bytes] | None = None
        self._first_stamped = self._last_stamped = 0

    def _initialize(self, init_data: dict[str, object]) -> None:
        super()._initialize(init_data)
        self.text_of = _TextNumbers(self.str_table).__getitem__

    def add_row(self, row: int, written: bytes, texts: int = 0) -> None:
        """Add a row below those added before.

        Args:
            row: its number, from 1.
            written: the row, as XlsxWriter would write it.
            texts: how many of its cells hold what `text_of` gave.
        """
        if self._stamped is None:
            self._stamped = tempfile.TemporaryFile(buffering=_BUFFERED)  # noqa: SIM115 - closed with this object
            close_with(self, self._stamped)
            self._first_stamped = row - 1
        self._last_stamped = row - 1
        self._stamped.write(written)
        self.str_table.count += texts

    def render_row(self, row: int, cells: Iterable[RowCell], height: float | None = None) -> str:
        """Return a row as XlsxWriter writes it, without adding it; its height is in points."""
        place = row - 1
        kept = self.fh, self.dim_rowmin, self.dim_rowmax
        self.fh = io.StringIO()
        try:
            if height is not None:
                self.set_row(place, height)
            for cell in cells:
                self.put(place, cell.column, cell.content, cell.style)
            self._write_row(place, None, self.row_info.get(place))
            for column, content in sorted(self.table.pop(place, {}).items()):
                self._write_cell(place, column, content)
            self._xml_end_tag("row")
            return str(self.fh.getvalue())
        finally:
            self.fh, self.dim_rowmin, self.dim_rowmax = kept
            self.row_info.pop(place, None)
            self.row_sizes.pop(place, None)

    def cut_row(self, cells: Iterable[RowCell], *, tall: bool, rows: int) -> CutRow:
        """Return a row of such cells, cut, for moulds to be made of.

        Args:
            cells: samples; a text stands for every text, a number for every number.
            tall: whether the row says its height.
            rows: how many rows it names, itself first.
        """
        kept, self.str_table = self.str_table, _NoTexts()
        try:
            sample = self.render_row(SAMPLE_ROW, cells, float(SAMPLE_HEIGHT) if tall else None)
        finally:
            self.str_table = kept
        return CutRow.of(sample, rows)

    @staticmethod
    def number_of(value: Any) -> bytes:
        """Return what the cell of a number holds in the file."""
        return b"%.16G" % float(value)

    @staticmethod
    def result_of(value: str | float | Fraction | None) -> bytes:
        """Return what the file says a formula amounts to."""
        if isinstance(value, str):
            return _escaped_result(value)
        if value is None:
            return b""
        return str(value if isinstance(value, (int, float)) else float(value)).encode()

    def height_of(self, points: float) -> bytes:
        """Return a height as the file says it; empty for the usual one, which it leaves out."""
        pixels = int(points * 4 / 3 + 0.5)
        return b"" if pixels == self.default_row_height else b"%.16g" % (pixels * 0.75)

    def _write_dimension(self) -> None:
        if self._stamped is not None:
            self._check_dimensions(self._first_stamped, 0, ignore_col=True)
            self._check_dimensions(self._last_stamped, 0, ignore_col=True)
        super()._write_dimension()

    def _write_rows(self) -> None:
        if self._stamped is None:
            super()._write_rows()
            return
        first, last = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self._first_stamped - 1
        super()._write_rows()
        with self._stamped:
            self._stamped.seek(0)
            self.fh.flush()
            shutil.copyfileobj(self._stamped, self.fh.buffer, _BUFFERED)
        self.dim_rowmin, self.dim_rowmax = self._last_stamped + 1, last
        super()._write_rows()
        self.dim_rowmin = first


@lru_cache(maxsize=16_384)  # outcomes and states, again and again
def _escaped_result(value: str) -> bytes:
    return str(XMLwriter()._escape_data(stored_result(value))).encode()  # noqa: SLF001 (as its children do)


class _NoTexts:
    """Stands for the shared list while a sample is written, whose texts are nobody's."""

    def _get_shared_string_index(self, _text: str) -> int:
        return 0


_BETWEEN = "\0"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_TEXTS_AT_ONCE = 64


class _SharedTexts(SharedStrings):  # type: ignore[misc]
    """The list of a workbook's texts, those that nothing has to be done to escaped together."""

    string_table: Any
    fh: Any

    def _write_sst_strings(self) -> None:
        texts = self.string_table.string_array
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some = texts[start : start + _TEXTS_AT_ONCE]
            if _are_usual(some):
                joined = self._escape_data(_BETWEEN.join(some))
                self.fh.write(f"<si><t>{joined.replace(_BETWEEN, '</t></si><si><t>')}</t></si>")
            else:
                for text in some:
                    self._write_si(text)


def _are_usual(texts: Sequence[str]) -> bool:
    """Return whether XlsxWriter does no more to these texts than to escape signs of XML."""
    joined = "".join(texts)
    return not (
        _CONTROLS.search(joined)
        or "_x" in joined  # of a character's code
        or "<r>" in joined  # of a text in several fonts
        or any(text[:1].isspace() or text[-1:].isspace() for text in texts)
    )


class _Packager(Packager):  # type: ignore[misc]
    """Puts a workbook's parts together; the list of texts in a fraction of the usual time."""

    workbook: Any

    def _write_shared_strings_file(self) -> None:
        listed = self.workbook.str_table
        if listed.count:
            part = _SharedTexts()
            part.string_table = listed
            part._set_xml_writer(self._filename(SHARED_TEXTS))  # noqa: SLF001 (as the parent does)
            part._assemble_xml_file()  # noqa: SLF001


_ZIP_LEVEL = 2
"""A quarter larger than with the usual level, in a quarter of its time."""


class StampedWorkbook(SafeWorkbook):
    """A workbook of such worksheets, which are large: they are zipped quickly."""

    worksheet_class = StampedWorksheet

    def _get_packager(self) -> _Packager:
        return _Packager()

    def _store_workbook(self) -> None:
        # XlsxWriter leaves no choice of how hard its zips try.
        usual = workbook_module.ZipFile
        workbook_module.ZipFile = partial(ZipFile, compresslevel=_ZIP_LEVEL)
        try:
            super()._store_workbook()
        finally:
            workbook_module.ZipFile = usual
