"""A second reading of .xlsx and .ods, by other means: minidom in place of lxml, slow and literal.

It shares nothing with the product's reader but the meaning of the formats, so that a misreading in
one is a difference between both. What it does not know it refuses.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.dom import Node, minidom
from xml.parsers.expat import ExpatError

from sheetgen.spreadsheet import Moment, RawWorkbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.dom.minidom import Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

Cells = dict[tuple[str, str], object]
"""By sheet and address."""


class RefusedError(Exception):
    """A workbook that this reading does not understand."""


@dataclass(kw_only=True)
class Reading:
    """The content of a workbook's cells; a formula is known by its address alone."""

    values: Cells = field(default_factory=dict)
    errors: Cells = field(default_factory=dict)
    formulas: set[tuple[str, str]] = field(default_factory=set)
    merges: set[tuple[str, str]] = field(default_factory=set)


def reading_of(book: RawWorkbook) -> Reading:
    """Return a workbook as the product reads it; moments are left to their own tests."""
    found = Reading()
    for sheet in book.sheets:
        for row, cells in sheet.rows.items():
            for column, value in cells.items():
                found.values[sheet.name, name_of(row, column)] = (
                    "moment" if isinstance(value, Moment) else value
                )
        for (row, column), error in sheet.errors.items():
            found.errors[sheet.name, name_of(row, column)] = error
        found.formulas |= {(sheet.name, name_of(*place)) for place in sheet.formulas}
        found.merges |= {
            (sheet.name, f"{name_of(*item.first)}:{name_of(*item.last)}") for item in sheet.merged
        }
    return found


def name_of(row: int, column: int) -> str:
    """The address of a cell, written in this module's own way."""
    letters = ""
    number = column
    while number >= 0:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26] + letters
        number = number // 26 - 1
    return letters + str(row + 1)


def place_of(address: str) -> tuple[int, int]:
    """Row and column of an address."""
    found = re.fullmatch("([A-Za-z]{1,3})([1-9][0-9]{0,6})", address.strip(" \t\r\n"))
    if found is None:
        raise RefusedError(address)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    return int(found[2]) - 1, column - 1


def parse(package: dict[str, bytes], part: str) -> Element:
    """A part's root element."""
    if part not in package:
        raise RefusedError(part)
    try:
        document = minidom.parseString(package[part])
    except (ExpatError, ValueError, LookupError) as error:
        raise RefusedError(part) from error
    root = document.documentElement
    if document.doctype is not None or root is None:
        raise RefusedError(part)
    return root


def elements(parent: Element) -> Iterator[Element]:
    """The elements directly in another, which has no text between them."""
    for child in parent.childNodes:
        if child.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            if child.data.strip(" \t\r\n"):
                raise RefusedError(child.data)
        elif child.nodeType == Node.ELEMENT_NODE:
            yield child


def text_of(element: Element) -> str:
    """All the text of an element that has nothing else in it."""
    pieces = []
    for child in element.childNodes:
        if child.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            pieces.append(child.data)
        elif child.nodeType == Node.ELEMENT_NODE:
            raise RefusedError(child.tagName)
    return "".join(pieces)


def read_xlsx(data: bytes) -> Reading:
    """Return what an .xlsx holds.

    Raises:
        RefusedError: something in it is not understood.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise RefusedError(str(error)) from error
    book_part = next(
        target for kind, target in targets(package, "").values() if kind == "officeDocument"
    )
    book = parse(package, book_part)
    named = targets(package, book_part)
    texts: list[str] = []
    for kind, target in named.values():
        if kind == "sharedStrings":
            texts = shared_texts(parse(package, target))
    dates = date_styles(package, named)
    found = Reading()
    names = set()
    for group in elements(book):
        if group.localName != "sheets" or group.namespaceURI not in (MAIN, STRICT):
            continue
        for sheet in elements(group):
            name = sheet.getAttribute("name")
            identifier = sheet.getAttributeNS(RELATIONS, "id") or sheet.getAttributeNS(
                STRICT_RELATIONS, "id"
            )
            if name.casefold() in names or identifier not in named:
                raise RefusedError(name)
            names.add(name.casefold())
            kind, target = named[identifier]
            if kind != "worksheet":
                raise RefusedError(kind)
            read_sheet(found, name, parse(package, target), (texts, dates))
    return found


def targets(package: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relationship of a part."""
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", name + ".rels")
    found: dict[str, tuple[str, str]] = {}
    for item in elements(parse(package, where)):
        if item.namespaceURI != PACKAGE_RELATIONS:
            raise RefusedError(item.tagName)
        space, _, kind = item.getAttribute("Type").rpartition("/")
        if space not in (RELATIONS, STRICT_RELATIONS):
            kind = f"{space}/{kind}"
        target = posixpath.normpath(posixpath.join("/" + folder, item.getAttribute("Target")))
        if item.getAttribute("Id") in found:
            raise RefusedError(where)
        found[item.getAttribute("Id")] = kind, target.lstrip("/")
    return found


