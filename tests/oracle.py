"""The test oracle: checks plans and finds optima by brute force, written naively from the sentences that define it.

It imports nothing of `portfolio` and works on the JSON form of a portfolio as a plain dict.
A plan is a dict: epic id -> (index of the start period, duration in periods). Slow, small, obvious.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

Portfolio = dict[str, Any]
Epic = dict[str, Any]
Stream = dict[str, Any]
Limit = dict[str, Any]
Group = dict[str, str]
Option = tuple[int, int]
Plan = dict[str, Option]

TOLERANCE = 1e-6
ACTIVE = ("In progress", "Implementing: MVP", "In Arbeit")
"""The states of these portfolios that say that an epic is running."""
OF_MODELS = ("Now", "In delivery")
"""The same in the words of the models that say it otherwise."""
BEGINS = {
    "safe": {"Funnel": 1, "Reviewing": 1, "Analyzing": 1},
    "enterprise-kanban": {"Options": 1},
    "spotify": {"Next": 1, "Later": 2},
}
"""By model, the first period (counted from 0) in which an epic may begin that is in a state before the commitment point."""
BYPASSES_WIP = {"enterprise-kanban": ("expedite",)}
"""By model, the classes of service that no WIP limit counts."""
MEETS_DATE = {"enterprise-kanban": ("fixed date",)}
"""By model, the classes of service whose work is not done after its deadline."""
OF_THE_WORK = ("effort", "spend", "capex", "opex")
OF_THE_PLACE = ("value stream", "period", "budget period")


class Work(NamedTuple):
    """What one epic asks for in one period of one value stream."""

    epic: Epic
    period: int
    stream: str
    effort: float
    spend: float
    capex: float
    opex: float


# ---------------------------------------------------------------------------------------------------------------------
# Working out once: while every plan of one portfolio is tried, nothing but the plan changes
# ---------------------------------------------------------------------------------------------------------------------

Given = ParamSpec("Given")
Known = TypeVar("Known")
known: list[dict[tuple[object, ...], Any]] = []
"""What is worked out already, while a search goes on; the innermost search is last."""


@contextmanager
def unchanging() -> Iterator[None]:
    """Inside, records stay as they are, so what was worked out of one is still true."""
    known.append({})
    try:
        yield
    finally:
        known.pop()


def once(function: Callable[Given, Known]) -> Callable[Given, Known]:
    """Works out what a function says of some records only once in a search; a record is known by its identity."""

    @wraps(function)
    def answer(*given: Given.args, **named: Given.kwargs) -> Known:
        if not known:
            return function(*given, **named)
        key = (function, *(id(one) if isinstance(one, dict) else one for one in given))
        if key not in known[-1]:
            known[-1][key] = function(*given, **named)
        return known[-1][key]  # type: ignore[no-any-return]

    return answer


# ---------------------------------------------------------------------------------------------------------------------
# Reading the dict
# ---------------------------------------------------------------------------------------------------------------------


def get(record: dict[str, Any], field: str, default: Any) -> Any:
    """Absent means not given; so does null."""
    given = record.get(field)
    return default if given is None else given


def is_broken(excess: float, bound: float) -> bool:
    """A bound is broken when it is exceeded by more than rounding."""
    return excess > TOLERANCE * max(1.0, abs(bound))


def exceeds(amount: float, limit: float) -> bool:
    """Whether an amount is more than its limit."""
    return is_broken(amount - limit, limit)


def periods(portfolio: Portfolio) -> list[str]:
    """The labels of the periods, in order."""
    return list(portfolio["calendar"]["periods"])


def budget_period_of(portfolio: Portfolio, period: int) -> str:
    """`budget_periods` has one label per period; without it, each period is its own budget period."""
    labels = get(portfolio["calendar"], "budget_periods", periods(portfolio))
    return str(labels[period])


def budget_periods(portfolio: Portfolio) -> list[str]:
    """Equal labels share one budget period."""
    labels = [budget_period_of(portfolio, period) for period in range(len(periods(portfolio)))]
    return list(dict.fromkeys(labels))


@once
def periods_of(portfolio: Portfolio, budget_period: str) -> list[int]:
    """The periods of one budget period."""
    every = range(len(periods(portfolio)))
    return [period for period in every if budget_period_of(portfolio, period) == budget_period]


def streams(portfolio: Portfolio) -> list[Stream]:
    """The value streams in the order of the portfolio."""
    return list(portfolio["value_streams"])


@once
def epic_of(portfolio: Portfolio, epic_id: str) -> Epic:
    """The epic with this id."""
    return next(epic for epic in portfolio["epics"] if epic["id"] == epic_id)


# ---------------------------------------------------------------------------------------------------------------------
# Scores (section 1)
# ---------------------------------------------------------------------------------------------------------------------


def cost_of_delay(epic: Epic) -> float:
    """Cost of delay (relative) = user-business value + time criticality + RR/OE."""
    return float(epic["user_business_value"] + epic["time_criticality"] + epic["rr_oe"])


def wsjf(epic: Epic) -> float:
    """WSJF = cost of delay / job size."""
    return cost_of_delay(epic) / float(epic["job_size"])


def cd3(portfolio: Portfolio, epic: Epic) -> float:
    """CD3 = expected cost of delay per week (benefit times confidence) / duration in weeks (the shortest duration)."""
    expected = float(get(epic, "confidence", 1)) * float(epic["benefit_per_week"])
    return expected / (shortest(epic) * float(portfolio["calendar"]["period_weeks"]))


def wsjf_order(portfolio: Portfolio) -> list[str]:
    """Ties: same WSJF, higher cost of delay first, then the order of the sheet."""
    ranked = sorted(portfolio["epics"], key=lambda epic: (-wsjf(epic), -cost_of_delay(epic)))
    return [epic["id"] for epic in ranked]


# ---------------------------------------------------------------------------------------------------------------------
# Value over time (section 2)
# ---------------------------------------------------------------------------------------------------------------------


def finish_week(portfolio: Portfolio, option: Option) -> float:
    """Week s = the end of the epic's last period, counted from the plan's start."""
    start, duration = option
    return (start + duration) * float(portfolio["calendar"]["period_weeks"])


def horizon_week(portfolio: Portfolio) -> float:
    """H = value horizon in weeks (default: plan length + 52)."""
    plan_length = len(periods(portfolio)) * float(portfolio["calendar"]["period_weeks"])
    return float(get(portfolio, "value_horizon_weeks", plan_length + 52))


def has_money(epic: Epic) -> bool:
    """An epic has money when it has a benefit per week, a value curve, or a one-off value."""
    once = get(epic, "urgency", "standard") == "one-off" and epic.get("net_present_value") is not None
    return once or epic.get("benefit_per_week") is not None or epic.get("value_curve") is not None


def benefit_per_week(epic: Epic, portfolio: Portfolio) -> float:
    """The table's b: benefit per week (money), or the score when no epic has money, or score * point value."""
    if epic.get("benefit_per_week") is not None:
        return float(epic["benefit_per_week"])
    if portfolio.get("point_value") is not None:
        return cost_of_delay(epic) * float(portfolio["point_value"])
    if not any(has_money(other) for other in portfolio["epics"]):
        return cost_of_delay(epic)
    return 0.0


