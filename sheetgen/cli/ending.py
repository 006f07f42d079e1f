"""End a command whose output cannot be shown, or in which something unforeseen happens.

A person sees one French line on standard error, never Python. Standard output may be a full disk,
or a pipe that its reader has closed (`sheetgen status | head`); it may not be there at all. Where
some characters cannot be shown (a Windows code page, an ASCII pipe) the nearest ones are.
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.problems import Location
from sheetgen.problems.isolating import COMMAND_STOPPED, unforeseen
from sheetgen.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn, TextIO

_ERRORS = "sheetgen.nearest"

_NEAREST = {
    "✔": "V",
    "✘": "X",
    "◆": "?",
    "●": "O",
    "▲": "!",
    "·": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "’": "'",
    "«": '"',
    "»": '"',
    "œ": "oe",
    "Œ": "OE",
    "≥": ">=",
    "→": "->",
    "⏎": "\\n",
    **{chr(0x2400 + code): f"\\x{code:02x}" for code in range(0x20)},
    "\u2421": "\\x7f",
}


def print_on_any_terminal() -> None:
    """Make standard output and error replace characters they lack by similar ones."""
    codecs.register_error(_ERRORS, _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_nearest(letter, error.encoding) for letter in lacking), error.end


def _nearest(letter: str, encoding: str) -> str:
    plain = _NEAREST.get(letter) or "".join(
        part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)
    )
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return plain


_STATUS = 1


@contextmanager
def ended_in_french() -> Iterator[None]:
    """End a command that cannot go on with one line and status 1.

    Raises:
        SystemExit: as the command asks for, or with status 1.
    """
    _open_missing_streams()
    try:
        try:
            yield
        finally:
            # What is still to be shown fails here, where it can be told, and not once Python ends.
            sys.stdout.flush()
    except SystemExit:
        # An interruption amid code made of a text, such as a dataclass's, has Python kill itself as
        # it ends, whatever caught it, unless such code has run to its end since.
        exec("")  # noqa: S102 - nothing is run
        raise
    except BrokenPipeError:
        _silence(sys.stdout)
        sys.exit(_STATUS)
    except OSError as error:
        if error.filename is not None:
            _stop_unforeseen(error, str(error.filename))
        # Commands tell of their files; what has no name and comes up to here is a stream.
        _silence(sys.stdout)
        _stop(f"La sortie du programme ne peut pas être écrite : {explain(error)}.")
    except Exception as error:  # noqa: BLE001 - nobody who uses this program sees Python
        _stop_unforeseen(error, "sheetgen")


def _stop_unforeseen(error: Exception, place: str) -> NoReturn:
    problem = unforeseen(error, Location(file=place), COMMAND_STOPPED)
    _stop(visible(str(problem)))


def _stop(line: str) -> NoReturn:
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the screen may be what failed
    sys.exit(_STATUS)


def _silence(stream: TextIO) -> None:
    """Give up what a stream still holds, so that Python does not fail on it as it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _open_missing_streams() -> None:
    """Give standard streams that were closed before the start a place to go: nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as it ends
            setattr(sys, name, nowhere)
