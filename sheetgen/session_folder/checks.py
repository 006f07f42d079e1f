"""Compare the grids made before with the session and its référentiel as they are now.

`GridDescriber` describes the content of a grid that is made now, as the record of grids keeps
it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sheetgen.grid.identity import SigningKey, grid_code
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CandidateId, JurorCode, told_person
from sheetgen.model.fingerprint import (
    competency_seen,
    criterion_seen,
    further_scales_seen,
    method_seen,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import made as kinds
from sheetgen.session_folder.grid_contents import GridContents, content_digest
from sheetgen.session_folder.grid_record import MadeGrid, MadeSession
from sheetgen.session_folder.persons import PersonMatch, compare_persons, named_apart, person_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sheetgen.model import Assignment, Referential, Session
    from sheetgen.session_folder.grid_record import GridRecord
    from sheetgen.session_folder.persons import Person

_SHORT = 16
"""Hexadecimal digits that tell one text from another."""

SCALE, CERTIFICATION = "Échelle", "Certification"
"""Sheets whose texts have no code: they stand for it where texts are compared."""


@dataclass(frozen=True, kw_only=True)
class GridDescriber:
    """Describes the grids of a session; no slots, so that what they share is worked out once."""

    referential: Referential
    session: Session
    key: SigningKey
    today: dt.date

    @cached_property
    def contents(self) -> GridContents:
        """Return what the grids say."""
        return GridContents(referential=self.referential, session=self.session)

    def describe(self, assignment: Assignment) -> MadeGrid:
        """Return the grid of one assignment."""
        session, marker = self.session, self.session.juror[assignment.juror]
        return MadeGrid(
            code=grid_code(self.key, session.code, assignment.candidate, assignment.juror),
            candidate=assignment.candidate,
            candidate_was=person_of(session.candidate[assignment.candidate], former=False),
            juror=assignment.juror,
            juror_was=person_of(marker, former=False),
            blocks=assignment.blocks,
            fingerprint=self.referential.fingerprint,
            content=self.contents.of(assignment),
            deadline=session.return_deadline,
            made_on=self.today,
            members=tuple((item.code, person_of(item, former=False)) for item in marker.members),
            holder=marker.holder.code if marker.members else None,
            own=assignment.instead_of is None,
        )


def describe_session(session: Session) -> MadeSession:
    """Return the facts that tell the session from another one of its code."""
    return MadeSession(
        code=session.code,
        title=session.title,
        date=session.date,
        candidates=tuple(person_of(item, former=False) for item in session.candidates),
        jurors=tuple(person_of(item, former=False) for item in session.jurors),
    )


def describe_texts(referential: Referential) -> Mapping[str, str]:
    """Return a hash by code for each text a juror sees, to tell it from a corrected one."""
    scale = referential.scale
    said: dict[str, list[object]] = {}

    def note(code: object, *texts: object) -> None:
        said.setdefault(str(code), []).extend(texts)

    note(CERTIFICATION, referential.certification.title, referential.certification.level)
    note(SCALE, scale.kind.key, str(scale.minimum), str(scale.maximum), str(scale.step))
    for level in scale.levels:
        note(SCALE, level.label, str(level.points), level.acquired, level.definition)
    for scales in further_scales_seen(referential).values():
        note(SCALE, scales)
    for block in referential.blocks:
        note(block.code, block.title)
    for activity in referential.activities:
        note(activity.code, activity.block, activity.title)
    for method in referential.methods:
        note(*method_seen(method))
    for competency in referential.competencies:
        note(*competency_seen(competency))
    for criterion in referential.criteria:
        note(*criterion_seen(criterion))
    return {code: content_digest(texts)[:_SHORT] for code, texts in said.items()}


def changed_codes(former: Mapping[str, str], referential: Referential) -> list[str]:
    """Return codes whose text changed, came or went; in the référentiel's order."""
    current = describe_texts(referential)
    gone = [code for code in former if code not in current]
    return [*(code for code in current if former.get(code) != current[code]), *gone]


_Code = TypeVar("_Code", CandidateId, JurorCode)

_LISTED = 8
"""How many jurors, or codes, a message names."""


def listed_grids(grids: Iterable[MadeGrid], session: Session) -> str:
    """Return the owners of the grids, juror by juror, as a message of this session says it."""
    found: dict[str, list[str]] = {}
    for grid in grids:
        found.setdefault(f"{grid.juror_was} ({grid.juror})", []).append(_told_then(grid, session))
    return shortened_list([f"{who} : {shortened_list(told)}" for who, told in found.items()], " ; ")


