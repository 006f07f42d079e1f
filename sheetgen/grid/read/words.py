"""Find the contract's words in a returned sheet: headers, labels, grid codes, owners."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.grid import contract
from sheetgen.grid.contract import Column
from sheetgen.grid.identity import CODE_PATTERN
from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet import Position, SharedCells, cell_address
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.spreadsheet import RawCell, RawSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenSheet:
    """A sheet that has a bloc's header but cannot be read: a column is missing, or there twice.

    `texts` are what its cells say, folded, to know which criteria it took along.
    """

    sheet: str
    cell: str
    column: Column
    twice: bool
    texts: frozenset[str]


_LONGEST_WORD = 80
"""No header and no label is as long, whatever spaces surround it."""

_LONGEST_OWNER = 400
_OWNER_PARTS = tuple(mark.split() for mark in (contract.OWNER_MARK, contract.JURY_MARK))

_HEADERS = {fold(column.value): column for column in contract.CONTRACT_COLUMNS}
NEEDED = (Column.CODE, Column.MARK, Column.COMMENT)
"""The columns without which a bloc's sheet cannot be read."""

_FEWEST_HEADERS = 3
_LABELS = {
    fold(label): label
    for label in (
        contract.CANDIDATE_LABEL,
        contract.JUROR_LABEL,
        contract.DECLARATION_LABEL,
        contract.OPINION_LABEL,
        contract.REMARKS_LABEL,
        contract.TYPED_BY_LABEL,
    )
}


_INITIALS = frozenset({"", *(text[0] for text in (*_HEADERS, *_LABELS))})
"""Beginnings of headers and labels; an empty one where the first character is not seen."""


class _Other(Enum):
    """The kinds of text that are neither a header nor a label."""

    CODE = "grid code"
    OWNER = "owner"


_Word = Column | str | _Other


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The contract's words in a sheet: headers by row, labels, grid codes, owners."""

    headers: dict[int, list[tuple[Column, int]]] = field(default_factory=dict)
    labels: list[tuple[str, Position]] = field(default_factory=list)
    codes: list[Position] = field(default_factory=list)
    owners: list[Position] = field(default_factory=list)

    def add(self, known: _Word, place: Position) -> None:
        """Take note of what the text at a place is."""
        if isinstance(known, Column):
            self.headers.setdefault(place[0], []).append((known, place[1]))
        elif isinstance(known, str):
            self.labels.append((known, place))
        elif known is _Other.CODE:
            self.codes.append(place)
        else:
            self.owners.append(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a sheet and its header rows: there is more than one when copied."""

    header_rows: frozenset[int]
    places: Mapping[Column, int]


@lru_cache(maxsize=4096)
def _recognise(text: str) -> tuple[_Word, ...]:
    """Return the header, the label, or what else a text is; the same texts come again and again."""
    found: list[_Word] = []
    if _may_be_owner(text) and any(all(part in text for part in parts) for parts in _OWNER_PARTS):
        found.append(_Other.OWNER)
    if len(text) <= _LONGEST_WORD:
        if "-" in text and CODE_PATTERN.fullmatch(text.strip().upper()):
            found.append(_Other.CODE)
        elif fold(text.lstrip()[:1])[:1] in _INITIALS:  # what follows is a comment, as a rule
            folded = fold(text)
            if known := _HEADERS.get(folded) or _LABELS.get(folded):
                found.append(known)
    return tuple(found)


class _RowWords(NamedTuple):
    """The contract's words in a row, each with its column."""

    found: Sequence[tuple[_Word, int]]


_WITHOUT_WORDS = _RowWords(())


def find_words(sheet: RawSheet) -> Words:
    """Return the contract's words in a sheet, found in one pass over its cells."""
    words = Words()
    for row, cells in sheet.rows.items():
        if isinstance(cells, SharedCells):
            known = cells.words
            if not isinstance(known, _RowWords):
                known = cells.words = _words_of(cells)
        else:
            known = _words_of(cells)
        for word, column in known.found:
            words.add(word, (row, column))
    return words


def _words_of(cells: Mapping[int, RawCell]) -> _RowWords:
    found = [
        (word, column)
        for column, value in cells.items()
        if isinstance(value, str) and (len(value) <= _LONGEST_WORD or _may_be_owner(value))
        for word in _recognise(value)
    ]
    return _RowWords(found) if found else _WITHOUT_WORDS


def _may_be_owner(text: str) -> bool:
    """Return whether a text too long for a word is worth recognising."""
    return len(text) <= _LONGEST_OWNER and _OWNER_PARTS[0][0] in text


def find_columns(sheet: RawSheet, words: Words) -> Columns | BrokenSheet | None:
    """Return the places of the contract's columns; None for a sheet that is no bloc's."""
    headers = {
        row: found
        for row, found in words.headers.items()
        if len({known for known, _ in found}) >= _FEWEST_HEADERS
    }
    if not headers:
        return None
    places: dict[Column, int] = {}
    for row, found in headers.items():
        for known, column in found:
            if places.setdefault(known, column) != column and known in NEEDED:
                return _broken(sheet, (row, column), known, twice=True)
    for needed in NEEDED:
        if needed not in places:
            return _broken(sheet, (min(headers), sheet.left), needed, twice=False)
    return Columns(header_rows=frozenset(headers), places=places)


def _broken(sheet: RawSheet, place: tuple[int, int], column: Column, *, twice: bool) -> BrokenSheet:
    return BrokenSheet(
        sheet=sheet.name,
        cell=cell_address(*place),
        column=column,
        twice=twice,
        texts=frozenset(
            fold(value)
            for cells in sheet.rows.values()
            for value in cells.values()
            if isinstance(value, str) and len(value) <= _LONGEST_WORD
        ),
    )
