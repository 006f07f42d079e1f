"""The scope of a reading: which sheets and which facts of a workbook are wanted."""

from __future__ import annotations

from collections.abc import Collection  # noqa: TC003 - read at run time, by whoever copies it
from dataclasses import dataclass

from sheetgen.text.fold import nearest

_LONGEST_NAME = 100
"""Characters of a name that are compared; Excel's have 31."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The sheets and the facts that are wanted: all values, formulas and errors, unless it says so.

    It is a matter of .xlsx alone: of the other formats, everything is read within the limits.

    Attributes:
        bare: names of sheets of which the first two columns are enough.
        sheets: the sheets wanted; of those whose name resembles none of theirs, the name alone is
            given. None for all.
        formats: whether the number formats are wanted, too.
        anywhere: whether cells may lie as far away as a sheet has room.
    """

    bare: Collection[str] = ()
    sheets: Collection[str] | None = None
    formats: bool = False
    anywhere: bool = False

    def reads(self, name: str) -> bool:
        """Tell whether a sheet is read at all."""
        return self.sheets is None or nearest(name[:_LONGEST_NAME], self.sheets) is not None


WHOLE = Scope()
"""Everything that a workbook says, as far as the limits on returned files let it."""
