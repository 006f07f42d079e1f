"""Mail drafts that bring one person a document: a convocation, a result; beside no other file.

Like what is sent to jurors they follow from other files: made again as often as these change, and
what a person wrote in one is kept under a numbered name. None is ever sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.lazy_dataclass import dataclass
from sheetgen.session_folder.written_files import WrittenFiles

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    ) -> list[tuple[Path, Written]]:
        """Write a draft for each document that is there; remove those no longer to be sent.

        Args:
            folder: of the session.
            template: of the message.
            problems: to be added to.
            others: whether the folder holds drafts of others, which stay.
        """
        from sheetgen.mailing import Letter, attached, check_person, write_letter

        notes = WrittenFiles(record=folder.private / "letters.json")
        writer = Writer(force=True, problems=problems)
        drafts = {self.place / f"{path.stem}.eml": path for path in self.documents}
        known = notes.digests(drafts)
        for draft, document in drafts.items():
            if not document.exists():
                continue
            with locks_reported(problems, draft):
                letter = Letter(
                    session=self.session,
                    person=self.documents[document],
                    attachment=attached(document),
                    replaces=document in self.replacing,
                )
                writer.renew(draft, write_letter(letter, template), known.get(draft))
                problems.extend(check_person(letter, str(draft)))
        with locks_reported(problems, self.place):
            notes.note(writer.digests)
            made = MadeFiles(notes=notes, place=self.place, pattern="*.eml")
            if not others:
                made.remove_others(drafts, problems)
        return writer.written
