"""From what a grid's cells hold to marks: each read exactly, or refused at its cell.

Nothing is ever corrected. A mark that is refused is missing, and the valid ones count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from sheetgen.grids.read import ReadCell, ReadGrid, ReadRow, text_of
from sheetgen.matching import fold, nearest
from sheetgen.model import (
    EXEMPT,
    NOT_OBSERVED,
    Assignment,
    CommentRule,
    Criterion,
    CriterionCode,
    JurorCode,
    Level,
    Mark,
    Referential,
    Scale,
    ScaleKind,
)
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import grids as kinds


@dataclass(frozen=True, kw_only=True)
class MarkReader:
    """Reads the marks of any grid made from one référentiel; no slots: look-ups are kept."""

    referential: Referential

    @cached_property
    def _level(self) -> Mapping[str, Level]:
        return {fold(level.label): level for level in self.referential.scale.levels}

    @cached_property
    def _code(self) -> Mapping[str, CriterionCode]:
        return {fold(item.code): item.code for item in self.referential.criteria}

    def read(
        self,
        grid: ReadGrid,
        assignment: Assignment,
        exempt: frozenset[CriterionCode],
        file: str,
    ) -> ReadMarks:
        """The marks that one juror's grid holds on the blocs they were to mark."""
        asked = {
            criterion.code: criterion
            for block in assignment.blocks
            for criterion in self.referential.criteria_of_block[block]
        }
        found = ReadMarks(file=file)
        for item in grid.broken:
            kind = kinds.COLUMN_TWICE if item.twice else kinds.COLUMN_MISSING
            location = Location(file=file, sheet=item.sheet, cell=item.cell)
            found.problems.append(kind.at(location, found=item.column.value))
        rows = self._rows_by_code(grid)
        for code, lines in rows.items():
            if code not in asked:
                found.problems.extend(_not_asked(code, lines, file))
        for code, criterion in asked.items():
            lines = rows.get(code, [])
            if code in exempt:
                found.problems.extend(_exempt(code, lines, file))
            elif not lines:
                found.lost.append(code)
            elif len(lines) > 1:
                found.problems.append(_twice(code, lines, file))
                found.refused[code] = " / ".join(text_of(line.mark.value) for line in lines)
            else:
                self._read_row(found, criterion, lines[0], assignment.juror)
        self._report(found)
        return found

    def _rows_by_code(self, grid: ReadGrid) -> dict[CriterionCode, list[ReadRow]]:
        rows: dict[CriterionCode, list[ReadRow]] = {}
        for row in grid.rows:
            code = self._code.get(fold(row.code))
            if code is not None:
                rows.setdefault(code, []).append(row)
        return rows

    def _read_row(
        self, found: ReadMarks, criterion: Criterion, row: ReadRow, juror: JurorCode
    ) -> None:
        location = _at(row.mark, found.file)
        comment = text_of(row.comment.value)
        found.comments[criterion.code] = comment
        if row.title and not fold(row.title).startswith(fold(criterion.title)[:400].rstrip()):
            if not fold(criterion.title).startswith(fold(row.title)):
                found.problems.append(
                    kinds.TEXT_CHANGED.at(
                        _at(row.code_cell, found.file), criterion=criterion.code
                    )
                )
        refusal = self._refusal(row.mark, location)
        if refusal is not None:
            found.problems.append(refusal)
            found.refused[criterion.code] = row.mark.error or text_of(row.mark.value)
            return
        written = text_of(row.mark.value)
        if not written:
            found.blank.append(criterion.code)
            return
        value = self._value(row.mark.value, location)
        if isinstance(value, Problem):
            if fold(written) == fold(EXEMPT):
                value = kinds.EXEMPT_NOT_GRANTED.at(location, criterion=criterion.code)
            found.problems.append(value)
            found.refused[criterion.code] = written
            return
        if row.mark.formula is not None:
            found.problems.append(
                kinds.MARK_IS_FORMULA.at(location, found=row.mark.formula, value=written)
            )
        found.marks[criterion.code] = Mark(
            juror=juror,
            criterion=criterion.code,
            value=value[0],
            points=value[1],
            comment=comment,
            sheet=row.mark.sheet,
            cell=row.mark.cell,
        )

    @staticmethod
    def _refusal(cell: ReadCell, location: Location) -> Problem | None:
        """Why a cell cannot hold a mark at all, whatever its value."""
        if cell.error is not None:
            return kinds.MARK_IN_ERROR.at(location, found=cell.error)
        if cell.merged is not None:
            return kinds.MARK_MERGED.at(location, found=cell.merged)
        return None

    def _value(
        self, value: object, location: Location
    ) -> tuple[str | Fraction, Fraction | None] | Problem:
        """What a mark says and its points, or why it says nothing."""
        scale = self.referential.scale
        if isinstance(value, str) and fold(value) == fold(NOT_OBSERVED):
            return NOT_OBSERVED, None
        if scale.kind is ScaleKind.NOTE:
            return _read_note(value, scale, location)
        if isinstance(value, (str, float)) and not isinstance(value, bool):
            for text in _spellings(value):
                level = self._level.get(fold(text))
                if level is not None:
                    return level.label, level.points
        written = text_of(value) if isinstance(value, (str, float)) else str(value)
        labels = [level.label for level in scale.levels]
        near = nearest(written, [*labels, NOT_OBSERVED])
        return kinds.NOT_A_LEVEL.at(
            location,
            found=written,
            near=f" Vouliez-vous dire « {near} » ?" if near else "",
            allowed=quoted([*labels, NOT_OBSERVED]),
        )

    def _report(self, found: ReadMarks) -> None:
        whole = Location(file=found.file)
        found.problems.extend(
            kinds.CRITERION_ROW_MISSING.at(whole, criterion=code) for code in found.lost
        )
        if found.blank:
            found.problems.append(
                kinds.MARKS_BLANK.at(
                    whole, count=len(found.blank), found=", ".join(found.blank)
                )
            )
        if self.referential.rules.comment is CommentRule.NOT_ACQUIRED:
            owed = [mark for mark in found.marks.values() if self._owes_comment(mark)]
            if owed:
                codes = ", ".join(mark.criterion for mark in owed)
                found.problems.append(kinds.COMMENT_MISSING.at(whole, found=codes))

    def _owes_comment(self, mark: Mark) -> bool:
        acquired_from = self.referential.scale.acquired_from
        return not mark.comment and mark.points is not None and mark.points < acquired_from


