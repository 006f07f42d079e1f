"""Compare the grids made before with the session and its référentiel as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sheetgen.model import CandidateId, JurorCode
from sheetgen.problems import Location, Problem
from sheetgen.problems import made as kinds
from sheetgen.session_folder.describe import changed_codes
from sheetgen.session_folder.persons import PersonMatch, compare_persons, named_apart, person_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sheetgen.model import Assignment, Referential, Session
    from sheetgen.session_folder.grid_record import GridRecord, MadeGrid
    from sheetgen.session_folder.persons import Person

_Code = TypeVar("_Code", CandidateId, JurorCode)

_LISTED = 8
"""How many jurors, or codes, a message names."""


def listed_grids(grids: Iterable[MadeGrid]) -> str:
    """Return the owners of the grids, juror by juror, as a message says it."""
    found: dict[str, list[str]] = {}
    for grid in grids:
        found.setdefault(f"{grid.juror_was} ({grid.juror})", []).append(grid.candidate)
    return shortened_list([f"{who} : {', '.join(ids)}" for who, ids in found.items()], " ; ")


def check_numbers(made: GridRecord, session: Session, file: str) -> Iterator[Problem]:
    """Find numbers and codes under which grids were made for somebody else than who has them now.

    Args:
        made: the record of grids.
        session: of now.
        file: its workbook's name.
    """
    yield from _check_sheet(
        {item.id: person_of(item) for item in session.candidates},
        made.candidates,
        Location(file=file, sheet="Candidats"),
        ("candidat n°", "numéro"),
    )
    yield from _check_sheet(
        {item.code: person_of(item) for item in session.jurors},
        made.jurors,
        Location(file=file, sheet="Jurés"),
        ("juré", "code"),
    )


def _check_sheet(
    people: Mapping[_Code, Person],
    recorded: Mapping[_Code, Sequence[Person]],
    place: Location,
    words: tuple[str, str],
) -> Iterator[Problem]:
    who, word = words
    for number, person in people.items():
        if number not in recorded:
            continue
        then = recorded[number][-1]
        others = {key: other for key, other in people.items() if key != number}
        if compare_persons(then, person, others.values()) is not PersonMatch.ANOTHER:
            continue
        before, now = named_apart(then, person)
        moved = next(
            (key for key, other in others.items() if _is_same(then, other)),
            None,
        )
        yield kinds.NUMBER_REUSED.at(
            place,
            who=who,
            number=number,
            now=now,
            word=word,
            then=before,
            elsewhere=f" {before} est maintenant le {who} {moved}." if moved else "",
        )


def _is_same(then: Person, now: Person) -> bool:
    return compare_persons(then, now) is not PersonMatch.ANOTHER


def check_grids(
    made: GridRecord, referential: Referential, session: Session, place: Location
) -> Iterator[Problem]:
    """Find grids that would be refused if they came back now, or that no longer suffice."""
    assigned = {(item.candidate, item.juror): item for item in session.assignments}
    current = made.current.values()
    asked = [grid for grid in current if grid.pair in assigned]
    outdated = outdated_grids(asked, referential)
    if outdated:
        yield kinds.GRIDS_OUTDATED.at(
            place,
            count=len(outdated),
            people=listed_grids(outdated),
            changed=told_changes(outdated, made, referential),
        )
    lacking = [grid for grid in asked if lacks_blocks(grid, assigned[grid.pair])]
    if lacking:
        yield kinds.GRIDS_LACK_BLOCKS.at(place, count=len(lacking), people=listed_grids(lacking))
    left = [grid for grid in current if grid.pair not in assigned]
    if left:
        yield kinds.GRIDS_NOT_ASKED.at(place, count=len(left), people=listed_grids(left))


def outdated_grids(grids: Iterable[MadeGrid], referential: Referential) -> list[MadeGrid]:
    """Return the grids that were made with other texts than the référentiel's."""
    return [grid for grid in grids if grid.fingerprint not in ("", referential.fingerprint)]


def lacks_blocks(grid: MadeGrid, assignment: Assignment) -> bool:
    """Return whether the juror marks a bloc that is not in the grid as it was made."""
    return bool(grid.blocks) and not set(assignment.blocks) <= set(grid.blocks)


def told_changes(grids: Iterable[MadeGrid], made: GridRecord, referential: Referential) -> str:
    """Return what changed in the référentiel since these grids were made, as a message says it."""
    codes = dict.fromkeys(
        code
        for fingerprint in dict.fromkeys(grid.fingerprint for grid in grids)
        for code in changed_codes(made.texts.get(fingerprint, {}), referential)
    )
    return f"à {shortened_list(list(codes))}" if codes else "sans qu'on sache où"


def shortened_list(items: Sequence[str], separator: str = ", ") -> str:
    """Return the first few of the items, and how many there are besides."""
    if len(items) <= _LISTED:
        return separator.join(items)
    return f"{separator.join(items[:_LISTED])} et {len(items) - _LISTED} autre(s)"
