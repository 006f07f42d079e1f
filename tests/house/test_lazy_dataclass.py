"""Records of sheetgen are dataclasses in all but the time that they take to load."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sheetgen import lazy_dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

SHEETGEN = Path(lazy_dataclass.__file__).parent

Decorator = Any
"""`dataclass` of Python, or of sheetgen, on the same class."""

BOTH = (dataclasses.dataclass, lazy_dataclass.dataclass)


def _kinds(decorate: Decorator, **options: bool) -> tuple[type, type]:
    """Return a class with each way to declare a field, and one that inherits from it."""

    @decorate(**options)
    class Pupil:
        """A record."""

        name: str
        marks: list[int] = dataclasses.field(default_factory=list, kw_only=True)
        gate: str = dataclasses.field(default="hidden", repr=False)
        aside: int = dataclasses.field(default=0, compare=False)

    @decorate(**options)
    class Delegate(Pupil):
        """A record of another kind."""

        votes: tuple[int, ...] = ()

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError(self.votes)

        def __str__(self) -> str:
            return self.name

    return Pupil, Delegate


def _told(act: Callable[[], object]) -> object:
    """Return what comes of an act: its result, or its error."""
    try:
        return act()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error)


def _extended(kind: Any) -> tuple[object, ...]:
    """Return what a class that merely inherits may change in its records, and may not."""

    class Extended(kind):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="Ada")
            self.pet = "cat"

    ada = Extended()
    del ada.pet
    return _told(lambda: setattr(ada, "name", "Eve")), repr(ada), ada.__dict__


def _shown(kind: type, *, slots: bool) -> list[object]:
    """Return what a user of both classes of `_kinds` can see of one."""
    made: Any = kind
    ada = made(name="Ada", marks=[1])
    same, other = made("Ada", marks=[1], aside=5), made("Ada", "open", marks=[2])
    return [
        repr(ada),
        repr(other),
        str(ada),
        ada == same,
        ada == other,
        ada == ("Ada", [1], "hidden", 0),
        ada.__eq__(1),
        made("Bob").marks is made("Bob").marks,
        dataclasses.asdict(ada),
        repr(dataclasses.replace(ada, gate="open")),
        copy.deepcopy(ada) == ada,
        made.__match_args__,
        None if slots else _told(lambda: _extended(made)),  # Python 3.11 fails with slots
        made.__hash__ is None,
        _told(lambda: hash(ada)),
        _told(lambda: hash(dataclasses.replace(ada, marks=()))),
        _told(made),
        _told(lambda: made("Ada", "open", 1, (), 3)),
        _told(lambda: repr(made(name=""))),
        _told(lambda: made(name="Ada", colour="red")),
        _told(lambda: setattr(ada, "name", "Eve")),
        _told(lambda: delattr(ada, "name")),
        _told(lambda: ada < other),
        _told(lambda: other <= same),
        hasattr(ada, "__dict__"),
    ]


@pytest.mark.parametrize("order", [False, True])
@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("frozen", [False, True])
def test_records_are_those_of_python(frozen: Any, slots: Any, order: Any) -> None:
    """All that is seen of a record is what Python's own decorator makes, errors included."""
    options = {"frozen": frozen, "slots": slots, "order": order}
    python, sheetgen = (_kinds(decorate, **options) for decorate in BOTH)
    for theirs, ours in zip(python, sheetgen, strict=True):
        assert _shown(ours, slots=slots) == _shown(theirs, slots=slots)


@lazy_dataclass.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A record that goes to another process."""

    words: tuple[str, ...]
    count: int = 0


@lazy_dataclass.dataclass(slots=True)
class Own:
    """A record that says for itself when it is another's equal."""

    words: tuple[str, ...] = ()
    made: bool = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.made = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "mine"


def test_records_cross_processes() -> None:
    """A pickled record comes back equal, and as closed to changes."""
    sent = Sent(words=("a", "b"), count=2)
    back = pickle.loads(pickle.dumps(sent))  # noqa: S301 - made here
    assert back == sent
    assert hash(back) == hash(sent)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'count'"):
        back.count = 3


def test_a_record_keeps_its_own_methods() -> None:
    """A class that has a method of its own is not given another."""
    assert Own(("a",)) == Own()
    assert (repr(Own()), hash(Own()), Own().made) == ("mine", 1, True)


def test_every_record_of_sheetgen_loads_fast() -> None:
    """`dataclass` comes from one module, which alone takes Python's."""
    slow = re.compile(
        r"^from dataclasses import .*\bdataclass\b|\bimport dataclasses|InitVar", re.MULTILINE
    )
    found = {path for path in SHEETGEN.rglob("*.py") if slow.search(path.read_text("utf-8"))}
    assert found == {SHEETGEN / "lazy_dataclass.py"}
