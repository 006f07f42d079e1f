"""The people and blocs that assignments are resolved over, and what was understood of them."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    BlockCode,
    CandidateId,
    JurorCode,
    JurorRole,
    MethodCode,
    Referential,
)
from sheetgen.sources.checks import Codes
from sheetgen.sources.named_juries import jury_names, jury_of_juror, replacements
from sheetgen.sources.read import told_in
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sheetgen.problems import Problem
    from sheetgen.sources.people import CandidateEntry
    from sheetgen.sources.read import Row, SourceTable


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The people and blocs that assignments are resolved over.

    Attributes:
        entries: candidates by number.
        jurors: the table « Jurés ».
        rows: the table « Affectations ».
    """

    referential: Referential
    entries: Mapping[CandidateId, CandidateEntry]
    jurors: SourceTable
    rows: SourceTable

    @cached_property
    def block_codes(self) -> Codes:
        """Return the codes of blocs."""
        return Codes("Blocs", self.referential.block)

    @cached_property
    def method_codes(self) -> Codes:
        """Return the codes of modalités."""
        return Codes("Modalités", self.referential.method)

    @cached_property
    def assessors(self) -> frozenset[JurorCode]:
        """Return who marks what rows assign, without sitting in the jury."""
        return frozenset(
            JurorCode(row.need("code", str))
            for row in self.jurors.by_code().values()
            if row.get("role", JurorRole) is JurorRole.ASSESSOR
        )

    @cached_property
    def jury_names(self) -> Mapping[str, str]:
        """Return the juries by folded name; none where there is one for all."""
        return jury_names(entry.row for entry in self.entries.values())

    @cached_property
    def _juries(self) -> Mapping[JurorCode, str | None]:
        known = self.jurors.by_code()
        return {
            JurorCode(row.need("code", str)): jury_of_juror(row, known) for row in known.values()
        }

    def told(self, juror: JurorCode) -> str:
        """Return a juror as messages name them."""
        return told_in(self.jurors.by_code()[fold(juror)])

    @property
    def has_stray_jury(self) -> bool:
        """Return whether a juror is of a jury that no candidate comes before."""
        return any(
            name is not None and name not in self.jury_names for name in self._juries.values()
        )

    def is_before(self, entry: CandidateEntry, juror: JurorCode) -> bool:
        """Return whether a candidate comes before a juror: one jury for all, or the same."""
        jury = fold(entry.row.get("jury", str) or "")
        return not jury or self._juries[juror] in (None, jury)

    @cached_property
    def stand_ins(self) -> Mapping[JurorCode, JurorCode]:
        """Return who stands in for whom, those who stand in for nobody's stand-in first."""
        known = self.jurors.by_code()
        found = {
            JurorCode(known[code].need("code", str)): JurorCode(row.need("code", str))
            for code, row in replacements(self.jurors).items()
            if code in known and row.get("code", str) is not None
        }
        ordered: dict[JurorCode, JurorCode] = {}
        while left := [item for item in found if item not in ordered]:
            free = [x for x in left if not any(found[y] == x for y in left)]
            if not free:
                break  # a circle, told where it stands
            ordered.update((item, found[item]) for item in free)
        return ordered

    @cached_property
    def is_open(self) -> bool:
        """Return whether no member is assigned by name, so that each marks every candidate.

        Rows for assessors alone leave the members as without rows.
        """
        assessors = {fold(code) for code in self.assessors}
        return all(fold(row.get("juror", str) or "") in assessors for row in self.rows.rows)

    @property
    def is_readable(self) -> bool:
        """Return whether both sheets could be read.

        Without a header, what they say is not known.
        """
        return self.jurors.has("code") and (self.rows.exists or not self.rows.found)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Assignments as they were understood.

    Attributes:
        blocks: for each candidate and juror, the blocs.
        methods: for each of these, the modalités to which it is restricted; None for none.
        taken_over: who takes a grid over, by candidate and the juror who is replaced.
        doubtful: candidates with a faulty row, whose jury is therefore not known.
        strays: rows whose candidate is not known: as many juries may lack somebody.
        problems: of the rows.
    """

    blocks: dict[tuple[CandidateId, JurorCode], set[BlockCode]] = field(default_factory=dict)
    methods: dict[tuple[CandidateId, JurorCode, BlockCode], set[MethodCode] | None] = field(
        default_factory=dict
    )
    taken_over: dict[tuple[CandidateId, JurorCode], JurorCode] = field(default_factory=dict)
    doubtful: set[CandidateId] = field(default_factory=set)
    strays: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def marked(self, candidate: CandidateId, juror: JurorCode) -> Collection[BlockCode]:
        """Return the blocs that a juror marks, none where somebody takes the grid over."""
        taken = (candidate, juror) in self.taken_over
        return () if taken else self.blocks.get((candidate, juror), ())

    def by_candidate(
        self, jurors: Iterable[JurorCode]
    ) -> Mapping[CandidateId, Sequence[JurorCode]]:
        """Return who of these jurors has blocs of a candidate, in the order in which they come.

        Candidates of whom nobody has any are left out.
        """
        place = {code: number for number, code in enumerate(jurors)}
        found: dict[CandidateId, list[JurorCode]] = {}
        for (candidate, juror), blocks in self.blocks.items():
            if blocks and juror in place:
                found.setdefault(candidate, []).append(juror)
        for codes in found.values():
            codes.sort(key=place.__getitem__)
        return found
