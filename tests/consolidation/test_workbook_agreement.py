"""`consolidation.xlsx` says what Python says, as stored, as recalculated, and after a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import builders
import consolidated
import python_calamine
import shaped
import strategies
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from office import Change, Trial
from recalculation import recalculate
from tries import one_in, tries
from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.model import (
    CandidateId,
    CriterionCode,
    JurorCode,
    Mark,
    SessionDecisions,
    Status,
)
from sheetgen.rules import DIVERGENT, CandidateScope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

    from hypothesis.strategies import DataObject
    from office import Office
    from strategies import Scenario

Value = str | float
Rows = list[list[Value]]
Said = dict[tuple[str, ...], tuple[Value, ...]]
"""What a workbook says of each thing: sheet, candidate and code, to the values shown."""

SCHEMES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Critères", ("Candidat", "Critère"), ("Points", "État", "Acquis", "Écart")),
    ("Compétences", ("Candidat", "Compétence"), ("Résultat", "Score")),
    ("Décisions", ("Candidat", "Bloc"), ("Résultat", "Score")),
    ("Synthèse", ("Candidat",), ("Certification",)),
    ("Délibération", ("Candidat", "Objet"), ("Proposition",)),
)
ASSESSMENTS = ("Épreuves", ("Candidat", "Épreuve"), ("Résultat", "Score"))
"""Where rules look at épreuves."""


def decided(decisions: SessionDecisions) -> Said:
    """Return what the workbook must say."""
    said: Said = {}
    for item in decisions.candidates:
        said["Synthèse", item.candidate] = (item.outcome.value,)
        for assessment in item.assessments:
            said["Épreuves", item.candidate, assessment.code] = (
                assessment.outcome.value,
                shown(assessment.score),
            )
        for block in item.blocks:
            outcome = block.outcome.value
            said["Décisions", item.candidate, block.code] = outcome, shown(block.score)
            if block.competencies:
                said["Délibération", item.candidate, block.code] = (outcome,)
            for competency in block.competencies:
                said["Compétences", item.candidate, competency.code] = (
                    competency.outcome.value,
                    shown(competency.score),
                )
                for criterion in competency.criteria:
                    said["Critères", item.candidate, criterion.code] = (
                        shown(criterion.points),
                        criterion.state.value,
                        {True: "Oui", False: "Non", None: ""}[criterion.acquired],
                        DIVERGENT if criterion.divergent else "",
                    )
        if decisions.session.candidate[item.candidate].status is Status.PRESENT:
            said["Délibération", item.candidate, "Certification"] = (item.outcome.value,)
            if decisions.referential.mentions:
                said["Délibération", item.candidate, "Mention"] = (item.mention or "Aucune",)
    return said


def shown(value: Fraction | None) -> Value:
    """A number, or an empty cell."""
    return "" if value is None else float(value)


@dataclass(frozen=True)
class Book:
    """A workbook's cells by sheet, as some program sees them."""

    sheets: Mapping[str, Rows]

    def said(self) -> Said:
        """Return what the workbook says, found by headers alone."""
        found: Said = {}
        there = ASSESSMENTS[0] in self.sheets
        for sheet, keys, values in (*SCHEMES, *([ASSESSMENTS] if there else [])):
            for row in self.table(sheet):
                if row["Candidat"] != "":
                    key = tuple(str(row[name]) for name in keys)
                    found[(sheet, *key)] = tuple(row[name] for name in values)
        return found

    def table(self, sheet: str) -> Iterator[dict[str, Value]]:
        """The rows below the sheet's header, by column; the summary's figures are left out."""
        rows = self.sheets[sheet]
        start = next(place for place, row in enumerate(rows) if row[0] == "Candidat")
        for row in rows[start + 1 :]:
            if row[0] in ("", "Chiffres de la session"):
                return
            yield {str(name): value for name, value in zip(rows[start], row, strict=True)}

    def mark_cell(self, place: tuple[str, str, str]) -> str:
        """The address in the criteria sheet of a candidate's, juror's and criterion's mark."""
        candidate, juror, criterion = place
        rows = self.sheets["Critères"]
        start = next(place for place, row in enumerate(rows) if row[0] == "Candidat")
        header = rows[start]
        for number, row in enumerate(rows[start + 1 :], start=start + 1):
            if (row[0], row[header.index("Critère")]) == (candidate, criterion):
                slot = next(
                    str(name).split()[1]
                    for name, value in zip(header, row, strict=True)
                    if str(name).startswith("Juré ") and value == juror
                )
                return str(xl_rowcol_to_cell(number, header.index(f"Appréciation {slot}")))
        raise KeyError(place)


