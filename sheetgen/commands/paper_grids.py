"""Grids on paper for jurors who fill them in with a pen: documents, an archive and a draft each.

They are no grids: what is ticked is typed into the juror's grid, which says by whom.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sheetgen.commands.letters import Letters
from sheetgen.commands.papers import MadeFiles
from sheetgen.commands.printing import Printing
from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location
from sheetgen.problems import made as kinds
from sheetgen.session_folder.written_files import WrittenFiles
from sheetgen.text import file_stem, fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.documents import PaperGridTemplate
    from sheetgen.mailing import MessageTemplate
    from sheetgen.model import Assignment, Candidate, Juror, Referential, Session
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder
    from sheetgen.session_folder.written_files import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGrids:
    """Makes the grids on paper of some jurors of a session."""

    referential: Referential
    session: Session
    folder: SessionFolder
    template: PaperGridTemplate
    message: MessageTemplate | None
    options: Options
    problems: list[Problem]

    def write(self) -> list[tuple[Path, Written]]:
        """Write them for each juror asked for, now or before; tell a code that is none.

        Those of grids in common are theirs too, whoever holds these. Those of who has nothing left
        to mark, as one who is replaced, are removed.
        """
        written: list[tuple[Path, Written]] = []
        served: list[Path] = []
        before = [
            juror.code
            for juror in self.session.jurors
            if (self.folder.papers / file_stem(juror.code)).is_dir()
        ]
        for asked in {fold(code): code for code in (*before, *self.options.paper)}.values():
            markers = [
                item
                for item in self.session.markers
                if any(fold(person.code) == fold(asked) for person in item.people)
            ]
            own = [
                item
                for item in self.session.assignments
                if item.juror in {marker.code for marker in markers}
            ]
            people = [person for marker in markers for person in marker.people]
            person = next((x for x in people if fold(x.code) == fold(asked)), None)
            if own and person is not None:
                written += self._write_for(person, own)
                served.append(self.folder.papers / file_stem(person.code))
            elif any(fold(code) == fold(asked) for code in self.options.paper):
                known = ", ".join(f"{x.code} ({x.full_name})" for x in self.session.jurors)
                place = Location(file="session.xlsx", sheet="Jurés")
                self.problems.append(kinds.PAPER_FOR_NOBODY.at(place, juror=asked, allowed=known))
        if self.folder.papers.is_dir():
            self._remove_others(served)
        return written

    def _remove_others(self, served: Sequence[Path]) -> None:
        """Remove what was made for jurors other than those of these folders.

        What somebody changed stays, and is told.
        """
        letters = WrittenFiles(record=self.folder.private / "letters.json")
        printing = Printing(folder=self.folder, options=self.options, problems=self.problems)
        with locks_reported(self.problems, self.folder.papers):
            for suffix in (".zip", ".eml"):
                sent = MadeFiles(notes=letters, place=self.folder.papers, pattern=f"*{suffix}")
                sent.remove_others([x.with_name(x.name + suffix) for x in served], self.problems)
            for place in sorted(self.folder.papers.iterdir()):
                if place.is_dir() and place not in served:
                    made = MadeFiles(notes=self.folder.generated, place=place)
                    made.remove_others([], self.problems)
                    printing.follow([], [place])
                    if not any(place.iterdir()):
                        place.rmdir()

    def _write_for(
        self, juror: Juror, assignments: Sequence[Assignment]
    ) -> list[tuple[Path, Written]]:
        place = self.folder.papers / file_stem(juror.code)
        writer = Writer(force=self.options.force, problems=self.problems)
        paths = [place / self._name(item) for item in assignments]
        known = self.folder.generated.digests(paths)
        for path, item in zip(paths, assignments, strict=True):
            render = partial(self.template.render, self.referential, self.session, item)
            writer.write_document(path, render, known)
        self.folder.generated.note(writer.digests)
        self.problems.extend(writer.missing.problems)
        made = MadeFiles(notes=self.folder.generated, place=place)
        made.remove_others(paths, self.problems)
        printing = Printing(folder=self.folder, options=self.options, problems=self.problems)
        printed = printing.follow(paths, [place])
        return [*writer.written, *printed, *self._send(juror, paths)]

    def _name(self, assignment: Assignment) -> str:
        """Return the name of a grid on paper, that of its grid but for the beginning."""
        stem = self.folder.grid(self.session, assignment).stem
        return f"{stem.replace('grille', 'papier', 1)}.docx"

    def _send(self, juror: Juror, paths: Sequence[Path]) -> list[tuple[Path, Written]]:
        """Pack what is to be printed, PDFs where there are some, and draft the mail with it."""
        from sheetgen.mailing import attached, pack_grids

        files = [attached(path) for path in paths if path.exists()]
        archive = self.folder.papers / f"{file_stem(juror.code)}.zip"
        writer = Writer(force=True, problems=self.problems)
        notes = WrittenFiles(record=self.folder.private / "letters.json")
        writer.refresh(archive, pack_grids({item.name: item.data for item in files}), notes)
        written = list(writer.written)
        if self.message is not None:
            people: dict[Path, Candidate | Juror] = {archive: juror}
            letters = Letters(session=self.session, place=self.folder.papers, documents=people)
            written += letters.write(self.folder, self.message, self.problems, others=True)
        return written
