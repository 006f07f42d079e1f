"""`generate`: grids, what is sent to jurors, and blank jury reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.commands.check import Checked, compare_register, read_inputs
from sheetgen.commands.inputs import open_key, replace_key
from sheetgen.commands.letters import Letters
from sheetgen.commands.making import Making
from sheetgen.commands.paper_grids import PaperGrids
from sheetgen.commands.papers import MadeFiles, describe_papers
from sheetgen.commands.printing import Printing
from sheetgen.commands.remembering import ChangeNote, tell_interrupted
from sheetgen.commands.shares import (
    DOCUMENT_SECONDS,
    GRID_SECONDS,
    GRIDS_A_SHARE,
    HANDOUT_SECONDS,
    JURORS_A_SHARE,
    PEOPLE_A_SHARE,
    DocumentShare,
    GridShare,
    HandoutShare,
    carry_out,
    expect_workers,
    narrow_assignments,
    narrow_jurors,
    narrow_session,
    open_workers,
    write_documents,
    write_grids,
    write_handouts,
)
from sheetgen.commands.status import collect
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.model import Juror, Status, told_candidate, told_person
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.problems import made as made_kinds
from sheetgen.processes import Work
from sheetgen.rules import grids_to_make
from sheetgen.session_folder import shortened_list
from sheetgen.session_folder.paths import SessionFolder, Written, WrittenFiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs, Options
    from sheetgen.documents import ConvocationTemplate, ReportTemplate, Templates
    from sheetgen.mailing import MessageTemplate, Recipient
    from sheetgen.model import Assignment, Candidate, CandidateId, JurorCode, Session
    from sheetgen.processes import Workers
    from sheetgen.returns import Seats


_WRITERS = ("sheetgen.grid.write",)
"""The modules that make grids, where this process does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """The result of `generate`: each file with what became of it, in order."""

    checked: Checked
    folder: SessionFolder | None = None
    files: tuple[tuple[Path, Written], ...] = ()
    problems: tuple[Problem, ...] = ()


def generate(inputs: Inputs, options: Options) -> Generated:
    """Write a grid per assignment and a blank jury report per candidate who came."""
    from sheetgen.mailing import FOLDER

    apart = expect_workers(options, inputs.session)
    checked = read_inputs(inputs, options, ahead=() if apart else _WRITERS, apart=apart)
    if checked.referential is None or checked.session is None:
        return Generated(checked=checked, problems=checked.errors)
    session = checked.session
    folder = SessionFolder.of(inputs.output, session)
    interrupted = tell_interrupted(folder, besides="generate")
    problems = [*checked.errors, *checked.made.state, *interrupted]
    problems += compare_register(checked, inputs, options)
    note = ChangeNote.of(folder, "generate")
    seats = _find_seats(inputs, checked, folder, options)
    making = _open_making(note, checked, options, problems, seats)
    if making is None:
        return Generated(checked=checked, folder=folder, problems=tuple(problems))
    writer = Writer(force=options.force or options.new_key, problems=problems)
    documented = (folder.reports, folder.root / FOLDER, folder.convocations)
    places = (folder.grids, *documented, folder.papers)
    with locks_reported(problems, folder.root), note.kept(problems, places):
        folder.returns.mkdir(parents=True, exist_ok=True)
        effort = _effort(session, checked.templates)
        with open_workers(options, folder.root, effort) as workers:
            generation = _Generation(
                making=making,
                whole=session if seats is None else replace(session, assignments=seats.known),
                options=options,
                workers=workers,
                writer=writer,
            )
            generation.write_grids(checked.logo)
            generation.hand_out(checked.message)
            if checked.templates is not None:
                generation.write_reports(checked.templates)
            written = {path for path, outcome in writer.written if outcome is not Written.KEPT}
            papers = describe_papers(inputs, checked.referential, session, checked.message)
            folder.described.note({path: papers[path]() for path in papers if path in written})
        problems.extend(tell_stand_ins(session, making.session, seats, folder))
        _report_stale(folder, session, writer.written, problems)
        documents = [path for path, _ in writer.written if path.suffix == ".docx"]
        printing = Printing(folder=folder, options=options, problems=problems)
        writer.written += printing.follow(documents, documented)
        writer.written += _convoke(session, checked, folder, problems)
        if options.paper or folder.papers.is_dir():
            writer.written += _write_on_paper(making, checked, options, problems)
    files = tuple(writer.written)
    return Generated(checked=checked, folder=folder, files=files, problems=tuple(problems))