def _told_then(grid: MadeGrid, session: Session) -> str:
    """Return a grid's candidate as messages name them, by the name that it was made under."""
    return told_person("" if session.anonymous else str(grid.candidate_was), grid.candidate)


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
        if compare_persons(then, person, people.values()) is not PersonMatch.ANOTHER:
            continue
        before, now = named_apart(then, person)
        moved = next(
            (key for key, other in people.items() if key != number and _is_same(then, other)),
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


def check_births(made: GridRecord, session: Session, file: str) -> Iterator[Problem]:
    """Find candidates of the same name whose birth date is no longer that of their grids.

    Args:
        made: the record of grids.
        session: of now.
        file: its workbook's name.
    """
    place = Location(file=file, sheet="Candidats")
    people = {item.id: person_of(item) for item in session.candidates}
    then = {number: made.candidates[number][-1] for number in people if number in made.candidates}
    for number, before in then.items():
        now = people[number]
        if before.birth_date in (None, now.birth_date):
            continue
        if compare_persons(replace(before, birth_date=None), now) is PersonMatch.ANOTHER:
            continue
        said = {
            "candidate": number,
            "name": now,
            "found": f"{before.birth_date:%d/%m/%Y}",
            "now": f"le {now.birth_date:%d/%m/%Y}" if now.birth_date else "rien",
        }
        heir = next(
            (
                other
                for other, person in people.items()
                if person.birth_date == before.birth_date
                and (other not in then or then[other].birth_date != person.birth_date)
            ),
            None,
        )
        if heir is None:
            yield kinds.BIRTH_DATE_CORRECTED.at(place, **said)
        else:
            yield kinds.BIRTH_DATES_EXCHANGED.at(place, **said, other=heir, heir=people[heir])


def _is_same(then: Person, now: Person) -> bool:
    return compare_persons(then, now) is not PersonMatch.ANOTHER


def check_grids(
    made: GridRecord,
    referential: Referential,
    session: Session,
    asked_of: Iterable[Assignment],
    place: Location,
) -> Iterator[Problem]:
    """Find grids that would be refused if they came back now, or that no longer suffice.

    Args:
        made: the record of grids.
        referential: of now.
        session: likewise.
        asked_of: the assignments of which a grid would be made.
        place: where grids are.
    """
    to_make = {(item.candidate, item.juror): item for item in asked_of}
    assigned = {(item.candidate, item.juror): item for item in session.assignments}
    current = made.current.values()
    asked = [grid for grid in current if grid.pair in assigned]
    outdated = outdated_grids(asked, referential)
    if outdated:
        yield kinds.GRIDS_OUTDATED.at(
            place,
            count=len(outdated),
            people=listed_grids(outdated, session),
            changed=told_changes(outdated, made, referential),
        )
    lacking = [grid for grid in asked if lacks_blocks(grid, assigned[grid.pair])]
    if lacking:
        yield kinds.GRIDS_LACK_BLOCKS.at(
            place, count=len(lacking), people=listed_grids(lacking, session)
        )
    contents = GridContents(referential=referential, session=session)
    day = made.session.date if made.session else None
    told = {grid.pair for grid in (*outdated, *lacking)}
    changed = [
        grid
        for pair, item in to_make.items()
        if (grid := made.current.get(pair)) is not None
        and grid.content
        and pair not in told
        and not contents.asks_as(grid, item, day)
    ]
    if changed:
        yield kinds.GRIDS_CHANGED.at(
            place, count=len(changed), people=listed_grids(changed, session)
        )
    left = [grid for grid in current if grid.pair not in assigned]
    if left:
        yield kinds.GRIDS_NOT_ASKED.at(place, count=len(left), people=listed_grids(left, session))


def check_seats(made: GridRecord, session: Session, place: Location) -> Iterator[Problem]:
    """Find grids made for jurors who had a seat of their own and are said to stand in by now."""
    stand_ins = {
        (item.candidate, item.juror) for item in session.assignments if item.instead_of is not None
    }
    before = stand_ins & made.own_seats
    seated = [grid for pair, grid in made.current.items() if pair in before]
    if seated:
        yield kinds.STAND_IN_WAS_SEATED.at(
            place, count=len(seated), people=listed_grids(seated, session)
        )


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
