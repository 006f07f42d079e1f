"""From what a grid's rows hold to marks: each read exactly, or refused at its cell.

Nothing is ever corrected. A mark that is refused is missing, and the valid ones count.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CommentRule
from sheetgen.returns.findings import ReadMarks
from sheetgen.returns.rows import RowReader
from sheetgen.returns.values import CodeReader, ValueReader
from sheetgen.rules import KnownScopes
from sheetgen.text import says_something
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from sheetgen.grid.read import ReadGrid
    from sheetgen.model import Assignment, Criterion, CriterionCode, Mark, Referential
    from sheetgen.problems import Problem
    from sheetgen.rules import CandidateScope
    from sheetgen.spreadsheet import RawCell


@dataclass(frozen=True, kw_only=True)
class MarkReader:
    """Reads the marks of any grid made from one référentiel; no slots: look-ups are kept."""

    referential: Referential

    @cached_property
    def scopes(self) -> KnownScopes:
        """Return the scopes of the grids that were read."""
        return KnownScopes()

    def read(
        self,
        grid: ReadGrid,
        scope: CandidateScope,
        assignment: Assignment,
        file: str,
        foreign: Mapping[str, Problem],
    ) -> ReadMarks:
        """Return the marks that one juror's grid holds on the blocs they were to mark.

        Args:
            grid: what came back.
            scope: the criteria of such a grid, as it would be made now.
            assignment: what was asked.
            file: its name.
            foreign: by sheet, why nothing is taken from it.
        """
        reading = RowReader(
            reader=self,
            grid=grid,
            scope=scope,
            juror=assignment.juror,
            foreign=foreign,
            found=ReadMarks(file=file),
        )
        blocks = [code for code in assignment.blocks if scope.marked[code]]
        for block in blocks:
            reading.read_block(block)
        reading.report_rows_not_asked(
            {code for block in blocks for code in reading.codes_of(block)}
        )
        reading.report_whole(blocks)
        return reading.found

    def is_title(self, read: RawCell, criterion: Criterion) -> bool:
        """Return whether a text is, to the letter, a criterion's, with its flags if it has any."""
        whole, flagged = self._titles[criterion.code]
        return isinstance(read, str) and (read == whole or read.startswith(flagged))

    @cached_property
    def _titles(self) -> Mapping[CriterionCode, tuple[str, str]]:
        criteria = self.referential.criteria
        return {item.code: (item.title, f"{item.title}\n(critère ") for item in criteria}

    def find_text(self, read: str) -> CriterionCode | None:
        """Return the criterion of which this is the text, with its flags if it has any."""
        return self._by_text.get(fold(read).partition(" (critere ")[0])

    @cached_property
    def _by_text(self) -> Mapping[str, CriterionCode]:
        return {fold(item.title): item.code for item in self.referential.criteria}

    def values_of(self, code: CriterionCode) -> ValueReader:
        """Return the reader of marks on a criterion's own scale."""
        return self._values[code]

    @cached_property
    def _values(self) -> Mapping[CriterionCode, ValueReader]:
        readers = {scale: ValueReader(scale=scale) for scale in self.referential.scales_in_use}
        return {code: readers[scale] for code, scale in self.referential.scale_of.items()}

    @cached_property
    def codes(self) -> CodeReader:
        """Return the finder of each row's criterion."""
        return CodeReader(referential=self.referential)

    def owes_comment(self, mark: Mark) -> bool:
        """Return whether the rules ask for an observation and what is there says nothing."""
        return (
            self.referential.rules.comment is CommentRule.NOT_ACQUIRED
            and self._falls_short(mark)
            and not says_something(mark.comment)
        )

    def _falls_short(self, mark: Mark) -> bool:
        """Return whether a mark acquires nothing; of each value of a criterion this is found once.

        One that was not observed says nothing of that.
        """
        asked = mark.criterion, mark.value
        if asked not in self._short:
            least = self.referential.scale_of[mark.criterion].acquired_from
            self._short[asked] = mark.points is not None and mark.points < least
        return self._short[asked]

    @cached_property
    def _short(self) -> dict[tuple[CriterionCode, str | Fraction], bool]:
        return {}
