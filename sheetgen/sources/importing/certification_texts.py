"""The certification itself, as a document tells it before its tables: title, level, law, handicap.

A line is taken only where it says by itself what it is; every other stays among those left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.sources.importing.cell_texts import joined
from sheetgen.sources.importing.draft_referential import DraftLine, DraftReferential, DraftState
from sheetgen.text import fold

if TYPE_CHECKING:
    from sheetgen.sources.importing.document import ReadParagraph

_LEVEL = re.compile(r"\bniveau\s*:?\s*(?P<level>[3-8])\b", re.IGNORECASE)
_CODE = re.compile(r"\bRNCP\s?(?P<number>\d{3,6})\b")
_LAW = re.compile(r"article l\.? ?6113|code du travail")
_DISABILITY = re.compile(
    r"candidats? .{0,20}situation de handicap|handicap|personnes? .{0,20}handicap"
)
_HEADING_LENGTH = 120
_NOT_TITLE = re.compile(r"\d{1,2}|referentiels?.*|annexe.*|niveau.*|rncp.*|fiche.*|version.*|v\d.*")
_SEPARATOR = re.compile(r"\s+[-–—|]\s+|\s*[|]\s*")


class CertificationTexts:
    """Takes running text for the sheet « Certification » where it says what it is."""

    def __init__(self, draft: DraftReferential) -> None:
        self._draft = draft
        self._source = ""
        self._open = ""

    def begin(self, source: str) -> None:
        """Begin another document."""
        self._source, self._open = source, ""

    def end(self) -> None:
        """End the passage that is being taken: a table or a bloc begins."""
        self._open = ""

    def take(self, paragraph: ReadParagraph) -> bool:
        """Take a paragraph; return False where it belongs to no field."""
        folded = fold(paragraph.text)
        if _LEVEL.search(paragraph.text) and "Niveau" not in self._draft.fields:
            return self._take_title(paragraph)
        if folded.startswith(("http:", "https:", "www.")):
            self._open = ""
        elif _DISABILITY.match(folded) and len(folded) <= _HEADING_LENGTH:
            self._open = "Handicap"
        elif _LAW.match(folded):
            self._open = "Base légale"
        if not self._open:
            return False
        self._add(self._open, paragraph)
        return True

    def _take_title(self, paragraph: ReadParagraph) -> bool:
        """Take the level, and the title where it stands between dashes on the same line."""
        self._open = ""
        found = _LEVEL.search(paragraph.text)
        fields = self._draft.fields
        if found is None:
            return False
        fields["Niveau"] = int(found["level"])
        pieces = [
            piece
            for piece in _SEPARATOR.split(paragraph.text)
            if piece and not _NOT_TITLE.fullmatch(fold(piece))
        ]
        titled = len(pieces) == 1 and "Intitulé" not in fields
        if titled:
            fields["Intitulé"] = pieces[0].strip()
        code = _CODE.search(paragraph.text)
        if code is not None:
            fields.setdefault("Code RNCP", f"RNCP{code['number']}")
        self._draft.lines.append(
            DraftLine(
                source=self._source,
                place=paragraph.place,
                state=DraftState.DOUBTFUL,
                sheet="Certification",
                code="Intitulé ; Niveau" if titled else "Niveau",
                text=paragraph.text,
                remark="pris de cette ligne, qui reste aussi parmi les textes non placés",
            )
        )
        return False

    def _add(self, name: str, paragraph: ReadParagraph) -> None:
        fields = self._draft.fields
        former = fields.get(name)
        text = joined((paragraph,))
        glue = "\n" if paragraph.close else "\n\n"
        fields[name] = text if former is None else f"{former}{glue}{text}"
        self._draft.lines.append(
            DraftLine(
                source=self._source,
                place=paragraph.place,
                state=DraftState.TAKEN,
                sheet="Certification",
                code=name,
                text=paragraph.text,
            )
        )
