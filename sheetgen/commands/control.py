"""`dossier`: closed sessions, gathered for a control, in a folder and another kept apart."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from sheetgen.commands.control_declaration import open_declarations
from sheetgen.commands.marked_sessions import closed_folders
from sheetgen.commands.writing import locks_reported
from sheetgen.control_folder import (
    DIGESTS,
    INDEX,
    Asked,
    GatheredSession,
    IndexedItem,
    RulesWorkbook,
    certification_title,
    gather_session,
    render_digests,
    render_index,
)
from sheetgen.files import replacing, sha256, write_whole
from sheetgen.jury import UnreadableFinalError
from sheetgen.jury.closings import Closings, UnreadableClosingError
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, has_errors
from sheetgen.problems import controlled as kinds
from sheetgen.text import file_stem
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sheetgen.control_folder import Kept
    from sheetgen.problems import Problem
    from sheetgen.session_folder.paths import SessionFolder

_APART = "-reserve"
"""Ends the name of the folder that only whoever controls may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRequest:
    """A folder that is asked for.

    Attributes:
        output: the folder with a folder per session.
        referential: the workbook that holds the rules.
        sessions: their codes; empty for every closed one.
        candidates: numbers of a sample; empty for all.
        most: at most so many candidates a session, spread over it; None for all.
        place: where the folder goes; None for `dossier` in the output folder.
        register: the address of the register, which says what was declared.
        register_named: whether somebody named it, so that its absence is told; it is too where a
            paper has a number, which a register gave.
    """

    output: Path
    referential: Path
    sessions: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    most: int | None = None
    place: Path | None = None
    register: str = ""
    register_named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The result of `dossier`.

    Attributes:
        folders: the folder, the one that is kept apart, and the archive of each.
        sessions: what each holds.
    """

    folders: tuple[Path, ...] = ()
    sessions: tuple[GatheredSession, ...] = ()
    problems: tuple[Problem, ...] = ()


def make_dossier(request: DossierRequest) -> Dossier:
    """Gather the sessions in both folders, each with its archive, in place of former ones."""
    place = request.place or request.output / "dossier"
    both = (place, place.with_name(f"{place.name}{_APART}"))
    problems: list[Problem] = [
        kinds.FOLDER_TAKEN.at(Location(file=str(target))) for target in both if _is_foreign(target)
    ]
    asked = _asked(request, problems)
    if has_errors(problems):
        return Dossier(problems=tuple(problems))
    written: list[Path] = []
    sessions: list[GatheredSession] = []
    with locks_reported(problems, place):
        writing = {
            reserved: _Writing(target) for target, reserved in zip(both, (False, True), strict=True)
        }
        try:
            sessions = _gather(request, asked, writing, problems)
            if not has_errors(problems):
                for reserved, target in writing.items():
                    written += target.finish(sessions, reserved=reserved)
        finally:
            for target in writing.values():
                target.discard()
    if has_errors(problems):
        return Dossier(problems=tuple(problems))
    return Dossier(folders=tuple(written), sessions=tuple(sessions), problems=tuple(problems))


def _gather(
    request: DossierRequest,
    folders: Sequence[SessionFolder],
    writing: Mapping[bool, _Writing],
    problems: list[Problem],
) -> list[GatheredSession]:
    from sheetgen.register import RegisterError  # it loads a database's library

    gathered: list[GatheredSession] = []

    def keep(code: str, kept: Kept) -> None:
        writing[kept.section.reserved].add(code, kept)

    try:
        with ExitStack() as stack:
            asked = Asked(
                candidates=frozenset(request.candidates) or None,
                most=request.most,
                rules=_read_rules(request.referential),
                declared=open_declarations(request.register, stack),
            )
            for folder, copies in _without_copies(folders, problems):
                try:
                    session = gather_session(folder, keep, asked)
                except (UnreadableClosingError, UnreadableFinalError) as error:
                    problems.append(error.problem)
                    continue
                session.raised += [
                    f"le dossier « {name} » tient la même session, et n’est pas ici : un seul des "
                    "deux est l’original"
                    for name in copies
                ]
                problems += session.problems
                gathered.append(session)
            recorded = request.register_named or any(item.numbered for item in gathered)
            if asked.declared is None and recorded:
                absent = kinds.REGISTER_NOT_THERE.at(Location(file=request.register))
                problems.insert(0, absent)
    except RegisterError as error:
        problems.append(error.problem)
        return []
    seen = frozenset[str]().union(*(session.numbers for session in gathered))
    problems += [
        kinds.CANDIDATE_NOT_THERE.at(Location(file=str(request.output)), found=number)
        for number in request.candidates
        if number not in seen
    ]
    return gathered


def _read_rules(path: Path) -> RulesWorkbook | None:
    """Return the référentiel of now; None where it cannot be read, which the first page says."""
    from sheetgen.sources import read_referential

    referential, _ = read_referential(path, tried=False)
    if referential is None:
        return None
    named = referential.certification
    return RulesWorkbook(
        data=path.read_bytes(),
        fingerprint=referential.fingerprint,
        title=certification_title(named.title, named.rncp_code),
    )


def _asked(request: DossierRequest, problems: list[Problem]) -> list[SessionFolder]:
    place = Location(file=str(request.output))
    closed = {fold(folder.root.name): folder for folder in closed_folders(request.output)}
    if not closed:
        problems.append(kinds.NO_CLOSED_SESSION.at(place))
    found = []
    for code in request.sessions:
        folder = closed.get(fold(file_stem(code)))
        if folder is not None:
            found.append(folder)
        elif closed:
            names = ", ".join(item.root.name for item in closed.values())
            problems.append(kinds.SESSION_NOT_CLOSED.at(place, found=code, allowed=names))
    return found if request.sessions else list(closed.values())


def _without_copies(
    folders: Sequence[SessionFolder], problems: list[Problem]
) -> list[tuple[SessionFolder, list[str]]]:
    """Return one folder of each session, with the names of the others, which are told.

    The one that bears the session's own name is kept, else the first.
    """
    codes = {folder.root: _code_of(folder) for folder in folders}
    kept: dict[str, tuple[SessionFolder, list[str]]] = {}
    for folder in sorted(
        folders, key=lambda item: fold(item.root.name) != fold(file_stem(codes[item.root]))
    ):
        first, copies = kept.setdefault(fold(codes[folder.root]), (folder, []))
        if first is not folder:
            copies.append(folder.root.name)
            problems.append(
                kinds.SESSION_TWICE.at(
                    Location(file=str(folder.root)),
                    session=codes[folder.root],
                    first=first.root.name,
                )
            )
    return sorted(kept.values(), key=lambda item: folders.index(item[0]))


def _code_of(folder: SessionFolder) -> str:
    """Return a session's code; its folder, whose record is told later, where it cannot be read."""
    closings = Closings.of(folder)
    try:
        return closings.read(closings.versions[-1]).session
    except UnreadableClosingError:
        return str(folder.root)


