"""From the jury's workbook to the session's last word: read, compared, rendered, frozen.

`open_consolidation` and `read_deliberation` read what the jury decided, `read_carried` what is
taken over into a workbook made again; `write_decided` and `publish` write it. Two modules are open
as a whole: `closings` keeps the record of what was frozen, `form` says what the sheet
« Délibération » asks. Each is imported where it is asked for: some load openpyxl or lxml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.jury import closings, form
    from sheetgen.jury.carrying import NotCarriedError, read_carried
    from sheetgen.jury.differences import compare_decided, compare_printed
    from sheetgen.jury.final_decisions import FinalDecisions
    from sheetgen.jury.final_files import Record, final_members, render_final, write_decided
    from sheetgen.jury.freeze import (
        UnreadableFinalError,
        adopt,
        check_frozen,
        current_user,
        missing_papers,
        outcomes_alone,
        read_frozen_decisions,
        read_record,
        whole_of,
    )
    from sheetgen.jury.frozen_rulings import changed_since, find_frozen, read_closing, read_rulings
    from sheetgen.jury.frozen_sources import FrozenSource, keep_sources, read_source
    from sheetgen.jury.next_session import NEXT_SESSION, check_next_session
    from sheetgen.jury.origin import check_origin
    from sheetgen.jury.publishing import VERSIONS, Publication, mend_kept, publish
    from sheetgen.jury.read import read_deliberation
    from sheetgen.jury.row_names import seal_names
    from sheetgen.jury.settled_documents import settle_documents
    from sheetgen.jury.sheet_tables import begin_consolidations, open_consolidation
else:
    __getattr__ = late(
        __name__,
        carrying=(
            "NotCarriedError",
            "read_carried",
        ),
        differences=(
            "compare_decided",
            "compare_printed",
        ),
        final_decisions=("FinalDecisions",),
        final_files=(
            "Record",
            "final_members",
            "render_final",
            "write_decided",
        ),
        freeze=(
            "UnreadableFinalError",
            "adopt",
            "check_frozen",
            "current_user",
            "missing_papers",
            "outcomes_alone",
            "read_frozen_decisions",
            "read_record",
            "whole_of",
        ),
        frozen_rulings=(
            "changed_since",
            "find_frozen",
            "read_closing",
            "read_rulings",
        ),
        frozen_sources=(
            "FrozenSource",
            "keep_sources",
            "read_source",
        ),
        next_session=(
            "NEXT_SESSION",
            "check_next_session",
        ),
        origin=("check_origin",),
        publishing=(
            "VERSIONS",
            "Publication",
            "mend_kept",
            "publish",
        ),
        read=("read_deliberation",),
        row_names=("seal_names",),
        settled_documents=("settle_documents",),
        sheet_tables=("begin_consolidations", "open_consolidation"),
    )

__all__ = [
    "NEXT_SESSION",
    "VERSIONS",
    "FinalDecisions",
    "FrozenSource",
    "NotCarriedError",
    "Publication",
    "Record",
    "UnreadableFinalError",
    "adopt",
    "begin_consolidations",
    "changed_since",
    "check_frozen",
    "check_next_session",
    "check_origin",
    "closings",
    "compare_decided",
    "compare_printed",
    "current_user",
    "final_members",
    "find_frozen",
    "form",
    "keep_sources",
    "mend_kept",
    "missing_papers",
    "open_consolidation",
    "outcomes_alone",
    "publish",
    "read_carried",
    "read_closing",
    "read_deliberation",
    "read_frozen_decisions",
    "read_record",
    "read_rulings",
    "read_source",
    "render_final",
    "seal_names",
    "settle_documents",
    "whole_of",
    "write_decided",
]
