"""Twenty portfolios of different kinds for comparing solvers: what is tight, what is many, what follows what.

    python families.py FOLDER

writes them as JSON. Each kind changes one thing of what `generate.py` makes; standard library only, always the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from generate import generate

Raw = dict[str, Any]


def plain(raw: Raw) -> None:
    """As generated."""


def many_shares(raw: Raw) -> None:
    """A floor or a ceiling of what is selected for each theme, in each budget period."""
    themes = dict.fromkeys(epic["theme"] for epic in raw["epics"])
    raw["guardrails"] += [
        {"name": f"Share of {theme}", "measure": "effort", "where": {"theme": [theme]}, "per": ["budget period"],
         "at_most": 0.4, "of": "selected", "enforce": "hard"}
        for theme in themes
    ]  # fmt: skip


def no_shares(raw: Raw) -> None:
    """Nothing but capacity, budgets, WIP limits and dependencies."""
    raw["guardrails"] = []


def chains(raw: Raw) -> None:
    """Each third epic waits for the one before it, and that one for the one before."""
    there = {(link["predecessor"], link["successor"]) for link in raw["dependencies"]}
    backwards = {(second, first) for first, second in there}
    names = [epic["id"] for epic in raw["epics"]]
    short = {epic["id"] for epic in raw["epics"] if epic["min_periods"] <= 2}
    for first, second in pairwise(names):
        follows = names.index(second) % 3 and {first, second} <= short
        if follows and (first, second) not in there | backwards:
            raw["dependencies"].append(
                {"predecessor": first, "successor": second, "type": "finish to start", "lag_periods": 0}
            )
    order = {name: place for place, name in enumerate(names)}
    raw["dependencies"] = [
        link for link in raw["dependencies"] if order[link["predecessor"]] < order[link["successor"]]
    ]


def soft_limits(raw: Raw) -> None:
    """Shares may be broken at a price."""
    worth = sum(epic["benefit_per_week"] for epic in raw["epics"]) / len(raw["epics"])
    for guardrail in raw["guardrails"]:
        guardrail.update(enforce="soft", price=round(worth / 100, 4))


KINDS: dict[str, tuple[int, int, float, Callable[[Raw], None]]] = {
    "tight": (50, 6, 0.3, plain),
    "loose": (50, 6, 0.7, plain),
    "usual": (50, 6, 0.45, plain),
    "many shares": (45, 6, 0.45, many_shares),
    "no shares": (50, 6, 0.45, no_shares),
    "chains": (50, 6, 0.45, chains),
    "soft limits": (45, 6, 0.45, soft_limits),
    "many epics": (65, 5, 0.4, plain),
    "many periods": (40, 8, 0.45, plain),
    "few epics": (30, 6, 0.45, plain),
}
"""Epics, periods, capacity as a share of the demand, and what is changed, of each kind."""
SEEDS = (101, 102)


def families() -> dict[str, Raw]:
    """Every portfolio by its name: two of each kind."""
    made = {}
    for kind, (epics, periods, load, change) in KINDS.items():
        for seed in SEEDS:
            raw = generate(epics, periods, seed, load)
            change(raw)
            made[f"{kind} {seed}"] = raw
    return made


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in families().items():
        (folder / f"{name}.json").write_text(json.dumps(raw, indent=1), encoding="utf-8")
