"""From the folders of closed sessions to the marks that their jurors gave, for statistics.

Marks are read where they are frozen, session by session, and never go into the register: they are
kept as long as the session's own papers, and no longer.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from sheetgen.commands.closing_facts import closing_key
from sheetgen.figures import MarkedSession, SharedMark
from sheetgen.jury import UnreadableFinalError, read_frozen_decisions
from sheetgen.jury.closings import Closings, UnreadableClosingError
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.sources.read import by_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.jury import Record
    from sheetgen.problems import Problem
    from sheetgen.register import CountedScope

Printed = dict[str, dict[str, dict[str, str]]]
"""Values by sheet, row and name."""


def closed_folders(output: Path) -> list[SessionFolder]:
    """Return the folders of closed sessions below the output folder, by name."""
    if not output.is_dir():
        return []
    folders = [SessionFolder(root=path) for path in sorted(output.iterdir()) if path.is_dir()]
    return [folder for folder in folders if Closings.of(folder).versions]


def marked_sessions(
    output: Path, scope: CountedScope, problems: list[Problem], *, named: bool
) -> Iterator[MarkedSession]:
    """Yield the closed sessions of the scope; what cannot be read is told.

    Args:
        output: the folder with a folder per session.
        scope: which sessions to read.
        problems: to be added to.
        named: whether jurors are to be named, rather than told by their codes.
    """
    for folder in closed_folders(output):
        closings = Closings.of(folder)
        try:
            record = closings.read(closings.versions[-1])
            decisions = read_frozen_decisions(closings, record)
        except (UnreadableClosingError, UnreadableFinalError) as error:
            problems.append(error.problem)
            continue
        session = cast("dict[str, Any]", decisions["session"])
        printed = record.printed or {}
        code, day = str(session["code"]), session["date"]
        key = closing_key(printed, code, day, "", record.version)
        if scope.holds(key.certification_key, key.certification, key.session_date):
            short = key.rncp_code or key.certification
            yield _marked(decisions, by_row(printed), short, named=named)


def _marked(decisions: Record, printed: Printed, short: str, *, named: bool) -> MarkedSession:
    session = cast("dict[str, Any]", decisions["session"])
    extents = _extents(printed)
    marks: list[SharedMark] = []
    divergent: set[tuple[str, str]] = set()
    scales: set[tuple[str, str]] = set()
    together = 0
    for candidate, criterion in _criteria(decisions):
        code = str(criterion["code"])
        if criterion["divergent"]:
            divergent.add((code, candidate))
        scale = _scale_of(printed, code)
        apart = [mark for mark in criterion["marks"] if not mark.get("jurors")]
        together += len(criterion["marks"]) - len(apart)
        given = [mark for mark in apart if mark["points"] is not None]
        if len(given) > 1:
            scales.add(scale)
        noted = any(isinstance(mark["value"], int | float) for mark in given)
        extent = _number(scale[1]) if scale[1] else None if noted else extents.get(scale[0])
        marks += [
            SharedMark(
                candidate=candidate,
                criterion=code,
                juror=str(mark["juror"]),
                points=Fraction(str(mark["points"])),
                extent=extent,
            )
            for mark in given
        ]
    return MarkedSession(
        certification=short,
        session=str(session["code"]),
        session_date=session["date"],
        marks=tuple(marks),
        jurors=_jurors(printed, named=named),
        divergent=frozenset(divergent),
        scales=len(scales),
        together=together,
    )


def _criteria(decisions: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    for candidate in cast("list[dict[str, Any]]", decisions["candidates"]):
        for block in candidate["blocks"]:
            for competency in block.get("competencies") or []:
                for criterion in competency.get("criteria") or []:
                    yield str(candidate["id"]), criterion


def _scale_of(printed: Printed, criterion: str) -> tuple[str, str]:
    """Return the name of a criterion's own scale and its barème; empty for the session's."""
    said = printed.get("Critères", {}).get(criterion, {})
    return said.get("Échelle", ""), said.get("Barème", "")


def _extents(printed: Printed) -> dict[str, Fraction]:
    """Return the length of each scale of levels, in points, by name."""
    points: dict[str, list[Fraction]] = defaultdict(list)
    for level in printed.get("Échelle", {}).values():
        value = _number(level.get("Points", ""))
        if value is not None:
            points[level.get("Échelle", "")].append(value)
    return {name: max(found) - min(found) for name, found in points.items()}


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text.replace(",", ".").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None


def _jurors(printed: Printed, *, named: bool) -> dict[str, str]:
    if not named:
        return {}
    return {
        code: f"{code} — {said.get('Prénom', '')} {said.get('Nom', '')}".strip()
        for code, said in printed.get("Jurés", {}).items()
    }
