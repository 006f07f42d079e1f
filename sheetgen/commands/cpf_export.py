"""`cpf export`: the XML of everybody who can be declared, checked before it is noted or written."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import (
    CpfAnswer,
    CpfRefusedError,
    WrittenFlow,
    certification_key,
    emitter_of,
    on_declared,
    read_declared,
)
from sheetgen.commands.filled_flows import ExportRequest, FilledFlows
from sheetgen.declaration import (
    Emitter,
    FlowSchema,
    FlowSchemaError,
    read_flow_schema,
)
from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, recorded
from sheetgen.problems import declaring as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.commands.inputs import Options
    from sheetgen.register import Connection


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
        flows = FilledFlows(
            connection=connection,
            certification=certification,
            emitter=emitter,
            request=request,
        )
        told = flows.withdraw() if request.withdraw else flows.declare(known)
        written = tuple(_written(flows, drafts))
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
    return CpfAnswer(place=place, flows=(written,), again=True)


def _written(flows: FilledFlows, drafts: _Drafts) -> Iterator[WrittenFlow]:
    """Write every flow to a draft and note its digest; yield each with the file it is to be.

    Raises:
        CpfRefusedError: one does not follow the schema, or would be over another file.
    """
    from sheetgen.register import find_flow, flow_texts, seal_flow

    target = flows.request.file
    for place, (number, name, count) in enumerate(flows.begun, start=1):
        file = target if place == 1 else target.with_stem(f"{target.stem}-{place}")
        if file.exists():
            raise CpfRefusedError(recorded.EXPORT_EXISTS.at(Location(file=str(file))))
        flow = find_flow(flows.connection, name)
        texts = flow_texts(flows.connection, flow or {})
        digest = drafts.write(file.name, texts, flows.request.version)
        seal_flow(flows.connection, number, digest)
        yield WrittenFlow(file=file, flow=name, passages=count, sha256=digest)
