"""Check what blocs, competencies, épreuves, options and mentions ask of their own."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockRule, BlockStatus, CompetencyRule, Proof
from sheetgen.problems import shaping
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks.percentages import check_own_share
from sheetgen.sources.checks.shape import (
    assessment_of,
    block_of,
    block_rule,
    is_placed,
    own_rule,
)
from sheetgen.sources.read import CellFault, Quantity, as_count, as_percentage, suggestion
from sheetgen.sources.schema import ValueKind
from sheetgen.text import exact_number, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable

    Tables = Mapping[str, SourceTable]

_SHARED = ("Blocs", "Modalités", "Mentions")
"""The sheets whose percentages are always percentages; a competency's may be a count."""


def check_own_rules(tables: Tables, rules: Row) -> Iterator[Problem]:
    """Yield the problems of thresholds and rules that hold for one row alone."""
    for name in _SHARED:
        yield from _check_shares(tables[name], rules)
    yield from _check_competencies(tables, rules)
    yield from _check_ignored(tables, rules)
    yield from _check_options(tables)
    yield from _check_mentions(tables["Mentions"])


def own_threshold(table: SourceTable, row: Row, rules: Row) -> Fraction | CellFault | None:
    """Return a competency's own « Seuil » as its rule takes it: a count, or a fraction of 1."""
    quantity, rule = row.get("threshold", Quantity), own_rule(row, rules)
    if quantity is None or rule in (None, CompetencyRule.ALL):
        return None
    spec = table.spec.column("Seuil")
    return (as_count if rule is CompetencyRule.COUNT else as_percentage)(spec, quantity)


def _check_shares(table: SourceTable, rules: Row) -> Iterator[Problem]:
    for column in table.spec.columns:
        if column.kind is ValueKind.PERCENTAGE:
            for row in table.rows:
                if column.attribute not in row.faulty:
                    yield from check_own_share(rules, row, column)


def _check_competencies(tables: Tables, rules: Row) -> Iterator[Problem]:
    """Check that a competency's own threshold suits its rule, and is there where it must be."""
    table = tables["Compétences"]
    common = rules.get("competency_rule", CompetencyRule)
    counts = Counter(fold(row.get("competency", str) or "") for row in tables["Critères"].rows)
    for row in table.rows:
        rule, written = row.get("rule", CompetencyRule), row.get("threshold", Quantity)
        in_force = own_rule(row, rules)
        threshold = own_threshold(table, row, rules)
        if isinstance(threshold, CellFault):
            yield threshold.kind.at(row.at("threshold"), **threshold.values)
        elif in_force is CompetencyRule.COUNT and threshold is not None:
            code = row.get("code", str) or ""
            if 0 < counts[fold(code)] < threshold:
                yield shaping.OWN_COUNT_ABOVE.at(
                    row.at("threshold"),
                    found=exact_number(threshold),
                    code=code,
                    count=counts[fold(code)],
                )
        elif in_force is CompetencyRule.ALL and written is not None:
            yield kinds.THRESHOLD_IGNORED.at(row.at("threshold"), name="Seuil", rule=in_force.value)
        elif in_force not in (None, CompetencyRule.COUNT) and written is not None:
            yield from check_own_share(rules, row, table.spec.column("Seuil"))
        if rule is None or common is None or written is not None or "threshold" in row.faulty:
            continue
        if rule is not CompetencyRule.ALL and (
            common is CompetencyRule.ALL
            or (rule is CompetencyRule.COUNT) is not (common is CompetencyRule.COUNT)
        ):
            is_count = rule is CompetencyRule.COUNT
            yield shaping.OWN_THRESHOLD_NEEDED.at(
                row.at("rule"),
                rule=rule.value,
                code=row.get("code", str) or "",
                common="sans effet"
                if common is CompetencyRule.ALL
                else "un pourcentage"
                if is_count
                else "un nombre de critères",
                expected="un nombre de critères"
                if is_count
                else "un pourcentage (50 %) ou une note sur son maximum (10/20)",
            )


WITHOUT_THRESHOLD = frozenset(
    {BlockRule.ALL, BlockRule.EVERY_ASSESSMENT, BlockRule.COMPETENCIES_AND_ASSESSMENTS}
)
"""The rules on blocs that look at no threshold."""


def _check_ignored(tables: Tables, rules: Row) -> Iterator[Problem]:
    """Find thresholds of blocs whose rule has none."""
    yield from _check_idle_evidence(tables["Compétences"])
    yield from _check_idle_assessments(tables, rules)
    for code, row in tables["Blocs"].by_code().items():
        rule = block_rule(tables, rules, code)
        if row.get("threshold", Fraction) is None or rule is None:
            continue
        if rule in WITHOUT_THRESHOLD:
            yield kinds.THRESHOLD_IGNORED.at(row.at("threshold"), name="Seuil", rule=rule.value)


