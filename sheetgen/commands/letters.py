"""Mail drafts that bring one person a document: a convocation, a result; beside no other file.

Like what is sent to jurors they follow from other files: made again as often as these change, and
what a person wrote in one is kept under a numbered name. None is ever sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.shares import PEOPLE_A_SHARE, narrow_session
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.lazy_dataclass import dataclass
from sheetgen.processes import Work, Workers
from sheetgen.session_folder.written_files import WrittenFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.mailing import MessageTemplate
    from sheetgen.model import Candidate, Juror, Session
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder
    from sheetgen.session_folder.written_files import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Drafts of one kind, in one folder: each brings a document to whom it is for.

    Attributes:
        place: the folder.
        documents: the documents, by whom each is for.
        replacing: those documents that annul one sent before.
    """

    session: Session
    place: Path
    documents: Mapping[Path, Candidate | Juror]
    replacing: frozenset[Path] = frozenset()

    def write(
        self,
        folder: SessionFolder,
        template: MessageTemplate,
        problems: list[Problem],
        *,
        others: bool = False,
        workers: Workers | None = None,
    ) -> list[tuple[Path, Written]]:
        """Write a draft for each document that is there; remove those no longer to be sent.

        Args:
            folder: of the session.
            template: of the message.
            problems: to be added to.
            others: whether the folder holds drafts of others, which stay.
            workers: who writes them; this process alone where nobody is said.

        Raises:
            WorkersLostError: those who write are gone.
        """
        workers = workers or Workers()
        notes = WrittenFiles(record=folder.private / "letters.json")
        writer = Writer(force=True, problems=problems)
        drafts = {self.place / f"{path.stem}.eml": path for path in self.documents}
        known = notes.digests(drafts)
        # A letter names those who mark in common, and nobody else of its session.
        session = narrow_session(self.session, ())

        def share(items: Sequence[tuple[Path, Path]]) -> LetterShare:
            return LetterShare(
                session=session,
                documents=dict(items),
                people={document: self.documents[document] for _, document in items},
                replacing=self.replacing.intersection(document for _, document in items),
                template=template,
                digests={draft: known[draft] for draft, _ in items if draft in known},
                base=workers.base,
            )

        work = Work(items=drafts.items(), count=len(drafts), share=share, sizes=PEOPLE_A_SHARE)
        for done in workers.run(write_letters, work):
            writer.take(done)
        with locks_reported(problems, self.place):
            notes.note(writer.digests)
            made = MadeFiles(notes=notes, place=self.place, pattern="*.eml")
            if not others:
                made.remove_others(drafts, problems)
        return writer.written


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterShare:
    """Drafts to write.

    Attributes:
        session: with its jury alone.
        documents: the document that each draft brings.
        people: whom each document is for.
        replacing: those documents that annul one sent before.
        digests: SHA-256 of the drafts as last written.
        base: where relative paths start from.
    """

    session: Session
    documents: Mapping[Path, Path]
    people: Mapping[Path, Candidate | Juror]
    replacing: frozenset[Path]
    template: MessageTemplate
    digests: Mapping[Path, str]
    base: Path


def write_letters(share: LetterShare) -> Iterator[Writer]:
    """Write each draft of which the document is there."""
    from sheetgen.mailing import Letter, attached, check_person, write_letter

    for draft, document in share.documents.items():
        writer = Writer(force=True, base=share.base)
        if (share.base / document).exists():
            with locks_reported(writer.problems, draft):
                letter = Letter(
                    session=share.session,
                    person=share.people[document],
                    attachment=attached(share.base / document),
                    replaces=document in share.replacing,
                )
                made = write_letter(letter, share.template)
                writer.renew(draft, made, share.digests.get(draft))
                writer.problems.extend(check_person(letter, str(draft)))
        yield writer
