"""What a Dask cluster costs beside two processes of this machine, for questions of half a second.

    python benchmarks/cluster.py [questions]

Each question takes half a second of processor time and comes with a portfolio's worth of data. Counted is the processor
time of every process that has a part in it: of the cluster the scheduler, both workers and this process, without their
start. Scheduler and workers take a little time whatever they do; on a busy machine all lasts longer, so that this standby,
measured for a few seconds in which nothing is asked, is counted for as long as the questions would take on an idle one.
Efficiency is what two local processes take as a share of the cluster's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from portfolio.optimizer.execution.workers import Workers

SECONDS = 0.5
"""Processor time of a question."""
BYTES = 300_000
"""What a portfolio of 200 epics takes when it is sent."""
STANDBY = 5.0
"""Seconds in which nothing is asked."""


@dataclass(frozen=True)
class Busy:
    """Work that takes half a second of its thread's processor time, and gives back what is known by then."""

    data: bytes

    def __call__(self, question: int) -> int:
        """The answer to a question."""
        ends, found = time.thread_time() + SECONDS, question
        while time.thread_time() < ends:
            found = (found * 1_103_515_245 + len(self.data)) % 2_147_483_648
        return question


def taken(processes: Sequence[int]) -> float:
    """Processor time of some processes until now."""
    times = [psutil.Process(process).cpu_times() for process in processes]
    return sum(one.user + one.system for one in times)


def here(work: Busy, questions: int) -> tuple[float, float]:
    """Two local processes: processor time and seconds."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(work, range(4)))
        processes = [os.getpid(), *(child.pid for child in psutil.Process().children())]
        before, began = taken(processes), time.perf_counter()
        list(pool.map(work, range(questions)))
        return taken(processes) - before, time.perf_counter() - began


@dataclass(frozen=True)
class Spent:
    """What a cluster took: processor time of all and of this process, how long it took, and its standby for each second."""

    all: float
    own: float
    long: float
    standby: float

    def when_idle(self, questions: int) -> float:
        """What it takes on a machine that has nothing else to do."""
        asked = questions * SECONDS
        beyond = self.all - asked
        lasting = max(self.own, beyond - self.standby * self.long)
        return asked + lasting + self.standby * asked / 2


def there(work: Busy, questions: int, folder: Path) -> Spent:
    """A scheduler with two workers, the work sent along and unpacked while it is measured."""
    file = folder / "scheduler.json"
    paths = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": paths}
    dask = [sys.executable, "-m", "dask"]
    own = ["--scheduler-file", str(file)]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", *own]
    worker = [
        *dask,
        "worker",
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--local-directory",
        str(folder),
        *own,
    ]
    started = [subprocess.Popen(scheduler, env=environment, stderr=subprocess.DEVNULL)]
    try:
        while not file.exists():
            time.sleep(0.05)
        started += [subprocess.Popen(worker, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
        workers = Workers(cluster=str(file))
        with workers.open():
            while workers.at_once < 2:
                time.sleep(0.05)
            list(workers.each(Busy(b""), range(4)))
            processes = [os.getpid(), *(process.pid for process in started)]
            before, own, began = taken(processes), taken(processes[:1]), time.perf_counter()
            assert list(workers.each(work, range(questions))) == list(range(questions))
            long, after = time.perf_counter() - began, taken(processes)
            alone = taken(processes[:1]) - own
            began = time.perf_counter()
            time.sleep(STANDBY)
            return Spent(after - before, alone, long, (taken(processes) - after) / (time.perf_counter() - began))
    finally:
        for process in started:
            process.kill()
            process.wait()


def main() -> None:
    """Prints the figures."""
    questions = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    work = Busy(os.urandom(BYTES))
    with tempfile.TemporaryDirectory() as folder:
        spent = there(work, questions, Path(folder))
    alone, lasted = here(work, questions)
    print(
        f"{questions} questions of {SECONDS} s; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"two local processes: {alone:.1f} s of processor time, {lasted:.1f} s long")
    print(
        f"Dask, two workers:   {spent.all:.1f} s of processor time, {spent.long:.1f} s long, standby {spent.standby:.1%}"
    )
    idle = spent.when_idle(questions)
    print(f"efficiency {alone / spent.all:.1%} as measured, {alone / idle:.1%} on an idle machine ({idle:.1f} s)")


if __name__ == "__main__":
    from cluster import main as measure  # the workers know this file by its name only

    measure()
