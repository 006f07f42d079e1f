"""Serve the desk on this computer alone, and open the browser at its address."""

from __future__ import annotations

import socket
import sys
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from sheetgen.desk.desk import Desk
from sheetgen.desk.desk_app import DeskPages
from sheetgen.desk.guard import HOST, Guard, Pass
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

_GRACE = 2
"""Seconds that pages which are still open are given when the desk ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRequest:
    """The way to serve.

    Attributes:
        port: to listen on; 0 for any that is free.
        browser: whether to open it.
        tell: is given the address, token included, once somebody answers there.
    """

    port: int = 0
    browser: bool = True
    tell: Callable[[str], None]


def serve_desk(request: DeskRequest) -> None:
    """Serve the desk of the working folder until somebody quits it.

    Raises:
        OSError: the port is taken.
    """
    with _listening(request.port) as listener:
        right = Pass(port=listener.getsockname()[1])

        def leave() -> None:
            server.should_exit = True

        guard = Guard(DeskPages(Desk(leave)).application(), right)
        config = uvicorn.Config(
            guard,
            access_log=False,
            log_config=None,
            log_level="critical",
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            ws="none",
        )
        server = uvicorn.Server(config)
        # It listens already: whoever opens the address waits for the first answer.
        request.tell(right.address)
        if request.browser:
            webbrowser.open(right.address)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this computer alone.

    Raises:
        OSError: the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(64)
    except OSError:
        listener.close()
        raise
    return listener
