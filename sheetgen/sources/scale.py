"""The scales of a référentiel: the levels of « Échelle », and the notes that « Règles » bound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import EXEMPT, NOT_OBSERVED, NOTE, Level, Scale, ScaleKind
from sheetgen.problems import Location, Problem, has_errors, quoted, shaping
from sheetgen.problems import source_files as file_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.read import Row, SourceTable, empty_sheet, suggestion
from sheetgen.sources.schema import NO, YES
from sheetgen.text import exact_number
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """The scales of a référentiel, as far as they can be used.

    Attributes:
        default: the scale that « Règles » chooses; None where it cannot be used.
        named: those that « Échelle » names, without errors.
        names: of all that it names, as written, by folded name.
        notes: the notes that « Règles » bound; None where no criterion takes notes, or where they
            cannot be used.
    """

    default: Scale | None
    named: tuple[Scale, ...]
    names: Mapping[str, str]
    notes: Scale | None


def read_scales(
    table: SourceTable, rules: Row, criteria: SourceTable
) -> tuple[Scales, list[Problem]]:
    """Return the scales of a référentiel, and their problems."""
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(fold(row.get("scale", str) or ""), []).append(row)
    own = replace(table, rows=tuple(groups.pop("", [])))
    kind = rules.get("scale_kind", ScaleKind)
    takes_notes = kind is ScaleKind.NOTE or any(map(_takes_notes, criteria.rows))
    problems = list(_check_notes(rules)) if takes_notes else []
    problems += _check_unobserved(rules, table, takes_notes=takes_notes)
    notes = None
    if takes_notes and not problems and not _bounds_are_faulty(rules):
        notes = _note_scale(rules)
    default = notes
    if kind is not ScaleKind.NOTE:
        faults = [*table.problems]
        for check in _LEVEL_CHECKS if kind is not None else ():
            faults += check(own)
        faults += _check_shortcuts(own, takes_notes=takes_notes)
        default = _level_scale(own, rules) if kind is not None and not has_errors(faults) else None
        problems += faults
    elif groups:
        problems += table.problems
    named = []
    names = {folded: rows[0].need("scale", str) for folded, rows in groups.items()}
    for folded, rows in groups.items():
        part = replace(table, rows=tuple(rows))
        faults = _check_named(part, names[folded], names.values())
        faults += _check_shortcuts(part, takes_notes=takes_notes)
        if folded == fold(NOTE):
            faults.append(shaping.SCALE_NAME_RESERVED.at(rows[0].at("scale"), found=names[folded]))
        problems += faults
        if not has_errors([*faults, *table.problems]):
            named.append(replace(_level_scale(part, rules), name=names[folded]))
    if kind is ScaleKind.NOTE and groups:
        problems += _check_nameless(own, names.values())
    sound = [fold(scale.name or "") for scale in named]
    problems += _check_unused({name: groups[name] for name in sound}, criteria)
    return Scales(default=default, named=tuple(named), names=names, notes=notes), problems


def _check_named(part: SourceTable, name: str, names: Iterable[str]) -> list[Problem]:
    """Return the faults of a named scale; without a level on one side, its name may be wrong."""
    faults = [problem for check in _LEVEL_CHECKS for problem in check(part)]
    incomplete = [item for item in faults if item.code == kinds.SCALE_INCOMPLETE.code]
    if not incomplete:
        return faults
    others = tuple(other for other in names if fold(other) != fold(name))
    told = shaping.SCALE_NAMED_INCOMPLETE.at(
        part.rows[0].at("scale"), found=name, suggestion=suggestion(name, others)
    )
    return [told, *(item for item in faults if item not in incomplete)]


def _check_nameless(own: SourceTable, names: Iterable[str]) -> Iterator[Problem]:
    """Find levels of no scale, where criteria without a scale have notes."""
    for row in own.rows:
        if "scale" not in row.faulty:
            yield shaping.SCALE_LEVEL_IDLE.at(
                row.at("scale"), found=row.shown("label"), names=quoted(names)
            )


def _check_unused(groups: Mapping[str, list[Row]], criteria: SourceTable) -> Iterator[Problem]:
    """Find scales that no criterion names, and that none seems to mean."""
    used = {fold(name) for row in criteria.rows if (name := row.get("scale", str))}
    meant = {nearest(name, groups) for name in used if name not in groups}
    faulty = any("scale" in row.faulty for row in criteria.rows)
    for folded, rows in groups.items():
        if folded not in used and folded not in meant and not faulty:
            yield shaping.SCALE_UNUSED.at(rows[0].at("scale"), found=rows[0].need("scale", str))


def _takes_notes(criterion: Row) -> bool:
    named = criterion.get("scale", str)
    return criterion.get("out_of", Fraction) is not None or fold(named or "") == fold(NOTE)


def _bounds_are_faulty(rules: Row) -> bool:
    return any(attribute.startswith("note_") for attribute in rules.faulty)


def _note_scale(rules: Row) -> Scale:
    return Scale(
        kind=ScaleKind.NOTE,
        minimum=rules.need("note_minimum", Fraction),
        maximum=rules.need("note_maximum", Fraction),
        step=rules.need("note_step", Fraction),
        acquired_from=rules.need("note_acquired", Fraction),
        unobserved=rules.get("unobserved_shortcut", str),
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


def _level_scale(table: SourceTable, rules: Row) -> Scale:
    levels = sorted(
        (
            Level(
                label=row.need("label", str),
                points=row.need("points", Fraction),
                acquired=row.need("acquired", bool),
                colour=row.get("colour", str),
                definition=row.get("definition", str),
                shortcut=row.get("shortcut", str),
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
        unobserved=rules.get("unobserved_shortcut", str),
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


_A_NOTE = "serait pris pour une note"


def _check_shortcuts(table: SourceTable, *, takes_notes: bool) -> Iterator[Problem]:
    """Find shortcuts of a scale that could mean something else than their level."""
    first: dict[str, str] = {}
    labels = [label for row in table.rows if (label := row.get("label", str))]
    for row in table.rows:
        shortcut, label = row.get("shortcut", str), row.get("label", str)
        if shortcut is None or label is None:
            continue
        other = first.setdefault(shortcut, label)
        reason = f"est aussi celui de « {other} »" if other != label else ""
        if not reason and takes_notes and shortcut.isdecimal():
            reason = _A_NOTE
        begun = _begun_by(shortcut, [item for item in [*labels, NOT_OBSERVED] if item != label])
        if not reason and begun:
            reason = f"commence « {begun} »"
        if reason:
            yield kinds.SHORTCUT_AMBIGUOUS.at(
                row.at("shortcut"), found=shortcut, label=label, reason=reason
            )


def _check_unobserved(rules: Row, table: SourceTable, *, takes_notes: bool) -> Iterator[Problem]:
    """Check that the shortcut of *Non observé* could mean nothing else on any scale."""
    shortcut = rules.get("unobserved_shortcut", str)
    if shortcut is None:
        return
    labels = [label for row in table.rows if (label := row.get("label", str))]
    taken = [row.get("label", str) for row in table.rows if row.get("shortcut", str) == shortcut]
    begun = _begun_by(shortcut, labels)
    reason = ""
    if taken:
        reason = f"est aussi celui de « {taken[0]} »"
    elif takes_notes and shortcut.isdecimal():
        reason = _A_NOTE
    elif begun:
        reason = f"commence « {begun} »"
    if reason:
        yield kinds.SHORTCUT_AMBIGUOUS.at(
            rules.at("unobserved_shortcut"), found=shortcut, label=NOT_OBSERVED, reason=reason
        )


def _begun_by(shortcut: str, labels: Iterable[str]) -> str | None:
    """Return the first label that a shortcut begins, which a spreadsheet could complete it to."""
    return next((label for label in labels if fold(label).startswith(fold(shortcut))), None)


_LEVEL_CHECKS = (_check_presence, _check_labels, _check_points, _check_acquired)
