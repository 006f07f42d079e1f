"""An .xlsx or .xlsm as spreadsheets usually write it, read in one pass of patterns.

What is given is what the full readers of `raw` give, many times faster: `usual_xml` says how far
that goes. Every value is read here from the same characters as its formula.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sheetgen.grids.raw_parts import read_outline
from sheetgen.grids.unpacking import BrokenEntryError
from sheetgen.grids.usual_rows import CellContext, Texts, UsualRows
from sheetgen.grids.usual_sheet import read_stamp_columns, read_usual_sheet
from sheetgen.grids.usual_xml import (
    DECLARATION,
    LARGEST,
    MAIN,
    UnusualError,
    check_well_formed,
    kept,
    usual_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sheetgen.grids.raw_parts import Outline
    from sheetgen.grids.unpacking import Package

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_OPENING = re.compile(
    rf'{DECLARATION}<sst xmlns="{MAIN}"(?: count="[0-9]+")?(?: uniqueCount="[0-9]+")?>'
)
_TEXT_BEGINS, _TEXT_ENDS = "<si><t", "</t></si>"
_TEXT_SPACES = ("", ' xml:space="preserve"')
_RELATIONSHIPS = re.compile(
    f"{DECLARATION}<Relationships "
    r'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\s*'
    r'(?:<Relationship(?: (?:Id|Type|Target|TargetMode)="[^"<>&]+")+ ?/>\s*)+</Relationships>\s*'
)
_SHEETS = re.compile(
    r'<sheets>(?:<sheet(?: xmlns:r="[^"<>&]+")? name="[^"<>]+" sheetId="[0-9]{1,9}"'
    r'(?: state="(?:visible|hidden|veryHidden)")? r:id="[^"<>&]+" ?/>)+</sheets>'
)
_PLAIN_FORMATS = frozenset({0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 48, 49})
"""Number formats that every spreadsheet knows by number, and that show no date."""

_PLAIN_CODE = re.compile(r"General|@|(?:[0#?,.%+\-(); ]|\\ )+")
"""The code of a number format that shows no date, whoever reads it."""


def read_usual(package: Package, bare: Collection[str]) -> Iterator[tuple[str, UsualRows]]:
    """The name and the content of each sheet; of those named bare, the first two columns' values.

    Raises:
        UnusualError: it is not all written the usual way.
        BrokenPartError: it does not say which sheets it has.
    """
    outline = read_outline(package)
    _check_outline(outline)
    _check_relationships(_part(package, _RELATIONS))
    _check_workbook(_part(package, _WORKBOOK))
    context = CellContext(
        texts=_read_texts(_part(package, _TEXTS)) if _TEXTS in package else Texts(),
        numeric=_numeric_styles(_part(package, _STYLES)),
    )
    for name, relation in outline.sheets:
        read = read_stamp_columns if name in bare else read_usual_sheet
        yield name, read(_part(package, outline.targets[relation][1]), context)


def _part(package: Package, name: str) -> bytes:
    try:
        return package.part(name)
    except (KeyError, BrokenEntryError) as error:
        raise UnusualError from error


def _check_outline(outline: Outline) -> None:
    """Refuses a workbook whose parts the full readers might look for elsewhere."""
    kinds = [outline.targets.get(relation, ("", ""))[0] for _, relation in outline.sheets]
    parts = {part for kind, part in outline.targets.values() if kind in ("sharedStrings", "styles")}
    names = [name for name, _ in outline.sheets]
    if (
        outline.workbook != _WORKBOOK
        or not parts <= {_TEXTS, _STYLES}
        or set(kinds) != {"worksheet"}
        or len({relation for _, relation in outline.sheets}) != len(names)
        or len({name.casefold() for name in names}) != len(names)
        or not all(name.isprintable() for name in names)
    ):
        raise UnusualError


@lru_cache(maxsize=16)
def _check_relationships(part: bytes) -> None:
    """Refuses what the full readers might take in different ways; the same come with each grid."""
    text = usual_text(part)
    counts = {text.count(f' {name}="') for name in ("Id", "Type", "Target")}
    if counts != {text.count("<Relationship ")} or not _RELATIONSHIPS.fullmatch(text):
        raise UnusualError


@lru_cache(maxsize=16)
def _check_workbook(part: bytes) -> None:
    text = usual_text(part)
    check_well_formed(part)
    if not _SHEETS.search(text) or text.count("sheets>") != 2 or "<workbook " not in text:
        raise UnusualError


@lru_cache(maxsize=4096)
def _kept(written: str) -> str:
    """A text with the elements that begin it: most are in every grid."""
    space, _, text = written.removeprefix(_TEXT_BEGINS).partition(">")
    if space not in _TEXT_SPACES or not text:
        raise UnusualError
    return kept(text, preserved=bool(space))


def _read_texts(part: bytes) -> Texts:
    """The workbook's texts."""
    text = usual_text(part)
    opening = _OPENING.match(text)
    if opening is None:
        raise UnusualError
    *texts, rest = text[opening.end() :].split(_TEXT_ENDS)
    # Each begins where the last one ends, and four marks for each leave none to stand elsewhere.
    begun = text.count(_TEXT_BEGINS, opening.end(), opening.end() + len(_TEXT_BEGINS))
    begun += text.count(_TEXT_ENDS + _TEXT_BEGINS)
    marks = text.count("<", opening.end())
    if rest != "</sst>" or begun != len(texts) or marks != 4 * len(texts) + 1:
        raise UnusualError
    return Texts(zip(map(str, range(len(texts))), map(_kept, texts), strict=True))


@lru_cache(maxsize=16)
def _numeric_styles(part: bytes) -> frozenset[str]:
    """The styles, as cells write them, that show a number as such; the same come with each grid."""
    if len(part) > LARGEST:
        raise UnusualError
    try:
        root = ET.fromstring(part)  # noqa: S314 - entities were refused before
        formats = {
            int(item.get("numFmtId", "")): item.get("formatCode", "")
            for item in root.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt")
        }
        styles = [
            int(item.get("numFmtId", "0"))
            for item in root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")
        ]
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnusualError from error
    plain = {number for number, code in formats.items() if _PLAIN_CODE.fullmatch(code)}
    numeric = plain | (_PLAIN_FORMATS - formats.keys())
    return frozenset(["", *(str(place) for place, used in enumerate(styles) if used in numeric)])
