"""Files as every stage writes them: whole or not at all, and of any size.

`write_whole`, `copy_whole` and `replacing` put a file in its place at once, `write_json`,
`render_table` and `pack` say what it holds, `filled_page` makes a page for a browser, `held_alone`
keeps others out, `Spool` keeps records aside, `sha256`, `digested_meanwhile` and `file_digest` know
a file again, `explain` says in French why the system refused. They are more than a face usually
holds, because each is used alone. What writes JSON or pages loads libraries that `--help` does
without, and is imported where it is asked for.
"""

from typing import TYPE_CHECKING

from sheetgen.files.atomic import copy_whole, explain, remove_drafts, replacing, write_whole
from sheetgen.files.csv_text import render_table
from sheetgen.files.digests import digested_meanwhile, file_digest, sha256
from sheetgen.files.exclusive import HeldElsewhereError, held_alone
from sheetgen.files.spool import Spool, close_with, pickle_by_values
from sheetgen.files.zip_members import GappedFile, Member, joined_member, pack, whole_member
from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.files.json_text import Streamed, gathered, read_json, write_json
    from sheetgen.files.page_template import filled_page
else:
    __getattr__ = late(
        __name__,
        json_text=("Streamed", "gathered", "read_json", "write_json"),
        page_template=("filled_page",),
    )

__all__ = [
    "GappedFile",
    "HeldElsewhereError",
    "Member",
    "Spool",
    "Streamed",
    "close_with",
    "copy_whole",
    "digested_meanwhile",
    "explain",
    "file_digest",
    "filled_page",
    "gathered",
    "held_alone",
    "joined_member",
    "pack",
    "pickle_by_values",
    "read_json",
    "remove_drafts",
    "render_table",
    "replacing",
    "sha256",
    "whole_member",
    "write_json",
    "write_whole",
]
