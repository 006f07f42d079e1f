"""A session's folder: where its files lie, and the record of what was made, for whom.

The record lies in the session's private folder. `compare_persons` tells whether a number or a code
is still that of the person a grid was made for. Three modules are open as a whole: `paths` names
every file and folder, `written_files` knows what may be written over, `key_file` holds the signing
key. The names are many because the record is read, compared, told and written by different
commands.
"""

from __future__ import annotations

from sheetgen.session_folder import key_file, paths, written_files
from sheetgen.session_folder.checks import (
    GridDescriber,
    check_births,
    check_grids,
    check_numbers,
    check_seats,
    describe_session,
    describe_texts,
    listed_grids,
    outdated_grids,
    shortened_list,
    told_changes,
)
from sheetgen.session_folder.grid_record import (
    GridRecord,
    MadeGrid,
    UnreadableRecordError,
    read_grid_record,
    write_grid_record,
)
from sheetgen.session_folder.group_codes import keep_group_codes
from sheetgen.session_folder.lasting_id import lasting_id
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
    "Person",
    "PersonMatch",
    "UnreadableRecordError",
    "check_births",
    "check_grids",
    "check_numbers",
    "check_reopening",
    "check_same_session",
    "check_seats",
    "compare_persons",
    "describe_session",
    "describe_texts",
    "keep_group_codes",
    "key_file",
    "lasting_id",
    "listed_grids",
    "named_apart",
    "outdated_grids",
    "paths",
    "person_of",
    "read_closed_session",
    "read_grid_record",
    "shortened_list",
    "told_changes",
    "write_grid_record",
    "written_files",
]