def deadline_week(epic: Epic, portfolio: Portfolio) -> float:
    """`deadline` is a date or a week number; a date is over when its day ends, in weeks from the calendar's start."""
    deadline = epic["deadline"]
    if not isinstance(deadline, str):
        return float(deadline)
    start = datetime.date.fromisoformat(portfolio["calendar"]["start"])
    return ((datetime.date.fromisoformat(deadline) - start).days + 1) / 7


def discount(week: float, rate: float) -> float:
    """Discounting at rate r per year multiplies each week's benefit by (1 + r)^(-week/52)."""
    return float((1 + rate) ** (-week / 52))


def level_benefit(first: float, last: float, rate: float) -> float:
    """The integral of the discount factor over [first, last], exactly (continuous); the weeks without discounting."""
    if last <= first:
        return 0.0
    if rate == 0:
        return last - first
    force = math.log(1 + rate) / 52
    return (discount(first, rate) - discount(last, rate)) / force


def rising_benefit(first: float, last: float, rate: float) -> float:
    """The integral of (week - first) * discount factor over [first, last], exactly."""
    length = last - first
    if rate == 0:
        return length**2 / 2
    force = math.log(1 + rate) / 52
    return discount(first, rate) * (1 - math.exp(-force * length) * (1 + force * length)) / force**2


def falling_benefit(first: float, last: float, rate: float) -> float:
    """The integral of (last - week) * discount factor over [first, last]: a level of the whole length less the rise."""
    return (last - first) * level_benefit(first, last, rate) - rising_benefit(first, last, rate)


def standard_value(epic: Epic, week: float, portfolio: Portfolio) -> float:
    """Standard: every week late loses one week of benefit: b * max(0, E - s), with E = min(H, life weeks)."""
    end = min(horizon_week(portfolio), float(get(epic, "life_weeks", math.inf)))
    return benefit_per_week(epic, portfolio) * level_benefit(week, end, get(portfolio, "discount_rate", 0))


def peak_lost_value(epic: Epic, week: float, portfolio: Portfolio) -> float:
    """Peak lost: being late also lowers the plateau by a share k per week: b * max(0, 1 - k s) * max(0, E - s)."""
    plateau = max(0.0, 1 - float(get(epic, "peak_loss", 0)) * week)
    return plateau * standard_value(epic, week, portfolio)


def short_life_value(epic: Epic, week: float, portfolio: Portfolio) -> float:
    """Short life: a triangle with fixed slopes from s to T = life weeks: (b T / 2) * max(0, 1 - s/T)^2."""
    close = float(epic["life_weeks"])
    if week >= close:
        return 0.0
    rate = get(portfolio, "discount_rate", 0)
    middle = (week + close) / 2
    peak = benefit_per_week(epic, portfolio) * (1 - week / close)
    slope = peak / (middle - week)
    return slope * (rising_benefit(week, middle, rate) + falling_benefit(middle, close, rate))


def deadline_value(epic: Epic, week: float, portfolio: Portfolio) -> float:
    """Deadline: P + b (H - D) if s <= D; else max(0, b (H - s)). The penalty counts at week D's discount factor."""
    rate = get(portfolio, "discount_rate", 0)
    benefit, horizon = benefit_per_week(epic, portfolio), horizon_week(portfolio)
    deadline = deadline_week(epic, portfolio)
    if week > deadline:
        return benefit * level_benefit(week, horizon, rate)
    penalty = float(get(epic, "penalty", 0)) * discount(deadline, rate)
    return penalty + benefit * level_benefit(deadline, horizon, rate)


