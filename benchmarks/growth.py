"""How cost grows with epics, periods and value streams: one line for each size, in a process of its own.

    python benchmarks/growth.py 50x6 200x8 1000x12 5000x12

Prints options, entries of the program, seconds to make it, seconds to the first plan that keeps every guardrail, moves a
second, seconds to solve the relaxation once, and the peak of memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from plans import problem

from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.optimizer.search import Search, prepare
from portfolio.optimizer.search.search import OPENING_STEPS, STEP
from portfolio.optimizer.solver import Relaxation


def measure(size: str) -> None:
    """Prints one line."""
    epics, periods = (int(number) for number in size.split("x"))
    prepare()
    asked = problem(epics, periods, 1)
    began = time.monotonic()
    formulation = asked.formulation()
    formulated = time.monotonic() - began
    first: list[float] = []
    began = time.monotonic()
    search = Search(formulation, on_improvement=lambda *_: first.append(time.monotonic() - began))
    opened = time.monotonic()
    search.open(opened + 600, CancelToken())
    moves = OPENING_STEPS * STEP / (time.monotonic() - opened)
    began = time.monotonic()
    Relaxation(formulation, CancelToken()).solve(began + 600)
    relaxed = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    streams = len(asked.portfolio.value_streams)
    print(
        f"{size:>8} {streams:8} {len(formulation.options):8,} {len(formulation.column):10,} {formulated:8.2f} s"
        f" {first[0]:8.2f} s {moves:8,.0f} {relaxed:8.1f} s {memory:6.2f} GB",
        flush=True,
    )


def main() -> None:
    """Measures each size in a process of its own, so that memory is its own too."""
    if sys.argv[1] == "--one":
        measure(sys.argv[2])
        return
    print("    size  streams  options    entries  formulated  first plan  moves/s  relaxed   memory", flush=True)
    for size in sys.argv[1:]:
        subprocess.run([sys.executable, __file__, "--one", size], check=True)


if __name__ == "__main__":
    main()
