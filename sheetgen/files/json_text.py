"""JSON of any size: written as it is rendered, read item by item."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from sheetgen.lazy_dataclass import dataclass
from sheetgen.text import acts_or_hides

if TYPE_CHECKING:
    from pathlib import Path

Members = Iterable[tuple[str, object]]
"""The names and values of an object; a value that is an iterator is an array, item by item."""

_INDENT = 2
"""Spaces."""

_UNUSUAL = re.compile("[^\x00-~\u00a0-\u00ac\u00ae-\u024f‘’“”–—…•€]")
"""Characters to be looked at: JSON allows all, but a terminal obeys or hides some of them."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """An object inside another, written member by member."""

    members: Members


def write_json(file: BinaryIO, members: Members, *, finite: bool = False) -> None:
    """Write an object as `json.dump` would with an indent of two, and a line end.

    Args:
        file: where.
        members: of the object.
        finite: whether all its numbers are known to be finite, and not looked at.

    Raises:
        ValueError: a number is not finite.
        OSError: the file cannot be written.
    """
    file.writelines(_object(members, 0, _encode_finite if finite else _encode))
    file.write(b"\n")


def read_json(path: Path, **kept: Callable[[object], object]) -> object:
    """Return what a file of JSON says, as `json.loads` would, which needs its text decoded beside.

    Args:
        path: the file; arrays of one that `write_json` wrote are read item by item where something
            is said of them.
        kept: for arrays of an object, what has to be kept of an item; more may be.

    Raises:
        ValueError: it is none.
        OSError: it cannot be read.
    """
    if kept:
        with path.open("rb") as file, suppress(ValueError):  # another layout, or no JSON
            return _read_members(_CutFile(file), kept)
    data = path.read_bytes()
    try:
        found: object = msgspec.json.decode(data)
    except ValueError:  # what Python takes for JSON, too: a lone surrogate, a number without end
        found = json.loads(data)
    if isinstance(found, dict):
        for name in kept.keys() & found.keys():
            if isinstance(found[name], list):
                found[name] = list(map(kept[name], found[name]))
    return found


class _OtherLayoutError(ValueError):
    """A file is not laid out as `write_json` does."""


_PIECE_BYTES = 1 << 18

_MEMBER = re.compile(rb'  ("(?:[^"\\]|\\.)*"): (.+?)(,?)\n')
"""The first line of a member of an object, with its name, its value or what opens it."""


class _CutFile:
    """A file cut at marks, of which little more than one piece is in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._read = b""
        self._place = 0

    def until(self, mark: bytes) -> bytes:
        """Return what comes next up to a mark, and the mark.

        Raises:
            _OtherLayoutError: it does not come any more.
        """
        sought = self._place
        while (found := self._read.find(mark, sought)) < 0:
            more = self._file.read(_PIECE_BYTES)
            if not more:
                raise _OtherLayoutError
            self._read, self._place = self._read[self._place :] + more, 0
            sought = max(0, len(self._read) - len(more) - len(mark) + 1)
        start, self._place = self._place, found + len(mark)
        return self._read[start : self._place]

    def ended(self) -> bool:
        """Return whether nothing comes any more."""
        return self._place == len(self._read) and not self._file.read(1)


def _read_members(file: _CutFile, kept: Mapping[str, Callable[[object], object]]) -> object:
    """Return the object that `write_json` wrote, of arrays that are named what is kept of each.

    A line of JSON never begins inside a text: what is cut where lines begin, and is JSON piece by
    piece, is so as a whole.

    Raises:
        ValueError: it is written in another way, or is no JSON.
    """
    decode = msgspec.json.decode
    found: dict[str, object] = {}
    if file.until(b"\n") != b"{\n":
        raise _OtherLayoutError
    follows = True
    while follows:
        line = _MEMBER.fullmatch(file.until(b"\n"))
        if line is None:
            raise _OtherLayoutError
        name, value = decode(line[1], type=str), line[2]
        if value == b"[" and name in kept:
            found[name] = list(_read_items(file, kept[name]))
            follows = _follows(file, b"  ]")
        elif value in (b"[", b"{"):
            ending = b"\n  ]" if value == b"[" else b"\n  }"
            found[name] = decode(b"%b\n%b" % (value, file.until(ending)))
            follows = _follows(file)
        else:
            found[name], follows = decode(value), bool(line[3])
    if file.until(b"\n") != b"}\n" or not file.ended():
        raise _OtherLayoutError
    return found


