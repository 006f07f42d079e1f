"""The files that are shipped: the référentiel, the templates, the examples.

They have one original, in the repository; an installed package carries its copy of them in this
folder.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

REFERENTIAL = "referential.xlsx"
TEMPLATES = "templates"


def shipped_root() -> Traversable:
    """Return where the shipped files lie: in the installed package, or at the top of a checkout."""
    package = resources.files(__package__)
    if package.joinpath(REFERENTIAL).is_file():
        return package
    return Path(__file__).resolve().parents[2]


@contextmanager
def shipped_template(name: str) -> Iterator[Path]:
    """Yield the path of the template that is shipped under this name."""
    with resources.as_file(shipped_root().joinpath(TEMPLATES, name)) as path:
        yield path
