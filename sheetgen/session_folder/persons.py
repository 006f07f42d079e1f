"""Check that a name is still that of the same person; no input or output.

A number or a code says who somebody is only as long as nobody else got it. So the names that a grid
was made with are compared with those that the session has now.
"""

from __future__ import annotations

import re
from enum import Enum, IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Candidate
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sheetgen.model import Juror

_HYPHENS = re.compile(r"[-\u2010-\u2015]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody by name, as a session names them now, or named them when a grid was made.

    Attributes:
        former_names: surnames or whole names that they had; of the present session alone.
    """

    last_name: str
    first_name: str
    birth_date: dt.date | None = None
    former_names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the first name, then the last name, on one line."""
        return " ".join(f"{self.first_name} {self.last_name}".split())

    @property
    def names(self) -> frozenset[str]:
        """Return the whole name, folded, in both orders."""
        return _in_both_orders(self.last_name, self.first_name)

    @property
    def names_before(self) -> frozenset[str]:
        """Return the former whole names, folded: each as it stands, and with the first name."""
        whole = {_folded(name) for name in self.former_names}
        return frozenset(whole).union(
            *(_in_both_orders(name, self.first_name) for name in self.former_names)
        )


class Likeness(IntEnum):
    """The resemblance of a name of before and a person of now; more is better."""

    NONE = 0
    SAME_BIRTH_AND_ONE_NAME = 1
    SAME_NAME_OTHER_BIRTH = 2
    FORMER_NAME = 3
    SAME_NAME = 4
    SAME_NAME_AND_BIRTH = 5


class PersonMatch(Enum):
    """The answers to whether somebody is still who they were."""

    SAME = "same"
    RENAMED = "renamed"
    ANOTHER = "another"


def person_of(someone: Candidate | Juror, *, former: bool = True) -> Person:
    """Return a candidate or a juror as a person, with or without the names they had before."""
    names = (someone.former_name or "").split(";") if former else ()
    return Person(
        last_name=someone.last_name,
        first_name=someone.first_name,
        birth_date=someone.birth_date if isinstance(someone, Candidate) else None,
        former_names=tuple(name.strip() for name in names if name.strip()),
    )


def compare_persons(then: Person | str, now: Person, others: Iterable[Person] = ()) -> PersonMatch:
    """Return whether `now` is the person of before.

    They are when the whole name is the same, or is a former name of `now`, or when the birth date
    and the surname or the first name are the same; unless somebody else of the session resembles
    the person of before more: twins share a surname and a birth date.

    Args:
        then: the person of before, or a whole name as a grid prints it.
        now: who has that number or code today.
        others: everybody of the session, candidates or jurors; `now` among them changes nothing.
    """
    likeness = _likeness(then, now)
    if likeness is _best_likeness(then):
        return PersonMatch.SAME
    if likeness is Likeness.NONE or any(_likeness(then, other) > likeness for other in others):
        return PersonMatch.ANOTHER
    if likeness in (Likeness.SAME_BIRTH_AND_ONE_NAME, Likeness.FORMER_NAME):
        return PersonMatch.RENAMED
    return PersonMatch.SAME


def named_apart(then: Person | str, now: Person) -> tuple[str, str]:
    """Return both names; with birth dates where nothing else tells the persons apart."""
    if isinstance(then, Person) and then.names == now.names:
        return _with_birth(then), _with_birth(now)
    return str(then), str(now)


def _with_birth(person: Person) -> str:
    return f"{person}, né(e) le {person.birth_date:%d/%m/%Y}" if person.birth_date else str(person)


def _best_likeness(then: Person | str) -> Likeness:
    """Return the most that anybody can resemble somebody of whom no more is known."""
    known = isinstance(then, Person) and then.birth_date is not None
    return Likeness.SAME_NAME_AND_BIRTH if known else Likeness.SAME_NAME


def _likeness(then: Person | str, now: Person) -> Likeness:
    if isinstance(then, str):
        return _likeness_of_name(_folded(then), now)
    born = None not in (then.birth_date, now.birth_date)
    same_birth = born and then.birth_date == now.birth_date
    by_name = max(_likeness_of_name(name, now) for name in then.names)
    if by_name is Likeness.SAME_NAME:
        if same_birth:
            return Likeness.SAME_NAME_AND_BIRTH
        return Likeness.SAME_NAME_OTHER_BIRTH if born else Likeness.SAME_NAME
    if by_name is Likeness.NONE and same_birth:
        former = {_folded(name) for name in now.former_names}
        last, first = _folded(then.last_name), _folded(then.first_name)
        if last in {_folded(now.last_name), *former} or first == _folded(now.first_name):
            return Likeness.SAME_BIRTH_AND_ONE_NAME
    return by_name


def _likeness_of_name(folded: str, now: Person) -> Likeness:
    if folded in now.names:
        return Likeness.SAME_NAME
    return Likeness.FORMER_NAME if folded in now.names_before else Likeness.NONE


@lru_cache(4096)
def _folded(name: str) -> str:
    """Return the name as two spellings of one compare: hyphens are spaces."""
    return fold(_HYPHENS.sub(" ", name))


@lru_cache(4096)  # each grid bears a candidate's name and a juror's, of those the session has
def _in_both_orders(last_name: str, first_name: str) -> frozenset[str]:
    return frozenset((_folded(f"{last_name} {first_name}"), _folded(f"{first_name} {last_name}")))
