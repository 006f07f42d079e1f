"""Papers of a former run: those that no longer say what is so, and those that are no longer made.

Each is noted with a SHA-256 over what it was filled with and its template. `check` and `status`
compare that with what it would be filled with now, without making any document. What is no longer
made is removed if nobody changed it, else told.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from sheetgen.files import file_digest
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Status
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as file_kinds
from sheetgen.problems import made as kinds
from sheetgen.session_folder import shortened_list
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.written_files import WrittenFiles, set_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs
    from sheetgen.mailing import MessageTemplate, Recipient
    from sheetgen.model import Candidate, Juror, Referential, Session
    from sheetgen.session_folder import MadeGrid

_NUMBERED = re.compile(r"-\d+$")
"""Ends the name of a copy kept because somebody wrote in it; it was told when it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFiles:
    """The documents that sheetgen makes under one folder, known by their hash.

    Attributes:
        notes: what was written there.
        place: the folder.
        pattern: of the names of the files that are made there.
    """

    notes: WrittenFiles
    place: Path
    pattern: str = "*.docx"

    @classmethod
    def of(cls, session: SessionFolder, place: Path, pattern: str = "*.docx") -> MadeFiles:
        """Return the documents made in a folder of the session."""
        notes = WrittenFiles(record=session.private / "documents.json")
        return cls(notes=notes, place=place, pattern=pattern)

    def make_room(self, problems: list[Problem]) -> None:
        """Set aside what a person made of a document that is about to be made again.

        Raises:
            OSError: a file cannot be read or moved.
        """
        known = self.notes.digests(self._documents())
        for path, digest in known.items():
            kept = set_aside(path, digest)
            if kept is not None:
                place = Location(file=str(path))
                problems.append(file_kinds.CHANGED_FILE_KEPT.at(place, kept=kept.name))

    def note(self, written: Iterable[Path]) -> None:
        """Note documents as they have just been written.

        Raises:
            OSError: one cannot be read, or the notes not written.
        """
        self.notes.note({path: file_digest(path) for path in written if path.exists()})

    def remove_others(self, current: Collection[Path], problems: list[Problem]) -> None:
        """Remove the documents that are no longer made; tell those that somebody changed.

        Args:
            current: what this run made, or would have made.
            problems: gets a warning for each that stays.

        Raises:
            OSError: one cannot be read or removed.
        """
        kept = set(current)
        others = [path for path in self._documents() if path not in kept]
        known = self.notes.digests(others)
        for path in others:
            if known.get(path) == file_digest(path):
                path.unlink()
            elif path in known or not _NUMBERED.search(path.stem):
                problems.append(file_kinds.DOCUMENT_STALE.at(Location(file=str(path))))

    def _documents(self) -> Iterator[Path]:
        for path in sorted(self.place.rglob(self.pattern)):
            if path.is_file() and not path.name.startswith(("~$", ".")):
                yield path


_ATTENDANCE, _INSTRUCTIONS = "feuille-emargement.docx", "consignes-jures.docx"
_REPORT, _CONVOCATION = "rapport-jury.docx", "convocation.docx"


