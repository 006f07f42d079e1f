"""Work in shares: the same results in the same order, whoever does it, and no hang when they go."""

from __future__ import annotations

import os
import time
from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING

import pytest
from shares_world import Errand, die_at_seven, double, leave, numbers, where_it_works, who

from sheetgen.processes import Work
from sheetgen.processes.executing import Workers, WorkersLostError, meanwhile, open_processes

if TYPE_CHECKING:
    from pathlib import Path


def test_results_come_in_order_whoever_works() -> None:
    """A hundred numbers doubled here are those doubled by two processes."""
    expected = [2 * number for number in range(100)]
    assert list(Workers().run(double, numbers(range(100), 100))) == expected
    with open_processes(2, effort=60, where="outputs") as workers:
        assert list(workers.run(double, numbers(range(100), 100))) == expected


@pytest.mark.parametrize("copied", [True, False])
def test_two_processes_share_the_work(*, copied: bool) -> None:
    """Neither is this one, copies of it or not; one share is one process's."""
    with open_processes(2, effort=60, where="outputs", copied=copied) as workers:
        done = list(workers.run(who, numbers(range(100), 100, sizes=(1, 5))))
    assert os.getpid() not in done
    assert all(len(set(done[place : place + 5])) == 1 for place in range(0, 100, 5))


@pytest.mark.parametrize(
    ("jobs", "effort", "alone"), [(1, 3600.0, True), (8, 1.9, True), (8, 2.1, False)]
)
def test_processes_are_started_where_they_are_worth_it(
    jobs: int, effort: float, *, alone: bool
) -> None:
    """One second of work each, at least."""
    with open_processes(jobs, effort=effort, where="outputs") as workers:
        done = list(workers.run(who, numbers(range(4), 4)))
    assert (set(done) == {os.getpid()}) == alone


def test_nothing_to_do_is_done() -> None:
    """No share, no result."""
    with open_processes(2, effort=60, where="outputs") as workers:
        assert list(workers.run(double, numbers([], 0))) == []


@pytest.mark.parametrize(
    ("items", "workers", "bounds", "sizes"),
    [
        (10, 1, (1, 100), [10]),
        (10, 1, (1, 4), [4, 4, 2]),
        (80, 2, (1, 100), [5] * 16),
        (161, 2, (1, 100), [11] * 14 + [7]),
        (80, 2, (20, 100), [20] * 4),
        (80, 2, (60, 100), [40] * 2),
        (100, 2, (20, 100), [25] * 4),
        (130, 2, (20, 100), [22] * 5 + [20]),
        (3, 2, (1, 100), [2, 1]),
        (800, 2, (1, 30), [30] * 26 + [20]),
    ],
)
def test_shares_are_few_and_bounded(
    items: int, workers: int, bounds: tuple[int, int], sizes: list[int]
) -> None:
    """Eight for each worker, fewer where they would be too small, more where too large."""
    shares = list(numbers(range(items), items, bounds).shares(workers))
    assert [len(share) for share in shares] == sizes
    assert [number for share in shares for number in share] == list(range(items))


def test_items_are_read_as_they_are_needed() -> None:
    """So that a session need not be in memory: here it has no end."""
    with open_processes(2, effort=60, where="outputs") as workers:
        done = workers.run(double, numbers(count(), 1_000, sizes=(1, 10)))
        assert list(islice(done, 25)) == [2 * number for number in range(25)]
        done.close()


def test_others_begin_before_they_are_asked(tmp_path: Path) -> None:
    """So that this process does something else meanwhile; where that fails, few go on."""
    work = Work(
        items=range(100),
        count=100,
        share=lambda some: Errand(numbers=some, folder=tmp_path),
        sizes=(1, 1),
    )

    def fail_meanwhile() -> None:
        with open_processes(2, effort=60, where="outputs") as workers:
            running = workers.run(leave, work)
            while not list(tmp_path.iterdir()):
                time.sleep(0.01)
            assert next(running) == 0
            message = "meanwhile"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="meanwhile"):
        fail_meanwhile()
    assert len(list(tmp_path.iterdir())) < 10


@pytest.mark.posix
def test_a_process_that_dies_is_a_problem() -> None:
    """What was done before is kept; nobody waits for what was not."""
    done: list[int] = []
    with (
        pytest.raises(WorkersLostError) as lost,
        open_processes(2, effort=60, where="outputs/JUIN") as workers,
    ):
        done.extend(workers.run(die_at_seven, numbers(range(100), 100, sizes=(1, 5))))
    assert done == list(range(len(done)))
    assert lost.value.problem.code == "worker-lost"
    assert lost.value.problem.location.file == "outputs/JUIN"
    assert "arrêté brutalement" in lost.value.problem.message


@pytest.mark.parametrize("apart", [True, False])
def test_another_process_does_a_task_meanwhile(*, apart: bool) -> None:
    """Where it is asked to; otherwise this one does, as the result is asked for."""
    with meanwhile(os.getpid, apart=apart) as result:
        assert (result() == os.getpid()) == (not apart)


@pytest.mark.parametrize("killed", [False, pytest.param(True, marks=pytest.mark.posix)])
def test_a_task_that_fails_elsewhere_is_done_here(*, killed: bool) -> None:
    """Whatever happened over there, who waits for it gets it, or sees what is wrong."""
    with meanwhile(partial(where_it_works, os.getpid(), killed=killed), apart=True) as result:
        assert result() == os.getpid()
    with (
        pytest.raises(AttributeError),
        meanwhile(partial(where_it_works, 0, killed=False), apart=True) as result,
    ):
        result()


def test_a_task_may_be_larger_than_what_a_line_holds() -> None:
    """So may its result: a logo is, for example."""
    large = bytes(1_000_000)
    with meanwhile(partial(bytes.upper, large), apart=True) as result:
        assert result() == large


def test_nobody_waits_for_a_task_that_is_not_asked_for() -> None:
    """One that never ends, for example, when the command was interrupted."""
    with meanwhile(partial(time.sleep, 3600), apart=True):
        pass
