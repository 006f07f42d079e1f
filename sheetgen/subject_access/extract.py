"""Everything held on one candidate, as files to hand to them: their arrangements too.

Other candidates appear nowhere; jurors appear as those who wrote what they wrote. Returned files
are renamed, for a juror may have put anybody's name in theirs. What is about the session as a whole
(incidents, observations, reopenings) may name others and is left out.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from sheetgen.consolidation import render_decisions
from sheetgen.jury import (
    VERSIONS,
    UnreadableFinalError,
    mend_kept,
    read_frozen_decisions,
    whole_of,
)
from sheetgen.jury.closings import Closings, UnreadableClosingError
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import told_candidate
from sheetgen.problems import Location, Problem
from sheetgen.problems import extracting as kinds
from sheetgen.returns import UnreadableFileError
from sheetgen.session_folder.paths import JUROR_CONVOCATION, is_about
from sheetgen.subject_access.extract_tables import (
    render_assessments,
    render_assignments,
    render_identity,
    render_marks,
    render_particulars,
    render_returns,
)
from sheetgen.text import file_stem
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sheetgen.jury import Record
    from sheetgen.jury.closings import FrozenFile
    from sheetgen.model import Candidate, Return, Session, SessionDecisions
    from sheetgen.returns import FoundFile
    from sheetgen.session_folder.paths import SessionFolder

_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_README = """\
Extrait des données détenues sur une personne

Candidat : {candidate}
Session : {session}

Ce dossier contient tout ce qui est détenu sur cette personne pour cette session :

- identite.csv : ce que dit d'elle le classeur de la session ;
- affectations.csv : les jurés qui l'évaluent ;
- amenagements.csv : ses aménagements, s'il y en a ;
- absences.csv : les épreuves auxquelles elle n'est pas venue, s'il y en a ;
- pieces.csv : les pièces qu'elle a montrées pour des compétences, s'il y en a ;
- resultats-conserves.csv : les résultats qu'elle garde d'une autre session, s'il y en a ;
- appreciations.csv : les appréciations et observations des jurés, critère par critère ;
- epreuves.csv : ses épreuves, d'après ces appréciations, si le référentiel en use ;
- retours.csv : les grilles que les jurés ont retournées, leur avis et leurs remarques ;
- decisions-proposees.json : ce que les règles donnent d'après ces appréciations, la moyenne
  générale et la mention comprises ;
- decisions-finales*.json : ce que le jury a décidé, une fois la session close ;
- explication.docx : comment la décision a été prise, si « sheetgen explain --word » l'a écrite ;
- grilles/, retours/, corrections/, documents/ : les fichiers eux-mêmes ;
- registre.json : ce que le registre tient d'elle, s'il la connaît : identité, résultats de chaque
  session, numéros de ses documents, acquis d'avant ;
- convocations/ : sa convocation, s'il y en a une, et le brouillon du courriel qui l'apporte ;
- papier/ : les grilles faites pour l'évaluer au stylo, s'il y en a, chez le juré qu'elles nomment ;
- courriels/ : le brouillon du courriel qui lui annonce son résultat, une fois la session close ;
- documents/version-1/ et suivants : les documents d'avant une réouverture, annulés depuis.

Les tableaux .csv s'ouvrent dans un tableur, les fichiers .json dans un éditeur de texte.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """The data held on a session's candidates, and where.

    Attributes:
        decisions: as `consolidate` makes them.
        folder: the session's, with its grids, reports and final decisions.
        returned: the files found, by the name that their `Return` has.
        registered: what the register holds on the candidate; None for nothing.
    """

    decisions: SessionDecisions
    folder: SessionFolder
    returned: Mapping[str, FoundFile] = field(default_factory=dict)
    registered: Record | None = None


def find_candidate(session: Session, asked: str) -> Candidate | Problem:
    """Return the candidate of this number, as the school writes it or nearly."""
    for candidate in session.candidates:
        if fold(candidate.id) == fold(asked):
            return candidate
    numbers = [candidate.id for candidate in session.candidates]
    near = nearest(asked, numbers)
    return kinds.CANDIDATE_NOT_FOUND.at(
        Location(file="session.xlsx", sheet="Candidats"),
        found=asked,
        suggestion=f" Vouliez-vous dire « {near} » ?" if near else "",
        allowed=", ".join(numbers),
    )


def extract_candidate(
    holdings: Holdings, candidate: Candidate
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of the extract by their path in it, and what could not be put there.

    Raises:
        OSError: a file of the session cannot be read.
    """
    decisions = holdings.decisions
    session = decisions.session
    names = names_of_returns(decisions.returns, candidate)
    files = {
        "LISEZ-MOI.txt": _readme(session, candidate),
        "identite.csv": render_identity(session, candidate),
        "affectations.csv": render_assignments(session, candidate),
        "appreciations.csv": render_marks(decisions, candidate),
        "retours.csv": render_returns(decisions, names),
        "decisions-proposees.json": _encode(proposed_record(decisions, candidate)),
    }
    files |= render_particulars(session, candidate)
    if holdings.registered is not None:
        files["registre.json"] = _encode(holdings.registered)
    if decisions.decided[candidate.id].assessments:
        files["epreuves.csv"] = render_assessments(decisions, candidate)
    files |= {name: path.read_bytes() for name, path in _known_files(holdings, candidate)}
    problems: list[Problem] = []
    files |= _frozen_files(holdings.folder, candidate, problems)
    files |= _returned_files(holdings, candidate, names, problems)
    return files, problems


