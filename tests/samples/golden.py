"""Writes the golden answers beside the samples: `python -m tests.samples.golden`, after a look at what changed.

A golden plan is a proven optimum without its seconds; a portfolio that cannot be planned has its ranking instead.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portfolio import engine

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("first-steps", "scores-only", "retail-bank", "hospital-services", "rail-product")


def answer(name: str) -> dict[str, Any]:
    """What the engine says today about one sample."""
    loaded = engine.load(SAMPLES / name / "portfolio.xlsx")
    if not loaded.ready.can_plan:
        return engine.rank(loaded).as_json()
    found = engine.plan(loaded, gap=0, time_limit=300).as_json()
    del found["outcome"]["seconds"]
    return found


def golden(name: str) -> dict[str, Any]:
    """What was written down."""
    found: dict[str, Any] = json.loads((SAMPLES / name / "golden.json").read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Writes all of them."""
    for name in NAMES:
        text = json.dumps(answer(name), indent=1, ensure_ascii=False, default=float)
        (SAMPLES / name / "golden.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
