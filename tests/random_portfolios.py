"""Small random portfolios in JSON form that, over the seeds, use every feature.

Figures have few decimals, so that a bound is either met exactly or missed by much more than rounding.
`random_portfolio(seed)` is always the same for the same seed; `portfolios()` is a hypothesis strategy of them.
"""

from __future__ import annotations

import datetime
import itertools
import math
import random
from typing import Any

from hypothesis import strategies

from tests import oracle

Portfolio = dict[str, Any]
Epic = dict[str, Any]

SCALE = (1, 2, 3, 5, 8, 13, 20)
MOST_COMBINATIONS = 12_000
ATTRIBUTES = {
    "category": ("Product", "Platform", "Compliance"),
    "horizon": ("H0", "H1", "H2", "H3"),
    "theme": ("Trust", "Growth", "Speed"),
    "fund": ("Blue", "Green"),
    "owner": ("Ann", "Bo", "Chris"),
    "state": ("Analyzing", "Backlog", "Reviewing"),
}
MEASURES = ("effort", "spend", "epics", "starts", "capex", "opex")
URGENCIES = ("standard", "standard", "peak lost", "short life", "deadline", "curve")


def chance(rng: random.Random, probability: float) -> bool:
    """True in this share of the cases."""
    return rng.random() < probability


def figure(rng: random.Random, low: float, high: float) -> float:
    """A number between low and high: round, with one decimal, or awkward."""
    decimals = rng.choice((0, 0, 1, 2))
    return round(rng.uniform(low, high), decimals) if decimals else float(round(rng.uniform(low, high)))


def rounded(rng: random.Random, number: float) -> float:
    """A number of the same size with few digits: two or three significant ones."""
    if number <= 0:
        return 0.0
    digits = rng.choice((2, 3)) - 1 - math.floor(math.log10(number))
    return round(number, digits)


# --- calendar and value streams ---------------------------------------------------------------------------------------


def calendar(rng: random.Random) -> dict[str, Any]:
    """One to four periods, each its own budget period or several in one."""
    count = rng.choice((1, 2, 2, 3, 3, 3, 4, 4))
    found: dict[str, Any] = {
        "start": "2027-01-04",
        "period_weeks": rng.choice((6, 8, 10, 12, 13)),
        "periods": [f"PI {number + 1}" for number in range(count)],
    }
    together = rng.choice((1, 2, 2, 3, 4, None))
    if together is not None:
        found["budget_periods"] = [f"FY{27 + number // together}" for number in range(count)]
    return found


def value_streams(rng: random.Random, portfolio: Portfolio) -> list[dict[str, Any]]:
    """One to three value streams, whose capacity and budget are set once the epics are known."""
    count = rng.choice((1, 2, 2, 3))
    found = []
    for stream_id in ("Payments", "Mobile", "Data")[:count]:
        stream: dict[str, Any] = {"id": stream_id, "name": stream_id}
        if chance(rng, 0.9):
            stream["cost_per_unit"] = rng.choice((0, 1, 10, 10, 12.5, 12.5, 97.3, 97.3, 1000))
        if chance(rng, 0.25):
            stream["wip_limit"] = rng.choice((1, 2, 2, 3))
        stream["capacity"] = [0.0] * len(portfolio["calendar"]["periods"])
        found.append(stream)
    return found


# --- epics ------------------------------------------------------------------------------------------------------------


def scores(rng: random.Random) -> Epic:
    """The WSJF columns; they are never missing."""
    columns = ("user_business_value", "time_criticality", "rr_oe", "job_size")
    return {column: rng.choice(SCALE) for column in columns}


def deadline(rng: random.Random, portfolio: Portfolio, plan_weeks: int) -> str | int:
    """A week number or a date within the plan."""
    week = rng.randrange(1, plan_weeks + 6)
    if chance(rng, 0.5):
        return week
    day = datetime.date.fromisoformat(portfolio["calendar"]["start"]) + datetime.timedelta(
        days=week * 7 + rng.choice((0, 0, 3))
    )
    return day.isoformat()


def value_curve(rng: random.Random, plan_weeks: int, size: float) -> list[list[float]]:
    """Points that never rise."""
    weeks = sorted(rng.sample(range(plan_weeks + 10), rng.choice((1, 2, 3))))
    worth = sorted((rounded(rng, rng.uniform(0, size)) for _ in weeks), reverse=True)
    return [[week, value] for week, value in zip(weeks, worth, strict=True)]


