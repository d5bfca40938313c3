"""How long explanations and prices take: one epic in full, and every rule and unit, on a sample or any portfolio.

    python benchmarks/prices.py samples/retail-bank/portfolio.xlsx --epic RB-108 --seconds 60 300

Prints wall and processor seconds, how many prices are one figure, and how much the others leave open.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from portfolio import engine


def main() -> None:
    """Prints a line for each question and time limit."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("file", type=Path, nargs="?", default=Path("samples/retail-bank/portfolio.xlsx"))
    ask.add_argument("--epic", nargs="*", default=[])
    ask.add_argument("--seconds", type=float, nargs="+", default=[60])
    ask.add_argument("--gap", type=float, default=0.0)
    ask.add_argument("--from", dest="start", type=Path)
    given = ask.parse_args()
    loaded = engine.load(given.file)
    start = None if given.start is None else engine.previous_plan(given.start, loaded)
    for seconds in given.seconds:
        for epic in given.epic:
            wall, work = time.monotonic(), time.process_time()
            (found,) = engine.explain(loaded, [epic], given.gap, seconds, start=start).epics
            wall, work = time.monotonic() - wall, time.process_time() - work
            cost = f"{found.cost_at_least} to {found.cost_at_most}, {len(found.ways_in)} ways in, all tried: {found.all_tried}"
            print(f"explain {epic}, limit {seconds:g} s: {wall:.1f} s, {work:.1f} s of processor; {cost}", flush=True)
        wall, work = time.monotonic(), time.process_time()
        prices = engine.prices(loaded, given.gap, seconds, start=start)
        wall, work = time.monotonic() - wall, time.process_time() - work
        lines = [*prices.rules, *prices.units]
        known = sum(line.known for line in lines)
        width = max(
            (line.at_most - line.at_least for line in lines if line.at_least is not None and line.at_most is not None),
            default=0.0,
        )
        print(
            f"prices, limit {seconds:g} s: {wall:.1f} s, {work:.1f} s of processor; plan {prices.outcome.claim}, "
            f"gap {prices.outcome.gap or 0:.2%}; {known} of {len(lines)} are one figure, the others leave {width:,.0f} "
            f"{prices.unit} open at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
