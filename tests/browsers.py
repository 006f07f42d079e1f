"""A real browser for tests: the system's Chromium, headless, and a folder served to it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

SECONDS = 60_000
"""Milliseconds that a page may take to show what is expected of it, on a busy machine."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Nothing asked of any server but the test's own; without a sandbox, since CI may run as root."""


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Give the system's Chromium.

    Raises:
        RuntimeError: there is none.
    """
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        message = "no Chromium on this machine: scripts/install-browser says how to get it"
        raise RuntimeError(message)
    expect.set_options(timeout=SECONDS)  # of its own accord it gives up after five seconds
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine alone; give its address."""
    handler = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
