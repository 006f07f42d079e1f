"""The session in figures, below the summary: small live tables, and the charts drawn from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.charts import CHART_HEIGHT, ChartTable, Drawing, Place, draw
from sheetgen.consolidation.layout import block_header
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import blocks as blocks_sheet
from sheetgen.consolidation.styles import WORDS, Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    AssessmentOutcome,
    BlockOutcome,
    CertificationOutcome,
    ScaleKind,
    Status,
)
from sheetgen.rules import Cell, score_text
from sheetgen.rules.excel import among, number, text
from sheetgen.text import cut_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.sheets.live_sheet import LiveSheet
    from sheetgen.excel import Content
    from sheetgen.model import Block, BlockCode, Candidate, CandidateDecision, MethodCode, Scale

CODE, LABEL, VALUE = 0, 1, 2
"""The columns of the small tables, counted from 0; charts stand at their right."""

BINS = 10
"""Bars of the score distribution, each one tenth wide; the last holds 100 % too."""

_BLUR = Fraction(1, 2 * 10**9)
_PRESENTED = (
    BlockOutcome.VALIDATED,
    BlockOutcome.NOT_VALIDATED,
    BlockOutcome.TO_DELIBERATE,
    BlockOutcome.INCOMPLETE,
)
_SAT = (
    AssessmentOutcome.PASSED,
    AssessmentOutcome.FAILED,
    AssessmentOutcome.TO_DELIBERATE,
    AssessmentOutcome.INCOMPLETE,
)
"""The outcomes of an épreuve that the candidate sat in this session."""

_PIXELS_PER_ROW = 20
_RATE = "Taux de réussite"


@dataclass(frozen=True, slots=True)
class Tally:
    """The session counted, a candidate at a time."""

    certifications: Counter[str] = field(default_factory=Counter)
    """By the words of `outcome_text`, which tell who was excused or gave up from who was absent."""

    blocks: Counter[tuple[BlockCode, BlockOutcome]] = field(default_factory=Counter)
    assessments: Counter[tuple[MethodCode, AssessmentOutcome]] = field(default_factory=Counter)
    mentions: Counter[str | None] = field(default_factory=Counter)
    steps: Counter[int] = field(default_factory=Counter)
    """Scores of blocs by the step that they are in, from 0."""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the outcomes to tell: all of them, and the ways of not coming that there were."""
        ways = (str(status.value) for status in (Status.EXCUSED, Status.WITHDRAWN))
        told = (str(outcome.value) for outcome in CertificationOutcome)
        return (*told, *(word for word in ways if self.certifications[word]))

    def count(self, candidate: Candidate, decision: CandidateDecision) -> None:
        """Add a candidate's outcomes to the counts."""
        self.certifications[candidate.outcome_text(decision.outcome)] += 1
        self.mentions[decision.mention] += 1
        for item in decision.assessments:
            self.assessments[item.code, item.outcome] += 1
        for block in decision.blocks:
            self.blocks[block.code, block.outcome] += 1
            if block.score is not None:
                self.steps[min(int(block.score * BINS), BINS - 1)] += 1


@dataclass(frozen=True, slots=True)
class CountedSheets:
    """The sheets that the figures count: blocs, and épreuves where rules look at any."""

    blocks: LiveSheet
    assessments: LiveSheet | None


def write_statistics(
    sheet: LiveSheet, counted: CountedSheets, rows: tuple[int, int], tally: Tally
) -> tuple[int, int]:
    """Write tables, charts and jury below the candidates' `rows`; return the jury's rows."""
    row = rows[1] + 2
    write_section(sheet, row, "Chiffres de la session")
    outcomes = _write_outcomes(sheet, row + 2, rows, tally)
    success = _write_success(sheet, outcomes.last + 2, rows, tally)
    scores = _write_scores(sheet, success.last + 2, counted.blocks, tally)
    last = scores.last
    if counted.assessments is not None:
        last = _write_assessments(sheet, last + 2, counted.assessments, tally).last
    if sheet.book.decisions.referential.mentions:
        last = _write_mentions(sheet, last + 2, rows, tally).last
    _draw(sheet, row + 2, (outcomes, success, scores), tally.words)
    chart_rows = 2 * CHART_HEIGHT // _PIXELS_PER_ROW + 4
    jury = max(last, row + chart_rows) + 2
    return jury, _write_jury(sheet, jury)


