"""Print a Word document as text, so that `git diff` can show what changed in it.

A line for each paragraph, after the name of its style; under a table, each row begins with `|`, its
cells follow, and a text box begins with `[`. Each part stands under its name: body, headers and
footers, notes. Styles and the page come last, a line each. CONTRIBUTING.md says how to set it up.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from lxml import etree

_PARTS = ("document", "header", "footer", "footnotes", "endnotes", "comments")
_PARAGRAPH, _ROW, _CELL, _BOX = (qn(f"w:{name}") for name in ("p", "tr", "tc", "txbxContent"))
_TEXT, _DELETED, _TAB, _BREAK = (qn(f"w:{name}") for name in ("t", "delText", "tab", "br"))
_FIELD, _SIMPLE_FIELD, _TAB_STOPS = (qn(f"w:{name}") for name in ("instrText", "fldSimple", "tabs"))
_INSTRUCTION = qn("w:instr")
_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_VALUE = qn("w:val")


def document_lines(path: Path) -> Iterator[str]:
    """Give the lines that show a document; one that says so where the file is none.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            document = docx.Document(file)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        yield f"Not a Word document that can be read: {error}"
        return
    names = {style.style_id: style.name for style in document.styles}
    parts = {str(part.partname): part for part in document.part.package.parts}
    for name in sorted(parts, key=_order):
        if Path(name).name.startswith(_PARTS) and name.endswith(".xml"):
            yield f"## {name}"
            yield from _part_lines(parse_xml(parts[name].blob), names)
    yield from _style_lines(document)
    yield from _page_lines(document)


def _order(name: str) -> tuple[int, str]:
    stem = Path(name).name
    return next((place for place, part in enumerate(_PARTS) if stem.startswith(part)), 99), name


def _part_lines(root: etree._Element, styles: dict[str, str | None]) -> Iterator[str]:
    for paragraph in root.iter(_PARAGRAPH):
        text = _text(paragraph)
        if text:
            mark = paragraph.find(_STYLE)
            name = "Normal" if mark is None else styles.get(mark.get(_VALUE, ""), mark.get(_VALUE))
            yield f"{_start(paragraph)}{name}: {text}"


def _start(paragraph: etree._Element) -> str:
    """Show where a paragraph is: in a box, first in a row, elsewhere in it, or in the text."""
    for owner in paragraph.iterancestors(_BOX, _CELL):
        if owner.tag == _BOX:
            return "[ "
        row = owner.getparent()
        first = row is not None and next(row.iter(_PARAGRAPH), None) is paragraph
        return "| " if first else "  "
    return ""


def _text(paragraph: etree._Element) -> str:
    """Give what a paragraph says, deleted text and fields in brackets."""
    pieces: list[str] = []
    for item in paragraph.iter(_TEXT, _DELETED, _TAB, _BREAK, _FIELD, _SIMPLE_FIELD):
        nearest = next(item.iterancestors(_PARAGRAPH, _TAB_STOPS), None)
        if nearest is not paragraph:
            continue
        if item.tag == _TEXT:
            pieces.append(item.text or "")
        elif item.tag == _DELETED:
            pieces.append(f"[supprimé : {item.text}]")
        elif item.tag in (_TAB, _BREAK):
            pieces.append(" → " if item.tag == _TAB else " ⏎ ")
        else:
            pieces.append(f"[{(item.text or item.get(_INSTRUCTION) or '').strip()}]")
    return "".join(pieces).strip()


def _style_lines(document: Document) -> Iterator[str]:
    yield "## styles"
    for style in sorted(document.styles, key=lambda item: str(item.name)):
        font: Any = getattr(style, "font", None)
        if font is None:
            continue
        looks = (
            font.name,
            font.size and f"{font.size.pt:g} pt",
            font.color is not None and font.color.rgb and f"#{font.color.rgb}",
            font.bold and "bold",
            font.italic and "italic",
        )
        yield f"{style.name}: {', '.join(str(look) for look in looks if look)}"


def _page_lines(document: Document) -> Iterator[str]:
    yield "## pages"
    for section in document.sections:
        sides = (
            "page_width",
            "page_height",
            "top_margin",
            "bottom_margin",
            "left_margin",
            "right_margin",
        )
        sizes = ((side, getattr(section, side)) for side in sides)
        yield ", ".join(f"{side} {size.mm:.0f} mm" for side, size in sizes if size is not None)


def main(path: str) -> None:
    """Print the document in UTF-8, whatever the terminal's encoding."""
    text = "".join(f"{line}\n" for line in document_lines(Path(path)))
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main(sys.argv[1])
