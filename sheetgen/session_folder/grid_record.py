"""The record of `generate` in `.sheetgen/grids.json`: each grid, for whom, what is in it.

A grid that came back bears a number and a code; the record knows whose they were when it was made.
An entry is never taken out, so that a grid made in June stays known in December: a grid made again
with something else in it has a further entry, and the last one of a grid is the current one.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from sheetgen.files import explain, write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import BlockCode, CandidateId, JurorCode
from sheetgen.session_folder.persons import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SCHEMA = "sheetgen.made/1"
_Json = dict[str, object]

Pair = tuple[CandidateId, JurorCode]
_Code = TypeVar("_Code", CandidateId, JurorCode)


class UnreadableRecordError(Exception):
    """The record is there and cannot be read; its text says why, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeGrid:
    """A grid as `generate` made it.

    Attributes:
        code: the code printed on it.
        candidate: the candidate's number.
        candidate_was: the candidate as the session named them then; likewise `juror_was`.
        members: those who were to fill it in together, by code; empty for one juror's own.
        holder: who was to be handed it, where that is not the juror it is known by.
        own: whether the juror marked in their own right, and stood in for nobody; None in the
            record of a former version, which did not note it.
        blocks: the blocs to mark in it.
        fingerprint: of the référentiel.
        content: SHA-256 over what else it says, but for the deadline and the session's title;
            empty where that is not known, as the fingerprint then is.
        deadline: the day by which it is to come back.
        made_on: the day on which it was made.
    """

    code: str
    candidate: CandidateId
    candidate_was: Person
    juror: JurorCode
    juror_was: Person
    blocks: tuple[BlockCode, ...]
    fingerprint: str
    content: str
    deadline: dt.date | None
    made_on: dt.date
    members: tuple[tuple[JurorCode, Person], ...] = ()
    holder: JurorCode | None = None
    own: bool | None = field(default=None, compare=False)

    @property
    def people(self) -> tuple[tuple[JurorCode, Person], ...]:
        """Return who was to give its marks, person by person."""
        return self.members or ((self.juror, self.juror_was),)

    @property
    def handed_to(self) -> JurorCode:
        """Return who was to be handed it."""
        return self.holder or self.juror

    @property
    def pair(self) -> Pair:
        """Return the candidate and the juror, as numbered then."""
        return self.candidate, self.juror

    def says_the_same(self, other: MadeGrid) -> bool:
        """Return whether both are one grid of equal content, deadline and day of making apart."""
        return replace(self, made_on=other.made_on, deadline=other.deadline) == other


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSession:
    """The session as `generate` last found it: what tells it from the next one of that code."""

    code: str
    title: str | None
    date: dt.date | None
    candidates: tuple[Person, ...]
    jurors: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class GridRecord:
    """Everything that was made for a session; no slots, so that the look-ups are kept.

    Attributes:
        session: None until something was made.
        grids: in the order in which they were made.
        void: grids whose key was given up.
        texts: by fingerprint, what tells each code's text, from codes to the start of a SHA-256.
        sendings: by juror, the grids of each complement that was prepared, oldest first.
    """

    session: MadeSession | None = None
    grids: tuple[MadeGrid, ...] = ()
    void: tuple[MadeGrid, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sendings: Mapping[JurorCode, tuple[tuple[CandidateId, ...], ...]] = field(default_factory=dict)

    @cached_property
    def current(self) -> Mapping[Pair, MadeGrid]:
        """Return the last entry of each grid."""
        return {grid.pair: grid for grid in self.grids}

    @cached_property
    def handed(self) -> Mapping[Pair, MadeGrid]:
        """Return the grid that each was last handed for a candidate, their own or in common."""
        return {(grid.candidate, grid.handed_to): grid for grid in self.grids}

    def holds(self, grid: MadeGrid) -> bool:
        """Return whether this grid is the last one that was handed, deadline apart."""
        last = self.handed.get((grid.candidate, grid.handed_to))
        return last is not None and grid.says_the_same(last)

    def brings(self, grid: MadeGrid) -> bool:
        """Return whether the last one that was handed reads the same, birth date apart.

        That stands in no grid: whoever has the last one needs no other.
        """
        last = self.handed.get((grid.candidate, grid.handed_to))
        if last is None:
            return False
        born = replace(grid.candidate_was, birth_date=last.candidate_was.birth_date)
        return replace(grid, candidate_was=born).says_the_same(last)

    @cached_property
    def versions(self) -> Mapping[Pair, tuple[MadeGrid, ...]]:
        """Return all entries of each grid, oldest first."""
        found: dict[Pair, list[MadeGrid]] = {}
        for grid in self.grids:
            found.setdefault(grid.pair, []).append(grid)
        return {pair: tuple(grids) for pair, grids in found.items()}

    @cached_property
    def own_seats(self) -> frozenset[Pair]:
        """Return the grids that were once made for a juror who stood in for nobody."""
        return frozenset(grid.pair for grid in self.grids if grid.own)

    @cached_property
    def candidates(self) -> Mapping[CandidateId, tuple[Person, ...]]:
        """Return by number everybody for whom a grid of it was made; the last one last."""
        return _people((grid.candidate, grid.candidate_was) for grid in self.grids)

    @cached_property
    def jurors(self) -> Mapping[JurorCode, tuple[Person, ...]]:
        """Return by code everybody for whom a grid of it was made; the last one last."""
        return _people(named for grid in self.grids for named in grid.people)

    def with_grids(self, made: Iterable[MadeGrid]) -> GridRecord:
        """Return the record with these grids too.

        Only a new deadline is noted in the entry there is; one that is in use again comes last.
        """
        entries = dict.fromkeys(self.grids)
        for grid in made:
            former = self.current.get(grid.pair)
            if former is None or not grid.says_the_same(former):
                entries[grid] = None
            elif grid.deadline != former.deadline or not self.holds(grid):
                del entries[former]
                entries[replace(former, deadline=grid.deadline)] = None
        return replace(self, grids=tuple(entries))

    def voided(self) -> GridRecord:
        """Return the record once its key is given up: nothing that was made counts any more."""
        return replace(self, grids=(), void=(*self.void, *self.grids), sendings={})


def _people(named: Iterable[tuple[_Code, Person]]) -> Mapping[_Code, tuple[Person, ...]]:
    found: dict[_Code, dict[Person, None]] = {}
    for code, person in named:
        seen = found.setdefault(code, {})
        seen.pop(person, None)
        seen[person] = None
    return {code: tuple(people) for code, people in found.items()}


def read_grid_record(path: Path) -> GridRecord:
    """Return the record in a file; an empty one where there is no file.

    Raises:
        UnreadableRecordError: there is a file that cannot be read.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return _read(record)
    except (FileNotFoundError, NotADirectoryError):
        return GridRecord()
    except OSError as error:
        raise UnreadableRecordError(explain(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = "son contenu n'est pas celui que sheetgen écrit"
        raise UnreadableRecordError(reason) from error


def write_grid_record(path: Path, record: GridRecord) -> None:
    """Write the record, whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    session = record.session
    content: _Json = {
        "schema": _SCHEMA,
        "session": None
        if session is None
        else {
            "code": session.code,
            "title": session.title,
            "date": _iso(session.date),
            "candidates": [_render_person(item) for item in session.candidates],
            "jurors": [_render_person(item) for item in session.jurors],
        },
        "texts": record.texts,
        "sendings": record.sendings,
        "grids": [_render_grid(grid) for grid in record.grids],
        "void": [_render_grid(grid) for grid in record.void],
    }
    write_whole(path, _render(content).encode("utf-8", "backslashreplace"))


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
"""Without an indent, with which `json` takes ten times as long."""


def _render(content: _Json) -> str:
    """Return the record as text, a line for each grid."""
    members = (
        f"{_ENCODER.encode(name)}: {_render_member(value)}"
        for name, value in sorted(content.items())
    )
    return "{\n" + ",\n".join(members) + "\n}\n"


def _render_member(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_ENCODER.encode, value)) + "\n]"
    return _ENCODER.encode(value)