def _open_making(
    note: ChangeNote,
    checked: Checked,
    options: Options,
    problems: list[Problem],
    seats: Seats | None,
) -> Making | None:
    """Return what grids are made with and the record of those made; None where none may be."""
    folder = note.folder
    made = checked.made.grids
    if checked.referential is None or checked.session is None:
        return None
    if options.new_key:
        problems[:] = [item for item in problems if item not in checked.made.reused]
        key = replace_key(folder, made, checked.session, problems)
        made = made.voided()
    else:
        key = None if checked.made.reused else open_key(folder, problems, create=True)
    if key is None:
        return None
    return Making(
        referential=checked.referential,
        session=replace(checked.session, assignments=_to_make(checked, seats)),
        folder=folder,
        key=key,
        former=made,
        there=note.there,
    )


def _find_seats(
    inputs: Inputs, checked: Checked, folder: SessionFolder, options: Options
) -> Seats | None:
    """Return what came back, where somebody is replaced; None where that decides nothing.

    What is wrong with returns is for `status` to tell.
    """
    session = checked.session
    if session is None or not session.juries.stand_in or options.new_key:
        return None
    if not any(folder.returns.rglob("*")):
        return None
    collected = collect(inputs, checked, (), options, [])
    return None if collected is None else collected.collection.seats


def _to_make(checked: Checked, seats: Seats | None) -> tuple[Assignment, ...]:
    """Return the assignments of which a grid is made: what may still be asked of somebody.

    Where candidates have turns, in their order.
    """
    session = checked.session
    if checked.referential is None or session is None:
        return checked.grids
    asked = checked.grids
    if seats is not None:
        asked = grids_to_make(checked.referential, replace(session, assignments=seats.asked))
    if session.anonymous or not any(item.passage for item in session.candidates):
        return asked
    place = {item.id: number for number, item in enumerate(session.in_turn)}
    return tuple(sorted(asked, key=lambda item: place[item.candidate]))


