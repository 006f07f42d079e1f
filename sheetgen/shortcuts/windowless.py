"""Open a folder's desk as a click does: without a terminal, so that every error is shown on a page.

`python -m sheetgen.shortcuts.windowless [FOLDER]`; without a folder, the user's own documents'
`sheetgen`, which is made. Messages go to a log as well.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
import webbrowser
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from sheetgen.files import HeldElsewhereError, explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, starting
from sheetgen.problems.isolating import COMMAND_STOPPED, unforeseen
from sheetgen.shortcuts.desk_extra import install_command, missing_libraries
from sheetgen.shortcuts.open_desks import find_address, hold_desk
from sheetgen.shortcuts.problem_page import show_box, tell_without_terminal
from sheetgen.shortcuts.user_places import UserPlaces, find_places, own_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PATIENCE = 15
"""Seconds for which another desk of the folder may be beginning or ending."""
_LONGEST_LOG = 1 << 20


@dataclass(frozen=True, slots=True)
class _CannotStartError(Exception):
    """Raised where no desk can be opened."""

    problem: Problem


def main(arguments: Sequence[str]) -> int:
    """Open the desk of a folder, or the page of the one that is open; return the exit status.

    Args:
        arguments: the folder, or nothing.
    """
    places = find_places()
    log = places.state / "bureau.log"
    with _logged(log):
        problem = _started(arguments, places)
        if problem is not None:
            tell_without_terminal(problem, log)
    return int(problem is not None)


@contextmanager
def _logged(log: Path) -> Iterator[None]:
    """Send both streams to the log, as far as the user's folder can be written to."""
    with ExitStack() as stack:
        with suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            mode = "w" if log.is_file() and log.stat().st_size > _LONGEST_LOG else "a"
            file = stack.enter_context(
                log.open(mode, encoding="utf-8", errors="replace", buffering=1)
            )
            stack.enter_context(redirect_stdout(file))
            stack.enter_context(redirect_stderr(file))
            print(time.strftime("%Y-%m-%d %H:%M:%S"), *sys.argv)  # noqa: T201 - into the log
        yield


def _started(arguments: Sequence[str], places: UserPlaces) -> Problem | None:
    """Open the desk and serve it to its end, or return what prevents it."""
    folder = Path(arguments[0]).absolute() if arguments else places.documents
    shown = Location(file=str(folder))
    try:
        if not arguments:
            folder = own_workspace(places)
        _enter(folder)
        _open(folder, places)
    except _CannotStartError as error:
        return error.problem
    except OSError as error:
        traceback.print_exc()
        return starting.DESK_CANNOT_LISTEN.at(shown, reason=explain(error))
    except Exception as error:  # noqa: BLE001 - nobody sees Python
        traceback.print_exc()
        return unforeseen(error, shown, COMMAND_STOPPED)
    return None


def _enter(folder: Path) -> None:
    """Make the folder the working folder."""
    try:
        os.chdir(folder)
    except OSError as error:
        kind = starting.DESK_FOLDER_MISSING
        raise _CannotStartError(
            kind.at(Location(file=str(folder)), reason=explain(error))
        ) from error


def _open(folder: Path, places: UserPlaces) -> None:
    missing = missing_libraries()
    if missing:
        kind, here = starting.DESK_NOT_INSTALLED, Location(file=sys.executable)
        raise _CannotStartError(
            kind.at(here, missing=", ".join(missing), command=install_command())
        )
    from sheetgen.desk import DeskRequest, serve_desk

    def show(address: str) -> None:
        if not webbrowser.open(address):
            # In a box alone: the address is kept in no file that others may read.
            place = Location(file=str(folder))
            show_box(str(starting.DESK_WITHOUT_BROWSER.at(place, address=address)))

    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with hold_desk(folder, places) as note:
                serve_desk(DeskRequest(browser=False, tell=_in_turn(note, show)))
        except HeldElsewhereError:
            address = find_address(folder, places)
            if address is not None:
                show(address)
                return
            time.sleep(0.2)
        else:
            return
    raise _CannotStartError(starting.DESK_SILENT.at(Location(file=str(folder))))


def _in_turn(note: Callable[[str], None], show: Callable[[str], None]) -> Callable[[str], None]:
    """Return what notes an address, then has it shown while the desk already serves.

    Some browsers let go only once they are closed.
    """

    def tell(address: str) -> None:
        note(address)
        Thread(target=show, args=(address,), daemon=True).start()

    return tell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
