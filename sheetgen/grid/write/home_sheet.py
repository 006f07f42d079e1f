"""The first sheet: who is marked by whom, how, how far the juror is, and the declaration."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.excel import palette, sheet_prefix, text_fit
from sheetgen.grid import contract
from sheetgen.grid.apply import general_lines, particular_lines
from sheetgen.grid.block_plan import BODY, BOLD, TITLE
from sheetgen.grid.contract import HOME_WIDTHS as _WIDTHS
from sheetgen.grid.contract import INDENT, Column
from sheetgen.grid.write.calculation import FINISHED, TO_CONCLUDE, TO_DECLARE
from sheetgen.grid.write.declarations import Declarations
from sheetgen.grid.write.grid_sheet import LINK_PROMPT, ONE_PAGE, place_logo
from sheetgen.grid.write.home_words import TYPED, ExplainedMark, HomeWords
from sheetgen.grid.write.results_sheet import opinion_place
from sheetgen.model import Route
from sheetgen.text import numeric_dates_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.format import Format

    from sheetgen.grid.identity import GridStamp
    from sheetgen.grid.plan import GridPlan
    from sheetgen.grid.write.calculation import Calculation, Progress
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles

_A, _B, _C, _D, _E, _F, _G = range(7)
_REASON_LINES = 6
"""The lines of a reason that the list of what to look at again shows."""

_TITLE_LINES = 1
"""The lines of a bloc's title that the progress table shows."""

_LINE, _HEADER = 17, 18
"""Points of a row of text, and of one that heads others."""

_ROUTES = {
    Route.FULL: "Certification complète",
    Route.BLOCKS: "Capitalisation de blocs de compétences",
}
_SCALE_TITLE = "Échelle d’évaluation"
_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": f"#{palette.BAR}",
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
}


