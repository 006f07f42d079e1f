"""Several documents, one draft: each is read and added, in the order in which they are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem, has_errors, importing
from sheetgen.sources.importing.draft_referential import DraftReferential, DraftState
from sheetgen.sources.importing.recognise import read_source
from sheetgen.sources.importing.tree import TreeBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.sources.importing.headings import ColumnRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A draft, and what is to be said of it; no file is written while an error is among that."""

    draft: DraftReferential
    problems: tuple[Problem, ...]


def import_documents(
    paths: Sequence[Path], columns: Sequence[ColumnRole] | None = None
) -> Gathered:
    """Return the draft that documents make together.

    Args:
        paths: of the documents.
        columns: what the columns of their tables hold, in order; None where their headings say it.
    """
    draft = DraftReferential()
    problems: list[Problem] = []
    for path in paths:
        answer = read_source(path)
        if isinstance(answer, Problem):
            problems.append(answer)
            continue
        builder = TreeBuilder(draft, columns)
        before = len(draft.rows["Compétences"]) + len(draft.rows["Critères"])
        builder.add(path.name, answer)
        place = Location(file=path.as_posix())
        after = len(draft.rows["Compétences"]) + len(draft.rows["Critères"])
        if before == after and not builder.referred:
            problems.append(importing.NOTHING_FOUND.at(place, found=_found(builder, answer.form)))
        elif builder.unrecognised:
            problems.append(importing.TABLE_LEFT.at(place, places=", ".join(builder.unrecognised)))
    counts = draft.states()
    if not has_errors(problems):
        problems.append(
            importing.DRAFT_DOUBTS.at(
                Location(file=paths[0].as_posix() if len(paths) == 1 else ""),
                doubtful=counts[DraftState.DOUBTFUL.value],
                left=counts[DraftState.LEFT.value],
            )
        )
    return Gathered(draft=draft, problems=tuple(problems))


def _found(builder: TreeBuilder, form: str) -> str:
    """Return what a document has instead, in French."""
    if not builder.unrecognised:
        return f"{form}, sans tableau de référentiel"
    return f"{form}, {len(builder.unrecognised)} tableau(x) aux titres inconnus"
