"""Draw what is proposed or decided, from `decisions.json`, for the page."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import BlockOutcome, CertificationOutcome

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.session_folder.paths import SessionFolder

_SIGNS = {
    BlockOutcome.VALIDATED: "✔",
    BlockOutcome.NOT_VALIDATED: "✘",
    BlockOutcome.TO_DELIBERATE: "◆",
    BlockOutcome.INCOMPLETE: "…",
    BlockOutcome.ALREADY_HELD: "●",
    BlockOutcome.NOT_PRESENTED: "–",
}
_BLOCKS = {outcome.key: outcome for outcome in BlockOutcome}
_CERTIFICATIONS = {outcome.key: outcome for outcome in CertificationOutcome}
_JUDGED = (BlockOutcome.VALIDATED, BlockOutcome.NOT_VALIDATED, BlockOutcome.TO_DELIBERATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """One bar of a chart: a label, a count of a total, and the words for it."""

    label: str
    count: int
    total: int
    told: str

    @property
    def share(self) -> int:
        """Return the count in hundredths of the total, rounded down."""
        return self.count * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDecisions:
    """The decisions of a session as the page draws them.

    Attributes:
        decided: by the jury; else they are proposals.
        provisional: something is still to come.
        outcomes: a bar per outcome of the certification.
        blocks: a bar per bloc: validated of those judged.
        codes: of the blocs, in the order of the table.
        candidates: number, name, outcome and a sign with its word for each bloc.
    """

    decided: bool
    provisional: bool
    outcomes: tuple[DrawnBar, ...]
    blocks: tuple[DrawnBar, ...]
    codes: tuple[str, ...]
    candidates: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]

    @property
    def legend(self) -> dict[str, str]:
        """Return the word of each sign in the table."""
        return dict(item for *_, blocks in self.candidates for item in blocks if item[0])


def read_decisions(folder: SessionFolder, *, named: bool) -> ShownDecisions | None:
    """Return the decisions in force, else those proposed; None where there are none to read.

    Args:
        folder: the session's.
        named: whether candidates are shown by their names too: never in an anonymous session.
    """
    for place, decided in ((folder.final, True), (folder.consolidation, False)):
        record = _read(place / "decisions.json")
        if record is not None:
            try:
                return _draw(record, decided=decided, named=named)
            except (KeyError, TypeError, AttributeError):
                continue
    return None


def _read(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _draw(record: dict[str, Any], *, decided: bool, named: bool) -> ShownDecisions:
    people = record["candidates"]
    codes = list(dict.fromkeys(block["code"] for one in people for block in one["blocks"]))
    counts = Counter(_CERTIFICATIONS[one["outcome"]] for one in people)
    judged = [
        (block["code"], _BLOCKS[block["outcome"]]) for one in people for block in one["blocks"]
    ]
    bars = []
    for code in codes:
        total = sum(item == code and outcome in _JUDGED for item, outcome in judged)
        valid = judged.count((code, BlockOutcome.VALIDATED))
        bars.append(
            DrawnBar(
                label=code, count=valid, total=total, told=f"{valid} validé(s) sur {total} jugé(s)"
            )
        )
    rows = []
    for one in people:
        by_code = {block["code"]: _BLOCKS[block["outcome"]] for block in one["blocks"]}
        shown = ("id", "first_name", "last_name") if named else ("id",)
        name = " ".join(str(one[key]) for key in shown if one[key])
        signs = tuple(
            (_SIGNS[by_code[code]], by_code[code].value) if code in by_code else ("", "sans objet")
            for code in codes
        )
        rows.append((str(one["id"]), name, _CERTIFICATIONS[one["outcome"]].value, signs))
    return ShownDecisions(
        decided=decided,
        provisional=bool(record.get("provisional")),
        outcomes=tuple(
            DrawnBar(
                label=outcome.value,
                count=counts[outcome],
                total=len(people),
                told=f"{counts[outcome]} sur {len(people)}",
            )
            for outcome in CertificationOutcome
            if counts[outcome]
        ),
        blocks=tuple(bars),
        codes=tuple(codes),
        candidates=tuple(rows),
    )