def write_section(sheet: LiveSheet, row: int, title: str) -> None:
    """Write a heading underlined across the sheet."""
    sheet.worksheet.set_row(row - 1, 22)
    for column in range(sheet.shown):
        sheet.write_at(row, column, title if column == 0 else None, Style.SECTION)


def _write_table(
    sheet: LiveSheet, row: int, headings: tuple[str, str, str], lines: Sequence[Sequence[Content]]
) -> ChartTable:
    for column, heading in enumerate(headings):
        sheet.write_at(row, column, heading, Style.HEADER)
    styles = Style.CODE, Style.CODE, Style.SCORE if headings[VALUE] == _RATE else Style.COUNT
    for place, line in enumerate(lines, start=row + 1):
        for column, content in enumerate(line):
            sheet.write_at(place, column, content, styles[column])
    return ChartTable(first=row + 1, last=row + len(lines), lines=tuple(map(tuple, lines)))


def _write_outcomes(sheet: LiveSheet, row: int, rows: tuple[int, int], tally: Tally) -> ChartTable:
    """Write the number of candidates with each outcome."""
    counts = tally.certifications
    cells = sheet.range(CERTIFICATION, *rows)
    lines: list[Sequence[Content]] = [
        (
            WORDS[word].symbol,
            word,
            Cell(f"={among(cells, word)}", counts[word]),
        )
        for word in tally.words
    ]
    return _write_table(sheet, row, ("", "Certification", "Candidats"), lines)


def _write_success(sheet: LiveSheet, row: int, rows: tuple[int, int], tally: Tally) -> ChartTable:
    """Write how many validated each bloc, out of those who present it."""
    blocks = sheet.book.decisions.referential.blocks
    lines = [_success(sheet, block, rows, tally) for block in blocks]
    return _write_table(sheet, row, (layout.BLOCK, "Validés / présentés", _RATE), lines)


def _success(
    sheet: LiveSheet, block: Block, rows: tuple[int, int], tally: Tally
) -> Sequence[Content]:
    cells = sheet.range(block_header(block.code), *rows)
    validated = tally.blocks[block.code, BlockOutcome.VALIDATED]
    presented = sum(tally.blocks[block.code, outcome] for outcome in _PRESENTED)
    held = among(cells, BlockOutcome.VALIDATED.value)
    asked = "+".join(among(cells, outcome.value) for outcome in _PRESENTED)
    return (
        block.code,
        Cell(f'={held}&" / "&({asked})', f"{validated} / {presented}"),
        Cell(f'=IF({asked}=0,"",{held}/({asked}))', validated / presented if presented else ""),
    )


def _write_scores(sheet: LiveSheet, row: int, blocks: LiveSheet, tally: Tally) -> ChartTable:
    """Write how the scores of the blocs spread over ten equal steps."""
    plan = sheet.book.plan
    count = len(plan.people) * len(plan.blocks)
    rows = HEADER_ROW + 1, HEADER_ROW + count
    cells = blocks.range(blocks_sheet.CELLS.score, *rows) if count else ""
    lines: list[Sequence[Content]] = []
    for step in range(BINS):
        low, high = Fraction(step, BINS), Fraction(step + 1, BINS)
        last = step == BINS - 1
        above = f"({cells}>={number(low - _BLUR)})"
        below = f"({cells}<{number(high - _BLUR)})"
        inside = above if last else f"{above}*{below}"
        formula = f'=SUMPRODUCT(({cells}<>"")*{inside})' if cells else ""
        label = _step_text(sheet.book.decisions.referential.scale, low, high)
        lines.append(("", label, Cell(formula, tally.steps[step])))
    return _write_table(sheet, row, ("", "Score des blocs", "Blocs"), lines)


def _step_text(scale: Scale, low: Fraction, high: Fraction) -> str:
    """Return the bounds of a step of scores, as people read scores."""
    if scale.kind is ScaleKind.NOTE:
        return f"{cut_number(scale.at_share(low))} à {score_text(high, scale)}"
    return f"{int(low * 100)} à {int(high * 100)} %"


