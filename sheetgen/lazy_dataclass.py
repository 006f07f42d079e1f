"""Dataclasses whose modules load faster: every module takes `dataclass` from here.

Python 3.11 and 3.12 make seven functions of text for each frozen dataclass as its module is loaded:
for the two hundred of a command, as long as two hundred grids take. Here each is made of text when
it is first called, which most never are, or is one function that all classes share.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from dataclasses import dataclass

    Method = Callable[..., Any]

__all__ = ["dataclass"]

_SIGNS = {"__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


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
    methods: dict[str, object] = {
        "__init__": _once_called(kind, "__init__", partial(_write_init, kind, frozen=frozen)),
        "__repr__": _represent,
        "__hash__": _once_called(kind, "__hash__", partial(_write_hash, kind)) if frozen else None,
    }
    for name, sign in (_SIGNS if order else {"__eq__": _SIGNS["__eq__"]}).items():
        methods[name] = _once_called(kind, name, partial(_write_comparison, kind, name, sign))
    if frozen:
        methods |= _refusals(kind)
    if frozen and slots:
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    return methods


def _once_called(kind: type, name: str, write: Callable[[], Method]) -> Method:
    """Return a method that, called for the first time, puts the one to be written in its place."""

    def method(self: object, *arguments: object, **values: object) -> Any:
        written = write()
        setattr(kind, name, written)
        return written(self, *arguments, **values)

    return method


def _write_method(
    kind: type, signature: str, lines: Sequence[str], known: Mapping[str, object]
) -> Method:
    """Return a method made of text, as `dataclasses` makes it: what has no loop takes least."""
    name = signature.partition("(")[0]
    body = "\n  ".join(lines)
    text = f"def made({', '.join(known)}):\n def {signature}:\n  {body}\n return {name}"
    exec(text, defined := dict[str, Any]())  # noqa: S102 - names of fields alone
    method: Method = defined["made"](**known)
    method.__qualname__ = f"{kind.__qualname__}.{name}"
    return method


def _write_init(kind: type, *, frozen: bool) -> Method:
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
    return _write_method(kind, f"__init__({arguments})", lines or ["pass"], known)


def _write_comparison(kind: type, name: str, sign: str) -> Method:
    lines = (
        "if other.__class__ is self.__class__:",
        f" return {_values('self', kind)} {sign} {_values('other', kind)}",
        "return NotImplemented",
    )
    return _write_method(kind, f"{name}(self, other)", lines, {})


def _write_hash(kind: type) -> Method:
    return _write_method(kind, "__hash__(self)", (f"return hash({_values('self', kind)})",), {})


def _values(record: str, kind: type) -> str:
    """Return, as Python writes it, the tuple of the values that are compared."""
    names = (item.name for item in dataclasses.fields(kind) if item.compare)
    return f"({''.join(f'{record}.{name}, ' for name in names)})"


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