def shared_texts(table: Element) -> list[str]:
    """The shared texts."""
    texts = []
    for item in elements(table):
        if (item.localName, item.namespaceURI) == ("extLst", table.namespaceURI):
            continue
        if item.localName != "si" or item.namespaceURI != table.namespaceURI:
            raise RefusedError(item.tagName)
        texts.append(rich_text(item))
    return texts


def rich_text(item: Element) -> str:
    """The text of an item, of its runs too."""
    pieces = []
    for part in elements(item):
        if part.namespaceURI != item.namespaceURI:
            raise RefusedError(part.tagName)
        if part.localName == "t":
            text = text_of(part)
            kept = part.getAttribute("xml:space") == "preserve"
            pieces.append(characters(text if kept else text.strip(" \t\r\n")))
        elif part.localName == "r":
            pieces.append(rich_text(part))
        elif part.localName not in ("rPr", "rPh", "phoneticPr", "extLst"):
            raise RefusedError(part.tagName)
    return "".join(pieces)


def characters(text: str) -> str:
    """A text with its escapes read."""
    pieces = re.split("_x([0-9A-Fa-f]{4})_", text)
    if len(pieces) == 1:
        return text
    read = "".join(
        chr(int(piece, 16)) if place % 2 else piece for place, piece in enumerate(pieces)
    )
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def date_styles(package: dict[str, bytes], named: dict[str, tuple[str, str]]) -> set[int]:
    """The places of the styles that show a date or a time."""
    part = next((target for kind, target in named.values() if kind == "styles"), "")
    if part not in package:
        return set()
    root = parse(package, part)
    codes = {
        item.getAttribute("numFmtId"): re.sub(
            r'"[^"]*"|\[[^hms\]]*\]|\\.', "", item.getAttribute("formatCode")
        )
        for item in root.getElementsByTagNameNS(root.namespaceURI, "numFmt")
        if item.parentNode is not None and item.parentNode.localName == "numFmts"
    }
    found = set()
    for group in root.getElementsByTagNameNS(root.namespaceURI, "cellXfs"):
        for place, style in enumerate(elements(group)):
            number = style.getAttribute("numFmtId")
            code = codes.get(number, "")
            if re.search("[dmyhs]", code.partition(";")[0].replace("General", "")) or (
                number not in codes and number.isdecimal() and 14 <= int(number) <= 22
            ):
                found.add(place)
    return found


ROW = {
    *("r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel"),
    *("collapsed", "thickTop", "thickBot", "ph"),
}


def read_sheet(
    found: Reading, name: str, root: Element, tables: tuple[list[str], set[int]]
) -> None:
    """Add a worksheet's cells to what was found."""
    if root.localName != "worksheet" or root.namespaceURI not in (MAIN, STRICT):
        raise RefusedError(root.tagName)
    seen: set[tuple[int, int]] = set()
    rows: set[int] = set()
    for section in elements(root):
        if section.namespaceURI != root.namespaceURI:
            continue
        if section.localName == "mergeCells":
            for item in elements(section):
                first, _, last = item.getAttribute("ref").partition(":")
                corners = [place_of(first), place_of(last or first)]
                top, left = (min(side) for side in zip(*corners, strict=True))
                bottom, right = (max(side) for side in zip(*corners, strict=True))
                found.merges.add((name, f"{name_of(top, left)}:{name_of(bottom, right)}"))
        if section.localName != "sheetData":
            continue
        number = -1
        for line in elements(section):
            if (line.localName, line.namespaceURI) != ("row", root.namespaceURI):
                raise RefusedError(line.tagName)
            refuse_attributes(line, ROW)
            number += 1
            if line.hasAttribute("r"):
                if not re.fullmatch("[1-9][0-9]{0,6}", line.getAttribute("r").strip(" \t\r\n")):
                    raise RefusedError("row")
                number = int(line.getAttribute("r")) - 1
            column = -1
            for cell in elements(line):
                if (cell.localName, cell.namespaceURI) == ("extLst", root.namespaceURI):
                    continue
                if (cell.localName, cell.namespaceURI) != ("c", root.namespaceURI):
                    raise RefusedError(cell.tagName)
                refuse_attributes(cell, {"r", "s", "t", "cm", "vm", "ph"})
                column += 1
                if cell.hasAttribute("r"):
                    row, column = place_of(cell.getAttribute("r"))
                    if row != number and (line.hasAttribute("r") or (number, 0) in seen):
                        raise RefusedError("row")
                    number = row
                if (number, column) in seen:
                    raise RefusedError("twice")
                seen.add((number, column))
                read_cell(found, (name, name_of(number, column)), cell, tables)
            if number in rows:
                raise RefusedError("row twice")
            rows.add(number)


