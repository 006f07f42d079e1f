"""The register: what outlives a session's folder, in SQLite or PostgreSQL.

`open_register` gives a `Register`; on a connection that writes, `reserve_numbers` and
`record_closing` take what a closing gives: its `ClosingFacts`, plain values without a database.
Nothing else of sheetgen knows how the register is kept, and it knows nothing of grids or papers.
"""

from sheetgen.register.facts import (
    SERIES,
    CandidateFacts,
    ClosingFacts,
    ClosingKey,
    Identity,
    PaperFacts,
    PaperKey,
    ResultFacts,
)
from sheetgen.register.numbering import reserve_numbers
from sheetgen.register.opening import Register, open_register
from sheetgen.register.recording import check_people, is_recorded, record_closing
from sheetgen.register.refusals import RegisterError

__all__ = [
    "SERIES",
    "CandidateFacts",
    "ClosingFacts",
    "ClosingKey",
    "Identity",
    "PaperFacts",
    "PaperKey",
    "Register",
    "RegisterError",
    "ResultFacts",
    "check_people",
    "is_recorded",
    "open_register",
    "record_closing",
    "reserve_numbers",
]
