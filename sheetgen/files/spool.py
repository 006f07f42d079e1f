"""Records that would not all fit in memory: kept in a temporary file, loaded one at a time.

A national session has hundreds of thousands of marks, of which every step needs one candidate's or
one juror's at a time. The file is this process's own, has no name that others could open where the
system allows that, and goes with it.
"""

from __future__ import annotations

import copyreg
import pickle
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from fractions import Fraction
from functools import lru_cache
from itertools import chain, repeat
from operator import attrgetter, call
from typing import IO, Any, TypeVar

Key = TypeVar("Key")
Record = TypeVar("Record")

_IN_MEMORY = 16 << 20
"""Bytes up to which nothing is written to disk at all: a session of some hundred candidates."""


def close_with(owner: object, file: IO[bytes]) -> None:
    """Close a temporary file once its owner is gone, even where the disk has no room for its end.

    Whoever wrote to it was told of that; nobody is left to whom it would matter.
    """
    weakref.finalize(owner, _close, file)


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):
        file.close()


class Spool(Mapping[Key, Record]):
    """Records by key, in the order in which they were added; each look-up loads a new copy.

    Whoever goes through `items` has one record in memory at a time, and those that are held.

    Args:
        held: how many of the first records stay as they are, and are never loaded: for records
            that nobody changes and every step goes through.
    """

    def __init__(self, held: int = 0) -> None:
        self._most_held = held
        self._held: dict[Key, Record] = {}
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with this object
        self._places: dict[Key, tuple[int, int]] = {}
        self._end = 0
        close_with(self, self._file)

    def add(self, key: Key, record: Record) -> None:
        """Keep a record.

        Raises:
            KeyError: there is one of this key already.
            OSError: the disk is full.
        """
        if key in self:
            raise KeyError(key)
        if len(self._held) < self._most_held:
            self._held[key] = record
        else:
            self.put(key, record)

    def put(self, key: Key, record: Record) -> None:
        """Keep a record in place of any other of this key, whose room is not freed.

        Raises:
            OSError: the disk is full.
        """
        if key in self._held:
            self._held[key] = record
            return
        data = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(data)
        self._places[key] = self._end, len(data)
        self._end += len(data)

    def __getitem__(self, key: Key) -> Record:
        if key in self._held:
            return self._held[key]
        start, length = self._places[key]
        self._file.seek(start)
        record: Record = pickle.loads(self._file.read(length))  # noqa: S301 - written above
        return record

    def __iter__(self) -> Iterator[Key]:
        return chain(self._held, self._places)

    def __len__(self) -> int:
        return len(self._held) + len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._held or key in self._places


def pickle_by_values(*kinds: type) -> None:
    """Have records of these classes pickled as the values of their attributes, and no more.

    What frozen dataclasses with slots do by themselves takes several times as long, and so do
    fractions. It is said where many are kept or sent to other processes, which need not be told.

    Args:
        kinds: frozen dataclasses with slots and two attributes at least.
    """
    for kind in kinds:
        copyreg.pickle(kind, _reduction(kind))
    copyreg.pickle(Fraction, _reduced_fraction)


def _reduction(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    values = attrgetter(*(item.name for item in fields(kind)))
    return lambda record: (_restored, (kind, values(record)))


def _restored(kind: type, values: tuple[object, ...]) -> object:
    """Return a record that has these values, which were checked as it was first made."""
    record: object = object.__new__(kind)
    any(map(call, _setters(kind), repeat(record), values))  # which goes through all: all give None
    return record


@lru_cache
def _setters(kind: type) -> tuple[Callable[[object, object], None], ...]:
    """Return what sets each attribute, be the record frozen or not."""
    return tuple(getattr(kind, item.name).__set__ for item in fields(kind))


def _reduced_fraction(number: Fraction) -> tuple[Any, ...]:
    return _fraction, (number.numerator, number.denominator)


@lru_cache(4096)  # a session has few different points and scores
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)
