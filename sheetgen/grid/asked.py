"""The criteria that one grid asks of its juror, and the variants of a bloc's sheet.

`CandidateScope` says which criteria are in a grid; here is what of it makes two sheets differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.grid.apply import block_lines, exempted
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CriterionState, Route
from sheetgen.rules import CandidateScope

if TYPE_CHECKING:
    from fractions import Fraction

    from sheetgen.model import (
        AccessRoute,
        Assignment,
        BlockCode,
        Criterion,
        CriterionCode,
        MethodCode,
        Referential,
        Session,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GridParticulars:
    """The candidate's way and past, and the juror's modalités, as far as they change a grid.

    Attributes:
        access: the way the candidate came.
        methods: the modalités to which blocs are restricted, by bloc.
        absences: modalités that the candidate did not sit.
        kept: codes and scores of the results kept.
        whole: blocs and exemptions of the whole grid, where rules look at épreuves, which may
            reach over several blocs; empty elsewhere.
    """

    access: AccessRoute | None
    methods: tuple[tuple[BlockCode, tuple[MethodCode, ...]], ...]
    absences: frozenset[MethodCode]
    kept: frozenset[tuple[str, Fraction | None]]
    whole: tuple[tuple[BlockCode, ...], frozenset[CriterionCode]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockVariant:
    """All that a bloc's sheet depends on beside the référentiel: equal variants have equal sheets.

    Attributes:
        code: the bloc's.
        bloc_only: whether the candidate sits blocs only, as some methods provide for.
        exempt: the candidate's exempt criteria, of this bloc.
        notes: what its juror must apply for the candidate in this bloc alone.
        particulars: None where every criterion of the bloc is in the grid.
    """

    code: BlockCode
    bloc_only: bool
    exempt: frozenset[CriterionCode]
    notes: tuple[str, ...] = ()
    particulars: GridParticulars | None = None


def variants_of(
    referential: Referential, session: Session, assignment: Assignment
) -> tuple[BlockVariant, ...]:
    """Return the variants of the blocs that a grid holds, in its order."""
    candidate = session.candidate[assignment.candidate]
    particulars = _particulars(referential, session, assignment)
    blocks = assignment.blocks
    if particulars is not None:
        scope = CandidateScope.of_grid(referential, session, assignment)
        blocks = tuple(code for code in blocks if any(scope.criteria_marked(code)))
    criteria = {
        code: frozenset(item.code for item in referential.criteria_of_block[code])
        for code in blocks
    }
    return tuple(
        BlockVariant(
            code=code,
            bloc_only=candidate.route is Route.BLOCKS,
            exempt=exempted(session, candidate.id, criteria[code]),
            notes=block_lines(session, candidate.id, criteria[code]),
            particulars=particulars,
        )
        for code in blocks
    )


def _particulars(
    referential: Referential, session: Session, assignment: Assignment
) -> GridParticulars | None:
    candidate = session.candidate[assignment.candidate]
    absences, kept = session.absences_of[candidate.id], session.kept_of[candidate.id]
    has_routes = any(item.routes for item in referential.methods)
    reaches_over = referential.uses_assessments
    if not (has_routes or reaches_over or assignment.methods or absences or kept):
        return None
    return GridParticulars(
        access=candidate.access if has_routes else None,
        methods=assignment.methods,
        absences=absences,
        kept=frozenset((item.method or item.competency or "", item.score) for item in kept),
        whole=(assignment.blocks, session.exemptions_of[candidate.id]) if reaches_over else None,
    )


def lock_of(scope: CandidateScope, criterion: Criterion) -> CriterionState | None:
    """Return why a criterion's mark is not asked; None where it is.

    Of the states that it may give, `EXEMPT` and `ABSENT` are shown in the grid.
    """
    return scope.settled(criterion)
