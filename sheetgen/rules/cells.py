"""The cells of a decision's workings in a sheet, and what to write there.

Each record is used three times: with column letters, once per sheet; with the addresses of one row
or of several (`place`); and with the contents to write (`pairs` matches the two).
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast, overload

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AssessmentOutcome
from sheetgen.rules.excel import Cell, text
from sheetgen.rules.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.rules.excel import Value

T = TypeVar("T")
Addresses: TypeAlias = (
    "CriterionCells[str] | AssessedCells[str] | AssessmentCells[str] | CompetencyCells[str]"
    " | BlockCells[str]"
)
Contents: TypeAlias = (
    "CriterionCells[Cell] | AssessedCells[Cell] | AssessmentCells[Cell] | CompetencyCells[Cell]"
    " | BlockCells[Cell]"
)
Placed = TypeVar("Placed", bound="Addresses")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCells(Generic[T]):
    """One criterion of one candidate; the rows of a competency follow one another.

    Attributes:
        points: the merged points; empty unless marked.
        state: a word of `CriterionState`.
        divergence: `DIVERGENT` or empty. Nothing refers to it: a sheet may leave it out.
        top: the largest weight behind one mark, for the majority merge of several jurors; empty
            for all others, where a sheet may leave it out.
        counted: the criterion's weight, 0 when it is left out of its competency.
        value: the points it counts for.
        acquired: 1 or 0.
        eliminates: 1 or 0.
        mandatory: 1 or 0, constant.
        share: the points it counts for as a share of its own scale; empty where every criterion of
            its competency is on the default scale. A sheet may leave it out where all are.
        unsure: 1 where no score may rest on it although its points are known, else 0.
        waits: 1 while its épreuve waits for the marks of another to open, else 0. A sheet may leave
            out this one and the one before where neither conditions nor absences are sat again.
    """

    points: T
    state: T
    divergence: T
    top: T
    counted: T
    value: Readings[T]
    acquired: Readings[T]
    eliminates: Readings[T]
    mandatory: T
    share: Readings[T]
    unsure: T
    waits: T


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedCells(Generic[T]):
    """One criterion as it counts in its épreuve, be that open or not; beside its `CriterionCells`.

    Only where rules look at épreuves. Empty where marks do not decide what it counts for.

    Attributes:
        assessment: the épreuve's code, constant.
        points: the merged points; empty unless marked.
        state: a word of `CriterionState`.
        counted: its weight, 0 when it is left out.
        share: what it counts for, as a share of its own scale.
    """

    assessment: T
    points: T
    state: T
    counted: T
    share: Readings[T]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCells(Generic[T]):
    """One épreuve of one candidate, only where rules look at épreuves.

    Attributes:
        outcome: a word of `AssessmentOutcome`.
        score: what is reported, in [0, 1] or empty.
        waits: 1 while what opens it waits for marks, else 0.
        opened: 1 or 0.
        passed: 1 or 0.
        attained: the score that each reading gives, in [0, 1].
    """

    outcome: T
    score: T
    waits: T
    opened: Readings[T]
    passed: Readings[T]
    attained: Readings[T]

    @property
    def is_closed(self) -> str:
        """Return the condition that it opens in neither reading, as a formula."""
        return f"{self.outcome}={text(AssessmentOutcome.NOT_OPEN.value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyCells(Generic[T]):
    """One competency of one candidate; the rows of a bloc follow one another.

    Attributes:
        outcome: a word of `CompetencyOutcome`.
        score: what is reported, in [0, 1] or empty.
        acquired: 1 or 0; 1 where nothing is asked of it.
        attained: the score that each reading gives, in [0, 1]; empty where it has none by nature.
        weight: constant; 0 where nothing is asked of it.
        mandatory: 1 or 0, constant.
        scored: its weight in a mean, constant; 0 where it has no score by nature. A sheet may leave
            it out where all have one.
    """

    outcome: T
    score: T
    acquired: Readings[T]
    attained: Readings[T]
    weight: T
    mandatory: T
    scored: T


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCells(Generic[T]):
    """One bloc of one candidate; the blocs of a candidate follow one another.

    Attributes:
        outcome: a word of `BlockOutcome`.
        score: what is reported, in [0, 1] or empty.
        validated: 1 or 0; empty for a bloc held or not presented.
    """

    outcome: T
    score: T
    validated: Readings[T]


def place(
    columns: Placed, first: int | str, last: int | str | None = None, sheet: str = ""
) -> Placed:
    """Return the record's columns on a row, or on the rows from first to last, as A1 references.

    Args:
        columns: column letters; an empty one, for a column left out, stays empty.
        first: row number, from 1, or a mark that stands for it.
        last: likewise; None for a single cell.
        sheet: name of the sheet as a formula writes it, quoted where it must be; empty within it.
    """
    prefix = f"{sheet}!" if sheet else ""

    def address(column: str) -> str:
        if not column:
            return ""
        if last is None:
            return f"{prefix}{column}{first}"
        return f"{prefix}${column}${first}:${column}${last}"

    def placed(value: str | Readings[str]) -> str | Readings[str]:
        if isinstance(value, Readings):
            return Readings(address(value.worst), address(value.best))
        return address(value)

    changes = {field.name: placed(getattr(columns, field.name)) for field in fields(columns)}
    return replace(columns, **cast("dict[str, Any]", changes))


@overload
def joined(
    formulas: CriterionCells[str], values: CriterionCells[Value]
) -> CriterionCells[Cell]: ...
@overload
def joined(formulas: AssessedCells[str], values: AssessedCells[Value]) -> AssessedCells[Cell]: ...
@overload
def joined(
    formulas: AssessmentCells[str], values: AssessmentCells[Value]
) -> AssessmentCells[Cell]: ...
@overload
def joined(
    formulas: CompetencyCells[str], values: CompetencyCells[Value]
) -> CompetencyCells[Cell]: ...
@overload
def joined(formulas: BlockCells[str], values: BlockCells[Value]) -> BlockCells[Cell]: ...
def joined(formulas: Any, values: Any) -> Any:
    """Return the cells of a row from their formulas, empty for constants, and their values."""

    def cell(formula: str | Readings[str], value: Value | Readings[Value]) -> Cell | Readings[Cell]:
        if isinstance(formula, Readings):
            return Readings(*map(Cell, formula, cast("Readings[Value]", value)))
        return Cell(formula, cast("Value", value))

    contents = {
        field.name: cell(getattr(formulas, field.name), getattr(values, field.name))
        for field in fields(formulas)
    }
    return type(formulas)(**contents)


def without_formulas(cells: Placed) -> Placed:
    """Return the record of a row of constants, from any record of its kind."""
    empty = {
        field.name: Readings("", "") if isinstance(getattr(cells, field.name), Readings) else ""
        for field in fields(cells)
    }
    return replace(cells, **cast("dict[str, Any]", empty))


def pairs(addresses: Addresses, contents: Contents) -> Iterator[tuple[str, Cell]]:
    """Yield each address with what to write there; columns left out are left out."""
    for field in fields(addresses):
        address, content = getattr(addresses, field.name), getattr(contents, field.name)
        if isinstance(address, Readings):
            yield from (pair for pair in zip(address, content, strict=True) if pair[0])
        elif address:
            yield address, content
