"""The flows of one export, filled in the register: who is declared or withdrawn, up to the limits.

Nothing is written to a file here: `cpf_export` does, once all of them are noted.
"""

from __future__ import annotations

import uuid
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import (
    CpfRefusedError,
    examined,
    is_unchanged,
    told_reason,
)
from sheetgen.declaration import (
    ACTION_CREATION,
    ACTION_SUPPRESSION,
    LARGEST_FLOW,
    MOST_PASSAGES,
    SCHEMA_VERSIONS,
    FlowHead,
    flow_frame,
    paris_moment,
    render_passage,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location
from sheetgen.problems import declaring as kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from sheetgen.declaration import Emitter
    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, DeclaredPerson

_PAGE = 1_000
_NAMED = 5
"""How many of the people left out are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """A flow to write.

    Attributes:
        file: where; never over another file.
        version: of the receiver's schema.
        schema: the receiver's own XSD; None to write without a check.
        again: the identifier of a flow to write again to the byte; empty for a new one.
        withdraw: people, or flows, whose accepted declaration is to be withdrawn.
        reason: why.
        unchanged: whether those go again of whom all is exactly as it was refused.
        most: passages of a flow, `largest` its bytes.
    """

    referential: Path
    file: Path
    version: str = SCHEMA_VERSIONS[0]
    schema: Path | None = None
    again: str = ""
    withdraw: tuple[str, ...] = ()
    reason: str = ""
    unchanged: bool = False
    most: int = MOST_PASSAGES
    largest: int = LARGEST_FLOW


@dataclass(slots=True, kw_only=True)
class FilledFlows:
    """The flows of one export, each begun when the one before it is full."""

    connection: Connection
    certification: int
    emitter: Emitter
    request: ExportRequest
    begun: list[tuple[int, str, int]] = field(default_factory=list)
    count: int = 0
    size: int = 0
    told: list[Problem] = field(default_factory=list)

    def declare(self, referential: Referential) -> list[Problem]:
        """Add everybody who can be declared, page after page; return what is to be told."""
        from sheetgen.register import declared_people

        place = Location(file=str(self.request.file))
        left_out: list[str] = []
        page: list[DeclaredPerson] = []
        for person in declared_people(self.connection, self.certification):
            if not person.is_open:
                continue
            page.append(person)
            if len(page) == _PAGE:
                left_out += self._add(page, referential)
                page = []
        left_out += self._add(page, referential)
        told = [_told_left_out(left_out, place)] if left_out else []
        told += self.told
        if not self.begun:
            why = "personne n'est à déclarer, ou rien n'est complet"
            if self.told:
                why = "rien n'est complet, ou changé depuis un refus"
            told.append(kinds.CPF_NOTHING_TO_EXPORT.at(place, why=why))
        return told

    def _add(self, people: Sequence[DeclaredPerson], referential: Referential) -> list[str]:
        """Add a page of people; return the names of those who are left out."""
        from sheetgen.register import freeze_passages

        ready: dict[int, Any] = {}
        left_out = []
        for person in people:
            passage = examined(person, referential).passage
            if passage is None:
                left_out.append(f"{person.name} ({person.number})")
            elif not is_unchanged(person, passage) or self._takes_again(person):
                ready[person.person] = passage
        frozen = freeze_passages(self.connection, self.certification, list(ready))
        entries = [
            (frozen[person][0], render_passage(frozen[person][1], passage))
            for person, passage in ready.items()
        ]
        self._put(entries, ACTION_CREATION)
        return left_out

    def _takes_again(self, person: DeclaredPerson) -> bool:
        """Tell who was refused with exactly what would leave; return whether they leave again."""
        kind = kinds.CPF_SENT_UNCHANGED if self.request.unchanged else kinds.CPF_UNCHANGED
        place = Location(file=str(self.request.file))
        reason = told_reason(person.message)
        said = {"name": person.name, "number": person.number, "reason": reason}
        self.told.append(kind.at(place, **said))
        return self.request.unchanged

    def _put(self, entries: Sequence[tuple[int, str]], action: str) -> None:
        """Add entries to the flow that is open, beginning others as each is full."""
        from sheetgen.register import add_entries

        batch: list[tuple[int, str]] = []
        for entry in entries:
            size = len(entry[1].encode("utf-8"))
            full = self.count >= self.request.most or self.size + size > self.request.largest
            if not self.begun or full:
                if self.begun:
                    add_entries(self.connection, self.begun[-1][0], batch)
                    batch = []
                self._begin(action)
            batch.append(entry)
            self.count += 1
            self.size += size
            number, flow, _ = self.begun[-1]
            self.begun[-1] = (number, flow, self.count)
        if batch:
            add_entries(self.connection, self.begun[-1][0], batch)

    def _begin(self, action: str) -> None:
        from sheetgen.jury import current_user
        from sheetgen.register import FlowFacts, add_flow

        request = self.request
        head = FlowHead(
            flow=str(uuid.uuid4()),
            moment=paris_moment(datetime.now(UTC)),
            emitter=self.emitter,
            version=request.version,
            action=action,
        )
        frame = flow_frame(head)
        facts = FlowFacts(
            flow=head.flow,
            action=action,
            version=head.version,
            moment=head.moment,
            head=frame.head,
            tail=frame.tail,
            reason=request.reason.strip() or None,
            withdraws=" ; ".join(request.withdraw) or None,
        )
        number = add_flow(self.connection, self.certification, facts, current_user())
        self.begun.append((number, head.flow, 0))
        self.count, self.size = 0, len((frame.head + frame.tail).encode("utf-8"))

    def withdraw(self) -> list[Problem]:
        """Add what is to be withdrawn, as it was accepted.

        Raises:
            CpfRefusedError: something asked for was never accepted.
        """
        from sheetgen.register import accepted_entries, declared_people

        people, problems = self._asked()
        known = {
            item.person: item
            for item in declared_people(self.connection, self.certification, sorted(people))
        }
        for person, said in people.items():
            if person not in known or known[person].state != "accepted":
                problems.append(
                    kinds.CPF_WITHDRAWAL_UNKNOWN.at(
                        Location(file=str(self.request.file)),
                        found=said,
                        why="sa déclaration n'est pas acceptée",
                    )
                )
        if problems:
            raise CpfRefusedError(*problems)
        self._put(
            accepted_entries(self.connection, self.certification, sorted(people)),
            ACTION_SUPPRESSION,
        )
        return []

    def _asked(self) -> tuple[dict[int, str], list[Problem]]:
        """Return the people whose declaration is to be withdrawn, each with what was typed."""
        from sheetgen.register import (
            declared_people,
            find_flow,
            people_of_flow,
            person_by_identifier,
        )

        asked: dict[int, str] = {}
        problems = []
        for said in self.request.withdraw:
            flow: Mapping[str, Any] | None = find_flow(self.connection, said)
            found = person_by_identifier(self.connection, said)
            if found is not None:
                asked[found["id"]] = said
            elif flow is not None and flow["action"] == ACTION_CREATION:
                members = people_of_flow(self.connection, flow["id"])
                taken = [
                    item.person
                    for item in declared_people(self.connection, self.certification, members)
                    if item.state == "accepted" and item.flow == flow["flow"]
                ]
                asked |= dict.fromkeys(taken, said)
                if taken:
                    continue
                problems.append(self._unknown(said, "rien de ce flux n'est accepté"))
            else:
                problems.append(
                    self._unknown(said, "ce n'est ni une personne du registre, ni un flux")
                )
        return asked, problems

    def _unknown(self, said: str, why: str) -> Problem:
        place = Location(file=str(self.request.file))
        return kinds.CPF_WITHDRAWAL_UNKNOWN.at(place, found=said, why=why)


def _told_left_out(names: Sequence[str], place: Location) -> Problem:
    """Return who is not in the flow, the first of them by name."""
    more = f" et {len(names) - _NAMED} autre(s)" if len(names) > _NAMED else ""
    people = f"{', '.join(names[:_NAMED])}{more}"
    return kinds.CPF_LEFT_OUT.at(place, count=len(names), people=people)
