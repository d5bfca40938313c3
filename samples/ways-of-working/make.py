"""Writes one portfolio as fifteen ways of working would: eight epics of a city's libraries, in each model's own words.

The work and the capacity are the same in every file. What differs is what a way of working differs in: the words for
periods, types, states and classes of service, whether there are scores, money, an order, or choices that were made
already, whether one team does an item as a whole, and whether an item is done within a period. Nothing names a period
length: that is each model's own.

Run `python samples/ways-of-working/make.py`; it writes a JSON file for each model beside itself, the same bytes every time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EPICS = """
ID | Title                             | Halls | Online | Min | Max | Value | Time | Risk | Size | Money | Order
L1 | One card for all branches         | 4     | 8      | 1   | 2   | 8     | 5    | 8    | 8    | 6000  | 2
L2 | Reserve from home                 | -     | 10     | 1   | 2   | 13    | 8    | 3    | 5    | 9000  | 1
L3 | Open on Sundays                   | 12    | -      | 2   | 2   | 13    | 5    | 2    | 8    | 7000  | 4
L4 | What the new privacy law asks for | 2     | 4      | 1   | 1   | 3     | 13   | 5    | 1    | 2000  | 3
L5 | A reading room for children       | 8     | -      | 1   | 1   | 8     | 3    | 1    | 3    | 5000  | 6
L6 | Replace the old catalogue         | -     | 12     | 2   | 2   | 1     | 1    | 13   | 8    | 3000  | 8
L7 | A library van                     | 6     | 2      | 1   | 2   | 5     | 3    | 3    | 3    | 3500  | 7
L8 | Return books at any hour          | 5     | 3      | 1   | 1   | 5     | 5    | 1    | 3    | 4500  | 5
"""

BETS = {"L1": "Now", "L4": "Now", "L2": "Next", "L8": "Next", "*": "Later"}
BOARD = {"L4": "Committed", "L8": "Committed", "*": "Options"}
"""What is committed to already, and what is still a choice."""

BELIEFS = {
    "Data": "visits and loans of last year, {}",
    "Insight": "what readers said of it, {}",
    "Belief": "it brings readers, {}",
}
"""What a bet stands on; `{}` is the ID of the epic."""

MODELS: dict[str, dict[str, Any]] = {
    "safe": {"period": "PI", "gives": "scores", "types": ("Business", "Enabler"), "states": {"*": "Ready"}},
    "nexus": {"period": "Sprint", "gives": "order", "whole": True, "teams": 4, "slices": True, "outcomes": True},
    "less": {"period": "Sprint", "gives": "order", "whole": True, "teams": 4},
    "less-huge": {"period": "Sprint", "gives": "order", "whole": True, "teams": 5},
    "scrum-at-scale": {"period": "Sprint", "gives": "order", "whole": True, "teams": 5},
    "scrum-of-scrums": {"period": "Period", "gives": "order", "whole": True, "raised": "2026-11-23"},
    "spotify": {"period": "Quarter", "gives": "order", "states": BETS, "criteria": BELIEFS},
    "enterprise-scrum": {"period": "Cycle", "gives": "scores", "metric": "Value metric"},
    "disciplined-agile": {"period": "Period", "gives": "scores", "category": "Delivery"},
    "agile-portfolio-management": {
        "period": "Period",
        "gives": "scores",
        "outcomes": True,
        "metric": "Contribution to drivers",
    },
    "enterprise-kanban": {"period": "Period", "gives": "money", "classes": True, "states": BOARD},
    "flight-levels": {"period": "Period", "gives": "order", "whole": True, "levels": True},
    "rage": {"period": "Period", "gives": "both"},
    "cost-of-delay": {"period": "Period", "gives": "money"},
    "aligned-autonomy": {
        "period": "Period",
        "gives": "money",
        "whole": True,
        "starts": {"L4": 0, "L1": 1, "L5": 0, "L8": 1, "L7": 2},
        "outcomes": True,
    },
}
"""What each way of working says of the same epics."""
ENABLERS, LAW, EXPEDITE = {"L1", "L6"}, "L4", "L8"
DEADLINE_WEEK = 26
CAPACITY = 9
STREAMS = (("Halls", "Reading halls", 4000), ("Online", "Online library", 5000))
OUTCOMES = {
    "Halls": ("Open when people have time", "Visits after six and on Sundays", "visits a week", 400, 1500),
    "Online": ("One library, wherever you are", "Loans that begin online", "% of loans", 15, 40),
}
"""What the work of each value stream is for, where a way of working asks: objective, key result, measure, from, to."""
LEVELS: list[dict[str, Any]] = [
    {"id": "S1", "title": "Open when people have time", "level": "Flight Level 3"},
    {"id": "S2", "title": "One library, wherever you are", "level": "Flight Level 3"},
    {"id": "T1", "title": "Print the first thousand cards", "parent": "L1", "level": "Flight Level 1"},
    {"id": "T2", "title": "Find a driver", "parent": "L7", "level": "Flight Level 1"},
]
"""What stands above and below the work, where a way of working has levels."""


def rows() -> list[dict[str, Any]]:
    """The rows of the table, a `-` being blank."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in EPICS.strip().splitlines()]
    return [{name: _entry(cell) for name, cell in zip(heading, line, strict=True)} for line in lines]


def _entry(cell: str) -> Any:
    return None if cell == "-" else int(cell) if cell.isdigit() else cell


