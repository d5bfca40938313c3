"""What lifelines says of stored random data with late entry, recorded so that suites without it compare all the same.

    python -m tests.measures.lifelines_answers    # asks lifelines (extra `survival`) about data that it draws, and writes lifelines.json

The library asks for an older pandas than the product uses, so most suites cannot have it; they read what it said.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("lifelines.json")
Case = dict[str, Any]
KINDS = {
    "half enter late": (120, 0.5, 0.7),
    "all seen from the beginning": (80, 0.0, 0.8),
    "most still open": (80, 0.4, 0.2),
    "none open": (60, 0.6, 1.0),
    "few, with many of one time": (24, 0.5, 0.6),
    "all enter late": (60, 1.0, 0.7),
}
"""How many things there are, the share that enters late, and the share that is over."""


def drawn(name: str, seed: int) -> Case:
    """Random things: the age at which each is seen first, the one that it reached, and whether it was over then."""
    count, late, over = KINDS[name]
    chance = np.random.default_rng(seed)
    entry = np.where(chance.random(count) < late, chance.integers(1, 40, count), 0)
    longest = 12 if count < 30 else 90
    reached = entry + chance.integers(1, longest, count)
    return {
        "name": name,
        "entry": entry.tolist(),
        "reached": reached.tolist(),
        "over": (chance.random(count) < over).tolist(),
    }


def answered(case: Case) -> Case:
    """The same with what lifelines says: the share that takes longer than each time, and percentiles; null where it names none."""
    from lifelines import KaplanMeierFitter

    over, reached = np.array(case["over"]), np.array(case["reached"])
    known = KaplanMeierFitter().fit(reached, over, entry=np.array(case["entry"]))
    times = sorted({int(time) for time in reached[over]})
    found = [float(known.percentile(1 - share)) for share in (0.5, 0.85)]
    shares = [float(share) for share in known.predict(times)]
    return {**case, "times": times, "share": shares, **{
        name: None if math.isinf(value) else value for name, value in zip(("p50", "p85"), found, strict=True)
    }}  # fmt: skip


def recorded() -> list[Case]:
    """The stored data with their answers."""
    cases: list[Case] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
    return cases


def main() -> None:
    """Asks and writes."""
    import lifelines

    cases = [answered(drawn(name, seed)) for seed, name in enumerate(KINDS)]
    lines = ",\n".join(f"  {json.dumps(case)}" for case in cases)
    FILE.write_text(f'{{"lifelines": "{lifelines.__version__}", "cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
