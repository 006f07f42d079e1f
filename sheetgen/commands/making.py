"""Noting what `generate` makes: what is new since the last time, and what is to be sent for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as file_kinds
from sheetgen.problems import made as kinds
from sheetgen.session_folder import (
    GridDescriber,
    describe_session,
    describe_texts,
    listed_grids,
    outdated_grids,
    shortened_list,
    told_changes,
    write_grid_record,
)
from sheetgen.session_folder.written_files import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sheetgen.grid.identity import SigningKey
    from sheetgen.model import Assignment, CandidateId, JurorCode, Referential, Session
    from sheetgen.session_folder import GridRecord, MadeGrid
    from sheetgen.session_folder.paths import SessionFolder


@dataclass(slots=True, kw_only=True)
class Making:
    """The inputs that grids are made with, and the record that they are noted in.

    Attributes:
        former: what was made before.
        there: the grids that were there before, as paths from the session's folder.
        record: the same with what is made now, once that is noted.
    """

    referential: Referential
    session: Session
    folder: SessionFolder
    key: SigningKey
    former: GridRecord
    there: frozenset[str]
    record: GridRecord = field(init=False)
    _described: dict[Assignment, MadeGrid] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.record = self.former

    def describe(self) -> None:
        """Describe every grid of the session, while others write them."""
        describer = GridDescriber(
            referential=self.referential,
            session=self.session,
            key=self.key,
            today=dt.datetime.now(dt.UTC).date(),
        )
        for assignment in self.session.assignments:
            self._described[assignment] = describer.describe(assignment)

    def note(self, written: Mapping[Path, Written], problems: list[Problem]) -> None:
        """Record the grids that are there, once described; say which were made anew or left.

        Args:
            written: what became of each file.
            problems: to be added to.

        Raises:
            OSError: the record cannot be written.
        """
        made: list[MadeGrid] = []
        new: list[MadeGrid] = []
        left: list[Path] = []
        paths = {item: self.folder.grid(self.session, item) for item in self.session.assignments}
        for assignment, path in paths.items():
            outcome = written.get(path)
            if outcome is None:
                continue
            grid = self._described[assignment]
            former = self.former.current.get(grid.pair)
            same = self.former.holds(grid)
            if outcome is not Written.KEPT:
                made.append(grid)
                if not self.former.brings(grid):
                    new.append(grid)
            elif same and self._is_dated_anew:
                left.append(path)
            else:
                problems.append(file_kinds.FILE_KEPT.at(Location(file=str(path))))
                if former is None:
                    # Of a grid that was there before the record, only that it is there is known.
                    made.append(replace(grid, blocks=(), fingerprint="", content="", deadline=None))
        self._report(new, left, problems)
        record = self.former.with_grids(made)
        self.record = replace(
            record,
            session=describe_session(self.session),
            texts=self._texts(record.grids),
            sendings=self._sendings(new, paths, written),
        )
        if self.record != self.former:
            write_grid_record(self.folder.made, self.record)

    @property
    def _is_dated_anew(self) -> bool:
        """Return whether the deadline or the title that grids show changed since the last time."""
        former = self.former.session
        deadlines = {grid.deadline for grid in self.former.current.values()}
        return deadlines != {self.session.return_deadline} or (
            former is not None and former.title != self.session.title
        )

    def _texts(self, grids: Iterable[MadeGrid]) -> Mapping[str, Mapping[str, str]]:
        """Return the hashes of the texts that grids were made with."""
        known = {**self.former.texts}
        known[self.referential.fingerprint] = describe_texts(self.referential)
        used = {grid.fingerprint for grid in grids}
        return {key: texts for key, texts in known.items() if key in used}

    def _sendings(
        self,
        new: Sequence[MadeGrid],
        paths: Mapping[Assignment, Path],
        written: Mapping[Path, Written],
    ) -> Mapping[JurorCode, tuple[tuple[CandidateId, ...], ...]]:
        """Return the complements: a further one for each juror who had grids and has a new one.

        Where nothing was on record, the grids that were there already had been made before it.
        """
        before = {grid.handed_to for grid in self.former.grids}
        added: dict[JurorCode, list[CandidateId]] = {}
        there = {
            (item.candidate, item.juror): self.session.juror[item.juror].holder.code
            for item, path in paths.items()
            if written.get(path) not in (None, Written.KEPT)
            and path.relative_to(self.folder.root).as_posix() in self.there
        }
        if not self.former.grids:
            before = set(there.values())
        for grid in new:
            known = bool(self.former.grids) or grid.pair not in there
            if grid.handed_to in before and known:
                added.setdefault(grid.handed_to, []).append(grid.candidate)
        sendings = dict(self.former.sendings)
        for juror, candidates in added.items():
            sendings[juror] = (*sendings.get(juror, ()), tuple(candidates))
        return sendings

    def _report(
        self, new: Sequence[MadeGrid], left: Sequence[Path], problems: list[Problem]
    ) -> None:
        """Say which grids were made again with something else in them, and which were left."""
        place = Location(file=str(self.folder.grids))
        again = [grid for grid in new if grid.pair in self.former.current]
        were = {grid.pair: self.former.current[grid.pair] for grid in again}
        outdated = outdated_grids(were.values(), self.referential)
        blocks = [grid for grid in again if were[grid.pair].blocks not in ((), grid.blocks)]
        codes = told_changes(outdated, self.former, self.referential)
        changes = f"le texte du référentiel a changé, {codes}"
        for grids, why in (
            (outdated, changes),
            (blocks, "les blocs à évaluer ne sont plus les mêmes"),
        ):
            if grids:
                people = listed_grids(grids, self.session)
                problems.append(
                    kinds.GRIDS_REMADE.at(place, count=len(grids), people=people, why=why)
                )
        if left:
            files = shortened_list([path.name for path in left])
            problems.append(kinds.GRIDS_LEFT.at(place, count=len(left), files=files))
