"""The school's workbooks, référentiel and session: declared, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late
from sheetgen.sources.read import begin_source

if TYPE_CHECKING:
    from sheetgen.sources.referential import read_referential
    from sheetgen.sources.schema import official_blanks
    from sheetgen.sources.session import read_session
else:
    __getattr__ = late(
        __name__,
        referential=("read_referential",),
        schema=("official_blanks",),
        session=("read_session",),
    )

__all__ = ["begin_source", "official_blanks", "read_referential", "read_session"]
