"""The folder for a control: how juries were held, each document with its hash, and an index.

`gather_session` says what is kept of a closed session, by section, with what is missing;
`render_index` makes the page from which everything is found. What shows a candidate's marks, hence
an arrangement, is kept apart, for whoever controls alone. `survey_copies` says what of such folders
and of their archives is due, and takes it out.
"""

from __future__ import annotations

from sheetgen.control_folder.declared_proofs import DeclaredState, SessionDeclaration
from sheetgen.control_folder.due_copies import (
    COPIES,
    CopiedSession,
    CopyQuestion,
    CopySurvey,
    survey_copies,
)
from sheetgen.control_folder.folder_contents import (
    DIGESTS,
    INDEX,
    Asked,
    GatheredSession,
    Kept,
    RulesWorkbook,
    Section,
    certification_title,
    render_digests,
)
from sheetgen.control_folder.gathering import gather_session
from sheetgen.control_folder.index_page import IndexedItem, render_index

__all__ = [
    "COPIES",
    "DIGESTS",
    "INDEX",
    "Asked",
    "CopiedSession",
    "CopyQuestion",
    "CopySurvey",
    "DeclaredState",
    "GatheredSession",
    "IndexedItem",
    "Kept",
    "RulesWorkbook",
    "Section",
    "SessionDeclaration",
    "certification_title",
    "gather_session",
    "render_digests",
    "render_index",
    "survey_copies",
]
