"""A workbook is read the same after whatever else the process read before."""

from __future__ import annotations

from random import Random

import pytest
from spreadsheet import afresh, patchwork

from sheetgen.spreadsheet import Scope, known_cells, known_pieces


@pytest.fixture(params=["usual", "small"])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave as much room as ever, or so little that all is forgotten every few workbooks."""
    monkeypatch.setattr(known_pieces, "_ENOUGH_TO_TELL", 10**9)
    if request.param == "small":
        monkeypatch.setattr(known_pieces, "_MOST_BYTES", 30_000)
        monkeypatch.setattr(known_pieces, "_MOST_BEGINNINGS", 5)
        monkeypatch.setattr(known_pieces, "_LONG_RUN", 2)
        monkeypatch.setattr(known_cells, "_MOST_BYTES", 20_000)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("count", [50, pytest.param(1_000, marks=pytest.mark.deep)])
def test_a_workbook_is_read_and_refused_as_if_it_was_the_first(count: int) -> None:
    """To the letter; and what a process reads that cuts no part, if it has a reason to refuse."""
    chance = Random(count)  # noqa: S311 - chosen for being repeatable
    met: list[tuple[bytes, Scope]] = []
    for number in range(count):
        met.append((patchwork.patchwork(chance, number // 50), chance.choice(afresh.SCOPES)))
        met.append((chance.choice(met[-100:])[0], chance.choice(afresh.SCOPES)))
    outcomes = [afresh.told(*one) for one in met]
    for number, (one, told) in enumerate(zip(met, outcomes, strict=True)):
        assert told == afresh.told_afresh(*one), number
        uncut = afresh.told_uncut(*one)
        # Of two reasons to refuse it, another may be found first.
        assert uncut == told or (afresh.is_refusal(uncut) and afresh.is_refusal(told)), number
    assert count < 3 * sum(not afresh.is_refusal(told) for told in outcomes)
