"""Records to what templates name: a module for each group of papers, without any office library.

A function for each kind of document returns its fields with their values. `Sitting` says who sat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.documents.contexts.attendance import attendance_context, instructions_context
    from sheetgen.documents.contexts.convocation import convocation_context, convoked
    from sheetgen.documents.contexts.explanation import ToldDecision, explanation_context
    from sheetgen.documents.contexts.identities import Context, Value
    from sheetgen.documents.contexts.paper_grid import paper_grid_context
    from sheetgen.documents.contexts.report import (
        blank_context,
        filled_context,
        final_context,
    )
    from sheetgen.documents.contexts.settled_papers import (
        block_certificate_context,
        diploma_context,
        minutes_context,
        notification_context,
    )
    from sheetgen.documents.contexts.sitting import Sitting, sitting_of, undeclared_ties
    from sheetgen.documents.contexts.transcript import transcript_context
else:
    __getattr__ = late(
        __name__,
        attendance=("attendance_context", "instructions_context"),
        convocation=("convocation_context", "convoked"),
        explanation=("ToldDecision", "explanation_context"),
        identities=("Context", "Value"),
        paper_grid=("paper_grid_context",),
        report=("blank_context", "filled_context", "final_context"),
        settled_papers=(
            "block_certificate_context",
            "diploma_context",
            "minutes_context",
            "notification_context",
        ),
        sitting=("Sitting", "sitting_of", "undeclared_ties"),
        transcript=("transcript_context",),
    )

__all__ = [
    "Context",
    "Sitting",
    "ToldDecision",
    "Value",
    "attendance_context",
    "blank_context",
    "block_certificate_context",
    "convocation_context",
    "convoked",
    "diploma_context",
    "explanation_context",
    "filled_context",
    "final_context",
    "instructions_context",
    "minutes_context",
    "notification_context",
    "paper_grid_context",
    "sitting_of",
    "transcript_context",
    "undeclared_ties",
]
