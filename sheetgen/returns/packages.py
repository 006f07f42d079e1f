"""Looking into a workbook that is a zip (.xlsx, .xlsm, .xlsb, .ods) before anything opens it.

Every part is inflated here, in bounded memory and by this module itself, because what a zip says of
its sizes may be false; what is passed on has only parts that are whole, single and plain.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from sheetgen.grids.biff import BrokenRecordsError, check_xlsb_texts, read_xlsb_sheet
from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError, cell_address
from sheetgen.grids.raw_parts import BrokenPartError, open_package, sheet_parts
from sheetgen.problems.returns import (
    DAMAGED_WORKBOOK,
    FAR_CELL,
    NOT_A_WORKBOOK,
    PASSWORD_PROTECTED,
    SUSPECT_WORKBOOK,
    WORKBOOK_TOO_LARGE,
)
from sheetgen.returns.extent import (
    FarCellError,
    check_content_extent,
    check_sheet_extent,
    check_texts_count,
)
from sheetgen.returns.limits import (
    INFLATED_BYTES,
    MEBIBYTE,
    PARTS,
    RATIO,
    RATIO_FROM_BYTES,
    too_far,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TYPES, _MIMETYPE = "[Content_Types].xml", "mimetype"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DTD = re.compile(
    b"<!DOCTYPE|<!ENTITY|"
    + b"|".join(re.escape("<!DOCTYPE".encode(e)) for e in ("utf-16-le", "utf-16-be"))
)
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
    marks = {_TYPES, _MIMETYPE, "META-INF/MANIFEST.MF"}
    return marks.isdisjoint(names) and not any(name.endswith(".iwa") for name in names)


def inspect_package(data: bytes) -> SpreadsheetFormat:
    """The format of a zipped workbook that is safe to open.

    Raises:
        UnreadableWorkbookError: it is no workbook, or not one to open.
    """
    try:
        with open_package(data) as package:
            entries = package.infolist()
    except BrokenPartError as broken:
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=broken.reason) from broken
    _check_entries(entries, len(data))
    form = _recognize(data, entries)
    for name, part in _inflate_all(data, entries):
        try:
            _check_part(name, part, form)
        except FarCellError as far:
            raise UnreadableWorkbookError(
                FAR_CELL,
                far.sheet or _sheet_name(data, name),
                cell_address(far.row, far.column),
                found=f"ligne {far.row + 1}, colonne {far.column + 1}",
            ) from far
        except BrokenPartError as broken:
            sheet = broken.sheet or _sheet_name(data, name)
            raise UnreadableWorkbookError(
                DAMAGED_WORKBOOK, sheet, broken.cell, reason=broken.reason
            ) from broken
        except BrokenRecordsError as broken:
            raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=broken.reason) from broken
    return form


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
        if entry.flag_bits & 1:
            raise UnreadableWorkbookError(PASSWORD_PROTECTED)
        if entry.compress_type not in _PLAIN:
            reason = f"la partie « {entry.filename} » est comprimée d'une façon inconnue"
            raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)
    if sum(entry.compress_size for entry in entries) > size:
        reason = "des parties qui se recouvrent"
        raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)


def _recognize(data: bytes, entries: Collection[zipfile.ZipInfo]) -> SpreadsheetFormat:
    """The format that the package's own label announces."""
    by_name = {entry.filename: entry for entry in entries}
    if is_archive(by_name):
        raise UnreadableWorkbookError(NOT_A_WORKBOOK, found="zip quelconque")
    label = b""
    for name in (_TYPES, _MIMETYPE):
        if name in by_name:
            label += _inflate(data, by_name[name], INFLATED_BYTES)
    if _TYPES in by_name:
        for mark, form in _SPREADSHEETS:
            if mark in label:
                return form
    elif label.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        manifest = by_name.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in _inflate(data, manifest, INFLATED_BYTES):
            raise UnreadableWorkbookError(PASSWORD_PROTECTED)
        return SpreadsheetFormat.ODS
    found = next((name for mark, name in _OTHER_DOCUMENTS if mark in label), "inconnu")
    raise UnreadableWorkbookError(NOT_A_WORKBOOK, found=found)


def _inflate_all(data: bytes, entries: Collection[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    total = 0
    for entry in entries:
        part = _inflate(data, entry, INFLATED_BYTES - total)
        total += len(part)
        yield entry.filename, part
    if total > max(RATIO_FROM_BYTES, RATIO * len(data)):
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE,
            what=f"{total // MEBIBYTE} Mo comprimés plus de {total // len(data)} fois",
            limit=f"{RATIO} fois",
        )


def _inflate(data: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """A part's bytes, which must be what the zip's table says of them, and within the limit."""
    raw = _stored_bytes(data, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        part, whole = raw, len(raw) <= limit
    else:
        part, whole = _inflate_deflated(raw, entry.filename, limit)
    if not whole:
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE,
            what=f"plus de {INFLATED_BYTES // MEBIBYTE} Mo une fois décompressé",
            limit=f"{INFLATED_BYTES // MEBIBYTE} Mo",
        )
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        reason = f"la partie « {entry.filename} » n'est pas celle que sa table annonce"
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=reason)
    return part


def _stored_bytes(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(header) == _LOCAL_HEADER.size and header.startswith(b"PK\x03\x04"):
        _, name, extra = _LOCAL_HEADER.unpack(header)
        start = entry.header_offset + _LOCAL_HEADER.size + name + extra
        raw = data[start : start + entry.compress_size]
        if len(raw) == entry.compress_size:
            return raw
    reason = f"la partie « {entry.filename} » est coupée"
    raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=reason)


def _inflate_deflated(raw: bytes, name: str, limit: int) -> tuple[bytes, bool]:
    """The inflated bytes, one more than the limit at most, and whether they are all of them."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = stream.decompress(raw, limit + 1)
    except zlib.error as error:
        reason = f"la partie « {name} » ne se décompresse pas"
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=reason) from error
    if len(part) > limit:
        return part, False
    if not stream.eof or stream.unused_data:
        reason = f"la partie « {name} » est coupée"
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=reason)
    return part, True


def _check_part(name: str, part: bytes, form: SpreadsheetFormat) -> None:
    if "/media/" not in name and _DTD.search(part):
        reason = "une définition d'entités (DTD)"
        raise UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)
    if form is SpreadsheetFormat.ODS:
        if name == "content.xml":
            check_content_extent(part)
    elif form is SpreadsheetFormat.XLSB:
        if name.casefold().endswith(".bin"):
            _check_binary_part(name, part)
    elif b"sheetData" in part or b"\0" in part:
        check_sheet_extent(part)
    else:
        check_texts_count(part)


def _check_binary_part(name: str, part: bytes) -> None:
    if "sharedstrings" in name.casefold():
        check_xlsb_texts(part)
    elif "sheet" in name.casefold():
        sheet = read_xlsb_sheet(name, part)
        if too_far(*sheet.declared) or too_far(sheet.last_row + 1, sheet.last_column + 1):
            raise FarCellError(sheet.last_row, sheet.last_column)


def _sheet_name(data: bytes, part: str) -> str:
    try:
        with open_package(data) as package:
            return sheet_parts(package).get(part, "")
    except (BrokenPartError, BrokenRecordsError):
        return ""
