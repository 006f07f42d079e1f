"""The two readings of what is undecided: at worst and at best (DESIGN section 3)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
U = TypeVar("U")


class Reading(Enum):
    """The two ways to decide what is undecided."""

    WORST = "worst"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Readings(Generic[T]):
    """A value at worst and at best; where they agree, that is the outcome."""

    worst: T
    best: T

    @classmethod
    def both(cls, make: Callable[[Reading], T]) -> Readings[T]:
        """Return the results of a function for each reading."""
        return cls(make(Reading.WORST), make(Reading.BEST))

    @property
    def agree(self) -> bool:
        """Return whether both readings say the same."""
        return self.worst == self.best

    def of(self, reading: Reading) -> T:
        """Return the value at this reading."""
        return self.worst if reading is Reading.WORST else self.best

    def map(self, change: Callable[[T], U]) -> Readings[U]:
        """Return both readings changed by the same function."""
        return Readings(change(self.worst), change(self.best))

    def __iter__(self) -> Iterator[T]:
        """Yield the value at worst, then at best."""
        yield self.worst
        yield self.best
