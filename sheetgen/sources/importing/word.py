"""A Word document (.docx), read into texts with their places: cells once, lists with their levels.

Its package is opened as any office file of others is: inflated within limits, without entities.
python-docx is not asked: it gives a merged cell at each place it spans, and leaves out texts that
are inserted with changes tracked, or stand in content controls.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.importing import NO_DOCUMENT
from sheetgen.sources.importing.document import (
    NO_LIST,
    DocumentCell,
    ReadBlock,
    ReadDocument,
    ReadParagraph,
    numbered,
    told_place,
)
from sheetgen.sources.importing.pasted import document_of_paragraphs
from sheetgen.sources.importing.word_lists import ListNumbers
from sheetgen.sources.importing.word_symbols import symbol
from sheetgen.spreadsheet import (
    UnreadableWorkbookError,
    containers,
    find_target,
    main_part,
    parse_part,
    relations_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.spreadsheet import Element

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The usual namespace, and that of Strict OOXML."""

_DELETED = frozenset({"del", "moveFrom", "delText", "instrText", "rPr", "pPr"})
_LINE_ENDS = frozenset({"br", "cr"})
_DRAWN = frozenset({"drawing", "pict", "object"})
_ASIDE = (
    ("header", "en-tête de page"),
    ("footer", "pied de page"),
    ("footnotes", "notes de bas de page"),
    ("endnotes", "notes de fin"),
    ("comments", "commentaires"),
    ("diagramData", "schéma"),
    ("chart", "graphique"),
)


def read_word(data: bytes) -> ReadDocument:
    """Return the texts of a Word document.

    Raises:
        UnreadableWorkbookError: it is none, or cannot be read.
    """
    package = containers.Package(data)
    part = main_part(package)
    root = parse_part(part, package.part(part))
    space = root.tag[1:].partition("}")[0]
    body = root.find(f"{{{space}}}body")
    if space not in _SPACES or body is None:
        raise UnreadableWorkbookError(NO_DOCUMENT, found="inconnu")
    found = relations_of(package, part)
    parts = {
        kind: parse_part(target, package.part(target))
        for kind in ("numbering", "styles")
        if (target := find_target(found, kind)) and target in package
    }
    lists = ListNumbers(space, parts.get("numbering"), parts.get("styles"))
    reader = _Reader(space=space, lists=lists)
    blocks = tuple(reader.blocks(body))
    aside = list(reader.aside)
    for kind, name in _ASIDE:
        targets = sorted({item.target for item in found.values() if item.kind == kind})
        for target in targets:
            if target in package:
                aside += reader.texts_aside(parse_part(target, package.part(target)), name)
    beside = _without_repeats(aside)
    if not any(block.cells for block in blocks):
        texts = [item for block in blocks for item in block.paragraphs]
        return replace(document_of_paragraphs(texts, "Word sans tableau"), aside=beside)
    return ReadDocument(form="Word", blocks=blocks, aside=beside)


