"""Work over an existing Dask cluster of two processes, and all that may be wrong with one."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import dask
import pytest
from clusters import running
from distributed import Client
from shares_world import double, fail, numbers, who

from sheetgen.processes.cluster import open_cluster
from sheetgen.processes.executing import WorkersLostError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from distributed import LocalCluster

    from sheetgen.problems import Problem


@pytest.fixture(scope="module")
def empty() -> Iterator[LocalCluster]:
    """A scheduler without a worker."""
    with running(0) as made:
        yield made


def refusal(address: str, folder: Path) -> Problem:
    """Return what is said of a cluster that cannot be used."""
    with pytest.raises(WorkersLostError) as lost, open_cluster(address, folder):
        pass
    return lost.value.problem


def die(share: Sequence[int]) -> Iterator[int]:
    """Ends its process, and that which takes its place."""
    yield from share
    os._exit(1)


def test_results_come_in_order(cluster: LocalCluster, tmp_path: Path) -> None:
    """A hundred numbers are doubled by both workers, as one process would."""
    with open_cluster(cluster.scheduler_address, tmp_path) as workers:
        done = list(workers.run(double, numbers(range(100), 100)))
        processes = set(workers.run(who, numbers(range(100), 100)))
    assert done == [2 * number for number in range(100)]
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert list(tmp_path.iterdir()) == []


def test_what_fails_over_there_is_a_problem(cluster: LocalCluster, tmp_path: Path) -> None:
    """A worker of another version may not understand the work."""
    with (
        pytest.raises(WorkersLostError) as lost,
        open_cluster(cluster.scheduler_address, tmp_path) as workers,
    ):
        list(workers.run(fail, numbers([1], 1)))
    problem = lost.value.problem
    assert problem.code == "share-failed"
    assert problem.location.file == cluster.scheduler_address
    assert "AttributeError : no such attribute" in problem.message


def test_workers_that_die_are_a_problem(cluster: LocalCluster, tmp_path: Path) -> None:
    """Once Dask has started them again as often as it cares to."""
    with (
        pytest.raises(WorkersLostError) as lost,
        open_cluster(cluster.scheduler_address, tmp_path) as workers,
    ):
        list(workers.run(die, numbers([1], 1)))
    assert lost.value.problem.code == "worker-lost"
    # The tests that follow have the same cluster: they begin once it is whole again.
    with Client(cluster.scheduler_address) as client:
        client.wait_for_workers(2, timeout=60)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("tcp://127.0.0.1:9", "il n'y a pas de réponse"),
        ("foo://127.0.0.1:8786", "ce n'est pas une adresse"),
        ("tcp://", "ce n'est pas une adresse"),
    ],
)
def test_an_address_where_nobody_answers_is_said(address: str, reason: str, tmp_path: Path) -> None:
    """After Dask's time-out, in French."""
    problem = refusal(address, tmp_path)
    assert problem.code == "scheduler-unreachable"
    assert problem.message == (
        f"Aucun ordonnanceur Dask ne peut être joint à l'adresse {address} : {reason}."
    )


def test_a_cluster_without_workers_is_said(empty: LocalCluster, tmp_path: Path) -> None:
    """With what to run to get some; a busy machine takes longer to reach its scheduler."""
    for seconds in (1, 5, 25):
        with dask.config.set({"distributed.comm.timeouts.connect": f"{seconds}s"}):
            problem = refusal(empty.scheduler_address, tmp_path)
        if problem.code != "scheduler-unreachable":
            break
    assert problem.code == "cluster-empty"
    assert f"« dask worker {empty.scheduler_address} »" in problem.hint


def test_a_scheduler_that_goes_is_said(tmp_path: Path) -> None:
    """In the middle of endless work: nobody waits for it."""
    with running(1) as leaving, open_cluster(leaving.scheduler_address, tmp_path) as workers:
        done = workers.run(double, numbers(count(), 1_000, sizes=(1, 1)))
        assert next(done) == 0
        leaving.close()
        with pytest.raises(WorkersLostError) as lost:
            list(done)
    assert lost.value.problem.code == "scheduler-unreachable"
    assert "il a cessé de répondre" in lost.value.problem.message


def test_a_worker_of_another_version_is_refused(empty: LocalCluster, tmp_path: Path) -> None:
    """It might write other files: nothing is given to it."""
    old = tmp_path / "old" / "sheetgen-0.0.1.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: sheetgen\nVersion: 0.0.1\n")
    command = [sys.executable, "-m", "distributed.cli.dask_worker", empty.scheduler_address]
    options = ["--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    worker = subprocess.Popen(
        [*command, *options],
        env={**os.environ, "PYTHONPATH": str(old.parent)},
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    try:
        problem = refusal(empty.scheduler_address, tmp_path)
    finally:
        worker.terminate()
        worker.wait()
    assert problem.code == "worker-version"
    assert " a sheetgen 0.0.1, et non " in problem.message


@pytest.mark.linux
def test_a_worker_that_does_not_see_the_folder_is_refused(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    """Here it is a path that means something to this process alone."""
    opened = os.open(tmp_path, os.O_RDONLY)
    try:
        problem = refusal(cluster.scheduler_address, Path(f"/proc/self/fd/{opened}"))
    finally:
        os.close(opened)
    assert problem.code == "worker-blind"
    assert f"ne voit pas le dossier /proc/self/fd/{opened}." in problem.message
    assert list(tmp_path.iterdir()) == []
