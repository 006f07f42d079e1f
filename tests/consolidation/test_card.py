"""The sheet « Fiche »: whoever is chosen, it says what Python decided and jurors wrote."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import builders
import consolidated
import openpyxl
import pytest
import shaped
from hypothesis import HealthCheck, given
from office import Change, Trial
from recalculation import recalculate
from tries import tries

from sheetgen.consolidation import division, plan_consolidation, write_consolidation
from sheetgen.consolidation.sheets.card_lines import cut_to_width
from sheetgen.consolidation.sheets.card_texts import Room, tell_criteria, tell_opinions
from sheetgen.consolidation.sheets.short_marks import legend, shorten_marks
from sheetgen.excel import text_fit
from sheetgen.model import Level, ScaleKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from office import Office
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet
    from recalculation import Recalculated
    from strategies import Scenario

    from sheetgen.consolidation.plan import CandidateRow, WorkbookPlan
    from sheetgen.model import SessionDecisions

CHOOSER, TEXT, REST = "B1", "Raisons, écarts, avis et observations", "Observations, suite"
EXCEL_FORMULA = 8192
"""The characters that a formula may have in Excel, which calls the file damaged beyond."""

Value = str | float


class Card:
    """The sheet as it is laid out, and its cells by what they are about."""

    def __init__(self, path: Path) -> None:
        self.sheet: Worksheet = openpyxl.load_workbook(path)["Fiche"]
        self.header = {cell.value: cell.column_letter for cell in self.sheet[4] if cell.value}
        self.lines = {
            self.sheet.cell(row, 1).value: row for row in range(5, self.sheet.max_row + 1)
        }
        subject = self.header["Objet"]
        self.matters = {
            stored.value: stored.row
            for stored in openpyxl.load_workbook(path, data_only=True)["Fiche"][subject]
            if stored.row > 4 and stored.value
        }

    def line(self, code: str, title: str) -> str:
        """Return the cell of a bloc, competency or épreuve."""
        return f"{self.header[title]}{self.lines[code]}"

    def matter(self, subject: str, title: str) -> str:
        """Return the cell of a line of the deliberation."""
        return f"{self.header[title]}{self.matters[subject]}"

    @property
    def right(self) -> str:
        """Return the cell of the text at the right."""
        last = max(row for name, row in self.matters.items() if name != TEXT)
        return f"{self.header['Objet']}{last + 2}"

    @property
    def left(self) -> str:
        """Return the cell of the text that goes on at the left."""
        return f"A{self.lines[REST] + 1}"

    @property
    def formulas(self) -> list[str]:
        """Return every cell that holds a formula."""
        return [
            cell.coordinate
            for row in self.sheet.iter_rows()
            for cell in row
            if str(cell.value).startswith("=")
        ]


def expected(card: Card, candidate: CandidateRow, plan: WorkbookPlan) -> dict[str, Value]:
    """Return what the sheet must show of a candidate, by cell; texts apart."""
    said: dict[str, Value] = {}
    decision = candidate.decision
    notes = plan.decisions.referential.scale.kind is ScaleKind.NOTE
    for block in candidate.blocks:
        said[card.line(block.decision.code, "Résultat")] = block.decision.outcome.value
        said[card.matter(block.decision.code, "Proposition")] = block.decision.outcome.value
        for slot, juror in enumerate(block.jurors[: plan.seats], start=1):
            said[card.line(block.decision.code, f"Juré {slot}")] = juror.code
        for item in block.competencies:
            code, score = item.decision.code, item.decision.score
            said[card.line(code, "Résultat")] = item.decision.outcome.value
            if not notes:
                said[card.line(code, "Score")] = "" if score is None else float(score)
            apart = sum(row.decision.divergent for row in item.criteria)
            said[card.line(code, "Écarts")] = f"◆ {apart}" if apart else ""
    for assessment in decision.assessments:
        said[card.line(assessment.code, "Résultat")] = assessment.outcome.value
    proposed = candidate.candidate.outcome_text(decision.outcome)
    said[card.matter("Certification", "Proposition")] = proposed
    if plan.decisions.referential.mentions and candidate.deliberation_row:
        said[card.matter("Mention", "Proposition")] = decision.mention or "Aucune"
    return said


def head(candidate: CandidateRow, plan: WorkbookPlan) -> str:
    """Return the reasons and what is missing, as the text begins; for sessions without options."""
    decisions, number = plan.decisions, candidate.candidate.id
    grids = [juror for owner, juror in decisions.missing if owner == number]
    known = {item.code: item for item in decisions.referential.criteria}
    lost = tell_criteria(candidate, known, "", Room(right=0, left=0)).missing
    came = candidate.candidate.status.value
    idle = "Aucun bloc présenté" if came == "Présent" else came
    told = [
        *([] if candidate.deliberation_row else [f"{idle} : le jury n'a rien à décider."]),
        *([f"… Grille attendue de {', '.join(grids)}"] if grids else []),
        *([f"… Critères incomplets :{lost}"] if lost else []),
    ]
    if candidate.deliberation_row is None:
        return "".join(f"{line}\n" for line in told)
    favourable = ("Validé", "Déjà acquis")
    blocks = [item.decision for item in candidate.blocks]
    for block in blocks:
        if block.competencies and block.reasons:
            reasons = " · ".join(reason.message for reason in block.reasons)
            told.append(f"▸ {block.code} : {reasons.replace('Compétence ', '')}")
    others = [
        f"{block.code} {block.outcome.value.lower()}."
        for block in blocks
        if block.outcome.value not in favourable
    ]
    if others:
        told.append(f"▸ Certification : {' '.join(others)}")
    return "".join(f"{line}\n" for line in told)


def wrong(book: Recalculated, said: Mapping[str, Value]) -> dict[str, tuple[Value, Value]]:
    """Return the cells that show something else."""
    return {
        cell: (shown, value)
        for cell, value in said.items()
        if (shown := book.value("Fiche", cell))
        != (pytest.approx(value) if isinstance(value, float) else value)
    }


def test_whoever_is_chosen_the_card_says_what_was_decided(
    path: Path, decisions: SessionDecisions
) -> None:
    """By number: blocs, competencies, jurors, divergences, proposals, reasons and observations."""
    (plan,) = plan_consolidation(decisions)
    card, book = Card(path), recalculate(path)
    known = {item.code: item for item in decisions.referential.criteria}
    for candidate in plan.candidates():
        book.write("Fiche", CHOOSER, candidate.candidate.id)
        assert wrong(book, expected(card, candidate, plan)) == {}
        opinions = tell_opinions(decisions, candidate)
        room = Room(right=10_000, left=10_000)
        texts = tell_criteria(candidate, known, opinions, room, head(candidate, plan))
        assert book.value("Fiche", card.right) == texts.right
        assert book.value("Fiche", card.left) == texts.left == ""
    assert book.errors() == {}


def test_marks_stand_side_by_side_in_short(path: Path) -> None:
    """C1.9 has two criteria: what each of three jurors gave, criterion after criterion."""
    card, book = Card(path), recalculate(path)
    book.write("Fiche", CHOOSER, "1")
    shown = [book.value("Fiche", card.line("C1.9", f"Juré {slot}")) for slot in (1, 2)]
    assert shown == marks_of(path, "1", "C1.9")
    assert book.value("Fiche", "A5") == "BC01"
    book.write("Critères", "H6", "Non observé")
    assert str(book.value("Fiche", card.line("C1.9", "Juré 1"))).startswith("O ")


def marks_of(path: Path, candidate: str, competency: str) -> list[str]:
    """Return the marks of two slots as « Critères » has them, each by its first letter."""
    rows = consolidated.table(openpyxl.load_workbook(path, data_only=True)["Critères"])
    own = [r for r in rows if (r["Candidat"], r["Compétence"]) == (candidate, competency)]
    return [" ".join(str(row[f"Appréciation {slot}"])[0] for row in own) for slot in (1, 2)]


def test_a_candidate_is_found_by_number_name_or_choice_and_nobody_by_chance(path: Path) -> None:
    """What two share, or nobody has, shows nobody and says so; blank, as stored, invites."""
    book = recalculate(path)
    card = Card(path)
    stored = openpyxl.load_workbook(path, data_only=True)["Fiche"]
    assert wrong(book, {cell: stored[cell].value or "" for cell in card.formulas}) == {}
    for typed in ("1", " 1 ", "1 · Martin Zoé", "martin zoé", "martin"):
        book.write("Fiche", CHOOSER, typed)
        assert book.value("Fiche", card.line("BC01", "Résultat")) == "Validé", typed
    for typed in ("Zoé", "99", "*", "1*"):
        book.write("Fiche", CHOOSER, typed)
        assert book.value("Fiche", card.line("BC01", "Résultat")) == "", typed
        assert f"« {typed} » n'est pas un candidat" in str(book.value("Fiche", "A2"))
    book.write("Fiche", CHOOSER, "")
    assert str(book.value("Fiche", "A2")).startswith("Choisir un candidat")


def test_the_card_follows_the_jurys_decision_and_reason(path: Path) -> None:
    """Decision, control and reason are seen there, with what they make of the certification."""
    card, book = Card(path), recalculate(path)
    book.write("Fiche", CHOOSER, "1")
    book.write("Délibération", "F13", "Validé")
    book.write("Délibération", "G13", "Preuves apportées à l'oral.")
    titles = ("Proposition", "Décision du jury", "Contrôle")
    shown = [book.value("Fiche", card.matter("BC02", title)) for title in titles]
    assert shown == ["Non validé", "Validé", "✔ Complet"]
    assert book.value("Fiche", card.matter("Certification", "Proposition")) == "Délivrée"
    assert "✎ Motif du jury, BC02 : Preuves apportées" in str(book.value("Fiche", card.right))


def test_libreoffice_shows_the_same_card(path: Path, libreoffice: Office) -> None:
    """Every formula of the sheet, for each candidate: the values that ironcalc finds."""
    card, book = Card(path), recalculate(path)
    numbers = ("1", "2", "10")
    trials = [
        Trial(source=path, changes=[Change(sheet="Fiche", cell=CHOOSER, value=number)])
        for number in numbers
    ]
    for number, (_, shown) in zip(numbers, libreoffice.try_out(trials), strict=True):
        book.write("Fiche", CHOOSER, number)
        assert shown.errors == ()
        cells = shown.sheets["Fiche"]
        assert {
            cell: (cells.get(cell, ""), value)
            for cell in card.formulas
            if cells.get(cell, "")
            != (
                pytest.approx(value)
                if isinstance(value := book.value("Fiche", cell), float)
                else value
            )
        } == {}


@tries(3, unchecked=HealthCheck)
@given(shaped.scenarios())
def test_any_shape_of_certification_has_its_card(scenario: Scenario) -> None:
    """Options, épreuves, results kept, several scales: no error, and what Python decided."""
    decisions = consolidated.decide(scenario)
    with TemporaryDirectory() as folder:
        path = consolidated.write(Path(folder) / "c.xlsx", decisions)
        (plan,) = plan_consolidation(decisions)
        card, book = Card(path), recalculate(path)
        for candidate in list(plan.candidates())[:1]:
            book.write("Fiche", CHOOSER, candidate.candidate.id)
            assert wrong(book, expected(card, candidate, plan)) == {}
        assert book.errors() == {}
        longest = max(map(len, all_formulas(openpyxl.load_workbook(path))))
        assert longest < EXCEL_FORMULA / 2


def all_formulas(book: Workbook) -> Iterator[str]:
    """Yield every formula of the card, shown and hidden."""
    for sheet in (book["Fiche"], book["_fiche"]):
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.data_type == "f")


def test_the_card_of_an_index_says_what_that_of_the_whole_says(
    tmp_path: Path, decisions: SessionDecisions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell for cell: what is in volumes stands in the index as values."""
    whole = consolidated.write(tmp_path / "whole.xlsx", decisions)
    monkeypatch.setattr(division, "MOST_BYTES", 1)
    plan = plan_consolidation(decisions)[0]
    index = tmp_path / "index.xlsx"
    write_consolidation(index, plan)
    card, books = Card(whole), (recalculate(whole), recalculate(index))
    for number in plan.people:
        for book in books:
            book.write("Fiche", CHOOSER, number)
        shown, other = (
            {cell: book.value("Fiche", cell) for cell in card.formulas} for book in books
        )
        assert {
            cell: (shown[cell], other[cell]) for cell in shown if shown[cell] != other[cell]
        } == {}