def _read_items(file: _CutFile, keep: Callable[[object], object]) -> Iterator[object]:
    """Yield what is kept of each object of an array."""
    follows = True
    while follows:
        if file.until(b"\n") != b"    {\n":
            raise _OtherLayoutError
        item = msgspec.json.decode(b"{\n" + file.until(b"\n    }"))
        follows = _follows(file)
        yield keep(item)


def _follows(file: _CutFile, ending: bytes = b"") -> bool:
    """Return whether a comma ends a line, after what ends it anyway."""
    line = file.until(b"\n")
    if line not in (ending + b"\n", ending + b",\n"):
        raise _OtherLayoutError
    return line.endswith(b",\n")


def gathered(members: Members) -> dict[str, object]:
    """Return the object in memory, its arrays as lists."""
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in members}


_Encode = Callable[[object], bytes]
"""Gives a value as JSON on one line; raises UnicodeEncodeError for a lone surrogate."""


def _pieces(value: object, depth: int, encode: _Encode) -> Iterator[bytes]:
    if isinstance(value, Streamed):
        yield from _object(value.members, depth, encode)
    elif isinstance(value, Iterator):
        items = (_pieces(item, depth + 1, encode) for item in value)
        yield from _enclosed(b"[]", items, depth)
    else:
        yield _text(value, depth, encode)


def _object(members: Members, depth: int, encode: _Encode) -> Iterator[bytes]:
    pairs = (_member(name, value, depth + 1, encode) for name, value in members)
    yield from _enclosed(b"{}", pairs, depth)


def _member(name: str, value: object, depth: int, encode: _Encode) -> Iterator[bytes]:
    yield _text(name, depth, encode) + b": "
    yield from _pieces(value, depth, encode)


def _enclosed(brackets: bytes, items: Iterable[Iterator[bytes]], depth: int) -> Iterator[bytes]:
    """Yield what stands between brackets, an item a line; the brackets alone if none."""
    separator = opening = brackets[:1] + b"\n"
    for item in items:
        yield separator + b" " * _INDENT * (depth + 1)
        yield from item
        separator = b",\n"
    yield brackets if separator is opening else b"\n" + b" " * _INDENT * depth + brackets[1:]


def _text(value: object, depth: int, encode: _Encode) -> bytes:
    """Return a value as JSON, its lines after the first so deep.

    No text in JSON holds a line end.
    """
    nested = isinstance(value, dict | list | tuple)
    try:
        written = encode(value)
    except UnicodeEncodeError:
        # A lone surrogate out of a damaged workbook is no UTF-8; as \\udc80 it is valid JSON.
        indent = _INDENT if nested else None
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
        written = _with_codes(text).encode("utf-8", "backslashreplace")
    else:
        if _may_hide(written):
            written = _with_codes(written.decode()).encode()
        if nested:  # as `json.dumps` indents, which does so ten times slower
            written = msgspec.json.format(written, indent=_INDENT)
    return written.replace(b"\n", b"\n" + b" " * _INDENT * depth)


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def _encode_finite(value: object) -> bytes:
    """Return the same of a value whose numbers are finite, in a fifth of the time.

    Two writers give a number with an exponent, or so small that Python does, in ways of their own.
    """
    written = msgspec.json.encode(value)
    if b"0.0000" in written or b"0e" in written.translate(_DIGITS):
        return _encode(value)
    return written


_USUAL_BYTES = bytes({*range(0x7F), *range(0x80, 0xC9), 0xE2})
"""Of UTF-8: ASCII, U+0080 to U+023F, and the first byte of most signs beyond."""

_UNUSUAL_BYTES = (
    re.compile(rb"\xc2[\x80-\x9f\xad]"),
    re.compile(rb"\xe2(?!\x80[\x93\x94\x98\x99\x9c\x9d\xa2\xa6]|\x82\xac)"),
)
"""Among these what is controls, a soft hyphen, and other signs than ‘’“”–—…•€."""


def _may_hide(text: bytes) -> bool:
    """Return whether a text may hold what has to be written by its code.

    Half of the time of writing goes if every character is looked at one by one (`_UNUSUAL`).
    """
    return bool(text.translate(None, _USUAL_BYTES)) or any(
        unusual.search(text) for unusual in _UNUSUAL_BYTES
    )


def _with_codes(text: str) -> str:
    """Return a JSON text, what acts or is not seen in it by its code."""
    return _UNUSUAL.sub(
        lambda found: json.dumps(found[0])[1:-1] if acts_or_hides(found[0]) else found[0], text
    )
