"""Reading .xlsx and .xlsm: the parts that relationships name, each in one strict pass of lxml."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.returns import NO_SHEET
from sheetgen.spreadsheet.contents import (
    RawSheet,
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    damaged,
)
from sheetgen.spreadsheet.known_pieces import KnownPieces
from sheetgen.spreadsheet.limits import WHOLE
from sheetgen.spreadsheet.markup import (
    NotUnderstoodError,
    children,
    parse_part,
    refuse_what_must_be_understood,
    split_tag,
)
from sheetgen.spreadsheet.number_formats import Calendar
from sheetgen.spreadsheet.relations import (
    find_target,
    main_part,
    read_properties,
    relation_of,
    relations_of,
)
from sheetgen.spreadsheet.xlsx_cells import read_sheet
from sheetgen.spreadsheet.xlsx_rows import MAIN
from sheetgen.spreadsheet.xlsx_values import Tables, read_number_formats, read_texts, unescaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.spreadsheet.containers import Package
    from sheetgen.spreadsheet.limits import Scope
    from sheetgen.spreadsheet.markup import Element
    from sheetgen.spreadsheet.number_formats import NumberFormat
    from sheetgen.spreadsheet.relations import Relation

_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_WITHOUT_CELLS = (
    *("chartsheet", "dialogsheet"),
    *(f"{_MICROSOFT}/xlMacrosheet", f"{_MICROSOFT}/xlIntlMacrosheet"),
)
"""Kinds of sheets that are not read: nobody types a mark there."""

_TRUE = frozenset(("1", "true", "on"))


def read_xlsx(package: Package, form: SpreadsheetFormat, scope: Scope = WHOLE) -> RawWorkbook:
    """Return everything that is wanted of a workbook.

    Raises:
        UnreadableWorkbookError: a part is missing, not well formed, or not understood.
    """
    part = main_part(package)
    book = _read_book(part, package.part(part))
    named = relations_of(package, part)
    tables = Tables(
        texts=_read_texts(package, named),
        styles=_read_styles(package, named),
        codes=_read_codes(package, named) if scope.formats else {},
        calendar=book.calendar,
    )
    listed = [(name, named.get(identifier)) for name, identifier in book.sheets]
    sheets = tuple(
        read_sheet((name, target), package.part(target), tables, scope)
        if scope.reads(name)
        else RawSheet(name=name)
        for name, target in worksheets(listed)
    )
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    return RawWorkbook(form=form, sheets=sheets, properties=read_properties(package))


def _open(part: str, body: bytes, kind: str) -> tuple[Element, str]:
    """Return a part's root element and its namespace."""
    root = parse_part(part, body)
    space, name = split_tag(root.tag)
    if name != kind or space not in MAIN:
        raise damaged(f"la partie « {part} » n'est pas ce qu'elle devrait être")
    try:
        refuse_what_must_be_understood(root, space)
    except NotUnderstoodError as error:
        raise damaged(f"la partie « {part} » est illisible : {error.reason}") from error
    return root, space


_TEXTS: KnownPieces[str, None] = KnownPieces("sst", "sst", "si", repeated=True)


def _read_texts(package: Package, named: Mapping[str, Relation]) -> Mapping[str, str]:
    """Return the shared texts by their number."""
    part = find_target(named, "sharedStrings")
    if not part:
        return {}
    body = package.part(part)
    cut = _TEXTS.cut(body)
    root, space = _open(part, body if cut is None else cut.around_items(cut.items), "sst")
    items = children(root, space)
    found: list[str] = []
    try:
        if cut is not None:
            found += cut.begun
            for piece in cut.pieces:
                texts = cut.known.pieces.get(piece)
                if texts is None:
                    texts = read_texts(islice(items, cut.unknown[piece]), space)
                    _TEXTS.add(cut, piece, texts)
                found += texts
        found += read_texts(items, space)
    except NotUnderstoodError as error:
        raise damaged(f"la partie « {part} » est illisible : {error.reason}") from error
    return dict(zip(_numbers(len(found)), found, strict=True))


@lru_cache(maxsize=16)
def _numbers(count: int) -> Sequence[str]:
    """Return so many numbers from zero on, as they are usually written."""
    return tuple(map(str, range(count)))


def _read_styles(package: Package, named: Mapping[str, Relation]) -> Mapping[str, NumberFormat]:
    """Return what cell styles make of numbers; nothing where styles are missing."""
    part = find_target(named, "styles")
    return _listed_styles(part, package.part(part)) if part in package else {}


def _read_codes(package: Package, named: Mapping[str, Relation]) -> Mapping[str, str]:
    """Return the number format of each cell style."""
    part = find_target(named, "styles")
    return _listed_codes(part, package.part(part)) if part in package else {}


# Of grids made alike, these parts are the same: they are looked at once. What is made of one
# depends on its name and its bytes alone; a workbook's `Tables` are of what its own parts say.


@lru_cache(maxsize=16)
def _listed_styles(part: str, body: bytes) -> Mapping[str, NumberFormat]:
    found = _read_formats(part, body)
    return {key: style for key, style in found.items() if not style.is_plain}


def _listed_codes(part: str, body: bytes) -> Mapping[str, str]:
    return {key: style.code for key, style in _read_formats(part, body).items() if style.code}


def _read_formats(part: str, body: bytes) -> Mapping[str, NumberFormat]:
    root = parse_part(part, body)
    try:
        return read_number_formats(root, split_tag(root.tag)[0])
    except NotUnderstoodError as error:
        raise damaged(f"la partie « {part} » est illisible : {error.reason}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """The content of a workbook's main part.

    Attributes:
        calendar: how it counts days.
        sheets: name and relationship of each sheet, in order.
    """

    calendar: Calendar
    sheets: Sequence[tuple[str, str]]


@lru_cache(maxsize=64)
def _read_book(part: str, body: bytes) -> _Book:
    root, space = _open(part, body, "workbook")
    from_1904 = any(
        (item.get("date1904") or "").strip().casefold() in _TRUE
        for item in root.iterchildren(f"{{{space}}}workbookPr")
    )
    try:
        listed = [
            (unescaped(item.get("name") or ""), relation_of(dict(item.items())))
            for group in children(root, space)
            if group.tag == f"{{{space}}}sheets"
            for item in children(group, space)
        ]
    except NotUnderstoodError as error:
        raise damaged(f"la liste de ses feuilles est illisible : {error.reason}") from error
    return _Book(calendar=Calendar(from_1904=from_1904), sheets=listed)


def worksheets(listed: Sequence[tuple[str, Relation | None]]) -> Sequence[tuple[str, str]]:
    """Return name and part of each worksheet among the sheets that a workbook lists.

    Raises:
        UnreadableWorkbookError: a sheet leads nowhere, or two have one name or one part.
    """
    found: list[tuple[str, str]] = []
    names: set[str] = set()
    parts: set[str] = set()
    for name, relation in listed:
        if name.casefold() in names:
            raise damaged("deux de ses feuilles portent le même nom", name)
        names.add(name.casefold())
        if relation is None or not relation.target:
            raise damaged("cette feuille n'est pas dans le fichier", name)
        if relation.kind not in ("worksheet", *_WITHOUT_CELLS):
            raise damaged("le genre de cette feuille est inconnu", name)
        if relation.kind == "worksheet":
            if relation.target.casefold() in parts:
                raise damaged("deux de ses feuilles sont la même partie", name)
            parts.add(relation.target.casefold())
            found.append((name, relation.target))
    return found
