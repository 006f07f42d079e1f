"""Looking into a workbook that is a zip (.xlsx, .xlsm, .xlsb, .ods) before anything opens it.

Every part is inflated here, in bounded memory and by this program's own code, because what a zip
says of its sizes may be false; what is passed on has only parts that are whole, single and plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.grids.biff import BrokenRecordsError, check_xlsb_texts, read_xlsb_sheet
from sheetgen.grids.extent import (
    FarCellError,
    check_content_extent,
    check_texts_count,
    too_far,
)
from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError, tell_far_cell
from sheetgen.grids.raw_parts import sheet_parts
from sheetgen.grids.sheet_xml import BrokenPartError, is_xml
from sheetgen.grids.unpacking import (
    BrokenEntryError,
    OversizeEntryError,
    Package,
    is_encrypted,
    is_plain,
    open_package,
)
from sheetgen.problems.returns import (
    DAMAGED_WORKBOOK,
    NOT_A_WORKBOOK,
    PASSWORD_PROTECTED,
    SUSPECT_WORKBOOK,
    WORKBOOK_TOO_LARGE,
)
from sheetgen.returns.limits import (
    INFLATED_BYTES,
    MEBIBYTE,
    PARTS,
    RATIO,
    RATIO_FROM_BYTES,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Collection, Iterator

_TYPES, _MIMETYPE = "[Content_Types].xml", "mimetype"
_WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_DOCUMENT_PARTS = _WORKBOOK_PARTS | {_TYPES, _MIMETYPE, "_rels/.rels", "META-INF/MANIFEST.MF"}
_DEFINITION = "<!DOCTYPE"
_BEGINNING = re.compile(rb"(?:<\?xml [^<>\0]*\?>\s*)?<[A-Za-z]")
"""What a part begins with as a rule: its declaration, if any, and an element."""

_SPREADSHEETS = (
    (b"ms-excel.sheet.binary.", SpreadsheetFormat.XLSB),
    (b"ms-excel.sheet.macroEnabled.main", SpreadsheetFormat.XLSM),
    (b"ms-excel.template.macroEnabled.main", SpreadsheetFormat.XLSM),
    (b"spreadsheetml.sheet.main", SpreadsheetFormat.XLSX),
    (b"spreadsheetml.template.main", SpreadsheetFormat.XLSX),
)
_OTHER_DOCUMENTS = (
    (b"wordprocessingml", "Word"),
    (b"presentationml", "PowerPoint"),
    (b"opendocument.text", "texte OpenDocument"),
    (b"opendocument.presentation", "présentation OpenDocument"),
    (b"opendocument.", "OpenDocument qui n'est pas un tableur"),
    (b"epub", "EPUB"),
)


def is_archive(names: Collection[str]) -> bool:
    """Whether a zip with these entries is a mere archive, not a document of some application."""
    return _DOCUMENT_PARTS.isdisjoint(names) and not any(name.endswith(".iwa") for name in names)


def inspect_package(data: bytes) -> SpreadsheetFormat:
    """The format of a zipped workbook that is safe to open.

    Raises:
        UnreadableWorkbookError: it is no workbook, or not one to open.
    """
    try:
        package = open_package(data)
        _check_entries(package.entries, len(data))
        form = _recognize(package)
        for name, part in _inflate_all(package, len(data)):
            _check_contained(package, name, part, form)
    except OversizeEntryError as oversize:
        size = f"{INFLATED_BYTES // MEBIBYTE} Mo"
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE, what=f"plus de {size} une fois décompressé", limit=size
        ) from oversize
    except BrokenEntryError as broken:
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=broken.reason) from broken
    return form


def _check_contained(package: Package, name: str, part: bytes, form: SpreadsheetFormat) -> None:
    try:
        _check_part(name, part, form)
    except FarCellError as far:
        raise tell_far_cell(far, _sheet_name(package, name)) from far
    except BrokenPartError as broken:
        sheet = broken.sheet or _sheet_name(package, name)
        raise UnreadableWorkbookError(
            DAMAGED_WORKBOOK, sheet, broken.cell, reason=broken.reason
        ) from broken
    except BrokenRecordsError as broken:
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=broken.reason) from broken


def _check_entries(entries: Collection[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > PARTS:
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE, what=f"{len(entries)} parties", limit=f"{PARTS} parties"
        )
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.casefold().replace("\\", "/")
        if name in seen:
            reason = f"la partie « {entry.filename} » y figure deux fois"
            raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)
        seen.add(name)
        if is_encrypted(entry):
            raise UnreadableWorkbookError(PASSWORD_PROTECTED)
        if not is_plain(entry):
            reason = f"la partie « {entry.filename} » est comprimée d'une façon inconnue"
            raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)
    if sum(entry.compress_size for entry in entries) > size:
        reason = "des parties qui se recouvrent"
        raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)


def _recognize(package: Package) -> SpreadsheetFormat:
    """The format that the package's own label announces."""
    by_name = {entry.filename: entry for entry in package.entries}
    if is_archive(by_name):
        raise UnreadableWorkbookError(NOT_A_WORKBOOK, found="zip quelconque")
    label = b""
    for name in (_TYPES, _MIMETYPE):
        if name in by_name:
            label += package.inflate(by_name[name], INFLATED_BYTES)
    if _TYPES in by_name:
        for mark, form in _SPREADSHEETS:
            if mark in label:
                return form
    elif label.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        manifest = by_name.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in package.inflate(manifest, INFLATED_BYTES):
            raise UnreadableWorkbookError(PASSWORD_PROTECTED)
        return SpreadsheetFormat.ODS
    if not label and not _WORKBOOK_PARTS.isdisjoint(by_name):
        reason = "la partie qui dit son format manque"
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=reason)
    found = next((name for mark, name in _OTHER_DOCUMENTS if mark in label), "inconnu")
    raise UnreadableWorkbookError(NOT_A_WORKBOOK, found=found)