def curve_value(epic: Epic, week: float) -> float:
    """Curve: points `week: value`, straight lines between, flat outside; not discounted, never negative."""
    points = sorted((float(at), float(worth)) for at, worth in epic["value_curve"])
    if week <= points[0][0]:
        return max(0.0, points[0][1])
    for (left, worth_left), (right, worth_right) in itertools.pairwise(points):
        if left <= week <= right:
            return max(0.0, worth_left + (worth_right - worth_left) * (week - left) / (right - left))
    return max(0.0, points[-1][1])


def one_off_value(epic: Epic, week: float, portfolio: Portfolio) -> float:
    """One-off: N if s <= H, else 0, never below 0; discounted at week s."""
    if week > horizon_week(portfolio):
        return 0.0
    return max(0.0, float(epic["net_present_value"])) * discount(week, get(portfolio, "discount_rate", 0))


def value(epic: Epic, week: float, portfolio: Portfolio) -> float:
    """Expected value: confidence times the value in week s, the end of the epic's last period."""
    urgency = get(epic, "urgency", "standard")
    confidence = float(get(epic, "confidence", 1))
    if urgency == "curve":
        return confidence * curve_value(epic, week)
    profiles = {
        "standard": standard_value,
        "peak lost": peak_lost_value,
        "short life": short_life_value,
        "deadline": deadline_value,
        "one-off": one_off_value,
    }
    return confidence * profiles[urgency](epic, week, portfolio)


def delay_cost(epic: Epic, week: float | None, portfolio: Portfolio) -> float:
    """Delay cost of an epic in a plan = value(0) - value(s), and value(0) if it is not in the plan (week None)."""
    return value(epic, 0, portfolio) - (0.0 if week is None else value(epic, week, portfolio))


@once
def option_value(portfolio: Portfolio, epic: Epic, option: Option) -> float:
    """The expected value of an epic done this way."""
    return value(epic, finish_week(portfolio, option), portfolio)


def plan_value(portfolio: Portfolio, plan: Plan) -> float:
    """The sum of confidence * value(s) of the epics in the plan; breaches of soft guardrails are not subtracted."""
    return sum(option_value(portfolio, epic_of(portfolio, epic_id), option) for epic_id, option in plan.items())


# ---------------------------------------------------------------------------------------------------------------------
# Options and work (section 3)
# ---------------------------------------------------------------------------------------------------------------------


def shortest(epic: Epic) -> int:
    """Min periods; 1 when not given."""
    return int(get(epic, "min_periods", 1))


def longest(epic: Epic) -> int:
    """Max periods; the same as min periods when not given."""
    return int(get(epic, "max_periods", shortest(epic)))


def last_period(option: Option) -> int:
    """The last period in which the epic is in progress."""
    start, duration = option
    return start + duration - 1


def in_progress(option: Option) -> range:
    """The periods in which the epic is in progress."""
    start, duration = option
    return range(start, start + duration)


def is_running(epic: Epic) -> bool:
    """Active = running: the state says so."""
    return epic.get("state") in (*ACTIVE, *OF_MODELS)


def continues(portfolio: Portfolio, epic: Epic) -> bool:
    """Setting Running epics, `continue` (default): a running epic starts in the first period, as if Must and Start said so."""
    return is_running(epic) and get(portfolio, "running_epics", "continue") == "continue"


@once
def is_option(portfolio: Portfolio, epic: Epic, option: Option) -> bool:
    """Duration in [min, max], last period <= the plan's last, t >= earliest, finish <= latest, t = start if decided.

    A running epic that has to continue begins in the first period, whatever its earliest. One that is late already, since
    even its shortest duration from the first period ends after its latest, may end as soon as that.
    """
    labels = periods(portfolio)
    start, duration = option
    if not shortest(epic) <= duration <= longest(epic) or start < 0 or last_period(option) >= len(labels):
        return False
    if is_running(epic):
        soonest = shortest(epic) - 1
        if epic.get("latest") is not None and last_period(option) > max(labels.index(epic["latest"]), soonest):
            return False
        if epic.get("start") is not None:
            return start == labels.index(epic["start"])
        if continues(portfolio, epic):
            return start == 0
        return epic.get("earliest") is None or start >= labels.index(epic["earliest"])
    if epic.get("earliest") is not None and start < labels.index(epic["earliest"]):
        return False
    if epic.get("latest") is not None and last_period(option) > labels.index(epic["latest"]):
        return False
    return epic.get("start") is None or start == labels.index(epic["start"])


def epic_options(portfolio: Portfolio, epic: Epic) -> list[Option]:
    """Every way to do one epic: a start period and a duration."""
    starts, durations = range(len(periods(portfolio))), range(shortest(epic), longest(epic) + 1)
    every = itertools.product(starts, durations)
    return [option for option in every if is_option(portfolio, epic, option)]


def options(portfolio: Portfolio) -> dict[str, list[Option]]:
    """Every way to do every epic."""
    return {epic["id"]: epic_options(portfolio, epic) for epic in portfolio["epics"]}


def effort_in(epic: Epic, stream: Stream) -> float:
    """The effort that the epic needs of the value stream, over its whole duration."""
    return float(get(get(epic, "effort", {}), stream["id"], 0))