def effort(row: dict[str, Any], says: dict[str, Any]) -> dict[str, int]:
    """What an item needs of each value stream; where one team does an item as a whole, all of it where most of it is."""
    asked = {stream: row[stream] for stream in ("Halls", "Online") if row[stream]}
    return {max(asked, key=lambda stream: asked[stream]): sum(asked.values())} if "whole" in says else asked


def sliced(listed: list[dict[str, Any]], says: dict[str, Any]) -> list[dict[str, Any]]:
    """The same rows; where an item is done within one period, what is larger than a period's capacity is two of them."""
    if "slices" not in says:
        return listed
    found: list[dict[str, Any]] = []
    for row in listed:
        ((stream, units),) = effort(row, says).items()
        if units <= CAPACITY:
            found.append(row | {"Min": 1, "Max": 1})
            continue
        half = {"Halls": None, "Online": None, stream: units // 2, "Min": 1, "Max": 1}
        found += [row | half | {"ID": row["ID"] + part, "Title": f"{row['Title']}, {name} half"}
                  for part, name in (("a", "first"), ("b", "second"))]  # fmt: skip
    return found


def scores(row: dict[str, Any], says: dict[str, Any]) -> dict[str, Any]:
    """What speaks for an item in points: in the engine's own parts, or added up to the one metric of a way of working."""
    if says["gives"] not in {"scores", "both"}:
        return {}
    if "metric" in says:
        return {"criteria": {says["metric"]: row["Value"] + row["Time"] + row["Risk"]}, "job_size": row["Size"]}
    parts = {"user_business_value": row["Value"], "time_criticality": row["Time"], "rr_oe": row["Risk"]}
    return parts | {"job_size": row["Size"]}


def purpose(effort: dict[str, int], says: dict[str, Any]) -> dict[str, str]:
    """What an epic is for and part of, where a way of working asks: it follows from where most of its work is."""
    most = max(effort, key=lambda stream: effort[stream])
    found = {"parent": f"S{1 + (most == 'Online')}"} if "levels" in says else {}
    return found | ({"outcome": OUTCOMES[most][0]} if "outcomes" in says else {})


def epic(row: dict[str, Any], says: dict[str, Any], periods: list[str]) -> dict[str, Any]:
    """One epic as a way of working has it."""
    name = row["ID"]
    found: dict[str, Any] = {"id": name, "title": row["Title"]}
    found["effort"] = effort(row, says)
    found |= purpose(found["effort"], says)
    shortest = max([row["Min"], *(-(-units // CAPACITY) for units in found["effort"].values() if "whole" in says)])
    found |= {"min_periods": shortest, "max_periods": row["Max"]}
    found |= scores(row, says)
    if "criteria" in says:
        found["criteria"] = {asked: said.format(name) for asked, said in says["criteria"].items()}
    if says["gives"] in {"money", "both"}:
        found["benefit_per_week"] = row["Money"]
    if "types" in says:
        found["type"] = says["types"][name in ENABLERS]
    if "states" in says:
        found["state"] = says["states"].get(name, says["states"]["*"])
    if "category" in says:
        found["category"] = says["category"]
    if name == LAW:
        found |= {"must": True}
        found |= {"class_of_service": "Fixed date"} if "classes" in says else {"urgency": "deadline"}
        found["deadline"] = DEADLINE_WEEK
    elif "classes" in says:
        found["class_of_service"] = "Expedite" if name == EXPEDITE else "Standard"
    if name in says.get("starts", {}):
        found["start"] = periods[says["starts"][name]]
    return found


def stream(name: str, title: str, cost: int, says: dict[str, Any]) -> dict[str, Any]:
    """A value stream; Sprints have no limit of work in progress besides what fits into them."""
    found: dict[str, Any] = {"id": name, "name": title, "capacity": [CAPACITY] * 4}
    found |= {} if says["period"] == "Sprint" else {"wip_limit": 2}
    return found | {"cost_per_unit": cost} | ({"teams": says["teams"]} if "teams" in says else {})


def portfolio(model: str) -> dict[str, Any]:
    """The portfolio in a model's words; where the order of the sheet counts, the rows stand in order."""
    says = MODELS[model]
    periods = [f"{says['period']} {number}" for number in range(1, 5)]
    listed = rows()
    if says["gives"] == "order":
        listed.sort(key=lambda row: int(row["Order"]))
    listed = sliced(listed, says)
    found: dict[str, Any] = {
        "format": 1,
        "name": f"City libraries, {model}",
        "model": model,
        "currency": "EUR",
        "calendar": {"start": "2027-01-04", "periods": periods},
        "value_streams": [stream(*row, says) for row in STREAMS],
        "epics": [epic(row, says, periods) for row in listed] + (LEVELS if "levels" in says else []),
        "dependencies": [
            {"predecessor": f"L1{'b' if 'slices' in says else ''}", "successor": f"L2{'a' if 'slices' in says else ''}"}
            | {"type": "finish to start"}
            | ({"raised_on": says["raised"]} if "raised" in says else {})
        ],
    }
    if "outcomes" in says:
        names = ("objective", "key_result", "measure", "baseline", "target")
        found["outcomes"] = [dict(zip(names, row, strict=True)) for row in OUTCOMES.values()]
    if "types" in says:
        floor = {"name": "Enabler floor", "measure": "effort", "where": {"type": ["Enabler"]}}
        found["guardrails"] = [floor | {"at_least": 0.15, "of": "selected"}]
    return found


def write(folder: Path) -> None:
    """Writes a file for each model."""
    for model in MODELS:
        text = json.dumps(portfolio(model), indent=1, ensure_ascii=False)
        (folder / f"{model}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent)
