"""Text from elsewhere as the terminal shows it: no markup of ours, no control of its own."""

from __future__ import annotations

import rich.markup

from sheetgen.text import visible


def escape(text: str) -> str:
    """Return a text to print between this program's own markup, exactly as it can be shown."""
    return rich.markup.escape(visible(text))