def urgency(rng: random.Random, portfolio: Portfolio, style: str) -> Epic:
    """How the value falls with time; `standard` is sometimes left out."""
    plan_weeks = len(portfolio["calendar"]["periods"]) * portfolio["calendar"]["period_weeks"]
    profile = rng.choice(URGENCIES)
    size = 100_000 if style == "money" else 1_000
    if profile == "curve" and style == "money":
        return {"urgency": profile, "value_curve": value_curve(rng, plan_weeks, size)}
    if profile == "peak lost":
        found: Epic = {"urgency": profile, "peak_loss": rng.choice((0.005, 0.01, 0.02, 0.05))}
        return {**found, "life_weeks": rng.randrange(10, plan_weeks + 60)} if chance(rng, 0.3) else found
    if profile == "short life":
        return {"urgency": profile, "life_weeks": rng.randrange(10, plan_weeks + 40)}
    if profile == "deadline":
        found = {"urgency": profile, "deadline": deadline(rng, portfolio, plan_weeks)}
        if chance(rng, 0.6):
            found["penalty"] = rounded(rng, rng.uniform(0, size))
        return found
    life: Epic = {"life_weeks": rng.randrange(10, plan_weeks + 60)} if chance(rng, 0.3) else {}
    return {"urgency": "standard", **life} if chance(rng, 0.7) else life


def effort(rng: random.Random, portfolio: Portfolio) -> dict[str, float]:
    """What the epic needs of one or more value streams; now and then nothing of one that it names."""
    stream_ids = [stream["id"] for stream in portfolio["value_streams"]]
    needed = rng.sample(stream_ids, min(len(stream_ids), rng.choice((1, 1, 1, 2, 2, 3))))
    found = {stream_id: max(0.5, figure(rng, 2, 20)) for stream_id in needed}
    if len(needed) > 1 and chance(rng, 0.15):
        found[needed[-1]] = 0.0
    if len(needed) > 1 and chance(rng, 0.15):
        found[needed[-1]] = found[needed[0]]
    return found


def duration(rng: random.Random, count: int) -> Epic:
    """Min and max periods, which fit the plan."""
    if chance(rng, 0.25):
        return {}
    shortest = min(count, rng.choice((1, 1, 1, 2, 2, 3)))
    if chance(rng, 0.2):
        return {"min_periods": shortest}
    return {"min_periods": shortest, "max_periods": min(count, shortest + rng.choice((0, 0, 1, 1, 2)))}


def dates(rng: random.Random, portfolio: Portfolio, shortest: int) -> Epic:
    """Earliest, latest or start; some way to do the epic is left."""
    labels = portfolio["calendar"]["periods"]
    spare = len(labels) - shortest
    found: Epic = {}
    if chance(rng, 0.04):
        return {"start": labels[rng.randint(0, spare)], "approved": True}
    if chance(rng, 0.2):
        found["earliest"] = labels[rng.randint(0, spare)]
    if chance(rng, 0.2):
        first = labels.index(found.get("earliest", labels[0]))
        found["latest"] = labels[rng.randint(first + shortest - 1, len(labels) - 1)]
    return found


def attributes(rng: random.Random) -> Epic:
    """Type always; the others mostly, in values that other epics have too."""
    found: Epic = {"type": rng.choice(("Business", "Business", "Enabler"))}
    for name, values in ATTRIBUTES.items():
        if chance(rng, 0.75):
            found[name] = rng.choice(values)
    return found


def epic(rng: random.Random, portfolio: Portfolio, number: int, style: str) -> Epic:
    """One epic; style is `points` (no money), `point value` (scores turned into money) or `money`."""
    found: Epic = {"id": f"E{number}", "title": f"Epic {number}", **attributes(rng), **scores(rng)}
    money = style == "money" or (style == "mixed" and (number == 1 or chance(rng, 0.5)))
    found |= urgency(rng, portfolio, "money" if money else style)
    if money and found.get("urgency") != "curve":
        found["benefit_per_week"] = rounded(rng, rng.uniform(50, 10_000))
    if chance(rng, 0.35):
        found["confidence"] = rng.choice((0.35, 0.5, 0.8, 0.9, 1))
    found["effort"] = effort(rng, portfolio)
    found |= duration(rng, len(portfolio["calendar"]["periods"]))
    found |= dates(rng, portfolio, oracle.shortest(found))
    if chance(rng, 0.25):
        found["external_cost"] = figure(rng, 5, 300)
    if chance(rng, 0.5):
        found["capex_share"] = rng.choice((0, 0.25, 0.4, 0.5, 1))
    if chance(rng, 0.05):
        found["must"] = True
    return found


