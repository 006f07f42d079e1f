"""The scale of a référentiel: the levels of « Échelle », or the notes that « Règles » bound."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import EXEMPT, NOT_OBSERVED, Level, Scale, ScaleKind
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import source_files as file_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.read import Row, SourceTable, empty_sheet
from sheetgen.sources.schema import NO, YES
from sheetgen.text import exact_number
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_scale(table: SourceTable, rules: Row) -> tuple[Scale | None, list[Problem]]:
    """Return the scale that « Règles » chooses, None where it cannot be used, and its problems."""
    kind = rules.get("scale_kind", ScaleKind)
    if kind is ScaleKind.NOTE:
        problems = list(_check_notes(rules))
        return (None if problems or _bounds_are_faulty(rules) else _note_scale(rules)), problems
    problems = [*table.problems]
    if kind is not None:
        for check in _LEVEL_CHECKS:
            problems += check(table)
    usable = kind is not None and not has_errors(problems)
    return (_level_scale(table) if usable else None), problems


def _bounds_are_faulty(rules: Row) -> bool:
    return any(attribute.startswith("note_") for attribute in rules.faulty)


def _note_scale(rules: Row) -> Scale:
    return Scale(
        kind=ScaleKind.NOTE,
        minimum=rules.need("note_minimum", Fraction),
        maximum=rules.need("note_maximum", Fraction),
        step=rules.need("note_step", Fraction),
        acquired_from=rules.need("note_acquired", Fraction),
    )


def _check_notes(rules: Row) -> Iterator[Problem]:
    """Check that bounds leave a note, that the step leads from one to the other, a pass mark."""
    low, high = rules.get("note_minimum", Fraction), rules.get("note_maximum", Fraction)
    step, acquired = rules.get("note_step", Fraction), rules.get("note_acquired", Fraction)
    if step is not None and step <= 0:
        reason = f"le Pas ({exact_number(step)}) doit être supérieur à 0"
        yield kinds.NOTE_SCALE.at(rules.at("note_step"), reason=reason)
    if low is None or high is None:
        return
    span = f"{exact_number(low)} à {exact_number(high)}"
    if low >= high:
        reason = f"Note minimale doit être inférieure à Note maximale ({span})"
        yield kinds.NOTE_SCALE.at(rules.at("note_maximum"), reason=reason)
        return
    if step is not None and step > 0 and ((high - low) / step).denominator != 1:
        reason = f"le Pas ({exact_number(step)}) ne mène pas de {span}"
        yield kinds.NOTE_SCALE.at(rules.at("note_step"), reason=reason)
    if acquired is not None and not low <= acquired <= high:
        reason = f"Note d'acquisition ({exact_number(acquired)}) doit être entre les deux ({span})"
        yield kinds.NOTE_SCALE.at(rules.at("note_acquired"), reason=reason)


def _level_scale(table: SourceTable) -> Scale:
    levels = sorted(
        (
            Level(
                label=row.need("label", str),
                points=row.need("points", Fraction),
                acquired=row.need("acquired", bool),
                colour=row.get("colour", str),
                definition=row.get("definition", str),
            )
            for row in table.rows
        ),
        key=lambda level: level.points,
        reverse=True,
    )
    return Scale(
        kind=ScaleKind.LEVELS,
        levels=tuple(levels),
        minimum=levels[-1].points,
        maximum=levels[0].points,
        acquired_from=min(level.points for level in levels if level.acquired),
    )


def _check_presence(table: SourceTable) -> Iterator[Problem]:
    """Check that a scale of levels has its sheet, and rows in it."""
    if not table.found:
        missing = f"« {table.spec.name} »"
        yield file_kinds.SHEETS_MISSING.at(Location(file=table.file), missing=missing)
    elif table.exists and not table.rows:
        yield empty_sheet(table.spec, table.at_header("label"))


def _check_labels(table: SourceTable) -> Iterator[Problem]:
    """Find labels that a juror could not tell apart, or that mean something else."""
    first: dict[str, Row] = {}
    for row in table.rows:
        label = row.get("label", str)
        if label is None:
            continue
        if fold(label) in (fold(NOT_OBSERVED), fold(EXEMPT)):
            yield kinds.SCALE_LABEL_RESERVED.at(row.at("label"), found=label)
        other = first.setdefault(fold(label), row)
        if other is not row:
            yield kinds.SCALE_LABEL_DUPLICATE.at(
                row.at("label"), found=label, other=other.at("label").cell
            )


def _check_points(table: SourceTable) -> Iterator[Problem]:
    """Check that no two levels have equal points."""
    first: dict[Fraction, Row] = {}
    for row in table.rows:
        points = row.get("points", Fraction)
        if points is None:
            continue
        other = first.setdefault(points, row)
        if other is not row:
            yield kinds.SCALE_POINTS_EQUAL.at(
                row.at("points"),
                found=row.shown("label"),
                other=other.shown("label"),
                points=f"{exact_number(points)} point{'s' if abs(points) > 1 else ''}",
            )


def _check_acquired(table: SourceTable) -> Iterator[Problem]:
    """Check that a level is acquired and one is not, and the former above the latter."""
    if not table.rows or any("acquired" in row.faulty for row in table.rows):
        return
    told = [row for row in table.rows if row.get("points", Fraction) is not None]
    sides = {
        side: sorted(
            (row for row in told if row.get("acquired", bool) is side),
            key=lambda row: row.need("points", Fraction),
        )
        for side in (True, False)
    }
    for side, value in ((True, YES), (False, NO)):
        if table.has("acquired") and not any(
            row.get("acquired", bool) is side for row in table.rows
        ):
            yield kinds.SCALE_INCOMPLETE.at(table.at_header("acquired"), value=value)
    if sides[True] and sides[False]:
        lowest, highest = sides[True][0], sides[False][-1]
        if lowest.need("points", Fraction) < highest.need("points", Fraction):
            yield kinds.SCALE_ORDER.at(
                lowest.at("points"), found=lowest.shown("label"), other=highest.shown("label")
            )


_LEVEL_CHECKS = (_check_presence, _check_labels, _check_points, _check_acquired)
