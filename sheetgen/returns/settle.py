"""Several returns of one grid: the same said twice counts once, a contradiction not at all.

Which of two identical returns counts depends on their content, never on their names. A correction
replaces what it corrects: its stamp names the file that it was made from. Where that file is there
too, be it through other corrections, and the correction changes none of its valid marks, the
correction counts and the file is a duplicate. A mark that it changes is a conflict, told once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.grid import contract
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CandidateId, JurorCode, Return, ReturnStatus
from sheetgen.problems import Location, Problem
from sheetgen.problems import common_grids as common_kinds
from sheetgen.problems import grids as kinds
from sheetgen.problems import several_grids as several_kinds
from sheetgen.returns.findings import (
    PLACES,
    content_of,
    gathered,
    place,
    quoted_text,
    said_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sheetgen.model import CriterionCode
    from sheetgen.returns.findings import Finding, ReadMarks

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
        if finding.mark is None or now is None or now.state.is_locked:
            continue
        if refused and finding.changed:  # it was to be marked again
            continue
        if now.mark is None or now.mark.value != finding.mark.value:
            where = place(now.location)
            yield f"{where} ({code} : {said_of(finding)} devient {said_of(now)})"


def _contradiction(correction: Draft, corrected: Draft, changes: Sequence[str]) -> Problem:
    more = f" et {len(changes) - PLACES} autres" if len(changes) > PLACES else ""
    return several_kinds.CORRECTION_CONFLICT.at(
        Location(file=correction.item.file),
        other=corrected.item.file,
        count=len(changes),
        found=f"{', '.join(changes[:PLACES])}{more}",
    )


def _set_aside(draft: Draft, other: str) -> None:
    """Make a return the duplicate of its correction; what was wrong with it has been corrected."""
    problem = several_kinds.GRID_CORRECTED.at(Location(file=draft.item.file), other=other)
    draft.item = replace(draft.item, status=ReturnStatus.DUPLICATE, problems=(problem,))


@dataclass(slots=True, kw_only=True)
class Draft:
    """A return on its way; `readings` are those of every file, loaded as they are asked for."""

    item: Return
    readings: Mapping[str, ReadMarks]

    @property
    def pair(self) -> tuple[CandidateId, JurorCode] | None:
        """Return the candidate and the juror."""
        if self.item.candidate is None or self.item.juror is None:
            return None
        return self.item.candidate, self.item.juror

    def add(self, problem: Problem) -> None:
        """Add to what is said about it."""
        self.item = replace(self.item, problems=(*self.item.problems, problem))

    def become(self, status: ReturnStatus, *problems: Problem) -> None:
        """Make the return one that does not count."""
        said = (*self.item.problems, *problems)
        self.item = replace(self.item, status=status, problems=said)


@dataclass(frozen=True)
class _Version:
    """One of several returns of one grid; no slots: what it says is loaded once."""

    draft: Draft

    @property
    def item(self) -> Return:
        """Return the return."""
        return self.draft.item

    @cached_property
    def findings(self) -> Mapping[CriterionCode, Finding]:
        """Return the findings on each criterion; none while the identity is not established."""
        marks = self.draft.readings.get(self.item.file)
        return {} if marks is None else marks.findings

    @cached_property
    def says(self) -> tuple[object, ...]:
        """Return what must be equal for two returns of one grid to agree."""
        marks = tuple((code, content_of(finding)) for code, finding in self.findings.items())
        return (marks, self.item.opinion, self.item.remarks)


def settle_grid(group: Sequence[Draft], preferred: frozenset[str], told: str) -> None:
    """Decide between the returns of one grid, of which some may be refused.

    Args:
        group: the returns.
        preferred: the files designated with `--prefer`.
        told: whose grid it is, as messages name them.
    """
    valid = [draft for draft in group if draft.item.counts]
    if len(group) > 1 and not any(draft.item.file in preferred for draft in valid):
        valid = replace_corrected(group)
    if len(valid) > 1:
        settle(valid, preferred, told)
    _report_other_declarations(group)


def _report_other_declarations(group: Sequence[Draft]) -> None:
    """Say of a return that counts that another one of the same grid declares a tie."""
    refused = [draft.item.file for draft in group if draft.item.declaration is False]
    for draft in group:
        if refused and draft.item.counts:
            location = Location(file=draft.item.file)
            in_common = draft.item.declarations
            kind = common_kinds.MEMBER_TIE_ELSEWHERE if in_common else kinds.TIE_DECLARED_ELSEWHERE
            draft.add(kind.at(location, other=", ".join(refused)))


def settle(group: Sequence[Draft], preferred: frozenset[str], told: str) -> None:
    """Keep one of two or more returns of one grid where they say the same, else none."""
    ranked = [_Version(draft) for draft in sorted(group, key=_rank)]
    chosen = [version for version in ranked if version.draft.item.file in preferred]
    if chosen and all(version.says == chosen[0].says for version in chosen):
        _keep(chosen[0], ranked)
    elif all(version.says == ranked[0].says for version in ranked):
        _keep(ranked[0], ranked)
    else:
        for version in ranked:
            _oppose(version, ranked, told)


def _rank(draft: Draft) -> tuple[object, ...]:
    """Return a key that sorts returns of one content: first those that declare, then by digest."""
    blank = sum(declared is None for _, declared in draft.item.declarations)
    return draft.item.declaration is None, blank, draft.item.sha256, draft.item.file


def _keep(keeper: _Version, group: Sequence[_Version]) -> None:
    other = keeper.item.file
    for version in group:
        if version is not keeper:
            same = version.says == keeper.says
            kind = several_kinds.GRID_DUPLICATE if same else several_kinds.GRID_SET_ASIDE
            problem = kind.at(Location(file=version.item.file), other=other)
            version.draft.become(ReturnStatus.DUPLICATE, problem)


def _oppose(version: _Version, group: Sequence[_Version], told: str) -> None:
    """Put a return in conflict, and list cell by cell what the others say instead."""
    location = Location(file=version.item.file)
    others = [other for other in group if other.says != version.says]
    details = [*_opposed_marks(version, others), *_opposed_answers(version, others, location)]
    names = _listed(sorted(other.item.file for other in others))
    files = _listed(sorted(item.item.file for item in group))
    problem = several_kinds.GRID_CONFLICT.at(
        location, other=names, count=len(details), grid=told, files=files
    )
    version.draft.become(ReturnStatus.CONFLICT, problem, *gathered(details))


def _opposed_marks(version: _Version, others: Sequence[_Version]) -> Iterator[Problem]:
    for code, finding in version.findings.items():
        mine = content_of(finding)
        theirs = [
            (_content(content_of(there)), _place(there.location))
            for there in (other.findings[code] for other in others)
            if content_of(there) != mine
        ]
        if theirs:
            yield several_kinds.MARK_CONFLICT.at(
                finding.location,
                what=f"critère {code}",
                found=_content(mine),
                other=_said_elsewhere(theirs),
                each=_said_elsewhere([*theirs, (_content(mine), _place(finding.location))]),
            )


_ANSWERS: tuple[tuple[str, Callable[[Return], str | None]], ...] = (
    (contract.OPINION_LABEL, lambda item: item.opinion),
    (contract.REMARKS_LABEL, lambda item: item.remarks),
)


def _opposed_answers(
    version: _Version, others: Sequence[_Version], location: Location
) -> Iterator[Problem]:
    for label, answer in _ANSWERS:
        mine = answer(version.item)
        theirs = [
            (quoted_text(answer(other.item)), other.item.file)
            for other in others
            if answer(other.item) != mine
        ]
        if theirs:
            yield several_kinds.MARK_CONFLICT.at(
                location,
                what=label,
                found=quoted_text(mine),
                other=_said_elsewhere(theirs),
                each=_said_elsewhere([*theirs, (quoted_text(mine), version.item.file)]),
            )


def _said_elsewhere(theirs: Sequence[tuple[str, str]]) -> str:
    """Return what others say, each thing once with the places that say it."""
    places: dict[str, list[str]] = {}
    for said, where in sorted(theirs):
        places.setdefault(said, []).append(where)
    return _listed([f"{said} dans {_listed(found)}" for said, found in places.items()], " ; ")


_LISTED = 5
"""How many of many alike a message still names."""


def _listed(items: Sequence[str], separator: str = ", ") -> str:
    if len(items) <= _LISTED:
        return separator.join(items)
    return f"{separator.join(items[:_LISTED])} et {len(items) - _LISTED} autres"


def _content(content: tuple[str, str]) -> str:
    said, comment = content
    return f"{said}, observation {quoted_text(comment)}" if comment else said


def _place(location: Location) -> str:
    cell = f" ({location.sheet} {location.cell})" if location.cell else ""
    return f"{location.file}{cell}"
