"""The options of a command line, which Click gives as objects, as the values that commands take."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sheetgen.cli.screen import Screen
    from sheetgen.commands import Inputs, Options


def path_given(given: object) -> Path | None:
    """Return the path that an option gives; None without it."""
    return given if isinstance(given, Path) else None


def paths_given(given: object) -> list[Path]:
    """Return the paths of an argument that may be repeated."""
    return [path for path in given if isinstance(path, Path)] if isinstance(given, tuple) else []


def texts_given(given: object) -> tuple[str, ...]:
    """Return the texts of an option that may be repeated."""
    return tuple(map(str, given)) if isinstance(given, tuple) else ()


def day_given(given: object) -> date | None:
    """Return the day that an option gives; None without it."""
    return given.date() if isinstance(given, datetime) else None


def screen_of(options: dict[str, object]) -> Screen:
    """Return what shows a command's answer as its options ask."""
    from sheetgen.cli.screen import Screen

    return Screen(as_json=bool(options["as_json"]), quiet=bool(options["quiet"]))


def inputs_of(options: dict[str, object]) -> Inputs:
    """Return where the files of a session lie."""
    from sheetgen import commands

    return commands.Inputs(
        **{
            name: value
            for name in ("referential", "session", "templates", "output")
            if isinstance(value := options[name], Path)
        }
    )


def register_place(options: dict[str, object]) -> str | None:
    """Return where the register is; None where nothing is to be recorded."""
    address = options.get("register")
    return None if options.get("no_register") or address is None else str(address)


def register_options(options: dict[str, object]) -> Options:
    """Return the options of a command on the register alone: where it is, and its key."""
    from sheetgen import commands

    return commands.Options(register=str(options["register"]), key=path_given(options.get("key")))


def session_options(options: dict[str, object], screen: Screen) -> Options:
    """Return the options of a command on a session; its progress shows on the screen."""
    from sheetgen import commands

    jobs, scheduler = options.get("jobs"), options.get("scheduler")
    return commands.Options(
        jobs=jobs if isinstance(jobs, int) else 1,
        scheduler=scheduler if isinstance(scheduler, str) else None,
        reports=not options.get("no_reports"),
        force=bool(options.get("force")),
        new_key=bool(options.get("new_key")),
        register=register_place(options),
        key=path_given(options.get("key")),
        preferred=texts_given(options.get("preferred")),
        paper=texts_given(options.get("paper")),
        pdf=bool(options.get("pdf")),
        libreoffice=path_given(options.get("libreoffice")),
        progress=screen.progress,
    )