def refuse_attributes(element: Element, known: set[str]) -> None:
    """Refuse what may mean something."""
    for attribute in element.attributes.values():
        if attribute.namespaceURI in (None, MAIN, STRICT) and attribute.name not in known:
            raise RefusedError(attribute.name)


def read_cell(
    found: Reading, where: tuple[str, str], cell: Element, tables: tuple[list[str], set[int]]
) -> None:
    """Add a cell to what was found."""
    texts, dates = tables
    parts: dict[str, Element] = {}
    for part in elements(cell):
        if part.namespaceURI != cell.namespaceURI or part.localName in parts:
            raise RefusedError(part.tagName)
        parts[part.localName] = part
    if parts.keys() - {"v", "f", "is", "extLst"}:
        raise RefusedError(str(parts.keys()))
    if "f" in parts:
        if parts["f"].getAttribute("t") in ("array", "dataTable"):
            raise RefusedError("array")
        text_of(parts["f"])
        found.formulas.add(where)
    kind = cell.getAttribute("t") or "n"
    written = text_of(parts["v"]) if "v" in parts else ""
    if kind == "inlineStr":
        if written:
            raise RefusedError("two values")
        value: object = rich_text(parts["is"]) if "is" in parts else ""
    elif "is" in parts:
        raise RefusedError("two values")
    elif kind == "e":
        if "v" in parts:
            found.errors[where] = characters(written) or "#VALUE!"
        return
    elif kind == "str":
        value = characters(written)
    else:
        value = plain_value(kind, written.strip(" \t\r\n"), texts)
        style = cell.getAttribute("s").strip()
        if isinstance(value, float) and style.isdecimal() and int(style) in dates:
            value = "moment"
    if value != "":
        found.values[where] = value