class HomeSheet:
    """Writes the sheet from top to bottom, a part at a time."""

    def __init__(
        self, sheet: GridSheet, styles: GridStyles, grid: GridPlan, calculation: Calculation
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._grid = grid
        self._calculation = calculation
        self._words = HomeWords(grid)
        self._row = self._declared_at = 0
        self._declared = ""
        """The cells of the declarations, once these are written."""
        self._undeclared_at: int | None = None
        """The row that leads there from the list of what to look at again."""

    def write(self, stamp: GridStamp) -> None:
        """Write the whole sheet."""
        self._sheet.set_widths(_WIDTHS)
        self._write_title()
        self._write_identity(stamp)
        self._write_review()
        self._write_instructions()
        self._write_particulars()
        self._write_arrangements()
        if not self._words.is_assessor:
            self._write_declaration()
        self._write_progress()
        self._write_typing()
        self._sheet.worksheet.print_area(0, _A, self._row - 1, _G)
        if self._grid.owner.members and self._sheet.height > ONE_PAGE:
            # What several sign stays on one page.
            self._sheet.worksheet.set_h_pagebreaks([self._declared_at])

    def _next_row(self, height: float) -> int:
        """Set the height of the next free row, and return it."""
        row = self._row
        self._sheet.set_height(row, height)
        self._row += 1
        return row

    def _write_wide(self, text: str, style: Format, font: text_fit.Font, least: float) -> None:
        """Write a text over the whole width, on as many rows as it takes."""
        room = sum(_WIDTHS) - INDENT
        for part in text_fit.split(text, room, font):
            row = self._next_row(max(least, text_fit.height(part, room, font)))
            self._sheet.write_across(row, (_A, _G), part, style)

    def _write_section(self, title: str, last: int = _G) -> int:
        """Write the heading of a part, over the columns up to the last; return its row."""
        self._next_row(5)
        row = self._next_row(_HEADER)
        self._sheet.write_across(row, (_A, last), title, self._styles.section)
        return row

    def _write_title(self) -> None:
        certification = self._grid.referential.certification
        if self._grid.logo is not None:
            place_logo(self._sheet, self._next_row, self._grid.logo, certification.certifier)
        title = f"Grille d’évaluation — {certification.title}"
        self._write_wide(title, self._styles.title, TITLE, 24)
        facts = (f"Niveau {certification.level}", certification.rncp_code, certification.certifier)
        self._write_wide(" · ".join(filter(None, facts)), self._styles.subtitle, BODY, _LINE)

    def _write_identity(self, stamp: GridStamp) -> None:
        """Write who, what and when, three facts a row."""
        owner = self._grid.owner
        who = contract.JURY_LABEL if owner.members else contract.JUROR_LABEL
        facts = [
            (contract.CANDIDATE_LABEL, owner.candidate),
            (who, owner.juror),
            *self._facts(stamp),
        ]
        facts += [("", "")] * (-len(facts) % 3)
        named = max(owner.heights.candidate, owner.heights.juror)
        for place in range(0, len(facts), 3):
            self._write_facts(facts[place : place + 3], 0 if place else named)

    def _write_facts(self, facts: Sequence[tuple[str, str]], named: float) -> None:
        """Write a row of facts; those of the first are as high as the owner's names need."""
        rooms = [_WIDTHS[_B], _WIDTHS[_D] + _WIDTHS[_E], _WIDTHS[_G]]
        measured = list(zip(facts, rooms, strict=True))[2 if named else 0 :]
        heights = [text_fit.height(value, room - INDENT, BODY) for (_, value), room in measured]
        places = (_A, _C, _F)
        heights += [
            text_fit.height(label, _WIDTHS[column] - INDENT, BOLD)
            for (label, _), column in zip(facts, places, strict=True)
        ]
        row = self._next_row(max(_HEADER, named, *heights))
        for (label, value), column in zip(facts, places, strict=True):
            self._sheet.write((row, column), label, self._styles.label)
            if column == _C:
                self._sheet.write_across(row, (_D, _E), value, self._styles.text)
            else:
                self._sheet.write((row, column + 1), value, self._styles.text)

    def _facts(self, stamp: GridStamp) -> Iterator[tuple[str, str]]:
        session, assignment = self._grid.session, self._grid.assignment
        yield "Parcours", _ROUTES[session.candidate[assignment.candidate].route]
        yield "Blocs à évaluer", ", ".join(item.block.code for item in self._grid.blocks)
        yield "Session", " — ".join(filter(None, (session.code, session.title)))
        if session.date:
            yield "Date de la session", numeric_dates_text(session.days)
        if session.return_deadline:
            yield "À retourner avant le", f"{session.return_deadline:%d/%m/%Y}"
        # In a correction a fingerprint tells its juror nothing: what changed is said criterion by
        # criterion.
        if stamp.version or not stamp.corrects:
            version = stamp.version or f"empreinte {stamp.fingerprint[:12]}"
            yield "Version du référentiel", version
        yield contract.CODE_LABEL, stamp.code

    def _write_review(self) -> None:
        """Write all that is to be looked at again, with links to it and the reasons.

        The link to the declaration is written with that, whose place is not known yet.
        """
        review = self._calculation.review
        reasons = review.reasons
        if not reasons and not review.declaration:
            return
        self._write_section("⚠ À revoir avant de renvoyer ce fichier")
        if review.declaration:
            self._undeclared_at = self._write_reason(review.declaration)
        for block in self._grid.blocks:
            for item in block.criteria:
                reason = reasons.get(item.criterion.code)
                if reason is None:
                    continue
                row = self._write_reason(reason)
                cell = xl_rowcol_to_cell(item.row, Column.MARK.index)
                target = f"{sheet_prefix(block.block.code)}{cell}"
                link = f"{item.criterion.code} ➜"
                self._sheet.write_link((row, _A), target, link, self._styles.link)

    def _write_reason(self, reason: str) -> int:
        """Write why something is to be looked at again, after room for a link; return the row."""
        room = sum(_WIDTHS[_B:]) - INDENT
        shown = text_fit.shorten(reason, room, BODY, lines=_REASON_LINES)
        row = self._next_row(max(_HEADER, text_fit.height(shown, room, BODY)))
        self._sheet.write_across(row, (_B, _G), shown, self._styles.text)
        return row

    def _write_instructions(self) -> None:
        self._write_section("Comment faire")
        for line in self._words.instructions():
            self._write_wide(line, self._styles.plain, BODY, _LINE)

    def _write_particulars(self) -> None:
        lines = particular_lines(self._grid)
        if lines:
            self._write_section("Pour ce candidat")
        for line in lines:
            self._write_wide(f"•  {line}", self._styles.plain, BODY, _LINE)

    def _write_arrangements(self) -> None:
        lines = general_lines(self._grid)
        if lines:
            self._write_section("Aménagements à appliquer")
        for line in lines:
            self._write_wide(f"•  {line}", self._styles.plain, BODY, _LINE)

    def _write_progress(self) -> None:
        """Write what is left to do, bloc by bloc; the scale beside it, where it has room there."""
        levels = list(self._words.marks())
        room = _WIDTHS[_G] - INDENT
        beside = len(levels) <= len(self._grid.blocks) + 3 and all(
            text_fit.height(words, room, BODY) <= 2 * _HEADER
            and text_fit.height(label, _WIDTHS[_F] - INDENT, BOLD) <= 2 * _HEADER
            for label, words, _ in levels
        )
        row = self._write_section("Avancement", _E if beside else _G)
        if beside:
            self._sheet.write_across(row, (_F, _G), _SCALE_TITLE, self._styles.section)
            rows = itertools.count(row + 1)
            heights = {
                next(rows): self._level_height(label, words, _F) for label, words, _ in levels
            }
        else:
            heights = {}
        self._write_table(heights)
        if beside:
            for place, mark in enumerate(levels, start=row + 1):
                self._write_level(place, mark, (_F, _G))
            return
        self._write_section(_SCALE_TITLE)
        for label, words, level in levels:
            for place, part in enumerate(text_fit.split(words, sum(_WIDTHS[_B:]) - INDENT, BODY)):
                shown = ExplainedMark("" if place else label, part, level)
                row = self._next_row(self._level_height(shown.label, part, _A))
                self._write_level(row, shown, (_A, _G))

    def _write_table(self, heights: Mapping[int, float]) -> None:
        """Write the table of what is left; rows are as high as what stands beside them needs."""
        sheet, styles = self._sheet, self._styles

        def next_row(height: float) -> int:
            return self._next_row(max(height, heights.get(self._row, 0)))

        row = next_row(_HEADER)
        for column, name in enumerate(("Bloc", "Intitulé", "Évalués", "Part", "Reste à faire")):
            style = styles.header_text if column in (_A, _B) else styles.header
            sheet.write((row, column), name, style)
        first = self._row
        for block in self._grid.blocks:
            code, room = block.block.code, _WIDTHS[_B] - INDENT
            title = text_fit.shorten(block.block.title, room, BODY, lines=_TITLE_LINES)
            link = f"{code} ➜"
            link_height = text_fit.height(link, _WIDTHS[_A] - INDENT, BOLD)
            row = next_row(max(_HEADER, text_fit.height(title, room, BODY), link_height))
            target = f"{sheet_prefix(code)}{xl_rowcol_to_cell(*block.first_cell)}"
            sheet.write_link((row, _A), target, link, styles.link)
            sheet.write((row, _B), title, styles.text)
            self._write_counts(row, self._calculation.progress(block.criteria))
        opinion = xl_rowcol_to_cell(*opinion_place(self._grid.referential))
        place = f"{sheet_prefix(contract.SUMMARY_SHEET)}{opinion}"
        absolute = sheet_prefix(contract.SUMMARY_SHEET) + xl_rowcol_to_cell(
            *opinion_place(self._grid.referential), row_abs=True, col_abs=True
        )
        row = next_row(_HEADER)
        sheet.write_link((row, _A), place, f"{contract.SUMMARY_SHEET} ➜", styles.link)
        sheet.write((row, _B), "Résultats, avis global et remarques", styles.text)
        for column in (_C, _D):
            sheet.write((row, column), "", styles.outcome)
        sheet.write((row, _E), self._calculation.opinion(absolute), styles.state)
        row = next_row(_HEADER)
        sheet.write((row, _A), "Ensemble", styles.label)
        sheet.write((row, _B), f"Les liens ➜ : {LINK_PROMPT}", styles.label)
        answers = {TO_DECLARE: self._declared} if self._declared else {}
        answers[TO_CONCLUDE] = absolute
        self._write_counts(row, self._calculation.whole_progress(answers))
        sheet.format_if((first, _D, row, _D), _BAR)
        sheet.format_word((first, _E, row, _E), FINISHED, styles.done)
        left = f'=$E{first + 1}<>"{FINISHED}"'
        options = {"type": "formula", "criteria": left, "format": styles.to_do}
        sheet.format_if((first, _E, row, _E), options)
        while self._row <= max(heights, default=0):
            next_row(_HEADER)

    def _write_counts(self, row: int, progress: Progress) -> None:
        self._sheet.write((row, _C), progress.count, self._styles.outcome)
        self._sheet.write((row, _D), progress.share, self._styles.percentage)
        self._sheet.write((row, _E), progress.to_do, self._styles.state)

    def _write_declaration(self) -> None:
        members, answers = self._grid.owner.members, self._calculation.answers
        self._declared_at = self._row
        self._write_section("Déclarations et signatures" if members else "Déclaration du juré")
        part = Declarations(sheet=self._sheet, styles=self._styles, next_row=self._next_row)
        if members:
            juror = self._grid.session.juror[self._grid.assignment.juror]
            self._declared = part.write_each(juror.people, members, answers.declarations)
        else:
            self._declared = part.write_one(declared=answers.declaration)
        if self._undeclared_at is not None:
            cell = self._declared.split(":")[0].replace("$", "")
            target = f"{sheet_prefix(contract.HOME_SHEET)}{cell}"
            place = self._undeclared_at, _A
            self._sheet.write_link(place, target, "Déclaration ➜", self._styles.link)

    def _level_height(self, label: str, words: str, column: int) -> float:
        """Return the height of a row that explains a mark from this column on."""
        room = (_WIDTHS[_G] if column == _F else sum(_WIDTHS[_B:])) - INDENT
        label_height = text_fit.height(label, _WIDTHS[column] - INDENT, BOLD)
        return max(_HEADER, text_fit.height(words, room, BODY), label_height)

    def _write_level(self, row: int, mark: ExplainedMark, columns: tuple[int, int]) -> None:
        """Write what a mark means, in these columns; one without words heads others."""
        label, words, level = mark
        first, last = columns
        if not words:
            self._sheet.write_across(row, columns, label, self._styles.heading)
            return
        style = self._styles.label if level is None else self._styles.level(level.colour)
        self._sheet.write((row, first), label, style)
        if first + 1 == last:
            self._sheet.write((row, last), words, self._styles.text)
        else:
            self._sheet.write_across(row, (first + 1, last), words, self._styles.text)

    def _write_typing(self) -> None:
        """Write the cell that says who typed marks given on paper; blank in most grids.

        Nothing stands to the right of it: what does would be read as the answer. What it is for is
        said below: a prompt would cover the rows above, the first screen ending there.
        """
        self._next_row(4)
        height = text_fit.height(contract.TYPED_BY_LABEL, _WIDTHS[_A] - INDENT, BOLD)
        row = self._next_row(max(_HEADER, height))
        self._sheet.write((row, _A), contract.TYPED_BY_LABEL, self._styles.label)
        typed_by = self._calculation.answers.typed_by or ""
        self._sheet.write_across(row, (_B, _G), typed_by, self._styles.comment)
        row = self._next_row(15)
        self._sheet.write_across(row, (_A, _G), TYPED, self._styles.subtitle)
