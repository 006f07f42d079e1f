"""Grids filled in together: who is in the group, and what each of them declares.

Such a grid is that of all who are named in it and of nobody else: once somebody has joined or left,
nothing of it counts, and both groups are named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.grid import contract
from sheetgen.grid.read import text_of
from sheetgen.model import GROUP_MARK, JurorCode, ReturnStatus, joined_names, told_candidate
from sheetgen.problems import Location, Problem
from sheetgen.problems import common_grids as kinds
from sheetgen.returns.values import shown
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.grid.read import ReadCell, ReadGrid
    from sheetgen.model import CandidateId, Juror, Session
    from sheetgen.returns.settle import Draft
    from sheetgen.session_folder import GridRecord


def check_group(
    pair: tuple[CandidateId, JurorCode], session: Session, made: GridRecord, location: Location
) -> Problem | None:
    """Return why a grid is refused that is no longer asked for, where a group has changed.

    None where neither the grid nor those who mark its candidate now are in common.
    """
    candidate, code = pair
    assigned = session.assignments_of.get(candidate, ())
    taken_over = {item.instead_of for item in assigned}
    marking = (item.juror for item in assigned if item.juror not in taken_over)
    now = [session.juror[marker] for marker in marking]
    was_common = bool(_parts(code, session)) or any(x.members for x in made.versions.get(pair, ()))
    joined = any(code == person.code for item in now if item.members for person in item.members)
    if not (was_common or joined):
        return None
    return kinds.GROUP_CHANGED.at(
        location,
        then=_named_then(pair, session, made),
        candidate=told_candidate(session, candidate),
        now=_told(now),
    )


def _parts(code: str, session: Session) -> list[str]:
    """Return the codes of a group; none of one that is a juror's own, or of nobody here."""
    parts = code.split(GROUP_MARK)
    known = len(parts) > 1 and code not in {item.code for item in session.jurors}
    return parts if known and any(part in session.juror for part in parts) else []


def _named_then(pair: tuple[CandidateId, JurorCode], session: Session, made: GridRecord) -> str:
    """Return the names of those whom a grid was made for, as on record, else by code."""
    versions = made.versions.get(pair, ())
    if versions and versions[-1].members:
        return _in_common([str(person) for _, person in versions[-1].members])
    if (juror := session.juror.get(pair[1])) is not None and not juror.members:
        return f"{juror.full_name} ({juror.code}), à titre individuel"
    parts = _parts(pair[1], session)
    people = (session.juror.get(JurorCode(part)) for part in parts)
    return _in_common(
        [
            person.full_name if person else shown(part)
            for part, person in zip(parts, people, strict=True)
        ]
    )


def _in_common(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} et {names[-1]}, en commun"


def _told(markers: Sequence[Juror]) -> str:
    """Return who marks a candidate now."""
    if not markers:
        return "personne"
    return " ; ".join(
        f"{item.full_name}, en commun" if item.members else f"{item.full_name} ({item.code})"
        for item in markers
    )


Declared = tuple[tuple[JurorCode, bool | None], ...]


def read_declarations(
    grid: ReadGrid, group: Juror, candidate: str, whole: Location
) -> tuple[bool | None, Declared, list[Problem]]:
    """Return what holds of all, what each member declared, and the problems.

    One « Non », be it beside a name that is gone, outweighs the rest.

    Args:
        grid: as it came back.
        group: those who filled it in.
        candidate: as messages name them.
        whole: the file.
    """
    found: dict[JurorCode, bool | None] = {}
    said: list[Problem] = []
    blank: list[Juror] = []
    for person in group.members:
        cells = [cell for name, cell in grid.declarants if _is_of(name, person)]
        answers = {fold(text_of(cell.value)) for cell in cells}
        filled = [cell for cell in cells if not cell.blank]
        found[person.code] = None
        if fold(contract.NO) in answers:
            found[person.code] = False
        elif fold(contract.YES) in answers:
            found[person.code] = True
        elif filled:
            answer = filled[0].error or shown(filled[0].value)
            said.append(
                kinds.MEMBER_DECLARATION_UNREADABLE.at(
                    _at(whole, filled[0]), found=answer, name=person.full_name
                )
            )
        else:
            blank.append(person)
    refusals = list(_refusals(grid, group, candidate, whole))
    if refusals:
        return False, tuple(found.items()), refusals
    if blank:
        said.append(kinds.MEMBERS_UNDECLARED.at(whole, names=joined_names(blank)))
    declared = True if all(found.values()) else None
    return declared, tuple(found.items()), said


def unite_declarations(drafts: Sequence[Draft], group: Juror) -> None:
    """Have the return that counts hold what members declared in copies that say the same."""
    counted = [draft for draft in drafts if draft.item.counts]
    copies = [draft.item for draft in drafts if draft.item.status is ReturnStatus.DUPLICATE]
    if len(counted) != 1 or not copies:
        return
    (draft,) = counted
    declared = dict(draft.item.declarations)
    for copy in copies:
        for code, answer in copy.declarations:
            declared[code] = declared.get(code) or answer
    said = [item for item in draft.item.problems if item.code != kinds.MEMBERS_UNDECLARED.code]
    lacking = [item for item in group.members if declared[item.code] is None]
    told = {item.code for item in said}
    if lacking and kinds.MEMBER_DECLARATION_UNREADABLE.code not in told:
        place, names = Location(file=draft.item.file), joined_names(lacking)
        said.append(kinds.MEMBERS_UNDECLARED.at(place, names=names))
    draft.item = replace(
        draft.item,
        declaration=None if lacking else True,
        declarations=tuple(declared.items()),
        problems=tuple(said),
    )


def _refusals(grid: ReadGrid, group: Juror, candidate: str, whole: Location) -> Iterator[Problem]:
    """Yield a problem for each « Non », naming its member where the row still does."""
    for name, cell in grid.declarants:
        if fold(text_of(cell.value)) == fold(contract.NO):
            known = (person.full_name for person in group.members if _is_of(name, person))
            who = next(known, f"Un membre du jury ({shown(name)})")
            yield kinds.MEMBER_TIE_DECLARED.at(_at(whole, cell), name=who, candidate=candidate)


def names_of_member(grid: ReadGrid, code: JurorCode) -> Sequence[str]:
    """Return the names that a grid filled in together prints of one member, each once."""
    names = (name.strip() for name, _ in grid.declarants if _has_code(name, code))
    printed = (name.removesuffix(f"({code})").strip() for name in names)
    return list(dict.fromkeys(name for name in printed if name))


def _is_of(name: str, person: Juror) -> bool:
    """Return whether the name beside a declaration is this person's, by the code after it."""
    return _has_code(name, person.code)


def _has_code(name: str, code: JurorCode) -> bool:
    """Return whether a name, as a grid prints it, ends with this code in brackets."""
    return fold(name).endswith(fold(f"({code})"))


def _at(whole: Location, cell: ReadCell) -> Location:
    return Location(file=whole.file, sheet=cell.sheet, cell=cell.cell)