def plain_value(kind: str, written: str, texts: list[str]) -> object:
    """A number, a truth or a shared text."""
    if not written and kind in ("n", "s", "b"):
        return ""
    if kind == "n" and re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?", written):
        number = float(written)
        if number - number == 0:
            return number
    if kind == "s" and re.fullmatch("[0-9]{1,10}", written) and int(written) < len(texts):
        return texts[int(written)]
    if kind == "b" and written in ("0", "1", "true", "false"):
        return written in ("1", "true")
    raise RefusedError(written)


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = f"{ODF}office:1.0", f"{ODF}table:1.0", f"{ODF}text:1.0"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def read_ods(data: bytes) -> Reading:
    """Return what an .ods holds.

    Raises:
        RefusedError: something in it is not understood.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise RefusedError(str(error)) from error
    root = parse(package, "content.xml")
    found = Reading()
    names = set()
    for body in children_of(root, OFFICE, "body"):
        for sheets in children_of(body, OFFICE, "spreadsheet"):
            for table in children_of(sheets, TABLE, "table"):
                name = table.getAttributeNS(TABLE, "name")
                if name.casefold() in names:
                    raise RefusedError(name)
                names.add(name.casefold())
                read_rows(found, name, table, 0)
    return found


def children_of(parent: Element, space: str, *names: str) -> list[Element]:
    """The elements of some names directly in another."""
    return [
        child
        for child in parent.childNodes
        if child.nodeType == Node.ELEMENT_NODE
        and (child.namespaceURI, child.localName) in [(space, name) for name in names]
    ]


def read_rows(found: Reading, name: str, parent: Element, row: int) -> int:
    """Add the cells of some rows to what was found; return the number of the row after them."""
    for line in children_of(
        parent, TABLE, "table-row", "table-rows", "table-header-rows", "table-row-group"
    ):
        if line.localName != "table-row":
            row = read_rows(found, name, line, row)
            continue
        column = 0
        for cell in elements(line):
            if cell.namespaceURI != TABLE or cell.localName not in (
                "table-cell",
                "covered-table-cell",
            ):
                raise RefusedError(cell.tagName)
            times = count(cell, "number-columns-repeated")
            read_ods_cell(found, name, cell, (row, column, times, count(line, ROWS_REPEATED)))
            column += times
        row += count(line, ROWS_REPEATED)
    return row


ROWS_REPEATED = "number-rows-repeated"


def count(element: Element, attribute: str) -> int:
    """A count; one where none is said."""
    if not element.hasAttributeNS(TABLE, attribute):
        return 1
    said = element.getAttributeNS(TABLE, attribute).strip(" \t\r\n")
    if not re.fullmatch("[0-9]{1,10}", said):
        raise RefusedError(said)
    return int(said)


def read_ods_cell(
    found: Reading, name: str, cell: Element, where: tuple[int, int, int, int]
) -> None:
    """Add a cell to what was found, as often as it stands there."""
    row, column, across, down = where
    wide, high = count(cell, "number-columns-spanned"), count(cell, "number-rows-spanned")
    if wide > 1 or high > 1:
        last = name_of(row + high - 1, column + wide - 1)
        found.merges.add((name, f"{name_of(row, column)}:{last}"))
    if count(cell, "number-matrix-columns-spanned") + count(cell, MATRIX) > 2:
        raise RefusedError("matrix")
    lines = []
    for part in elements(cell):
        if (part.namespaceURI, part.localName) in ((TEXT, "p"), (TEXT, "h")):
            lines.append(paragraph(part).strip(" ").replace("\0", " "))
        elif part.localName not in ("annotation", "frame", "custom-shape", "detective"):
            raise RefusedError(part.tagName)
    text = "\n".join(lines)
    formula = cell.hasAttributeNS(TABLE, "formula")
    kind = cell.getAttributeNS(OFFICE, "value-type")
    failed = cell.getAttributeNS(CALC, "value-type") == "error"
    if formula and kind in ("", "string") and re.fullmatch("#(DIV/0!|N/A|REF!|NUM!)", text):
        failed = True
    value = "" if failed else ods_value(cell, kind, text)
    if value == "" and not formula and not failed:
        return
    if across * down > 2000:
        raise RefusedError("far")
    for place in ((r, c) for r in range(row, row + down) for c in range(column, column + across)):
        key = name, name_of(*place)
        if formula:
            found.formulas.add(key)
        if failed:
            found.errors[key] = text or "#VALUE!"
        elif value != "":
            found.values[key] = value


MATRIX = "number-matrix-rows-spanned"


def ods_value(cell: Element, kind: str, text: str) -> object:
    """The value of a cell of this type."""
    if kind in ("", "string"):
        shown = cell.hasAttributeNS(OFFICE, "string-value")
        return cell.getAttributeNS(OFFICE, "string-value") if shown else text
    if kind in ("float", "percentage", "currency"):
        written = cell.getAttributeNS(OFFICE, "value").strip(" \t\r\n")
        value = plain_value("n", written, [])
        if value == "":
            raise RefusedError(kind)
        return value
    if kind == "boolean" and cell.getAttributeNS(OFFICE, "boolean-value") in ("true", "false"):
        return cell.getAttributeNS(OFFICE, "boolean-value") == "true"
    if kind == "date" and re.fullmatch(
        r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?",
        cell.getAttributeNS(OFFICE, "date-value"),
    ):
        return "moment"
    raise RefusedError(kind)


def spaces(mark: Element) -> str:
    """The spaces that a mark stands for, written so that they are not taken for blanks."""
    said = mark.getAttributeNS(TEXT, "c") if mark.hasAttributeNS(TEXT, "c") else "1"
    if not re.fullmatch("[0-9]{1,5}", said.strip(" \t\r\n")) or int(said) > 32_767:
        raise RefusedError(said)
    return "\0" * int(said)


def paragraph(element: Element) -> str:
    """Return what a paragraph shows, its blanks made one."""
    pieces = ""
    for child in element.childNodes:
        if child.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            words = re.sub("[ \t\r\n]+", " ", child.data)
            pieces += words[1:] if words.startswith(" ") and pieces[-1:] in ("", " ") else words
        elif child.nodeType == Node.ELEMENT_NODE:
            if child.namespaceURI != TEXT or child.localName not in ("span", "a", "s"):
                raise RefusedError(child.tagName)
            pieces += paragraph(child) if child.localName != "s" else spaces(child)
    return pieces
