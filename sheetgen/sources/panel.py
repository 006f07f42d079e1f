"""The people and blocs that assignments are resolved over, and what was understood of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.model import (
    BlockCode,
    CandidateId,
    JurorCode,
    JurorRole,
    MethodCode,
    Referential,
)
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    def assessors(self) -> frozenset[JurorCode]:
        """Return who marks what rows assign, without sitting in the jury."""
        return frozenset(
            JurorCode(row.need("code", str))
            for row in self.jurors.by_code().values()
            if row.get("role", JurorRole) is JurorRole.ASSESSOR
        )

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
        doubtful: candidates with a faulty row, whose jury is therefore not known.
        strays: rows whose candidate is not known: as many juries may lack somebody.
        problems: of the rows.
    """

    blocks: dict[tuple[CandidateId, JurorCode], set[BlockCode]] = field(default_factory=dict)
    methods: dict[tuple[CandidateId, JurorCode, BlockCode], set[MethodCode] | None] = field(
        default_factory=dict
    )
    doubtful: set[CandidateId] = field(default_factory=set)
    strays: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
