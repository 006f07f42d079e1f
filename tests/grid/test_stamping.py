"""A stamped grid is, part by part, the one that XlsxWriter writes whole.

Only the order in which a workbook lists the texts of its cells may differ: it is taken away, by
putting each text where a sheet says its place. Nothing else is: values, formulas, styles,
validations, conditional formats, merges, protections, links, print settings are those bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import grid_files
import shaped
import strategies
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tries import tries

from sheetgen.grid.identity import stamp_grid
from sheetgen.grid.plan import plan_grid
from sheetgen.grid.write.grid import write_grid
from sheetgen.grid.write.stamping import Stamper
from sheetgen.model import (
    Accommodation,
    AccommodationKind,
    BlockCode,
    CandidateId,
    JurorCode,
    Route,
)
from sheetgen.rules import CandidateScope, mark_in_common

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DataObject, SearchStrategy
    from strategies import Scenario

    from sheetgen.model import Assignment, Referential, Session

TEXTS = "xl/sharedStrings.xml"
TEXT_CELL = re.compile(rb' t="s"><v>([0-9]+)</v>')

ODD_NAMES = (
    *("Zoé", "O’Brien & Fils", "<b>Léa</b>", 'dit "Jo"', "l'Hôte", "_x0041_", "&[Picture]", "R&G"),
    *("🎓🧑🏽‍🏫", "שלום", "mot " * 30, "long" * 40, "Acquis", "Juré", "Nom 1", "a\u00a0b"),
)
ODD_CODES = ("1", "J1", "C1.1.1", "BC01", "&", "<x>", "=1+1", "É 7", "S1", "_x000D_", "0" * 60)
"""Some are also texts that a grid says elsewhere, or each other's."""


def renamed(session: Session, data: DataObject) -> Session:
    """The session with other names, codes, routes and arrangements."""
    known = [item.id for item in session.candidates]
    codes = [item.code for item in session.jurors]
    numbers = dict(zip(known, drawn(data, ODD_CODES, len(known)), strict=True))
    others = dict(zip(codes, drawn(data, ODD_CODES, len(codes)), strict=True))
    arrangements = [
        Accommodation(
            candidate=CandidateId(numbers[number]),
            kind=AccommodationKind.EXTRA_TIME,
            instruction=data.draw(st.sampled_from([None, "Un tiers temps", "<& repos"])),
        )
        for number in known
        if data.draw(strategies.rarely())
    ]
    return replace(
        session,
        anonymous=data.draw(strategies.rarely()),
        candidates=tuple(
            replace(
                item,
                id=CandidateId(numbers[item.id]),
                last_name=data.draw(st.sampled_from(ODD_NAMES)),
                first_name=data.draw(st.sampled_from(ODD_NAMES)),
                route=data.draw(st.sampled_from(Route)),
            )
            for item in session.candidates
        ),
        jurors=tuple(
            replace(
                item,
                code=JurorCode(others[item.code]),
                last_name=data.draw(st.sampled_from(ODD_NAMES)),
            )
            for item in session.jurors
        ),
        assignments=tuple(
            replace(
                item,
                candidate=CandidateId(numbers[item.candidate]),
                juror=JurorCode(others[item.juror]),
            )
            for item in session.assignments
        ),
        accommodations=(
            *(
                replace(item, candidate=CandidateId(numbers[item.candidate]))
                for item in session.accommodations
            ),
            *arrangements,
        ),
    )


def drawn(data: DataObject, values: tuple[str, ...], count: int) -> list[str]:
    """So many different values."""
    chosen: SearchStrategy[list[str]] = st.lists(
        st.sampled_from(values), min_size=count, max_size=count, unique=True
    )
    return data.draw(chosen)


def written(
    known: Referential, session: Session, assignment: Assignment, logo: bytes | None = None
) -> bytes:
    """The grid written from nothing."""
    stamp = stamp_grid(grid_files.KEY, known, session, assignment)
    return write_grid(plan_grid(known, session, assignment, logo), stamp)