def _check_idle_evidence(competencies: SourceTable) -> Iterator[Problem]:
    """Find rules of competencies that a document shows: it is accepted, or it is not."""
    for row in competencies.rows:
        if row.get("proof", Proof) is not Proof.EVIDENCE:
            continue
        for name, attribute in (("Acquise si", "rule"), ("Seuil", "threshold")):
            cell = row.cells.get(attribute)
            if cell is not None and not cell.is_blank:
                yield shaping.EVIDENCE_RULE_IDLE.at(
                    row.at(attribute), name=name, code=row.get("code", str) or ""
                )


_OF_ASSESSMENT_MEANS = (("Poids", "weight"), ("Plancher", "floor"))


def _check_idle_assessments(tables: Tables, rules: Row) -> Iterator[Problem]:
    """Find weights, thresholds and floors of modalités that no bloc's rule looks at."""
    competencies = tables["Compétences"].by_code()
    judged: dict[str, set[BlockRule | None]] = {}
    for row in tables["Critères"].rows:
        competency = competencies.get(fold(row.get("competency", str) or ""))
        method = assessment_of(row, competencies)
        if competency is None or row.faulty & {"method"} or not is_placed(competency, tables):
            return
        if method is not None:
            block = block_of(competency, tables)
            judged.setdefault(method, set()).add(block_rule(tables, rules, block))
    conditions = any(row.get("condition", tuple) for row in tables["Modalités"].rows)
    used = conditions or any(
        rule is None or rule.names_assessments for found in judged.values() for rule in found
    )
    for code, row in tables["Modalités"].by_code().items():
        found = judged.get(code, set())
        by_mean = found & {None, BlockRule.ASSESSMENT_MEAN}
        idle = [] if by_mean else [*_OF_ASSESSMENT_MEANS]
        if not used or not found:
            idle.append(("Seuil", "threshold"))
        for name, attribute in idle:
            cell = row.cells.get(attribute)
            written = cell is not None and not cell.is_blank and attribute not in row.faulty
            if written and not (attribute == "weight" and row.get("weight", Fraction) == 1):
                yield shaping.ASSESSMENT_SETTING_IDLE.at(
                    row.at(attribute),
                    name=name,
                    code=row.need("code", str),
                    reason="aucun critère n'en fait partie"
                    if not found
                    else "aucun de ses blocs ne se juge par « moyenne des épreuves »"
                    if attribute != "threshold"
                    else "aucun bloc ne se juge par ses épreuves",
                )


def _check_options(tables: Tables) -> Iterator[Problem]:
    """Check that the groups of « Options » have the options they ask."""
    groups: Counter[str] = Counter()
    names: dict[str, str] = {}
    doubtful: set[str] = set()
    for row in tables["Blocs"].rows:
        group = row.get("group", str)
        if group is None or "status" in row.faulty:
            doubtful.add(fold(group or ""))
            continue
        if row.get("status", BlockStatus) is BlockStatus.OPTION:
            groups[fold(group)] += 1
            names.setdefault(fold(group), group)
        else:
            yield shaping.GROUP_OF_MANDATORY.at(
                row.at("group"), code=row.get("code", str) or "", found=group
            )
    for row in tables["Options"].rows:
        group, required = row.get("group", str), row.get("required", Fraction)
        if group is None:
            continue
        count = groups[fold(group)]
        if fold(group) in doubtful:
            continue
        if not count:
            yield shaping.OPTION_GROUP_UNKNOWN.at(
                row.at("group"), found=group, suggestion=suggestion(group, tuple(names.values()))
            )
        elif required is not None and required > count:
            yield shaping.OPTION_GROUP_SHORT.at(
                row.at("required" if "required" in row.cells else "group"),
                group=group,
                required=exact_number(required),
                count=count,
            )
    yield from _check_asked(tables, names)


def _check_asked(tables: Tables, groups: Mapping[str, str]) -> Iterator[Problem]:
    """Find groups of which no option is asked, and a certification that needs no bloc at all."""
    blocks, asked = tables["Blocs"].rows, tables["Options"].rows
    named = {fold(row.get("group", str) or "") for row in asked}
    if any("group" in row.faulty for row in asked) or any("status" in row.faulty for row in blocks):
        return
    options = [row for row in blocks if row.get("status", BlockStatus) is BlockStatus.OPTION]
    if options and len(options) == len(blocks) and not asked:
        yield shaping.NO_BLOCK_NEEDED.at(options[0].at("status"))
        return
    if named - groups.keys():
        return
    for folded in groups.keys() - named:
        first = next(row for row in options if fold(row.get("group", str) or "") == folded)
        yield shaping.OPTION_GROUP_UNASKED.at(first.at("group"), found=groups[folded])


def _check_mentions(table: SourceTable) -> Iterator[Problem]:
    """Find mentions that the same mean gives."""
    first: dict[Fraction, Row] = {}
    for row in table.rows:
        threshold = row.get("threshold", Fraction)
        if threshold is None:
            continue
        other = first.setdefault(threshold, row)
        if other is not row:
            yield shaping.MENTION_EQUAL.at(
                row.at("threshold"),
                found=row.get("label", str) or "",
                other=other.get("label", str) or "",
            )
