"""Decisions and papers as closings froze them, in the folder for a control; annulled ones too.

A paper that somebody signed since and put back is taken as it is there, else as it was frozen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.control_folder.folder_contents import Section
from sheetgen.control_folder.frozen_rules import version_folder
from sheetgen.jury import VERSIONS, read_source
from sheetgen.jury.closings import DECISIONS, UnreadableClosingError
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import controlled as kinds

if TYPE_CHECKING:
    from collections.abc import Collection

    from sheetgen.control_folder.folder_contents import Gatherer
    from sheetgen.jury.closings import ClosingRecord, Closings
    from sheetgen.session_folder.paths import SessionFolder

_TOLD = {"proces-verbal": "Procès-verbal", "releve": "Relevé"}
"""Kinds of document whose name has accents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPapers:
    """The closings of a session, and the version of the one in force."""

    folder: SessionFolder
    closings: Closings
    in_force: int

    def add_decided(self, record: ClosingRecord, into: Gatherer) -> None:
        """Add the decisions of a closing and the session's workbook as it read it, where kept.

        Raises:
            UnreadableClosingError: the decisions of the one in force are lost.
        """
        former = record.version != self.in_force
        mark = f"{version_folder(record)}/" if former else ""
        which = f" {record.version}, annulée par une réouverture" if former else ""
        told = f"Décisions figées à la clôture{which}"
        frozen = next(item for item in record.files if item.path == DECISIONS)
        try:
            data = self.closings.find_frozen(record.version, frozen).read_bytes()
        except UnreadableClosingError:
            if not former:
                raise
            into.lack(Section.CONSOLIDATION, f"{told} : le fichier n’est plus là")
        else:
            into.keep(Section.CONSOLIDATION, f"{mark}decisions.json", told, data)
        told = f"classeur de la session tel que la clôture{which}{',' if former else ''} l’a lu"
        book = None if record.sources is None else read_source(self.folder, record.sources.session)
        if book is None:
            into.lack(Section.CONSOLIDATION, f"le {told}")
        else:
            into.keep(
                Section.CONSOLIDATION, f"{mark}session.xlsx", f"{told[0].upper()}{told[1:]}", book
            )

    def add_papers(self, record: ClosingRecord, people: Collection[str], into: Gatherer) -> None:
        """Add the papers of a closing: minutes, and those of these candidates."""
        former = record.version != self.in_force
        for item in record.files:
            minutes = item.kind == "proces-verbal"
            if not minutes and (item.kind in ("", "rapport") or item.candidate not in people):
                continue
            mark = f"{version_folder(record)}/" if former else ""
            told = _TOLD.get(item.kind, item.kind.capitalize())
            number = f" n° {item.number}" if item.number else ""
            whose = f", candidat {item.candidate}" if item.candidate else ""
            annulled = ", d’avant une réouverture : ne vaut plus" if former else ""
            section = Section.MINUTES if minutes else Section.PAPERS
            said = f"{told}{number}{whose}{annulled}"
            try:
                data = self._paper(record, item.path)
            except UnreadableClosingError as error:
                into.lack(section, f"{said} : le fichier n’est plus là")
                into.found.problems.append(
                    kinds.PAPER_NOT_KEPT.at(error.problem.location, name=item.path)
                )
                continue
            into.keep(section, f"{mark}{item.path}", said, data)
        if not former:
            into.lack(
                Section.MINUTES, "le procès-verbal signé, numérisé, est à ajouter par l’école"
            )

    def _paper(self, record: ClosingRecord, path: str) -> bytes:
        """Return a paper as somebody signed it since, or else as it was frozen."""
        final = self.folder.final
        root = final / VERSIONS / str(record.version) if record.version != self.in_force else final
        signed = root / path
        if signed.is_file():
            return signed.read_bytes()
        file = next(item for item in record.files if item.path == path)
        return self.closings.find_frozen(record.version, file).read_bytes()
