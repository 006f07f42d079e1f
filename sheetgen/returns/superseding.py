"""A correction replaces what it corrects: its stamp names the file that it was made from.

Where that file is there too, be it through other corrections, and the correction changes none of
its valid marks, the correction counts and the file is a duplicate. A mark that it changes is a
conflict, told once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.model import ReturnStatus
from sheetgen.problems import Location
from sheetgen.problems import grids as kinds
from sheetgen.returns.alike import PLACES, place
from sheetgen.returns.findings import FindingState
from sheetgen.returns.said import said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.problems import Problem
    from sheetgen.returns.findings import ReadMarks
    from sheetgen.returns.settle import Draft

_Link = tuple["Draft", "Draft", list[str]]
"""A correction, what it corrects, and the valid marks that it changes, in words."""


def replace_corrected(group: Sequence[Draft]) -> list[Draft]:
    """Take out of the returns of one grid those that a later one corrects; return what is left.

    A correction that changes valid marks is told here where nothing else contradicts it.
    """
    readings = {
        draft.item.file: marks
        for draft in group
        if (marks := draft.readings.get(draft.item.file)) is not None
    }
    links = list(_links(group, readings))
    replaced: dict[str, list[Draft]] = {}
    for correction, corrected, changes in links:
        if not changes:
            replaced.setdefault(corrected.item.file, []).append(correction)
    for draft in group:
        if corrections := replaced.get(draft.item.file):
            last = [item for item in corrections if item.item.file not in replaced]
            _set_aside(draft, min(item.item.file for item in last or corrections))
    left = [draft for draft in group if draft.item.counts]
    opposed = [link for link in links if link[2] and link[0].item.counts and link[1].item.counts]
    linked = {draft.item.file for link in opposed for draft in link[:2]}
    if not opposed or any(draft.item.file not in linked for draft in left):
        return left
    for correction, corrected, changes in opposed:
        correction.add(_contradiction(correction, corrected, changes))
    for draft in left:
        draft.become(ReturnStatus.CONFLICT)
    return []


def _links(group: Sequence[Draft], readings: Mapping[str, ReadMarks]) -> Iterator[_Link]:
    """Yield each correction that may count, with each return of the group that it goes back to."""
    named = {
        draft.item.sha256: readings[draft.item.file].corrects
        for draft in group
        if draft.item.file in readings
    }
    for correction in group:
        if not correction.item.counts:
            continue
        former = _former(correction.item.sha256, named)
        for corrected in group:
            # Who declared a tie is not made impartial by a correction.
            if corrected.item.sha256 in former and corrected.item.declaration is not False:
                yield correction, corrected, list(_changes(correction, corrected, readings))


def _former(sha256: str, named: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the SHA-256 of all files that a correction goes back to, through those there are."""
    found: set[str] = set()
    waiting = list(named.get(sha256, ()))
    while waiting:
        former = waiting.pop()
        if former not in found and former != sha256:
            found.add(former)
            waiting.extend(named.get(former, ()))
    return found


def _changes(
    correction: Draft, corrected: Draft, readings: Mapping[str, ReadMarks]
) -> Iterator[str]:
    """Say each valid mark of a return that its correction no longer gives."""
    former = readings.get(corrected.item.file)
    if former is None:
        return
    findings = readings[correction.item.file].findings
    refused = corrected.item.status is ReturnStatus.REJECTED
    for code, finding in former.findings.items():
        now = findings.get(code)
        if finding.mark is None or now is None or now.state is FindingState.EXEMPT:
            continue
        if refused and finding.changed:  # it was to be marked again
            continue
        if now.mark is None or now.mark.value != finding.mark.value:
            where = place(now.location)
            yield f"{where} ({code} : {said_of(finding)} devient {said_of(now)})"


def _contradiction(correction: Draft, corrected: Draft, changes: Sequence[str]) -> Problem:
    more = f" et {len(changes) - PLACES} autres" if len(changes) > PLACES else ""
    return kinds.CORRECTION_CONFLICT.at(
        Location(file=correction.item.file),
        other=corrected.item.file,
        count=len(changes),
        found=f"{', '.join(changes[:PLACES])}{more}",
    )


def _set_aside(draft: Draft, other: str) -> None:
    """Make a return the duplicate of its correction; what was wrong with it has been corrected."""
    problem = kinds.GRID_CORRECTED.at(Location(file=draft.item.file), other=other)
    draft.item = replace(draft.item, status=ReturnStatus.DUPLICATE, problems=(problem,))