def _write_assessments(
    sheet: LiveSheet, row: int, assessments: LiveSheet, tally: Tally
) -> ChartTable:
    """Write how many passed each épreuve, out of those who sat it."""
    rows = HEADER_ROW + 1, HEADER_ROW + max(tally.assessments.total(), 1)
    codes = assessments.range(layout.ASSESSMENT, *rows)
    outcomes = assessments.range(layout.OUTCOME, *rows)
    lines: list[Sequence[Content]] = []
    for item in sheet.book.decisions.referential.assessments:
        own = f"({codes}={text(item.code)})"
        cells = [f"SUMPRODUCT({own}*({outcomes}={text(word.value)}))" for word in _SAT]
        counts = [tally.assessments[item.code, word] for word in _SAT]
        passed, sat = counts[0], sum(counts)
        asked = "+".join(cells)
        lines.append(
            (
                item.code,
                Cell(f'={cells[0]}&" / "&({asked})', f"{passed} / {sat}"),
                Cell(f'=IF({asked}=0,"",{cells[0]}/({asked}))', passed / sat if sat else ""),
            )
        )
    return _write_table(sheet, row, (layout.ASSESSMENT, "Réussies / passées", _RATE), lines)


def _write_mentions(sheet: LiveSheet, row: int, rows: tuple[int, int], tally: Tally) -> ChartTable:
    """Write the number of candidates with each mention."""
    cells = sheet.range(MENTION, *rows)
    labels = [item.label for item in sheet.book.decisions.referential.mentions]
    lines: list[Sequence[Content]] = [
        ("", label, Cell(f"={among(cells, label)}", tally.mentions[label])) for label in labels
    ]
    return _write_table(sheet, row, ("", MENTION, "Candidats"), lines)


def _draw(
    sheet: LiveSheet,
    row: int,
    tables: tuple[ChartTable, ChartTable, ChartTable],
    words: tuple[str, ...],
) -> None:
    """Draw two charts side by side, the third under them, right of the tables."""
    outcomes, success, scores = tables
    widths = [column.width for column in list(sheet.columns.values())[VALUE + 1 :]]
    room = sum(int(width * 7 + 5) for width in widths if width) - 20
    half = room // 2 - 5
    inks = [{"fill": {"color": f"#{WORDS[word].ink}"}} for word in words]
    below = row + CHART_HEIGHT // _PIXELS_PER_ROW + 1
    column = VALUE + 1
    for drawing, place in (
        (
            Drawing(
                kind="bar",
                title="Résultats de la certification",
                table=outcomes,
                labels=LABEL,
                series={"points": inks, "gap": 40},
            ),
            Place(row=row, column=column, left=10, width=half),
        ),
        (
            Drawing(
                kind="column",
                title="Taux de réussite par bloc",
                table=success,
                labels=CODE,
                series={"gap": 60},
                percentage=True,
            ),
            Place(row=row, column=column, left=20 + half, width=half),
        ),
        (
            Drawing(
                kind="column",
                title="Répartition des scores de bloc",
                table=scores,
                labels=LABEL,
                series={"gap": 25},
            ),
            Place(row=below, column=column, left=10, width=room),
        ),
    ):
        draw(sheet, drawing, place)


_COMMON = "Notation commune"


def _write_jury(sheet: LiveSheet, row: int) -> int:
    """Write who the codes of jurors stand for."""
    write_section(sheet, row, "Jury")
    headings = ("Juré", "Nom", "Qualité", "Externe", "Rôle")
    for column, heading in enumerate(headings):
        sheet.write_at(row + 2, column, heading, Style.HEADER)
    place = row + 2
    for place, juror in enumerate(sheet.book.decisions.session.jurors, start=row + 3):
        quality = " · ".join(part for part in (juror.title, juror.organisation) if part)
        external = layout.YES if juror.external else layout.NO
        line = (juror.code, juror.full_name, quality, external, juror.role.value)
        for column, content in enumerate(line):
            sheet.write_at(place, column, content, Style.TEXT)
        titles = list(sheet.columns)
        sheet.fit(place, [(titles[1], juror.full_name), (titles[2], quality)])
    for group in sheet.book.decisions.session.groups:
        place += 1
        for column, content in enumerate((group.code, group.full_name, _COMMON, "", "")):
            sheet.write_at(place, column, content, Style.TEXT)
        titles = list(sheet.columns)
        sheet.fit(place, [(titles[0], group.code), (titles[1], group.full_name)])
    return place
