"""People who have still to present a certification, with what they hold and keep by then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sheetgen.model.retention import add_months
from sheetgen.register.acquired import acquired_by, in_force
from sheetgen.register.register_tables import ATTEMPT, CERTIFICATION, CLOSING, PERSON, RESULT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from sheetgen.model import BlockCode, Referential, Rules

_FINEST = 1_000_000
"""Scores are fractions of few marks: the nearest one with a denominator up to this is the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptItem:
    """An épreuve or a competency that somebody keeps.

    Attributes:
        code: its code.
        score: a fraction of 1; None for a competency without one.
        day: of the jury that decided.
        origin: the session and its minutes.
        until: the last day on which it is kept.
    """

    code: str
    score: Fraction | None
    day: date
    origin: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCandidate:
    """Somebody who has still to present blocs.

    Attributes:
        person: their row in the register.
        attempt: their last candidature.
        held: codes of the blocs they hold, in the référentiel's order.
        missing: codes of the obligatory blocs they lack, likewise.
        kept: what they keep, by code.
        refusal: why the rules let them come back no more, in French; empty where they may.
    """

    person: Mapping[str, Any]
    attempt: Mapping[str, Any]
    held: tuple[str, ...]
    missing: tuple[str, ...]
    kept: tuple[KeptItem, ...]
    refusal: str


def next_candidates(
    connection: Connection, certification: str, referential: Referential, day: date
) -> list[NextCandidate]:
    """Return who sat for a certification and does not hold it whole, by name.

    Args:
        connection: that of the register.
        certification: its key in the register.
        referential: the référentiel, for its blocs and rules.
        day: that of the session to come, on which what is kept must still be.
    """
    attempts: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in connection.execute(_attempts(certification)).mappings():
        attempts[row["person"]].append(dict(row))
    blocks: defaultdict[int, set[str]] = defaultdict(set)
    for item in acquired_by(connection, None, certification):
        blocks[item.person].add(item.block)
    coming = {person for person in attempts if "" not in blocks[person]}
    results = _results(connection, certification, coming)
    people = {
        row["id"]: dict(row)
        for row in connection.execute(select(PERSON)).mappings()
        if row["id"] in coming and row["last_name"]
    }
    found = [
        _History(
            attempts=attempts[number],
            results={item["id"]: results[item["id"]] for item in attempts[number]},
            held=blocks[number],
            referential=referential,
            day=day,
        ).candidate(people[number])
        # An identity that was forgotten comes back to no session.
        for number in coming & people.keys()
    ]
    return sorted(
        (item for item in found if item.missing),
        key=lambda item: (item.person["last_name"], item.person["first_name"], item.person["id"]),
    )


def _attempts(certification: str) -> Any:
    return (
        select(
            ATTEMPT.c.id,
            ATTEMPT.c.person,
            ATTEMPT.c.route,
            ATTEMPT.c.access_route,
            ATTEMPT.c.status,
            CLOSING.c.session,
            CLOSING.c.session_date,
            ATTEMPT.c.minutes_number,
        )
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(CERTIFICATION.c.key == certification, in_force())
        .order_by(CLOSING.c.session_date, ATTEMPT.c.id)
    )


