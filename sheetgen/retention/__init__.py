"""The files of closed sessions whose term is over: found, and deleted where they are known.

`survey_folder` says what of a session's folder is due and what stands against it, `delete_files`
deletes it, each file compared first with what was recorded of it.
"""

from __future__ import annotations

from sheetgen.retention.deleting import delete_files, delete_witness
from sheetgen.retention.due_files import (
    LAST_KIND,
    DueFile,
    DueFiles,
    FolderSurvey,
    decisions_digest,
    survey_folder,
)

__all__ = [
    "LAST_KIND",
    "DueFile",
    "DueFiles",
    "FolderSurvey",
    "decisions_digest",
    "delete_files",
    "delete_witness",
    "survey_folder",
]
