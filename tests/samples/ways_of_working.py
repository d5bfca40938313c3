"""Writes the golden answers of samples/ways-of-working: `python -m tests.samples.ways_of_working`, after a look at what changed.

For each model the whole answer without its seconds; a plan is a proven optimum, or what was chosen with its price.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portfolio import engine
from portfolio.storage.read_model import model_names

FOLDER = Path(__file__).parents[2] / "samples" / "ways-of-working"


def answer(name: str) -> dict[str, Any]:
    """What the engine says today in one way of working."""
    found = engine.plan(engine.load(FOLDER / f"{name}.json"), gap=0, time_limit=300).as_json()
    del found["outcome"]["seconds"]
    return found


def golden() -> dict[str, dict[str, Any]]:
    """What was written down, by model."""
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / "golden.json").read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Writes all of them."""
    text = json.dumps({name: answer(name) for name in model_names()}, indent=1, ensure_ascii=False, default=float)
    (FOLDER / "golden.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
