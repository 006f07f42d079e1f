"""Check what makes the shape of a référentiel: places, épreuves, conditions, scales, evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import NOTE, BlockRule, CompetencyRule, Proof
from sheetgen.problems import quoted, shaping, source_cells
from sheetgen.sources.read import suggestion
from sheetgen.text import exact_number, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable
    from sheetgen.sources.scale import Scales

    Tables = Mapping[str, SourceTable]


def check_shape(tables: Tables, rules: Row, scales: Scales) -> Iterator[Problem]:
    """Yield what does not agree in the shape of a référentiel, beyond codes and references."""
    yield from _check_places(tables)
    yield from _check_methods_named(tables)
    yield from _check_evidence(tables)
    yield from _check_assessments(tables)
    yield from _check_conditions(tables)
    yield from _check_judged_by_assessments(tables, rules)
    yield from _check_criterion_scales(tables, rules, scales)


def assessment_of(criterion: Row, competencies: Mapping[str, Row]) -> str | None:
    """Return the folded code of a criterion's épreuve: the one it names, or its competency's."""
    named = criterion.get("method", str)
    if named is not None:
        return fold(named)
    competency = competencies.get(fold(criterion.get("competency", str) or ""))
    methods = () if competency is None else _codes(competency, "methods")
    return fold(methods[0]) if len(methods) == 1 else None


def block_rule(tables: Tables, rules: Row, block: str | None) -> BlockRule | None:
    """Return the « Validé si » in force for a bloc, by its folded code."""
    row = tables["Blocs"].by_code().get(block or "")
    if row is not None and "rule" in row.faulty:
        return None
    own = None if row is None else row.get("rule", BlockRule)
    return own or rules.get("block_rule", BlockRule)


def block_of(competency: Row, tables: Tables) -> str | None:
    """Return the folded code of a competency's bloc, by its activity or its own."""
    activity = tables["Activités"].by_code().get(fold(competency.get("activity", str) or ""))
    block = competency.get("block", str) if activity is None else activity.get("block", str)
    return None if block is None else fold(block)


def is_placed(competency: Row, tables: Tables) -> bool:
    """Return whether a competency is in one bloc, its activity and its own being the same."""
    block, own = block_of(competency, tables), competency.get("block", str)
    return block is not None and (own is None or fold(own) == block)


def _codes(row: Row, attribute: str) -> tuple[str, ...]:
    return tuple(str(code) for code in row.get(attribute, tuple) or ())


def _check_places(tables: Tables) -> Iterator[Problem]:
    """Check that each competency says where it stands, once or twice alike."""
    activities = tables["Activités"].by_code()
    for row in tables["Compétences"].rows:
        activity, block = row.get("activity", str), row.get("block", str)
        if activity is None and block is None and not row.faulty & {"activity", "block"}:
            expected = "un code de la feuille Activités, ou un bloc dans la colonne Bloc"
            place = row.at("activity" if "activity" in row.cells else "block")
            yield source_cells.VALUE_MISSING.at(place, name="Activité", expected=expected)
        elsewhere = activities.get(fold(activity or ""))
        known = None if elsewhere is None else elsewhere.get("block", str)
        if block is not None and known is not None and fold(block) != fold(known):
            yield shaping.BLOCK_DISAGREES.at(
                row.at("block"),
                code=row.get("code", str) or "",
                found=block,
                activity=activity,
                block=known,
            )


def _check_methods_named(tables: Tables) -> Iterator[Problem]:
    """Check that each competency that is assessed says by what."""
    for row in tables["Compétences"].rows:
        by_evidence = row.get("proof", Proof) is Proof.EVIDENCE
        if not _codes(row, "methods") and not by_evidence and "methods" not in row.faulty:
            expected = "un code de la feuille Modalités"
            yield source_cells.VALUE_MISSING.at(
                row.at("methods"), name="Modalité", expected=expected
            )


def _check_evidence(tables: Tables) -> Iterator[Problem]:
    """Find criteria of competencies that a document from elsewhere shows."""
    for code, row in tables["Compétences"].by_code().items():
        if row.get("proof", Proof) is not Proof.EVIDENCE:
            continue
        criteria = [
            item.get("code", str) or ""
            for item in tables["Critères"].rows
            if fold(item.get("competency", str) or "") == code
        ]
        if criteria:
            yield shaping.EVIDENCE_WITH_CRITERIA.at(
                row.at("proof"), code=row.need("code", str), criteria=quoted(criteria, last="et")
            )


def _check_assessments(tables: Tables) -> Iterator[Problem]:
    """Find criteria whose épreuve does not assess their competency."""
    competencies = tables["Compétences"].by_code()
    for row in tables["Critères"].rows:
        named = row.get("method", str)
        competency = competencies.get(fold(row.get("competency", str) or ""))
        methods = () if competency is None else _codes(competency, "methods")
        known = named is not None and fold(named) in tables["Modalités"].by_code()
        if known and methods and fold(named or "") not in {fold(code) for code in methods}:
            yield shaping.ASSESSMENT_FOREIGN.at(
                row.at("method"),
                found=named,
                code=row.get("code", str) or "",
                competency=row.get("competency", str),
                methods=", ".join(methods),
            )