def _results(
    connection: Connection, certification: str, people: Collection[int]
) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """Return results by attempt, of these people alone."""
    found: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    asked = (
        select(RESULT, ATTEMPT.c.person)
        .join_from(RESULT, ATTEMPT, ATTEMPT.c.id == RESULT.c.attempt)
        .join(CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(CERTIFICATION.c.key == certification, in_force())
    )
    for row in connection.execute(asked).mappings():
        if row["person"] in people:
            found[row["attempt"]].append(dict(row))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """Everything on one person that a session to come depends on.

    Attributes:
        attempts: their candidatures, oldest first.
        results: what was decided, by candidature.
        held: codes of the blocs they hold.
        referential: the référentiel.
        day: that of the session to come.
    """

    attempts: Sequence[Mapping[str, Any]]
    results: Mapping[int, Sequence[Mapping[str, Any]]]
    held: Collection[str]
    referential: Referential
    day: date

    def candidate(self, person: Mapping[str, Any]) -> NextCandidate:
        """Return the candidate that they are for the session to come."""
        blocks = self.referential.blocks
        chosen, by_bloc = self._presented(), self.attempts[-1]["route"] == "blocks"
        missing = [
            block.code
            for block in blocks
            if block.code not in self.held
            and (block.code in chosen or not (by_bloc or block.is_optional))
        ]
        return NextCandidate(
            person=person,
            attempt=self.attempts[-1],
            held=tuple(block.code for block in blocks if block.code in self.held),
            missing=tuple(missing),
            kept=tuple(self._kept(missing)),
            refusal=self._refusal(),
        )

    @property
    def _last(self) -> Sequence[Mapping[str, Any]]:
        return self.results[self.attempts[-1]["id"]]

    def _presented(self) -> set[str]:
        """Return the blocs of the last candidature, whether they came or not."""
        absent = ("not_presented", "already_held")
        return {
            row["code"]
            for row in self._last
            if row["kind"] == "block" and row["outcome"] not in absent
        }

    def _kept(self, missing: Sequence[BlockCode]) -> Iterable[KeptItem]:
        """Return what is kept of missing blocs: of each item the best, then the longest."""
        best: dict[str, KeptItem] = {}
        useful = {
            code
            for block in missing
            for criterion in self.referential.criteria_of_block[block]
            for code in (criterion.competency, self.referential.assessment_of[criterion.code])
        }
        for attempt in self.attempts:
            for item in self._of(attempt):
                known = best.get(item.code)
                better = known is None or _worth(item) > _worth(known)
                if item.code in useful and item.until >= self.day and better:
                    best[item.code] = item
        return [best[code] for code in sorted(best)]

    def _of(self, attempt: Mapping[str, Any]) -> Iterator[KeptItem]:
        """Yield what the rules keep of a candidature; nothing of a session without a date."""
        if not attempt["session_date"]:
            return
        sat, minutes = date.fromisoformat(attempt["session_date"]), attempt["minutes_number"]
        origin = attempt["session"] + (f", PV {minutes}" if minutes else "")
        for row in self.results[attempt["id"]]:
            months = _months(self.referential.rules, row)
            if months is not None:
                yield KeptItem(
                    code=row["code"],
                    score=_score(row["score"]),
                    day=sat,
                    origin=origin,
                    until=add_months(sat, months),
                )

    def _refusal(self) -> str:
        """Return why they may come back no more, in French; an empty text where they may."""
        rules = self.referential.rules
        sat = [attempt for attempt in self.attempts if attempt["status"] in (None, "present")]
        if rules.most_resits is not None and len(sat) > rules.most_resits:
            return f"il s'est présenté {len(sat)} fois"
        first = next((item["session_date"] for item in sat if item["session_date"]), None)
        if rules.resit_months is not None and first:
            end = add_months(date.fromisoformat(first), rules.resit_months)
            if end < self.day:
                return f"le délai est passé depuis le {end:%d/%m/%Y}"
        failed = [row for row in self._last if row["kind"] == "block"]
        count = sum(1 for row in failed if row["outcome"] == "not_validated")
        if rules.most_resit_blocks is not None and count > rules.most_resit_blocks:
            return f"{count} blocs ne sont pas validés"
        return ""


def _months(rules: Rules, row: Mapping[str, Any]) -> int | None:
    """Return for how many months a result is kept; None where it is not."""
    if row["kind"] == "assessment" and row["outcome"] == "passed":
        least, score = rules.assessments_kept_from, _score(row["score"])
        if score is None or (least is not None and score < least):
            return None
        return rules.assessments_kept_months
    if row["kind"] == "competency" and row["outcome"] == "acquired":
        return rules.competencies_kept_months
    return None


def _worth(item: KeptItem) -> tuple[Fraction, date]:
    return item.score if item.score is not None else Fraction(-1), item.until


def _score(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text).limit_denominator(_FINEST)
