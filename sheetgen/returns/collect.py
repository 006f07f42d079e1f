"""From files found to returns that count: identity, marks, duplicates and conflicts.

The order and the names of the files change nothing but the names reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sheetgen.grids import layout
from sheetgen.grids.read import ReadCell, ReadGrid, text_of
from sheetgen.matching import fold
from sheetgen.model import CandidateId, JurorCode, Return, ReturnStatus
from sheetgen.problems import Location, Problem
from sheetgen.problems import grids as kinds
from sheetgen.returns.find import FoundFile
from sheetgen.returns.identify import Expected, Pair, identify
from sheetgen.returns.marks import MarkReader, ReadMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What came back for a session, with what is missing; all sorted, whatever the files' order.

    `problems` are those of no single return: a file preferred that is not there, a grid missing.
    """

    returns: tuple[Return, ...]
    missing: tuple[Pair, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A return on its way, with what comparing it to others needs."""

    item: Return
    marks: ReadMarks | None = None

    @property
    def content(self) -> tuple[object, ...]:
        """What must be the same for two returns of one grid to say the same."""
        marks = {} if self.marks is None else self.marks.content
        return (tuple(marks.items()), self.item.opinion, self.item.remarks)


def collect_returns(
    read: Iterable[tuple[FoundFile, ReadGrid | Problem]],
    expected: Expected,
    preferred: Sequence[str] = (),
) -> Collection:
    """Every file as a return, those that count apart from those that do not."""
    reader = MarkReader(referential=expected.referential)
    drafts = [_draft(file, result, expected, reader) for file, result in read]
    drafts.sort(key=lambda draft: draft.item.file)
    names = _matching_names(drafts, preferred)
    by_pair: dict[Pair, list[_Draft]] = {}
    for draft in drafts:
        if draft.item.counts and draft.item.candidate and draft.item.juror:
            by_pair.setdefault((draft.item.candidate, draft.item.juror), []).append(draft)
    for group in by_pair.values():
        _settle(group, names)
    returns = tuple(draft.item for draft in drafts)
    received = {(item.candidate, item.juror) for item in returns if item.counts}
    missing = tuple(sorted(pair for pair in expected.assignments if pair not in received))
    problems = [
        kinds.PREFERRED_UNKNOWN.at(Location(file=name))
        for name in preferred
        if not _matching_names(drafts, [name])
    ]
    problems.extend(_missing_grid(pair, expected) for pair in missing)
    return Collection(returns=returns, missing=missing, problems=tuple(problems))


def _draft(
    file: FoundFile, result: ReadGrid | Problem, expected: Expected, reader: MarkReader
) -> _Draft:
    location = Location(file=file.name)
    rejected = Return(file=file.name, sha256=file.sha256, status=ReturnStatus.REJECTED)
    if isinstance(result, Problem):
        return _Draft(item=replace(rejected, problems=(result,)))
    pair, problem = identify(result, expected, location)
    if pair is not None:
        rejected = replace(rejected, candidate=pair[0], juror=pair[1])
    if problem is not None or pair is None:
        return _Draft(item=replace(rejected, problems=(problem,) if problem else ()))
    declaration, declared = _read_declaration(result.declaration, location)
    answered = replace(
        rejected,
        declaration=declaration,
        opinion=_text(result.opinion),
        remarks=_text(result.remarks),
    )
    if declaration is False:
        return _Draft(item=replace(answered, problems=tuple(declared)))
    marks = reader.read(
        result,
        expected.assignments[pair],
        expected.session.exemptions_of[pair[0]],
        file.name,
    )
    status = ReturnStatus.ACCEPTED if marks.complete else ReturnStatus.INCOMPLETE
    item = replace(
        answered,
        status=status,
        marks=dict(marks.marks),
        problems=(*marks.problems, *declared),
    )
    return _Draft(item=item, marks=marks)


def _read_declaration(
    cell: ReadCell | None, location: Location
) -> tuple[bool | None, list[Problem]]:
    written = "" if cell is None else text_of(cell.value)
    if cell is None or not written:
        return None, [kinds.DECLARATION_BLANK.at(location)]
    at_cell = Location(file=location.file, sheet=cell.sheet, cell=cell.cell)
    if fold(written) == fold(layout.YES):
        return True, []
    if fold(written) == fold(layout.NO):
        return False, [kinds.TIE_DECLARED.at(at_cell)]
    return None, [kinds.DECLARATION_UNREADABLE.at(at_cell, found=written)]


def _text(cell: ReadCell | None) -> str | None:
    return None if cell is None else text_of(cell.value) or None


def _matching_names(drafts: Sequence[_Draft], preferred: Sequence[str]) -> frozenset[str]:
    """The names of the files that the administrator designated, by path or by name alone."""
    wanted = {name.replace("\\", "/") for name in preferred}
    return frozenset(
        draft.item.file
        for draft in drafts
        for name in wanted
        if draft.item.file == name
        or draft.item.file.endswith(f"/{name}")
        or name.endswith(f"/{draft.item.file}")
    )


def _settle(group: list[_Draft], preferred: frozenset[str]) -> None:
    """Keeps one of several returns of one grid where they say the same, else none."""
    if len(group) == 1:
        return
    chosen = [draft for draft in group if draft.item.file in preferred]
    if len({repr(draft.content) for draft in chosen}) == 1:
        keeper = chosen[0]
        for draft in group:
            if draft is not keeper:
                problem = kinds.GRID_SET_ASIDE.at(
                    Location(file=draft.item.file), other=keeper.item.file
                )
                _change(draft, ReturnStatus.DUPLICATE, problem)
        return
    keeper = min(group, key=lambda draft: (draft.item.declaration is None, draft.item.file))
    if all(draft.content == keeper.content for draft in group):
        for draft in group:
            if draft is not keeper:
                problem = kinds.GRID_DUPLICATE.at(
                    Location(file=draft.item.file), other=keeper.item.file
                )
                _change(draft, ReturnStatus.DUPLICATE, problem)
        return
    for draft in group:
        other = next(item for item in group if item.content != draft.content)
        problem = kinds.GRID_CONFLICT.at(
            Location(file=draft.item.file),
            other=other.item.file,
            found=", ".join(_differences(draft, other)),
        )
        _change(draft, ReturnStatus.CONFLICT, problem)


def _change(draft: _Draft, status: ReturnStatus, problem: Problem) -> None:
    draft.item = replace(draft.item, status=status, problems=(*draft.item.problems, problem))


def _differences(one: _Draft, other: _Draft) -> list[str]:
    """Where two returns differ, in the words of the first one's cells."""
    if one.marks is None or other.marks is None:
        return []
    mine, theirs = one.marks.content, other.marks.content
    blank = ("?", "")
    found = [
        one.marks.place_of(code)
        for code in sorted({*mine, *theirs})
        if mine.get(code, blank) != theirs.get(code, blank)
    ]
    if one.item.opinion != other.item.opinion:
        found.append(layout.OPINION_LABEL)
    if one.item.remarks != other.item.remarks:
        found.append(layout.REMARKS_LABEL)
    return found


def _missing_grid(pair: tuple[CandidateId, JurorCode], expected: Expected) -> Problem:
    juror = expected.session.juror[pair[1]]
    return kinds.GRID_MISSING.at(
        Location(file="retours"), juror=juror.code, candidate=pair[0], name=juror.full_name
    )
