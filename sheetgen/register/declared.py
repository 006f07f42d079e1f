"""People who hold a certification, and how far its declaration to the Caisse des Dépôts is.

Everything is read a page of people at a time: fifty thousand take no more memory than two.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select, union

from sheetgen.lazy_dataclass import dataclass
from sheetgen.register.acquired import decided_on, in_force
from sheetgen.register.known_people import number_of
from sheetgen.register.register_tables import (
    ATTEMPT,
    CERTIFICATION,
    CLOSING,
    CPF_ENTRY,
    CPF_FLOW,
    CPF_PASSAGE,
    HOLDING,
    PERSON,
    RESULT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import CompoundSelect, Row, Select
    from sqlalchemy.engine import Connection

SENT, ACCEPTED, REFUSED = "sent", "accepted", "refused"
"""The states of a passage in a flow, as the register keeps them."""

WITHDRAWING, WITHDRAWN = "withdrawing", "withdrawn"
"""The states of an accepted one that a suppression takes back, without and with its answer."""

SUPPRESSION = "SUPPRESSION"

_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPerson:
    """A person who holds a certification, or of whom it was declared.

    Attributes:
        person: their row's number.
        row: what the register says of them.
        held: whether they hold it now.
        day: of the jury's decision; None where it is not known, or no longer held.
        access_route: as the school says it for the declaration, else as the closing did.
        mention: likewise.
        recorded: whether a closing gave it, and not a title taken in by hand.
        technical: the identifier of the passage; None before its first export.
        state: of the last declaration; None where there is none in force.
        flow: the identifier of the last flow that holds the passage.
        message: why it was refused.
        refused_content: the passage to the letter where it was refused; None where it was not, or
            was forgotten since.
    """

    person: int
    row: Mapping[str, Any]
    held: bool
    day: dt.date | None = None
    access_route: str | None = None
    mention: str | None = None
    recorded: bool = True
    technical: str | None = None
    state: str | None = None
    flow: str | None = None
    message: str | None = None
    refused_content: str | None = None

    @property
    def number(self) -> str:
        """Return their number in the register, `REG-12`."""
        return number_of(self.person)

    @property
    def name(self) -> str:
        """Return the first name, then the last name."""
        return f"{self.row['first_name']} {self.row['last_name']}"

    @property
    def is_open(self) -> bool:
        """Return whether they are still to be declared: never, refused, or withdrawn since."""
        return self.held and self.state in (None, REFUSED, WITHDRAWN)

    @property
    def is_taken_back(self) -> bool:
        """Return whether what was accepted is not held any more."""
        return not self.held and self.state == ACCEPTED


@dataclass(slots=True)
class _Known:
    """A person as pages of rows say, put together row by row."""

    held: bool = False
    day: dt.date | None = None
    access_route: str | None = None
    mention: str | None = None
    recorded: bool = True
    technical: str | None = None
    state: str | None = None
    flow: str | None = None
    message: str | None = None
    refused_content: str | None = None

    def take_award(
        self, day: dt.date | None, access_route: str | None = None, mention: str | None = None
    ) -> None:
        """Note the award of a closing; the earliest of several is the one that is declared."""
        self._take(day, access_route, mention, recorded=True)

    def take_title(self, day: dt.date | None) -> None:
        """Note a title that was taken in by hand, of several awards the earliest."""
        self._take(day, None, None, recorded=False)

    def _take(
        self, day: dt.date | None, access_route: str | None, mention: str | None, *, recorded: bool
    ) -> None:
        if self.held and (day is None or (self.day is not None and self.day <= day)):
            return
        self.held, self.day = True, day
        self.access_route, self.mention, self.recorded = access_route, mention, recorded

    def take_entry(self, entry: Row[Any]) -> None:
        """Note what became of the passage in a flow, the flows in their order."""
        state, message = entry.state, entry.message
        self.flow = entry.flow
        if entry.action != SUPPRESSION:
            self.state, self.message, self.refused_content = state, message, entry.refused_content
        elif state == REFUSED:
            self.state, self.message = ACCEPTED, message
        else:
            self.state = WITHDRAWN if state == ACCEPTED else WITHDRAWING
            self.message = None


def find_certification(connection: Connection, key: str) -> int | None:
    """Return the number of a certification's row by its key; None where nobody sat for it yet."""
    asked = select(CERTIFICATION.c.id).where(CERTIFICATION.c.key == key)
    return connection.execute(asked).scalars().first()


