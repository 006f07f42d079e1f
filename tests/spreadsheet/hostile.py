"""Workbooks for tests, honest ones and those built to harm whatever reads them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
MOMENT = datetime(2026, 6, 15, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone


def grid() -> bytes:
    """A small workbook: texts, numbers, a truth, a date, formulas, an error, a merge, a stamp."""
    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": MOMENT})  # every process that tests has the same bytes
    sheet = book.add_worksheet("BC01")
    sheet.write_row(1, 1, ["Code", "Évaluation", "Points"])
    sheet.write_row(2, 1, ["C1.1.1", "Acquis", 2])
    sheet.write_row(3, 1, ["C1.1.2", "Non acquis & revu", 0.1])
    sheet.write_formula(4, 2, '="Acq"&"uis"', None, "Acquis")
    sheet.write_formula(4, 3, "=1/0", None, "#DIV/0!")
    sheet.write_boolean(5, 1, True)
    sheet.write_datetime(5, 2, MOMENT, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    sheet.merge_range(6, 1, 7, 2, "fusion")
    sheet.write_comment(2, 2, "une note de cellule")
    hidden = book.add_worksheet("_sheetgen")
    hidden.write(0, 0, "candidat")
    hidden.very_hidden()
    book.set_custom_property("sheetgen.grid", "G-1")
    book.set_custom_property("sheetgen.version", 3)
    book.close()
    return file.getvalue()


def edited(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed; every part when none is named."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return packed(
        {name: change(body) if part in ("", name) else body for name, body in parts.items()}
    )


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with a text of one part replaced, which must be there."""

    def change(body: bytes) -> bytes:
        assert old.encode() in body
        return body.replace(old.encode(), new.encode())

    return edited(data, part, change)


def without(data: bytes, part: str) -> bytes:
    """The package with one part left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({name: package.read(name) for name in package.namelist() if name != part})


def strict(data: bytes) -> bytes:
    """The package in the namespaces of Strict OOXML."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return edited(
        data,
        "",
        lambda body: body.replace(
            office, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ).replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    )


def prefixed(data: bytes) -> bytes:
    """The package with its first sheet's elements in a prefixed namespace, as some tools write."""

    def change(body: bytes) -> bytes:
        named = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", body)
        return named.replace(b' xmlns="', b' xmlns:x="')

    return edited(data, SHEET, change)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return file.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A zip's entry, whose table may say anything of it."""

    name: str | bytes
    packed: bytes
    size: int
    crc: int
    flags: int = 0x800
    method: int = zipfile.ZIP_DEFLATED


def entry(name: str, body: bytes) -> Entry:
    """An honest entry."""
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    squeezed = stream.compress(body) + stream.flush()
    return Entry(name=name, packed=squeezed, size=len(body), crc=zlib.crc32(body))