def _without_repeats(aside: list[ReadParagraph]) -> tuple[ReadParagraph, ...]:
    """Return texts aside once each: a header is repeated for each section of a document."""
    seen: dict[tuple[str, str], ReadParagraph] = {}
    for paragraph in aside:
        key = (paragraph.text, paragraph.place.partition(",")[0])
        seen.setdefault(key, paragraph)
    return tuple(seen.values())


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Walks a document's elements.

    Attributes:
        space: the namespace of its elements.
        lists: the levels and numbers of list items.
        aside: the texts of boxes met so far.
        tables: tables met so far.
    """

    space: str
    lists: ListNumbers
    aside: list[ReadParagraph] = field(default_factory=list)
    tables: int = 0
    boxes: int = 0

    def blocks(self, body: Element) -> Iterator[ReadBlock]:
        """Yield tables and running text, in order."""
        running: list[tuple[str, int]] = []
        before = 0
        for child in self._flow(body):
            if child.tag == f"{{{self.space}}}p":
                running.append(self._paragraph(child))
                continue
            yield from self._running(running, before)
            before += len(running)
            running = []
            self.tables += 1
            yield self._table(child)
        yield from self._running(running, before)

    def _running(self, texts: list[tuple[str, int]], before: int) -> Iterator[ReadBlock]:
        """Yield paragraphs outside tables, numbered from the document's first one."""
        blank = [("", NO_LIST)] * before
        paragraphs = numbered([*blank, *texts], "")
        if paragraphs:
            yield ReadBlock(paragraphs=paragraphs)

    def _flow(self, parent: Element) -> Iterator[Element]:
        """Yield the paragraphs and tables in an element, whatever is wrapped around them."""
        for child in parent:
            name = self._name(child)
            if name in ("p", "tbl"):
                yield child
            elif name == "AlternateContent":
                yield from self._flow(self._choice(child))
            elif name not in _DELETED and name not in ("sectPr", "tcPr", "tblPr"):
                yield from self._flow(child)

    def _name(self, element: Element) -> str:
        """Return an element's local name."""
        return element.tag.rpartition("}")[2]

    def _choice(self, alternate: Element) -> Element:
        """Return the branch of alternatives that is read: both hold the same text."""
        return next(iter(alternate), alternate)

    def _paragraph(self, paragraph: Element) -> tuple[str, int]:
        """Return a paragraph's text and level, its number before it where that is a code."""
        text = "".join(self._pieces(paragraph))
        level, number = self.lists.of(paragraph)
        return (f"{number} {text}" if number and text.strip() else text), level

    def _pieces(self, parent: Element) -> Iterator[str]:
        for child in parent:
            name = self._name(child)
            if name == "t":
                yield child.text or ""
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in _LINE_ENDS:
                yield "\n"
            elif name == "noBreakHyphen":
                yield "\u2011"
            elif name == "sym":
                yield symbol(
                    *(child.get(f"{{{self.space}}}{said}") or "" for said in ("font", "char"))
                )
            elif name in _DRAWN or name == "txbxContent":
                self._box(child)
            elif name == "AlternateContent":
                yield from self._pieces(self._choice(child))
            elif name not in _DELETED:
                yield from self._pieces(child)

    def _box(self, drawn: Element) -> None:
        """Note the texts that stand in a box or a drawing: nothing can be made of them."""
        boxes = [drawn] if self._name(drawn) == "txbxContent" else []
        for box in boxes or drawn.iter(f"{{{self.space}}}txbxContent"):
            self.boxes += 1
            self.aside += self.texts_aside(box, f"zone de texte {self.boxes}")
        self.aside += numbered([(text, NO_LIST) for text in _drawn_texts(drawn)], "dessin")

    def texts_aside(self, root: Element, name: str) -> tuple[ReadParagraph, ...]:
        """Return the texts of a part that stands outside the flow."""
        texts = [self._paragraph(paragraph) for paragraph in root.iter(f"{{{self.space}}}p")]
        return numbered([*texts, *((text, NO_LIST) for text in _drawn_texts(root))], name)

    def _table(self, table: Element) -> ReadBlock:
        place = told_place(("tableau", self.tables))
        cells: list[DocumentCell] = []
        above: dict[int, int] = {}
        for number, row in enumerate(self._rows(table)):
            column = self._skipped(row)
            for element in self._cells(row):
                width = self._number(element, "gridSpan", 1)
                if self._continues(element) and column in above:
                    hidden = self._hidden(element, (number, column, width), place)
                    cells[above[column]] = _taller(cells[above[column]], number, hidden)
                else:
                    above[column] = len(cells)
                    cells.append(self._cell(element, (number, column, width), place))
                column += width
        return ReadBlock(place=place, cells=tuple(cells))

    def _rows(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = self._name(child)
            if name == "tr":
                properties = child.find(f"{{{self.space}}}trPr")
                if properties is None or properties.find(f"{{{self.space}}}del") is None:
                    yield child
            elif name in ("sdt", "sdtContent", "customXml", "ins"):
                yield from self._rows(child)

    def _cells(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            name = self._name(child)
            if name == "tc":
                yield child
            elif name in ("sdt", "sdtContent", "customXml", "ins"):
                yield from self._cells(child)

    def _skipped(self, row: Element) -> int:
        """Return the columns that a row leaves out before its first cell."""
        properties = row.find(f"{{{self.space}}}trPr")
        return 0 if properties is None else self._value(properties, "gridBefore", 0)

    def _continues(self, cell: Element) -> bool:
        """Return whether a cell is the continuation of the one above it."""
        properties = cell.find(f"{{{self.space}}}tcPr")
        merge = None if properties is None else properties.find(f"{{{self.space}}}vMerge")
        return merge is not None and merge.get(f"{{{self.space}}}val") != "restart"

    def _number(self, cell: Element, name: str, default: int) -> int:
        properties = cell.find(f"{{{self.space}}}tcPr")
        return default if properties is None else self._value(properties, name, default)

    def _value(self, properties: Element, name: str, default: int) -> int:
        item = properties.find(f"{{{self.space}}}{name}")
        said = "" if item is None else item.get(f"{{{self.space}}}val") or ""
        return min(int(said), _MOST_COLUMNS) if said.isdecimal() and len(said) < 6 else default

    def _hidden(
        self, element: Element, at: tuple[int, int, int], table: str
    ) -> tuple[ReadParagraph, ...]:
        """Return the texts of a cell that the one above it covers: no one sees them in Word."""
        if not any("".join(self._pieces(item)).strip() for item in self._flow(element)):
            return ()
        found = self._cell(element, at, table).paragraphs
        return tuple(replace(item, doubt=item.doubt or _COVERED) for item in found)

    def _cell(self, element: Element, at: tuple[int, int, int], table: str) -> DocumentCell:
        row, column, width = at
        place = f"{table}, {told_place(('ligne', row + 1), ('colonne', column + 1))}"
        texts: list[tuple[str, int]] = []
        nested = False
        for child in self._flow(element):
            if child.tag == f"{{{self.space}}}p":
                texts.append(self._paragraph(child))
            else:
                nested = True
                texts += [self._paragraph(item) for item in child.iter(f"{{{self.space}}}p")]
        paragraphs = numbered(texts, place)
        if nested:
            paragraphs = tuple(replace(item, doubt=item.doubt or _NESTED) for item in paragraphs)
        return DocumentCell(row=row, column=column, columns=width, paragraphs=paragraphs)


_MOST_COLUMNS = 63
"""The most columns that Word makes."""

_NESTED = "la cellule contient un autre tableau"
_COVERED = "écrit dans une cellule que recouvre celle du dessus"


def _taller(cell: DocumentCell, row: int, hidden: tuple[ReadParagraph, ...]) -> DocumentCell:
    """Return a cell that goes on down to a row, with the texts that it covers there."""
    return replace(cell, rows=row - cell.row + 1, paragraphs=(*cell.paragraphs, *hidden))


def _drawn_texts(root: Element) -> Iterator[str]:
    """Yield the texts of diagrams, charts and letterings, which are no paragraphs of Word's."""
    for element in root.iter("{*}*"):
        space, _, name = element.tag.rpartition("}")
        if name == "p" and "/drawingml/" in space and space.endswith("/main"):
            yield "".join(item.text or "" for item in element.iter(f"{space}}}t"))
        elif name == "textpath" and space.endswith(":vml"):
            yield element.get("string") or ""