@once
def largest_streams(portfolio: Portfolio, epic: Epic) -> list[Stream]:
    """The epic's value streams with the most effort; several where they have equally much."""
    most = max(effort_in(epic, stream) for stream in streams(portfolio))
    return [stream for stream in streams(portfolio) if effort_in(epic, stream) == most]


@once
def stream_spend(portfolio: Portfolio, epic: Epic, stream: Stream) -> float:
    """Spend = effort * the stream's cost per unit, plus external cost, to the largest stream or shared equally by them."""
    spend = effort_in(epic, stream) * float(get(stream, "cost_per_unit", 0))
    largest = largest_streams(portfolio, epic)
    if stream["id"] in [each["id"] for each in largest]:
        spend += float(get(epic, "external_cost", 0)) / len(largest)
    return spend


@once
def total_spend(portfolio: Portfolio, epic: Epic) -> float:
    """What the epic costs: effort times cost per unit, plus external cost, over all its value streams."""
    return sum(stream_spend(portfolio, epic, stream) for stream in streams(portfolio))


def spend_share(portfolio: Portfolio, epic: Epic, duration: int, order: int) -> float:
    """The share of the epic's spend that falls in its first, second, ... period (order 0, 1, ...).

    Spread evenly; with `MVP cost`, the first `MVP periods` spend exactly that, the rest of the spend follows evenly.
    An option no longer than the MVP periods spends its total evenly.
    """
    total = total_spend(portfolio, epic)
    mvp_periods = int(get(epic, "mvp_periods", 1))
    if epic.get("mvp_cost") is None or duration <= mvp_periods or total == 0:
        return 1 / duration
    mvp_share = float(epic["mvp_cost"]) / total
    if order < mvp_periods:
        return mvp_share / mvp_periods
    return (1 - mvp_share) / (duration - mvp_periods)


@once
def work(portfolio: Portfolio, epic: Epic, option: Option) -> list[Work]:
    """Effort and spend per period and value stream: effort is spread evenly over the option's periods."""
    duration = option[1]
    rows = []
    for order, period in enumerate(in_progress(option)):
        share = spend_share(portfolio, epic, duration, order)
        for stream in streams(portfolio):
            spend = stream_spend(portfolio, epic, stream) * share
            capex = spend * float(get(epic, "capex_share", 0))
            effort = effort_in(epic, stream) / duration
            rows.append(Work(epic, period, stream["id"], effort, spend, capex, spend - capex))
    return rows


def plan_work(portfolio: Portfolio, plan: Plan) -> list[Work]:
    """The work of all epics in the plan."""
    return [row for epic_id, option in plan.items() for row in work(portfolio, epic_of(portfolio, epic_id), option)]


# ---------------------------------------------------------------------------------------------------------------------
# Mix guardrails: a measure, filtered, per anything, at least / at most an amount or a share
# ---------------------------------------------------------------------------------------------------------------------


def attribute(epic: Epic, name: str) -> str | None:
    """The epic's value of an attribute (its id for `epic`); None if it has none."""
    given = epic.get("id" if name == "epic" else name.replace(" ", "_"))
    return None if given is None else str(given)


def place(portfolio: Portfolio, name: str, epic: Epic, period: int, stream: str) -> str | None:
    """What `value stream`, `period`, `budget period` or an epic attribute says about one piece of work."""
    if name == "value stream":
        return stream
    if name == "period":
        return periods(portfolio)[period]
    if name == "budget period":
        return budget_period_of(portfolio, period)
    return attribute(epic, name)


def passes(where: dict[str, list[str]], portfolio: Portfolio, epic: Epic, period: int, stream: str) -> bool:
    """Where: every attribute named must have one of its alternatives, whatever the case of the letters."""
    for name, alternatives in where.items():
        found = place(portfolio, name, epic, period, stream)
        if found is None or found.lower() not in [str(alternative).lower() for alternative in alternatives]:
            return False
    return True


def belongs(group: Group, portfolio: Portfolio, epic: Epic, period: int, stream: str) -> bool:
    """A piece of work belongs to a group when it has the group's value of everything that is grouped by."""
    return all(place(portfolio, name, epic, period, stream) == wanted for name, wanted in group.items())


def group_values(portfolio: Portfolio, name: str) -> list[str]:
    """All value streams, periods or budget periods; of an epic attribute each value that occurs."""
    if name == "value stream":
        return [stream["id"] for stream in streams(portfolio)]
    if name == "period":
        return periods(portfolio)
    if name == "budget period":
        return budget_periods(portfolio)
    found = [attribute(epic, name) for epic in portfolio["epics"]]
    return list(dict.fromkeys(given for given in found if given is not None))


def is_a_place(portfolio: Portfolio, group: Group) -> bool:
    """A period is a group only together with the budget period that it lies in."""
    if "period" not in group or "budget period" not in group:
        return True
    return budget_period_of(portfolio, periods(portfolio).index(group["period"])) == group["budget period"]


def groups(portfolio: Portfolio, limit: Limit) -> list[Group]:
    """Per: every combination of the values of what is grouped by; blank is the whole plan."""
    per = get(limit, "per", [])
    combinations = itertools.product(*(group_values(portfolio, name) for name in per))
    every = [dict(zip(per, combination, strict=True)) for combination in combinations]
    return [group for group in every if is_a_place(portfolio, group)]