def entries(data: bytes) -> list[Entry]:
    """The entries of a package, to be tampered with."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [entry(name, package.read(name)) for name in package.namelist()]


def zeros(name: str, mebibytes: int) -> Entry:
    """An entry that inflates to so many MiB of zeros, made without inflating it."""
    stream = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = stream.compress(bytes(1 << 20)) + stream.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(bytes(1 << 20), crc)
    return Entry(name=name, packed=block * mebibytes + b"\x03\x00", size=mebibytes << 20, crc=crc)


def written(items: Iterable[Entry]) -> bytes:
    """A zip of the entries, its tables saying exactly what they say."""
    body, table, count = b"", b"", 0
    for item in items:
        name = item.name.encode() if isinstance(item.name, str) else item.name
        said = struct.pack(
            "<4H3I2H",
            item.flags,
            item.method,
            0,
            0x21,
            item.crc,
            len(item.packed),
            item.size,
            len(name),
            0,
        )
        table += b"PK\x01\x02\x14\x00\x14\x00" + said
        table += struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + name
        body += b"PK\x03\x04\x14\x00" + said + name + item.packed
        count += 1
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(table), len(body), 0)
    return body + table + end


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE) of the streams, each padded to where it needs no smaller sectors."""
    padded = {name: body.ljust(-(-max(len(body), 4096) // 512) * 512, b"\0")
              for name, body in streams.items()}  # fmt: skip
    directory_sectors = -(-(len(padded) + 1) // 4)
    links = [0xFFFFFFFD, *range(2, 1 + directory_sectors), 0xFFFFFFFE]
    records = [_compound_record("Root Entry", 5, (0xFFFFFFFE, 0), child=1)]
    for number, (name, body) in enumerate(padded.items(), start=1):
        start, count = len(links), len(body) // 512
        after = number + 1 if number < len(padded) else _NOTHING
        records.append(_compound_record(name, 2, (start, len(body)), after=after))
        links += [*range(start + 1, start + count), 0xFFFFFFFE]
    assert len(links) <= 128
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    table = struct.pack("<128I", *links, *[0xFFFFFFFF] * (128 - len(links)))
    directory = b"".join(records).ljust(directory_sectors * 512, b"\0")
    index = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + index + table + directory + b"".join(padded.values())


_NOTHING = 0xFFFFFFFF


def _compound_record(
    name: str, kind: int, where: tuple[int, int], *, after: int = _NOTHING, child: int = _NOTHING
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<3I", _NOTHING, after, child)
    tail = struct.pack("<IQ", *where)
    return (
        text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links + bytes(36) + tail
    )


Record = tuple[int, bytes]

NUMBER, FORMULA = 0x203, 0x06


def xls_cell(kind: int, row: int, column: int, value: float) -> Record:
    """A number, or a formula whose result is that number."""
    body = struct.pack("<3Hd", row, column, 0, value)
    return kind, body if kind == NUMBER else body + struct.pack("<HI3HB", 0, 0, 3, 0x1E, 1, 0)


def xls_stream(cells: Sequence[Record], *, texts: int = 0, styles: Sequence[Record] = ()) -> bytes:
    """The Workbook stream of an .xls with one sheet; `texts` is the count of texts it announces."""
    start = (0x809, struct.pack("<4H2I", 0x600, 5, 0, 0, 0, 6))
    shared = (0xFC, struct.pack("<2I", texts, texts))
    sheet_name = b"\x04\x00BC01"
    globals_length = (
        sum(4 + len(body) for _, body in (start, *styles, shared)) + 4 + 6 + len(sheet_name) + 4
    )
    sheet = (0x85, struct.pack("<IH", globals_length, 0) + sheet_name)
    end = (0x0A, b"")
    return b"".join(
        struct.pack("<2H", kind, len(body)) + body
        for kind, body in (start, *styles, shared, sheet, end, start, *cells, end)
    )


def xls(cells: Sequence[Record], *, texts: int = 0, styles: Sequence[Record] = ()) -> bytes:
    """An .xls with one sheet."""
    return compound({"Workbook": xls_stream(cells, texts=texts, styles=styles)})


def xlsb_record(kind: int, body: bytes = b"") -> bytes:
    """A record of an .xlsb part."""
    code = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, count = b"", len(body)
    while True:
        length += bytes([count & 0x7F | (0x80 if count > 127 else 0)])
        count >>= 7
        if not count:
            return code + length + body


def xlsb_text(text: str) -> bytes:
    """A text inside such a record."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_row(row: int) -> bytes:
    """The record that opens a row."""
    return xlsb_record(0, struct.pack("<I", row) + bytes(13))


def xlsb_cell(kind: int, column: int, value: bytes) -> bytes:
    """The record of a cell."""
    return xlsb_record(kind, struct.pack("<2I", column, 0) + value)


def xlsb(
    rows: bytes,
    *,
    extent: tuple[int, int] = (10, 10),
    texts: bytes | None = None,
    styles: bytes | None = None,
) -> bytes:
    """An .xlsb with one sheet, whose rows, cells, shared texts and styles are given."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = b"".join([
        xlsb_record(129),
        xlsb_record(148, struct.pack("<4I", 0, extent[0] - 1, 0, extent[1] - 1)),
        xlsb_record(145),
        rows,
        xlsb_record(146),
        xlsb_record(130),
    ])  # fmt: skip
    book = b"".join([
        xlsb_record(131),
        xlsb_record(153, bytes(12)),
        xlsb_record(143),
        xlsb_record(156, struct.pack("<2I", 0, 1) + xlsb_text("rId1") + xlsb_text("BC01")),
        xlsb_record(144),
        xlsb_record(132),
    ])  # fmt: skip
    types = (
        f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )

    def named(**targets: str) -> bytes:
        listed = "".join(
            f'<Relationship Id="rId{number}" Type="{relations}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets.items(), start=1)
        )
        return f'<Relationships xmlns="{package}/relationships">{listed}</Relationships>'.encode()

    shared = {} if texts is None else {"sharedStrings": "sharedStrings.bin"}
    styled = {} if styles is None else {"styles": "styles.bin"}
    return packed(
        {
            **({} if texts is None else {"xl/sharedStrings.bin": texts}),
            **({} if styles is None else {"xl/styles.bin": styles}),
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": named(officeDocument="xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": named(
                worksheet="worksheets/sheet1.bin", **shared, **styled
            ),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def ods(rows: str, *, encrypted: bool = False) -> bytes:
    """An .ods with one sheet, whose rows are given as XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="BC01">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    secret = "<manifest:encryption-data/>" if encrypted else ""
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{secret}</manifest:file-entry></manifest:manifest>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def ods_cell(text: str, **counts: int) -> str:
    """A text cell, repeated or spanning as said: `columns_repeated=3`."""
    said = "".join(f' table:number-{key.replace("_", "-")}="{n}"' for key, n in counts.items())
    opening = f'<table:table-cell office:value-type="string"{said}>'
    return f"{opening}<text:p>{text}</text:p></table:table-cell>"
