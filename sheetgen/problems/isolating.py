"""Whatever goes wrong with one file is a problem of that file, and the others are done.

Faults that are foreseen are problems already (`problems`). This is for the rest: a fault of this
program that some file brings to light. Who uses it is told so in French, without a traceback; who
mends it sets `SHEETGEN_DEBUG=1` and gets the traceback on standard error besides.
"""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.problems.records import error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.problems import Kind, Location, Problem

UNFORESEEN = error(
    "unforeseen",
    "Imprévu : sheetgen n'a pas pu en venir à bout (repère {where}). Les autres fichiers sont "
    "traités.",
    "Relancer ; si cela se répète, mettre ce fichier de côté et transmettre le repère, avec le "
    "fichier si possible, à qui maintient sheetgen.",
    "Ce n'est pas une erreur de saisie mais un défaut de sheetgen, que ce fichier révèle. Rien "
    "n'en est retenu et rien d'autre n'est perdu. Avec la variable d'environnement "
    "SHEETGEN_DEBUG=1, le détail technique est affiché en plus.",
)

COMMAND_STOPPED = error(
    "command-stopped",
    "Imprévu : la commande s'est arrêtée (repère {where}). Ce qui est déjà écrit est entier.",
    "Relancer ; si cela se répète, transmettre le repère à qui maintient sheetgen.",
    "Ce n'est pas une erreur de saisie mais un défaut de sheetgen, qui n'a pu être tenu à un seul "
    "fichier. Avec la variable d'environnement SHEETGEN_DEBUG=1, le détail technique est affiché "
    "en plus.",
)


DEBUG = "SHEETGEN_DEBUG"
"""The environment variable that asks for tracebacks."""

_PACKAGE = Path(__file__).parents[1]


def unforeseen(error: Exception, location: Location, kind: Kind = UNFORESEEN) -> Problem:
    """Return the problem that an exception nobody foresaw makes of one file; tell developers."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error, file=sys.stderr)
    return kind.at(location, where=_landmark(error))


@contextmanager
def isolated(problems: list[Problem], location: Location) -> Iterator[None]:
    """Add an exception nobody foresaw to the problems, and go on after the block."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - this is the boundary
        problems.append(unforeseen(error, location))


def _landmark(error: Exception) -> str:
    """Return the last line of this program that the exception went through, as « rows.py:120 »."""
    found = "sheetgen"
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE):
            found = f"{path.relative_to(_PACKAGE).as_posix()}:{frame.lineno}"
    return found
