"""Agreement of jurors on the candidates whom they marked apart, told without more than it shows.

Counts come with what they are counted out of. A juror's deviation is one mean for each candidate:
marks of one candidate hang together, and taking each for a proof of its own calls nearly half of
all jurors severe where none is. It is flagged only where nearly every candidate says the same; for
six to nine candidates that means all of them, which chance gives at most once in thirty. No
coefficient is given under twenty candidates: the same jurors then give any value.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEAST_FLAGGED = 6
"""The fewest shared candidates of a juror who may be flagged."""
OTHERWISE = 10
"""One candidate in so many may say otherwise."""
LEAST_FOR_COEFFICIENT = 20
MOST_READ_AGAIN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMark:
    """A juror's own mark; `extent` is the length of its scale, None where it is not known."""

    candidate: str
    criterion: str
    juror: str
    points: Fraction
    extent: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSession:
    """The marks of a closed session.

    Attributes:
        jurors: what to call each juror, by code.
        divergent: criteria on which the rule for the gap between jurors was reached, with the
            candidate.
        scales: how many scales the marks are on.
        together: how many marks jurors gave in common, which say nothing of their agreement.
    """

    certification: str
    session: str
    session_date: str | None
    marks: tuple[SharedMark, ...]
    jurors: Mapping[str, str]
    divergent: frozenset[tuple[str, str]] = frozenset()
    scales: int = 1
    together: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAgreement:
    """The agreement in a session: marks of one candidate on one criterion, compared."""

    of: MarkedSession
    candidates: int
    compared: int
    same: int
    divergent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAgreement:
    """The agreement on a criterion.

    Attributes:
        candidates: marked on it by two jurors or more; `same` of them alike by all.
        widest: the widest gap, in points.
        alpha: Krippendorff's, for intervals; None under twenty candidates, or where all are alike.
    """

    of: MarkedSession
    criterion: str
    candidates: int
    same: int
    divergent: int
    widest: Fraction
    alpha: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorDeviation:
    """A juror beside the others, over the candidates whom they share.

    Attributes:
        mean: of one mean for each candidate: points above the others', or a share of the scale
            where the session has several scales.
        above, below: candidates for whom the mean is above or below zero.
        flagged: whether nearly all of them say the same.
    """

    of: MarkedSession
    juror: str
    candidates: int
    mean: Fraction
    above: int
    below: int
    flagged: bool


def compare_jurors(
    session: MarkedSession,
) -> tuple[SessionAgreement, list[CriterionAgreement], list[JurorDeviation]]:
    """Return the agreement in a session: in all, by criterion, by juror."""
    shared: dict[tuple[str, str], list[SharedMark]] = defaultdict(list)
    for mark in session.marks:
        shared[mark.criterion, mark.candidate].append(mark)
    shared = {key: marks for key, marks in shared.items() if len(marks) > 1}
    by_criterion: dict[str, list[list[SharedMark]]] = defaultdict(list)
    for (criterion, _), marks in shared.items():
        by_criterion[criterion].append(marks)
    criteria = [_criterion(session, code, found) for code, found in by_criterion.items()]
    overall = SessionAgreement(
        of=session,
        candidates=len({candidate for _, candidate in shared}),
        compared=sum(item.candidates for item in criteria),
        same=sum(item.same for item in criteria),
        divergent=sum(item.divergent for item in criteria),
    )
    return overall, criteria, _deviations(session, shared.values())


def _criterion(
    session: MarkedSession, code: str, units: Sequence[Sequence[SharedMark]]
) -> CriterionAgreement:
    points = [[mark.points for mark in unit] for unit in units]
    return CriterionAgreement(
        of=session,
        criterion=code,
        candidates=len(units),
        same=sum(1 for unit in points if len(set(unit)) == 1),
        divergent=sum(1 for unit in units if (code, unit[0].candidate) in session.divergent),
        widest=max(max(unit) - min(unit) for unit in points),
        alpha=interval_alpha(points) if len(units) >= LEAST_FOR_COEFFICIENT else None,
    )


def interval_alpha(units: Iterable[Sequence[Fraction]]) -> Fraction | None:
    """Return Krippendorff's alpha for interval data; None where every value is the same.

    Args:
        units: the values that each unit was given; a single one pairs with nothing.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    if not values or _squares(values) == 0:
        return None
    observed = sum((_squares(unit) / (len(unit) - 1) for unit in pairable), Fraction(0))
    expected = _squares(values) / (len(values) - 1)
    return 1 - observed / expected


def _squares(values: Sequence[Fraction]) -> Fraction:
    """Return the sum of the squared differences of all ordered pairs."""
    total = sum(values, Fraction(0))
    squares = sum((value * value for value in values), Fraction(0))
    return 2 * (len(values) * squares - total * total)


def _deviations(
    session: MarkedSession, shared: Iterable[Sequence[SharedMark]]
) -> list[JurorDeviation]:
    gaps: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for marks in shared:
        extent = marks[0].extent
        if session.scales > 1 and not extent:
            continue
        total = sum((mark.points for mark in marks), Fraction(0))
        for mark in marks:
            others = (total - mark.points) / (len(marks) - 1)
            gap = mark.points - others
            scaled = gap / extent if session.scales > 1 and extent else gap
            gaps[mark.juror][mark.candidate].append(scaled)
    return [
        _deviation(session, juror, [sum(found, Fraction(0)) / len(found) for found in each])
        for juror, each in ((juror, list(found.values())) for juror, found in gaps.items())
    ]


def _deviation(session: MarkedSession, juror: str, means: Sequence[Fraction]) -> JurorDeviation:
    above, below = sum(1 for item in means if item > 0), sum(1 for item in means if item < 0)
    count = len(means)
    return JurorDeviation(
        of=session,
        juror=juror,
        candidates=count,
        mean=sum(means, Fraction(0)) / count,
        above=above,
        below=below,
        flagged=count >= LEAST_FLAGGED and count - max(above, below) <= count // OTHERWISE,
    )


def read_again(criteria: Iterable[CriterionAgreement]) -> list[CriterionAgreement]:
    """Return the criteria on which jurors part most, those that part the most candidates first."""
    parted = [item for item in criteria if item.same < item.candidates]
    ordered = sorted(
        parted,
        key=lambda item: (
            item.same - item.candidates,
            Fraction(item.same, item.candidates),
            item.criterion,
        ),
    )
    return ordered[:MOST_READ_AGAIN]
