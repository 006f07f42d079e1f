"""Number formats of every cell and chart that is written, declared once.

A bare space is the thousands separator of a French LibreOffice, and one that ends the digits
divides the number by a thousand: `0 %` is saved there as `0,%`, and shows 0 % from then on. Spaces
are therefore escaped. Codes are Excel's own, in English whatever the user's language.
"""

from __future__ import annotations

GENERAL = "General"
TEXT = "@"
"""What a spreadsheet must not take for a number, a date or a formula."""

WHOLE = "0"
TWO_DECIMALS = "0.00"
PERCENT = "0\\ %"
PERCENT_TENTHS = "0.0\\ %"
DATE = "dd/mm/yyyy"
TIME = "hh:mm"
MOMENT = "dd/mm/yyyy\\ hh:mm"

BAR_COUNT = "0;;"
"""On a bar of a chart: nothing for zero."""

BAR_PERCENT = "0\\ %;;"
BAR_NOTE = f"{GENERAL};;"


def after_symbol(symbol: str) -> str:
    """Return the format that shows a text with a symbol before it."""
    return f'"{symbol} "@'


def always(label: str) -> str:
    """Return the format that shows a label whatever the cell holds, a number or a text.

    Excel takes 255 characters.
    """
    longest = 250
    words = " ".join(label.split())
    shown = '"' + words.replace('"', '"\\""') + '"'
    whole = ";".join([shown] * 4)
    if len(whole) <= longest:
        return whole
    return f";;;{shown}" if len(shown) + 3 <= longest else TEXT


def out_of(maximum: str) -> str:
    """Return the format that shows a number over the most it can be, as « 6,5 / 8 »."""
    return f'General" / {maximum}"'


def note_over(maximum: str) -> str:
    """Return the format of a note over the highest one, as in « 12,5/20 »."""
    return f'{GENERAL}"/{maximum}"'
