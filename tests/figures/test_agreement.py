"""Agreement of jurors: counts, flags and the coefficient, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from sheetgen.figures import MarkedSession, SharedMark, tables_of_agreement
from sheetgen.figures.agreement import compare_jurors, interval_alpha, read_again


def _session(
    *marks: tuple[str, str, str, float], extents: dict[str, int] | None = None, scales: int = 1
) -> MarkedSession:
    """A session of marks: candidate, criterion, juror, points."""
    return MarkedSession(
        certification="RNCP1",
        session="S",
        session_date="2026-06-15",
        marks=tuple(
            SharedMark(
                candidate=candidate,
                criterion=criterion,
                juror=juror,
                points=Fraction(str(points)),
                extent=Fraction(extents[criterion]) if extents and criterion in extents else None,
            )
            for candidate, criterion, juror, points in marks
        ),
        jurors={},
        divergent=frozenset({("K1", "C1")}),
        scales=scales,
    )


def test_counts_stand_beside_what_they_are_out_of() -> None:
    """Three candidates, of whom the third has one juror alone: nothing is compared there."""
    overall, criteria, jurors = compare_jurors(
        _session(
            *(("C1", "K1", "J1", 2), ("C1", "K1", "J2", 0)),
            *(("C2", "K1", "J1", 1), ("C2", "K1", "J2", 1)),
            *(("C1", "K2", "J1", 2), ("C1", "K2", "J2", 2)),
            ("C3", "K1", "J1", 0),
        )
    )
    assert (overall.candidates, overall.compared, overall.same, overall.divergent) == (2, 3, 2, 1)
    (worst,) = read_again(criteria)
    assert (worst.criterion, worst.candidates, worst.same) == ("K1", 2, 1)
    assert worst.widest == 2
    assert worst.alpha is None
    first, second = jurors
    # C1: (2 + 0) / 2 criteria = 1; C2: 0. The mean of both is a half.
    assert (first.candidates, first.mean, first.above, first.below) == (2, Fraction(1, 2), 1, 0)
    assert (second.mean, second.above, second.below) == (Fraction(-1, 2), 0, 1)
    assert not first.flagged


def _beside(*gaps: int) -> tuple[bool, bool]:
    """Return whether J1, so many points above J2 for each candidate, is flagged, and J2."""
    marks = [
        (f"C{number}", "K1", juror, points)
        for number, gap in enumerate(gaps)
        for juror, points in (("J1", 10 + gap), ("J2", 10))
    ]
    first, second = compare_jurors(_session(*marks))[2]
    return first.flagged, second.flagged


def test_a_juror_is_flagged_only_where_nearly_all_say_the_same() -> None:
    """Six of six, nine of ten; not five of five, nor eight of nine, nor where one is equal."""
    assert _beside(1, 1, 1, 1, 1, 1) == (True, True)
    assert _beside(*[-2] * 9, 1) == (True, True)
    assert _beside(9, 9, 9, 9, 9) == (False, False)
    assert _beside(*[1] * 8, -1) == (False, False)
    assert _beside(1, 1, 1, 1, 1, 0) == (False, False)
    assert _beside(*[1] * 18, -1, -1) == (True, True)
    assert _beside(*[1] * 17, -1, -1, -1) == (False, False)


def test_several_scales_are_shares_of_each() -> None:
    """2 of 8 and 5 of 10 are 25 % and 50 %; a scale of unknown length is left out."""
    (first, _) = compare_jurors(
        _session(
            *(("C1", "K1", "J1", 4), ("C1", "K1", "J2", 2)),
            *(("C1", "K2", "J1", 10), ("C1", "K2", "J2", 5)),
            *(("C1", "K3", "J1", 20), ("C1", "K3", "J2", 0)),
            extents={"K1": 8, "K2": 10},
            scales=3,
        )
    )[2]
    assert first.mean == Fraction(3, 8)


def test_the_coefficient_is_krippendorffs() -> None:
    """His own example (2011): four observers, twelve units, interval data, 0.849."""
    observers = (
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    columns = zip(*(line.split() for line in observers), strict=True)
    units = [[Fraction(value) for value in column if value != "."] for column in columns]
    alpha = interval_alpha(units)
    assert alpha is not None
    assert round(float(alpha), 3) == 0.849
    assert interval_alpha([[Fraction(1), Fraction(1)]] * 30) is None


def test_no_coefficient_under_twenty_candidates() -> None:
    """Nineteen have none, twenty have one."""
    for count, given in ((19, False), (20, True)):
        marks = [
            (f"C{number}", "K1", juror, (number + (juror == "J2")) % 3)
            for number in range(count)
            for juror in ("J1", "J2")
        ]
        (found,) = compare_jurors(_session(*marks))[1]
        assert (found.alpha is not None) == given


def test_where_nobody_is_shared_nothing_is_said() -> None:
    """One juror a candidate: the tables of criteria and jurors have no row."""
    _, criteria, jurors = tables_of_agreement([_session(("C1", "K1", "J1", 2))])
    assert (criteria.rows, jurors.rows) == ((), ())
    assert "rien à comparer" in jurors.empty
