"""The places of a session's files under `outputs/`, and their names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Juror
from sheetgen.session_folder.written_files import WrittenFiles
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from sheetgen.model import Assignment, Candidate, Session

_GRIDS = "grilles"

JUROR_CONVOCATION = "convocation_jure"
"""Begins the name of a juror's convocation, which lists candidates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFolder:
    """The folder of one session, `outputs/<session>`."""

    root: Path

    @classmethod
    def of(cls, output: Path, session: Session) -> SessionFolder:
        """Return the folder of a session under the output folder."""
        return cls(root=output / file_stem(session.code))

    @property
    def grids(self) -> Path:
        """Return the folder of grids to hand out, with a folder per juror."""
        return self.root / _GRIDS

    @property
    def reports(self) -> Path:
        """Return the folder of blank jury reports."""
        return self.root / "rapports"

    @property
    def papers(self) -> Path:
        """Return the folder of grids to fill in with a pen, with a folder per juror."""
        return self.root / "papier"

    @property
    def convocations(self) -> Path:
        """Return the folder of convocations, and of the mails that bring them."""
        return self.root / "convocations"

    @property
    def returns(self) -> Path:
        """Return the folder in which returned grids are dropped; never written to."""
        return self.root / "retours"

    @property
    def consolidation(self) -> Path:
        """Return the folder that `consolidate` writes."""
        return self.root / "consolidation"

    @property
    def corrections(self) -> Path:
        """Return the folder of grids to hand back to jurors."""
        return self.root / "corrections"

    @property
    def final(self) -> Path:
        """Return the folder that `finalize` writes and freezes."""
        return self.root / "final"

    @property
    def letters(self) -> Path:
        """Return the folder of the mails that bring candidates their results."""
        return self.final / "courriels"

    @property
    def drafts(self) -> Path:
        """Return the folder of drafts, which `finalize --draft` alone writes; none is frozen."""
        return self.root / "projet"

    @property
    def extracts(self) -> Path:
        """Return the folder that `extract` writes, with a folder per candidate."""
        return self.root / "extraits"

    @property
    def private(self) -> Path:
        """Return the administrator's own folder: the signing key, and notes on what was written."""
        return self.root / ".sheetgen"

    @property
    def key(self) -> Path:
        """Return the signing key's file."""
        return self.private / "key"

    @property
    def closings(self) -> Path:
        """Return the folder of what each closing froze, decisions and papers."""
        return self.private / "closing"

    @property
    def sources(self) -> Path:
        """Return the folder of the source workbooks as closings read them, named by SHA-256."""
        return self.private / "sources"

    @property
    def closing_lock(self) -> Path:
        """Return the file that whoever closes the session holds meanwhile."""
        return self.private / "closing.lock"

    @property
    def made(self) -> Path:
        """Return the record of the grids that were made, and for whom."""
        return self.private / "grids.json"

    @property
    def generated(self) -> WrittenFiles:
        """Return the folder with copies of the grids and papers as `generate` wrote them."""
        return WrittenFiles(record=self.private / "generated.json")

    @property
    def described(self) -> WrittenFiles:
        """Return the file that says what the papers last written were filled with."""
        return WrittenFiles(record=self.private / "papers.json")

    @property
    def history(self) -> Path:
        """Return the file that says what the last consolidation rested on."""
        return self.private / "returns.json"

    def seen_from(self, base: Path) -> SessionFolder:
        """Return the folder for a process whose working directory is another."""
        return SessionFolder(root=base / self.root)

    def grid(self, session: Session, assignment: Assignment) -> Path:
        """Return the file of one grid: ASCII, and without a name under anonymity.

        A grid that is filled in together lies with who is handed it.
        """
        candidate = session.candidate[assignment.candidate]
        juror = file_stem(session.juror[assignment.juror].holder.code)
        if assignment.rank:
            number = f"-{assignment.rank}" if assignment.rank > 1 else ""
            name = f"grille_{file_stem(candidate.id)}_jury{number}.xlsx"
            return _grid_place(self.root, juror, name)
        parts = ["grille", file_stem(candidate.id), juror]
        if not session.anonymous:
            parts.append(file_stem(candidate.last_name)[:30])
        return _grid_place(self.root, juror, f"{'_'.join(parts)}.xlsx")

    def convocation(self, session: Session, person: Candidate | Juror) -> Path:
        """Return the file of somebody's convocation: without a name under anonymity."""
        if isinstance(person, Juror):
            parts = [JUROR_CONVOCATION, file_stem(person.code)]
        else:
            parts = ["convocation", file_stem(person.id)]
        if not session.anonymous:
            parts.append(file_stem(person.last_name)[:30])
        return self.convocations / f"{'_'.join(parts)}.docx"

    def report(self, folder: Path, session: Session, candidate: Candidate) -> Path:
        """Return the file of one candidate's jury report in a folder."""
        return folder / document_name("rapport", session, candidate)


@lru_cache(maxsize=16_384)  # a command asks for each grid's place several times
def _grid_place(root: Path, juror: str, name: str) -> Path:
    return Path(root, _GRIDS, juror, name)


def is_about(name: str, kind: str, candidate: Candidate, session: Session) -> bool:
    """Return whether a file's name says that it is of this kind and on this candidate.

    Names hold the surname as it was when the file was made, so the number alone tells; where one
    number begins another, the longest counts.
    """
    stem = name.rpartition(".")[0]

    def begins(someone: Candidate) -> bool:
        start = f"{kind}_{file_stem(someone.id)}"
        return stem == start or stem.startswith(f"{start}_")

    named = [item for item in session.candidates if begins(item)]
    return bool(named) and max(named, key=lambda item: len(item.id)).id == candidate.id


def document_name(kind: str, session: Session, candidate: Candidate, item: str = "") -> str:
    """Return the name of a Word document on one candidate.

    ASCII, and without a name under anonymity.
    """
    parts = [kind, file_stem(candidate.id)]
    if item:
        parts.append(file_stem(item))
    if not session.anonymous:
        parts.append(file_stem(candidate.last_name)[:30])
    return f"{'_'.join(parts)}.docx"


def minutes_name(jury: str | None) -> str:
    """Return the name of the procès-verbal, of a jury where several are named."""
    return f"proces-verbal_{file_stem(jury)}.docx" if jury else "proces-verbal.docx"
