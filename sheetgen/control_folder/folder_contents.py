"""The parts of the folder for a control, and what is gathered of a session."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.files import sha256
from sheetgen.lazy_dataclass import dataclass
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.control_folder.declared_proofs import SessionDeclaration
    from sheetgen.problems import Problem


INDEX, DIGESTS = "index.html", "empreintes.txt"
"""The first page of a folder, and the list of its hashes."""


def render_digests(listed: Mapping[str, str]) -> bytes:
    """Return the list of hashes, of each document by its path, as `sha256sum --check` reads it."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(listed.items())).encode()


class Section(Enum):
    """The parts of a session's folder, in the order in which a session is held."""

    REFERENTIAL = "Référentiel et règlement"
    JURY = "Composition du jury, indépendance"
    CANDIDATES = "Candidats"
    SUMMONS = "Convocations"
    ATTENDANCE = "Émargement"
    GRIDS = "Grilles remplies par les jurés"
    CONSOLIDATION = "Consolidation et délibération"
    MINUTES = "Procès-verbaux"
    PAPERS = "Documents remis aux candidats"
    DECLARATION = "Déclaration"
    FLOWS = "Flux et accusés de la Caisse des Dépôts"

    @property
    def place(self) -> str:
        """Return the name of its folder."""
        return f"{[*Section].index(self) + 1:02d}-{file_stem(self.value)}"

    @property
    def reserved(self) -> bool:
        """Return whether it shows marks, hence whose criteria were exempted, or identities."""
        return self in (Section.GRIDS, Section.CONSOLIDATION, Section.FLOWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesWorkbook:
    """The référentiel with its rules as the school has it now.

    Attributes:
        data: the file.
        fingerprint: of what jurors mark.
        title: of its certification, with its RNCP code.
    """

    data: bytes
    fingerprint: str
    title: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file."""
        return sha256(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A folder's candidates and rules, as they are asked for.

    Attributes:
        candidates: numbers of a sample; None for all.
        most: at most so many candidates a session, spread over the list; None for all.
        rules: the référentiel of now; None where there is none to be read.
        declared: gives what was declared of a session by the digest of its decisions; None without
            a register.
    """

    candidates: frozenset[str] | None = None
    most: int | None = None
    rules: RulesWorkbook | None = None
    declared: Callable[[str], SessionDeclaration | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document of the folder: where it stands in it, in words, and its content."""

    section: Section
    name: str
    told: str
    data: bytes


@dataclass(slots=True, kw_only=True)
class GatheredSession:
    """All that is kept of a session.

    Attributes:
        code: the session's.
        title: of the certification, with its RNCP code.
        date: of the session, as it is printed; empty for none.
        closed: how often it was closed.
        numbers: of the candidates in the folder; `of` is how many the session has.
        absent: in words, what is not there, by section.
        numbered: whether a paper has a number, which a register gave.
        version: of the référentiel at the closing; empty where it said none.
        rules: in words, which référentiel is there.
        closings: in words, by which each closing was decided, where it was closed again.
        raised: in words, what whoever controls should look at first.
        problems: what could not be read.
    """

    code: str
    title: str
    date: str
    closed: int
    numbers: frozenset[str]
    of: int
    numbered: bool = False
    version: str = ""
    rules: str = ""
    closings: list[str] = field(default_factory=list)
    absent: list[tuple[Section, str]] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatherer:
    """Takes what is gathered of a session.

    Attributes:
        found: what is there and what is not.
        taken: takes the session's code and a document, one at a time, so that none has to stay.
        filled: the sections with a document.
    """

    found: GatheredSession
    taken: Callable[[str, Kept], None]
    filled: set[Section] = field(default_factory=set)

    def keep(self, section: Section, name: str, told: str, data: bytes) -> None:
        """Pass a document on, and note that its section has one."""
        self.filled.add(section)
        self.taken(self.found.code, Kept(section=section, name=name, told=told, data=data))

    def lack(self, section: Section, told: str) -> None:
        """Say that something is not there."""
        self.found.absent.append((section, told))


def certification_title(title: str | None, code: str | None) -> str:
    """Return a certification's title and RNCP code, as the first page names it."""
    return " – ".join(filter(None, (title, code)))
