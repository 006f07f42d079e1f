"""Errors of a database, said in French; in its own words only where there are none better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.problems import recorded as kinds

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

    from sheetgen.problems import Kind, Location, Problem

_LONGEST = 200
_SAID: tuple[tuple[tuple[str, ...], Kind, str], ...] = (
    (("locked", "lock timeout", "55P03"), kinds.REGISTER_BUSY, ""),
    (("28P01", "28000"), kinds.REGISTER_REFUSED, ""),
    (("3D000",), kinds.REGISTER_UNREACHABLE, "cette base n'existe pas"),
    (("not a database", "malformed"), kinds.REGISTER_DAMAGED, ""),
    (("unable to open",), kinds.REGISTER_UNREACHABLE, "le dossier n'existe pas, ou le refuse"),
    (("readonly", "read-only"), kinds.REGISTER_UNREACHABLE, "il est en lecture seule"),
    (("disk is full",), kinds.REGISTER_UNREACHABLE, "le disque est plein"),
)
"""Words or codes of SQLite and PostgreSQL, and what they mean here."""


class RegisterError(Exception):
    """Raised when the register cannot be used; `problem` says why, in French."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def explained(error: DBAPIError, place: Location) -> Problem:
    """Return the problem that a database's error is."""
    said = str(error.orig)
    for words, kind, reason in _SAID:
        if any(word in said for word in words):
            return kind.at(place, reason=reason)
    fault = _system_fault(error)
    if fault is not None:
        return kinds.REGISTER_UNREACHABLE.at(place, reason=explain(fault))
    return kinds.REGISTER_FAILED.at(place, reason=said[:_LONGEST])


def _system_fault(error: BaseException) -> OSError | None:
    """Return the fault of the system or the network that an error comes from; None for none."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None
