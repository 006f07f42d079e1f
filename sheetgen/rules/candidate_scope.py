"""The criteria that a session asks of one candidate: applicable, kept, exempt or not sat.

Whoever lists a candidate's criteria (grids, returns, decisions) asks here, so that all list the
same.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CriterionState, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping
    from fractions import Fraction

    from sheetgen.model import (
        AccessRoute,
        AssessmentMethod,
        Assignment,
        BlockCode,
        Candidate,
        CompetencyCode,
        Criterion,
        CriterionCode,
        MethodCode,
        Referential,
        Session,
    )


@dataclass(frozen=True, kw_only=True)
class CandidateScope:
    """The criteria and épreuves of one candidate, and what becomes of each whatever the marks.

    No slots, so that the look-ups are computed once and kept.

    Attributes:
        blocks: those presented.
        access: the way they came.
        exemptions: criteria exempted with effect.
        absences: modalités that they did not sit.
        kept_assessments: the scores kept, by épreuve.
        kept_competencies: likewise, by competency, None without a score.
        assignment: that to whose criteria it is restricted, as in a grid; None for all. Only its
            modalités matter, so that jurors may share a scope (`KnownScopes`).
    """

    referential: Referential
    blocks: tuple[BlockCode, ...]
    access: AccessRoute | None = None
    exemptions: Collection[CriterionCode] = frozenset()
    absences: Collection[MethodCode] = frozenset()
    kept_assessments: Mapping[MethodCode, Fraction] = field(default_factory=dict)
    kept_competencies: Mapping[CompetencyCode, Fraction | None] = field(default_factory=dict)
    assignment: Assignment | None = None

    @classmethod
    def of(cls, referential: Referential, session: Session, candidate: Candidate) -> CandidateScope:
        """Return the scope of a candidate of a session; no blocs of one who did not come."""
        kept = session.kept_of[candidate.id]
        present = candidate.status is Status.PRESENT
        presented = [code for code in candidate.presented if code not in candidate.held]
        return cls(
            referential=referential,
            blocks=tuple(presented) if present else (),
            access=candidate.access,
            exemptions=session.exemptions_of[candidate.id],
            absences=session.absences_of[candidate.id],
            kept_assessments={
                item.method: item.score
                for item in kept
                if item.method is not None and item.score is not None
            },
            kept_competencies={
                item.competency: item.score for item in kept if item.competency is not None
            },
        )

    @classmethod
    def of_grid(
        cls, referential: Referential, session: Session, assignment: Assignment
    ) -> CandidateScope:
        """Return the scope of one juror's grid: what they do not mark does not apply there."""
        whole = cls.of(referential, session, session.candidate[assignment.candidate])
        return replace(whole, blocks=assignment.blocks, assignment=assignment)

    def state(self, criterion: Criterion) -> CriterionState | None:
        """Return what a criterion is whatever is marked; None where marks decide, or an absence.

        In this order: not applicable, kept, exempt.
        """
        known = self._states
        if criterion.code not in known:
            known[criterion.code] = self._find_state(criterion)
        return known[criterion.code]

    @cached_property
    def _states(self) -> dict[CriterionCode, CriterionState | None]:
        """Return the states that were asked for: each is, by every judgement and every sheet."""
        return {}

    def _find_state(self, criterion: Criterion) -> CriterionState | None:
        if not self._applies(criterion):
            return CriterionState.NOT_APPLICABLE
        assessment = self.referential.assessment_of[criterion.code]
        if criterion.competency in self.kept_competencies or assessment in self.kept_assessments:
            return CriterionState.KEPT
        return CriterionState.EXEMPT if criterion.code in self.exemptions else None

    def settled(self, criterion: Criterion) -> CriterionState | None:
        """Return what a criterion is whatever is marked, or absent; None where marks decide."""
        state = self.state(criterion)
        return CriterionState.ABSENT if state is None and self.is_absent(criterion) else state

    def is_absent(self, criterion: Criterion) -> bool:
        """Return whether the candidate did not sit what a criterion belongs to.

        Without an épreuve: none of its competency's modalités that are used for them.
        """
        if not self.absences:
            return False
        assessment = self.referential.assessment_of[criterion.code]
        if assessment is not None:
            return assessment in self.absences
        methods = self.referential.competency[criterion.competency].methods
        used = [code for code in methods if self.referential.method[code].used_for(self.access)]
        return bool(used) and all(code in self.absences for code in used)

    def is_assessed(self, criterion: Criterion) -> bool:
        """Return whether it counts in its épreuve: it applies, and its competency is not kept."""
        return criterion.competency not in self.kept_competencies and self._applies(criterion)

    def _applies(self, criterion: Criterion) -> bool:
        if not self.referential.applies(criterion, self.access):
            return False
        if self.assignment is None or not self.assignment.methods:
            return True
        block = self.referential.block_of[criterion.competency]
        return self.is_marked_by(self.assignment, block, criterion)

    @cached_property
    def criteria_of_assessment(self) -> Mapping[MethodCode, tuple[Criterion, ...]]:
        """Return the criteria of each épreuve that the candidate has something to do with."""
        found: dict[MethodCode, list[Criterion]] = {}
        for block in self.blocks:
            for criterion in self.referential.criteria_of_block[block]:
                assessment = self.referential.assessment_of[criterion.code]
                if assessment is not None and self.is_assessed(criterion):
                    found.setdefault(assessment, []).append(criterion)
        return {
            method.code: tuple(found[method.code])
            for method in self.referential.methods
            if method.code in found
        }

    @property
    def assessments(self) -> tuple[AssessmentMethod, ...]:
        """Return those épreuves, in the référentiel's order."""
        return tuple(self.referential.method[code] for code in self.criteria_of_assessment)

    def conditions(self, method: AssessmentMethod) -> tuple[MethodCode, ...]:
        """Return the épreuves that open one; those that ask nothing of the candidate do not."""
        return tuple(code for code in method.condition if code in self.criteria_of_assessment)

    def is_marked(self, criterion: Criterion) -> bool:
        """Return whether jurors have a criterion before them, be it locked as exempt or absent."""
        return self.state(criterion) in (None, CriterionState.EXEMPT)

    def is_marked_by(self, assignment: Assignment, block: BlockCode, criterion: Criterion) -> bool:
        """Return whether a juror assigned a bloc marks a criterion of it."""
        methods = assignment.methods_for(block)
        return methods is None or self.referential.is_covered(criterion, methods, self.access)

    def criteria_marked(self, block: BlockCode) -> Iterator[Criterion]:
        """Yield the criteria of a bloc that jurors have before them."""
        return filter(self.is_marked, self.referential.criteria_of_block[block])

    @cached_property
    def marked(self) -> Mapping[BlockCode, tuple[Criterion, ...]]:
        """Return these of each bloc."""
        return {block: tuple(self.criteria_marked(block)) for block in self.blocks}

    @property
    def holds_something(self) -> bool:
        """Return whether jurors have a criterion before them, be it locked."""
        return any(True for block in self.blocks for _ in self.criteria_marked(block))

    @property
    def asks_something(self) -> bool:
        """Return whether jurors have a criterion before them of what the candidate sat."""
        return any(
            not self.is_absent(criterion)
            for block in self.blocks
            for criterion in self.criteria_marked(block)
        )


