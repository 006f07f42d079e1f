"""A Word document as files that do not depend on when or where it is written."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from sheetgen.files import Member, pack

if TYPE_CHECKING:
    from docx.document import Document

_LOCAL_HEADER = struct.Struct("<26xHH")


def document_bytes(document: Document) -> bytes:
    """Return the document as a .docx file: the same parts give the same bytes."""
    return pack(document_members(document))


def document_members(document: Document) -> list[Member]:
    """Return the document's files, as python-docx orders and compresses them."""
    saved = io.BytesIO()
    document.save(saved)
    data = saved.getvalue()
    with zipfile.ZipFile(saved) as source:
        return [_member(data, entry) for entry in source.infolist()]


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member:
    """Return a file as python-docx compressed it, without the time at which it did."""
    name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + name + extra
    return Member(
        name=entry.filename,
        size=entry.file_size,
        crc=entry.CRC,
        deflated=data[start : start + entry.compress_size],
    )
