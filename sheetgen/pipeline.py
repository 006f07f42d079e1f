"""The commands as plain functions: files in, files out, and a result that says what happened.

Nothing here prints or exits. Each function collects problems and goes on as far as it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sheetgen.folders import (
    SessionFolder,
    UnusableKeyError,
    Written,
    WrittenFiles,
    create_key,
    read_key,
    write_unless_changed,
)
from sheetgen.model import SessionDecisions, Status
from sheetgen.problems import Location, Problem, Severity
from sheetgen.problems import files as kinds
from sheetgen.replacing import write_whole

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sheetgen.grids.identity import SigningKey
    from sheetgen.grids.read import ReadGrid
    from sheetgen.handing import MessageTemplate
    from sheetgen.model import Referential, Session
    from sheetgen.reports.render import ReportTemplate
    from sheetgen.returns.collect import Collection
    from sheetgen.returns.find import FoundFile

REPORT_TEMPLATE = "rapport-jury.docx"
CONSOLIDATION_WORKBOOK = "consolidation.xlsx"

Step = Callable[[], None]
Progress = Callable[[str, int], "AbstractContextManager[Step]"]
"""Given what is being done and in how many steps, a context whose value is called at each step."""


@contextmanager
def no_progress(_what: str, _steps: int) -> Iterator[Step]:
    """Shows nothing."""
    yield lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Where the school's files are."""

    referential: Path
    session: Path
    templates: Path
    output: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to run: `jobs` processes at most, Word documents or not, what to overwrite or prefer."""

    jobs: int = 1
    reports: bool = True
    force: bool = False
    preferred: tuple[str, ...] = ()
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The inputs as read: a record is None where its file cannot be used."""

    referential: Referential | None
    session: Session | None
    template: ReportTemplate | None
    message: MessageTemplate | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What every command says; the rest, some of it confidential, only `check` does."""
        return tuple(item for item in self.problems if item.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What `generate` did: each file with what became of it, in order."""

    checked: Checked
    folder: SessionFolder | None = None
    files: tuple[tuple[Path, Written], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidated:
    """What `consolidate` did; `decisions` is None where nothing could be decided."""

    checked: Checked
    decisions: SessionDecisions | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What `status` found; `collection` is None where nothing could be read.

    `watched` are the files and folders that were looked into.
    """

    checked: Checked
    collection: Collection | None = None
    watched: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def check(inputs: Inputs, options: Options) -> Checked:
    """Reads everything the school wrote and says everything that is wrong with it."""
    from sheetgen.handing import MESSAGE_TEMPLATE, read_message_template
    from sheetgen.sources import read_referential, read_session

    referential, problems = read_referential(inputs.referential)
    session, found = read_session(inputs.session, referential)
    problems = [*problems, *found]
    template = None
    if options.reports:
        from sheetgen.reports.render import read_template

        template, found = read_template(inputs.templates / REPORT_TEMPLATE)
        problems += found
    message, found = read_message_template(inputs.templates / MESSAGE_TEMPLATE)
    problems += found
    return Checked(
        referential=referential,
        session=session,
        template=template,
        message=message,
        problems=tuple(problems),
    )


def generate(inputs: Inputs, options: Options) -> Generated:
    """Writes a grid per assignment and a blank jury report per candidate who came."""
    checked = check(inputs, options)
    if checked.referential is None or checked.session is None:
        return Generated(checked=checked, problems=checked.errors)
    session = checked.session
    folder = SessionFolder.of(inputs.output, session)
    problems = list(checked.errors)
    key = _open_key(folder, problems, create=True)
    if key is None:
        return Generated(checked=checked, folder=folder, problems=tuple(problems))
    written: list[tuple[Path, Written]] = []
    writer = _Writer(force=options.force, written=written, problems=problems)
    with _locks_reported(problems, folder.root):
        folder.returns.mkdir(parents=True, exist_ok=True)
        _generate_grids(checked, key, folder, options, writer)
        _hand_out(checked, folder, options, writer)
        _generate_reports(checked, folder, options, writer)
        _report_stale(folder, written, problems)
    return Generated(checked=checked, folder=folder, files=tuple(written), problems=tuple(problems))


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes files one by one, noting what became of each."""

    force: bool
    written: list[tuple[Path, Written]]
    problems: list[Problem]

    def write(self, path: Path, data: bytes) -> None:
        """Writes one file, or says why it was left as it is."""
        try:
            outcome = write_unless_changed(path, data, force=self.force)
        except OSError as error:
            self.problems.append(
                kinds.FILE_NOT_WRITTEN.at(Location(file=str(path)), reason=error.strerror)
            )
            return
        if outcome is Written.KEPT:
            self.problems.append(kinds.FILE_KEPT.at(Location(file=str(path))))
        self.written.append((path, outcome))

    def refresh(self, path: Path, data: bytes, notes: WrittenFiles) -> None:
        """Writes one file that follows from others, setting aside what a person made of it."""
        if path.exists() and path.read_bytes() == data:
            outcome = Written.UNCHANGED
        else:
            kept = notes.set_aside(path)
            if kept is not None:
                location = Location(file=str(path))
                self.problems.append(kinds.CHANGED_FILE_KEPT.at(location, kept=kept.name))
            outcome = Written.REPLACED if path.exists() else Written.CREATED
            write_whole(path, data)
        notes.remember(path)
        self.written.append((path, outcome))


def _generate_grids(
    checked: Checked, key: SigningKey, folder: SessionFolder, options: Options, writer: _Writer
) -> None:
    from sheetgen.grids.produce import produce_grids

    session, referential = checked.session, checked.referential
    if session is None or referential is None:
        return
    with options.progress("Grilles", len(session.assignments)) as step:
        for assignment, data in produce_grids(referential, session, key, jobs=options.jobs):
            writer.write(folder.grid(session, assignment), data)
            step()


def _hand_out(checked: Checked, folder: SessionFolder, options: Options, writer: _Writer) -> None:
    """Packs each juror's grids; what a person changed since is kept under another name."""
    from sheetgen.handing import hand_out

    session = checked.session
    if session is None:
        return
    notes = WrittenFiles(record=folder.private / "envois.json")
    with options.progress("Envois", len(session.jurors) + 1) as step:
        for handout in hand_out(session, folder, checked.message):
            writer.problems.extend(handout.problems)
            for name, data in handout.files.items():
                writer.refresh(folder.root / name, data, notes)
            step()


def _generate_reports(
    checked: Checked, folder: SessionFolder, options: Options, writer: _Writer
) -> None:
    session, referential, template = checked.session, checked.referential, checked.template
    if session is None or referential is None or template is None:
        return
    from sheetgen.reports.render import RenderError

    present = [item for item in session.candidates if item.status is Status.PRESENT]
    with options.progress("Rapports", len(present)) as step:
        for candidate in present:
            try:
                data = template.render_blank(referential, session, candidate)
            except RenderError as error:
                writer.problems.append(error.problem)
            else:
                writer.write(folder.report(folder.reports, session, candidate), data)
            step()


def _report_stale(
    folder: SessionFolder, written: Sequence[tuple[Path, Written]], problems: list[Problem]
) -> None:
    """Grids of a former `generate` that this session no longer asks for; none is deleted."""
    current = {path for path, _ in written}
    problems.extend(
        kinds.GRID_STALE.at(Location(file=str(path)))
        for path in sorted(folder.grids.rglob("*.xlsx"))
        if path not in current and not path.name.startswith(("~$", "."))
    )


def survey(inputs: Inputs, returns: Sequence[Path], options: Options) -> Surveyed:
    """Reads the returns and says what came back, what is missing and what was refused."""
    checked = check(inputs, replace(options, reports=False))
    collection, problems = _collect(inputs, checked, returns, options)
    watched = list(returns)
    if checked.session is not None and not watched:
        watched = [SessionFolder.of(inputs.output, checked.session).returns]
    return Surveyed(
        checked=checked,
        collection=collection,
        watched=tuple(watched),
        problems=tuple(problems),
    )


def watch(paths: Sequence[Path], survey_again: Callable[[], Surveyed]) -> Iterator[Surveyed]:
    """A new survey each time a file arrives, changes or goes, until interrupted."""
    from watchfiles import watch as watch_files

    existing = [path for path in paths if path.exists()]
    if not existing:
        return
    seen = _snapshot(existing)
    # What arrives before the watch has begun gives no event: so each second is an occasion to look.
    for _ in watch_files(
        *existing, yield_on_timeout=True, rust_timeout=1000, raise_interrupt=False
    ):
        current = _snapshot(existing)
        if current != seen:
            seen = current
            yield survey_again()


def _snapshot(paths: Sequence[Path]) -> frozenset[tuple[str, int, int]]:
    """The files at or below the paths, each with its size and time of change."""
    files = [file for path in paths for file in (path, *path.rglob("*")) if file.is_file()]
    states = [(str(file), file.stat()) for file in files]
    return frozenset((name, state.st_size, state.st_mtime_ns) for name, state in states)


def consolidate(inputs: Inputs, returns: Sequence[Path], options: Options) -> Consolidated:
    """Reads the returns, decides, and writes everything under `consolidation/`."""
    from sheetgen.rules import decide_session

    checked = check(inputs, options)
    collection, problems = _collect(inputs, checked, returns, options)
    session, referential = checked.session, checked.referential
    if collection is None or session is None or referential is None:
        return Consolidated(checked=checked, problems=tuple(problems))
    marks = {
        (item.candidate, item.juror): item.marks
        for item in collection.returns
        if item.counts and item.candidate is not None and item.juror is not None
    }
    source_problems = set(checked.errors)
    decisions = SessionDecisions(
        referential=referential,
        session=session,
        candidates=decide_session(referential, session, marks),
        returns=collection.returns,
        missing=collection.missing,
        problems=tuple(problem for problem in problems if problem not in source_problems),
    )
    folder = SessionFolder.of(inputs.output, session)
    consolidation = _Consolidation(decisions=decisions, folder=folder, problems=problems)
    with _locks_reported(problems, folder.consolidation):
        consolidation.write_decisions()
        consolidation.write_workbook()
        consolidation.compare_with_last()
        if checked.template is not None:
            consolidation.write_reports(checked.template, options.progress)
    return Consolidated(
        checked=checked,
        decisions=decisions,
        files=tuple(consolidation.files),
        problems=tuple(problems),
    )


def _collect(
    inputs: Inputs, checked: Checked, returns: Sequence[Path], options: Options
) -> tuple[Collection | None, list[Problem]]:
    """The returns as read, with the problems of the sources first."""
    from sheetgen.grids.read import read_grid
    from sheetgen.returns.collect import collect_returns
    from sheetgen.returns.contain import read_contained
    from sheetgen.returns.find import find_returns
    from sheetgen.returns.identify import Expected

    problems = list(checked.errors)
    if checked.referential is None or checked.session is None:
        return None, problems
    folder = SessionFolder.of(inputs.output, checked.session)
    key = _open_key(folder, problems, create=False)
    if key is None:
        return None, problems
    files, found = find_returns(list(returns) or [folder.returns])
    problems.extend(found)
    expected = Expected(referential=checked.referential, session=checked.session, key=key)

    with options.progress("Lecture des retours", len(files)) as step:

        def counted() -> Iterator[tuple[FoundFile, ReadGrid | Problem]]:
            for result in read_contained(files, read_grid, jobs=options.jobs):
                step()
                yield result

        collection = collect_returns(counted(), expected, options.preferred)
    for item in collection.returns:
        problems.extend(item.problems)
    problems.extend(collection.problems)
    return collection, problems


@dataclass(slots=True, kw_only=True)
class _Consolidation:
    """Writes what `consolidate` puts in its folder, noting files and problems."""

    decisions: SessionDecisions
    folder: SessionFolder
    problems: list[Problem]
    files: list[Path] = field(default_factory=list)

    def write_decisions(self) -> None:
        """The decisions as JSON and CSV."""
        from sheetgen.consolidation import write_decisions_csv, write_decisions_json

        for name, write in (
            ("decisions.json", write_decisions_json),
            ("decisions.csv", write_decisions_csv),
        ):
            path = self.folder.consolidation / name
            write(path, self.decisions)
            self.files.append(path)

    def write_workbook(self) -> None:
        """The jury's workbook; one in which somebody wrote is kept under another name."""
        from sheetgen.consolidation import write_consolidation

        path = self.folder.consolidation / CONSOLIDATION_WORKBOOK
        notes = WrittenFiles(record=self.folder.private / "consolidation.json")
        kept = notes.set_aside(path)
        if kept is not None:
            location = Location(file=str(path))
            self.problems.append(kinds.CHANGED_FILE_KEPT.at(location, kept=kept.name))
        write_consolidation(path, self.decisions)
        notes.remember(path)
        self.files.append(path)

    def compare_with_last(self) -> None:
        """Says which returns came, changed or went since the last consolidation."""
        from sheetgen.returns.history import (
            changes_since,
            counted_returns,
            read_history,
            write_history,
        )

        record = self.folder.private / "returns.json"
        current = counted_returns(self.decisions.returns)
        former = read_history(record)
        if former is not None:
            self.problems.extend(changes_since(former, current))
        write_history(record, current)

    def write_reports(self, template: ReportTemplate, progress: Progress) -> None:
        """A filled jury report per candidate."""
        from sheetgen.reports.render import RenderError

        session = self.decisions.session
        with progress("Rapports", len(self.decisions.candidates)) as step:
            for decision in self.decisions.candidates:
                candidate = session.candidate[decision.candidate]
                path = self.folder.report(
                    self.folder.consolidation / "rapports", session, candidate
                )
                try:
                    write_whole(path, template.render_filled(self.decisions, decision))
                    self.files.append(path)
                except RenderError as error:
                    self.problems.append(error.problem)
                step()


def _open_key(folder: SessionFolder, problems: list[Problem], *, create: bool) -> SigningKey | None:
    """The session's signing key, made if asked for; None with a problem where there is none."""
    location = Location(file=str(folder.key))
    try:
        key = read_key(folder.key)
        if key is None and create:
            key = create_key(folder.key)
    except UnusableKeyError:
        problems.append(kinds.KEY_UNUSABLE.at(location))
        return None
    except OSError as error:
        problems.append(kinds.FILE_NOT_WRITTEN.at(location, reason=error.strerror))
        return None
    if key is None:
        problems.append(kinds.KEY_MISSING.at(location))
    return key


@contextmanager
def _locks_reported(problems: list[Problem], folder: Path) -> Iterator[None]:
    """A file that cannot be written, as when it is open in Excel, is a problem and no crash."""
    try:
        yield
    except OSError as error:
        name = str(error.filename or folder)
        problems.append(kinds.FILE_NOT_WRITTEN.at(Location(file=name), reason=error.strerror))


__all__ = [
    "Checked",
    "Consolidated",
    "Generated",
    "Inputs",
    "Options",
    "Progress",
    "Surveyed",
    "check",
    "consolidate",
    "generate",
    "survey",
    "watch",
]
