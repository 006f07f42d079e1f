"""Faces of packages whose inside takes long to import: each name is imported when it is asked for.

A package's `__init__` holds the names that others may use. Where some of them load a library that
few commands need (python-docx alone takes a third of a second), the face imports them for the type
checker only and gives them by `__getattr__`, which this module makes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def late(package: str, **names: Collection[str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package that imports its modules as their names are asked for.

    Args:
        package: the package, its `__name__`.
        names: what each module of it holds for others, by the module's name.

    Raises:
        ValueError: a name is that of a module too, which importing the module would put in its
            place.
    """
    if clashes := sorted(name for held in names.values() for name in held if name in names):
        message = f"{package}: both a module and what one holds: {', '.join(clashes)}"
        raise ValueError(message)
    homes = {name: module for module, held in names.items() for name in held}

    def imported(name: str) -> object:
        if name not in homes:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name)
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return imported
