"""Writing what `generate` makes: grids, what goes out with them, papers yet to be filled in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.shares import (
    GRIDS_A_SHARE,
    JURORS_A_SHARE,
    PEOPLE_A_SHARE,
    DocumentShare,
    GridShare,
    HandoutShare,
    carry_out,
    narrow_assignments,
    narrow_jurors,
    narrow_session,
    note_done,
    write_documents,
    write_grids,
    write_handouts,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Juror, Status
from sheetgen.problems import Location
from sheetgen.problems import made as made_kinds
from sheetgen.processes import Work
from sheetgen.session_folder import shortened_list
from sheetgen.session_folder.written_files import Written, WrittenFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.commands.making import Making
    from sheetgen.commands.writing import Writer
    from sheetgen.documents import ConvocationTemplate, ReportTemplate, Templates
    from sheetgen.mailing import MessageTemplate, Recipient
    from sheetgen.model import Assignment, Candidate, Session
    from sheetgen.processes import Workers
    from sheetgen.session_folder.paths import SessionFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFiles:
    """Has the files of a session written, each kind in its turn.

    Attributes:
        making: what grids are made with; its session has the assignments of which one is made.
        whole: the session, with every assignment that anybody was ever given.
        papers: what describes each paper and mail, by its file; it is asked while others write
            reports, and remembers.
    """

    making: Making
    whole: Session
    options: Options
    workers: Workers
    writer: Writer
    papers: Mapping[Path, Callable[[], str]]

    @property
    def session(self) -> Session:
        """Return the session, with the assignments of which a grid is made."""
        return self.making.session

    @property
    def folder(self) -> SessionFolder:
        """Return the session's folder."""
        return self.making.folder

    def write_grids(self, logo: bytes | None) -> None:
        """Write a grid per assignment, then note what was made before anything is sent."""
        assignments = self._shared_assignments()
        paths = [self.folder.grid(self.session, item) for item in self.session.assignments]
        digests = self._known_digests(paths)

        def share(items: Sequence[Assignment]) -> GridShare:
            return GridShare(
                referential=self.making.referential,
                session=narrow_assignments(self.session, items),
                logo=logo,
                folder=self.folder,
                force=self.writer.force,
                digests=digests,
                base=self.workers.base,
            )

        work = Work(items=assignments, count=len(assignments), share=share, sizes=GRIDS_A_SHARE)
        progress = self.options.progress("Grilles", work.count)
        try:
            running = self.workers.run(write_grids, work)
            self.making.describe()
            note_done(running, self.writer, progress)
        finally:
            order = {path: place for place, path in enumerate(paths)}
            self.writer.written.sort(key=lambda item: order[item[0]])
            self._note_digests()
            self.making.note(dict(self.writer.written), self.writer.problems)

    def _shared_assignments(self) -> Sequence[Assignment]:
        """Return the assignments in the order in which they are shared between processes.

        Those of one form are together: whoever makes a grid of it first writes it whole. The forms
        are dealt out, for those of many blocs are neighbours.
        """
        session = self.session
        if not self.workers.apart:
            return session.assignments
        forms: dict[tuple[object, ...], list[Assignment]] = {}
        for item in session.assignments:
            form = item.blocks, session.candidate[item.candidate].route.key
            forms.setdefault(form, []).append(item)
        dealt = [forms[form] for form in sorted(forms)]
        hands = [dealt[hand :: self.workers.count] for hand in range(self.workers.count)]
        return [item for hand in hands for grids in hand for item in grids]

    def _known_digests(self, paths: Iterable[Path]) -> Mapping[Path, str]:
        return self.folder.generated.digests(paths)

    def _note_digests(self) -> None:
        self.folder.generated.note(self.writer.digests)
        self.writer.digests.clear()

    def hand_out(self, message: MessageTemplate | None) -> None:
        """Write what is sent to each juror, then the list of those who are sent something."""
        from sheetgen.mailing import (
            FOLDER,
            complements_of,
            files_of,
            list_recipients,
            recipients_of,
            told_members,
        )

        notes = WrittenFiles(record=self.folder.private / "envois.json")
        whole = recipients_of(self.session)
        sendings = self.making.record.sendings
        recipients = [
            item
            for recipient in whole
            for item in (
                recipient,
                *complements_of(recipient, sendings.get(recipient.juror.code, ())),
            )
        ]
        if message is not None and message.told is not None:
            recipients += told_members(self.session)

        def share(items: Sequence[Recipient]) -> HandoutShare:
            session = narrow_jurors(self.session, {item.juror.code for item in items})
            files = [self.folder.root / name for item in items for name in files_of(item)]
            return HandoutShare(
                recipients=tuple(replace(item, session=session) for item in items),
                message=message,
                folder=self.folder,
                digests=notes.digests(files),
                base=self.workers.base,
            )

        work = Work(items=recipients, count=len(recipients), share=share, sizes=JURORS_A_SHARE)
        progress = self.options.progress("Envois", work.count)
        try:
            carry_out(write_handouts, work, self.workers, self.writer, progress)
        finally:
            notes.note(self.writer.digests)
            self.writer.digests.clear()
        asked = [self.folder.root / name for item in recipients for name in files_of(item)]
        for pattern in ("*.zip", "*.eml"):
            sent_before = MadeFiles(notes=notes, place=self.folder.root / FOLDER, pattern=pattern)
            sent_before.remove_others(asked, self.writer.problems)
        written = {path for path, _ in self.writer.written}
        sent = [item for item in whole if self.folder.root / files_of(item)[0] in written]
        sent += told_members(self.session) if sent else []
        handout = list_recipients(self.session, sent, message)
        self.writer.problems.extend(handout.problems)
        for name, data in handout.files.items():
            self.writer.refresh(self.folder.root / name, data, notes)

    def write_reports(self, templates: Templates) -> None:
        """Write the attendance sheet, the instructions, a blank report per candidate who came."""
        from sheetgen.mailing import FOLDER

        whole = (self.making.referential, self.whole)
        pages = [
            (self.folder.reports, templates.attendance),
            (self.folder.root / FOLDER, templates.instructions),
        ]
        try:
            for place, template in pages:
                if template is not None:
                    path = place / template.file
                    digests = self._known_digests([path])
                    self.writer.write_document(path, partial(template.render, *whole), digests)
            if templates.report is not None:
                self._write_blank_reports(templates.report)
            if templates.convocation is not None:
                self._write_convocations(templates.convocation)
        finally:
            self._note_digests()
            self.writer.problems.extend(self.writer.missing.problems)
            self._report_left()
        blank = MadeFiles(notes=self.folder.generated, place=self.folder.reports)
        blank.remove_others([path for path, _ in self.writer.written], self.writer.problems)

    def _report_left(self) -> None:
        """Say which papers are out of date and were left, for somebody wrote in them."""
        left = [
            path
            for path, outcome in self.writer.written
            if outcome is Written.KEPT and path.suffix == ".docx"
        ]
        if left:
            files = shortened_list([path.name for path in left])
            place = Location(file=str(left[0].parent))
            self.writer.problems.append(
                made_kinds.PAPERS_LEFT.at(place, count=len(left), files=files)
            )

    def _write_blank_reports(self, template: ReportTemplate) -> None:
        present = [item for item in self.whole.candidates if item.status is Status.PRESENT]
        place = partial(self.folder.report, self.folder.reports, self.whole)
        digests = self._known_digests(map(place, present))

        def share(items: Sequence[Candidate]) -> DocumentShare:
            session = narrow_session(self.whole, dict.fromkeys(item.id for item in items))
            blank = partial(template.render_blank, self.making.referential, session)
            return DocumentShare(
                people=tuple(((place(item), partial(blank, item)),) for item in items),
                force=self.options.force,
                base=self.workers.base,
                digests=digests,
            )

        work = Work(items=present, count=len(present), share=share, sizes=PEOPLE_A_SHARE)
        progress = self.options.progress("Rapports", work.count)
        running = self.workers.run(write_documents, work)
        for describe in self.papers.values():
            describe()
        note_done(running, self.writer, progress)

    def _write_convocations(self, template: ConvocationTemplate) -> None:
        from sheetgen.documents.contexts import convoked

        place = partial(self.folder.convocation, self.whole)
        people = convoked(self.whole)
        digests = self._known_digests(map(place, people))

        def narrowed(person: Candidate | Juror) -> Session:
            if isinstance(person, Juror):
                return narrow_jurors(self.whole, {person.code})
            return narrow_session(self.whole, [person.id])

        def share(items: Sequence[Candidate | Juror]) -> DocumentShare:
            render = partial(template.render, self.making.referential)
            return DocumentShare(
                people=tuple(
                    ((place(item), partial(render, narrowed(item), item)),) for item in items
                ),
                force=self.options.force,
                base=self.workers.base,
                digests=digests,
            )

        work = Work(items=people, count=len(people), share=share, sizes=PEOPLE_A_SHARE)
        progress = self.options.progress("Convocations", work.count)
        carry_out(write_documents, work, self.workers, self.writer, progress)
        made = MadeFiles(notes=self.folder.generated, place=self.folder.convocations)
        made.remove_others(list(map(place, people)), self.writer.problems)
