"""An oracle for closing a period: written naively from the sentences that define it, on plain dicts, without the product.

A plan is a dict: epic id -> (index of the start period, duration in periods), as in `tests/oracle.py`.
"""

from __future__ import annotations

import copy
import datetime
import itertools
from typing import Any

from tests import oracle

Portfolio = dict[str, Any]


def day(text: str) -> datetime.date:
    """A date as JSON holds it."""
    return datetime.date.fromisoformat(text)


def first_day(raw: Portfolio, period: int) -> datetime.date:
    """A period of w weeks from Monday begins w weeks after the one before."""
    return day(raw["calendar"]["start"]) + datetime.timedelta(weeks=period * raw["calendar"]["period_weeks"])


def last_day(raw: Portfolio, period: int) -> datetime.date:
    """... and ends on the Sunday before the next one."""
    return first_day(raw, period + 1) - datetime.timedelta(days=1)


def share_done(epic: dict[str, Any], duration: int) -> float:
    """`Effort done` if given, else the planned share of the period; as a share of the effort before."""
    whole = sum(epic.get("effort", {}).values())
    if epic.get("effort_done") is not None:
        return min(1.0, epic["effort_done"] / whole)
    return 1 / duration


def spent(raw: Portfolio, plan: oracle.Plan, stream: dict[str, Any]) -> float:
    """`Spent` per value stream if given, else as planned; what did not begin spends nothing."""
    if stream.get("spent") is not None:
        return float(stream["spent"])
    begun = {name: option for name, option in plan.items() if oracle.epic_of(raw, name).get("effort_done") != 0
             or oracle.is_running(oracle.epic_of(raw, name))}  # fmt: skip
    return sum(row.spend for row in oracle.plan_work(raw, begun) if row.period == 0 and row.stream == stream["id"])


def still_about(limit: dict[str, Any], calendar: dict[str, Any]) -> bool:
    """A guardrail is about the periods that are left of those it names; about none of them, it is gone."""
    for name, labels in (("period", calendar["periods"]), ("budget period", calendar.get("budget_periods", []))):
        if name in limit.get("where", {}):
            limit["where"][name] = [
                label for label in limit["where"][name] if label.casefold() in map(str.casefold, labels)
            ]
            if not limit["where"][name]:
                return False
    return True


def closed(raw: Portfolio, plan: oracle.Plan, active: str, done: str) -> Portfolio:
    """The portfolio after its first period."""
    after = copy.deepcopy(raw)
    label, periods = raw["calendar"]["periods"][0], len(raw["calendar"]["periods"])
    after["calendar"]["start"] = first_day(raw, 1).isoformat()
    after["calendar"]["periods"] = raw["calendar"]["periods"][1:]
    if "budget_periods" in raw["calendar"]:
        after["calendar"]["budget_periods"] = raw["calendar"]["budget_periods"][1:]
    if "guardrails" in raw:
        after["guardrails"] = [limit for limit in after["guardrails"] if still_about(limit, after["calendar"])]
    for stream, new in zip(raw["value_streams"], after["value_streams"], strict=True):
        new["capacity"] = stream["capacity"][1:]
        new.pop("spent", None)
        if stream.get("budget") is not None:
            mine = oracle.periods_of(raw, oracle.budget_period_of(raw, 0))
            money = list(stream["budget"])
            if len(mine) > 1:
                left = sum(money[period] for period in mine) - spent(raw, plan, stream)
                money[mine[1]] = left - sum(money[period] for period in mine[2:])
                for period, follower in itertools.pairwise(mine[1:]):
                    if money[period] < 0:
                        money[follower] += money[period]
                        money[period] = 0
                money = [max(0.0, amount) for amount in money]
            new["budget"] = money[1:]
    for epic, new in zip(raw["epics"], after["epics"], strict=True):
        option = plan.get(epic["id"])
        if option is not None:
            keeps = oracle.is_running(epic) and epic.get("agreed_start")
            new["agreed_start"] = epic["agreed_start"] if keeps else first_day(raw, option[0]).isoformat()
            new["agreed_finish"] = last_day(raw, oracle.last_period(option)).isoformat()
        if isinstance(epic.get("deadline"), int | float):
            new["deadline"] = max(0, epic["deadline"] - raw["calendar"]["period_weeks"])
        new.pop("effort_done", None)
        if epic.get("earliest") == label:
            new.pop("earliest")
        not_started = epic.get("effort_done") == 0 and not oracle.is_running(epic)
        if option is None or option[0] > 0 or not_started:
            if epic.get("latest") == label:
                new.pop("latest")
            if epic.get("start") == label:
                new.pop("start")
                new["must"] = True
            continue
        for field in ("earliest", "start"):
            new.pop(field, None)
        if epic.get("latest") == label:
            new.pop("latest")
        share = share_done(epic, option[1])
        is_done = share >= 1 - 1e-9
        if not is_done:
            new["effort"] = {stream: units * (1 - share) for stream, units in epic["effort"].items()}
        for field in ("min_periods", "max_periods"):
            if epic.get(field) is not None:
                new[field] = max(1, epic[field] - 1)
        if epic.get("external_cost") is not None:
            new["external_cost"] = epic["external_cost"] * (1 - share)
        if epic.get("mvp_cost") is not None:
            length = epic.get("mvp_periods") or 1
            if length > 1:
                new["mvp_periods"], new["mvp_cost"] = length - 1, epic["mvp_cost"] * (length - 1) / length
            else:
                new.pop("mvp_cost")
                new.pop("mvp_periods", None)
        new.setdefault("started", first_day(raw, 0).isoformat())
        if is_done:
            new["state"] = done
        elif not oracle.is_running(epic):
            new["state"] = active
    assert len(after["calendar"]["periods"]) == periods - 1
    return after
