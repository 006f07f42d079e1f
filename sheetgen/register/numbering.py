"""Numbers of attestations and parchemins: reserved before the papers are written, each given once.

`A-2026-00012` is the twelfth attestation numbered in 2026. A number that was reserved and not used,
because the closing was cut short or the jury decided otherwise since, is used again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sheetgen.register.facts import SERIES, PaperKey
from sheetgen.register.register_tables import CERTIFICATION, CLOSING, PAPER
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import RowMapping
    from sqlalchemy.engine import Connection

    from sheetgen.register.facts import ClosingKey


def find_closing(connection: Connection, key: ClosingKey) -> RowMapping | None:
    """Return the row of a closing; None where the register has none."""
    asked = select(CLOSING).where(CLOSING.c.folder == key.folder, CLOSING.c.version == key.version)
    return connection.execute(asked).mappings().first()


def add_closing(connection: Connection, key: ClosingKey) -> RowMapping:
    """Return the row of a closing, made where there is none."""
    found = find_closing(connection, key)
    if found is None:
        values = {
            "certification": add_certification(connection, key.rncp_code, key.certification),
            "session": key.session,
            "session_date": key.session_date,
            "folder": key.folder,
            "version": key.version,
        }
        connection.execute(CLOSING.insert().values(**values))
        found = find_closing(connection, key)
    if found is None:  # pragma: no cover - it was just added
        message = "a closing that was added is not there"
        raise AssertionError(message)
    return found


def add_certification(connection: Connection, rncp_code: str | None, title: str) -> int:
    """Return the row's number of a certification, made where there is none."""
    key = fold(rncp_code or title)
    asked = select(CERTIFICATION.c.id).where(CERTIFICATION.c.key == key)
    found = connection.execute(asked).scalar()
    if found is not None:
        return int(found)
    values = {"key": key, "rncp_code": rncp_code, "title": title}
    made = CERTIFICATION.insert().values(**values).returning(CERTIFICATION.c.id)
    return int(connection.execute(made).scalar_one())


def reserve_numbers(
    connection: Connection, key: ClosingKey, papers: Iterable[PaperKey], year: int
) -> Mapping[PaperKey, str]:
    """Return a number for each paper that has one, reserved for this closing.

    What the same closing had reserved for a paper stays that paper's; then come numbers that it
    reserved for papers it no longer makes, then free ones of the year, then new ones.
    """
    closing = add_closing(connection, key)["id"]
    asked = select(PAPER).where(PAPER.c.closing == closing, PAPER.c.number.is_not(None))
    rows = connection.execute(asked).mappings().all()
    numbers = {paper_key(row): row for row in rows}
    wanted = [paper for paper in papers if paper.kind in SERIES]
    given = {paper: str(numbers[paper]["number"]) for paper in wanted if paper in numbers}
    left = [row["id"] for paper, row in numbers.items() if paper not in given and not row["issued"]]
    if left:
        free_papers(connection, left)
    missing: defaultdict[str, list[PaperKey]] = defaultdict(list)
    for paper in wanted:
        if paper not in given:
            missing[SERIES[paper.kind]].append(paper)
    for series, items in missing.items():
        given.update(_give(connection, closing, series, year, items))
    return given


def reserved_numbers(connection: Connection) -> Mapping[str, list[str]]:
    """Return the numbers that closings reserved and did not use, by session, in their order."""
    asked = (
        select(CLOSING.c.session, PAPER.c.number)
        .join_from(PAPER, CLOSING, CLOSING.c.id == PAPER.c.closing)
        .where(PAPER.c.number.is_not(None), PAPER.c.issued.is_(None))
        .order_by(CLOSING.c.id, PAPER.c.number)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for session, number in connection.execute(asked):
        found[session].append(number)
    return found


def paper_key(row: RowMapping) -> PaperKey:
    """Return which paper a row is of."""
    return PaperKey(kind=row["kind"], candidate=row["candidate"], block=row["block"])


def parse_number(number: str | None) -> dict[str, object]:
    """Return a number and its parts as a row has them; nothing for a paper without one."""
    if number is None:
        return {}
    series, year, rank = number.split("-")
    return {"number": number, "series": series, "year": int(year), "rank": int(rank)}


def free_papers(connection: Connection, rows: Iterable[int]) -> None:
    """Give back numbers that no paper bears."""
    chosen = PAPER.update().where(PAPER.c.id.in_(list(rows)), PAPER.c.issued.is_(None))
    connection.execute(chosen.values(closing=None, candidate="", block=""))


def _give(
    connection: Connection, closing: int, series: str, year: int, papers: list[PaperKey]
) -> Mapping[PaperKey, str]:
    of_series = (PAPER.c.series == series, PAPER.c.year == year)
    free = (
        select(PAPER.c.id, PAPER.c.number)
        .where(*of_series, PAPER.c.closing.is_(None))
        .order_by(PAPER.c.rank)
        .limit(len(papers))
    )
    last = connection.execute(select(func.max(PAPER.c.rank)).where(*of_series)).scalar() or 0
    given: dict[PaperKey, str] = {}
    for paper, row in zip(papers, connection.execute(free).all(), strict=False):
        owned = {"closing": closing, "candidate": paper.candidate, "block": paper.block}
        chosen = PAPER.update().where(PAPER.c.id == row.id)
        connection.execute(chosen.values(kind=paper.kind, **owned))
        given[paper] = str(row.number)
    new = [paper for paper in papers if paper not in given]
    rows = [
        {
            "closing": closing,
            "kind": paper.kind,
            "candidate": paper.candidate,
            "block": paper.block,
            "series": series,
            "year": year,
            "rank": rank,
            "number": f"{series}-{year}-{rank:05d}",
        }
        for rank, paper in enumerate(new, start=last + 1)
    ]
    if rows:
        connection.execute(PAPER.insert(), rows)
    given.update({paper: str(row["number"]) for paper, row in zip(new, rows, strict=True)})
    return given
