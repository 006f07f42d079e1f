"""People who have still to present a certification, with what they hold and keep by then."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import minutes_origin
from sheetgen.model.retention import add_months
from sheetgen.register.acquired import acquired_by, in_force, of_people
from sheetgen.register.register_tables import ATTEMPT, CERTIFICATION, CLOSING, PERSON, RESULT
from sheetgen.rules import months_assessment_kept, resit_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import Select
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
        day: of the session, from which its term runs.
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
        options: codes of the optional blocs among them.
        whole: they hold the whole certification.
        kept: what they keep, by code.
        lapsed: what they kept till before that day, by code.
        refusal: why the rules let them come back no more, in French; empty where they may.
        by_bloc: whether they were last entered for some blocs alone.
        sat: how many times they came so far.
        first: the day of the first; None where none has a date.
    """

    person: Mapping[str, Any]
    attempt: Mapping[str, Any]
    held: tuple[str, ...]
    missing: tuple[str, ...]
    options: tuple[str, ...]
    whole: bool
    kept: tuple[KeptItem, ...]
    lapsed: tuple[KeptItem, ...]
    refusal: str
    sat: int
    first: date | None
    by_bloc: bool

    @property
    def left_out(self) -> str:
        """Return why they are not in the session to come, in French; empty where they are."""
        if self.refusal or self.missing:
            return self.refusal
        if self.by_bloc:
            held = ", ".join(self.held)
            return f"inscription par blocs, et les blocs présentés sont acquis ({held})"
        return "tous les blocs obligatoires sont acquis, mais non la certification"


def next_candidates(
    connection: Connection, certification: str, referential: Referential, day: date
) -> list[NextCandidate]:
    """Return who sat for a certification and does not hold it whole, by name.

    Those who are `left_out` are among them.

    The arguments are those of `next_by_person`.
    """
    found = next_by_person(connection, certification, referential, day).values()
    return sorted(
        (item for item in found if not item.whole),
        key=lambda item: (item.person["last_name"], item.person["first_name"], item.person["id"]),
    )


def next_by_person(
    connection: Connection,
    certification: str,
    referential: Referential,
    day: date,
    people: Collection[int] | None = None,
) -> dict[int, NextCandidate]:
    """Return those who sat for a certification, by person, as they are on the next session's day.

    Args:
        connection: that of the register.
        certification: its key in the register.
        referential: the référentiel, for its blocs and rules.
        day: that of the session to come, on which what is kept must still be.
        people: their rows' numbers; None for everybody.
    """
    attempts: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    asked = of_people(_attempts(certification), ATTEMPT.c.person, people)
    for row in connection.execute(asked).mappings():
        attempts[row["person"]].append(dict(row))
    blocks: defaultdict[int, set[str]] = defaultdict(set)
    for item in acquired_by(connection, people, certification):
        blocks[item.person].add(item.block)
    results = _results(connection, certification, people)
    rows = of_people(select(PERSON), PERSON.c.id, people)
    known = {row["id"]: dict(row) for row in connection.execute(rows).mappings()}
    return {
        number: _History(
            attempts=own,
            results={item["id"]: results[item["id"]] for item in own},
            held=blocks[number],
            referential=referential,
            day=day,
        ).candidate(known[number])
        for number, own in attempts.items()
        # An identity that was forgotten comes back to no session.
        if known[number]["last_name"]
    }


def _attempts(certification: str) -> Select[Any]:
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
    connection: Connection, certification: str, people: Collection[int] | None
) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """Return results by attempt, of these people alone."""
    found: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    asked = (
        select(RESULT.c.attempt, RESULT.c.kind, RESULT.c.code, RESULT.c.outcome, RESULT.c.score)
        .join_from(RESULT, ATTEMPT, ATTEMPT.c.id == RESULT.c.attempt)
        .join(CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(CERTIFICATION.c.key == certification, in_force())
    )
    narrowed = of_people(asked, ATTEMPT.c.person, people)
    for row in connection.execute(narrowed).mappings():
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
        kept, lapsed = self._kept(missing)
        return NextCandidate(
            person=person,
            attempt=self.attempts[-1],
            held=tuple(block.code for block in blocks if block.code in self.held),
            missing=tuple(missing),
            options=tuple(
                block.code for block in blocks if block.is_optional and block.code in missing
            ),
            whole="" in self.held,
            kept=kept,
            lapsed=lapsed,
            refusal=self._refusal() if missing else self._untold() if by_bloc else "",
            sat=len(self._sat()),
            first=self._first(),
            by_bloc=by_bloc,
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

    def _kept(
        self, missing: Sequence[BlockCode]
    ) -> tuple[tuple[KeptItem, ...], tuple[KeptItem, ...]]:
        """Return what is kept of missing blocs, of each the best, then the longest; what was."""
        best: dict[str, KeptItem] = {}
        past: dict[str, KeptItem] = {}
        useful = {
            code
            for block in missing
            for criterion in self.referential.criteria_of_block[block]
            for code in (criterion.competency, self.referential.assessment_of[criterion.code])
        }
        for attempt in self.attempts:
            for row in self.results[attempt["id"]]:
                if row["kind"] == "renounced":
                    best.pop(row["code"], None)
                    past.pop(row["code"], None)
            for item in self._of(attempt):
                found = best if item.until >= self.day else past
                known = found.get(item.code)
                if item.code in useful and (known is None or _worth(item) > _worth(known)):
                    found[item.code] = item
        return (
            tuple(best[code] for code in sorted(best)),
            tuple(past[code] for code in sorted(past.keys() - best.keys())),
        )

    def _of(self, attempt: Mapping[str, Any]) -> Iterator[KeptItem]:
        """Yield what the rules keep of a candidature; nothing of a session without a date."""
        if not attempt["session_date"]:
            return
        sat = date.fromisoformat(attempt["session_date"])
        origin = minutes_origin(attempt["session"], attempt["minutes_number"])
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

    def _sat(self) -> list[Mapping[str, Any]]:
        """Return the candidatures to which they came."""
        return [item for item in self.attempts if item["status"] in (None, "present")]

    def _first(self) -> date | None:
        """Return the day of the first to which they came."""
        first = next((item["session_date"] for item in self._sat() if item["session_date"]), None)
        return None if first is None else date.fromisoformat(first)

    def _untold(self) -> str:
        """Return that nothing says for which blocs somebody who did not come was entered."""
        absent = self.attempts[-1]["status"] not in (None, "present")
        return "son absence ne dit pas à quels blocs il était inscrit" if absent else ""

    def _refusal(self) -> str:
        """Return why they may come back no more, in French; an empty text where they may."""
        failed = sum(
            1 for row in self._last if (row["kind"], row["outcome"]) == ("block", "not_validated")
        )
        return resit_of(
            self.referential.rules,
            sat=len(self._sat()),
            first=self._first(),
            failed=failed,
            day=self.day,
        ).refusal


def _months(rules: Rules, row: Mapping[str, Any]) -> int | None:
    """Return for how many months a result is kept; None where it is not."""
    if row["kind"] == "assessment" and row["outcome"] == "passed":
        return months_assessment_kept(rules, _score(row["score"]))
    if row["kind"] == "competency" and row["outcome"] == "acquired":
        return rules.competencies_kept_months
    return None


def _worth(item: KeptItem) -> tuple[Fraction, date]:
    return item.score if item.score is not None else Fraction(-1), item.until


def _score(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text).limit_denominator(_FINEST)
