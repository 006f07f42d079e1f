"""Dataclasses whose modules load faster: every module takes `dataclass` from here.

Python 3.11 and 3.12 make seven functions of text for each frozen dataclass as its module is loaded:
for the two hundred of a command, as long as two hundred grids take. Here `__init__` alone is made
of text, when the first record is; the other methods are functions that know the class's fields.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter, eq, ge, gt, le, lt
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

__all__ = ["dataclass"]

_ORDER = {"__lt__": lt, "__le__": le, "__gt__": gt, "__ge__": ge}


def _lazily(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, order: bool = False
) -> Callable[[type], type]:
    """Return the decorator that `dataclasses.dataclass` would with these of its options.

    No record of sheetgen has an argument that is no field, or a default that is no argument.
    """

    def made(written: type) -> type:
        own = dict(vars(written))
        # As in `dataclasses`, Python's own `__hash__ = None` beside an `__eq__` gives way.
        if own.get("__hash__") is None:
            own.pop("__hash__", None)
        decorate = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )
        kind: type = decorate(written)
        for name, method in _methods(kind, frozen=frozen, slots=slots, order=order).items():
            if name not in own:
                setattr(kind, name, method)
        return kind

    return made


if not TYPE_CHECKING:
    dataclass = _lazily


def _methods(kind: type, *, frozen: bool, slots: bool, order: bool) -> dict[str, object]:
    values = _values_of(kind)
    methods: dict[str, object] = {
        "__init__": _first_init(kind, frozen=frozen),
        "__repr__": _represent,
        "__eq__": _comparison(eq, values),
        "__hash__": (lambda self: hash(values(self))) if frozen else None,
    }
    if order:
        methods |= {name: _comparison(compare, values) for name, compare in _ORDER.items()}
    if frozen:
        methods |= _refusals(kind)
    if frozen and slots:
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    return methods


def _values_of(kind: type) -> Callable[[object], tuple[object, ...]]:
    """Return what gives the values of a record's fields."""
    names = [item.name for item in dataclasses.fields(kind) if item.compare]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _comparison(
    compare: Callable[[Any, Any], Any], values: Callable[[object], object]
) -> Callable[[object, object], object]:
    def compared(self: object, other: object) -> object:
        if other.__class__ is self.__class__:
            return compare(values(self), values(other))
        return NotImplemented

    return compared


def _first_init(kind: Any, *, frozen: bool) -> Callable[..., None]:
    """Return the `__init__` that the first record calls: it puts a faster one into its place."""

    def __init__(self: object, *arguments: object, **values: object) -> None:  # noqa: N807
        kind.__init__ = _written_init(kind, frozen=frozen)
        kind.__init__(self, *arguments, **values)

    return __init__


def _written_init(kind: type, *, frozen: bool) -> Callable[..., None]:
    """Return an `__init__` made of text, as `dataclasses` makes it, which takes no loop."""
    known: dict[str, object] = {"_absent": object(), "_set": object.__setattr__}
    positional, named, lines = ["self"], list[str](), list[str]()
    for item in dataclasses.fields(kind):
        name = value = argument = item.name
        if item.default_factory is not dataclasses.MISSING:
            known[f"_new_{name}"] = item.default_factory
            value = f"_new_{name}()"
            if item.init:
                argument, value = f"{name}=_absent", f"{value} if {name} is _absent else {name}"
        elif item.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = item.default
            argument = f"{name}=_default_{name}"
        elif not item.init:
            continue  # `__post_init__` gives it a value
        if item.init:
            (named if item.kw_only else positional).append(argument)
        slot = getattr(kind, name, None)
        if not frozen:
            lines.append(f"self.{name} = {value}")
        elif isinstance(slot, MemberDescriptorType):
            known[f"_set_{name}"] = slot.__set__
            lines.append(f"_set_{name}(self, {value})")
        else:
            lines.append(f"_set(self, {name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    arguments = ", ".join([*positional, *(("*", *named) if named else ())])
    body = "\n  ".join(lines or ["pass"])
    text = f"def made({', '.join(known)}):\n def __init__({arguments}):\n  {body}\n return __init__"
    exec(text, defined := dict[str, Any]())  # noqa: S102 - names of fields alone
    init: Callable[..., None] = defined["made"](**known)
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return init


@recursive_repr()
def _represent(self: Any) -> str:
    shown = [item.name for item in dataclasses.fields(self) if item.repr]
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({values})"


def _refusals(kind: type) -> dict[str, object]:
    """Return the methods that keep records closed; what a class that inherits adds is its own."""
    names = {item.name for item in dataclasses.fields(kind)}

    def refuse(self: object, name: str, what: str) -> None:
        if type(self) is kind or name in names:
            message = f"cannot {what} field {name!r}"
            raise dataclasses.FrozenInstanceError(message)

    def set_attribute(self: object, name: str, value: object) -> None:
        refuse(self, name, "assign to")
        object.__setattr__(self, name, value)

    def delete_attribute(self: object, name: str) -> None:
        refuse(self, name, "delete")
        object.__delattr__(self, name)

    return {"__setattr__": set_attribute, "__delattr__": delete_attribute}


def _state(self: Any) -> list[object]:
    return [getattr(self, item.name) for item in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for item, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)
