"""The first sheet: who is marked by whom, how, how far the juror is, and the declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen import fitting
from sheetgen.grids import layout
from sheetgen.grids.cells import write_cell
from sheetgen.model import AccommodationKind, Route, ScaleKind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from sheetgen.grids.calculation import Calculation
    from sheetgen.grids.identity import Stamp
    from sheetgen.grids.layout import GridPlan
    from sheetgen.grids.styles import Styles

_WIDTHS = (34, 62, 16, 14, 32)
_LAST = len(_WIDTHS) - 1
_BODY = fitting.Font()


class HomeSheet:
    """Writes the sheet from top to bottom, a part at a time; `row` is the next free one."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, plan: GridPlan, calculation: Calculation
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._plan = plan
        self._calculation = calculation
        self._row = 0

    def write(self, stamp: Stamp) -> None:
        """Writes the whole sheet."""
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._write_title()
        self._write_identity(stamp)
        self._write_instructions()
        self._write_arrangements()
        self._write_progress()
        self._write_declaration()
        self._sheet.print_area(0, 0, self._row - 1, _LAST)

    def _write_title(self) -> None:
        title = f"Grille d’évaluation — {self._plan.referential.certification.title}"
        height = fitting.height(title, sum(_WIDTHS), fitting.Font(size=16, bold=True))
        self._sheet.set_row(0, max(32, height))
        self._sheet.merge_range(0, 0, 0, _LAST, "", self._styles.title)
        self._sheet.write_string(0, 0, title, self._styles.title)
        self._row = 1

    def _write_identity(self, stamp: Stamp) -> None:
        plan = self._plan
        session = plan.session
        juror = session.juror[plan.assignment.juror]
        candidate = session.candidate[plan.assignment.candidate]
        route = {
            Route.FULL: "Certification complète",
            Route.BLOCKS: "Capitalisation de blocs de compétences",
        }[candidate.route]
        lines = [
            ("Candidat", f"{plan.candidate_name} — {route}"),
            ("Juré", f"{juror.full_name} ({juror.code})"),
            ("Session", " — ".join(filter(None, (session.code, session.title)))),
            ("Blocs à évaluer", ", ".join(plan.assignment.blocks)),
        ]
        if session.date:
            lines.insert(3, ("Date de la session", f"{session.date:%d/%m/%Y}"))
        if session.return_deadline:
            lines.append(("À retourner avant le", f"{session.return_deadline:%d/%m/%Y}"))
        lines.append(("Référentiel", stamp.version or f"empreinte {stamp.fingerprint[:12]}"))
        lines.append((layout.CODE_LABEL, stamp.code))
        for label, value in lines:
            self._write_line(label, value)

    def _write_line(self, label: str, value: str) -> None:
        width = sum(_WIDTHS[1:])
        self._sheet.set_row(self._row, max(19, fitting.height(value, width, _BODY)))
        self._sheet.write_string(self._row, 0, label, self._styles.label)
        self._sheet.merge_range(self._row, 1, self._row, _LAST, "", self._styles.value)
        self._sheet.write_string(self._row, 1, value, self._styles.value)
        self._row += 1

    def _write_section(self, title: str) -> None:
        self._sheet.set_row(self._row, 8)
        self._row += 1
        self._sheet.set_row(self._row, 21)
        for column in range(_LAST + 1):
            self._sheet.write_blank(self._row, column, None, self._styles.section)
        self._sheet.write_string(self._row, 0, title, self._styles.section)
        self._row += 1

    def _write_instructions(self) -> None:
        self._write_section("Comment faire")
        choose = (
            "choisissez une appréciation dans la liste"
            if self._plan.referential.scale.kind is ScaleKind.LEVELS
            else "choisissez une note dans la liste"
        )
        for line in (
            "1.  Si Excel affiche « Mode protégé », cliquez sur « Activer la modification ».",
            (
                f"2.  Dans la feuille de chaque bloc, pour chaque critère, {choose} "
                "(colonne Évaluation, cases jaunes) ; « Non observé » si vous n’avez pu évaluer."
            ),
            (
                "3.  Remplissez la déclaration ci-dessous et la feuille Synthèse, enregistrez, "
                "puis renvoyez ce fichier sans changer son format."
            ),
        ):
            self._write_wide(line)

    def _write_wide(self, text: str) -> None:
        self._sheet.set_row(self._row, max(18, fitting.height(text, sum(_WIDTHS), _BODY)))
        self._sheet.merge_range(self._row, 0, self._row, _LAST, "", self._styles.plain)
        self._sheet.write_string(self._row, 0, text, self._styles.plain)
        self._row += 1

    def _write_arrangements(self) -> None:
        lines = arrangement_lines(self._plan)
        if not lines:
            return
        self._write_section("Aménagements à appliquer")
        for line in lines:
            self._write_wide(f"•  {line}")

    def _write_progress(self) -> None:
        self._write_section("Avancement")
        sheet, styles = self._sheet, self._styles
        sheet.set_row(self._row, 20)
        for column, name in enumerate(("Bloc", "Titre", "Évalués", "Part", "Reste à faire")):
            sheet.write_string(self._row, column, name, styles.header)
        self._row += 1
        first = self._row
        for block in self._plan.blocks:
            height = fitting.height(block.block.title, _WIDTHS[1], _BODY)
            sheet.set_row(self._row, max(20, height))
            target = f"internal:'{block.block.code.replace(chr(39), chr(39) * 2)}'!A1"
            sheet.write_url(self._row, 0, target, styles.link, f"{block.block.code} ➜")
            sheet.write_string(self._row, 1, block.block.title, styles.value)
            progress = self._calculation.progress(block)
            for column, cell, style in (
                (2, progress.count, styles.outcome),
                (3, progress.share, styles.percentage),
                (4, progress.to_do, styles.state),
            ):
                write_cell(sheet, (self._row, column), cell, style)
            self._row += 1
        last = self._row - 1
        sheet.conditional_format(
            first,
            3,
            last,
            3,
            {
                "type": "data_bar",
                "bar_solid": True,
                "bar_color": "#A9C7E8",
                "min_type": "num",
                "max_type": "num",
                "min_value": 0,
                "max_value": 1,
            },
        )
        for word, style in (("✔", styles.done), ("●", styles.to_do), ("✎", styles.to_do)):
            sheet.conditional_format(
                first,
                4,
                last,
                4,
                {"type": "text", "criteria": "begins with", "value": word, "format": style},
            )

    def _write_declaration(self) -> None:
        self._write_section("Déclaration du juré")
        sheet, styles = self._sheet, self._styles
        answers = self._calculation.answers
        declared = {True: layout.YES, False: layout.NO, None: ""}[answers.declaration]
        sheet.set_row(self._row, 36)
        sheet.write_string(self._row, 0, layout.DECLARATION_LABEL, styles.label)
        sheet.write(self._row, 1, declared or None, styles.choice)
        sheet.data_validation(
            self._row,
            1,
            self._row,
            1,
            {
                "validate": "list",
                "source": [layout.YES, layout.NO],
                "input_title": "Lien avec le candidat",
                "input_message": "Oui : je n’ai ni formé ni accompagné ce candidat, et je n’ai "
                "aucun lien avec lui. Non : prévenez l’organisateur.",
                "error_title": "Valeur refusée",
                "error_message": "Répondre Oui ou Non.",
            },
        )
        sheet.merge_range(self._row, 2, self._row, _LAST, "", styles.plain)
        sheet.write_string(
            self._row,
            2,
            "Oui : je ne l’ai ni formé ni accompagné, et je n’ai aucun lien avec lui.",
            styles.plain,
        )
        self._row += 1
        sheet.set_row(self._row, 20)
        sheet.write_string(self._row, 0, layout.DECLARATION_DATE_LABEL, styles.label)
        sheet.write_blank(self._row, 1, None, styles.day)
        self._row += 1


def arrangement_lines(plan: GridPlan) -> list[str]:
    """What this juror must apply for this candidate, and nothing of why (DESIGN section 4)."""
    marked = {item.criterion.code for block in plan.blocks for item in block.criteria}
    exempt = sorted(plan.session.exemptions_of[plan.assignment.candidate] & marked)
    lines = []
    if exempt:
        lines.append(f"Critères exemptés, à ne pas évaluer : {', '.join(exempt)}.")
    for item in plan.session.accommodations:
        if item.candidate != plan.assignment.candidate or not item.applies:
            continue
        if item.kind is not AccommodationKind.EXEMPTION:
            lines.append(" : ".join(filter(None, (item.kind.value, item.instruction))))
        elif item.instruction and item.criterion in exempt:
            lines.append(f"{item.criterion} : {item.instruction}")
    return lines