def _inflate_all(package: Package, size: int) -> Iterator[tuple[str, bytes]]:
    total = 0
    for entry in package.entries:
        part = package.inflate(entry, INFLATED_BYTES - total)
        total += len(part)
        yield entry.filename, part
    if total > max(RATIO_FROM_BYTES, RATIO * size):
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE,
            what=f"{total // MEBIBYTE} Mo comprimés plus de {total // size} fois",
            limit=f"{RATIO} fois",
        )


def _check_part(name: str, part: bytes, form: SpreadsheetFormat) -> None:
    if "/media/" in name or not is_xml(part):
        if form is SpreadsheetFormat.XLSB and name.casefold().endswith(".bin"):
            _check_binary_part(name, part)
        return
    if _has_definition(part):
        reason = "une définition d'entités (DTD)"
        raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)
    if form is SpreadsheetFormat.ODS:
        if name == "content.xml":
            check_content_extent(part)
    else:
        # How far its sheets reach is looked at by who lays them out (`raw.read_fully`).
        check_texts_count(part)


def _has_definition(part: bytes) -> bool:
    if _BEGINNING.match(part):  # its first element: no reader takes a definition after that
        return False
    codes = ("utf-8", "utf-16-le", "utf-16-be") if b"\0" in part else ("utf-8",)
    return any(_DEFINITION.encode(code) in part for code in codes)


def _check_binary_part(name: str, part: bytes) -> None:
    if "sharedstrings" in name.casefold():
        check_xlsb_texts(part)
    elif "sheet" in name.casefold():
        sheet = read_xlsb_sheet(name, part)
        for rows, columns in (sheet.extent, sheet.declared):
            if too_far(rows, columns):
                raise FarCellError(rows - 1, columns - 1)


def _sheet_name(package: Package, part: str) -> str:
    try:
        return sheet_parts(package).get(part, "")
    except (BrokenPartError, BrokenRecordsError):
        return ""