def declared_people(
    connection: Connection, certification: int, people: Sequence[int] | None = None
) -> Iterator[DeclaredPerson]:
    """Yield everybody concerned by the declaration of a certification, by their row's number.

    Args:
        connection: that of the register.
        certification: the number of its row.
        people: those asked for; None for all.
    """
    last = 0
    while True:
        concerned = _concerned(certification).subquery()
        query = select(concerned.c.person).where(concerned.c.person > last)
        if people is not None:
            query = query.where(concerned.c.person.in_(people))
        page = list(connection.execute(query.order_by(concerned.c.person).limit(_PAGE)).scalars())
        if not page:
            return
        yield from _page(connection, certification, page)
        last = page[-1]


def _concerned(certification: int) -> CompoundSelect[Any]:
    awarded = _awarded(certification).with_only_columns(ATTEMPT.c.person)
    taken_in = select(HOLDING.c.person).where(
        HOLDING.c.certification == certification, HOLDING.c.block == ""
    )
    passages = select(CPF_PASSAGE.c.person).where(CPF_PASSAGE.c.certification == certification)
    return union(awarded, taken_in, passages)


def _awarded(certification: int) -> Select[Any]:
    return (
        select(
            ATTEMPT.c.person,
            decided_on().label("day"),
            ATTEMPT.c.access_route,
            ATTEMPT.c.mention,
        )
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .where(CLOSING.c.certification == certification, ATTEMPT.c.outcome == "awarded", in_force())
    )


def _page(
    connection: Connection, certification: int, page: Sequence[int]
) -> Iterator[DeclaredPerson]:
    """Yield what the register says of a page of people."""
    first, last = page[0], page[-1]
    known = {person: _Known() for person in page}
    for row in connection.execute(
        _awarded(certification).where(ATTEMPT.c.person.between(first, last))
    ):
        if row.person in known:
            day = dt.date.fromisoformat(row.day) if row.day else None
            known[row.person].take_award(day, row.access_route, row.mention)
    taken_in = select(HOLDING.c.person, HOLDING.c.date).where(
        HOLDING.c.certification == certification,
        HOLDING.c.block == "",
        HOLDING.c.person.between(first, last),
    )
    for row in connection.execute(taken_in):
        if row.person in known:
            known[row.person].take_title(row.date)
    _take_passages(connection, certification, (first, last), known)
    people = select(PERSON).where(PERSON.c.id.between(first, last)).order_by(PERSON.c.id)
    for identity in connection.execute(people).mappings():
        item = known.get(identity["id"])
        # An identity that was forgotten is nobody's any more.
        if item is not None and identity["last_name"]:
            said = {name: getattr(item, name) for name in item.__dataclass_fields__}
            yield DeclaredPerson(person=identity["id"], row=dict(identity), **said)


def _take_passages(
    connection: Connection, certification: int, of: tuple[int, int], known: dict[int, _Known]
) -> None:
    mine = (CPF_PASSAGE.c.certification == certification, CPF_PASSAGE.c.person.between(*of))
    for row in connection.execute(select(CPF_PASSAGE).where(*mine)):
        if row.person in known:
            item = known[row.person]
            item.technical = row.technical
            item.access_route = row.access_route or item.access_route
            item.mention = row.mention or item.mention
    entries = (
        select(
            CPF_PASSAGE.c.person,
            CPF_FLOW.c.action,
            CPF_FLOW.c.flow,
            CPF_ENTRY.c.state,
            CPF_ENTRY.c.message,
            # Only of those who were refused: all passages of a page would be many.
            case((CPF_ENTRY.c.state == REFUSED, CPF_ENTRY.c.content)).label("refused_content"),
        )
        .join_from(CPF_ENTRY, CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .join(CPF_FLOW, CPF_FLOW.c.id == CPF_ENTRY.c.flow)
        .where(*mine)
        .order_by(CPF_ENTRY.c.id)
    )
    for row in connection.execute(entries):
        if row.person in known:
            known[row.person].take_entry(row)


def count_blocks_alone(connection: Connection, certification: int) -> int:
    """Return how many people hold blocs of a certification without holding the whole."""
    of_blocks = (
        select(ATTEMPT.c.person)
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(RESULT, RESULT.c.attempt == ATTEMPT.c.id)
        .where(
            CLOSING.c.certification == certification,
            RESULT.c.kind == "block",
            RESULT.c.outcome == "validated",
            in_force(),
        )
    )
    taken_in = select(HOLDING.c.person).where(
        HOLDING.c.certification == certification, HOLDING.c.block != ""
    )
    whole = union(
        _awarded(certification).with_only_columns(ATTEMPT.c.person),
        select(HOLDING.c.person).where(
            HOLDING.c.certification == certification, HOLDING.c.block == ""
        ),
    ).subquery()
    partly = union(of_blocks, taken_in).subquery()
    asked = select(func.count()).where(partly.c.person.not_in(select(whole.c.person)))
    return connection.execute(asked.select_from(partly)).scalar_one()