def _check_conditions(tables: Tables) -> Iterator[Problem]:
    """Find conditions that name no épreuve, and those that lead back to themselves."""
    methods = tables["Modalités"].by_code()
    competencies = tables["Compétences"].by_code()
    filled = {assessment_of(row, competencies) for row in tables["Critères"].rows}
    before = {
        code: [fold(item) for item in _codes(row, "condition")] for code, row in methods.items()
    }
    told: set[str] = set()
    for code, row in methods.items():
        for named in _codes(row, "condition"):
            if fold(named) in methods and fold(named) not in filled:
                yield shaping.CONDITION_NOT_ASSESSMENT.at(row.at("condition"), found=named)
        circle = _circle(code, before)
        if circle and not told.intersection(circle):
            told.update(circle)
            path = " ← ".join(methods[item].need("code", str) for item in circle)
            yield shaping.CONDITION_CIRCLE.at(row.at("condition"), path=path)


def _circle(start: str, before: Mapping[str, list[str]]) -> list[str]:
    """Return the épreuves by which one depends on itself, itself first and last; else nothing."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        for code in before.get(path[-1], ()):
            if code == start:
                return [*path, start]
            if code in before and code not in seen:
                seen.add(code)
                paths.append([*path, code])
    return []


_BY_ASSESSMENTS_ALONE = (BlockRule.EVERY_ASSESSMENT, BlockRule.ASSESSMENT_MEAN)


def _check_judged_by_assessments(tables: Tables, rules: Row) -> Iterator[Problem]:
    """Check what a bloc judged by its épreuves needs: criteria in them, and a written threshold."""
    competencies = tables["Compétences"].by_code()
    for code, row in tables["Blocs"].by_code().items():
        asks_mean = block_rule(tables, rules, code) is BlockRule.ASSESSMENT_MEAN
        common = rules.cells.get("block_threshold")
        written = row.get("threshold", Fraction) is not None or "threshold" in row.faulty
        if asks_mean and not written and (common is None or common.is_blank):
            place = row.at("threshold" if row.get("rule", BlockRule) is not None else "code")
            yield shaping.ASSESSMENT_MEAN_THRESHOLD.at(place, block=row.need("code", str))
    for row in tables["Critères"].rows:
        competency = competencies.get(fold(row.get("competency", str) or ""))
        if competency is None or row.faulty & {"method"}:
            continue
        block, methods = block_of(competency, tables), _codes(competency, "methods")
        rule = block_rule(tables, rules, block)
        alone = rule in _BY_ASSESSMENTS_ALONE and bool(methods)
        if alone and rule is not None and assessment_of(row, competencies) is None:
            yield shaping.CRITERION_WITHOUT_ASSESSMENT.at(
                row.at("method"),
                code=row.get("code", str) or "",
                block=tables["Blocs"].by_code()[block or ""].need("code", str)
                if block in tables["Blocs"].by_code()
                else block,
                rule=rule.value,
                methods=", ".join(methods),
            )


def _check_criterion_scales(tables: Tables, rules: Row, scales: Scales) -> Iterator[Problem]:
    """Check that the scales that criteria name exist, and that barèmes can be marked."""
    step = rules.get("note_step", Fraction)
    for row in tables["Critères"].rows:
        named, out_of = row.get("scale", str), row.get("out_of", Fraction)
        by_notes = named is None or fold(named) == fold(NOTE)
        if not by_notes and fold(named or "") not in scales.names:
            yield shaping.CRITERION_SCALE_UNKNOWN.at(
                row.at("scale"),
                found=named,
                suggestion=suggestion(named or "", (*scales.names.values(), NOTE)),
                names=f" ({quoted(scales.names.values())})" if scales.names else "",
            )
        elif out_of is not None and not by_notes:
            yield shaping.MARKS_OUT_OF_SCALE.at(
                row.at("out_of"),
                code=row.get("code", str) or "",
                found=exact_number(out_of),
                scale=named,
            )
        if out_of is not None and step is not None and step > 0 and (out_of / step) % 1:
            yield shaping.MARKS_OUT_OF_STEP.at(
                row.at("out_of"),
                code=row.get("code", str) or "",
                found=exact_number(out_of),
                step=exact_number(step),
            )


def own_rule(row: Row, rules: Row) -> CompetencyRule | None:
    """Return the « Acquise si » in force for a competency; None where it is faulty."""
    if "rule" in row.faulty:
        return None
    return row.get("rule", CompetencyRule) or rules.get("competency_rule", CompetencyRule)
