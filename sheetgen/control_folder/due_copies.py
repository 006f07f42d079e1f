"""Copies of papers in folders for a control and in their archives: what is due of them.

A copy falls due with what it copies; it is known by the list of hashes beside it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sheetgen.control_folder.copy_places import copy_places
from sheetgen.control_folder.folder_contents import Section
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import retention as terms_of
from sheetgen.problems import Location
from sheetgen.problems import forgotten as kinds
from sheetgen.retention import DueFile, DueFiles
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

    from sheetgen.control_folder.copy_places import CopyPlace, Problems
    from sheetgen.model.retention import RetentionTerm
    from sheetgen.problems import Problem

_KINDS = {
    Section.SUMMONS: terms_of.CONVOCATIONS,
    Section.ATTENDANCE: terms_of.REPORTS,
    Section.GRIDS: terms_of.GRIDS,
    Section.CONSOLIDATION: terms_of.CONSOLIDATION,
    Section.MINUTES: terms_of.MINUTES,
    Section.PAPERS: terms_of.PAPERS,
    Section.DECLARATION: terms_of.IDENTITIES,
    Section.FLOWS: terms_of.IDENTITIES,
}
"""The kind of what each section copies; the others copy what `.sheetgen` keeps with decisions."""
COPIES = "copies "
"""Begins the name of an account of copies, apart from that of the session's own folder."""
_OF_DECISIONS = ("decisions.json", "session.xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedSession:
    """A recorded session of which copies may be about.

    Attributes:
        digest: SHA-256 of its decisions.
        decided: the jury's day.
        named: whether somebody whom its declaration names is being forgotten.
    """

    session: str
    digest: str
    decided: date
    named: bool = False

    @property
    def account(self) -> str:
        """Return the name under which the register keeps the account of its copies."""
        return f"{COPIES}{self.digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyQuestion:
    """The question of what copies are due on a day.

    Attributes:
        terms: by kind.
        flows: SHA-256 of the flows that name somebody who is forgotten.
    """

    terms: Mapping[str, RetentionTerm]
    today: date
    flows: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySurvey:
    """A session's copies in one folder or archive, and what of them is due.

    Attributes:
        gone: those due that are no longer there, and still listed.
    """

    place: CopyPlace
    of: CopiedSession
    due: tuple[DueFiles, ...]
    gone: tuple[str, ...]

    @property
    def root(self) -> Path:
        """Return the folder or archive from which paths are told."""
        return self.place.path

    @property
    def session(self) -> str:
        """Return the session's code."""
        return self.of.session

    @property
    def digest(self) -> str:
        """Return the name under which the register keeps the account."""
        return self.of.account

    def holds(self, file: DueFile) -> bool:
        """Return whether a file was there when it was looked for."""
        return file.path in self.place.names

    def take_out(self) -> Problems:
        """Take out what is due; return by kind what stays."""
        return self.place.take_out(self.due, self.gone)


def survey_copies(
    output: Path, sessions: Collection[CopiedSession], asked: CopyQuestion
) -> tuple[list[CopySurvey], list[Problem]]:
    """Return what is due of the copies in an output folder, and those of unrecorded sessions.

    Of several sessions of one code, the latest decides.

    Raises:
        OSError: a file cannot be read.
    """
    known: dict[str, CopiedSession] = {}
    for item in sorted(sessions, key=lambda item: item.decided):
        known[file_stem(item.session)] = item
    found, problems = [], []
    for place in copy_places(output):
        for stem in sorted({name.partition("/")[0] for name in place.listed if "/" in name}):
            session = known.get(stem)
            if session is None:
                told = kinds.FORGET_UNRECORDED.at(Location(file=str(place.path)), session=stem)
                problems.append(told)
                continue
            survey = _survey(place, stem, session, asked)
            if survey.due or survey.gone:
                found.append(survey)
    return found, problems


def _survey(place: CopyPlace, stem: str, session: CopiedSession, asked: CopyQuestion) -> CopySurvey:
    due: dict[str, list[str]] = defaultdict(list)
    flows = _section_of(Section.FLOWS, stem)
    named_apart = any(
        digest in asked.flows for name, digest in place.listed.items() if name.startswith(flows)
    )
    for name in sorted({*place.listed, *place.names}):
        kind = _kind_of(name, stem)
        if kind == terms_of.IDENTITIES.name:
            over = session.named or (named_apart and name.startswith(flows))
        else:
            over = kind is not None and asked.terms[kind].is_over(session.decided, asked.today)
        if kind is not None and over:
            due[kind].append(name)
    there = set(place.names)
    checked = [
        _check(place, kind, asked.terms[kind], session, [n for n in due[kind] if n in there])
        for kind in sorted(due, key=list(terms_of.RETENTION_KINDS).index)
    ]
    return CopySurvey(
        place=place,
        of=session,
        due=tuple(item for item in checked if item.files or item.left),
        gone=tuple(name for names in due.values() for name in names if name not in there),
    )


def _check(
    place: CopyPlace, kind: str, term: RetentionTerm, session: CopiedSession, names: list[str]
) -> DueFiles:
    """Return the files of a kind, each compared with the list of hashes."""
    files, changed, unknown = [], [], []
    for name in names:
        listed = place.listed.get(name)
        digest = place.digest(name)
        if listed is None:
            unknown.append(name)
        elif digest == listed:
            files.append(DueFile(path=name, sha256=digest))
        else:
            changed.append(name)
    return DueFiles(
        kind=kind,
        term=term,
        last_day=term.last_day(session.decided) or session.decided,
        files=tuple(files),
        changed=tuple(changed),
        unknown=tuple(unknown),
    )


def _section_of(section: Section, stem: str) -> str:
    return f"{stem}/{section.place}/"


def _kind_of(name: str, stem: str) -> str | None:
    """Return the kind of a session's document; None for what is in none of its sections."""
    section = next((item for item in Section if name.startswith(_section_of(item, stem))), None)
    if section is None:
        return None
    decisions = name.rpartition("/")[2] in _OF_DECISIONS and section is Section.CONSOLIDATION
    return (terms_of.DECISIONS if decisions else _KINDS.get(section, terms_of.DECISIONS)).name
