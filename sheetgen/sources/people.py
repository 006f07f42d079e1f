"""Candidates and jurors, from their rows: what they are called, and what a candidate presents."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AccessRoute,
    BlockCode,
    Candidate,
    CandidateId,
    Juror,
    JurorCode,
    JurorRole,
    Referential,
    Route,
    Sex,
    Status,
    access_of,
)
from sheetgen.problems import quoted, registering
from sheetgen.problems import source_files as file_kinds
from sheetgen.problems import sources as kinds
from sheetgen.sources.checks import Codes
from sheetgen.sources.named_juries import (
    check_named_juries,
    check_presidents,
    check_replacements,
    jury_of,
)
from sheetgen.sources.passages import check_identifiers, read_passage
from sheetgen.sources.read import told_in
from sheetgen.text import file_stem
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable

_NIR = re.compile(r"[12]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{6}(\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateEntry:
    """A candidate's row, and the blocs it comes to.

    Attributes:
        presented: resolved, in the référentiel's order; empty for one who did not come.
        registered: like `presented`, but also filled for one who did not come.
        reliable: nothing that decides what is presented is faulty.
    """

    row: Row
    id: CandidateId
    status: Status
    presented: tuple[BlockCode, ...]
    held: tuple[BlockCode, ...]
    registered: tuple[BlockCode, ...]
    options: tuple[BlockCode, ...]
    reliable: bool

    @property
    def told(self) -> str:
        """Return the candidate as messages name them."""
        return told_in(self.row)

    @property
    def access(self) -> AccessRoute | None:
        """Return the way they came, None where it is blank or another than those known."""
        return access_of(self.row.get("access_route", str))


def read_entries(table: SourceTable, referential: Referential) -> tuple[CandidateEntry, ...]:
    """Return each candidate's entry; of two rows with one number, the first."""
    blocks = Codes("Blocs", referential.block)
    optional = frozenset(item.code for item in referential.blocks if item.is_optional)
    return tuple(_entry(row, blocks, optional) for row in table.by_code().values())


def _entry(row: Row, blocks: Codes, optional: frozenset[BlockCode]) -> CandidateEntry:
    status = row.get("status", Status) or Status.PRESENT
    listed = codes_in(row, "presented")
    held = blocks.known(codes_in(row, "held"))
    options = tuple(BlockCode(code) for code in blocks.known(codes_in(row, "options")))
    by_default = (b for b in blocks if b not in held and (b not in optional or b in options))
    codes = blocks.known(listed) if listed else tuple(by_default)
    registered = tuple(BlockCode(code) for code in codes)
    return CandidateEntry(
        row=row,
        id=CandidateId(row.need("id", str)),
        status=status,
        presented=registered if status is Status.PRESENT else (),
        registered=registered,
        held=tuple(BlockCode(code) for code in held),
        options=options,
        reliable=not row.faulty & {"presented", "held", "status", "options"}
        and all(
            code in blocks for code in (*listed, *codes_in(row, "held"), *codes_in(row, "options"))
        ),
    )


