"""One grid's rows, criterion by criterion: what each says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import LONGEST_TEXT
from sheetgen.grid.read import text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import EXEMPT, CriterionState, Mark
from sheetgen.problems import Location, Problem, Severity
from sheetgen.problems import grid_marks as mark_kinds
from sheetgen.problems import grids as kinds
from sheetgen.returns.findings import (
    PLACES,
    AlikeProblems,
    Finding,
    FindingState,
    ReadMarks,
    gathered,
)
from sheetgen.returns.values import cut_to_fit, is_perhaps_cut, is_too_long, shown
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.grid.read import ReadCell, ReadGrid, ReadRow
    from sheetgen.model import BlockCode, Criterion, CriterionCode, JurorCode
    from sheetgen.problems import Kind
    from sheetgen.returns.marks import MarkReader
    from sheetgen.returns.values import ReadValue
    from sheetgen.rules import CandidateScope


@dataclass(frozen=True, slots=True)
class _Lock:
    """A reason why no mark counts on a criterion: the word of its cell, what is said of a mark."""

    word: str
    state: FindingState
    kind: Kind


_EXEMPTED = _Lock(fold(EXEMPT), FindingState.EXEMPT, mark_kinds.EXEMPT_MARKED)
_NOT_SAT = _Lock(fold(CriterionState.ABSENT.value), FindingState.NOT_SAT, mark_kinds.ABSENT_MARKED)


@dataclass(frozen=True, kw_only=True)
class RowReader:
    """One grid being read; no slots: its rows are sorted out once."""

    reader: MarkReader
    grid: ReadGrid
    scope: CandidateScope
    juror: JurorCode
    foreign: Mapping[str, Problem]
    found: ReadMarks
    alike: AlikeProblems = field(default_factory=AlikeProblems)

    @cached_property
    def _rows(self) -> Mapping[CriterionCode | None, list[ReadRow]]:
        """Return rows by criterion; under None those of no criterion."""
        rows: dict[CriterionCode | None, list[ReadRow]] = {}
        for row in self.grid.rows:
            if row.table.sheet not in self.foreign:
                rows.setdefault(self.reader.codes.find_row(row), []).append(row)
        return rows

    @cached_property
    def _unusable(self) -> Mapping[CriterionCode, Problem]:
        """Return criteria that stand in a sheet from which nothing can be taken, and why."""
        found: dict[CriterionCode, Problem] = {}
        for row in self.grid.rows:
            code = self.reader.codes.find_row(row)
            if code is not None and row.table.sheet in self.foreign:
                found[code] = self.foreign[row.table.sheet]
        for item in self.grid.broken:
            kind = kinds.COLUMN_TWICE if item.twice else kinds.COLUMN_MISSING
            location = Location(file=self.found.file, sheet=item.sheet, cell=item.cell)
            problem = kind.at(location, found=item.column.value)
            for code in self.reader.codes.among(item.texts):
                found.setdefault(code, problem)
        return found

    def codes_of(self, block: BlockCode) -> list[CriterionCode]:
        """Return the codes of the criteria of a bloc that such a grid holds."""
        return [item.code for item in self.scope.marked[block]]

    def read_block(self, block: BlockCode) -> None:
        """Read every criterion of a bloc."""
        for criterion in self.scope.marked[block]:
            rows = self._rows.get(criterion.code, [])
            if self.scope.state(criterion) is CriterionState.EXEMPT:
                finding = self._read_locked(criterion, rows, _EXEMPTED)
            elif self.scope.is_absent(criterion):
                finding = self._read_locked(criterion, rows, _NOT_SAT)
            elif len(rows) > 1:
                finding = self._read_twice(criterion, rows)
            elif rows:
                usual = self.read_usual(criterion, rows[0])
                finding = self._read_row(criterion, rows[0]) if usual is None else usual
            elif criterion.code in self._unusable:
                problem = self._unusable[criterion.code]
                if problem not in self.found.problems:
                    self._say(problem)
                finding = _refused(criterion, problem.location, problem)
            else:
                location = Location(file=self.found.file)
                finding = _finding(criterion, FindingState.ABSENT, location)
            self.found.findings[criterion.code] = finding
        self._report_absent(block)

    def _read_locked(self, criterion: Criterion, rows: list[ReadRow], lock: _Lock) -> Finding:
        location = Location(file=self.found.file)
        for row in rows:
            location = self._at(row.mark)
            written = _written(row.mark)
            # The word is a formula; some formats keep no value beside it.
            if not row.mark.blank and fold(written) not in {"", lock.word}:
                values = {"criterion": criterion.code, "found": written}
                self.alike.add(lock.kind, location, values.copy)
        return _finding(criterion, lock.state, location)

    def _read_twice(self, criterion: Criterion, rows: list[ReadRow]) -> Finding:
        named = rows[:PLACES]
        written = [_written(row.mark) for row in named]
        more = f" et {len(rows) - PLACES} autres lignes" if len(rows) > PLACES else ""
        found = ", ".join(
            f"{row.mark.sheet} {row.mark.cell} « {text} »"
            for row, text in zip(named, written, strict=True)
        )
        problem = kinds.CRITERION_TWICE.at(
            self._at(rows[1].mark), criterion=criterion.code, found=f"{found}{more}"
        )
        self._say(problem)
        # A row filled down repeats its comment: each is kept once, and no more than a cell holds.
        comments = dict.fromkeys(text_of(row.comment.value) for row in named)
        return _refused(
            criterion,
            problem.location,
            problem,
            written=" / ".join(written),
            comment=cut_to_fit("\n".join(filter(None, comments))),
        )

    def read_usual(self, criterion: Criterion, row: ReadRow) -> Finding | None:
        """Return the finding of a row that is, to the letter, as it was made and is filled in.

        Nothing is to be said of such a row, which nearly all are. None for any other: only
        `_read_row` tells what it is, and gives the same for these.
        """
        _, title, mark, comment = row.line
        if not (row.plain and isinstance(mark, str) and isinstance(comment, str)):
            return None
        read = self.reader.values_of(criterion.code).offered.get(mark)
        if read is None or not (title is None or self.reader.is_title(title, criterion)):
            return None
        if comment and (len(comment) > _SHORT or is_perhaps_cut(self.grid, comment)):
            return None
        place = Location(file=self.found.file, sheet=row.table.sheet, cell=row.mark_address)
        return self._valid(criterion, place, read, mark, text_of(comment))

    def _read_row(self, criterion: Criterion, row: ReadRow) -> Finding:
        """Return the finding of any row; what is wrong with it is told."""
        if row.title is None or _same_text(row.title, criterion.title):
            return self._read_filled(criterion, row)
        other = self._other_shown(row.title)
        if other is not None and not row.mark.blank:
            return self._read_contradictory(criterion, row, other)
        self._say(kinds.TEXT_CHANGED.at(self._at(row.code), criterion=criterion.code))
        return replace(self._read_filled(criterion, row), changed=True)

    def _other_shown(self, title: str) -> CriterionCode | None:
        """Return the criterion whose text a row shows, where only a hand can have put it there.

        Made from another référentiel, a grid shows the texts of then.
        """
        made_from = (self.grid.stamp or self.grid.properties).get("fingerprint")
        if made_from != self.reader.referential.fingerprint:
            return None
        return self.reader.find_text(title)

    def _read_contradictory(
        self, criterion: Criterion, row: ReadRow, other: CriterionCode
    ) -> Finding:
        """Return the finding of a mark between a code and the text of another criterion."""
        location = self._at(row.mark)
        problem = kinds.TEXT_OF_ANOTHER.at(location, criterion=criterion.code, other=other)
        self._say(problem)
        comment = cut_to_fit(self._read_comment(criterion, row))
        return _refused(criterion, location, problem, written=_written(row.mark), comment=comment)

    def _read_filled(self, criterion: Criterion, row: ReadRow) -> Finding:
        written_comment = self._read_comment(criterion, row)
        location = self._at(row.mark)
        usual = self.reader.values_of(criterion.code).usual(row.mark)
        if usual is not None:
            return self._valid(criterion, location, usual, str(row.mark.value), written_comment)
        comment = cut_to_fit(written_comment)
        if row.mark.blank and row.mark.merged is None:
            if comment:
                self._say(mark_kinds.COMMENT_WITHOUT_MARK.at(location, criterion=criterion.code))
            return _finding(criterion, FindingState.BLANK, location, comment=comment)
        written = _written(row.mark)
        problem = self._refusal(row.mark, location, criterion)
        if problem is not None:
            self._say(problem)
            return _refused(criterion, location, problem, written=written, comment=comment)
        values = self.reader.values_of(criterion.code)
        read = values.read(row.mark.value, location, row.mark.shown)
        if isinstance(read, Problem):
            if fold(written) == _NOT_SAT.word:
                read = mark_kinds.ABSENCE_NOT_TOLD.at(location, criterion=criterion.code)
            self._say(read)
            return _refused(criterion, location, read, written=written, comment=comment)
        if row.mark.merged is not None:
            found = {"found": row.mark.merged, "value": written}
            self._say(mark_kinds.MARK_MERGED_ASIDE.at(location, **found))
        if row.mark.formula is not None:
            formula = shown(row.mark.formula.lstrip("="))
            self._say(mark_kinds.MARK_IS_FORMULA.at(location, found=f"={formula}", value=written))
        return self._valid(criterion, location, read, written, written_comment)

    def _valid(
        self, criterion: Criterion, location: Location, read: ReadValue, written: str, comment: str
    ) -> Finding:
        """Return the finding of a mark that counts; its comment may be too long to be kept."""
        kept = cut_to_fit(comment)
        mark = Mark(
            juror=self.juror,
            criterion=criterion.code,
            value=read.value,
            points=read.points,
            comment="" if is_too_long(comment) else kept,
            sheet=location.sheet,
            cell=location.cell,
        )
        return Finding(
            criterion=criterion.code,
            state=FindingState.VALID,
            location=location,
            mark=mark,
            written=written,
            comment=kept,
        )

    def _refusal(self, cell: ReadCell, location: Location, criterion: Criterion) -> Problem | None:
        """Return why a cell cannot hold a mark at all, whatever the scale."""
        if cell.error is not None:
            return mark_kinds.MARK_IN_ERROR.at(location, found=cell.error)
        text = text_of(cell.value)
        if cell.merged is not None and not (_in_one_row(cell.merged) and fold(text)):
            return mark_kinds.MARK_MERGED.at(location, found=cell.merged)
        if cell.formula is not None and not fold(text):
            return mark_kinds.FORMULA_WITHOUT_VALUE.at(location)
        if fold(text) == _EXEMPTED.word:
            return mark_kinds.EXEMPT_NOT_GRANTED.at(location, criterion=criterion.code)
        return None

    def _read_comment(self, criterion: Criterion, row: ReadRow) -> str:
        if row.comment.error is not None:
            self._say(
                mark_kinds.COMMENT_IN_ERROR.at(
                    self._at(row.comment), criterion=criterion.code, found=row.comment.error
                )
            )
        elif row.comment.merged is not None:
            self._say(
                mark_kinds.COMMENT_MERGED.at(
                    self._at(row.comment), criterion=criterion.code, found=row.comment.merged
                )
            )
        elif is_perhaps_cut(self.grid, row.comment.value):
            location = self._at(row.comment)
            self._say(mark_kinds.COMMENT_PERHAPS_CUT.at(location, criterion=criterion.code))
        text = text_of(row.comment.value)
        if is_too_long(text):
            self._say(
                mark_kinds.COMMENT_TOO_LONG.at(
                    self._at(row.comment),
                    criterion=criterion.code,
                    limit=LONGEST_TEXT,
                )
            )
        return text

    def _report_absent(self, block: BlockCode) -> None:
        """Report rows that are gone, or in one message the whole bloc's."""
        codes = self.codes_of(block)
        found = self.found.findings
        absent = [found[code] for code in codes if found[code].state is FindingState.ABSENT]
        if not absent:
            return
        sheets = {row.table.sheet for code in codes for row in self._rows.get(code, [])}
        location = Location(file=self.found.file, sheet=sheets.pop() if len(sheets) == 1 else "")
        if not any(self._rows.get(code) for code in codes):
            self._say(kinds.BLOCK_MISSING.at(location, block=block, count=len(absent)))
            return
        for item in absent:
            self._say(kinds.CRITERION_ROW_MISSING.at(location, criterion=item.criterion))

    def report_rows_not_asked(self, asked: set[CriterionCode]) -> None:
        """Report marks on rows of no criterion that this juror was to mark."""
        for code, rows in self._rows.items():
            for row in rows:
                if code in asked or row.mark.blank:
                    continue
                if code is None:
                    self._report_stray(row)
                else:
                    values = {"criterion": code}
                    self.alike.add(kinds.CRITERION_NOT_ASKED, self._at(row.mark), values.copy)

    def _report_stray(self, row: ReadRow) -> None:
        if row.code.blank:
            self.alike.add(
                kinds.MARK_WITHOUT_CODE, self._at(row.mark), lambda: {"found": _written(row.mark)}
            )
        else:
            self.alike.add(kinds.CODE_UNKNOWN, self._at(row.code), lambda: self._unknown_code(row))

    def _unknown_code(self, row: ReadRow) -> Mapping[str, str]:
        near = self.reader.codes.suggest(row.code)
        return {
            "found": _written(row.code),
            "near": f" Vouliez-vous dire « {near} » ?" if near else "",
            "mark": _written(row.mark),
        }

    def report_whole(self, blocks: Iterable[BlockCode]) -> None:
        """Add the problems of what the grid as a whole still lacks."""
        location = Location(file=self.found.file)
        for block in blocks:
            blank = [self.found.findings[code] for code in self.codes_of(block)]
            self.found.problems.extend(tell_blanks(blank, self.found.file))
        marks = self.found.marks
        owed = [code for code, mark in marks.items() if self.reader.owes_comment(mark)]
        empty = [code for code in owed if marks[code].comment]
        # One that is too long is no mark's, is there all the same, and has its own problem.
        missing = [code for code in owed if not self.found.findings[code].comment]
        if missing:
            self._say(mark_kinds.COMMENT_MISSING.at(location, found=", ".join(missing)))
        if empty:
            told = ", ".join(f"{code} (« {marks[code].comment[:20]} »)" for code in empty)
            self._say(mark_kinds.COMMENT_SAYS_NOTHING.at(location, found=told))
        self._gather()

    def _gather(self) -> None:
        """Say once what is said of many cells; what refuses a mark that was asked stays apart."""
        single = [item for item in self.found.problems if item.severity is Severity.ERROR]
        others = [item for item in self.found.problems if item.severity is not Severity.ERROR]
        self.found.problems[:] = [*single, *gathered(others), *self.alike.problems()]

    def _say(self, problem: Problem) -> None:
        self.found.problems.append(problem)

    def _at(self, cell: ReadCell) -> Location:
        return Location(file=self.found.file, sheet=cell.sheet, cell=cell.cell)


