"""Texts as people read them: what any module that prints, writes or compares one may use."""

from sheetgen.text.display import visible
from sheetgen.text.french import cut_number, date_text, exact_number, shortened, time_text
from sheetgen.text.natural import natural_parts

__all__ = [
    "cut_number",
    "date_text",
    "exact_number",
    "natural_parts",
    "shortened",
    "time_text",
    "visible",
]
