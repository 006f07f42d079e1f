"""The part of the first sheet where no tie is declared: by one juror, or by each of several."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.excel import text_fit
from sheetgen.grid import contract
from sheetgen.grid.block_plan import BODY, BOLD
from sheetgen.grid.contract import HOME_WIDTHS as _WIDTHS
from sheetgen.grid.contract import INDENT
from sheetgen.grid.write import workings
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Juror, JurorCode

_A, _B, _C, _D, _E, _F, _G = range(7)

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

    def write_one(self, *, declared: bool | None) -> str:
        """Write the declaration of one juror, and its date; return the cell of the answer."""
        sheet, styles = self.sheet, self.styles
        said = f"Oui : {_MEANS}. Non : prévenez l’organisateur."
        texts = (
            (contract.DECLARATION_LABEL, _WIDTHS[_A], BOLD),
            (contract.DECLARATION_DATE_LABEL, _WIDTHS[_C], BOLD),
            (said, sum(_WIDTHS[_E:]), BODY),
        )
        row = self.next_row(
            max(text_fit.height(text, room - INDENT, font) for text, room, font in texts)
        )
        sheet.write((row, _A), contract.DECLARATION_LABEL, styles.label)
        self._write_answer(row, _B, declared=declared)
        sheet.write((row, _C), contract.DECLARATION_DATE_LABEL, styles.label)
        sheet.write((row, _D), "", styles.day)
        sheet.write_across(row, (_E, _G), said, styles.plain)
        sheet.validate(
            (row, _D),
            {
                "validate": "date",
                "criteria": ">=",
                "value": _FIRST_DAY,
                "error_title": "Date refusée",
                "error_message": "Saisir une date, par exemple 15/06/2026.",
            },
        )
        return _absolute(row, _B)

    def write_each(
        self,
        people: Sequence[Juror],
        names: Sequence[str],
        declared: Mapping[JurorCode, bool | None],
    ) -> str:
        """Write a row for each of those who mark together: a declaration, a box to sign in.

        Return the cells of the answers.

        Args:
            people: the members of the group.
            names: theirs, as the grid prints them.
            declared: what those of a grid that is handed back had answered.
        """
        sheet, styles = self.sheet, self.styles
        row = self.next_row(20)
        said = f"Chaque membre répond pour lui-même. Oui : {_MEANS}. Non : prévenez l’organisateur."
        sheet.write_across(row, (_A, _G), said, styles.plain)
        header = self.next_row(20)
        for column, title in enumerate(_MEMBERS_HEADER):
            style = styles.header if column == _C else styles.header_text
            if column < _D:
                sheet.write((header, column), title, style)
            else:
                sheet.write_across(header, (_D, _G), title, style)
        for person, name in zip(people, names, strict=True):
            room = _WIDTHS[_A] - INDENT
            row = self.next_row(max(_SIGNATURE_HEIGHT, text_fit.height(name, room, BOLD)))
            sheet.write((row, _A), name, styles.label)
            sheet.write((row, _B), contract.DECLARATION_LABEL, styles.text)
            self._write_answer(row, _C, declared=declared.get(person.code))
            sheet.write_across(row, (_D, _G), "", styles.text)
        return f"{_absolute(header + 1, _C)}:{_absolute(row, _C)}"

    def _write_answer(self, row: int, column: int, *, declared: bool | None) -> None:
        self.sheet.write((row, column), _ANSWERS[declared], self.styles.choice)
        self.sheet.validate(
            (row, column),
            {
                "validate": "list",
                "source": f"={workings.yes_no_at()}",
                "error_title": "Valeur refusée",
                "error_message": "Répondre Oui ou Non.",
            },
        )


def _absolute(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
