"""Several documents, one draft: each is read and added, in the order in which they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, has_errors, importing
from sheetgen.sources.importing.draft_referential import DraftLine, DraftReferential, DraftState
from sheetgen.sources.importing.recognise import read_source
from sheetgen.sources.importing.rncp_entry import document_of_entry, take_certification
from sheetgen.sources.importing.rncp_export import (
    is_rncp_export,
    parse_rncp_code,
    read_rncp_entry,
)
from sheetgen.sources.importing.tree import TreeBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sheetgen.sources.importing.headings import ColumnRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A draft, and what is to be said of it; no file is written while an error is among that."""

    draft: DraftReferential
    problems: tuple[Problem, ...]


def import_documents(
    paths: Sequence[Path],
    columns: Sequence[ColumnRole] | None = None,
    rncp: str | None = None,
) -> Gathered:
    """Return the draft that documents make together.

    An export of the register comes last, wherever it is given: it names blocs that a school's own
    document describes better.

    Args:
        paths: of the documents.
        columns: what the columns of their tables hold, in order; None where their headings say it.
        rncp: the code of the entry to take from an export of the register.
    """
    draft = DraftReferential()
    problems: list[Problem] = []
    exports = [path for path in paths if is_rncp_export(path)]
    doubts: list[Problem] = []
    for path in sorted(paths, key=exports.__contains__):
        before = len(draft.lines)
        if path in exports:
            problems += _add_entry(draft, path, rncp)
        else:
            problems += _add_document(draft, path, columns)
        doubts.append(_doubts(path, draft.lines[before:]))
    if rncp is not None and not exports and not has_errors(problems):
        place = Location(file=paths[0].as_posix())
        problems.append(importing.RNCP_UNKNOWN.at(place, found="aucun fichier XML"))
    told = () if has_errors(problems) else doubts
    return Gathered(draft=draft, problems=(*problems, *told))


def _doubts(path: Path, lines: Sequence[DraftLine]) -> Problem:
    """Return how many texts of a document are doubtful, and how many have no place."""
    states = [line.state for line in lines]
    return importing.DRAFT_DOUBTS.at(
        Location(file=path.as_posix()),
        doubtful=states.count(DraftState.DOUBTFUL),
        left=states.count(DraftState.LEFT),
    )


def _add_document(
    draft: DraftReferential, path: Path, columns: Sequence[ColumnRole] | None
) -> Iterator[Problem]:
    """Add a document to a draft, and yield what is to be said of it."""
    answer = read_source(path, len(columns or ()))
    if isinstance(answer, Problem):
        yield answer
        return
    builder = TreeBuilder(draft, columns)
    before = _size(draft)
    builder.add(path.name, answer)
    place = Location(file=path.as_posix())
    if _size(draft) == before and not builder.referred:
        yield importing.NOTHING_FOUND.at(place, found=_found(builder, answer.form))
    elif builder.unrecognised:
        yield importing.TABLE_LEFT.at(place, places=", ".join(builder.unrecognised))


def _size(draft: DraftReferential) -> int:
    return len(draft.rows["Compétences"]) + len(draft.rows["Critères"])


def _add_entry(draft: DraftReferential, path: Path, rncp: str | None) -> Iterator[Problem]:
    """Add an entry of the register to a draft, and yield what is to be said of it."""
    place = Location(file=path.as_posix())
    code = None if rncp is None else parse_rncp_code(rncp)
    if code is None:
        yield importing.RNCP_CODE_WANTED.at(place)
        return
    entry = read_rncp_entry(path, code)
    if isinstance(entry, Problem):
        yield entry
        return
    if not entry.active:
        yield importing.RNCP_INACTIVE.at(place, code=code)
    take_certification(draft, entry, path.name)
    document = document_of_entry(entry, draft.described())
    TreeBuilder(draft).add(path.name, document, "texte de la fiche sans place dans le classeur")


def _found(builder: TreeBuilder, form: str) -> str:
    """Return what a document has instead, in French."""
    if not builder.unrecognised:
        return f"{form}, sans tableau de référentiel"
    return f"{form}, {len(builder.unrecognised)} tableau(x) aux titres inconnus"
