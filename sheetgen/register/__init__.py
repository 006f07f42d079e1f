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
    from sheetgen.register.cpf_flows import (
        AnswerFacts,
        FlowFacts,
        ForgottenFlowError,
        RecordedAnswer,
        accepted_entries,
        add_entries,
        add_flow,
        find_flow,
        flow_texts,
        freeze_passages,
        people_of_flow,
        record_answer,
        say_passage,
        seal_flow,
    )
    from sheetgen.register.cpf_proofs import (
        AwardsOfSession,
        KeptAnswer,
        KeptFlow,
        awards_of_session,
        kept_flows,
    )
    from sheetgen.register.declared import (
        DeclaredPerson,
        count_blocks_alone,
        declared_people,
        find_certification,
    )
    from sheetgen.register.facts import (
        IDENTITY,
        RECORDED,
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
    from sheetgen.register.known_people import (
        match_people,
        number_of,
        people_of_session,
        person_by_identifier,
        write_person,
    )
    from sheetgen.register.numbering import reserve_numbers, reserved_numbers
    from sheetgen.register.person_records import person_record
    from sheetgen.register.recording import check_people, is_recorded, record_closing
    from sheetgen.register.refusals import RegisterError
    from sheetgen.register.register_book import (
        IDENTITY_COLUMNS,
        REGISTER_BOOK,
        TakenIn,
        identity_in,
        read_register_book,
        write_register_book,
    )
    from sheetgen.register.register_database import (
        Connection,
        Register,
        check_address,
        note,
        open_register,
    )
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
        cpf_flows=(
            "AnswerFacts",
            "FlowFacts",
            "ForgottenFlowError",
            "RecordedAnswer",
            "accepted_entries",
            "add_entries",
            "add_flow",
            "find_flow",
            "flow_texts",
            "freeze_passages",
            "people_of_flow",
            "record_answer",
            "say_passage",
            "seal_flow",
        ),
        cpf_proofs=(
            "AwardsOfSession",
            "KeptAnswer",
            "KeptFlow",
            "awards_of_session",
            "kept_flows",
        ),
        declared=(
            "DeclaredPerson",
            "count_blocks_alone",
            "declared_people",
            "find_certification",
        ),
        facts=(
            "RECORDED",
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
            "person_by_identifier",
            "write_person",
        ),
        returning_candidates=(
            "NextCandidate",
            "next_candidates",
            "standings",
        ),
        numbering=("reserve_numbers", "reserved_numbers"),
        person_records=("person_record",),
        recording=(
            "check_people",
            "is_recorded",
            "record_closing",
        ),
        refusals=("RegisterError",),
        register_book=(
            "IDENTITY_COLUMNS",
            "identity_in",
            "REGISTER_BOOK",
            "TakenIn",
            "read_register_book",
            "write_register_book",
        ),
        register_database=(
            "note",
            "Connection",
            "Register",
            "check_address",
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
    "IDENTITY_COLUMNS",
    "RECORDED",
    "REGISTER_BOOK",
    "SERIES",
    "Acquired",
    "AnswerFacts",
    "AwardsOfSession",
    "CandidateFacts",
    "ClosingFacts",
    "ClosingKey",
    "Connection",
    "CountedLine",
    "CountedScope",
    "CountedSession",
    "DeclaredPerson",
    "DueRows",
    "FlowFacts",
    "ForgottenFiles",
    "ForgottenFlowError",
    "Identity",
    "KeptAnswer",
    "KeptFlow",
    "NextCandidate",
    "PaperFacts",
    "PaperKey",
    "RecordedAnswer",
    "RecordedClosing",
    "Register",
    "RegisterError",
    "ResultFacts",
    "TakenIn",
    "accepted_entries",
    "acquired_by",
    "add_entries",
    "add_flow",
    "add_sealing_key",
    "attempts_of",
    "awards_of_session",
    "begin_files",
    "begun_files",
    "check_address",
    "check_people",
    "count_all",
    "count_blocks_alone",
    "count_decided",
    "declared_people",
    "due_rows",
    "end_files",
    "find_certification",
    "find_flow",
    "find_people",
    "flow_texts",
    "forget_rows",
    "freeze_passages",
    "identity_in",
    "is_issued",
    "is_recorded",
    "kept_flows",
    "match_people",
    "may_be_there",
    "next_candidates",
    "note",
    "number_of",
    "open_register",
    "people_of_flow",
    "people_of_session",
    "person_by_identifier",
    "person_record",
    "printed_titles",
    "read_register_book",
    "record_answer",
    "record_closing",
    "recorded_closings",
    "register_tables",
    "reserve_numbers",
    "reserved_numbers",
    "say_passage",
    "seal_flow",
    "sealing_keys",
    "standings",
    "told_forgotten",
    "withdrawn_numbers",
    "write_person",
    "write_register_book",
]
