"""Grids by stamping: what grids of one form share is written once, then each gets its own texts.

A form is all that a grid's bytes depend on, but for the texts of its owner and its stamp. One grid
of each form is written (`write`) with marks in place of those texts, and cut at the marks; the
others are put together from the pieces. What comes out is, part by part, what the writer would
have written; where that is not certain, the writer writes it.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import excel_length
from sheetgen.files.zip_members import Member, Mould, pack, whole_member
from sheetgen.grid.identity import SigningKey, Stamp, stamp_grid
from sheetgen.grid.owner import Heights, Owner, owner_of
from sheetgen.grid.plan import plan_grid
from sheetgen.grid.write.grid import write_grid
from sheetgen.model import CandidateId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import (
        Accommodation,
        Assignment,
        BlockCode,
        Referential,
        Route,
        Session,
    )

_OWNER = ("candidate", "juror", "line", "signature", "footer", "title")
_STAMP = ("candidate", "juror", "code", "signature")
"""The texts that differ between grids of one form, in the order of their gaps."""

_IN_CELLS = (0, 1, 2, 3, 6, 7, 8, 9)
"""The gaps whose texts stand in cells, so that the file lists each only once."""

_GAP = "gap-{}-6f1d0c93e2b84a57"
_GAPS = re.compile(_GAP.format("([0-9]+)").encode())
_SHARED_TEXT = re.compile(rb"<si><t[^>]*>(.*?)</t></si>", re.DOTALL)

_LONGEST = 200
"""In Excel's characters; the shortest limit is that of a footer: 255, of which it adds some."""

_AWKWARD = re.compile(r"^$|^\s|\s$|[\x00-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^<r>")
"""Texts that XlsxWriter writes in a way of its own, or leaves out."""

_MOST_MOULDS = 64
"""Moulds that are kept, about half a megabyte each; where there are more forms, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What a grid's bytes depend on within a session, but for the texts of one owner and stamp."""

    blocks: tuple[BlockCode, ...]
    route: Route
    arrangements: tuple[Accommodation, ...]
    heights: Heights


@dataclass(kw_only=True)
class Stamper:
    """Makes the grids of a session; those of one form cost little after the first."""

    referential: Referential
    session: Session
    key: SigningKey
    logo: bytes | None = None
    _moulds: dict[_Form, _GridMould] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._arrangements = _arrangements(self.session)

    def make(self, assignment: Assignment) -> bytes:
        """The grid of one assignment; the same inputs always give the same bytes."""
        stamp = stamp_grid(self.key, self.referential, self.session, assignment)
        owner = owner_of(self.session, assignment)
        texts = _texts(owner, stamp)
        if not any(map(_is_awkward, texts)):
            mould = self._mould(assignment, owner, stamp)
            escaped = [_escaped(text) for text in texts]
            if mould.takes(escaped):
                return mould.fill(escaped)
        return write_grid(self._plan(assignment), stamp)

    def _plan(self, assignment: Assignment) -> GridPlan:
        return plan_grid(self.referential, self.session, assignment, self.logo)

    def _mould(self, assignment: Assignment, owner: Owner, stamp: Stamp) -> _GridMould:
        form = _Form(
            blocks=assignment.blocks,
            route=self.session.candidate[assignment.candidate].route,
            arrangements=self._arrangements.get(assignment.candidate, ()),
            heights=owner.heights,
        )
        known = self._moulds.get(form)
        if known is None:
            known = self._moulds[form] = self._new_mould(assignment, owner, stamp)
            if len(self._moulds) > _MOST_MOULDS:
                del self._moulds[next(iter(self._moulds))]
        return known

    def _new_mould(self, assignment: Assignment, owner: Owner, stamp: Stamp) -> _GridMould:
        marks = [_GAP.format(number) for number in range(len(_OWNER) + len(_STAMP))]
        marked_owner = Owner(**dict(zip(_OWNER, marks, strict=False)), heights=owner.heights)
        marked_stamp = replace(stamp, **dict(zip(_STAMP, marks[len(_OWNER) :], strict=True)))
        plan = replace(self._plan(assignment), owner=marked_owner)
        return _GridMould.of(write_grid(plan, marked_stamp))


@dataclass(frozen=True, slots=True, kw_only=True)
class _GridMould:
    """A grid's parts: those that are the same in every grid of its form, and those with gaps.

    `shared` are the texts in cells that every grid of the form has, as they stand in the file.
    """

    parts: tuple[Member | Mould, ...]
    shared: Collection[bytes]

    @classmethod
    def of(cls, data: bytes) -> _GridMould:
        """The mould of a grid written with marks in its gaps."""
        parts: list[Member | Mould] = []
        shared: frozenset[bytes] = frozenset()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                first, *rest = _GAPS.split(content)
                if name == "xl/sharedStrings.xml":
                    shared = frozenset(_SHARED_TEXT.findall(content))
                if rest:
                    parts.append(Mould.of(name, [first, *rest[1::2]], [*map(int, rest[::2])]))
                else:
                    parts.append(whole_member(name, content))
        return cls(parts=tuple(parts), shared=shared)

    def takes(self, texts: Sequence[bytes]) -> bool:
        """Whether each text in a cell is one of its own: the file lists equal ones once."""
        own = {texts[gap] for gap in _IN_CELLS}
        return len(own) == len(_IN_CELLS) and own.isdisjoint(self.shared)

    def fill(self, texts: Sequence[bytes]) -> bytes:
        """The grid with these texts, escaped for XML, by the numbers of their gaps."""
        return pack(part.fill(texts) if isinstance(part, Mould) else part for part in self.parts)


def _arrangements(session: Session) -> Mapping[CandidateId, tuple[Accommodation, ...]]:
    """What applies to each candidate, in the session's order, without saying to whom."""
    found: dict[CandidateId, tuple[Accommodation, ...]] = {}
    for item in session.accommodations:
        anyone = replace(item, candidate=CandidateId(""))
        found[item.candidate] = (*found.get(item.candidate, ()), anyone)
    return found


def _texts(owner: Owner, stamp: Stamp) -> list[str]:
    """The texts of the gaps."""
    return [
        *(getattr(owner, name) for name in _OWNER),
        *(getattr(stamp, name) for name in _STAMP),
    ]


def _is_awkward(text: str) -> bool:
    return excel_length(text) > _LONGEST or _AWKWARD.search(text) is not None


def _escaped(text: str) -> bytes:
    """As XlsxWriter writes it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