def stored(path: Path) -> Book:
    """The values stored in the file, formulas or not."""
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    return Book(
        {
            name: [
                [value if isinstance(value, str | float) else str(value) for value in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in workbook.sheet_names
        }
    )


def seen(book: Book, value: Callable[[str, str], Value]) -> Book:
    """Return the cells as another program sees them."""
    return Book(
        {
            sheet: [
                [value(sheet, xl_rowcol_to_cell(row, column)) for column in range(len(cells))]
                for row, cells in enumerate(rows)
            ]
            for sheet, rows in book.sheets.items()
        }
    )


def differences(left: Book, right: Book) -> list[str]:
    """The cells in which two programs differ, numbers up to what floating point blurs."""
    return [
        f"{sheet}!{xl_rowcol_to_cell(row, column)}: {one!r}, {other!r}"
        for sheet, rows in left.sheets.items()
        for row, cells in enumerate(rows)
        for column, one in enumerate(cells)
        if not same(one, other := right.sheets[sheet][row][column])
    ]


def same(one: Value, other: Value) -> bool:
    """Return whether two cells say the same."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(one - other) < 1e-9


def disagreements(said: Said, expected: Said) -> list[str]:
    """Return where a workbook differs from Python, or has a row too many or too few."""
    wrong = [
        f"{key}: {said.get(key)} shown, {values} decided"
        for key, values in expected.items()
        if key not in said or not all(map(same, said[key], values))
    ]
    return [*wrong, *(f"{key}: shown for nothing" for key in said.keys() - expected.keys())]


def changed(scenario: Scenario, candidate: CandidateId, mark: Mark) -> Scenario:
    """The scenario with one mark in the place of another, or of none."""
    pair = candidate, mark.juror
    row = {**scenario.marks.get(pair, {}), mark.criterion: mark}
    return replace(scenario, marks={**scenario.marks, pair: row})


def open_places(scenario: Scenario) -> list[tuple[CandidateId, JurorCode, CriterionCode]]:
    """Every mark that the workbook lets one change: those that decide."""
    known, session = scenario.referential, scenario.session
    scopes = {
        item.id: CandidateScope.of(known, session, item)
        for item in session.candidates
        if item.status is Status.PRESENT
    }
    return [
        (item.candidate, item.juror, criterion.code)
        for item in session.assignments
        if (scope := scopes.get(item.candidate))
        for block in item.blocks
        if block in scope.blocks
        for criterion in known.criteria_of_block[block]
        if scope.state(criterion) is None
        and not scope.is_absent(criterion)
        and scope.is_marked_by(item, block, criterion)
    ]


def another_mark(scenario: Scenario, data: DataObject) -> tuple[CandidateId, Mark]:
    """Some mark that somebody may type in some cell."""
    places = open_places(scenario)
    assume(places)
    candidate, juror, code = data.draw(st.sampled_from(places))
    known = {item.code: item for item in scenario.referential.criteria}
    mark = data.draw(strategies.marks(scenario.referential, juror, known[code], blanks=False))
    assert mark is not None
    return candidate, mark


def typed(mark: Mark) -> Value:
    """Return what a person types for the mark."""
    return mark.value if isinstance(mark.value, str) else float(mark.value)


@tries(15, unchecked=HealthCheck)
@given(strategies.scenarios(), st.data())
def test_the_workbook_agrees_with_python_before_and_after_a_change(
    scenario: Scenario, data: DataObject
) -> None:
    """Stored values are Python's; recalculating moves none; a new mark gives what Python gives."""
    if data.draw(strategies.rarely()):
        scenario = strategies.in_common(scenario)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "consolidation.xlsx"
        decisions = consolidated.decide(scenario)
        consolidated.write(path, decisions)
        book = stored(path)
        assert disagreements(book.said(), decided(decisions)) == []
        recalculated = recalculate(path)
        assert recalculated.errors() == {}
        assert differences(book, seen(book, recalculated.value)) == []
        candidate, mark = another_mark(scenario, data)
        cell = book.mark_cell((candidate, mark.juror, mark.criterion))
        recalculated.write("Critères", cell, typed(mark))
        after = consolidated.decide(changed(scenario, candidate, mark))
        assert disagreements(seen(book, recalculated.value).said(), decided(after)) == []
        assert recalculated.errors() == {}


@tries(15, unchecked=HealthCheck)
@given(shaped.scenarios(), st.data())
def test_a_workbook_of_any_shape_agrees_with_python_before_and_after_a_change(
    scenario: Scenario, data: DataObject
) -> None:
    """Épreuves, scales, options, evidence, what is kept and absences: as for plain ones."""
    if data.draw(strategies.rarely()):
        scenario = strategies.in_common(scenario)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "consolidation.xlsx"
        decisions = consolidated.decide(scenario)
        consolidated.write(path, decisions)
        book = stored(path)
        assert disagreements(book.said(), decided(decisions)) == []
        recalculated = recalculate(path)
        assert recalculated.errors() == {}
        assert differences(book, seen(book, recalculated.value)) == []
        places = open_places(scenario)
        if not places:
            return
        candidate, mark = another_mark(scenario, data)
        cell = book.mark_cell((candidate, mark.juror, mark.criterion))
        recalculated.write("Critères", cell, typed(mark))
        after = consolidated.decide(changed(scenario, candidate, mark))
        assert disagreements(seen(book, recalculated.value).said(), decided(after)) == []
        assert recalculated.errors() == {}


@one_in(8)
def test_libreoffice_agrees_with_python_before_and_after_a_change(
    tmp_path: Path, libreoffice: Office, every: int
) -> None:
    """LibreOffice shows what Python decides, and lets a mark be typed into the protected sheet."""
    trials, cases = [], []
    shapes = strategies.sample_scenarios(45, shaped.scenarios())
    samples = [*strategies.sample_scenarios(45), *shapes]
    common = [strategies.in_common(scenario) for scenario in samples[::5]]
    for number, scenario in enumerate([*samples, *common]):
        places = open_places(scenario)
        if not places or number % every:
            continue
        decisions = consolidated.decide(scenario)
        path = tmp_path / f"{number}.xlsx"
        consolidated.write(path, decisions)
        book = stored(path)
        candidate, juror, code = places[number % len(places)]
        points = strategies.all_points(scenario.referential.scale_of[code])[number // every % 2]
        mark = builders.mark(scenario.referential, juror, code, points)
        cell = book.mark_cell((candidate, juror, code))
        trials.append(
            Trial(source=path, changes=[Change(sheet="Critères", cell=cell, value=typed(mark))])
        )
        cases.append((book, consolidated.decide(changed(scenario, candidate, mark))))
    assert len(cases) * every >= 40
    tried_out = libreoffice.try_out(trials)
    for (book, expected), (opened, tried) in zip(cases, tried_out, strict=True):
        assert opened.errors == ()
        assert differences(book, seen(book, reader(opened.sheets))) == []
        assert tried.errors == ()
        assert disagreements(seen(book, reader(tried.sheets)).said(), decided(expected)) == []


def reader(sheets: Mapping[str, Mapping[str, Value]]) -> Callable[[str, str], Value]:
    """A cell by sheet and address, empty where there is none."""
    return lambda sheet, cell: sheets[sheet].get(cell, "")