def _render_grid(grid: MadeGrid) -> _Json:
    return {
        "code": grid.code,
        "candidate": {"id": grid.candidate, **_render_person(grid.candidate_was)},
        "juror": {"code": grid.juror, **_render_person(grid.juror_was)},
        "blocks": list(grid.blocks),
        "fingerprint": grid.fingerprint,
        "content": grid.content,
        "deadline": _iso(grid.deadline),
        "made": _iso(grid.made_on),
        **({} if grid.own is None else {"own": grid.own}),
        **(_render_group(grid) if grid.members else {}),
    }


def _render_group(grid: MadeGrid) -> _Json:
    return {
        "members": [{"code": code, **_render_person(person)} for code, person in grid.members],
        "holder": grid.handed_to,
    }


def _render_person(person: Person) -> _Json:
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "birth_date": _iso(person.birth_date),
    }


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(record: _Json) -> GridRecord:
    session = cast("_Json | None", record["session"])
    sendings = cast("Mapping[str, list[list[str]]]", record["sendings"])
    texts = cast("Mapping[str, Mapping[str, str]]", record["texts"])
    return GridRecord(
        session=None if session is None else _read_session(session),
        grids=_read_grids(record["grids"]),
        void=_read_grids(record["void"]),
        texts={str(key): dict(value) for key, value in texts.items()},
        sendings={
            JurorCode(juror): tuple(tuple(map(CandidateId, item)) for item in items)
            for juror, items in sendings.items()
        },
    )


def _read_session(session: _Json) -> MadeSession:
    candidates = cast("list[_Json]", session["candidates"])
    jurors = cast("list[_Json]", session["jurors"])
    return MadeSession(
        code=str(session["code"]),
        title=cast("str | None", session["title"]),
        date=_day(session["date"]),
        candidates=tuple(map(_read_person, candidates)),
        jurors=tuple(map(_read_person, jurors)),
    )


def _read_grids(grids: object) -> tuple[MadeGrid, ...]:
    return tuple(map(_read_grid, cast("list[_Json]", grids)))


def _read_grid(grid: _Json) -> MadeGrid:
    candidate, juror = cast("_Json", grid["candidate"]), cast("_Json", grid["juror"])
    return MadeGrid(
        code=str(grid["code"]),
        candidate=CandidateId(str(candidate["id"])),
        candidate_was=_read_person(candidate),
        juror=JurorCode(str(juror["code"])),
        juror_was=_read_person(juror),
        blocks=tuple(map(BlockCode, cast("list[str]", grid["blocks"]))),
        fingerprint=str(grid["fingerprint"]),
        content=str(grid["content"]),
        deadline=_day(grid["deadline"]),
        made_on=dt.date.fromisoformat(str(grid["made"])),
        members=tuple(
            (JurorCode(str(item["code"])), _read_person(item))
            for item in cast("list[_Json]", grid.get("members", []))
        ),
        holder=JurorCode(str(grid["holder"])) if "holder" in grid else None,
        own=bool(grid["own"]) if "own" in grid else None,
    )


def _read_person(person: _Json) -> Person:
    return Person(
        last_name=str(person["last_name"]),
        first_name=str(person["first_name"]),
        birth_date=_day(person["birth_date"]),
    )


def _day(text: object) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(str(text))