def add_mvp(rng: random.Random, portfolio: Portfolio) -> None:
    """MVP cost: up to the whole spend, in the first one or two periods."""
    for candidate in portfolio["epics"]:
        total = oracle.total_spend(portfolio, candidate)
        if total > 0 and chance(rng, 0.25):
            candidate["mvp_cost"] = min(rounded(rng, total * rng.choice((0.1, 0.25, 0.4, 0.7))), total)
            if chance(rng, 0.5):
                candidate["mvp_periods"] = rng.choice((1, 2))


def add_threshold(rng: random.Random, portfolio: Portfolio) -> None:
    """An epic threshold near the spend of one epic, and approvals here and there."""
    spends = sorted(oracle.total_spend(portfolio, candidate) for candidate in portfolio["epics"])
    if spends[-1] == 0 or not chance(rng, 0.3):
        return
    portfolio["epic_threshold"] = rounded(rng, spends[len(spends) // 2] * rng.choice((0.8, 1.3))) or 1
    for candidate in portfolio["epics"]:
        if "approved" not in candidate and chance(rng, 0.6):
            candidate["approved"] = candidate.get("must") is True or chance(rng, 0.7)


# --- the rules between epics ------------------------------------------------------------------------------------------


def add_groups(rng: random.Random, portfolio: Portfolio) -> None:
    """Exclusive and together groups of two or three epics."""
    for field, probability in (("exclusive_group", 0.25), ("together_group", 0.2)):
        if chance(rng, probability):
            for member in rng.sample(portfolio["epics"], rng.choice((2, 2, 3))):
                member[field] = "X1" if field == "exclusive_group" else "T1"


def add_dependencies(rng: random.Random, portfolio: Portfolio) -> None:
    """Dependencies of both types without a cycle: along a random order of the epics."""
    order = rng.sample([candidate["id"] for candidate in portfolio["epics"]], len(portfolio["epics"]))
    found = []
    for predecessor, successor in itertools.combinations(order, 2):
        if chance(rng, 0.1):
            link: dict[str, Any] = {"predecessor": predecessor, "successor": successor}
            if chance(rng, 0.35):
                link["type"] = "needs"
            elif chance(rng, 0.7):
                link |= {"type": "finish to start", "lag_periods": rng.choice((0, 0, 1))}
            found.append(link)
    if found:
        portfolio["dependencies"] = found


# --- capacity and budgets ---------------------------------------------------------------------------------------------


def add_capacity(rng: random.Random, portfolio: Portfolio) -> None:
    """Capacity that is scarce, but enough for most single epics."""
    count = len(portfolio["calendar"]["periods"])
    for stream in portfolio["value_streams"]:
        needed = [oracle.effort_in(candidate, stream) for candidate in portfolio["epics"]]
        level = sum(needed) / count * rng.choice((0.5, 0.7, 0.9, 1.1))
        busiest = max(oracle.effort_in(one, stream) / oracle.longest(one) for one in portfolio["epics"])
        level = max(level, busiest * rng.choice((0.8, 1, 1.1, 1.3)), 1)
        stream["capacity"] = [rounded(rng, level * rng.choice((0.8, 1, 1, 1, 1.2))) for _ in range(count)]


def add_budgets(rng: random.Random, portfolio: Portfolio) -> None:
    """Budgets per period for all, some or no value streams, and shifts between them."""
    shifting, mostly = chance(rng, 0.6), rng.choice((0.6, 0.8, 1, 1.2))
    for stream in portfolio["value_streams"]:
        level = max(stream["capacity"]) * oracle.get(stream, "cost_per_unit", 0)
        outside = sum(oracle.get(one, "external_cost", 0) for one in portfolio["epics"]) / len(stream["capacity"])
        if chance(rng, 0.1):
            stream["budget"] = None
            continue
        mean = max(level * mostly + outside * rng.choice((0, 0.5, 1)), 1)
        stream["budget"] = [rounded(rng, mean * rng.choice((0.9, 1, 1, 1.1))) for _ in stream["capacity"]]
        if shifting and chance(rng, 0.9):
            stream["max_budget_shift"] = rng.choice((0.1, 0.25, 0.5, 0.5, 1))


# --- guardrails -------------------------------------------------------------------------------------------------------


def where(rng: random.Random, portfolio: Portfolio) -> dict[str, list[str]]:
    """A filter on up to two things, each with one or two alternatives, in any case of letters."""
    names = ["value stream", "period", "epic", "type", *ATTRIBUTES]
    if all("urgency" in candidate for candidate in portfolio["epics"]):
        names.append("urgency")
    if "budget_periods" in portfolio["calendar"]:
        names.append("budget period")
    found = {}
    for name in rng.sample(names, rng.choice((0, 1, 1, 1, 2))):
        values = oracle.group_values(portfolio, name)
        if values:
            chosen = rng.sample(values, min(len(values), rng.choice((1, 1, 2))))
            found[name] = [rng.choice((value, value.lower(), value.upper())) for value in chosen]
    return found


def per(rng: random.Random, portfolio: Portfolio) -> list[str]:
    """Up to two things to group by, at most one of them an epic attribute."""
    places = ["value stream", "period"]
    if "budget_periods" in portfolio["calendar"]:
        places.append("budget period")
    shape = rng.choice(("whole", "place", "place", "attribute", "attribute and place", "places"))
    attribute = rng.choice(["type", "epic", *ATTRIBUTES])
    if not oracle.group_values(portfolio, attribute):
        attribute = "type"
    if shape == "whole":
        return []
    if shape == "place":
        return [rng.choice(places)]
    if shape == "places":
        return ["value stream", rng.choice(places[1:])]
    return [attribute] if shape == "attribute" else rng.sample([attribute, rng.choice(places)], 2)


def share_of(rng: random.Random, portfolio: Portfolio, measure: str) -> str | None:
    """What the limit is a share of: capacity for effort, budget for money (where all have one), selected for all."""
    allowed: list[str | None] = [None, "selected", "selected"]
    if measure == "effort":
        allowed += ["capacity", "capacity"]
    if measure in ("spend", "capex", "opex") and all(stream.get("budget") for stream in portfolio["value_streams"]):
        allowed += ["budget", "budget"]
    return rng.choice(allowed)


def everything(portfolio: Portfolio, limit: dict[str, Any]) -> float:
    """The mean over the groups of the measure if every epic were done: the size of an absolute bound."""
    plan = {epic_id: found[0] for epic_id, found in oracle.options(portfolio).items() if found}
    groups = oracle.groups(portfolio, limit)
    filtered = [oracle.amount(portfolio, plan, limit["measure"], limit.get("where", {}), group) for group in groups]
    return sum(filtered) / len(filtered)


def guardrail(rng: random.Random, portfolio: Portfolio, number: int) -> dict[str, Any]:
    """A mix limit; hard ones that ask for a minimum are gentle, so that a plan often remains."""
    found: dict[str, Any] = {"name": f"G{number}", "measure": rng.choice(MEASURES)}
    filtered, grouped = where(rng, portfolio), per(rng, portfolio)
    if filtered:
        found["where"] = filtered
    if grouped or chance(rng, 0.5):
        found["per"] = grouped
    of = share_of(rng, portfolio, found["measure"])
    if of is not None:
        found["of"] = of
    soft = chance(rng, 0.4)
    kind = rng.choice(("least", "most", "most", "both")) if soft or of == "selected" else "most"
    if kind == "most" and not soft and chance(rng, 0.12):
        kind = "both"
    scale = 1.0 if of is not None else everything(portfolio, found)
    add_bounds(rng, found, kind, scale)
    if soft:
        found |= {"enforce": "soft", "price": rng.choice((0.5, 3, 20, 250, 12.5, 5000))}
    elif chance(rng, 0.5):
        found["enforce"] = "hard"
    return found


def add_bounds(rng: random.Random, limit: dict[str, Any], kind: str, scale: float) -> None:
    """At least a little, at most half or so, in the unit of the limit; counts are whole."""
    least, most = scale * rng.choice((0.05, 0.1, 0.2, 0.3)), scale * rng.choice((0.2, 0.3, 0.5, 0.6, 0.75))
    if limit["measure"] in ("epics", "starts") and limit.get("of") is None:
        least, most = 1, max(1, round(most))
    if kind in ("least", "both"):
        limit["at_least"] = rounded(rng, least)
    if kind in ("most", "both"):
        limit["at_most"] = max(rounded(rng, most), limit.get("at_least", 0))


def only_the_empty_plan(rng: random.Random, portfolio: Portfolio) -> None:
    """A share of what is selected that only an epic too large to fit could give."""
    for other in portfolio["epics"]:
        for field in ("must", "start", "horizon"):
            other.pop(field, None)
    portfolio.pop("guardrails", None)
    chosen = rng.choice(portfolio["epics"])
    chosen["horizon"] = "H3"
    stream_id = next(iter(chosen["effort"]))
    capacity = next(stream["capacity"] for stream in portfolio["value_streams"] if stream["id"] == stream_id)
    chosen["effort"][stream_id] = round(sum(capacity) * 3 + 10)
    portfolio["guardrails"] = [
        {
            "name": "H3 floor",
            "measure": "effort",
            "where": {"horizon": ["H3"]},
            "at_least": rng.choice((0.1, 0.25)),
            "of": "selected",
        }
    ]


def impossible(rng: random.Random, portfolio: Portfolio) -> None:
    """Something that no plan can respect: too large a must, two exclusive musts, or a floor above all effort."""
    first, second = rng.sample(portfolio["epics"], 2)
    kind = rng.choice(("too large", "exclusive", "floor"))
    if kind == "too large":
        stream = portfolio["value_streams"][0]
        first["must"] = True
        first["effort"] = {stream["id"]: round(sum(stream["capacity"]) * 3 + 10)}
        first.pop("mvp_cost", None)
    elif kind == "exclusive":
        for clashing in (first, second):
            clashing |= {"must": True, "exclusive_group": "X1"}
    else:
        everything_there_is = sum(sum(candidate["effort"].values()) for candidate in portfolio["epics"])
        floor = {"name": "Floor", "measure": "effort", "at_least": round(everything_there_is * 1.5)}
        portfolio.setdefault("guardrails", []).append(floor)


# --- the whole --------------------------------------------------------------------------------------------------------


def settings(rng: random.Random, portfolio: Portfolio, style: str) -> None:
    """The horizon, WIP limit, discount rate and point value of the portfolio."""
    weeks = len(portfolio["calendar"]["periods"]) * portfolio["calendar"]["period_weeks"]
    if chance(rng, 0.4):
        portfolio["value_horizon_weeks"] = weeks + rng.choice((40, 60, 104))
    if chance(rng, 0.25):
        portfolio["portfolio_wip_limit"] = rng.choice((1, 2, 2, 3, 4))
    if chance(rng, 0.3):
        portfolio["discount_rate"] = rng.choice((0.03, 0.08, 0.1, 0.25))
    if style == "mixed" or (style == "points" and chance(rng, 0.2)):
        portfolio["point_value"] = rng.choice((1, 40, 125.5))


def attempt(rng: random.Random, seed: int) -> Portfolio:
    """One random portfolio, perhaps too large."""
    portfolio: Portfolio = {"format": 1, "name": f"Random {seed}", "calendar": calendar(rng)}
    if chance(rng, 0.5):
        portfolio["currency"] = rng.choice(("EUR", "USD"))
    style = rng.choice(("points", "money", "money", "mixed"))
    settings(rng, portfolio, style)
    portfolio["value_streams"] = value_streams(rng, portfolio)
    count = rng.choice((3, 4, 4, 5, 5, 6))
    portfolio["epics"] = [epic(rng, portfolio, number + 1, style) for number in range(count)]
    add_mvp(rng, portfolio)
    add_threshold(rng, portfolio)
    add_groups(rng, portfolio)
    add_dependencies(rng, portfolio)
    add_capacity(rng, portfolio)
    if chance(rng, 0.5):
        add_budgets(rng, portfolio)
    limits = [guardrail(rng, portfolio, number + 1) for number in range(rng.choice((0, 0, 1, 1, 2, 3)))]
    if limits:
        portfolio["guardrails"] = limits
    return portfolio


def combinations(portfolio: Portfolio) -> int:
    """How many plans there are, allowed or not."""
    return math.prod(len(found) + 1 for found in oracle.options(portfolio).values())


def is_wanted(rng: random.Random, portfolio: Portfolio) -> bool:
    """Few enough plans, and an allowed one; some that turned out impossible, or best left empty, are kept."""
    if combinations(portfolio) > MOST_COMBINATIONS:
        return False
    best, plan = oracle.brute_force(portfolio)
    return bool(plan) or chance(rng, 0.15 if best is None else 0.4)


def random_portfolio(seed: int) -> Portfolio:
    """A small random portfolio: 3-6 epics, 1-4 periods, 1-3 value streams, few enough plans to try them all."""
    rng = random.Random(seed)
    fate = rng.random()
    portfolio = attempt(rng, seed)
    while not is_wanted(rng, portfolio):
        portfolio = attempt(rng, seed)
    if fate < 0.03:
        only_the_empty_plan(rng, portfolio)
    elif fate < 0.1:
        impossible(rng, portfolio)
    return portfolio


def portfolios() -> strategies.SearchStrategy[Portfolio]:
    """Hypothesis: random portfolios, found again by their seed (it is in the portfolio's name)."""
    return strategies.integers(min_value=0, max_value=1_000_000).map(random_portfolio)