def parts(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents of a file's parts, in their order, checksums verified."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return [(name, archive.read(name)) for name in archive.namelist()]


def told(data: bytes) -> dict[str, bytes]:
    """Names and contents of the parts, each sheet with the texts themselves, which are sorted."""
    found = dict(parts(data))
    texts = re.findall(rb"<si>.*?</si>", found[TEXTS], re.DOTALL)
    count, unique = map(int, re.findall(rb' (?:count|uniqueCount)="([0-9]+)"', found[TEXTS]))
    assert len(texts) == len(set(texts)) == unique
    assert found[TEXTS].endswith(b"".join(texts) + b"</sst>")
    used = 0
    for name, content in found.items():
        if name.startswith("xl/worksheets/sheet"):
            sheet, number = TEXT_CELL.subn(lambda cell: b"<t>" + texts[int(cell[1])], content)
            found[name], used = sheet, used + number
    assert used == count
    return {**found, TEXTS: b"".join(sorted(texts))}


def stamper(known: Referential, session: Session, logo: bytes | None = None) -> Stamper:
    """Return the writer of a session's grids."""
    return Stamper(referential=known, session=session, key=grid_files.KEY, logo=logo)


@tries(15, unchecked=HealthCheck)
@given(scenario=strategies.scenarios(), data=st.data())
def test_a_stamped_grid_is_the_written_one(scenario: Scenario, data: DataObject) -> None:
    """Every part, in the same order, whatever the names, codes, blocs, routes and exemptions.

    Of one juror or of several who fill it in together.
    """
    known, session = scenario.referential, renamed(scenario.session, data)
    if data.draw(st.booleans()):
        session = mark_in_common(known, session)
    logo = grid_files.PIXEL if data.draw(strategies.rarely()) else None
    made = stamper(known, session, logo)
    for assignment in session.assignments:
        expected = written(known, session, assignment, logo)
        grid = made.make(assignment)
        assert told(grid) == told(expected)
        assert [name for name, _ in parts(grid)] == [name for name, _ in parts(expected)]


@tries(15, unchecked=HealthCheck)
@given(scenario=shaped.scenarios())
def test_a_stamped_grid_of_any_shape_is_the_written_one(scenario: Scenario) -> None:
    """Épreuves, ways, absences, results kept and modalités are told apart by the form."""
    known, session = scenario.referential, scenario.session
    made = stamper(known, session)
    for assignment in session.assignments:
        if CandidateScope.of_grid(known, session, assignment).holds_something:
            assert told(made.make(assignment)) == told(written(known, session, assignment))


def many(known: Referential, count: int) -> Session:
    """So many candidates who differ by their names only."""
    blocks = [block.code for block in known.blocks]
    people = [builders.candidate(f"{place:03}", presented=blocks) for place in range(count)]
    return builders.session(known, candidates=people)


def grids(known: Referential, session: Session) -> Mapping[tuple[str, str], bytes]:
    """The session's grids, by candidate and juror."""
    made = stamper(known, session)
    return {(item.candidate, item.juror): made.make(item) for item in session.assignments}


def test_ordinary_grids_are_stamped() -> None:
    """Their parts are compressed in two pieces, which the writer never does."""
    known = builders.referential([builders.criterion("C1.1.1")])
    session = many(known, 3)
    for assignment in session.assignments:
        data = stamper(known, session).make(assignment)
        assert data != written(known, session, assignment)


def test_a_bloc_has_one_sheet_for_each_bloc_that_may_follow_it() -> None:
    """So that it is written only once: what it refers to lies where it always lies."""
    known = builders.referential({"C1.1": 2, "C2.1": 3, "C3.1": 1})
    session = many(known, 1)
    makes = stamper(known, session)
    sheets: dict[bool, set[bytes]] = {True: set(), False: set()}
    for codes in ("BC02",), ("BC01", "BC02"), ("BC02", "BC03"), ("BC01", "BC02", "BC03"):
        blocks = tuple(map(BlockCode, codes))
        grid = told(makes.make(replace(session.assignments[0], blocks=blocks)))
        part = grid[f"xl/worksheets/sheet{codes.index('BC02') + 2}.xml"]
        sheets[codes[-1] == "BC02"].add(part)
    assert [len(found) for found in sheets.values()] == [1, 1]


def test_a_code_that_another_text_repeats_is_written_from_nothing() -> None:
    """The file lists a text once, so that the pieces would not fit."""
    known = builders.referential([builders.criterion("C1.1.1")])
    blocks = [block.code for block in known.blocks]
    session = builders.session(
        known, candidates=[builders.candidate("Observations", presented=blocks)]
    )
    assignment = session.assignments[0]
    assert stamper(known, session).make(assignment) == written(known, session, assignment)


def test_a_grid_does_not_depend_on_the_others() -> None:
    """More candidates, or other ones before, leave a grid's bytes as they were."""
    known = builders.referential([builders.criterion("C1.1.1")])
    few, more = grids(known, many(known, 2)), grids(known, many(known, 5))
    reverse = replace(many(known, 5), assignments=tuple(reversed(many(known, 5).assignments)))
    assert few.items() <= more.items()
    assert grids(known, reverse) == more


def test_a_stamped_grid_names_nobody_else() -> None:
    """Nothing of the candidate whose grid gave the form is left in the others."""
    known = builders.referential([builders.criterion("C1.1.1")])
    session = many(known, 2)
    data = grids(known, session)["001", "J2"]
    for _, content in parts(data):
        assert "Nom 000".upper().encode() not in content
        assert b"Nom J1" not in content