def presences(portfolio: Portfolio, plan: Plan, measure: str) -> Iterator[tuple[Epic, int, str]]:
    """Where an epic is in progress (or starts): each period, in each value stream of which it needs effort.

    An epic that needs no effort at all is in progress too, in no value stream.
    """
    for epic_id, option in plan.items():
        epic = epic_of(portfolio, epic_id)
        needed = [stream["id"] for stream in streams(portfolio) if effort_in(epic, stream) > 0]
        for period in in_progress(option)[:1] if measure == "starts" else in_progress(option):
            for stream in needed or [""]:
                yield epic, period, stream


def amount(portfolio: Portfolio, plan: Plan, measure: str, where: dict[str, list[str]], group: Group) -> float:
    """`effort`, `spend`, `capex`, `opex` are sums over the work; `epics` and `starts` count distinct epics."""
    if measure in OF_THE_WORK:
        rows = [
            row
            for row in plan_work(portfolio, plan)
            if belongs(group, portfolio, row.epic, row.period, row.stream)
            and passes(where, portfolio, row.epic, row.period, row.stream)
        ]
        return float(sum(getattr(row, measure) for row in rows))
    counted = {
        epic["id"]
        for epic, period, stream in presences(portfolio, plan, measure)
        if belongs(group, portfolio, epic, period, stream) and passes(where, portfolio, epic, period, stream)
    }
    return float(len(counted))


def approved(portfolio: Portfolio, field: str, group: Group) -> float:
    """The capacity or budget of the same group, before any shift; epic attributes do not narrow it."""
    total = 0.0
    for stream in streams(portfolio):
        for period, figure in enumerate(stream.get(field) or []):
            here = {
                "value stream": stream["id"],
                "period": periods(portfolio)[period],
                "budget period": budget_period_of(portfolio, period),
            }
            if all(here[name] == wanted for name, wanted in group.items() if name in OF_THE_PLACE):
                total += figure
    return total


def base(portfolio: Portfolio, plan: Plan, limit: Limit, group: Group) -> float:
    """What a share is a share of: capacity, budget, what is selected (same measure, same group, unfiltered), or 1."""
    of = limit.get("of")
    if of is None:
        return 1.0
    if of == "selected":
        return amount(portfolio, plan, limit["measure"], {}, group)
    return approved(portfolio, of, group)


class Breach(NamedTuple):
    """One guardrail in one group: by how much it is broken (negative: slack), in units of the measure."""

    text: str
    used: float
    bound: float
    excess: float


def breaches(portfolio: Portfolio, plan: Plan, limit: Limit) -> Iterator[Breach]:
    """At least: share * base - amount; at most: amount - share * base; in every group."""
    for group in groups(portfolio, limit):
        used = amount(portfolio, plan, limit["measure"], get(limit, "where", {}), group)
        whole = base(portfolio, plan, limit, group)
        name = get(limit, "name", limit["measure"])
        if limit.get("at_least") is not None:
            bound = limit["at_least"] * whole
            yield Breach(f"guardrail {name} {group}: {used} < at least {bound}", used, bound, bound - used)
        if limit.get("at_most") is not None:
            bound = limit["at_most"] * whole
            yield Breach(f"guardrail {name} {group}: {used} > at most {bound}", used, bound, used - bound)


def is_soft(limit: Limit) -> bool:
    """A soft guardrail may be breached at its price per unit of breach."""
    return bool(get(limit, "enforce", "hard") == "soft")


def breach_price(portfolio: Portfolio, plan: Plan) -> float:
    """Price * breach of the soft guardrails."""
    soft = [limit for limit in get(portfolio, "guardrails", []) if is_soft(limit)]
    return sum(
        float(get(limit, "price", 0)) * max(0.0, breach.excess)
        for limit in soft
        for breach in breaches(portfolio, plan, limit)
    )


def objective(portfolio: Portfolio, plan: Plan) -> float:
    """What is maximised: the sum of confidence * value(s), less price * breach of soft guardrails."""
    return plan_value(portfolio, plan) - breach_price(portfolio, plan)


# ---------------------------------------------------------------------------------------------------------------------
# Running epics (section 5)
# ---------------------------------------------------------------------------------------------------------------------


def decision(plan: Plan, epic: Epic) -> str:
    """Running: `continue` in the first period, `pause` later, `stop` not in the plan; for all others `start`, `wait`."""
    option = plan.get(epic["id"])
    if not is_running(epic):
        return "wait" if option is None else "start"
    if option is None:
        return "stop"
    return "continue" if option[0] == 0 else "pause"


def price_of_continuing(portfolio: Portfolio, epic_id: str) -> float | None:
    """Value of the best plan where the epic may stop, less that of the best plan where it continues; None if it cannot."""
    first = periods(portfolio)[0]
    others = [
        {**epic, "start": get(epic, "start", first)} if epic["id"] != epic_id and continues(portfolio, epic) else epic
        for epic in portfolio["epics"]
    ]
    bound = [{**epic, "start": first} if epic["id"] == epic_id else epic for epic in others]
    best_free, _ = brute_force({**portfolio, "epics": others, "running_epics": "may stop"})
    best_bound, _ = brute_force({**portfolio, "epics": bound, "running_epics": "may stop"})
    return None if best_free is None or best_bound is None else best_free - best_bound


