"""The référentiel, from its workbook: read, checked as a whole, and built when without error."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sheetgen.problems import Location, has_errors
from sheetgen.problems import source_files as file_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import (
    STRUCTURE_CHECKS,
    Codes,
    check_codes,
    check_own_rules,
    check_past,
    check_references,
    check_regulation,
    check_shape,
    most_criteria,
)
from sheetgen.sources.read import (
    SourceBook,
    check_printed,
    check_reviewed,
    in_order,
    read_book,
    read_fields,
)
from sheetgen.sources.referential_records import CODED, build_referential
from sheetgen.sources.rules import check_count, check_rules
from sheetgen.sources.scale import read_scales
from sheetgen.sources.schema import REFERENTIAL
from sheetgen.sources.written_trials import check_trials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.sources.read import Opening, Row

_UNCODED = ("Options", "Mentions")
_THIS_COMPUTER = ("localhost", "127.0.0.1")
_LOGO_ENDINGS = (".png", ".jpg", ".jpeg")


def read_referential(
    path: Path, opening: Opening | None = None, *, tried: bool = True
) -> tuple[Referential | None, list[Problem]]:
    """Return the référentiel and every problem of its workbook.

    None when one of them is an error.

    Args:
        path: of the workbook.
        opening: of that workbook, where somebody has begun to read it.
        tried: whether to try the rules and the school's own trials, too, which takes as long as all
            else. What is wrong with a trial hinders nothing: the référentiel is there all the same.
    """
    book = read_book(path, REFERENTIAL, opening)
    problems = list(book.problems)
    if not book.tables:
        return None, problems
    problems += check_reviewed(book)
    certification, faults = read_fields(book.tables["Certification"], file_kinds.FIELD_UNKNOWN)
    problems += faults
    problems += check_printed(book.tables["Certification"], certification)
    problems += _check_logo(certification, path)
    problems += _check_verification_page(certification)
    problems += check_past([("Date de décision", "decision_date", certification)])
    rules, faults = read_fields(book.tables["Règles"], file_kinds.RULE_UNKNOWN)
    problems += faults
    scales, faults = read_scales(book.tables["Échelle"], rules, book.tables["Critères"])
    problems += faults
    problems += check_rules(rules, scales.default, book.tables)
    problems += check_count(rules, most_criteria(book.tables))
    problems += _check_tables(book)
    problems += check_shape(book.tables, rules, scales)
    problems += check_own_rules(book.tables, rules)
    of_trials = list(_check_trial_cells(book)) if tried else []
    if scales.default is None or has_errors(problems):
        return None, in_order([*problems, *of_trials], REFERENTIAL)
    referential = build_referential(book, certification, rules, scales)
    if tried:
        problems += check_regulation(referential, rules)
        problems += of_trials
        problems += check_trials(referential, book.tables["Essais"])
    return referential, in_order(problems, REFERENTIAL)


def _check_tables(book: SourceBook) -> Iterator[Problem]:
    """Yield the problems of the sheets that describe the certification, alone and together."""
    for name in ("Certification", "Règles", *CODED, *_UNCODED):
        yield from book.tables[name].problems
    targets = {name: Codes.of(book.tables[name]) for name in CODED if book.tables[name].has("code")}
    activities = book.tables["Activités"]
    if activities.exists and not activities.rows:
        targets.setdefault("Activités", Codes("Activités", ()))
    elif not activities.found and any(
        row.get("activity", str) is not None for row in book.tables["Compétences"].rows
    ):
        place = Location(file=activities.file)
        yield file_kinds.SHEETS_MISSING.at(place, missing="« Activités »")
    for name in _UNCODED:
        yield from check_codes(book.tables[name])
    for name in CODED:
        yield from check_codes(book.tables[name])
        yield from check_references(book.tables[name], targets)
    for check in STRUCTURE_CHECKS:
        yield from check(book.tables)


def _check_trial_cells(book: SourceBook) -> Iterator[Problem]:
    """Yield the faults of the cells of « Essais », which only whoever tries the rules looks at."""
    yield from book.tables["Essais"].problems
    yield from check_codes(book.tables["Essais"])


def _check_verification_page(certification: Row) -> Iterator[Problem]:
    """Check the address that codes will hold for as long as their papers exist."""
    page = certification.get("verification_page", str)
    if page is not None and not _is_safe_page(page):
        yield kinds.VERIFICATION_PAGE_UNUSABLE.at(certification.at("verification_page"), found=page)


def _is_safe_page(page: str) -> bool:
    """Return whether browsers verify signatures on a page, and an address may go on after it."""
    if any(letter.isspace() for letter in page) or "#" in page:
        return False
    try:
        parts = urlsplit(page)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in _THIS_COMPUTER)


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
