"""Several returns of one grid: the same said twice counts once, a contradiction not at all.

Which of two identical returns counts depends on their content, never on their names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.grid import contract
from sheetgen.model import CandidateId, JurorCode, Return, ReturnStatus
from sheetgen.problems import Location, Problem
from sheetgen.problems import grids as kinds
from sheetgen.returns.alike import gathered
from sheetgen.returns.said import content_of, quoted_text
from sheetgen.returns.superseding import replace_corrected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sheetgen.model import CriterionCode
    from sheetgen.returns.findings import Finding, ReadMarks


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


def settle_grid(group: Sequence[Draft], preferred: frozenset[str]) -> None:
    """Decide between the returns of one grid, of which some may be refused."""
    valid = [draft for draft in group if draft.item.counts]
    if len(group) > 1 and not any(draft.item.file in preferred for draft in valid):
        valid = replace_corrected(group)
    if len(valid) > 1:
        settle(valid, preferred)
    _report_other_declarations(group)


def _report_other_declarations(group: Sequence[Draft]) -> None:
    """Say of a return that counts that another one of the same grid declares a tie."""
    refused = [draft.item.file for draft in group if draft.item.declaration is False]
    for draft in group:
        if refused and draft.item.counts:
            location = Location(file=draft.item.file)
            draft.add(kinds.TIE_DECLARED_ELSEWHERE.at(location, other=", ".join(refused)))


def settle(group: Sequence[Draft], preferred: frozenset[str]) -> None:
    """Keep one of two or more returns of one grid where they say the same, else none."""
    ranked = [_Version(draft) for draft in sorted(group, key=_rank)]
    chosen = [version for version in ranked if version.draft.item.file in preferred]
    if chosen and all(version.says == chosen[0].says for version in chosen):
        _keep(chosen[0], ranked)
    elif all(version.says == ranked[0].says for version in ranked):
        _keep(ranked[0], ranked)
    else:
        for version in ranked:
            _oppose(version, ranked)


def _rank(draft: Draft) -> tuple[object, ...]:
    """Return the first of two returns that say the same is the one that declares, then any."""
    return draft.item.declaration is None, draft.item.sha256, draft.item.file


def _keep(keeper: _Version, group: Sequence[_Version]) -> None:
    other = keeper.item.file
    for version in group:
        if version is not keeper:
            same = version.says == keeper.says
            kind = kinds.GRID_DUPLICATE if same else kinds.GRID_SET_ASIDE
            problem = kind.at(Location(file=version.item.file), other=other)
            version.draft.become(ReturnStatus.DUPLICATE, problem)


def _oppose(version: _Version, group: Sequence[_Version]) -> None:
    """Put a return in conflict, and lists cell by cell what the others say instead."""
    location = Location(file=version.item.file)
    others = [other for other in group if other.says != version.says]
    details = [*_opposed_marks(version, others), *_opposed_answers(version, others, location)]
    names = _listed(sorted(other.item.file for other in others))
    problem = kinds.GRID_CONFLICT.at(location, other=names, count=len(details))
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
            yield kinds.MARK_CONFLICT.at(
                finding.location,
                what=f"critère {code}",
                found=_content(mine),
                other=_said_elsewhere(theirs),
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
            yield kinds.MARK_CONFLICT.at(
                location, what=label, found=quoted_text(mine), other=_said_elsewhere(theirs)
            )


def _said_elsewhere(theirs: Sequence[tuple[str, str]]) -> str:
    """Return what others say, each thing once with the places that say it."""
    places: dict[str, list[str]] = {}
    for said, place in sorted(theirs):
        places.setdefault(said, []).append(place)
    return _listed([f"{said} dans {_listed(where)}" for said, where in places.items()], " ; ")


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
