"""From what a grid's rows hold to marks: each read exactly, or refused at its cell.

Nothing is ever corrected. A mark that is refused is missing, and the valid ones count.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.model import CommentRule
from sheetgen.returns.findings import ReadMarks
from sheetgen.returns.rows import RowReader
from sheetgen.returns.values import CodeReader, ValueReader
from sheetgen.text import says_something

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.grid.read import ReadGrid
    from sheetgen.model import Assignment, BlockCode, CriterionCode, Mark, Referential
    from sheetgen.problems import Problem


@dataclass(frozen=True, kw_only=True)
class MarkReader:
    """Reads the marks of any grid made from one référentiel; no slots: look-ups are kept."""

    referential: Referential

    def read(
        self,
        grid: ReadGrid,
        assignment: Assignment,
        exempt: frozenset[CriterionCode],
        file: str,
        foreign: Mapping[str, Problem],
    ) -> ReadMarks:
        """Return the marks that one juror's grid holds on the blocs they were to mark.

        Args:
            grid: what came back.
            assignment: what was asked.
            exempt: the candidate's criteria exempted with effect.
            file: its name.
            foreign: by sheet, why nothing is taken from it.
        """
        reading = RowReader(
            reader=self,
            grid=grid,
            juror=assignment.juror,
            foreign=foreign,
            found=ReadMarks(file=file),
        )
        for block in assignment.blocks:
            reading.read_block(block, exempt)
        reading.report_rows_not_asked(
            {code for block in assignment.blocks for code in self.codes_of(block)}
        )
        reading.report_whole(assignment.blocks)
        return reading.found

    def codes_of(self, block: BlockCode) -> list[CriterionCode]:
        """Return the codes of a bloc's criteria."""
        return [item.code for item in self.referential.criteria_of_block[block]]

    @cached_property
    def values(self) -> ValueReader:
        """Return the reader of marks."""
        return ValueReader(scale=self.referential.scale)

    @cached_property
    def codes(self) -> CodeReader:
        """Return the finder of each row's criterion."""
        return CodeReader(referential=self.referential)

    def owes_comment(self, mark: Mark) -> bool:
        """Return whether the rules ask for an observation and what is there says nothing."""
        return (
            self.referential.rules.comment is CommentRule.NOT_ACQUIRED
            and mark.points is not None
            and mark.points < self.referential.scale.acquired_from
            and not says_something(mark.comment)
        )
