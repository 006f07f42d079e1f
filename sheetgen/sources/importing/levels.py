"""The levels that a document's codes stand for: « Activité 1 » may be a bloc, or be in one.

France compétences' model names no bloc: its activities are the blocs, and what is inside them,
A1.1, the activities. A document that names its blocs says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.importing.cell_texts import lines_of
from sheetgen.sources.importing.source_codes import Coded, split_activity, split_block, split_code

if TYPE_CHECKING:
    from sheetgen.sources.importing.document import ReadDocument

PREFIX = re.compile(r"RNCP\d+(?=BC\d)")
"""The part of a bloc's code in the register that names the certification."""

_TOP = re.compile(r"[ATM]\d{1,2}")
_PART = re.compile(r"([ATM]\d{1,2})[.\-]\d{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The levels of one document.

    Attributes:
        named_blocks: it names blocs.
        numbered_parts: it has activities such as A1.1, inside others.
        coded_competencies: its competencies have codes.
    """

    named_blocks: bool
    numbered_parts: bool
    coded_competencies: bool = False

    @classmethod
    def of(cls, document: ReadDocument) -> Levels:
        """Return the levels that a document's codes show."""
        named = numbered = coded = False
        for paragraph in lines_of(
            item
            for block in document.blocks
            for item in (
                *block.paragraphs,
                *(text for cell in block.cells for text in cell.paragraphs),
            )
        ):
            named = named or split_block(paragraph.text) is not None
            numbered = numbered or bool(_PART.fullmatch(split_activity(paragraph.text).code))
            coded = coded or bool(split_code(paragraph.text, "C").code)
        return cls(named_blocks=named, numbered_parts=numbered, coded_competencies=coded)

    def is_block(self, code: str) -> bool:
        """Return whether an activity with this code stands for a bloc."""
        if self.named_blocks:
            return False
        return not self.numbered_parts or bool(_TOP.fullmatch(code))

    def top_of(self, code: str) -> str:
        """Return the code of the part that an activity stands in where no bloc is named: A2."""
        found = None if self.named_blocks else _PART.fullmatch(code)
        return found[1] if found else ""

    def is_of_another_block(self, code: str, top: str) -> bool:
        """Return whether an activity's code says that it is in another part than this one."""
        own = self.top_of(code)
        return bool(own and top) and own != top

    def block_code(self, text: str) -> Coded | None:
        """Return a bloc's title without a code of another kind before it, such as « B1 - »."""
        coded = split_code(text, "UB")
        return coded if coded.code else None
