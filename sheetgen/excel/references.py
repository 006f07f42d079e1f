"""References to cells as formulas write them, beside XlsxWriter's own for rows and columns."""

from __future__ import annotations


def sheet_prefix(name: str) -> str:
    """Return the prefix of an address on another sheet, always quoted."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'!"
