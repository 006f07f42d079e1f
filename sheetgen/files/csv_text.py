"""Tables as text that French Excel opens by a double click, and that can do no harm there.

UTF-8 with a byte order mark, semicolons, CRLF.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the table as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(map(harmless, row) for row in rows)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def harmless(text: str) -> str:
    """Return the text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
