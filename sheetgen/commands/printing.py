"""PDFs beside Word documents: made where they are asked for, never left beside another document.

A PDF follows its document. Each is noted with the hash of the document that it was made of; one
whose document changed since, or is gone, is removed, or made again with `--pdf`. What a person put
under its name, a signed page that was scanned, is theirs: it is never lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.commands.writing import Writer, locks_reported
from sheetgen.files import file_digest
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, converting
from sheetgen.session_folder.written_files import WrittenFiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Options
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder
    from sheetgen.session_folder.written_files import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Has the PDFs of one session's documents follow them."""

    folder: SessionFolder
    options: Options
    problems: list[Problem]

    @property
    def _pdfs(self) -> WrittenFiles:
        """Return what is known of each PDF as it was written."""
        return WrittenFiles(record=self.folder.private / "pdfs.json")

    @property
    def _sources(self) -> WrittenFiles:
        """Return what is known of the document that each PDF was made of."""
        return WrittenFiles(record=self.folder.private / "pdf_sources.json")

    def follow(
        self, documents: Iterable[Path], places: Sequence[Path]
    ) -> list[tuple[Path, Written]]:
        """Bring the PDFs of these places up to date; return those written.

        Args:
            documents: those that are to have one, where PDFs are asked for.
            places: the folders in which documents were made.
        """
        writer = Writer(force=True, problems=self.problems)
        with locks_reported(self.problems, self.folder.root):
            self._remove_outdated(places)
            if self.options.pdf:
                self._make(sorted({path for path in documents if path.exists()}), writer)
        return writer.written

    def _remove_outdated(self, places: Sequence[Path]) -> None:
        """Remove PDFs that say something else than the document beside them, if they are ours."""
        there = {path for place in places for path in place.rglob("*.pdf") if path.is_file()}
        known, sources = self._pdfs.digests(there), self._sources.digests(there)
        for path in sorted(known):
            document = path.with_suffix(".docx")
            current = file_digest(document) if document.exists() else None
            if current != sources.get(path) and file_digest(path) == known[path]:
                path.unlink()

    def _make(self, documents: Sequence[Path], writer: Writer) -> None:
        """Make the PDFs that are not there."""
        targets = {document: document.with_suffix(".pdf") for document in documents}
        sources = self._sources.digests(targets.values())
        digests = {document: file_digest(document) for document in documents}
        asked = [
            document
            for document, target in targets.items()
            if not (target.exists() and sources.get(target) == digests[document])
        ]
        program = self._find_program() if asked else None
        if program is None:
            return
        from sheetgen.pdf import convert_documents

        known = self._pdfs.digests(targets.values())
        made: dict[Path, str] = {}
        try:
            with self.options.progress("PDF", len(asked)) as step:
                for item in convert_documents(program, asked):
                    step()
                    if item.pdf is None:
                        place = Location(file=str(item.document))
                        self.problems.append(converting.PDF_NOT_MADE.at(place, reason=item.reason))
                        continue
                    target = targets[item.document]
                    with locks_reported(self.problems, target):
                        writer.renew(target, item.pdf, known.get(target))
                        made[target] = digests[item.document]
        finally:
            self._sources.note(made)
            self._pdfs.note(writer.digests)

    def _find_program(self) -> Path | None:
        from sheetgen.pdf import find_libreoffice

        chosen = self.options.libreoffice
        program = find_libreoffice(chosen)
        if program is None:
            kind = (
                converting.LIBREOFFICE_MISSING
                if chosen is None
                else converting.LIBREOFFICE_NOT_THERE
            )
            place = Location(file="" if chosen is None else str(chosen))
            self.problems.append(kind.at(place))
        return program
