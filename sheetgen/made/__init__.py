"""What a session has made, remembered: grids with the people they were made for, and their texts.

The record lies in the session's private folder. `compare_persons` tells whether a number or a code
is still that of the person a grid was made for.
"""

from sheetgen.made.describe import (
    GridDescriber,
    changed_codes,
    describe_session,
    describe_texts,
)
from sheetgen.made.grid_record import (
    GridRecord,
    MadeGrid,
    MadeSession,
    UnreadableRecordError,
    read_grid_record,
    write_grid_record,
)
from sheetgen.made.persons import Person, Verdict, compare_persons, named_apart, person_of

__all__ = [
    "GridDescriber",
    "GridRecord",
    "MadeGrid",
    "MadeSession",
    "Person",
    "UnreadableRecordError",
    "Verdict",
    "changed_codes",
    "compare_persons",
    "describe_session",
    "describe_texts",
    "named_apart",
    "person_of",
    "read_grid_record",
    "write_grid_record",
]
