"""The events that a page follows: something changed, or a step is further than it was."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sheetgen.desk.desk import Desk
    from sheetgen.desk.desk_sessions import DeskSession

_HEARTBEAT = 15
"""Seconds after which a quiet stream says that it is there."""


async def session_events(desk: Desk, session: DeskSession) -> AsyncIterator[str]:
    """Yield an event at each change of a session, until the desk ends."""
    version, running = session.version, session.running
    yield "retry: 2000\n\n"
    while not desk.ending:
        now = await session.changed_since(version, _HEARTBEAT)
        if now == version:
            yield ": là\n\n"
            continue
        version = now
        if session.running is not None and session.running is running:
            said = {"what": running.what, "done": running.done, "steps": running.steps}
            yield f"event: progress\ndata: {json.dumps(said)}\n\n"
            await asyncio.sleep(0.1)
            continue
        running = session.running
        yield "event: change\ndata: \n\n"


async def home_events(desk: Desk) -> AsyncIterator[str]:
    """Yield an event at each change of any session, until the desk ends."""

    def seen() -> tuple[tuple[str, int], ...]:
        return tuple((name, item.version) for name, item in desk.sessions.items())

    before, quiet = seen(), 0
    yield "retry: 2000\n\n"
    while not desk.ending:
        await asyncio.sleep(1)
        quiet += 1
        if seen() != before:
            before, quiet = seen(), 0
            yield "event: change\ndata: \n\n"
        elif quiet >= _HEARTBEAT:
            quiet = 0
            yield ": là\n\n"
