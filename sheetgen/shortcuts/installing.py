"""Put a shortcut to a folder's desk where this user's system looks for shortcuts, or take it away.

One shortcut leads to one folder. It is known again by what it holds, so that doing it twice changes
nothing, and nobody else's file is ever replaced or removed.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from enum import Enum
from importlib import metadata
from itertools import count, islice
from pathlib import Path
from subprocess import list2cmdline
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, starting
from sheetgen.shortcuts.freedesktop import DesktopEntries
from sheetgen.shortcuts.mac_application import Applications
from sheetgen.shortcuts.shortcut_form import (
    Shortcut,
    ShortcutRefusedError,
    UnsuitedPathError,
    command_arguments,
)
from sheetgen.shortcuts.start_menu import StartMenu
from sheetgen.shortcuts.user_places import ShortcutSystem, UserPlaces, find_places
from sheetgen.text import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.shortcuts.shortcut_form import ShortcutForm

_MOST = 99
"""Shortcuts of one name."""
_LONGEST_NAME = 60
_HIDDEN = {"Cc", "Cs", "Zl", "Zp"}
"""Categories of characters that no shortcut can hold."""


class ShortcutOutcome(Enum):
    """The end of a shortcut that was asked for or taken away, in French."""

    MADE = "créé"
    RENEWED = "refait"
    UNCHANGED = "inchangé"
    REMOVED = "retiré"
    NOTHING = "rien"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutChange:
    """A shortcut that was written or removed.

    Attributes:
        place: of its file; None where there is none.
        name: under which people find it.
    """

    outcome: ShortcutOutcome
    place: Path | None = None
    name: str = ""
    problems: tuple[Problem, ...] = ()


def install_shortcut(folder: Path, places: UserPlaces | None = None) -> ShortcutChange:
    """Make a shortcut that opens the desk of a folder; one that is there is brought up to date.

    Args:
        folder: the workspace.
        places: of the user; found where they are not given.
    """
    folder, places = _absolute(folder), places or find_places()
    shown = Location(file=visible(str(folder)))
    if not folder.is_dir():
        return _nothing(starting.SHORTCUT_FOLDER_MISSING.at(shown))
    if any(unicodedata.category(letter) in _HIDDEN for letter in str(folder)):
        reason = "son chemin contient un caractère invisible ou illisible"
        return _nothing(starting.SHORTCUT_PATH_UNSUITED.at(shown, reason=reason))
    if not list(metadata.distributions(name="sheetgen")):
        here = Location(file=sys.executable)
        return _nothing(starting.SHORTCUT_NOT_INSTALLED.at(here))
    command = [str(_windowless_python()), *command_arguments(folder)]
    form = _form(places)
    there = _own(form, folder)
    name, place = there or _free(form, folder)
    try:
        written = form.write(place, Shortcut(name=name, folder=folder, command=command))
    except (UnsuitedPathError, ShortcutRefusedError, OSError) as error:
        return _nothing(_refusal(error, shown, Location(file=str(places.menu)), command))
    outcome = ShortcutOutcome.MADE
    if there is not None:
        outcome = ShortcutOutcome.RENEWED if written else ShortcutOutcome.UNCHANGED
    return ShortcutChange(outcome=outcome, place=place, name=name)


def remove_shortcut(folder: Path, places: UserPlaces | None = None) -> ShortcutChange:
    """Remove the shortcut that leads to a folder, which itself may be gone.

    Args:
        folder: the workspace.
        places: of the user; found where they are not given.
    """
    folder, places = _absolute(folder), places or find_places()
    form = _form(places)
    there = _own(form, folder)
    if there is None:
        shown = Location(file=visible(str(folder)))
        return _nothing(starting.SHORTCUT_ABSENT.at(shown))
    name, place = there
    try:
        form.remove(place)
    except OSError as error:
        menu = Location(file=str(places.menu))
        return _nothing(starting.SHORTCUT_UNWRITABLE.at(menu, reason=explain(error)))
    return ShortcutChange(outcome=ShortcutOutcome.REMOVED, place=place, name=name)


def _refusal(error: Exception, folder: Location, menu: Location, command: Sequence[str]) -> Problem:
    """Return the problem of a shortcut that could not be written."""
    if isinstance(error, UnsuitedPathError):
        return starting.SHORTCUT_PATH_UNSUITED.at(folder, reason=error)
    if isinstance(error, OSError):
        return starting.SHORTCUT_UNWRITABLE.at(menu, reason=explain(error))
    line = list2cmdline(command)
    if not str(error):
        return starting.SHORTCUT_POWERSHELL_MISSING.at(menu, command=line)
    return starting.SHORTCUT_REFUSED.at(menu, reason=error, command=line)


def _form(places: UserPlaces) -> ShortcutForm:
    if places.system is ShortcutSystem.WINDOWS:
        return StartMenu(places.menu)
    if places.icons is None:
        return Applications(places.menu)
    return DesktopEntries(places.menu, places.icons)


def _own(form: ShortcutForm, folder: Path) -> tuple[str, Path] | None:
    """Return the name and place of the shortcut to a folder; None where there is none."""
    candidates = islice(_candidates(form, folder), _MOST)
    return next((found for found in candidates if form.leads_to(found[1], folder)), None)


def _free(form: ShortcutForm, folder: Path) -> tuple[str, Path]:
    """Return a name, and a place where nothing lies."""
    return next(found for found in _candidates(form, folder) if not os.path.lexists(found[1]))


def _candidates(form: ShortcutForm, folder: Path) -> Iterator[tuple[str, Path]]:
    name = shortened(f"sheetgen - {folder.name}" if folder.name else "sheetgen", _LONGEST_NAME)
    return (form.candidate(name, number) for number in count(1))


def _windowless_python() -> Path:
    """Return this Python; under Windows the one without a console, where it is there."""
    python = Path(sys.executable)
    without_console = python.with_name("pythonw.exe")
    return without_console if without_console.is_file() else python


def _absolute(folder: Path) -> Path:
    """Return the folder's path from the root, its links as they are: so it was named."""
    return Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would follow them


def _nothing(problem: Problem) -> ShortcutChange:
    return ShortcutChange(outcome=ShortcutOutcome.NOTHING, problems=(problem,))
