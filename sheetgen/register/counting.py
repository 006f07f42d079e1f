"""Counts of what closings in force decided, for statistics: numbers alone leave the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, case, func, or_, select

from sheetgen.lazy_dataclass import dataclass
from sheetgen.register.acquired import in_force
from sheetgen.register.register_tables import ATTEMPT, CERTIFICATION, CLOSING, RESULT
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import RowMapping
    from sqlalchemy.engine import Connection

_SAT = ("validated", "not_validated", "passed", "failed")
"""Outcomes of a bloc or an épreuve that somebody presented and was judged on."""
_COUNTED = ("block", "assessment")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSession:
    """A session as its closing in force says it; None for what it does not say.

    Attributes:
        certification: the title; `key` tells this certification from others.
        session_date: ISO date.
        closed: when the jury closed, as text; `recorded` when the register was told.
    """

    key: str
    certification: str
    rncp_code: str | None
    session: str
    session_date: str | None
    centre: str | None
    closed: str | None
    recorded: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """A number of candidates of a session who are alike in all that is counted.

    Attributes:
        kind: `certification` (a line counts candidates), `block` or `assessment` (those concerned).
        code: the bloc's or the épreuve's; empty for the certification.
        again: whether they had presented the same before, in any session on record.
    """

    session: CountedSession
    kind: str
    outcome: str
    count: int
    again: bool = False
    code: str = ""
    title: str = ""
    route: str | None = None
    access_route: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedScope:
    """The part of the register to count: a certification's code or title, days of sessions."""

    certification: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, key: str, title: str, day: str) -> bool:
        """Return whether a session is in it; one without a date is in no period.

        Args:
            key: what tells the certification from others.
            title: of the certification.
            day: ISO date of the session; empty without one.
        """
        if (self.start or self.end) and not day:
            return False
        if self.start is not None and day < self.start.isoformat():
            return False
        if self.end is not None and day > self.end.isoformat():
            return False
        asked = fold(self.certification or "")
        return not asked or asked in (key, fold(title))


def count_decided(connection: Connection, scope: CountedScope) -> list[CountedLine]:
    """Return what the closings in force decided, by session; re-sits look beyond the scope."""
    sessions = {
        number: item
        for number, item in _sessions(connection).items()
        if scope.holds(item.key, item.certification, item.session_date or "")
    }
    found = [*_rows(connection, _attempts()), *_rows(connection, _results())]
    return [_line(row, sessions[row["closing"]]) for row in found if row["closing"] in sessions]


def _rows(connection: Connection, query: Select[Any]) -> list[RowMapping]:
    return list(connection.execute(query).mappings())


def _sessions(connection: Connection) -> Mapping[int, CountedSession]:
    query = (
        select(
            CLOSING,
            CERTIFICATION.c.key.label("certification_key"),
            CERTIFICATION.c.title.label("certification_title"),
            CERTIFICATION.c.rncp_code,
        )
        .join_from(CLOSING, CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(in_force())
        .order_by(CLOSING.c.session_date, CLOSING.c.session, CLOSING.c.id)
    )
    return {
        row["id"]: CountedSession(
            key=row["certification_key"],
            certification=row["certification_title"],
            rncp_code=row["rncp_code"],
            session=row["session"],
            session_date=row["session_date"] or None,
            centre=row["centre"],
            closed=row["closed"],
            recorded=row["recorded"],
            version=row["version"],
        )
        for row in _rows(connection, query)
    }


def _attempts() -> Select[Any]:
    """Return how many candidates are alike, who came before being told apart."""
    rank = func.row_number().over(
        partition_by=(ATTEMPT.c.person, CLOSING.c.certification, ATTEMPT.c.status == "present"),
        order_by=(CLOSING.c.session_date, CLOSING.c.id),
    )
    each = (
        select(
            ATTEMPT.c.closing,
            ATTEMPT.c.route,
            ATTEMPT.c.access_route,
            ATTEMPT.c.status,
            ATTEMPT.c.outcome,
            case((rank > 1, 1), else_=0).label("again"),
        )
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .where(in_force())
        .subquery()
    )
    alike = [each.c[name] for name in ("closing", *_ALIKE)]
    return select(*alike, func.count().label("count")).group_by(*alike)


_ALIKE = ("route", "access_route", "status", "outcome", "again")


def _results() -> Select[Any]:
    """Return how many results are alike, those of who had presented the same being told apart."""
    sat = case((RESULT.c.outcome.in_(_SAT), 1), else_=0)
    rank = func.row_number().over(
        partition_by=(ATTEMPT.c.person, CLOSING.c.certification, RESULT.c.kind, RESULT.c.code, sat),
        order_by=(CLOSING.c.session_date, CLOSING.c.id),
    )
    each = (
        select(
            ATTEMPT.c.closing,
            ATTEMPT.c.route,
            ATTEMPT.c.access_route,
            ATTEMPT.c.status,
            RESULT.c.outcome,
            case((rank > 1, sat), else_=0).label("again"),
            RESULT.c.kind,
            RESULT.c.code,
            RESULT.c.title,
        )
        .join_from(RESULT, ATTEMPT, ATTEMPT.c.id == RESULT.c.attempt)
        .join(CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .where(in_force(), RESULT.c.kind.in_(_COUNTED))
        .where(or_(RESULT.c.kind != "block", RESULT.c.outcome != "not_presented"))
        .subquery()
    )
    alike = [each.c[name] for name in ("closing", *_ALIKE, "kind", "code")]
    told = (func.max(each.c.title).label("title"), func.count().label("count"))
    return select(*alike, *told).group_by(*alike)


def _line(row: RowMapping, session: CountedSession) -> CountedLine:
    return CountedLine(
        session=session,
        kind=row.get("kind") or "certification",
        outcome=row["outcome"],
        count=row["count"],
        again=bool(row["again"]),
        code=row.get("code") or "",
        title=row.get("title") or "",
        route=row["route"],
        access_route=row["access_route"],
        status=row["status"],
    )
