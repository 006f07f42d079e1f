"""The register: what outlives a session's folder, in SQLite or PostgreSQL.

`open_register` gives a `Register`; on a connection that writes, `reserve_numbers` and
`record_closing` take what a closing gives: its `ClosingFacts`, plain values without a database.
`acquired_by` says what people hold, `write_register_book` and `read_register_book` are its
workbook. Nothing else of sheetgen knows how the register is kept, and it knows nothing of grids or
papers. What each command needs of it is here, hence so many names; each is loaded where it is asked
for, since a database's library takes as long as hundreds of grids.
"""

from typing import TYPE_CHECKING

from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.register import register_tables
    from sheetgen.register.acquired import (
        Acquired,
        acquired_by,
        attempts_of,
        count_all,
        find_people,
    )
    from sheetgen.register.counting import CountedLine, CountedScope, CountedSession, count_decided
    from sheetgen.register.facts import (
        IDENTITY,
        SERIES,
        CandidateFacts,
        ClosingFacts,
        ClosingKey,
        Identity,
        PaperFacts,
        PaperKey,
        ResultFacts,
    )
    from sheetgen.register.forgetting import (
        DueRows,
        ForgottenFiles,
        RecordedClosing,
        begin_files,
        begun_files,
        due_rows,
        end_files,
        forget_rows,
        recorded_closings,
        told_forgotten,
    )
    from sheetgen.register.known_people import match_people, number_of, people_of_session
    from sheetgen.register.numbering import reserve_numbers
    from sheetgen.register.person_records import person_record
    from sheetgen.register.recording import check_people, is_recorded, record_closing
    from sheetgen.register.refusals import RegisterError
    from sheetgen.register.register_book import (
        REGISTER_BOOK,
        TakenIn,
        read_register_book,
        write_register_book,
    )
    from sheetgen.register.register_database import Connection, Register, open_register
    from sheetgen.register.register_place import may_be_there
    from sheetgen.register.returning_candidates import NextCandidate, next_candidates, standings
    from sheetgen.register.sealed_numbers import (
        add_sealing_key,
        is_issued,
        printed_titles,
        sealing_keys,
        withdrawn_numbers,
    )
else:
    __getattr__ = late(
        __name__,
        acquired=(
            "Acquired",
            "acquired_by",
            "attempts_of",
            "count_all",
            "find_people",
        ),
        counting=(
            "CountedLine",
            "CountedScope",
            "CountedSession",
            "count_decided",
        ),
        facts=(
            "IDENTITY",
            "SERIES",
            "CandidateFacts",
            "ClosingFacts",
            "ClosingKey",
            "Identity",
            "PaperFacts",
            "PaperKey",
            "ResultFacts",
        ),
        forgetting=(
            "DueRows",
            "ForgottenFiles",
            "RecordedClosing",
            "begin_files",
            "begun_files",
            "due_rows",
            "end_files",
            "forget_rows",
            "recorded_closings",
            "told_forgotten",
        ),
        known_people=(
            "match_people",
            "number_of",
            "people_of_session",
        ),
        returning_candidates=(
            "NextCandidate",
            "next_candidates",
            "standings",
        ),
        numbering=("reserve_numbers",),
        person_records=("person_record",),
        recording=(
            "check_people",
            "is_recorded",
            "record_closing",
        ),
        refusals=("RegisterError",),
        register_book=(
            "REGISTER_BOOK",
            "TakenIn",
            "read_register_book",
            "write_register_book",
        ),
        register_database=(
            "Connection",
            "Register",
            "open_register",
        ),
        register_place=("may_be_there",),
        sealed_numbers=(
            "add_sealing_key",
            "is_issued",
            "printed_titles",
            "sealing_keys",
            "withdrawn_numbers",
        ),
    )

__all__ = [
    "IDENTITY",
    "REGISTER_BOOK",
    "SERIES",
    "Acquired",
    "CandidateFacts",
    "ClosingFacts",
    "ClosingKey",
    "Connection",
    "CountedLine",
    "CountedScope",
    "CountedSession",
    "DueRows",
    "ForgottenFiles",
    "Identity",
    "NextCandidate",
    "PaperFacts",
    "PaperKey",
    "RecordedClosing",
    "Register",
    "RegisterError",
    "ResultFacts",
    "TakenIn",
    "acquired_by",
    "add_sealing_key",
    "attempts_of",
    "begin_files",
    "begun_files",
    "check_people",
    "count_all",
    "count_decided",
    "due_rows",
    "end_files",
    "find_people",
    "forget_rows",
    "is_issued",
    "is_recorded",
    "match_people",
    "may_be_there",
    "next_candidates",
    "number_of",
    "open_register",
    "people_of_session",
    "person_record",
    "printed_titles",
    "read_register_book",
    "record_closing",
    "recorded_closings",
    "register_tables",
    "reserve_numbers",
    "sealing_keys",
    "standings",
    "told_forgotten",
    "withdrawn_numbers",
    "write_register_book",
]
