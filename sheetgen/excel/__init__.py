"""What the writers of workbooks share, whichever library writes them."""

from __future__ import annotations

from sheetgen.excel import formats

__all__ = ["formats"]