def tell_blanks(findings: Iterable[Finding], file: str) -> Iterator[Problem]:
    """Yield one problem that names the blanks among the findings on a bloc, if there are any."""
    blank = [item for item in findings if item.state is FindingState.BLANK]
    if blank:
        sheets = {item.location.sheet for item in blank}
        location = Location(file=file, sheet=sheets.pop() if len(sheets) == 1 else "")
        found = ", ".join(item.criterion for item in blank)
        yield mark_kinds.MARKS_BLANK.at(location, count=len(blank), found=found)


def _finding(
    criterion: Criterion, state: FindingState, location: Location, comment: str = ""
) -> Finding:
    return Finding(criterion=criterion.code, state=state, location=location, comment=comment)


def _refused(
    criterion: Criterion,
    location: Location,
    problem: Problem,
    written: str = "",
    comment: str = "",
) -> Finding:
    return Finding(
        criterion=criterion.code,
        state=FindingState.REFUSED,
        location=location,
        written=written,
        comment=comment,
        refusal=problem,
    )


def _written(cell: ReadCell) -> str:
    """Return what stands in a cell, as messages quote it."""
    return cell.error or cell.shown or shown(cell.value)


def _in_one_row(merged: str) -> bool:
    """Return whether a merged range, as `C6:D6`, stays in its row."""
    first, _, last = merged.partition(":")
    return first.lstrip(ascii_uppercase) == last.lstrip(ascii_uppercase)


_SHORT = 10_000
"""A comment of no more characters is far from what a cell of Excel holds."""

_SHORTEST_PART = 400
"""A text that needs several rows has at least this many characters in its first."""


def _same_text(read: str, title: str) -> bool:
    """Return whether a row shows this criterion.

    Its text, with its flags, or the first part of it.
    """
    if read == title or read.startswith(f"{title}\n(critère "):
        return True
    one, other = fold(read), fold(title)
    return (
        one == other
        or one.startswith(f"{other} (critere ")
        or (len(one) >= _SHORTEST_PART and other.startswith(one))
    )
