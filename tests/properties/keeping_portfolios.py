"""Random portfolios as people would call their things: real titles, IDs of a tool, value streams with a name."""

from __future__ import annotations

import random
from typing import Any

from tests.properties import keeping_words as words
from tests.random_portfolios import attempt

Portfolio = dict[str, Any]
IDS = ("E{}", "EP-{}", "PAY-10{}", "100{}", "epic {}")


def kept_portfolio(seed: int, periods: str = "PI {}", *, one_stream: bool = False, scored: bool = False) -> Portfolio:
    """A random portfolio in JSON form; every epic in one value stream, or with scores alone, where that is asked for."""
    rng = random.Random(seed)
    raw = attempt(rng, seed)
    raw.pop("guardrails", None)
    raw.pop("name")
    raw["currency"] = "EUR"
    _name_periods(raw, periods)
    _name_epics(raw, rng)
    _name_streams(raw)
    _one_kind_of_deadline(raw, rng)
    if one_stream or scored:
        for epic in raw["epics"]:
            stream = next((name for name, units in epic["effort"].items() if units), next(iter(epic["effort"])))
            epic["effort"] = {stream: epic["effort"][stream] or 1.0}
    if scored:
        _only_scores(raw)
    return raw


def _name_periods(raw: Portfolio, pattern: str) -> None:
    """Periods as the pattern has them, also where epics name them."""
    labels = {label: pattern.format(number) for number, label in enumerate(raw["calendar"]["periods"], start=1)}
    raw["calendar"]["periods"] = list(labels.values())
    for epic in raw["epics"]:
        for field in ("earliest", "latest", "start"):
            if field in epic:
                epic[field] = labels[epic[field]]


def _name_epics(raw: Portfolio, rng: random.Random) -> None:
    """Titles that people give, and IDs of one kind."""
    pattern = rng.choice(IDS)
    ids = {epic["id"]: pattern.format(number) for number, epic in enumerate(raw["epics"], start=1)}
    for epic, title in zip(raw["epics"], rng.sample(words.NAMES, len(ids)), strict=True):
        epic |= {"id": ids[epic["id"]], "title": title}
    for link in raw.get("dependencies", []):
        link |= {"predecessor": ids[link["predecessor"]], "successor": ids[link["successor"]]}


def _name_streams(raw: Portfolio) -> None:
    """Value streams with an ID and a name that differ."""
    names = dict(zip((stream["id"] for stream in raw["value_streams"]), words.STREAMS.items(), strict=False))
    for stream in raw["value_streams"]:
        name, new = names[stream["id"]]
        stream |= {"id": new, "name": name}
    for epic in raw["epics"]:
        epic["effort"] = {names[stream][1]: units for stream, units in epic["effort"].items()}


def _one_kind_of_deadline(raw: Portfolio, rng: random.Random) -> None:
    """Deadlines all dates or all weeks: nobody mixes them in a column."""
    import datetime

    start, as_dates = datetime.date.fromisoformat(raw["calendar"]["start"]), rng.random() < 0.7
    for epic in raw["epics"]:
        given = epic.get("deadline")
        if isinstance(given, int) and as_dates:
            epic["deadline"] = (start + datetime.timedelta(weeks=given, days=3)).isoformat()
        if isinstance(given, str) and not as_dates:
            epic["deadline"] = max(1, (datetime.date.fromisoformat(given) - start).days // 7)


def _only_scores(raw: Portfolio) -> None:
    """What one table of epics can say: no calendar, no value streams' figures, no windows."""
    kept = [
        "id",
        "title",
        "category",
        "theme",
        "owner",
        "state",
        "user_business_value",
        "time_criticality",
        "rr_oe",
        "job_size",
        "effort",
    ]
    raw["epics"] = [{key: epic[key] for key in kept if key in epic} for epic in raw["epics"]]
    for field in ("calendar", "value_streams", "discount_rate", "epic_threshold", "point_value", "portfolio_wip_limit"):
        raw.pop(field, None)
    raw.pop("value_horizon_weeks", None)
