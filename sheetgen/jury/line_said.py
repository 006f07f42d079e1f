"""The jury's words on one line of a former workbook, be it well or badly written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.consolidation.layout import Choice
from sheetgen.jury.sheet_tables import shown
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from sheetgen.jury.form import FormRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid:
    """The jury's words on a line.

    Attributes:
        choice: None where it chose nothing, or nothing of a list.
        decision: as it is shown.
        reason: likewise.
        sound: both cells hold values of their own, and the decision is blank or a choice.
    """

    choice: Choice | None
    decision: str
    reason: str
    sound: bool

    @property
    def anything(self) -> bool:
        """Return whether the jury had written a decision or a reason on the line."""
        return bool(self.decision or self.reason)

    def told(self, proposal: str) -> str:
        """Return the former decision, for the jury to read."""
        parts = [f"Décidé : « {self.decision} »" if self.decision else "Rien n'était choisi"]
        parts.append(
            f"quand la proposition était « {proposal} »"
            if proposal
            else "sur une proposition que l'ancien classeur ne dit pas"
        )
        reason = f" Motif : {self.reason}" if self.reason else ""
        return f"{', '.join(parts)}.{reason}"


def read_said(row: FormRow) -> LineSaid:
    """Return the jury's words on a row."""
    decision, reason = shown(row.decision), shown(row.reason)
    choices = {fold(choice.value): choice for choice in Choice}
    choice = choices.get(fold(decision))
    plain = all(
        cell.formula is None and cell.error is None and cell.merged is None
        for cell in (row.decision, row.reason)
    )
    return LineSaid(
        choice=choice,
        decision=choice.value if choice else decision.strip(),
        reason=reason.strip(),
        sound=plain and (choice is not None or not decision.strip()),
    )