def _effort(session: Session, templates: Templates | None) -> float:
    """Return the seconds that all of it takes one process, about."""
    grids = len(session.assignments) * (GRID_SECONDS + HANDOUT_SECONDS)
    return grids + (len(session.candidates) * DOCUMENT_SECONDS if templates else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Generation:
    """Has the files of a session written, each kind in its turn."""

    making: Making
    whole: Session
    options: Options
    workers: Workers
    writer: Writer

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
            carry_out(write_grids, work, self.workers, self.writer, progress)
        finally:
            order = {path: place for place, path in enumerate(paths)}
            self.writer.written.sort(key=lambda item: order[item[0]])
            self._note_digests()
            self.making.note(dict(self.writer.written), self.writer.problems)

    def _shared_assignments(self) -> Sequence[Assignment]:
        """Return the assignments in the order in which they are shared between processes.

        Those of one form are together: whoever makes a grid of it first writes it whole.
        """
        session = self.session
        if not self.workers.apart:
            return session.assignments

        def form(item: Assignment) -> tuple[object, ...]:
            return item.blocks, session.candidate[item.candidate].route.key

        return sorted(session.assignments, key=form)

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
        carry_out(write_documents, work, self.workers, self.writer, progress)

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


def _write_on_paper(
    making: Making, checked: Checked, options: Options, problems: list[Problem]
) -> list[tuple[Path, Written]]:
    """Write the grids on paper that are asked for, from the shipped template if need be."""
    from sheetgen.documents import PaperGridTemplate, read_word_template
    from sheetgen.mailing import PAPER_TEMPLATE
    from sheetgen.workspace import shipped_template

    template = None if checked.templates is None else checked.templates.paper_grid
    if template is None:
        with shipped_template(PaperGridTemplate.file) as path:
            template, found = read_word_template(path, PaperGridTemplate, checked.logo)
            problems.extend(found)
    if template is None:
        return []
    grids = PaperGrids(
        referential=making.referential,
        session=making.session,
        folder=making.folder,
        template=template,
        message=checked.letters.get(PAPER_TEMPLATE),
        options=options,
        problems=problems,
    )
    return grids.write()


def _convoke(
    session: Session, checked: Checked, folder: SessionFolder, problems: list[Problem]
) -> list[tuple[Path, Written]]:
    """Write the drafts that bring convocations, where there is a template for these."""
    from sheetgen.documents.contexts import convoked
    from sheetgen.mailing import CONVOCATION_TEMPLATE

    message = checked.letters.get(CONVOCATION_TEMPLATE)
    if message is None or checked.templates is None or checked.templates.convocation is None:
        return []
    documents = {folder.convocation(session, person): person for person in convoked(session)}
    letters = Letters(session=session, place=folder.convocations, documents=documents)
    return letters.write(folder, message, problems)


def tell_stand_ins(
    session: Session, made: Session, seats: Seats | None, folder: SessionFolder
) -> Iterator[Problem]:
    """Tell who takes over which grids from whom, and which come back in the name of who marked.

    Args:
        session: with the assignments of both.
        made: with those of which a grid is made.
        seats: whose grids count; None where nothing came back yet.
        folder: the session's.
    """
    if not session.juries.stand_in:
        return
    from sheetgen.returns import chains_of

    asked = {(item.candidate, item.juror) for item in made.assignments}
    counting = () if seats is None else seats.counting
    for replaced, by in session.juries.stand_in.items():
        former = session.juror[replaced]
        chains = [
            chain
            for chain in chains_of(session)
            if by in session.juror[chain[-1].juror].people
            and any(former in session.juror[item.juror].people for item in chain)
        ]
        taken = [
            chain[-1].candidate
            for chain in chains
            if (chain[-1].candidate, chain[-1].juror) in asked
        ]
        kept = [
            item.candidate
            for chain in chains
            for item in chain
            if item in counting
            and item.candidate not in taken
            and former in session.juror[item.juror].people
        ]
        yield made_kinds.STAND_IN_TOLD.at(
            Location(file=str(folder.root)),
            juror=f"{by.full_name} ({by.code})",
            replaced=told_person(former.full_name, former.code),
            taken=_counted_people(session, taken),
            kept=_told_kept(session, replaced, kept),
        )


def _told_kept(session: Session, replaced: JurorCode, kept: Sequence[CandidateId]) -> str:
    """Return which grids come back in the name of who is replaced; nothing without any."""
    if not kept:
        return ""
    who = session.juror[replaced].full_name
    return f" ; remplie(s) par {who} : {_counted_people(session, kept)}"


def _counted_people(session: Session, numbers: Sequence[CandidateId]) -> str:
    """Return « 2 grille(s) (Zoé Exemple (C01), …) », or « aucune grille »."""
    if not numbers:
        return "aucune grille"
    told = [told_candidate(session, number) for number in numbers]
    return f"{len(numbers)} grille(s), pour {shortened_list(told)}"


def _report_stale(
    folder: SessionFolder,
    session: Session,
    written: Sequence[tuple[Path, Written]],
    problems: list[Problem],
) -> None:
    """Report grids of a former `generate` that the session no longer asks for; delete none.

    Those of who is replaced stay where they are: what came back of them may count.
    """
    current = {path for path, _ in written}
    current |= {
        folder.grid(session, item)
        for item in session.assignments
        if any(x.code in session.juries.stand_in for x in session.juror[item.juror].people)
    }
    problems.extend(
        kinds.GRID_STALE.at(Location(file=str(path)))
        for path in sorted(folder.grids.rglob("*.xlsx"))
        if path not in current and not path.name.startswith(("~$", "."))
    )
