"""The sheets of `consolidation.xlsx`, a module each: how it is laid out and how it is written.

Every module is open to the workbook that puts them together, and to nobody else.
"""

from __future__ import annotations

from sheetgen.consolidation.sheets import (
    anomalies,
    assessments,
    blocks,
    card,
    card_columns,
    card_details,
    card_people,
    card_texts,
    card_workings,
    competencies,
    criteria,
    criteria_rows,
    deliberation,
    deliberation_table,
    divergences,
    lists,
    live_sheet,
    notes,
    short_marks,
    shown_candidate,
    stamp,
    statistics,
    summary,
    table_sheet,
    volumes,
)

__all__ = [
    "anomalies",
    "assessments",
    "blocks",
    "card",
    "card_columns",
    "card_details",
    "card_people",
    "card_texts",
    "card_workings",
    "competencies",
    "criteria",
    "criteria_rows",
    "deliberation",
    "deliberation_table",
    "divergences",
    "lists",
    "live_sheet",
    "notes",
    "short_marks",
    "shown_candidate",
    "stamp",
    "statistics",
    "summary",
    "table_sheet",
    "volumes",
]