def _readme(session: Session, candidate: Candidate) -> bytes:
    name = f"{candidate.id}, {candidate.full_name}"
    text = _README.format(candidate=name, session=session.code)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def names_of_returns(returns: Iterable[Return], candidate: Candidate) -> Mapping[str, str]:
    """Return the name in the extract of each returned file of the candidate, by its own name."""
    found: dict[str, str] = {}
    for number, item in enumerate(_own_returns(returns, candidate), start=1):
        ending = PurePosixPath(item.file).suffix.lower()
        juror = file_stem(item.juror or "")
        found[item.file] = f"retour-{number}_{juror}{ending if ending in _ENDINGS else ''}"
    return found


def _own_returns(returns: Iterable[Return], candidate: Candidate) -> list[Return]:
    own = [item for item in returns if item.candidate == candidate.id]
    return sorted(own, key=lambda item: (item.juror or "", item.file))


def _returned_files(
    holdings: Holdings, candidate: Candidate, names: Mapping[str, str], problems: list[Problem]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    told = told_candidate(holdings.decisions.session, candidate.id)
    for name, called in names.items():
        found = holdings.returned.get(name)
        try:
            if found is not None:
                files[f"retours/{called}"] = found.read()
                continue
        except UnreadableFileError:
            pass
        place = Location(file=name)
        problems.append(kinds.RETURN_NOT_EXTRACTED.at(place, candidate=told))
    return files


def _known_files(holdings: Holdings, candidate: Candidate) -> Iterator[tuple[str, Path]]:
    """Yield the files whose name tells that they are this candidate's, whatever surname it has."""
    folder, session = holdings.folder, holdings.decisions.session
    for name, place in (("grilles", folder.grids), ("corrections", folder.corrections)):
        for path in sorted(place.rglob("grille_*.*")):
            if path.is_file() and is_about(path.name, "grille", candidate, session):
                yield f"{name}/{path.name}", path
    yield from _letters(folder, candidate, session)
    reports = {
        "rapport-vierge": folder.reports,
        "rapport-provisoire": folder.consolidation / "rapports",
    }
    for name, place in reports.items():
        own = [
            path
            for path in sorted(place.glob("rapport_*.docx"))
            if is_about(path.name, "rapport", candidate, session)
        ]
        for number, path in enumerate(own, start=1):
            yield f"documents/{name}{f'-{number}' if number > 1 else ''}.docx", path


def _letters(
    folder: SessionFolder, candidate: Candidate, session: Session
) -> Iterator[tuple[str, Path]]:
    """Yield the candidate's convocation, grids on paper and mails; no archive, which mixes people.

    One grid on paper that two jurors share is there twice, under each.
    """
    places = {
        "convocation": folder.convocations,
        "papier": folder.papers,
        "notification": folder.letters,
    }
    for kind, place in places.items():
        for path in sorted(place.rglob(f"{kind}_*.*")):
            theirs = is_about(path.name, kind, candidate, session)
            if theirs and path.is_file() and not path.name.startswith(f"{JUROR_CONVOCATION}_"):
                yield f"{place.name}/{path.relative_to(place).as_posix()}", path


def _frozen_files(
    folder: SessionFolder, candidate: Candidate, problems: list[Problem]
) -> dict[str, bytes]:
    """Return the papers and decisions of the closing in force, and those that it annulled."""
    closings = Closings.of(folder)
    versions = closings.versions
    files: dict[str, bytes] = {}
    with suppress(UnreadableClosingError):  # told below, with the version that it is of
        mend_kept(closings, folder.final)
    for version in versions:
        former = version != versions[-1]
        mark = f"-version-{version}" if former else ""
        place = folder.final / VERSIONS / str(version) if former else folder.final
        try:
            closing = closings.read(version)
            decisions = read_frozen_decisions(closings, closing, candidates=whole_of(candidate.id))
            files[f"decisions-finales{mark}.json"] = _encode(_only(decisions, candidate))
            for paper in closing.files:
                if paper.candidate == candidate.id:
                    path = place / paper.path
                    # A copy that somebody signed since is what is held.
                    data = (
                        path.read_bytes()
                        if path.is_file()
                        else closings.find_frozen(version, paper).read_bytes()
                    )
                    files[f"documents/{mark[1:]}{'/' if mark else ''}{_called(paper)}"] = data
        except (UnreadableClosingError, UnreadableFinalError) as error:
            problems.append(error.problem)
    return files


def _called(paper: FrozenFile) -> str:
    """Return the name of a paper in the extract."""
    return "rapport.docx" if paper.kind == "rapport" else paper.path.rpartition("/")[2]


_SHARED = ("schema", "session", "referential", "provisional", "closing")


def proposed_record(decisions: SessionDecisions, candidate: Candidate) -> Record:
    """Return the proposals for the candidate, of whom alone anything is rendered."""
    own = replace(decisions, candidates=(decisions.decided[candidate.id],))
    return _only(render_decisions(own), candidate)


def _only(record: Record, candidate: Candidate) -> Record:
    """Return the decisions without what is about others or about the session as a whole."""
    people = cast("list[Record]", record["candidates"])
    return {key: record[key] for key in _SHARED if key in record} | {
        "candidates": [item for item in people if item["id"] == candidate.id]
    }


def _encode(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False, indent=2, default=str)
    return f"{text}\n".encode("utf-8", "backslashreplace")
