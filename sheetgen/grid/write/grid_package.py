"""The parts of a grid's file that XlsxWriter has no call for, added where it writes parts.

The order of the sheets and their names are locked (jurors rename and move sheets), the document
says its language, and rows where jurors write keep the height computed for them until something
is typed, then grow with it: a row whose height is marked as custom would hide a long comment.
XlsxWriter has no types, so that nothing can be known of the classes extended here.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from xlsxwriter.core import Core
from xlsxwriter.packager import Packager

from sheetgen.excel import SafeWorkbook, SafeWorksheet

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGE = "fr-FR"


_WRITER_MARK = b'<fileVersion appName="xl" lastEdited="4" lowestEdited="4" rupBuild="4505"/>'
"""What XlsxWriter says of the program that saved a workbook; spreadsheet programs say otherwise."""


def is_as_written(data: bytes) -> bool:
    """Return whether a workbook is as XlsxWriter wrote it.

    No spreadsheet program has saved it since.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _WRITER_MARK in package.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error):
        return False


class GridWorksheet(SafeWorksheet):
    """A worksheet some of whose rows may grow.

    Attributes:
        growing: those rows, counted from 0.
        elsewhere: whether its part is put together elsewhere, and only announced by the workbook.
    """

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()
        self.elsewhere = False

    @property
    def part_name(self) -> str:
        """Return the name of its part in the workbook."""
        return f"xl/worksheets/sheet{self.index + 1}.xml"

    def reach(self, row: int, column: int) -> None:
        """Extend the extent that the sheet declares to this cell, which is written elsewhere."""
        self._check_dimensions(row, column)

    def set_plain_footer(self, footer: str) -> None:
        """Set a footer without images: XlsxWriter looks for their place in names, as « R&G »."""
        self.footer = footer
        self.header_footer_changed = True

    def _assemble_xml_file(self) -> None:
        if not self.elsewhere:
            super()._assemble_xml_file()

    def _xml_start_tag_unencoded(
        self, tag: str, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        if tag == "row":
            # Which columns are used depends on other rows, and nobody needs to be told.
            left_out = {"spans"}
            if int(str(attributes[0][1])) - 1 in self.growing:
                left_out.add("customHeight")
            attributes = [item for item in attributes if item[0] not in left_out]
        super()._xml_start_tag_unencoded(tag, attributes)


class GridWorkbook(SafeWorkbook):
    """A workbook of such worksheets, its structure locked without a password.

    Attributes:
        parts: the content of each part by its name, in their order, once the workbook is closed.
    """

    worksheet_class = GridWorksheet

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), {"in_memory": True})
        self.parts: dict[str, bytes] = {}

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()

    def _get_packager(self) -> Packager:
        return _GridPackager()


class _GridPackager(Packager):  # type: ignore[misc]
    def _create_package(self) -> list[tuple[io.BytesIO | io.StringIO, str, bool]]:
        """Hand the parts over to the workbook, and leave nothing to be put in a file."""
        for written, name, _ in super()._create_package():
            content = written.getvalue()
            self.workbook.parts[name] = content if isinstance(content, bytes) else content.encode()
        return []

    def _write_core_file(self) -> None:
        core = _FrenchCore()
        core._set_properties(self.workbook.doc_properties)  # noqa: SLF001 (as the parent does)
        core._set_xml_writer(self._filename("docProps/core.xml"))  # noqa: SLF001
        core._assemble_xml_file()  # noqa: SLF001


class _FrenchCore(Core):  # type: ignore[misc]
    def _write_dc_title(self) -> None:
        super()._write_dc_title()
        self._xml_data_element("dc:language", LANGUAGE)
