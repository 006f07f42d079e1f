"""A draft of a référentiel: its rows, and line by line where each of its texts was.

The draft is no référentiel yet. Whoever imports reads it beside the source, mends what is doubtful,
and says so on its sheet « Import ».
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sheetgen.sources.importing.document import ReadParagraph


class DraftState(Enum):
    """The states of a line of the sheet « Import »; the values are what it shows."""

    TAKEN = "Repris"
    DOUBTFUL = "Douteux"
    HEADING = "Titre de colonne"
    LEFT = "Non placé"
    ADDED = "Ajouté"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One line of the sheet « Import ».

    Attributes:
        source: the file.
        place: where in it the text was, in French.
        sheet: of the draft where it went; empty where it went nowhere.
        code: of the row of that sheet; of a field, its name.
        mark: what was cut off before the text because it became a code, to the letter.
        text: as it was read.
        remark: what is doubtful, or why it was not placed, in French.
    """

    source: str
    place: str
    state: DraftState
    sheet: str = ""
    code: str = ""
    mark: str = ""
    text: str = ""
    remark: str = ""


Cells = dict[str, str | int]
"""A row of the draft, by the names of its columns."""

SHEETS = ("Blocs", "Activités", "Modalités", "Compétences", "Critères")
"""The sheets that an import fills, in the order of the workbook."""


@dataclass(slots=True, kw_only=True)
class DraftReferential:
    """Rows of a référentiel, added one by one, and the lines that say where they come from.

    Attributes:
        fields: of the sheet « Certification », by their names.
        rows: of each sheet, in order.
        lines: of the sheet « Import ».
    """

    fields: dict[str, str | int | date] = field(default_factory=dict)
    rows: dict[str, list[Cells]] = field(default_factory=lambda: {name: [] for name in SHEETS})
    lines: list[DraftLine] = field(default_factory=list)

    def sizes(self) -> Mapping[str, int]:
        """Return how many rows each sheet has."""
        return {name: len(self.rows[name]) for name in SHEETS}

    def states(self) -> Mapping[str, int]:
        """Return how many lines are in each state."""
        found = Counter(line.state for line in self.lines)
        return {state.value: found[state] for state in DraftState}

    def described(self) -> frozenset[str]:
        """Return the codes of blocs that have competencies."""
        inside = {row["Code"]: row["Bloc"] for row in self.rows["Activités"]}
        owners = (
            row.get("Bloc") or inside.get(row.get("Activité", ""))
            for row in self.rows["Compétences"]
        )
        return frozenset(str(owner) for owner in owners if owner)

    def codes(self, sheet: str) -> set[str]:
        """Return the codes of a sheet's rows."""
        return {str(row["Code"]) for row in self.rows[sheet]}

    def leave(self, source: str, paragraphs: Iterable[ReadParagraph], why: str) -> None:
        """Note texts that have no place in the draft, with the reason."""
        for item in paragraphs:
            self.lines.append(
                DraftLine(
                    source=source,
                    place=item.place,
                    state=DraftState.LEFT,
                    text=item.text,
                    remark=why,
                )
            )

    def left(self) -> list[str]:
        """Return the texts that have no place in the draft, in the order of their sources."""
        return [line.text for line in self.lines if line.state is DraftState.LEFT]
