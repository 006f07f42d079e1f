"""Texts as people read, write and compare them: a box of small tools, each for anybody.

`fold` and its like compare what was typed, `natural_parts` sorts it; numbers, dates and percentages
are French here and nowhere else; `visible` shows what would hide, `file_stem` names files. They are
more than a face usually holds, because each is used alone.
"""

from sheetgen.text.file_names import GRID_SHEETS, RESERVED_SHEETS, file_stem
from sheetgen.text.fold import (
    DISTINCT,
    FILLING_WORDS,
    FILLINGS,
    LETTERS,
    SHORTEST,
    SIGNS,
    Part,
    appearance,
    fold,
    fold_name,
    natural_parts,
    nearest,
    only_fills,
    says_something,
)
from sheetgen.text.french import (
    SPACE,
    acts_or_hides,
    cut_number,
    date_text,
    dates_text,
    days_text,
    decimal_text,
    exact_number,
    exact_share,
    note_text,
    numeric_dates_text,
    percent_text,
    room_text,
    shortened,
    time_text,
    visible,
)

__all__ = [
    "DISTINCT",
    "FILLINGS",
    "FILLING_WORDS",
    "GRID_SHEETS",
    "LETTERS",
    "RESERVED_SHEETS",
    "SHORTEST",
    "SIGNS",
    "SPACE",
    "Part",
    "acts_or_hides",
    "appearance",
    "cut_number",
    "date_text",
    "dates_text",
    "days_text",
    "decimal_text",
    "exact_number",
    "exact_share",
    "file_stem",
    "fold",
    "fold_name",
    "natural_parts",
    "nearest",
    "note_text",
    "numeric_dates_text",
    "only_fills",
    "percent_text",
    "room_text",
    "says_something",
    "shortened",
    "time_text",
    "visible",
]