# ---------------------------------------------------------------------------------------------------------------------
# Hard guardrails
# ---------------------------------------------------------------------------------------------------------------------


def begins_too_early(portfolio: Portfolio, epic: Epic, option: Option) -> bool:
    """What is not committed to yet begins after the committed periods; a Start that is given, or running, is a commitment."""
    states = BEGINS.get(get(portfolio, "model", "safe"), {})
    first = {state.lower(): period for state, period in states.items()}.get(str(epic.get("state")).lower(), 0)
    return epic.get("start") is None and not is_running(epic) and option[0] < first


def must_be_in(epic: Epic) -> bool:
    """Must: in the plan. Start: already decided or in progress, so it is in the plan."""
    return epic.get("must") is True or epic.get("start") is not None


def has_to_be_in(portfolio: Portfolio, epic: Epic) -> bool:
    """What must be in the plan, and what is running and continues."""
    return must_be_in(epic) or continues(portfolio, epic)


def may_be_in(portfolio: Portfolio, epic: Epic) -> bool:
    """An epic that costs more than the epic threshold needs Approved = yes."""
    threshold = portfolio.get("epic_threshold")
    return threshold is None or epic.get("approved") is True or not exceeds(total_spend(portfolio, epic), threshold)


def epic_violations(portfolio: Portfolio, plan: Plan) -> Iterator[str]:
    """Once, must, start, earliest, latest, approval: the rules about a single epic."""
    for epic in portfolio["epics"]:
        option = plan.get(epic["id"])
        if option is not None and begins_too_early(portfolio, epic, option):
            yield f"not committed: {epic['id']} is an option and cannot start in period {option[0]}"
        if option is None:
            if has_to_be_in(portfolio, epic):
                yield f"must: {epic['id']} is not in the plan"
        elif not is_option(portfolio, epic, option):
            yield f"option: {epic['id']} cannot start in period {option[0]} for {option[1]} periods"
        elif not may_be_in(portfolio, epic):
            yield f"approval: {epic['id']} costs more than the epic threshold and is not approved"


def dependency_violations(portfolio: Portfolio, plan: Plan) -> Iterator[str]:
    """A successor is in the plan only if its predecessor is, and starts >= lag periods after its last period + 1.

    Type `needs`: only if the predecessor is in the plan, whenever.
    """
    for dependency in get(portfolio, "dependencies", []):
        predecessor, successor = dependency["predecessor"], dependency["successor"]
        if successor not in plan:
            continue
        if predecessor not in plan:
            yield f"dependency: {successor} needs {predecessor}, which is not in the plan"
        elif get(dependency, "type", "finish to start") == "finish to start":
            first_allowed = last_period(plan[predecessor]) + 1 + get(dependency, "lag_periods", 0)
            if plan[successor][0] < first_allowed:
                yield f"dependency: {successor} starts before period {first_allowed}, after {predecessor}"


@once
def members(portfolio: Portfolio, field: str) -> dict[str, list[str]]:
    """The epics of each exclusive or together group."""
    found: dict[str, list[str]] = {}
    for epic in portfolio["epics"]:
        if epic.get(field) is not None:
            found.setdefault(epic[field], []).append(epic["id"])
    return found


def group_violations(portfolio: Portfolio, plan: Plan) -> Iterator[str]:
    """Of an exclusive group at most one; of a together group all or none."""
    for name, epic_ids in members(portfolio, "exclusive_group").items():
        if sum(epic_id in plan for epic_id in epic_ids) > 1:
            yield f"exclusive: more than one of {name}"
    for name, epic_ids in members(portfolio, "together_group").items():
        if 0 < sum(epic_id in plan for epic_id in epic_ids) < len(epic_ids):
            yield f"together: only some of {name}"


def is_of_class(portfolio: Portfolio, epic: Epic, classes: dict[str, tuple[str, ...]]) -> bool:
    """Whether the epic's class of service is one of those that the portfolio's model treats so."""
    return str(epic.get("class_of_service")).lower() in classes.get(get(portfolio, "model", "safe"), ())


def date_violations(portfolio: Portfolio, plan: Plan) -> Iterator[str]:
    """Fixed date: an epic of such a class is done by its deadline, or it waits."""
    for epic_id, option in plan.items():
        epic = epic_of(portfolio, epic_id)
        if not is_of_class(portfolio, epic, MEETS_DATE) or epic.get("deadline") is None:
            continue
        if exceeds(finish_week(portfolio, option), deadline_week(epic, portfolio)):
            yield f"fixed date: {epic_id} is done after its date"


def wip_violations(portfolio: Portfolio, plan: Plan, within: Collection[int] | None = None) -> Iterator[str]:
    """In each value stream and period, epics in progress that need its effort; in each period, all in progress.

    `within` looks at some periods alone.
    """
    for period in range(len(periods(portfolio))) if within is None else within:
        running = [epic_of(portfolio, epic_id) for epic_id, option in plan.items() if period in in_progress(option)]
        running = [epic for epic in running if not is_of_class(portfolio, epic, BYPASSES_WIP)]
        label = periods(portfolio)[period]
        if len(running) > get(portfolio, "portfolio_wip_limit", math.inf):
            yield f"WIP limit: {len(running)} epics in progress in {label}"
        for stream in streams(portfolio):
            needing = [epic for epic in running if effort_in(epic, stream) > 0]
            if len(needing) > get(stream, "wip_limit", math.inf):
                yield f"WIP limit: {len(needing)} epics in progress in {stream['id']}, {label}"