def describe_papers(
    inputs: Inputs, referential: Referential, session: Session, message: MessageTemplate | None
) -> Mapping[Path, Callable[[], str]]:
    """Return what `generate` fills each paper and each mail with, by its file.

    It is told as a SHA-256 by calling it: most commands compare hardly any.
    """
    from sheetgen.documents.contexts import convoked
    from sheetgen.mailing import FOLDER, files_of, recipients_of, render_message, told_members

    folder = SessionFolder.of(inputs.output, session)
    template = cache(lambda name: _read_template(inputs.templates / name))
    # Neither attendance sheet nor convocation prints the deadline.
    undated = replace(session, return_deadline=None)
    bare = replace(undated, candidates=(), assignments=(), accommodations=())
    shared = cache(lambda: _digest(repr((referential, bare)), template(_REPORT)))

    def mail(message: MessageTemplate, recipient: Recipient) -> str:
        return _digest(repr((render_message(message, recipient), recipient.juror.email)))

    def report(candidate: Candidate) -> str:
        known = replace(candidate, email=None, former_name=None)
        exempt = sorted(session.exemptions_of[candidate.id])
        return _digest(repr((shared(), known, exempt, session.assignments_of[candidate.id])))

    def attendance() -> str:
        from sheetgen.documents.contexts import attendance_context

        said = _rendered(attendance_context(referential, undated))
        return _digest(said, template(_ATTENDANCE))

    def instructions() -> str:
        from sheetgen.documents.contexts import instructions_context

        said = _rendered(instructions_context(referential, session))
        return _digest(said, template(_INSTRUCTIONS))

    def convocation(person: Candidate | Juror) -> str:
        from sheetgen.documents.contexts import convocation_context

        called = _rendered(convocation_context(referential, undated, person))
        return _digest(called, template(_CONVOCATION))

    papers = {
        folder.reports / _ATTENDANCE: attendance,
        folder.root / FOLDER / _INSTRUCTIONS: instructions,
    }
    if message is not None:
        sent = [(message, item) for item in recipients_of(session)]
        if message.told is not None:
            sent += [(message.told, item) for item in told_members(session)]
        papers |= {
            folder.root / files_of(item)[-1]: partial(mail, text, item) for text, item in sent
        }
    papers |= {
        folder.report(folder.reports, session, item): partial(report, item)
        for item in session.candidates
        if item.status is Status.PRESENT
    }
    papers |= {
        folder.convocation(session, person): partial(convocation, person)
        for person in convoked(session)
    }
    return papers


def describe_consolidation(referential: Referential, session: Session) -> str:
    """Return the SHA-256 of what a consolidation rests on beside the returns.

    Which of a replaced juror and their stand-in marks whom is known from the returns alone.
    """
    stand_in = session.juries.stand_in
    if taking_turns := {*stand_in, *(item.code for item in stand_in.values())}:
        session = replace(
            session,
            assignments=tuple(
                item
                for item in session.assignments
                if not any(x.code in taking_turns for x in session.juror[item.juror].people)
            ),
        )
    return hashlib.sha256(repr((referential, session)).encode("utf-8", "replace")).hexdigest()


def find_outdated(
    inputs: Inputs,
    referential: Referential,
    session: Session,
    made: Iterable[MadeGrid],
    message: MessageTemplate | None,
) -> Iterator[Problem]:
    """Yield a problem for papers out of date: those of `generate`, then the consolidation.

    Args:
        inputs: where templates and outputs are.
        referential: of now.
        session: likewise.
        made: the grids on record that would be made again.
        message: the template of mails, None where it cannot be used.
    """
    folder = SessionFolder.of(inputs.output, session)
    papers: Mapping[Path, Callable[[], str]] = {}
    if folder.described.record.exists():  # before the first `generate` there is nothing to compare
        papers = describe_papers(inputs, referential, session, message)
    noted = folder.described.digests(papers)
    old = [path.name for path in noted if path.exists() and noted[path] != papers[path]()]
    dated = [grid for grid in made if grid.fingerprint and grid.deadline != session.return_deadline]
    files = [*([f"{len(dated)} grille(s), par leur date limite"] if dated else []), *old]
    if files:
        yield kinds.PAPERS_OUTDATED.at(
            Location(file=str(folder.root)),
            count=len(dated) + len(old),
            files=shortened_list(files),
            command="generate",
        )
    path = folder.consolidation / "consolidation.xlsx"
    digest = folder.described.digest(path)
    if digest not in (None, describe_consolidation(referential, session)) and path.exists():
        yield kinds.PAPERS_OUTDATED.at(
            Location(file=str(folder.consolidation)),
            count=1,
            files=f"{path.name} et ce qui l'accompagne",
            command="consolidate",
        )


def _read_template(path: Path) -> bytes:
    """Return a template's bytes; none where it cannot be read, which is told elsewhere."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _rendered(context: object) -> str:
    return json.dumps(context, ensure_ascii=False, sort_keys=True, default=str)


def _digest(text: str, data: bytes = b"") -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace") + b"\0" + data).hexdigest()
