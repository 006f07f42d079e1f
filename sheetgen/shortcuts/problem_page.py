"""Show a problem to somebody who has no terminal: on a page, else in a box of the system."""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import time
import traceback
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from string import Template
from threading import Event, Thread
from typing import TYPE_CHECKING

from sheetgen.problems import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.problems import Problem

_TITLE = "Le bureau de sheetgen"
_PATIENCE = 300
"""Seconds for which a box is left open."""
_PAGE_PATIENCE, _TURN = 30, 0.2
"""Seconds that a browser has to begin and fetch the page, and between two looks."""

# Written without the libraries of other pages: one that is missing may be what is told.
_PAGE = Template("""\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="data:,">
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto;
  padding: 0 1rem; color: #1F2933; background: #FFFFFF; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; color: #1F4E79; }
</style>
</head>
<body>
<main>
<h1>$title</h1>
$parts
</main>
</body>
</html>
""")


def tell_without_terminal(problem: Problem, log: Path) -> None:
    """Show a problem where somebody sees it, and write it to standard error.

    Args:
        problem: that stopped the start.
        log: with the technical details.
    """
    print(problem, file=sys.stderr)  # noqa: T201 - into the log
    parts = [str(problem.location), f"{problem.message[:1].upper()}{problem.message[1:]}"]
    parts += [problem.hint, CATALOGUE[problem.code].explanation]
    parts += [f"Journal : {log}"] if log.is_file() else []
    if not _show_page(parts):
        show_box("\n\n".join(parts))


def _show_page(parts: list[str]) -> bool:
    """Have the browser fetch a page that says so, and return whether it did.

    It is no file: browsers that the system confines (snap, flatpak) may not read it.
    """
    text = "\n".join(f"<p>{html.escape(part)}</p>" for part in parts)
    page = _PAGE.substitute(title=_TITLE, parts=text).encode("utf-8", "replace")
    fetched, given_up = Event(), Event()

    class Handler(BaseHTTPRequestHandler):
        """Answers any address with the page."""

        def do_GET(self) -> None:
            """Send the page."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)
            fetched.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    def open_browser(address: str) -> None:
        if not webbrowser.open(address):
            given_up.set()

    try:
        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            server.timeout = _TURN
            address = f"http://127.0.0.1:{server.server_port}/"
            Thread(target=open_browser, args=(address,), daemon=True).start()
            end = time.monotonic() + _PAGE_PATIENCE
            while time.monotonic() < end and not fetched.is_set() and not given_up.is_set():
                server.handle_request()
    except OSError:
        traceback.print_exc()
    return fetched.is_set()


def show_box(text: str) -> None:
    """Show a message box of the system; the log alone tells it where there is none."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows alone has these functions

        ctypes.windll.user32.MessageBoxW(None, text, _TITLE, 0x40)
        return
    for command in _boxes(text):
        program = shutil.which(command[0])
        if program is not None:
            subprocess.run(  # noqa: S603 - a program of the system, its text an argument
                [program, *command[1:]],
                check=False,
                timeout=_PATIENCE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            return


def _boxes(text: str) -> Iterator[list[str]]:
    """Yield the commands that show a text, the best first."""
    script = ("on run argv", "display alert (item 1 of argv) message (item 2 of argv)", "end run")
    lines = [part for line in script for part in ("-e", line)]
    yield ["osascript", *lines, _TITLE, text]
    yield ["zenity", "--info", "--no-markup", f"--title={_TITLE}", f"--text={text}"]
    yield ["kdialog", "--title", _TITLE, "--msgbox", text]
    yield ["xmessage", "-center", text]
