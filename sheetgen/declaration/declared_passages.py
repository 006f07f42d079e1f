"""A certification that is declared: whose it is, since when, and by which way it was reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.retention import add_months

if TYPE_CHECKING:
    import datetime as dt

TERM_MONTHS = 3
"""Months in which an award is to be declared (Code du travail, R6113-17-2)."""

LONGEST_NAME = 60
LONGEST_FILE_NAME = 30
LONGEST_FILE_FIRST_NAME = 20
"""The longest names that a flow holds: of a holder, and of one known by their training file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person who holds the certification, names as the receiver compares them.

    Attributes:
        used_name: None where it is the birth name.
        first_names: one to three.
        file: number of the training file, by which they are then known; None without one.
        sex: F or M; None only beside a file, like the birth date.
        insee_code: of the commune of birth; None where the postcode stands for it.
        postcode: None where there is none, abroad.
    """

    birth_name: str
    first_names: tuple[str, ...]
    used_name: str | None = None
    file: str | None = None
    sex: str | None = None
    birth_date: dt.date | None = None
    insee_code: str | None = None
    postcode: str | None = None
    place: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPassage:
    """A certification as it is declared.

    Attributes:
        day: of the jury, from which it is valid.
        mention: one of the receiver's five words; None where the certification gives none.
        route: the receiver's word; None where nobody said it.
    """

    day: dt.date
    holder: Holder
    mention: str | None = None
    route: str | None = None


def term_of(day: dt.date) -> dt.date:
    """Return the last day on which an award of this day can be declared in time."""
    return add_months(day, TERM_MONTHS)
