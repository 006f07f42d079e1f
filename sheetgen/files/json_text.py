"""JSON of any size: written as it is rendered, read without a second copy of its text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from sheetgen.text import acts_or_hides

Members = Iterable[tuple[str, object]]
"""The names and values of an object; a value that is an iterator is an array, item by item."""

_INDENT = 2
"""Spaces."""

_UNUSUAL = re.compile("[^\x00-~\u00a0-\u00ac\u00ae-\u024f‘’“”–—…•€]")
"""Where to look for what JSON allows as it is, and a terminal acts upon or does not show."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """An object inside another, written member by member."""

    members: Members


def write_json(file: BinaryIO, members: Members) -> None:
    """Write an object as `json.dump` would with an indent of two, and a line end.

    Raises:
        ValueError: a number is not finite.
        OSError: the file cannot be written.
    """
    # A lone surrogate out of a damaged workbook is no UTF-8; as \\udc80 it is valid JSON.
    file.writelines(piece.encode("utf-8", "backslashreplace") for piece in _object(members, 0))
    file.write(b"\n")


def read_json(data: bytes, **kept: Callable[[object], object]) -> object:
    """Return what a file of JSON says, as `json.loads` would, which needs its text decoded beside.

    Args:
        data: the file's bytes.
        kept: for arrays of an object, what has to be kept of an item; more may be.

    Raises:
        ValueError: it is none.
    """
    decode = msgspec.json.decode
    try:
        if not kept:
            return decode(data)
        return {
            name: [kept[name](decode(item)) for item in decode(value, type=list[msgspec.Raw])]
            if name in kept
            else decode(value)
            for name, value in decode(data, type=dict[str, msgspec.Raw]).items()
        }
    except ValueError:  # what Python takes for JSON, too: a lone surrogate, a number without end
        return json.loads(data)


def gathered(members: Members) -> dict[str, object]:
    """Return the object in memory, its arrays as lists."""
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in members}


def _pieces(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, Streamed):
        yield from _object(value.members, depth)
    elif isinstance(value, Iterator):
        items = (_pieces(item, depth + 1) for item in value)
        yield from _enclosed("[]", items, depth)
    else:
        yield _text(value, depth)


def _object(members: Members, depth: int) -> Iterator[str]:
    pairs = (_member(name, value, depth + 1) for name, value in members)
    yield from _enclosed("{}", pairs, depth)


def _member(name: str, value: object, depth: int) -> Iterator[str]:
    yield f"{_text(name, depth)}: "
    yield from _pieces(value, depth)


def _enclosed(brackets: str, items: Iterable[Iterator[str]], depth: int) -> Iterator[str]:
    """Yield what stands between brackets, an item a line; the brackets alone if none."""
    separator = opening = f"{brackets[0]}\n"
    for item in items:
        yield f"{separator}{' ' * _INDENT * (depth + 1)}"
        yield from item
        separator = ",\n"
    yield brackets if separator is opening else f"\n{' ' * _INDENT * depth}{brackets[1]}"


def _text(value: object, depth: int) -> str:
    """Return a value as JSON, its lines after the first so deep.

    No text in JSON holds a line end.
    """
    text = _indented(value)
    text = _UNUSUAL.sub(lambda found: _written(found[0]), text)
    return text.replace("\n", f"\n{' ' * _INDENT * depth}")


def _indented(value: object) -> str:
    """Return a value as `json.dumps` writes it with an indent, which that does ten times slower."""
    if not isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    plain = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        return msgspec.json.format(plain, indent=_INDENT)
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(value, ensure_ascii=False, indent=_INDENT, allow_nan=False)


def _written(letter: str) -> str:
    """Return a character of a JSON text, by its code where it acts or is not seen."""
    return json.dumps(letter)[1:-1] if acts_or_hides(letter) else letter
