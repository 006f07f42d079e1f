"""The school's workbooks, référentiel and session: declared, read and checked."""

from __future__ import annotations

from sheetgen.sources.referential import read_referential
from sheetgen.sources.schema import official_blanks
from sheetgen.sources.session import read_session

__all__ = ["official_blanks", "read_referential", "read_session"]