_KEPT_SCOPES = 1_024
"""Scopes of one référentiel that are kept; a session has some ten, or as many as it exempts."""


class KnownScopes:
    """The scopes of one référentiel, one for all candidates or grids that are asked the same.

    What is found of a criterion in one of them is then found of all: they are the same in every
    attribute but the référentiel, which whoever keeps them has but one of, and of the assignment in
    its modalités, beside which nothing of it is looked at.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, CandidateScope] = {}

    def shared(self, scope: CandidateScope) -> CandidateScope:
        """Return the scope kept that says what this one does, or else this one."""
        if len(self._known) >= _KEPT_SCOPES:
            self._known.clear()
        key = (
            scope.blocks,
            scope.access,
            frozenset(scope.exemptions),
            frozenset(scope.absences),
            frozenset(scope.kept_assessments.items()),
            frozenset(scope.kept_competencies.items()),
            None if scope.assignment is None else scope.assignment.methods,
        )
        return self._known.setdefault(key, scope)


def grids_to_make(referential: Referential, session: Session) -> tuple[Assignment, ...]:
    """Return the assignments whose grid asks its juror for something, not taken over by another."""
    taken_over = {(item.candidate, item.instead_of) for item in session.assignments}
    return tuple(
        item
        for item in session.assignments
        if (item.candidate, item.juror) not in taken_over
        and CandidateScope.of_grid(referential, session, item).asks_something
    )
