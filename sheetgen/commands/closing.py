"""A session's closing, step by step: all is made and kept aside first, then counts at once.

Until the closing's record is written, whatever cuts it short leaves the session as it was; from
then on it is closed, and the next run completes `final/`.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, read_inputs
from sheetgen.commands.closed import ClosingKeeper, alone_on, workbook_digest
from sheetgen.commands.final_papers import all_papers, begin_papers, check_complete, write_drafts
from sheetgen.commands.finalize import Finalized, take_decisions
from sheetgen.commands.letters import Letters
from sheetgen.commands.printing import Printing
from sheetgen.commands.shares import LIBRARIES, may_need_workers
from sheetgen.commands.status import expect_returns
from sheetgen.commands.writing import locks_reported
from sheetgen.files import file_digest
from sheetgen.jury import (
    NEXT_SESSION,
    UnreadableFinalError,
    check_frozen,
    check_next_session,
    keep_sources,
    settle_documents,
    write_decided,
)
from sheetgen.jury.closings import (
    ClosingRecord,
    FrozenFile,
    ReopeningIntent,
    UnreadableClosingError,
    told_reopening,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.mailing import RESULT_TEMPLATE
from sheetgen.model import CandidateId
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import frozen as kinds
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.written_files import Written
from sheetgen.sources.read import read_printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.finalize import FinalizeRequest
    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.commands.registry import RegisterKeeper
    from sheetgen.documents import Settled
    from sheetgen.jury import FinalDecisions
    from sheetgen.model import Reopening
    from sheetgen.sources.read import PrintedKey, PrintedValue


def close_session(inputs: Inputs, request: FinalizeRequest, options: Options) -> Finalized:
    """Close a session, close it again, or see to one that is closed: see `finalize`."""
    expect_returns(LIBRARIES if may_need_workers(options, inputs.session) else ())
    checked = read_inputs(inputs, options)
    problems = list(checked.errors)
    if checked.session is None:
        return Finalized(checked=checked, problems=tuple(problems))
    folder = SessionFolder.of(inputs.output, checked.session)
    closing = _ClosingRun(
        inputs=inputs,
        checked=checked,
        request=request,
        options=options,
        closed=ClosingKeeper(folder=folder, problems=problems),
    )
    result = Finalized(checked=checked)
    made: list[Path] = []
    with locks_reported(problems, folder.final), alone_on(folder, problems) as alone:
        try:
            if alone:
                result = closing.draft() if request.draft else closing.run()
        except (UnreadableClosingError, UnreadableFinalError) as error:
            problems.append(error.problem)
        made = closing.follow(result)
    return replace(result, files=(*result.files, *made), problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClosingRun:
    """Closes a session, or closes it again."""

    inputs: Inputs
    checked: Checked
    request: FinalizeRequest
    options: Options
    closed: ClosingKeeper

    @property
    def problems(self) -> list[Problem]:
        return self.closed.problems

    def run(self) -> Finalized:
        """Do what is asked of a session, closed or not."""
        workbook = self.request.consolidation
        last = self.closed.last()
        if last is None:
            unrecorded = self.closed.find_unrecorded()
            if unrecorded is not None:
                self.problems.append(unrecorded)
                return Finalized(checked=self.checked)
            return self._close(None, ())
        self.closed.mend()
        asked = self.closed.take_up_reopening(last, self.request.reopen, workbook)
        if asked:
            return self._close(last, asked)
        done = self.closed.publish(last)
        self._record(last, late=True)
        self.closed.check_kept(last, self.checked.templates)
        self.closed.compare(self.inputs, workbook, last)
        if last.papers or self.checked.templates is None or has_errors(self.problems):
            return Finalized(
                checked=self.checked,
                record=self.closed.decisions(last),
                closed=self.closed.closed_on(last),
                files=tuple(done.written),
                restored=tuple(done.restored),
            )
        return self._add_papers(last)

    def draft(self) -> Finalized:
        """Write the papers as drafts."""
        final = self._decide()
        if final is None or self.checked.templates is None:
            return Finalized(checked=self.checked)
        last = self.closed.last()
        former = [] if last is None else self.closed.former(last.version + 1)
        settled = settle_documents(final, former)
        files = write_drafts(
            replace(settled, draft=True),
            self.checked.templates,
            self.closed.folder,
            self.options,
            self.problems,
        )
        return Finalized(checked=self.checked, final=final, draft=True, files=tuple(files))

    def follow(self, result: Finalized) -> list[Path]:
        """Have what follows from papers follow them: PDFs where asked for, and drafts of mails.

        None of that is frozen: it is made of the papers, and may be made again. While something
        differs from what was frozen, nothing is prepared to be sent.
        """
        folder = self.closed.folder
        printing = Printing(folder=folder, options=self.options, problems=self.problems)
        if result.draft:
            return [path for path, _ in printing.follow(result.files, [folder.drafts])]
        last = self.closed.closings.last() if result.final or result.record else None
        if last is None:
            return []
        papers = {folder.final / item.path: item for item in last.files if item.kind}
        settled = not has_errors(self.problems)
        made = printing.follow(papers, [folder.final])
        template = self.checked.letters.get(RESULT_TEMPLATE)
        if settled and template is not None and self.checked.session is not None:
            session = self.checked.session
            results = {
                path: session.candidate[CandidateId(item.candidate)]
                for path, item in papers.items()
                if item.kind == "notification"
            }
            letters = Letters(
                session=session,
                place=folder.letters,
                documents=results,
                replacing=self._replacing(last, papers),
            )
            made += letters.write(folder, template, self.problems)
        return [path for path, outcome in made if outcome is not Written.UNCHANGED]

    def _replacing(self, last: ClosingRecord, papers: Mapping[Path, FrozenFile]) -> frozenset[Path]:
        """Return the results of people who had one from a closing before."""
        try:
            former = self.closed.former(last.version)
        except UnreadableClosingError as error:
            self.problems.append(error.problem)
            return frozenset()
        return frozenset(
            path
            for path, item in papers.items()
            if any(record.paper(item.kind, item.candidate) for record in former)
        )

    def _decide(self) -> FinalDecisions | None:
        workbook = self.request.consolidation
        return take_decisions(self.inputs, self.checked, workbook, self.options, self.problems)

    def _close(self, last: ClosingRecord | None, asked: tuple[Reopening, ...]) -> Finalized:
        """Freeze the decisions and their papers, then copy them to `final/`."""
        closings, workbook = self.closed.closings, self.request.consolidation
        printed = read_printed(self.inputs.referential, self.inputs.session)
        if last is not None and self.checked.session is not None:
            self.closed.check_reopening(last, self.checked.session, self.inputs.session)
        final = self._decide()
        if final is None:
            return Finalized(checked=self.checked)
        if last is not None:
            before = self.closed.reopened(last)
            final = replace(final, reopened=(*before, *asked))
        version = last.version + 1 if last is not None else 1
        settled = settle_documents(final, self.closed.former(version))
        if self.checked.templates is not None:
            self.problems.extend(check_complete(settled, self.checked.templates, printed))
        if has_errors(self.problems):
            return Finalized(checked=self.checked)
        settled = self._numbered(settled, version, printed)
        if has_errors(self.problems):
            return Finalized(checked=self.checked)
        if closings.discard_unfinished():
            place = Location(file=str(self.closed.folder.final))
            self.problems.append(kinds.CLOSING_RESUMED.at(place))
        digest = workbook_digest(workbook)
        if asked:
            closings.write_intent(ReopeningIntent(asked=asked, workbook=digest))
        root = closings.files_of(version)
        record = ClosingRecord(
            version=version,
            made=datetime.now(UTC),
            session=final.proposals.session.code,
            workbook=digest,
            printed={key: value.text for key, value in printed.items()},
            files=(),
            papers=False,
            reopened=final.reopened,
        )
        del printed  # its cells take as much again as their texts
        try:
            with self._begin_papers(settled, root) as with_papers:
                decided = [_frozen(root, path) for path in write_decided(root, final)]
                sources = keep_sources(
                    self.closed.folder, self.inputs.referential, self.inputs.session
                )
                record = with_papers(replace(record, files=tuple(decided), sources=sources))
            if not has_errors(self.problems):
                closings.write(record)
        finally:
            if version not in closings.versions:
                shutil.rmtree(closings.folder / str(version), ignore_errors=True)
                self._tell_unfinished(asked)
        if version not in closings.versions:
            return Finalized(checked=self.checked)
        closings.forget_intent()
        done = self.closed.publish(record)
        self._record(record)
        self.problems.extend(check_next_session(self.closed.folder.final / NEXT_SESSION, final))
        return Finalized(checked=self.checked, final=final, files=tuple(done.written))

    @property
    def _register(self) -> RegisterKeeper:
        from sheetgen.commands.registry import RegisterKeeper  # it loads a database's library

        return RegisterKeeper(
            address=self.options.register,
            session=self.inputs.session,
            folder=self.closed.folder,
            problems=self.problems,
        )

    def _numbered(
        self, settled: Settled, version: int, printed: Mapping[PrintedKey, PrintedValue]
    ) -> Settled:
        """Return what papers are made of, with the register's numbers, and sealed where asked."""
        if self.options.register is None:
            return settled
        templates, register = self.checked.templates, self._register
        papers = [] if templates is None else [*all_papers(settled, templates)]
        numbers = register.number(settled.decisions, version, papers, printed)
        settled = replace(settled, numbers=numbers)
        if not numbers or not settled.decisions.referential.certification.verification_page:
            return settled
        return replace(settled, seals=register.seal(settled, papers, self.options.key))

    def _record(self, record: ClosingRecord, *, late: bool = False) -> None:
        """Record the closing; one of a version of sheetgen that kept less cannot be."""
        if self.options.register is not None and record.printed is not None:
            self._register.record(record, self.closed, self.checked.session, late=late)

    def _tell_unfinished(self, asked: Sequence[Reopening]) -> None:
        """Say that a reopening is noted and not carried out."""
        if asked:
            final = self.closed.folder.final
            self.problems.append(told_reopening(kinds.REOPENING_UNFINISHED, final, asked[-1]))

    def _add_papers(self, last: ClosingRecord) -> Finalized:
        """Make the papers of a session that was closed without them, for the same decisions."""
        closings, folder = self.closed.closings, self.closed.folder
        templates, final = self.checked.templates, self._decide()
        if final is None or templates is None:
            return Finalized(checked=self.checked)
        final = replace(final, reopened=self.closed.reopened(last))
        frozen = self.closed.decisions(last)
        problem = check_frozen(frozen, final, Location(file=str(folder.final)))
        self.problems.extend([] if problem is None else [problem])
        settled = settle_documents(final, self.closed.former(last.version))
        printed = read_printed(self.inputs.referential, self.inputs.session)
        self.problems.extend(check_complete(settled, templates, printed))
        if has_errors(self.problems):
            return Finalized(
                checked=self.checked, record=frozen, closed=self.closed.closed_on(last)
            )
        settled = self._numbered(settled, last.version, printed)
        if has_errors(self.problems):
            return Finalized(
                checked=self.checked, record=frozen, closed=self.closed.closed_on(last)
            )
        with self._begin_papers(settled, closings.files_of(last.version)) as with_papers:
            record = with_papers(last)
        if has_errors(self.problems):
            return Finalized(
                checked=self.checked, record=frozen, closed=self.closed.closed_on(last)
            )
        closings.write(record)
        done = self.closed.publish(record, added=True)
        self._record(record)
        return Finalized(checked=self.checked, final=final, files=tuple(done.written))

    @contextmanager
    def _begin_papers(
        self, settled: Settled, root: Path
    ) -> Iterator[Callable[[ClosingRecord], ClosingRecord]]:
        """Have the papers made meanwhile; the function yielded waits for them and notes them."""
        templates = self.checked.templates
        if templates is None:
            yield lambda record: record
            return
        with begin_papers(settled, templates, root, self.options, self.problems) as written:

            def with_papers(record: ClosingRecord) -> ClosingRecord:
                written()
                papers = [
                    FrozenFile(
                        path=item.path,
                        sha256=file_digest(root / item.path),
                        kind=item.kind,
                        candidate=item.candidate,
                        block=item.block,
                        number=settled.number(item.kind, item.candidate, item.block),
                    )
                    for item in all_papers(settled, templates)
                    if (root / item.path).exists()
                ]
                return replace(record, files=(*record.files, *papers), papers=True)

            yield with_papers


def _frozen(root: Path, path: Path) -> FrozenFile:
    name = path.relative_to(root).as_posix()
    return FrozenFile(path=name, sha256=file_digest(path))
