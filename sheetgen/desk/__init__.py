"""The desk: a page in the browser that does what the commands do, on this computer alone.

`guard` keeps others out, `desk_app` answers, `desk_sessions` runs each step in a process of its
own (`step_worker`), `steps` says what is done and out of date. Nothing is decided here that the
commands do not decide. The server's libraries are an extra: `serve_desk` is imported where it is
asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.desk.serving import DeskRequest, serve_desk
else:
    __getattr__ = late(__name__, serving=("DeskRequest", "serve_desk"))

__all__ = ["DeskRequest", "serve_desk"]