def effort_used(rows: list[Work], stream: Stream, period: int) -> float:
    """The effort of the plan in one value stream and period."""
    return sum(row.effort for row in rows if row.stream == stream["id"] and row.period == period)


def spend_used(rows: list[Work], stream: Stream, periods_of_budget: list[int]) -> float:
    """The spend of the plan in one value stream and budget period."""
    return sum(row.spend for row in rows if row.stream == stream["id"] and row.period in periods_of_budget)


def capacity_follows(stream: Stream) -> bool:
    """Capacity follows the money at the stream's cost per unit, where there is a budget and such a cost."""
    return stream.get("budget") is not None and float(get(stream, "cost_per_unit", 0)) > 0


def fixed_capacity_violations(portfolio: Portfolio, rows: list[Work]) -> Iterator[str]:
    """In each value stream and period, effort <= capacity: for the streams whose capacity no shift can change."""
    for stream in streams(portfolio):
        if not capacity_follows(stream):
            for period, capacity in enumerate(stream["capacity"]):
                used = effort_used(rows, stream, period)
                if exceeds(used, capacity):
                    yield f"capacity: {stream['id']}, {periods(portfolio)[period]}: effort {used} > {capacity}"


def reserve_violations(portfolio: Portfolio, rows: list[Work]) -> Iterator[str]:
    """Reserve: in each value stream and period, effort <= (1 - reserve) * the capacity as approved, before any shift."""
    reserve = float(get(portfolio, "reserve", 0))
    for stream in streams(portfolio) if reserve else []:
        for period, capacity in enumerate(stream["capacity"]):
            used = effort_used(rows, stream, period)
            if exceeds(used, (1 - reserve) * capacity):
                yield f"reserve: {stream['id']} needs {used} in period {period}, {(1 - reserve) * capacity} is to be planned"


def budget_of(stream: Stream, periods_of_budget: list[int]) -> float:
    """The lean budget of a value stream in a budget period: the sum over its periods."""
    return float(sum(stream["budget"][period] for period in periods_of_budget))


def largest_shift(stream: Stream, periods_of_budget: list[int]) -> float:
    """Each budget moves by at most its max budget shift (a share of its budget; none if not given)."""
    return float(get(stream, "max_budget_shift", 0)) * budget_of(stream, periods_of_budget)


def shifts_needed(rows: list[Work], stream: Stream, periods_of_budget: list[int]) -> dict[str, float]:
    """The budget that must move into the stream (negative: that can leave), for each sentence that asks for it.

    Lean budget: spend <= budget + shift. Capacity: in each period, effort <= capacity + shift / cost per unit /
    periods of the budget period.
    """
    spend = spend_used(rows, stream, periods_of_budget)
    needed = {f"lean budget: spend {spend}": spend - budget_of(stream, periods_of_budget)}
    if capacity_follows(stream):
        for period in periods_of_budget:
            effort = effort_used(rows, stream, period)
            too_much = effort - float(stream["capacity"][period])
            needed[f"capacity: effort {effort} in period {period}"] = (
                too_much * float(stream["cost_per_unit"]) * len(periods_of_budget)
            )
    return needed


def smallest_shift(rows: list[Work], stream: Stream, periods_of_budget: list[int]) -> float:
    """The least shift (most negative: what the stream can give) that its spend, effort and largest shift allow."""
    needed = shifts_needed(rows, stream, periods_of_budget)
    return max(*needed.values(), -largest_shift(stream, periods_of_budget))


def budget_violations(portfolio: Portfolio, rows: list[Work]) -> Iterator[str]:
    """Budgets may move between value streams within a budget period, the sum never growing; else budget and capacity.

    Each stream's needs only bound its shift from below, so shifts exist when every smallest shift is allowed and
    the smallest shifts add up to no more than 0.
    """
    for budget_period in budget_periods(portfolio):
        within = periods_of(portfolio, budget_period)
        funded = [stream for stream in streams(portfolio) if stream.get("budget") is not None]
        for stream in funded:
            for text, shift in shifts_needed(rows, stream, within).items():
                if exceeds(shift, largest_shift(stream, within)):
                    yield f"{text} in {stream['id']}, {budget_period} needs a budget shift of {shift}"
        if exceeds(sum(smallest_shift(rows, stream, within) for stream in funded), 0):
            yield f"budget shift: {budget_period}: the shifts needed add up to more than 0"


def mix_violations(portfolio: Portfolio, plan: Plan) -> Iterator[str]:
    """The hard mix guardrails that the plan breaks."""
    for limit in get(portfolio, "guardrails", []):
        if not is_soft(limit):
            for breach in breaches(portfolio, plan, limit):
                if is_broken(breach.excess, breach.bound):
                    yield breach.text


def each_violation(portfolio: Portfolio, plan: Plan) -> Iterator[str]:
    """Everything hard that the plan breaks, the quickest checks first."""
    yield from epic_violations(portfolio, plan)
    yield from dependency_violations(portfolio, plan)
    yield from group_violations(portfolio, plan)
    yield from date_violations(portfolio, plan)
    yield from wip_violations(portfolio, plan)
    rows = plan_work(portfolio, plan)
    yield from fixed_capacity_violations(portfolio, rows)
    yield from budget_violations(portfolio, rows)
    yield from reserve_violations(portfolio, rows)
    yield from mix_violations(portfolio, plan)


