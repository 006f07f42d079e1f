"""Detect what a file is, by its bytes and never by its name; say what to do with no grid."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import (
    ARCHIVE_UNSUPPORTED,
    MISNAMED_FORMAT,
    NOT_A_WORKBOOK,
    OTHER_SPREADSHEET,
)
from sheetgen.spreadsheet.containers import part_key
from sheetgen.spreadsheet.contents import SpreadsheetFormat, UnreadableWorkbookError, damaged

if TYPE_CHECKING:
    from collections.abc import Collection

_OTHER_FILES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "image PNG"),
    (b"\xff\xd8\xff", "image JPEG"),
    (b"GIF8", "image GIF"),
    (b"RIFF", "image ou son"),
    (b"II*\0", "image TIFF"),
    (b"MM\0*", "image TIFF"),
    (b"{\\rtf", "RTF"),
    (b"\x78\x9f\x3e\x22", "winmail.dat d'Outlook"),
)
_OTHER_ARCHIVES = (
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_OTHER_COMPOUNDS = (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"))
_OUTLOOK = "__properties_version1.0"
_LOOKS = (
    (re.compile(rb"....ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL), "photo HEIC"),
    (re.compile(rb'\s*\{[^\0]*(?:"doc_id"|docs\.google\.com)'), "raccourci Google"),
    (re.compile(rb"\s*\[InternetShortcut\]"), "raccourci vers une page"),
    (
        re.compile(
            rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|message-id|received):",
            re.IGNORECASE,
        ),
        "message électronique",
    ),
)
"""What is known by more than its first bytes."""

_TYPES = (
    ("ms-excel.sheet.binary.", SpreadsheetFormat.XLSB),
    ("ms-excel.sheet.macroenabled.main", SpreadsheetFormat.XLSM),
    ("ms-excel.template.macroenabled.main", SpreadsheetFormat.XLSM),
    ("spreadsheetml.sheet.main", SpreadsheetFormat.XLSX),
    ("spreadsheetml.template.main", SpreadsheetFormat.XLSX),
)
_OTHER_DOCUMENTS = (
    ("wordprocessingml", "Word"),
    ("presentationml", "PowerPoint"),
    ("opendocument.text", "texte OpenDocument"),
    ("opendocument.presentation", "présentation OpenDocument"),
    ("opendocument.", "OpenDocument qui n'est pas un tableur"),
    ("epub", "EPUB"),
)
_DOCUMENT_PARTS = frozenset(
    map(
        part_key,
        (
            "[Content_Types].xml",
            "mimetype",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/workbook.bin",
            "content.xml",
            "META-INF/manifest.xml",
        ),
    )
)


def is_archive(names: Collection[str]) -> bool:
    """Return whether a zip with these entries is a mere archive, no application's document."""
    keys = {part_key(name) for name in names}
    return _DOCUMENT_PARTS.isdisjoint(keys) and not is_iwork(names)


def is_iwork(names: Collection[str]) -> bool:
    """Return whether a zip with these entries is a document of Numbers, Pages or Keynote."""
    return any(name.casefold().endswith(".iwa") for name in names)


def check_ending(file: str, form: SpreadsheetFormat) -> list[Problem]:
    """Return a warning when a file's name says another format than its content is in."""
    # Of two members of one name in an archive, the second is shown as « grille.xlsx (2) ».
    ending = PurePosixPath(re.sub(r" \([0-9]+\)$", "", file)).suffix.lower()
    if ending == f".{form.value}":
        return []
    return [
        MISNAMED_FORMAT.at(
            Location(file=file),
            ending=f"« {ending} »" if ending else "aucune extension",
            found=f".{form.value}",
        )
    ]


def format_of_type(content_type: str) -> SpreadsheetFormat:
    """Return the format of a workbook whose package says this of its main part.

    Raises:
        UnreadableWorkbookError: it says that it is something else, or nothing.
    """
    said = content_type.casefold()
    for mark, form in _TYPES:
        if mark in said:
            return form
    if not said:
        raise damaged("la partie qui dit son format manque")
    raise other_document(said)


def other_document(label: str) -> UnreadableWorkbookError:
    """Return the refusal of a document that is no spreadsheet, from what it says it is."""
    found = next((name for mark, name in _OTHER_DOCUMENTS if mark in label), "inconnu")
    return UnreadableWorkbookError(NOT_A_WORKBOOK, found=found)


def other_compound(names: Collection[str]) -> UnreadableWorkbookError:
    """Return the refusal of a compound file (OLE) that is no spreadsheet, from its streams."""
    if _OUTLOOK in names:
        return UnreadableWorkbookError(NOT_A_WORKBOOK, found="message Outlook")
    found = next((found for mark, found in _OTHER_COMPOUNDS if mark in names), "inconnu")
    return UnreadableWorkbookError(NOT_A_WORKBOOK, found=found)


def iwork_document() -> UnreadableWorkbookError:
    """Return the refusal of a document of Numbers."""
    return UnreadableWorkbookError(
        OTHER_SPREADSHEET,
        found="Numbers (ou un autre document iWork)",
        how="L'ouvrir dans Numbers, choisir Fichier > Exporter vers > Excel",
    )


def foreign_content(data: bytes) -> UnreadableWorkbookError:
    """Return the refusal of a file that is neither a zip nor a compound file."""
    for mark, found in _OTHER_ARCHIVES:
        if data.startswith(mark):
            return UnreadableWorkbookError(ARCHIVE_UNSUPPORTED, found=found)
    return _flat_spreadsheet(data) or UnreadableWorkbookError(
        NOT_A_WORKBOOK, found=_name_content(data)
    )


def _flat_spreadsheet(data: bytes) -> UnreadableWorkbookError | None:
    head = data[:4096]
    if b"office:document" in head and b"opendocument" in head:
        return UnreadableWorkbookError(
            OTHER_SPREADSHEET,
            found="OpenDocument à plat (.fods)",
            how="L'ouvrir dans LibreOffice, choisir Fichier > Enregistrer sous",
        )
    if b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        return UnreadableWorkbookError(
            OTHER_SPREADSHEET,
            found="Flat OPC (.xml)",
            how="L'ouvrir dans Excel, choisir Fichier > Enregistrer sous",
        )
    return None


def _name_content(data: bytes) -> str:
    known = next((found for mark, found in _OTHER_FILES if data.startswith(mark)), "")
    known = known or next((found for look, found in _LOOKS if look.match(data, 0, 4096)), "")
    if known:
        return known
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"excel.sheet" in head or b"schemas-microsoft-com:office:spreadsheet" in head:
        return "XML d'Excel 2003"
    if head.startswith(b"<"):
        return "HTML" if head.startswith((b"<!doctype html", b"<html")) else "XML"
    return "inconnu" if b"\0" in data[:4096] else "texte ou CSV"
