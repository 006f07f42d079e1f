"""The part of the first sheet where no tie is declared: by one juror, or by each of several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.excel import text_fit
from sheetgen.grid import contract
from sheetgen.grid.block_plan import BOLD
from sheetgen.grid.contract import HOME_WIDTHS as _WIDTHS
from sheetgen.grid.contract import INDENT
from sheetgen.grid.write import workings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Juror, JurorCode

_A, _B, _C, _D, _E = range(5)

_FIRST_DAY = date(2000, 1, 1)
"""No declaration is older."""

_ANSWERS = {True: contract.YES, False: contract.NO, None: ""}
_MEANS = "je ne l’ai ni formé ni accompagné, et je n’ai aucun lien avec lui"

_MEMBERS_HEADER = ("Membre du jury", "Déclaration", "Oui / Non", "Date et signature")
_SIGNATURE_HEIGHT = 44
"""Points that a signature takes on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """Writes that part, below what stands there already.

    Attributes:
        next_row: sets the height of the next free row, and returns it.
    """

    sheet: GridSheet
    styles: GridStyles
    next_row: Callable[[float], int]

    def write_one(self, *, declared: bool | None) -> None:
        """Write the declaration of one juror, and its date."""
        sheet, styles = self.sheet, self.styles
        row = self.next_row(36)
        sheet.write((row, _A), contract.DECLARATION_LABEL, styles.label)
        self._write_answer(row, _B, declared=declared)
        sheet.write_across(
            row, (_C, _E), f"Oui : {_MEANS}. Non : prévenez l’organisateur.", styles.plain
        )
        row = self.next_row(20)
        sheet.write((row, _A), contract.DECLARATION_DATE_LABEL, styles.label)
        sheet.write((row, _B), "", styles.day)
        sheet.validate(
            (row, _B),
            {
                "validate": "date",
                "criteria": ">=",
                "value": _FIRST_DAY,
                "error_title": "Date refusée",
                "error_message": "Saisir une date, par exemple 15/06/2026.",
            },
        )

    def write_each(
        self,
        people: Sequence[Juror],
        names: Sequence[str],
        declared: Mapping[JurorCode, bool | None],
    ) -> None:
        """Write a row for each of those who mark together: a declaration, a box to sign in.

        Args:
            people: the members of the group.
            names: theirs, as the grid prints them.
            declared: what those of a grid that is handed back had answered.
        """
        sheet, styles = self.sheet, self.styles
        row = self.next_row(20)
        said = f"Chaque membre répond pour lui-même. Oui : {_MEANS}. Non : prévenez l’organisateur."
        sheet.write_across(row, (_A, _E), said, styles.plain)
        row = self.next_row(20)
        for column, title in enumerate(_MEMBERS_HEADER):
            style = styles.header if column == _C else styles.header_text
            if column < _D:
                sheet.write((row, column), title, style)
            else:
                sheet.write_across(row, (_D, _E), title, style)
        for person, name in zip(people, names, strict=True):
            room = _WIDTHS[_A] - INDENT
            row = self.next_row(max(_SIGNATURE_HEIGHT, text_fit.height(name, room, BOLD)))
            sheet.write((row, _A), name, styles.label)
            sheet.write((row, _B), contract.DECLARATION_LABEL, styles.text)
            self._write_answer(row, _C, declared=declared.get(person.code))
            sheet.write_across(row, (_D, _E), "", styles.text)

    def _write_answer(self, row: int, column: int, *, declared: bool | None) -> None:
        self.sheet.write((row, column), _ANSWERS[declared], self.styles.choice)
        self.sheet.validate(
            (row, column),
            {
                "validate": "list",
                "source": f"={workings.yes_no_at()}",
                "input_title": "Lien avec le candidat",
                "input_message": "Oui : je n’ai ni formé ni accompagné ce candidat, et je n’ai "
                "aucun lien avec lui. Non : prévenez l’organisateur.",
                "error_title": "Valeur refusée",
                "error_message": "Répondre Oui ou Non.",
            },
        )