def violations(portfolio: Portfolio, plan: Plan) -> list[str]:
    """Everything hard that the plan breaks; empty when the plan respects every hard guardrail."""
    unknown = [epic_id for epic_id in plan if epic_id not in {epic["id"] for epic in portfolio["epics"]}]
    if unknown:
        return [f"unknown epic: {epic_id}" for epic_id in unknown]
    return list(each_violation(portfolio, plan))


def is_feasible(portfolio: Portfolio, plan: Plan) -> bool:
    """Whether the plan respects every hard guardrail."""
    return next(each_violation(portfolio, plan), None) is None


# ---------------------------------------------------------------------------------------------------------------------
# The best plan, by trying them all
# ---------------------------------------------------------------------------------------------------------------------


@once
def most_capacity(portfolio: Portfolio, stream: Stream, period: int) -> float:
    """The capacity of a value stream in a period if the largest shift allowed went into it."""
    capacity = float(stream["capacity"][period])
    if not capacity_follows(stream):
        return capacity
    within = periods_of(portfolio, budget_period_of(portfolio, period))
    return capacity + largest_shift(stream, within) / float(stream["cost_per_unit"]) / len(within)


def is_hopeless(portfolio: Portfolio, plan: Plan, added: str) -> bool:
    """A part of a plan that exceeds a WIP limit, the most capacity or an exclusive group: more cannot help.

    It was not hopeless before the epic that was added last, so only what that epic touches is looked at.
    """
    epic, within = epic_of(portfolio, added), in_progress(plan[added])
    if next(wip_violations(portfolio, plan, within), None) is not None:
        return True
    group = epic.get("exclusive_group")
    if group is not None and sum(epic_id in plan for epic_id in members(portfolio, "exclusive_group")[group]) > 1:
        return True
    for stream in streams(portfolio):
        if effort_in(epic, stream) == 0:
            continue
        for period in within:
            effort = sum(
                effort_in(epic_of(portfolio, epic_id), stream) / option[1]
                for epic_id, option in plan.items()
                if period in in_progress(option)
            )
            if exceeds(effort, most_capacity(portfolio, stream, period)):
                return True
    return False


def choices(
    portfolio: Portfolio, epic: Epic, forced_in: Collection[str], left_out: Collection[str]
) -> list[tuple[float, Option | None]]:
    """What can be done with one epic: (value, option), and (0, None) if it may stay out of the plan; best first."""
    found: list[tuple[float, Option | None]] = []
    if epic["id"] not in left_out and may_be_in(portfolio, epic):
        found = [(option_value(portfolio, epic, option), option) for option in epic_options(portfolio, epic)]
    if not has_to_be_in(portfolio, epic) and epic["id"] not in forced_in:
        found.append((0.0, None))
    return sorted(found, key=lambda choice: -choice[0])


def every_plan(portfolio: Portfolio) -> list[Plan]:
    """Every combination of options, allowed or not."""
    ways = [[None, *((epic_id, option) for option in found)] for epic_id, found in options(portfolio).items()]
    return [dict(chosen for chosen in combination if chosen) for combination in itertools.product(*ways)]


def feasible_plans(portfolio: Portfolio) -> list[Plan]:
    """Every plan that respects every hard guardrail, in the order of `every_plan`; what is hopeless is not gone into."""
    plans: list[Plan] = [{}]
    with unchanging():
        for epic_id, found in options(portfolio).items():
            longer = []
            for plan in plans:
                more = [{**plan, epic_id: option} for option in found]
                longer += [plan, *(one for one in more if not is_hopeless(portfolio, one, epic_id))]
            plans = longer
        return [plan for plan in plans if is_feasible(portfolio, plan)]


def brute_force(
    portfolio: Portfolio, forced_in: Collection[str] = (), left_out: Collection[str] = ()
) -> tuple[float | None, Plan]:
    """The best objective and a plan that has it, by enumerating every combination of options; (None, {}) if impossible.

    `forced_in` and `left_out` are epics that must, or must not, be in the plan. A branch is cut when the partial plan
    is hopeless already, or when the best value of every epic still open cannot bring it above the best plan found.
    """
    epics = portfolio["epics"]
    every = [choices(portfolio, epic, forced_in, left_out) for epic in epics]
    if any(not found for found in every):
        return None, {}
    best_to_come = [sum(found[0][0] for found in every[depth:]) for depth in range(len(epics) + 1)]
    best: float | None = None
    best_plan: Plan = {}

    def extend(depth: int, plan: Plan, so_far: float) -> None:
        """Try every choice for the epic at this depth."""
        nonlocal best, best_plan
        if best is not None and so_far + best_to_come[depth] <= best:
            return
        if depth == len(epics):
            reached = objective(portfolio, plan)
            if (best is None or reached > best) and is_feasible(portfolio, plan):
                best, best_plan = reached, dict(plan)
            return
        for worth, option in every[depth]:
            added = epics[depth]["id"]
            longer = plan if option is None else {**plan, added: option}
            if option is None or not is_hopeless(portfolio, longer, added):
                extend(depth + 1, longer, so_far + worth)

    with unchanging():
        extend(0, {}, 0.0)
    return best, best_plan