@dataclass(kw_only=True)
class ReadMarks:
    """What was read of one grid's marks, filled as its rows are read.

    Attributes:
        marks: the valid ones.
        blank: criteria whose cell is empty.
        lost: criteria without a row.
        refused: what stands in the cells of faulty marks.
        comments: every comment, that of a blank or faulty mark included.
    """

    file: str
    marks: dict[CriterionCode, Mark] = field(default_factory=dict)
    blank: list[CriterionCode] = field(default_factory=list)
    lost: list[CriterionCode] = field(default_factory=list)
    refused: dict[CriterionCode, str] = field(default_factory=dict)
    comments: dict[CriterionCode, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every criterion asked has a valid mark."""
        return not (self.blank or self.lost or self.refused)

    @property
    def content(self) -> Mapping[CriterionCode, tuple[str, str]]:
        """What two returns of one grid are compared by: each mark as read, with its comment."""
        codes = {*self.marks, *self.refused, *self.comments}
        return {
            code: (
                str(self.marks[code].value)
                if code in self.marks
                else f"?{self.refused.get(code, '')}",
                self.comments.get(code, ""),
            )
            for code in sorted(codes)
        }

    def place_of(self, code: CriterionCode) -> str:
        """Where a mark was read, as « BC01!C5 », or the criterion's code where it was not."""
        mark = self.marks.get(code)
        return code if mark is None else f"{code} ({mark.sheet}!{mark.cell})"


def _at(cell: ReadCell, file: str) -> Location:
    return Location(file=file, sheet=cell.sheet, cell=cell.cell)


def _spellings(value: str | float) -> Iterator[str]:
    """The ways in which a label may have been kept: a program may make a number of « 1 »."""
    if isinstance(value, str):
        yield value
        return
    yield text_of(value)
    yield text_of(value).replace(".", ",")


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return Fraction(f"{value:.15g}") if abs(value) < 1e15 else None
    if isinstance(value, str):
        text = "".join(value.split()).replace(",", ".")
        plain = text.lstrip("+-").replace(".", "", 1)
        return Fraction(text) if plain.isascii() and plain.isdigit() else None
    return None


def _read_note(
    value: object, scale: Scale, location: Location
) -> tuple[Fraction, Fraction] | Problem:
    step = scale.step or Fraction(1)
    allowed = {
        "low": _shown(scale.minimum),
        "high": _shown(scale.maximum),
        "step": _shown(step),
    }
    number = _number(value)
    if number is None:
        written = text_of(value) if isinstance(value, (str, float)) else str(value)
        return kinds.NOT_A_NOTE.at(location, found=written, **allowed)
    if not scale.minimum <= number <= scale.maximum:
        return kinds.NOTE_OUT_OF_BOUNDS.at(location, found=_shown(number), **allowed)
    if (number - scale.minimum) % step:
        return kinds.NOTE_OUT_OF_STEP.at(location, found=_shown(number), **allowed)
    return number, number


def _shown(value: Fraction) -> str:
    return f"{float(value):.15g}".replace(".", ",")


def _twice(code: CriterionCode, lines: list[ReadRow], file: str) -> Problem:
    places = ", ".join(f"{line.mark.sheet}!{line.mark.cell}" for line in lines)
    return kinds.CRITERION_TWICE.at(_at(lines[1].mark, file), criterion=code, found=places)


def _not_asked(code: CriterionCode, lines: list[ReadRow], file: str) -> Iterator[Problem]:
    for line in lines:
        if text_of(line.mark.value):
            yield kinds.CRITERION_NOT_ASKED.at(_at(line.mark, file), criterion=code)


def _exempt(code: CriterionCode, lines: list[ReadRow], file: str) -> Iterator[Problem]:
    for line in lines:
        written = text_of(line.mark.value)
        if written and fold(written) != fold(EXEMPT):
            yield kinds.EXEMPT_MARKED.at(_at(line.mark, file), criterion=code, found=written)
