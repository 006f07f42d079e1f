"""The first sheet: who is marked by whom, how, how far the juror is, and the declaration."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.excel import notes_in_words, palette, sheet_prefix, text_fit
from sheetgen.grid import contract
from sheetgen.grid.apply import arrangement_lines, particular_lines
from sheetgen.grid.block_plan import BODY, BOLD, TITLE
from sheetgen.grid.contract import HOME_WIDTHS as _WIDTHS
from sheetgen.grid.contract import INDENT, Column
from sheetgen.grid.owner import acquired_in_words
from sheetgen.grid.write.calculation import FINISHED
from sheetgen.grid.write.declarations import Declarations
from sheetgen.grid.write.grid_sheet import ONE_PAGE, place_logo
from sheetgen.model import (
    NOT_OBSERVED,
    JurorRole,
    Route,
    ScaleKind,
)
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format

    from sheetgen.grid.identity import GridStamp
    from sheetgen.grid.plan import GridPlan
    from sheetgen.grid.write.calculation import Calculation, Progress
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Scale

_A, _B, _C, _D, _E = range(5)
_REASON_LINES = 6
"""The lines of a reason that the list of what to look at again shows."""

_TITLE_LINES = 3
"""The lines of a bloc's title that the progress table shows."""

_ROUTES = {
    Route.FULL: "Certification complète",
    Route.BLOCKS: "Capitalisation de blocs de compétences",
}
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
        self._row = self._declared_at = 0

    def write(self, stamp: GridStamp) -> None:
        """Write the whole sheet."""
        self._sheet.set_widths(_WIDTHS)
        self._write_title()
        self._write_identity(stamp)
        self._write_review()
        self._write_instructions()
        self._write_particulars()
        self._write_arrangements()
        self._write_progress()
        if not self._is_assessor:
            self._write_declaration()
        self._write_scale()
        self._write_typing()
        self._sheet.worksheet.print_area(0, _A, self._row - 1, _E)
        if self._grid.owner.members and self._sheet.height > ONE_PAGE:
            # What several sign stays on one page.
            self._sheet.worksheet.set_h_pagebreaks([self._declared_at])

    @property
    def _is_assessor(self) -> bool:
        """Return whether the juror assesses without sitting in the jury."""
        juror = self._grid.session.juror[self._grid.assignment.juror]
        return juror.role is JurorRole.ASSESSOR

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
            self._sheet.write_across(row, (_A, _E), part, style)

    def _write_section(self, title: str) -> None:
        self._next_row(8)
        self._sheet.write_across(self._next_row(21), (_A, _E), title, self._styles.section)

    def _write_title(self) -> None:
        certification = self._grid.referential.certification
        if self._grid.logo is not None:
            place_logo(self._sheet, self._next_row, self._grid.logo, certification.certifier)
        title = f"Grille d’évaluation — {certification.title}"
        self._write_wide(title, self._styles.title, TITLE, 32)
        facts = (f"Niveau {certification.level}", certification.rncp_code, certification.certifier)
        self._write_wide(" · ".join(filter(None, facts)), self._styles.subtitle, BODY, 19)

    def _write_identity(self, stamp: GridStamp) -> None:
        """Write who, what and when, two facts a row."""
        owner = self._grid.owner
        who = contract.JURY_LABEL if owner.members else contract.JUROR_LABEL
        names = (contract.CANDIDATE_LABEL, owner.candidate), (who, owner.juror)
        self._write_facts(*names, max(owner.heights.candidate, owner.heights.juror))
        facts = list(self._facts(stamp))
        if len(facts) % 2:
            facts.append(("", ""))
        for left, right in zip(facts[::2], facts[1::2], strict=True):
            self._write_facts(
                left,
                right,
                max(
                    text_fit.height(left[1], _WIDTHS[_B] - INDENT, BODY),
                    text_fit.height(right[1], _WIDTHS[_D] + _WIDTHS[_E] - INDENT, BODY),
                    text_fit.height(right[0], _WIDTHS[_C] - INDENT, BOLD),
                ),
            )

    def _write_facts(self, left: tuple[str, str], right: tuple[str, str], height: float) -> None:
        row = self._next_row(max(20, height))
        for (label, value), column in ((left, _A), (right, _C)):
            self._sheet.write((row, column), label, self._styles.label)
            if column == _A:
                self._sheet.write((row, _B), value, self._styles.text)
            else:
                self._sheet.write_across(row, (_D, _E), value, self._styles.text)

    def _facts(self, stamp: GridStamp) -> Iterator[tuple[str, str]]:
        session, assignment = self._grid.session, self._grid.assignment
        yield "Parcours", _ROUTES[session.candidate[assignment.candidate].route]
        yield "Blocs à évaluer", ", ".join(item.block.code for item in self._grid.blocks)
        yield "Session", " — ".join(filter(None, (session.code, session.title)))
        if session.date:
            yield "Date de la session", f"{session.date:%d/%m/%Y}"
        if session.return_deadline:
            yield "À retourner avant le", f"{session.return_deadline:%d/%m/%Y}"
        # In a correction a fingerprint tells its juror nothing: what changed is said criterion by
        # criterion.
        if stamp.version or not stamp.corrects:
            version = stamp.version or f"empreinte {stamp.fingerprint[:12]}"
            yield "Version du référentiel", version
        yield contract.CODE_LABEL, stamp.code

    def _write_review(self) -> None:
        """Write every criterion to look at again, with a link to its mark and the reason."""
        reasons = self._calculation.review.reasons
        if not reasons:
            return
        self._write_section("⚠ À revoir avant de renvoyer ce fichier")
        room = sum(_WIDTHS[_B:]) - INDENT
        for block in self._grid.blocks:
            for item in block.criteria:
                reason = reasons.get(item.criterion.code)
                if reason is None:
                    continue
                shown = text_fit.shorten(reason, room, BODY, lines=_REASON_LINES)
                row = self._next_row(max(20, text_fit.height(shown, room, BODY)))
                cell = xl_rowcol_to_cell(item.row, Column.MARK.index)
                target = f"{sheet_prefix(block.block.code)}{cell}"
                link = f"{item.criterion.code} ➜"
                self._sheet.write_link((row, _A), target, link, self._styles.link)
                self._sheet.write_across(row, (_B, _E), shown, self._styles.text)

    def _write_instructions(self) -> None:
        self._write_section("Comment faire")
        kinds = {scale.kind for scale in self._scales}
        asked = "une appréciation ou une note, selon le critère,"
        if len(kinds) == 1:
            asked = "une appréciation" if ScaleKind.LEVELS in kinds else "une note"
        enable = (
            "1.  Si Excel affiche « Mode protégé », cliquez sur « Activer la modification ». "
            "Vous remplissez les cases jaunes ; le reste est verrouillé."
        )
        members = self._grid.owner.members
        if members:
            enable = (
                "1.  Le jury remplit cette grille ensemble : une seule appréciation par critère, "
                "celle sur laquelle ses membres s’accordent. Si Excel affiche « Mode protégé », "
                "cliquez sur « Activer la modification »."
            )
        choose = (
            "2.  Dans la feuille de chaque bloc, pour chaque critère, choisissez "
            f"{asked} dans la colonne Évaluation "
            f"(« {NOT_OBSERVED} » si vous n’avez pas pu l’évaluer), et motivez-la dans "
            "Observations. La touche Tab mène à la case suivante."
        )
        give_back = (
            f"3.  Remplissez {'' if self._is_assessor else 'la déclaration ci-dessous et '}la "
            "feuille Synthèse, enregistrez, puis renvoyez ce fichier sans changer son format."
        )
        if members:
            give_back = (
                "3.  Chaque membre du jury remplit sa déclaration ci-dessous et signe en face de "
                "son nom, sur la grille imprimée. Remplissez la feuille Synthèse, enregistrez, "
                "puis renvoyez ce fichier sans changer son format."
            )
        for line in (enable, choose, give_back):
            self._write_wide(line, self._styles.plain, BODY, 18)

    @cached_property
    def _scales(self) -> tuple[Scale, ...]:
        """Return the scales of the criteria that the grid shows."""
        known = self._grid.referential
        if not known.mixes_scales:
            return (known.scale,)
        used = (known.scale_of[item.criterion.code] for item in self._grid.criteria)
        found = set(used)
        return tuple(scale for scale in known.scales_in_use if scale in found)

    def _write_particulars(self) -> None:
        lines = particular_lines(self._grid)
        if lines:
            self._write_section("Pour ce candidat")
        for line in lines:
            self._write_wide(f"•  {line}", self._styles.plain, BODY, 18)

    def _write_arrangements(self) -> None:
        lines = arrangement_lines(self._grid)
        if lines:
            self._write_section("Aménagements à appliquer")
        for line in lines:
            self._write_wide(f"•  {line}", self._styles.plain, BODY, 18)

    def _write_progress(self) -> None:
        self._write_section("Avancement")
        sheet, styles = self._sheet, self._styles
        row = self._next_row(20)
        for column, name in enumerate(("Bloc", "Intitulé", "Évalués", "Part", "Reste à faire")):
            style = styles.header_text if column in (_A, _B) else styles.header
            sheet.write((row, column), name, style)
        first = self._row
        for block in self._grid.blocks:
            code, room = block.block.code, _WIDTHS[_B] - INDENT
            title = text_fit.shorten(block.block.title, room, BODY, lines=_TITLE_LINES)
            link = f"{code} ➜"
            link_height = text_fit.height(link, _WIDTHS[_A] - INDENT, BOLD)
            row = self._next_row(max(20, text_fit.height(title, room, BODY), link_height))
            sheet.write_link((row, _A), f"{sheet_prefix(code)}A1", link, styles.link)
            sheet.write((row, _B), title, styles.text)
            self._write_counts(row, self._calculation.progress(block.criteria))
        row = self._next_row(20)
        sheet.write((row, _A), "Ensemble", styles.label)
        sheet.write((row, _B), "", styles.label)
        self._write_counts(row, self._calculation.progress(self._grid.criteria))
        sheet.format_if((first, _D, row, _D), _BAR)
        sheet.format_word((first, _E, row, _E), FINISHED, styles.done)
        left = f'=$E{first + 1}<>"{FINISHED}"'
        options = {"type": "formula", "criteria": left, "format": styles.to_do}
        sheet.format_if((first, _E, row, _E), options)

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
            part.write_each(juror.people, members, answers.declarations)
        else:
            part.write_one(declared=answers.declaration)

    def _write_scale(self) -> None:
        """Write what every level means, whole: prompts of cells only have room for a part."""
        self._write_section("Échelle d’évaluation")
        styles = self._styles
        kinds = {scale.kind for scale in self._scales}
        levels = [scale for scale in self._scales if scale.kind is ScaleKind.LEVELS]
        notes = [scale for scale in self._scales if scale.kind is ScaleKind.NOTE]
        for scale in levels:
            if len(self._scales) > 1:
                name = f"Échelle « {scale.name} »" if scale.name else "Appréciations"
                self._write_wide(name, styles.heading, BOLD, 19)
            self._write_levels(scale)
        if len(kinds) > 1:
            self._write_wide("Notes", styles.heading, BOLD, 19)
        for scale in notes:
            self._write_levels(scale)
        words = "impossible à évaluer : ni acquis, ni non acquis"
        self._write_level(NOT_OBSERVED, words, styles.label)

    def _write_typing(self) -> None:
        """Write the cell that says who typed marks given on paper; blank in most grids.

        Nothing stands to the right of it: what does would be read as the answer.
        """
        self._write_section("Grille remplie sur papier ?")
        words = (
            "Seulement si quelqu’un recopie ici une grille remplie à la main : écrire son nom "
            "ci-dessous. Sinon, laisser vide."
        )
        self._write_wide(words, self._styles.plain, BODY, 18)
        row = self._next_row(24)
        self._sheet.write((row, _A), contract.TYPED_BY_LABEL, self._styles.label)
        typed_by = self._calculation.answers.typed_by or ""
        self._sheet.write_across(row, (_B, _E), typed_by, self._styles.comment)

    def _write_levels(self, scale: Scale) -> None:
        styles = self._styles
        if scale.kind is ScaleKind.NOTE:
            words = f"{notes_in_words(scale)} ; {acquired_in_words(scale)}"
            label = "Note"
            if self._grid.referential.mixes_scales:
                label = f"Note sur {exact_number(scale.maximum)}"
            self._write_level(label, words, styles.label)
        for level in scale.levels:
            counts = "compte comme acquis" if level.acquired else "compte comme non acquis"
            words = "\n".join(filter(None, (level.definition, counts)))
            self._write_level(level.label, words, styles.level(level.colour))

    def _write_level(self, label: str, words: str, style: Format) -> None:
        room = sum(_WIDTHS[_B:]) - INDENT
        for place, part in enumerate(text_fit.split(words, room, BODY)):
            shown = "" if place else label
            label_height = text_fit.height(shown, _WIDTHS[_A] - INDENT, BOLD)
            row = self._next_row(max(19, text_fit.height(part, room, BODY), label_height))
            self._sheet.write((row, _A), shown, style)
            self._sheet.write_across(row, (_B, _E), part, self._styles.text)
