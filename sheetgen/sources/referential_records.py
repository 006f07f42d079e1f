"""Build the records of a référentiel from rows that are known to be without error."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen import model
from sheetgen.sources.checks import Codes, own_threshold
from sheetgen.sources.rules import build_rules
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.sources.read import Row, SourceBook
    from sheetgen.sources.scale import Scales

CODED = ("Blocs", "Activités", "Modalités", "Compétences", "Critères")
"""The sheets whose rows have a code."""


def build_referential(
    book: SourceBook, certification: Row, rules: Row, scales: Scales
) -> model.Referential:
    """Return the référentiel that the sheets describe.

    Raises:
        TypeError: a row or a scale has an error; the caller did not look at the problems first.
    """
    if scales.default is None:
        raise TypeError(scales)
    records = _Records(book, rules, scales)
    return model.Referential(
        certification=_certification(certification),
        blocks=tuple(map(records.block, book.tables["Blocs"].rows)),
        activities=tuple(map(records.activity, book.tables["Activités"].rows)),
        methods=tuple(map(records.method, book.tables["Modalités"].rows)),
        competencies=tuple(map(records.competency, book.tables["Compétences"].rows)),
        criteria=tuple(map(records.criterion, book.tables["Critères"].rows)),
        scale=scales.default,
        rules=build_rules(rules, scales.default),
        scales=scales.named,
        note_bounds=None if scales.notes is scales.default else scales.notes,
        option_groups=tuple(map(records.option_group, book.tables["Options"].rows)),
        mentions=tuple(map(_mention, book.tables["Mentions"].rows)),
    )


class _Records:
    """Turns rows into records, codes as the sheet that declares them writes them."""

    def __init__(self, book: SourceBook, rules: Row, scales: Scales) -> None:
        self._rules = rules
        self._scales = scales
        self._codes: Mapping[str, Codes] = {name: Codes.of(book.tables[name]) for name in CODED}
        self._competencies = book.tables["Compétences"]
        self._groups: dict[str, str] = {}

    def block(self, row: Row) -> model.Block:
        group = row.get("group", str)
        return model.Block(
            code=model.BlockCode(row.need("code", str)),
            activity=row.get("activity", str),
            title=row.need("title", str),
            status=row.get("status", model.BlockStatus) or model.BlockStatus.MANDATORY,
            group=None if group is None else self._group(group),
            weight=row.get("weight", Fraction) or Fraction(1),
            rule=row.get("rule", model.BlockRule),
            threshold=row.get("threshold", Fraction),
        )

    def option_group(self, row: Row) -> model.OptionGroup:
        return model.OptionGroup(
            name=self._group(row.need("group", str)),
            required=int(row.get("required", Fraction) or 1),
        )

    def _group(self, name: str) -> str:
        """Return a group's name as it is first written."""
        return self._groups.setdefault(fold(name), name)

    def activity(self, row: Row) -> model.Activity:
        return model.Activity(
            code=model.ActivityCode(row.need("code", str)),
            block=model.BlockCode(self._codes["Blocs"][row.need("block", str)]),
            title=row.need("title", str),
        )

    def method(self, row: Row) -> model.AssessmentMethod:
        return model.AssessmentMethod(
            code=model.MethodCode(row.need("code", str)),
            kind=row.need("kind", str),
            description=row.need("description", str),
            block_variant=row.get("block_variant", str),
            title=row.get("title", str),
            weight=row.get("weight", Fraction) or Fraction(1),
            threshold=row.get("threshold", Fraction),
            floor=row.get("floor", Fraction),
            condition=self._methods(row, "condition"),
            routes=tuple(
                item
                for item in row.get("routes", tuple) or ()
                if isinstance(item, model.AccessRoute)
            ),
            collective=row.get("collective", bool),
        )

    def _methods(self, row: Row, attribute: str) -> tuple[model.MethodCode, ...]:
        named = (str(code) for code in row.get(attribute, tuple) or ())
        return tuple(model.MethodCode(code) for code in self._codes["Modalités"].known(named))

    def competency(self, row: Row) -> model.Competency:
        activity, block = row.get("activity", str), row.get("block", str)
        threshold = own_threshold(self._competencies, row, self._rules)
        return model.Competency(
            code=model.CompetencyCode(row.need("code", str)),
            activity=None
            if activity is None
            else model.ActivityCode(self._codes["Activités"][activity]),
            block=None if block is None else model.BlockCode(self._codes["Blocs"][block]),
            title=row.need("title", str),
            methods=self._methods(row, "methods"),
            weight=row.get("weight", Fraction) or Fraction(1),
            mandatory=row.get("mandatory", bool) or False,
            proof=row.get("proof", model.Proof) or model.Proof.ASSESSMENT,
            rule=row.get("rule", model.CompetencyRule),
            threshold=threshold if isinstance(threshold, Fraction) else None,
        )

    def criterion(self, row: Row) -> model.Criterion:
        method, out_of = row.get("method", str), row.get("out_of", Fraction)
        return model.Criterion(
            code=model.CriterionCode(row.need("code", str)),
            competency=model.CompetencyCode(
                self._codes["Compétences"][row.need("competency", str)]
            ),
            title=row.need("title", str),
            weight=row.get("weight", Fraction) or out_of or Fraction(1),
            mandatory=row.get("mandatory", bool) or False,
            eliminatory=row.get("eliminatory", bool) or False,
            method=None if method is None else model.MethodCode(self._codes["Modalités"][method]),
            group=row.get("group", str),
            out_of=out_of,
            scale=self._scale(row),
        )

    def _scale(self, row: Row) -> str | None:
        named = row.get("scale", str)
        return None if named is None else self._scales.names.get(fold(named), model.NOTE)


def _mention(row: Row) -> model.Mention:
    return model.Mention(label=row.need("label", str), threshold=row.need("threshold", Fraction))


def _certification(row: Row) -> model.Certification:
    return model.Certification(
        title=row.need("title", str),
        level=row.need("level", str),
        eqf_level=row.get("eqf_level", str),
        rncp_code=row.get("rncp_code", str),
        nsf_code=row.get("nsf_code", str),
        certifier=row.get("certifier", str),
        decision_date=row.get("decision_date", dt.date),
        expiry_date=row.get("expiry_date", dt.date),
        signatory=row.get("signatory", str),
        signatory_title=row.get("signatory_title", str),
        version=row.get("version", str),
        legal_basis=row.get("legal_basis", str),
        disability=row.get("disability", str),
        appeal=row.get("appeal", str),
        logo=row.get("logo", str),
        colour=row.get("colour", str),
        verification_page=row.get("verification_page", str),
        cdc_client=row.get("cdc_client", str),
        cdc_contract=row.get("cdc_contract", str),
    )
