"""The rules a school chose, each in its class, for the criterion, competency or bloc in hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.rules.assessment import AssessmentRule
from sheetgen.rules.block_conditions import block_condition
from sheetgen.rules.candidate_scope import KnownScopes
from sheetgen.rules.certification import CertificationCondition
from sheetgen.rules.competency_conditions import competency_condition
from sheetgen.rules.criterion import CriterionRule

if TYPE_CHECKING:
    from fractions import Fraction

    from sheetgen.model import (
        BlockCode,
        BlockRule,
        Competency,
        CompetencyRule,
        Criterion,
        MethodCode,
        Referential,
        Rules,
        Scale,
    )
    from sheetgen.rules.block import BlockCondition
    from sheetgen.rules.competency import CompetencyCondition


class RuleBook:
    """The rules of a référentiel; those of one scale, or of one own threshold, are made once.

    `criterion`, `competency` and `block` are the rules of whatever has none of its own; `scopes`
    those of the candidates that were judged.
    """

    def __init__(self, referential: Referential) -> None:
        scale, rules = referential.scale, referential.rules
        self.referential = referential
        self.criterion = CriterionRule(scale, rules)
        self.competency = competency_condition(scale, rules)
        self.block = block_condition(rules, scale)
        self.certification = CertificationCondition(rules, referential)
        self._criterion_rules: dict[tuple[Scale, Fraction | None, Fraction], CriterionRule] = {}
        self._by_criterion = {item.code: self._rule_of(item) for item in referential.criteria}
        self._competencies: dict[tuple[CompetencyRule, Fraction], CompetencyCondition] = {}
        self._blocks: dict[tuple[BlockRule, Fraction], BlockCondition] = {}
        self.scopes = KnownScopes()
        self._assessments = {
            item.code: AssessmentRule(item, referential) for item in referential.assessments
        }

    def rule_of(self, criterion: Criterion) -> CriterionRule:
        """Return the rule of a criterion, on its own scale."""
        return self._by_criterion[criterion.code]

    def _rule_of(self, criterion: Criterion) -> CriterionRule:
        scale, rules = self.referential.scale_of[criterion.code], self.referential.rules
        if scale is self.referential.scale:
            return self.criterion
        gap = rules.divergence
        divergence = None if gap is None else self.referential.carried_gap(gap, criterion)
        eliminatory = self.referential.carried_points(rules.eliminatory_points, criterion)
        key = (scale, divergence, eliminatory)
        if key not in self._criterion_rules:
            own = replace(rules, divergence=divergence, eliminatory_points=eliminatory)
            self._criterion_rules[key] = CriterionRule(scale, own)
        return self._criterion_rules[key]

    def condition_of(self, competency: Competency) -> CompetencyCondition:
        """Return what a competency must reach: its own rule and threshold, else those of all."""
        if competency.rule is None and competency.threshold is None:
            return self.competency
        rules = self.referential.rules
        rule = competency.rule or rules.competency_rule
        common = rules.competency_threshold
        threshold = common if competency.threshold is None else competency.threshold
        if (rule, threshold) not in self._competencies:
            own = replace(rules, competency_rule=rule, competency_threshold=threshold)
            self._competencies[rule, threshold] = competency_condition(self.referential.scale, own)
        return self._competencies[rule, threshold]

    def condition_of_block(self, code: BlockCode) -> BlockCondition:
        """Return what a bloc must reach: its own rule and threshold, else those of all."""
        block, rules = self.referential.block[code], self.referential.rules
        if block.rule is None and block.threshold is None:
            return self.block
        rule = self.referential.rule_of(code)
        threshold = rules.block_threshold if block.threshold is None else block.threshold
        if (rule, threshold) not in self._blocks:
            own: Rules = replace(rules, block_rule=rule, block_threshold=threshold)
            self._blocks[rule, threshold] = block_condition(own, self.referential.scale)
        return self._blocks[rule, threshold]

    def assessment(self, code: MethodCode) -> AssessmentRule:
        """Return what an épreuve must reach."""
        return self._assessments[code]
