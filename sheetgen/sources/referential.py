"""The référentiel, from its workbook: read, checked as a whole, and built when without error."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen import model
from sheetgen.problems import has_errors
from sheetgen.problems import source_files as file_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import (
    STRUCTURE_CHECKS,
    Codes,
    check_codes,
    check_past,
    check_references,
    check_regulation,
    most_criteria,
)
from sheetgen.sources.read import SourceBook, check_printed, in_order, read_book, read_fields
from sheetgen.sources.rules import build_rules, check_count, check_rules
from sheetgen.sources.scale import read_scale
from sheetgen.sources.schema import REFERENTIAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row

_TABLES = ("Blocs", "Activités", "Modalités", "Compétences", "Critères")
_LOGO_ENDINGS = (".png", ".jpg", ".jpeg")


def read_referential(
    path: Path, *, tried: bool = True
) -> tuple[model.Referential | None, list[Problem]]:
    """Return the référentiel and every problem of its workbook.

    None when one of them is an error.

    Args:
        path: of the workbook.
        tried: whether to try the rules, too, which takes as long as all else and only warns.
    """
    book = read_book(path, REFERENTIAL)
    problems = list(book.problems)
    if not book.tables:
        return None, problems
    certification, faults = read_fields(book.tables["Certification"], file_kinds.FIELD_UNKNOWN)
    problems += faults
    problems += check_printed(book.tables["Certification"], certification)
    problems += _check_logo(certification, path)
    problems += check_past([("Date de décision", "decision_date", certification)])
    rules, faults = read_fields(book.tables["Règles"], file_kinds.RULE_UNKNOWN)
    problems += faults
    scale, faults = read_scale(book.tables["Échelle"], rules)
    problems += faults
    problems += check_rules(rules, scale)
    problems += check_count(rules, most_criteria(book.tables))
    problems += _check_tables(book)
    problems = in_order(problems, REFERENTIAL)
    if scale is None or has_errors(problems):
        return None, problems
    referential = _build(book, certification, rules, scale)
    if tried:
        problems += check_regulation(referential, rules)
    return referential, in_order(problems, REFERENTIAL)


def _check_tables(book: SourceBook) -> Iterator[Problem]:
    """Yield the problems of the sheets that describe the certification, alone and together."""
    for name in ("Certification", "Règles", *_TABLES):
        yield from book.tables[name].problems
    targets = {
        name: Codes.of(book.tables[name]) for name in _TABLES if book.tables[name].has("code")
    }
    for name in _TABLES:
        yield from check_codes(book.tables[name])
        yield from check_references(book.tables[name], targets)
    for check in STRUCTURE_CHECKS:
        yield from check(book.tables)


def _check_logo(certification: Row, path: Path) -> Iterator[Problem]:
    """Check that the image is there: it would be missed only once everything is printed."""
    name = certification.get("logo", str)
    if name is None:
        return
    image = path.parent / name.replace("\\", "/")
    try:
        usable = image.suffix.lower() in _LOGO_ENDINGS and image.is_file()
    except (OSError, ValueError):
        usable = False
    if not usable:
        yield kinds.LOGO_MISSING.at(certification.at("logo"), found=name)


def _build(
    book: SourceBook, certification: Row, rules: Row, scale: model.Scale
) -> model.Referential:
    """Return the record, from rows that are known to be without error."""
    codes = {name: Codes.of(book.tables[name]) for name in _TABLES}
    return model.Referential(
        certification=_certification(certification),
        blocks=tuple(
            model.Block(
                code=model.BlockCode(row.need("code", str)),
                activity=row.get("activity", str),
                title=row.need("title", str),
            )
            for row in book.tables["Blocs"].rows
        ),
        activities=tuple(
            model.Activity(
                code=model.ActivityCode(row.need("code", str)),
                block=model.BlockCode(codes["Blocs"][row.need("block", str)]),
                title=row.need("title", str),
            )
            for row in book.tables["Activités"].rows
        ),
        methods=tuple(
            model.AssessmentMethod(
                code=model.MethodCode(row.need("code", str)),
                kind=row.need("kind", str),
                description=row.need("description", str),
                block_variant=row.get("block_variant", str),
            )
            for row in book.tables["Modalités"].rows
        ),
        competencies=tuple(
            model.Competency(
                code=model.CompetencyCode(row.need("code", str)),
                activity=model.ActivityCode(codes["Activités"][row.need("activity", str)]),
                title=row.need("title", str),
                methods=(model.MethodCode(codes["Modalités"][row.need("method", str)]),),
                weight=row.get("weight", Fraction) or Fraction(1),
                mandatory=row.get("mandatory", bool) or False,
            )
            for row in book.tables["Compétences"].rows
        ),
        criteria=tuple(
            model.Criterion(
                code=model.CriterionCode(row.need("code", str)),
                competency=model.CompetencyCode(codes["Compétences"][row.need("competency", str)]),
                title=row.need("title", str),
                weight=row.get("weight", Fraction) or Fraction(1),
                mandatory=row.get("mandatory", bool) or False,
                eliminatory=row.get("eliminatory", bool) or False,
            )
            for row in book.tables["Critères"].rows
        ),
        scale=scale,
        rules=build_rules(rules, scale),
    )


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
    )
