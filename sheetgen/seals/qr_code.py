"""The QR code of an address, as a picture for a page."""

from __future__ import annotations

import io

import segno

_MODULE = 6
"""Pixels a module: a code of 81 modules on three centimetres is printed at 400 dots an inch."""


_MOST_BYTES = 2953
"""The most that the largest code holds, at the least of its corrections."""


def fits_code(address: str) -> bool:
    """Return whether a code can hold an address."""
    return len(address.encode()) <= _MOST_BYTES


def qr_picture(address: str) -> bytes | None:
    """Return a PNG of the code, with the margin that readers need; None where none can hold it.

    A stain or a fold may hide some 15 % of it, and 7 % where the address leaves room for no more.
    """
    for error in ("m", "l"):
        try:
            code = segno.make_qr(address, error=error)
        except segno.DataOverflowError:
            continue
        made = io.BytesIO()
        code.save(made, kind="png", scale=_MODULE)
        return made.getvalue()
    return None
