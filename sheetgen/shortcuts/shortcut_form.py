"""Say what a shortcut is, whatever the system that shows it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Protocol

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path, PurePath


WINDOWLESS = "sheetgen.shortcuts.windowless"
"""The module that a shortcut runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut to the desk of a folder.

    Attributes:
        name: under which people find it.
        command: that it runs: the program and its arguments, of which the folder is the last.
    """

    name: str
    folder: Path
    command: Sequence[str]


class ShortcutForm(Protocol):
    """The form that shortcuts have on one kind of system."""

    def candidate(self, name: str, number: int) -> tuple[str, Path]:
        """Return the name and place of the nth shortcut that would be named so."""

    def leads_to(self, place: Path, folder: PurePath) -> bool:
        """Return whether what lies there is a shortcut of this program to that folder."""

    def write(self, place: Path, shortcut: Shortcut) -> bool:
        """Write a shortcut unless it is there already, and return whether it was written.

        Raises:
            UnsuitedPathError: no shortcut of this form can lead there.
            ShortcutRefusedError: the system did not write it.
            OSError: it cannot be written.
        """

    def remove(self, place: Path) -> None:
        """Remove a shortcut, and with the last one what they share.

        Raises:
            OSError: it cannot be removed.
        """


class UnsuitedPathError(Exception):
    """Raised for a path that no shortcut of a form can hold; says why, in French."""


class ShortcutRefusedError(Exception):
    """Raised where the system did not write a shortcut; says why, in French; blank: it cannot."""


def command_arguments(folder: PurePath) -> list[str]:
    """Return the arguments with which Python opens the desk of a folder, without a terminal.

    `-P`: no file of the folder is taken for a module.
    """
    return ["-P", "-m", WINDOWLESS, str(folder)]


def icon(name: str) -> bytes:
    """Return the bytes of one of the package's pictures."""
    return resources.files(__package__).joinpath("icons", name).read_bytes()