def codes_in(row: Row, attribute: str) -> tuple[str, ...]:
    """Return the codes listed in a cell; none when it is blank."""
    return tuple(str(code) for code in row.get(attribute, tuple) or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNames:
    """The session's day and codes, in which the rows of people are understood."""

    day: dt.date | None
    juries: Mapping[str, str]
    candidates: Codes
    jurors: Codes


def build_candidate(entry: CandidateEntry, names: SessionNames) -> Candidate:
    """Return the record of a candidate whose row is without error."""
    row = entry.row
    return Candidate(
        id=entry.id,
        last_name=row.need("last_name", str),
        first_name=row.need("first_name", str),
        birth_date=row.get("birth_date", dt.date),
        email=row.get("email", str),
        route=row.need("route", Route),
        presented=entry.presented,
        held=entry.held,
        registered=entry.registered,
        status=entry.status,
        access_route=row.get("access_route", str),
        former_name=row.get("former_name", str),
        options=entry.options,
        birth_name=row.get("birth_name", str),
        other_first_names=row.get("other_first_names", str),
        civility=row.get("civility", str),
        sex=row.get("sex", Sex),
        birth_place=row.get("birth_place", str),
        birth_insee_code=row.get("birth_insee_code", str),
        birth_country=row.get("birth_country", str),
        cpf_file=row.get("cpf_file", str),
        identifier=row.get("identifier", str),
        jury=jury_of(row, names.juries),
        passage=read_passage(row, names.day),
        room=row.get("room", str),
        sat_before=int(row.get("sat_before", Fraction) or 0),
        first_sat=row.get("first_sat", dt.date),
    )


def build_juror(row: Row, names: SessionNames) -> Juror:
    """Return the record of a juror whose row is without error."""
    replaced = row.get("replaces", str)
    return Juror(
        code=JurorCode(row.need("code", str)),
        last_name=row.need("last_name", str),
        first_name=row.need("first_name", str),
        title=row.get("title", str),
        organisation=row.get("organisation", str),
        external=row.get("external", bool) or False,
        role=row.get("role", JurorRole) or JurorRole.MEMBER,
        weight=row.get("weight", Fraction) or Fraction(1),
        email=row.get("email", str),
        incompatible_with=tuple(
            CandidateId(code) for code in names.candidates.known(codes_in(row, "incompatible_with"))
        ),
        former_name=row.get("former_name", str),
        jury=jury_of(row, names.juries),
        replaces=None if replaced is None else JurorCode(names.jurors[replaced]),
    )


def check_people(candidates: SourceTable, jurors: SourceTable) -> Iterator[Problem]:
    """Yield the problems of candidates and jurors that show without the référentiel."""
    yield from _check_file_names(candidates)
    yield from _check_file_names(jurors)
    yield from _check_numbers(candidates)
    yield from _check_held(candidates)
    yield from check_named_juries(candidates, jurors)
    yield from check_replacements(jurors)
    yield from check_presidents(candidates, jurors)
    yield from check_identifiers(candidates)
    yield from _check_birth_dates(candidates)


def _check_file_names(table: SourceTable) -> Iterator[Problem]:
    """Find codes that differ, and whose files would not."""
    first: dict[str, tuple[str, Row]] = {}
    for row in table.by_code().values():
        code = row.need(table.key, str)
        other, other_row = first.setdefault(file_stem(code).casefold(), (code, row))
        if other_row is not row:
            place = other_row.at(table.key).cell
            yield kinds.FILE_NAME_COLLISION.at(
                row.at(table.key), found=code, other=other, cell=place
            )


_NUMBERS = (("id", kinds.NUMBER_IS_NIR), ("identifier", registering.IDENTIFIER_IS_NIR))
"""The columns in which a social security number might be written, and its problem there."""


def _check_numbers(candidates: SourceTable) -> Iterator[Problem]:
    """Find numbers of candidates that are social security numbers; messages do not repeat them."""
    for row in candidates.rows:
        for attribute, kind in _NUMBERS:
            number = (row.get(attribute, str) or "").replace(" ", "").upper()
            if _NIR.fullmatch(number):
                yield kind.at(row.at(attribute))


def _check_held(candidates: SourceTable) -> Iterator[Problem]:
    """Find blocs presented by somebody who has them."""
    for row in candidates.rows:
        held = {fold(code) for code in codes_in(row, "held")}
        again = [code for code in codes_in(row, "presented") if fold(code) in held]
        if again:
            yield kinds.HELD_PRESENTED.at(row.at("presented"), blocks=quoted(again, last="et"))


_NAMED = 5
"""How many candidates one message names."""


def _check_birth_dates(candidates: SourceTable) -> Iterator[Problem]:
    """Find candidates who came and whose attestation would lack their date of birth, said once."""
    lacking = [
        row
        for row in candidates.rows
        if row.get("birth_date", dt.date) is None
        and row.get("status", Status) in (None, Status.PRESENT)
        and not row.faulty & {"birth_date", "status", "id"}
    ]
    if lacking:
        named = [row.need("id", str) for row in lacking]
        yield file_kinds.BIRTH_DATE_BLANK.at(
            lacking[0].at("birth_date"), candidates=_candidates_text(named)
        )


def _candidates_text(numbers: list[str]) -> str:
    """Return « le candidat « 1 » » or « 7 candidats (« 1 », « 2 », …) »."""
    if len(numbers) == 1:
        return f"le candidat {quoted(numbers)}"
    cut = ["…"] if len(numbers) > _NAMED else []
    told = ", ".join([*(f"« {number} »" for number in numbers[:_NAMED]), *cut])
    return f"{len(numbers)} candidats ({told})"


def check_entries(
    entries: tuple[CandidateEntry, ...], referential: Referential
) -> Iterator[Problem]:
    """Find routes and blocs that do not go together, of candidates who came."""
    for entry in entries:
        if not entry.reliable or entry.status is not Status.PRESENT:
            continue
        row, route = entry.row, entry.row.get("route", Route)
        listed = codes_in(row, "presented")
        place = row.at("presented" if listed else "id")
        if not entry.presented:
            yield kinds.NOTHING_PRESENTED.at(row.at("held"), candidate=entry.told)
        elif route is Route.BLOCKS and not listed:
            yield kinds.ROUTE_BLOCKS_UNSAID.at(place, candidate=entry.told)
        left = [
            code
            for code, block in referential.block.items()
            if not block.is_optional and code not in entry.presented and code not in entry.held
        ]
        if route is Route.FULL and left:
            blocks = quoted(left, last="et")
            yield kinds.ROUTE_FULL_PARTIAL.at(place, candidate=entry.told, blocks=blocks)
