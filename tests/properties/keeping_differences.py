"""What differs between a portfolio as it was kept and as it was read, and whether somebody was told."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.properties.keeping_portfolios import Portfolio

NOT_GIVEN = (None, "", {}, [], False)


@dataclass(frozen=True)
class Difference:
    """One thing that was read otherwise: what it is, and the words by which a finding may name it."""

    what: str
    words: tuple[str, ...]


def differences(kept: Portfolio, read: Portfolio, named: dict[str, str]) -> list[Difference]:
    """Everything that was kept and is not read so, or is read and was not kept."""
    found = _of_epics(kept, read, named)
    if "calendar" in kept:
        found += _of_settings(kept, read)
        found += _of_streams(kept, read, named)
    links = (_links(kept), _links(read))
    if links[0] != links[1]:
        words = [named.get(key, key) for key in ("sheet dependencies", "depends_on", "blocks", "predecessor")]
        found.append(Difference(f"dependencies {links[0]} became {links[1]}", tuple(words)))
    return found


def _of_epics(kept: Portfolio, read: Portfolio, named: dict[str, str]) -> list[Difference]:
    before, after = _by_id(kept["epics"]), _by_id(read.get("epics", []))
    if set(before) != set(after):
        odd = sorted(set(before) ^ set(after))
        return [
            Difference(
                f"epics {sorted(before)} became {sorted(after)}",
                (*odd, named.get("id", "ID"), named.get("title", "Title")),
            )
        ]
    fields = {key for epic in kept["epics"] for key in epic}
    streams = tuple(value for key, value in named.items() if key.startswith("effort of "))
    return [
        Difference(
            f"{key} of {name}: {before[name].get(key)} became {after[name].get(key)}",
            (named.get(key, key), *(streams if key == "effort" else ())),
        )
        for name in before
        for key in sorted(fields)
        if not same(before[name].get(key), after[name].get(key))
    ]


def _of_settings(kept: Portfolio, read: Portfolio) -> list[Difference]:
    found = []
    before, after = kept["calendar"], read.get("calendar", {})
    for key in ("start", "period_weeks", "periods", "budget_periods"):
        if not same(before.get(key), after.get(key)):
            words = (key.replace("_", " "), *map(str, after.get("periods", [])), "Capacity")
            found.append(Difference(f"{key}: {before.get(key)} became {after.get(key)}", words))
    figures = (
        "currency",
        "value_horizon_weeks",
        "portfolio_wip_limit",
        "epic_threshold",
        "discount_rate",
        "point_value",
    )
    return found + [
        Difference(f"{key}: {kept.get(key)} became {read.get(key)}", (key.replace("_", " "),))
        for key in figures
        if not same(kept.get(key), read.get(key))
    ]


def _of_streams(kept: Portfolio, read: Portfolio, named: dict[str, str]) -> list[Difference]:
    before, after = _by_id(kept["value_streams"]), _by_id(read.get("value_streams", []))
    if set(before) != set(after):
        words = (*set(before) ^ set(after), named.get("sheet value_streams", ""), named.get("value_stream", ""))
        return [Difference(f"value streams {sorted(before)} became {sorted(after)}", words)]
    yearly = read.get("calendar", {}).get("budget_periods")
    found = []
    for name, stream in before.items():
        for key in sorted(stream):
            pair = (stream.get(key), after[name].get(key))
            if key == "budget" and yearly and all(pair):
                pair = (_by_year(yearly, pair[0]), _by_year(yearly, pair[1]))
            if not same(*pair):
                words = (named.get(key, key), named.get("stream_name", key) if key == "name" else key)
                found.append(Difference(f"{key} of {name}: {pair[0]} became {pair[1]}", words))
    return found


def _by_year(years: list[str], amounts: list[float]) -> dict[str, float]:
    """Within a budget period only the sum counts."""
    sums = dict.fromkeys(years, 0.0)
    for year, amount in zip(years, amounts, strict=True):
        sums[year] += amount
    return sums


def _by_id(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(record["id"]): record for record in records}


def _links(portfolio: Portfolio) -> set[tuple[object, ...]]:
    """Links by what they say; an ordinary one may or may not say its type."""
    return {
        (link["predecessor"], link["successor"], link.get("type") or "finish to start", link.get("lag_periods") or 0)
        for link in portfolio.get("dependencies", [])
    }


def same(before: Any, after: Any) -> bool:
    """Whether two values say the same: figures but for rounding, effort of 0 as none, `no` as not given."""
    if isinstance(before, dict) or isinstance(after, dict):
        first, second = ({key: one for key, one in (value or {}).items() if one} for value in (before, after))
        return set(first) == set(second) and all(same(first[key], second[key]) for key in first)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(same, before, after))
    if _is_figure(before) and _is_figure(after):
        return math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-9)
    if before in NOT_GIVEN and after in NOT_GIVEN:
        return True
    return bool(before == after) or (isinstance(before, str) and str(after) == before)


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