def test_an_anonymous_session_has_cards_without_names(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Candidates are chosen by number alone."""
    session = replace(decisions.session, anonymous=True)
    path = consolidated.write(tmp_path / "a.xlsx", replace(decisions, session=session))
    people = openpyxl.load_workbook(path)["_candidats"]
    assert [cell.value for cell in people["A"]][1:] == ["1", "2", "3", "10"]
    assert [cell.value for cell in people["C"]][1:] == [None] * 4


def test_short_marks_are_never_alike() -> None:
    """One letter where it may be, a note or a short label as it is, more letters where needed."""
    labels = ("Maîtrisé", "Moyen", "Moins bien", "3 – Seul", "TB", "Non acquis", "Maîtrisable")
    levels = [Level(label=label, points=Fraction(0), acquired=True) for label in labels]
    short = shorten_marks([builders.level_scale(levels)])
    forms = [short[label] for label in (*labels, "Non observé")]
    assert forms == ["M", "Mo", "B", "3", "TB", "N", "Ma", "O"]
    assert legend(short).startswith("M Maîtrisé · Mo Moyen · B Moins bien · 3 – Seul")


def test_a_title_is_cut_to_one_line() -> None:
    """Anywhere, with a mark that it goes on; a short one stays."""
    font = text_fit.Font()
    assert cut_to_width("Court", 20, font) == "Court"
    cut = cut_to_width("Contribuer à la définition de la politique commerciale", 20, font)
    assert cut.endswith("…")
    assert "\n" not in cut
