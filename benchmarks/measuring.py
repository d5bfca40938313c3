"""How long it takes to read and measure a million changes of state, and how much memory that needs.

    python benchmarks/measuring.py [changes] [written]

The history is made up: epics go through six states over three years, a tenth goes back once, a third is still open. `written` says how
its moments are, as for strftime: '%Y-%m-%d' without it, '%Y-%m-%dT%H:%M:%S+0100' or '%m/%d/%Y %I:%M:%S %p' for moments that are all different. Time is
that of the processor for `flow FILE --json`, without the start of Python; memory is the most that the process held.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from portfolio import engine

STATES = ("Funnel", "Analyzing", "Ready", "Implementing", "Testing", "Done")
FIRST, DAYS = datetime(2024, 1, 1), 1096


def history(path: Path, changes: int, written: str = "%Y-%m-%d") -> None:
    """Writes a history with so many changes of state, its moments in one way."""
    random = np.random.default_rng(1)
    steps = len(STATES)
    epics = changes // steps
    begins = random.integers(0, DAYS - 60, epics)
    waits = random.geometric(1 / 25, (epics, steps)).cumsum(axis=1) + begins[:, None]
    order = np.tile(np.arange(steps), (epics, 1))
    back = random.random(epics) < 0.1
    order[back, 4] = 1
    with path.open("w", encoding="utf-8") as file:
        file.write("Epic,State,Entered,Value stream,Type,Assignee\n")
        for epic in range(epics):
            stream, kind = epic % 8, "Business" if epic % 3 else "Enabler"
            for step in range(steps):
                day = int(waits[epic, step])
                if day < DAYS:
                    entered = FIRST + timedelta(days=day, seconds=epic * 37 % 86_400)
                    file.write(
                        f"E{epic},{STATES[order[epic, step]]},{entered.strftime(written)},VS{stream},{kind},Q. Smith\n"
                    )


def main() -> None:
    """Prints the figures."""
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.csv"
        history(path, int(changes * 1.3), *sys.argv[2:3])
        engine.is_history(path)
        began = time.process_time()
        found = engine.flow(history=[path], as_of=date(2026, 12, 31), per="month")
        found.as_json()
        took = time.process_time() - began
        rows = sum(1 for _ in path.open(encoding="utf-8")) - 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    done = found.lead_times[0]
    print(f"{rows:,} changes of state, {done.finished:,} finished, {done.open:,} open: {took:.1f} s, {peak:,.0f} MB")


if __name__ == "__main__":
    main()