def _is_foreign(target: Path) -> bool:
    """Return whether a folder is there that this command did not make."""
    return target.exists() and not (
        target.is_dir() and (not any(target.iterdir()) or (target / DIGESTS).is_file())
    )


class _Writing:
    """Writes one of both folders beside its place, and puts it there once it is whole."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._draft = target.with_name(f".{target.name}.draft")
        self._items: dict[str, list[IndexedItem]] = {}
        self._digests: dict[str, str] = {}
        self.discard()

    def add(self, code: str, kept: Kept) -> None:
        """Write a document of a session."""
        path = f"{file_stem(code)}/{kept.section.place}/{kept.name}"
        self._write(path, kept.data)
        item = IndexedItem(
            section=kept.section,
            path=path,
            told=kept.told,
            digest=self._digests[path],
            size=len(kept.data),
        )
        self._items.setdefault(code, []).append(item)

    def finish(self, sessions: Sequence[GatheredSession], *, reserved: bool) -> tuple[Path, Path]:
        """Write the first page and the hashes, put the folder in its place, archive it."""
        today = date.today()  # noqa: DTZ011 - the day here
        shown = [(session, self._items.get(session.code, [])) for session in sessions]
        self._write(INDEX, render_index(shown, today, reserved=reserved))
        write_whole(self._draft / DIGESTS, render_digests(self._digests))
        shutil.rmtree(self._target, ignore_errors=True)
        self._draft.rename(self._target)
        archive = self._target.with_name(f"{self._target.name}.zip")
        with replacing(archive) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as made:
            for path in (*sorted(self._digests), DIGESTS):
                entry = zipfile.ZipInfo(path)  # of no time, so that the same files give the same
                entry.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(entry, (self._target / path).read_bytes())
        return self._target, archive

    def discard(self) -> None:
        """Remove what is not in its place."""
        shutil.rmtree(self._draft, ignore_errors=True)

    def _write(self, path: str, data: bytes) -> None:
        write_whole(self._draft / path, data)
        self._digests[path] = sha256(data)
