"""The pieces the Word templates are made of: tables, boxes, lists to choose from, fields, tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu
from word_styles import SHADE_LIGHT, TABLE_STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick, a content control in Word; `label` says aloud what ticking it means."""

    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field Word computes, such as `PAGE`."""

    instruction: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from, a content control in Word; `prompt` stands there until one does."""

    label: str
    prompt: str
    values: tuple[str, ...]


Piece: TypeAlias = str | Strong | Box | Field | Choice


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: the name of its style, then what it holds."""

    style: str
    pieces: tuple[Piece, ...]


def line(style: str, *pieces: Piece) -> Line:
    """A paragraph of this style."""
    return Line(style, pieces)


def tag(text: str) -> Line:
    """A paragraph that holds a tag and is gone once the template is rendered."""
    return line("Balise", text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one or more paragraphs, over `span` columns."""

    lines: tuple[Line, ...]
    span: int = 1
    shaded: bool = False


def cell(style: str, *pieces: Piece, span: int = 1, shaded: bool = False) -> Cell:
    """A cell of one paragraph."""
    return Cell((line(style, *pieces),), span, shaded)


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `height` is the least it takes, in centimetres."""

    cells: tuple[Cell, ...]
    header: bool = False
    height: float = 0


def row(*cells: Cell, height: float = 0) -> Row:
    """A row of a table's body."""
    return Row(cells, height=height)


def header(*titles: str, centred_from: int = 99) -> Row:
    """A row repeated on every page; titles are centred from the column `centred_from` on."""
    return Row(
        tuple(
            cell("Titre de colonne centré" if place >= centred_from else "Titre de colonne", title)
            for place, title in enumerate(titles)
        ),
        header=True,
    )


def tag_row(text: str, columns: int) -> Row:
    """A row that holds a tag and is gone once the template is rendered."""
    return Row((Cell((tag(text),), columns),))


def logo(style: str) -> tuple[Line, Line, Line]:
    """A paragraph of this style with the certifier's logo, gone where there is none."""
    return (
        tag("{%p if certification.logo %}"),
        line(style, "{{ certification.logo }}"),
        tag("{%p endif %}"),
    )


def add_line(document: Document, content: Line) -> None:
    """Append a paragraph to the document."""
    fill(document.add_paragraph(style=content.style), content)


def fill(paragraph: Paragraph, content: Line) -> None:
    """Write a paragraph's pieces, in its style."""
    paragraph.style = content.style
    for piece in content.pieces:
        if isinstance(piece, str):
            paragraph.add_run(piece)
        elif isinstance(piece, Strong):
            paragraph.add_run(piece.text, style="Strong")
        elif isinstance(piece, Box):
            _append(paragraph._p, _box(piece))  # noqa: SLF001 - python-docx has no API for it
        elif isinstance(piece, Choice):
            _append(paragraph._p, _choice(piece))  # noqa: SLF001 - likewise
        else:
            _append(paragraph._p, _field(piece))  # noqa: SLF001 - likewise


def _append(owner: BaseOxmlElement, xml: str) -> None:
    owner.append(parse_xml(xml))


def _box(box: Box) -> str:
    font = "MS Gothic"
    return (
        f"<w:sdt {nsdecls('w', 'w14')}><w:sdtPr>"
        f'<w:rPr><w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"/></w:rPr>'
        f'<w:alias w:val="{box.label}"/><w14:checkbox><w14:checked w14:val="0"/>'
        f'<w14:checkedState w14:val="2612" w14:font="{font}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{font}"/></w14:checkbox></w:sdtPr>'
        f'<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="{font}" w:eastAsia="{font}"'
        f' w:hAnsi="{font}" w:hint="eastAsia"/></w:rPr><w:t>\u2610</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )


def _choice(choice: Choice) -> str:
    items = "".join(
        f'<w:listItem w:displayText="{value}" w:value="{value}"/>' for value in choice.values
    )
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{choice.label}"/><w:showingPlcHdr/>'
        f"<w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{choice.prompt}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _field(field: Field) -> str:
    return (
        f'<w:fldSimple {nsdecls("w")} w:instr=" {field.instruction} ">'
        "<w:r><w:t>1</w:t></w:r></w:fldSimple>"
    )


def add_table(
    document: Document,
    widths: Sequence[float],
    rows: Sequence[Row],
    description: str,
    style: str = TABLE_STYLE,
) -> None:
    """Append a table whose rows are not split across pages; a first row of titles is repeated.

    Args:
        document: where to.
        widths: each column's share of the text's width.
        rows: from top to bottom.
        description: the table's alternative text.
        style: `BORDERLESS_STYLE` only puts things side by side.
    """
    table = document.add_table(rows=len(rows), cols=len(widths), style=style)
    table.autofit = False
    total, whole = sum(widths), _text_width(document)
    sizes = [Emu(round(whole * width / total)) for width in widths]
    for column, size in zip(table.columns, sizes, strict=True):
        column.width = size
    _describe(table, description, first_row=rows[0].header)
    for place, content in enumerate(rows):
        _fill_row(table, place, content, sizes)


def _text_width(document: Document) -> int:
    """Between the margins of the document's pages."""
    section = document.sections[0]
    width, margins = section.page_width, (section.left_margin, section.right_margin)
    if width is None or None in margins:
        message = "a page without width or margins"
        raise ValueError(message)
    return width - sum(margin or 0 for margin in margins)


def _describe(table: Table, description: str, *, first_row: bool) -> None:
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no API for it
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    bits = "0020" if first_row else "0000"
    _append(
        properties,
        f'<w:tblLook {nsdecls("w")} w:val="{bits}"'
        f' w:firstRow="{int(first_row)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>',
    )
    _append(properties, f'<w:tblDescription {nsdecls("w")} w:val="{description}"/>')


def _fill_row(table: Table, place: int, content: Row, sizes: Sequence[Emu]) -> None:
    built = table.rows[place]
    _set_row(built, content)
    start = 0
    for wanted in content.cells:
        target = table.cell(place, start)
        if wanted.span > 1:
            target = target.merge(table.cell(place, start + wanted.span - 1))
        target.width = Emu(sum(sizes[start : start + wanted.span]))
        _fill_cell(target, wanted)
        start += wanted.span
    if start != len(sizes):
        message = f"a row of {start} columns in a table of {len(sizes)}"
        raise ValueError(message)


def _set_row(built: _Row, content: Row) -> None:
    properties = built._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no API for it
    _append(properties, f"<w:cantSplit {nsdecls('w')}/>")
    if content.height:
        built.height = Cm(content.height)
    if content.header:
        _append(properties, f"<w:tblHeader {nsdecls('w')}/>")


def _fill_cell(target: _Cell, wanted: Cell) -> None:
    for extra in target.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001 - merging leaves empty paragraphs
    first, *others = wanted.lines
    fill(target.paragraphs[0], first)
    for other in others:
        fill(target.add_paragraph(), other)
    if wanted.shaded:
        _append(
            target._tc.get_or_add_tcPr(),  # noqa: SLF001 - python-docx has no API for it
            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SHADE_LIGHT}"/>',
        )
