"""The record of what a session has made: grids with their people and their texts.

The record lies in the session's private folder. `compare_persons` tells whether a number or a code
is still that of the person a grid was made for.
"""

from sheetgen.session_folder.checks import (
    check_grids,
    check_numbers,
    lacks_blocks,
    listed_grids,
    outdated_grids,
    shortened_list,
    told_changes,
)
from sheetgen.session_folder.describe import (
    GridDescriber,
    changed_codes,
    describe_session,
    describe_texts,
)
from sheetgen.session_folder.grid_record import (
    GridRecord,
    MadeGrid,
    MadeSession,
    UnreadableRecordError,
    read_grid_record,
    write_grid_record,
)
from sheetgen.session_folder.persons import (
    Person,
    PersonMatch,
    compare_persons,
    named_apart,
    person_of,
)
from sheetgen.session_folder.sessions import (
    ClosedSession,
    check_reopening,
    check_same_session,
    read_closed_session,
)

__all__ = [
    "ClosedSession",
    "GridDescriber",
    "GridRecord",
    "MadeGrid",
    "MadeSession",
    "Person",
    "PersonMatch",
    "UnreadableRecordError",
    "changed_codes",
    "check_grids",
    "check_numbers",
    "check_reopening",
    "check_same_session",
    "compare_persons",
    "describe_session",
    "describe_texts",
    "lacks_blocks",
    "listed_grids",
    "named_apart",
    "outdated_grids",
    "person_of",
    "read_closed_session",
    "read_grid_record",
    "shortened_list",
    "told_changes",
    "write_grid_record",
]
