"""`cpf export`: the XML of everybody who can be declared, checked before it is noted or written."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import (
    CpfAnswer,
    CpfRefusedError,
    WrittenFlow,
    certification_key,
    emitter_of,
    examined,
    is_unchanged,
    on_declared,
    read_declared,
    told_reason,
)
from sheetgen.declaration import (
    ACTION_CREATION,
    ACTION_SUPPRESSION,
    LARGEST_FLOW,
    MOST_PASSAGES,
    SCHEMA_VERSIONS,
    Emitter,
    FlowHead,
    FlowSchema,
    FlowSchemaError,
    flow_frame,
    paris_moment,
    read_flow_schema,
    render_passage,
)
from sheetgen.files import explain
from sheetgen.problems import Location, recorded
from sheetgen.problems import declaring as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from sheetgen.commands.inputs import Options
    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, DeclaredPerson

_PAGE = 1_000


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


def export_declaration(options: Options, request: ExportRequest) -> CpfAnswer:
    """Write the flows of everybody who can be declared, or those of a withdrawal, or one again.

    Nothing is noted of a flow that does not follow the schema, and nothing is written of it.
    """
    place = Location(file=str(request.file))
    if request.file.exists():
        return CpfAnswer(problems=(recorded.EXPORT_EXISTS.at(place),))
    withdraws = bool(request.withdraw or request.reason)
    complete = request.withdraw and request.reason.strip() and request.version == "1.1.5"
    if withdraws and not complete:
        return CpfAnswer(problems=(kinds.CPF_WITHDRAWAL_UNREASONED.at(place),))
    try:
        schema = None if request.schema is None else _schema(request.schema)
        with ExitStack() as stack:
            request.file.parent.mkdir(parents=True, exist_ok=True)
            folder = Path(
                stack.enter_context(
                    tempfile.TemporaryDirectory(prefix=".cpf-", dir=request.file.parent)
                )
            )
            answer = _export(options, request, _Drafts(folder=folder, schema=schema))
            for flow in answer.flows:
                (folder / flow.file.name).replace(flow.file)
    except CpfRefusedError as error:
        return CpfAnswer(problems=tuple(error.problems))
    except OSError as error:
        problem = kinds.CPF_FLOW_UNWRITABLE.at(place, reason=explain(error))
        return CpfAnswer(problems=(problem,))
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drafts:
    """A folder where flows are written until all of them are right, and the schema to hold to."""

    folder: Path
    schema: FlowSchema | None

    def write(self, name: str, texts: Iterator[str], version: str) -> str:
        """Write a flow and check it; return its SHA-256.

        Raises:
            CpfRefusedError: it does not follow the schema.
        """
        digest = hashlib.sha256()
        path = self.folder / name
        with path.open("wb") as file:
            for text in texts:
                data = text.encode("utf-8")
                digest.update(data)
                file.write(data)
        if self.schema is not None:
            try:
                self.schema.check(path)
            except FlowSchemaError as error:
                place = Location(file=name)
                told = kinds.CPF_FLOW_INVALID.at(place, reason=str(error), version=version)
                raise CpfRefusedError(told) from error
        return digest.hexdigest()


def _schema(path: Path) -> FlowSchema:
    try:
        return read_flow_schema(path)
    except (FlowSchemaError, OSError) as error:
        reason = explain(error) if isinstance(error, OSError) else str(error)
        told = kinds.CPF_SCHEMA_UNREADABLE.at(Location(file=str(path)), reason=reason)
        raise CpfRefusedError(told) from error


def _export(options: Options, request: ExportRequest, drafts: _Drafts) -> CpfAnswer:
    if request.again:

        def again(connection: Connection, place: str) -> CpfAnswer:
            return _again(connection, place, request, drafts)

        return on_declared(options, again)
    known, problems = read_declared(request.referential)
    if known is None:
        return CpfAnswer(problems=tuple(problems))
    emitter = emitter_of(known, request.referential)
    if not isinstance(emitter, Emitter):
        return CpfAnswer(problems=tuple(emitter))

    def export(connection: Connection, place: str) -> CpfAnswer:
        from sheetgen.register import find_certification

        certification = find_certification(connection, certification_key(known))
        if certification is None:
            why = f"personne n'a encore présenté « {known.certification.title} »"
            nothing = kinds.CPF_NOTHING_TO_EXPORT.at(Location(file=place), why=why)
            return CpfAnswer(place=place, problems=(nothing,))
        flows = _Flows(
            connection=connection,
            certification=certification,
            emitter=emitter,
            request=request,
        )
        told = flows.withdraw() if request.withdraw else flows.declare(known)
        written = tuple(flows.written(drafts))
        if written and drafts.schema is None:
            told.append(kinds.CPF_UNCHECKED.at(Location(file=str(request.file))))
        return CpfAnswer(place=place, flows=written, problems=tuple(told))

    return on_declared(options, export, writes=True)


def _again(
    connection: Connection, place: str, request: ExportRequest, drafts: _Drafts
) -> CpfAnswer:
    """Write a flow again, as it was."""
    from sheetgen.register import ForgottenFlowError, find_flow, flow_texts, people_of_flow

    here = Location(file=place)
    flow = find_flow(connection, request.again)
    if flow is None:
        raise CpfRefusedError(kinds.CPF_FLOW_UNKNOWN.at(here, found=request.again))
    try:
        texts = flow_texts(connection, flow)
        digest = drafts.write(request.file.name, texts, flow["version"])
    except ForgottenFlowError as error:
        raise CpfRefusedError(kinds.CPF_FLOW_FORGOTTEN.at(here, found=request.again)) from error
    count = len(people_of_flow(connection, flow["id"]))
    written = WrittenFlow(file=request.file, flow=flow["flow"], passages=count, sha256=digest)
    return CpfAnswer(place=place, flows=(written,))


@dataclass(slots=True, kw_only=True)
class _Flows:
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
        left_out, page = 0, []
        for person in declared_people(self.connection, self.certification):
            if not person.is_open:
                continue
            page.append(person)
            if len(page) == _PAGE:
                left_out += self._add(page, referential)
                page = []
        left_out += self._add(page, referential)
        told = [kinds.CPF_LEFT_OUT.at(place, count=left_out)] if left_out else []
        told += self.told
        if not self.begun:
            why = "personne n'est à déclarer, ou rien n'est complet"
            if self.told:
                why = "rien n'est complet, ou changé depuis un refus"
            told.append(kinds.CPF_NOTHING_TO_EXPORT.at(place, why=why))
        return told

    def _add(self, people: Sequence[DeclaredPerson], referential: Referential) -> int:
        """Add a page of people; return how many are left out."""
        from sheetgen.register import freeze_passages

        ready, left_out = {}, 0
        for person in people:
            passage = examined(person, referential).passage
            if passage is None:
                left_out += 1
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

    def written(self, drafts: _Drafts) -> Iterator[WrittenFlow]:
        """Write every flow to a draft and note its digest; yield each with the file it is to be.

        Raises:
            CpfRefusedError: one does not follow the schema, or would be over another file.
        """
        from sheetgen.register import find_flow, flow_texts, seal_flow

        target = self.request.file
        for place, (number, name, count) in enumerate(self.begun, start=1):
            file = target if place == 1 else target.with_stem(f"{target.stem}-{place}")
            if file.exists():
                raise CpfRefusedError(recorded.EXPORT_EXISTS.at(Location(file=str(file))))
            flow = find_flow(self.connection, name)
            texts = flow_texts(self.connection, flow or {})
            digest = drafts.write(file.name, texts, self.request.version)
            seal_flow(self.connection, number, digest)
            yield WrittenFlow(file=file, flow=name, passages=count, sha256=digest)
