"""The rulings on one candidate, read back from the decisions that a closing froze."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar, cast

from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    CandidateRulings,
    CertificationOutcome,
    Closing,
    DecidedBy,
    Ruling,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.jury.final_files import Record
    from sheetgen.model import CandidateId

AnyTerm = TypeVar("AnyTerm", bound=Term)


def find_frozen(decisions: Record, candidate: CandidateId) -> Record | None:
    """Return what a closing decided of one candidate; None of one it knew nothing of."""
    people = cast("list[Record]", decisions["candidates"])
    return next((item for item in people if item["id"] == candidate), None)


def read_rulings(frozen: Record, candidate: CandidateId) -> CandidateRulings:
    """Return the jury's rulings on one candidate.

    Raises:
        ValueError: they hold a word that is none of this version's.
    """
    blocks = cast("list[Record]", frozen["blocks"])
    return CandidateRulings(
        candidate=candidate,
        certification=Ruling(
            proposed=_term(CertificationOutcome, frozen, "proposed"),
            outcome=_term(CertificationOutcome, frozen, "outcome"),
            decided_by=_decided_by(frozen),
            reason=_reason(frozen),
        ),
        blocks={
            BlockCode(str(item["code"])): Ruling(
                proposed=_term(BlockOutcome, item, "proposed"),
                outcome=_term(BlockOutcome, item, "outcome"),
                decided_by=_decided_by(item),
                reason=_reason(item),
            )
            for item in blocks
        },
    )


def read_closing(decisions: Record) -> Closing | None:
    """Return when a closing ended the deliberation; None where it does not say."""
    said = decisions.get("closing")
    try:
        when = cast("Record", said)
        return Closing(
            date=dt.date.fromisoformat(str(when["date"])),
            time=dt.time.fromisoformat(str(when["time"])),
        )
    except (KeyError, TypeError, ValueError):
        return None


def changed_since(frozen: Record, now: Record) -> Iterator[str]:
    """Yield the codes of the blocs whose marks or proposals are no longer those of the closing.

    Args:
        frozen: what the closing decided of a candidate.
        now: what the rules give, as `decisions.json` has it.
    """
    before = {item["code"]: item for item in cast("list[Record]", frozen["blocks"])}
    after = {item["code"]: item for item in cast("list[Record]", now["blocks"])}
    for code in sorted({*before, *after}, key=str):
        if code not in before or code not in after:
            yield str(code)
            continue
        old, new = before[code], after[code]
        proposed = old.get("proposed", old["outcome"])
        if proposed != new["outcome"] or old.get("competencies") != new["competencies"]:
            yield str(code)


def _term(terms: type[AnyTerm], record: Record, name: str) -> AnyTerm:
    key = record.get(name, record["outcome"])
    for term in terms:
        if term.key == key:
            return term
    raise ValueError(key)


def _decided_by(record: Record) -> DecidedBy:
    if "decided_by" not in record:
        return DecidedBy.PROPOSAL
    return next(term for term in DecidedBy if term.key == record["decided_by"])


def _reason(record: Record) -> str | None:
    reason = record.get("reason")
    return None if reason is None else str(reason)
