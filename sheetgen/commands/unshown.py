"""Refuse what grids and the consolidation cannot show yet, so that none is written wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem, outputs

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import Block, Competency, Criterion, Referential, Session


def find_unshown(path: Path, referential: Referential, session: Session) -> list[Problem]:
    """Return one problem that names all that cannot be shown yet; none where nothing is."""
    added = {
        "Blocs": any(map(_is_added_to_block, referential.blocks)),
        "Compétences": any(map(_is_added_to_competency, referential.competencies)),
        "Critères": any(_is_added_to_criterion(referential, x) for x in referential.criteria),
        "Modalités": any(item.routes for item in referential.methods),
        "épreuves": referential.uses_assessments,
        "Mentions": bool(referential.mentions),
        "Absences": bool(session.absences),
        "Affectations, Modalités": any(item.methods for item in session.assignments),
    }
    found = [name for name, is_added in added.items() if is_added]
    if not found:
        return []
    place = Location(file=str(path))
    return [outputs.NOT_SHOWN_YET.at(place, found=" », « ".join(found))]


def _is_added_to_block(block: Block) -> bool:
    own = block.rule is not None or block.threshold is not None
    return own or block.is_optional or block.weight != 1


def _is_added_to_competency(item: Competency) -> bool:
    own = item.rule is not None or item.threshold is not None
    return own or item.by_evidence or item.activity is None


def _is_added_to_criterion(referential: Referential, criterion: Criterion) -> bool:
    own = referential.scale_of[criterion.code] is not referential.scale
    return own or criterion.group is not None
