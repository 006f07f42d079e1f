"""From the bytes of a file to the workbook that they are, whatever program wrote them.

What reads a format is loaded when a file of that format comes: most processes never see but one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems.returns import EMPTY_FILE, NOT_A_WORKBOOK
from sheetgen.spreadsheet import detect
from sheetgen.spreadsheet.containers import Package
from sheetgen.spreadsheet.contents import (
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    damaged,
)
from sheetgen.spreadsheet.limits import WHOLE

if TYPE_CHECKING:
    from sheetgen.spreadsheet.limits import Scope

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_SPREADSHEET = f"{_OPEN_DOCUMENT}spreadsheet"
_MIMETYPE = "mimetype"


def read_workbook(data: bytes, scope: Scope = WHOLE) -> RawWorkbook:
    """Return everything that a workbook holds: values, formulas, errors, merges, properties.

    The bytes may be anything, and this may take all the memory and time there are, or abort the
    process (python-calamine): files of others are read through `contained.read_contained`.

    Args:
        data: the file.
        scope: how much of it is wanted; more may be read, which depends on the format.

    Raises:
        UnreadableWorkbookError: they are no workbook, or one that cannot be read exactly.
    """
    if not data:
        raise UnreadableWorkbookError(EMPTY_FILE)
    if data.startswith(_COMPOUND):
        return _read_compound(data, scope)
    if data.startswith(_ZIP):
        return _read_package(data, scope)
    raise detect.foreign_content(data)


def _read_compound(data: bytes, scope: Scope) -> RawWorkbook:
    from sheetgen.spreadsheet.xls import Compound, decrypted, read_xls

    compound = Compound(data)
    if compound.is_encrypted_package:
        inside = decrypted(compound)
        if not inside.startswith(_ZIP):
            raise damaged("ce qu'il chiffre n'est pas un classeur")
        return _read_package(inside, scope)
    if not compound.workbook:
        raise detect.other_compound(compound.names)
    return read_xls(compound)


def _read_package(data: bytes, scope: Scope) -> RawWorkbook:
    from sheetgen.spreadsheet.relations import TYPES, content_types, main_part

    package = Package(data)
    if detect.is_iwork(package.names):
        raise detect.iwork_document()
    if TYPES not in package:
        if detect.is_archive(package.names):
            raise UnreadableWorkbookError(NOT_A_WORKBOOK, found="zip quelconque")
        return _read_open_document(package)
    form = detect.format_of_type(content_types(package).of(main_part(package)))
    if form is SpreadsheetFormat.XLSB:
        from sheetgen.spreadsheet.xlsb import read_xlsb

        return read_xlsb(package)
    from sheetgen.spreadsheet.xlsx import read_xlsx

    return read_xlsx(package, form, scope)


def _read_open_document(package: Package) -> RawWorkbook:
    from sheetgen.spreadsheet.ods import CONTENT, media_type, read_ods

    label = ""
    if _MIMETYPE in package:
        label = package.part(_MIMETYPE).decode("ascii", "replace").strip()
    label = label or media_type(package)
    if label and not label.startswith(_OPEN_SPREADSHEET):
        raise detect.other_document(label)
    if CONTENT not in package:
        raise damaged("la partie qui dit son format manque")
    return read_ods(package)
