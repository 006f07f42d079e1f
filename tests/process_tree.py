"""Processes that a test leaves to themselves."""

from __future__ import annotations

from contextlib import suppress

import psutil


def ended(processes: list[psutil.Process]) -> bool:
    """Return whether all of them end; those that do not are killed."""
    _, running = psutil.wait_procs(processes, timeout=60)
    left = []
    for process in running:
        with suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                left.append(process)
                process.kill()
    return not left
