"""The rules of a référentiel, from the rows of « Règles », checked against the scale."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen import model
from sheetgen.model import BlockRule, CompetencyRule, Rules, Scale
from sheetgen.problems import source_cells as cell_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import WITHOUT_THRESHOLD, check_shares
from sheetgen.sources.read import CellFault, Quantity, as_count, as_percentage, parse_default
from sheetgen.sources.schema import REFERENTIAL
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable
    from sheetgen.sources.schema import FieldSpec

_FIELDS = {field.attribute: field for field in REFERENTIAL.sheet("Règles").fields}


def check_rules(
    rules: Row, scale: Scale | None, tables: Mapping[str, SourceTable]
) -> list[Problem]:
    """Return the problems of the rules together, cell by cell faults aside."""
    problems = [*_check_threshold(rules), *_check_divergence(rules)]
    problems += _check_ignored(rules, tables)
    problems += check_shares(rules, scale)
    if scale is not None:
        problems += _check_eliminatory(rules, scale)
    return problems


def build_rules(rules: Row, scale: Scale) -> Rules:
    """Return the rules, once they are known to be without error."""
    threshold = _threshold(rules)
    if not isinstance(threshold, Fraction):
        raise TypeError(threshold)
    points = rules.get("eliminatory_points", Fraction)
    return Rules(
        merge=rules.need("merge", model.Merge),
        tie_break=rules.need("tie_break", model.TieBreak),
        divergence=rules.get("divergence", Fraction),
        competency_rule=rules.need("competency_rule", CompetencyRule),
        competency_threshold=threshold,
        block_rule=rules.need("block_rule", BlockRule),
        block_threshold=rules.need("block_threshold", Fraction),
        competency_floor=rules.need("competency_floor", Fraction),
        general_mean=rules.get("general_mean", Fraction),
        eliminatory_points=scale.minimum if points is None else points,
        deliberation_zone=rules.need("deliberation_zone", Fraction),
        unobserved=rules.need("unobserved", model.Unobserved),
        comment=rules.need("comment", model.CommentRule),
        minimum_jurors=int(rules.need("minimum_jurors", Fraction)),
        minimum_external=rules.need("minimum_external", Fraction),
        assessment_threshold=rules.need("assessment_threshold", Fraction),
        assessment_floor=rules.need("assessment_floor", Fraction),
        absence=rules.need("absence", model.AbsenceRule),
        assessments_kept_months=_count(rules, "assessments_kept_months"),
        assessments_kept_from=rules.get("assessments_kept_from", Fraction),
        competencies_kept_months=_count(rules, "competencies_kept_months"),
        most_resits=_count(rules, "most_resits"),
        resit_months=_count(rules, "resit_months"),
        most_resit_blocks=_count(rules, "most_resit_blocks"),
    )


def _count(rules: Row, attribute: str) -> int | None:
    number = rules.get(attribute, Fraction)
    return None if number is None else int(number)


def check_count(rules: Row, most: int) -> Iterator[Problem]:
    """Find a count of criteria that no competency has; `most` is the most that one has."""
    threshold = _threshold(rules)
    if (
        rules.get("competency_rule", CompetencyRule) is CompetencyRule.COUNT
        and isinstance(threshold, Fraction)
        and 0 < most < threshold
    ):
        yield kinds.COUNT_ABOVE_CRITERIA.at(
            rules.at("competency_threshold"), found=exact_number(threshold), most=most
        )


def _threshold(rules: Row) -> Fraction | CellFault | None:
    """Return « Seuil compétence » as the rule chosen takes it: a count, or a fraction of 1."""
    quantity = rules.get("competency_threshold", Quantity)
    rule = rules.get("competency_rule", CompetencyRule)
    spec = _FIELDS["competency_threshold"]
    if quantity is None or rule is None:
        return None
    if rule is CompetencyRule.ALL:
        return Rules().competency_threshold
    return (as_count if rule is CompetencyRule.COUNT else as_percentage)(spec, quantity)


def _check_threshold(rules: Row) -> Iterator[Problem]:
    threshold = _threshold(rules)
    if isinstance(threshold, CellFault):
        yield threshold.kind.at(rules.at("competency_threshold"), **threshold.values)


def _check_divergence(rules: Row) -> Iterator[Problem]:
    """Refuse a gap of 0 between two jurors, which would flag every criterion."""
    divergence = rules.get("divergence", Fraction)
    if divergence is not None and divergence <= 0:
        yield cell_kinds.NUMBER_OUT_OF_RANGE.at(
            rules.at("divergence"),
            name=_FIELDS["divergence"].name,
            found=exact_number(divergence),
            expected="un nombre de points supérieur à 0, ou rien pour ne jamais signaler",
        )


def _check_ignored(rules: Row, tables: Mapping[str, SourceTable]) -> Iterator[Problem]:
    """Find thresholds that somebody changed and that no rule chosen looks at."""
    competency = rules.get("competency_rule", CompetencyRule)
    block = rules.get("block_rule", BlockRule)
    own_blocks = {row.get("rule", BlockRule) for row in tables["Blocs"].rows}
    own = {row.get("rule", CompetencyRule) for row in tables["Compétences"].rows}
    if competency is CompetencyRule.ALL and own <= {None, CompetencyRule.ALL}:
        yield from _ignored(rules, _FIELDS["competency_threshold"], competency.value)
    if block is None:
        return
    chosen = {rule or block for rule in own_blocks} | {block}
    if not chosen - WITHOUT_THRESHOLD:
        yield from _ignored(rules, _FIELDS["block_threshold"], block.value)
    if BlockRule.MEAN not in chosen:
        yield from _ignored(rules, _FIELDS["competency_floor"], block.value)
    if BlockRule.ASSESSMENT_MEAN not in chosen:
        yield from _ignored(rules, _FIELDS["assessment_floor"], block.value)


def _ignored(rules: Row, field: FieldSpec, rule: str) -> Iterator[Problem]:
    value = rules.values.get(field.attribute)
    if value is not None and value != parse_default(field):
        yield kinds.THRESHOLD_IGNORED.at(rules.at(field.attribute), name=field.name, rule=rule)


def _check_eliminatory(rules: Row, scale: Scale) -> Iterator[Problem]:
    points = rules.get("eliminatory_points", Fraction)
    if points is not None and not scale.minimum <= points <= scale.maximum:
        yield kinds.ELIMINATORY_OUT_OF_SCALE.at(
            rules.at("eliminatory_points"),
            found=exact_number(points),
            minimum=exact_number(scale.minimum),
            maximum=exact_number(scale.maximum),
        )
