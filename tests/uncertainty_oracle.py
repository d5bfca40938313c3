"""An oracle for what is uncertain: written naively from the sentences that define it, on plain dicts, without the product.

Numbers are fractions wherever the inputs are; a plan is a dict as in `tests/oracle.py`: epic id -> (start, duration).
An outcome that is one of several is a list of pairs (what comes out, its chance). Slow, small, obvious.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import NormalDist
from types import MappingProxyType
from typing import Any, NamedTuple

from tests import oracle

Portfolio = dict[str, Any]
Epic = dict[str, Any]
Number = Fraction | float | int
Chances = list[tuple[Any, Number]]
NEVER = math.inf
"""The week of what is not done: later than everything."""
Z90 = 1.2815515655446004
MOMENT = Fraction(1, 10**9)
"""Moments within 1e-9 weeks are one; what remains below 1e-9 of the planned work is nothing."""
EFFORT, BENEFIT, COST, HYPOTHESIS, CAPACITY, SCORE, VOTER, CLASS_MEAN, CLASS_SPREAD, CAPACITY_LEVEL = range(1, 11)

# ---------------------------------------------------------------------------------------------------------------------
# Ranges and cases (1.1, 1.2)
# ---------------------------------------------------------------------------------------------------------------------


def both_sides(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """One side blank: it mirrors the other in proportion."""
    assert low is not None or high is not None
    if low is None:
        return value**2 / high, high  # type: ignore[operator, return-value]
    return low, value**2 / low if high is None else high


def spreads(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """The spreads of both sides: down = ln(value / low) / z90, up = ln(high / value) / z90."""
    low, high = both_sides(value, low, high)
    assert 0 < low <= value <= high
    return math.log(value / low) / Z90, math.log(high / value) / Z90


def range_amount(value: float, low: float | None, high: float | None, z: float) -> float:
    """Two half lognormals joined at the median."""
    down, up = spreads(value, low, high)
    return value * math.exp((down if z < 0 else up) * z)


def range_mean(value: float, low: float | None, high: float | None) -> float:
    """The mean is value * (exp(down^2 / 2) * N(-down) + exp(up^2 / 2) * N(up))."""
    down, up = spreads(value, low, high)
    normal = NormalDist()
    return value * (math.exp(down**2 / 2) * normal.cdf(-down) + math.exp(up**2 / 2) * normal.cdf(up))


def scaled(cases: Iterable[Sequence[Number]]) -> Chances:
    """Cases in ascending order, their chances scaled to one."""
    found = sorted((fraction(amount), fraction(chance)) for amount, chance in cases)
    whole = sum(chance for _, chance in found)
    assert abs(whole - 1) <= Fraction(1, 1000) + MOMENT
    return [(amount, chance / whole) for amount, chance in found]


def case_amount(cases: Iterable[Sequence[Number]], z: float) -> Number:
    """The first amount, ascending, whose cumulative chance is >= N(z)."""
    found, so_far = scaled(cases), Fraction(0)
    for amount, chance in found:
        so_far += fraction(chance)
        if so_far >= NormalDist().cdf(z) - 1e-12:
            return amount
    return found[-1][0]


def fraction(number: Number | str) -> Fraction:
    """A number as people wrote it: 0.1 is a tenth."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


# ---------------------------------------------------------------------------------------------------------------------
# Past epics and capacity (1.4, 1.5)
# ---------------------------------------------------------------------------------------------------------------------


class PastEpics(NamedTuple):
    """What a class of past epics says of the next: the mean log of actual / estimate, its spread, and how many they are."""

    mean: float
    spread: float
    count: int


def past_epics(estimates: Sequence[float], actuals: Sequence[float]) -> PastEpics | None:
    """The class, by x = ln(actual / estimate) of those with both > 0; None below five, where an epic without a range is certain."""
    logs = [math.log(a / e) for e, a in zip(estimates, actuals, strict=True) if a > 0 and e > 0]
    if len(logs) < 5:
        return None
    mean = sum(logs) / len(logs)
    return PastEpics(mean, math.sqrt(sum((x - mean) ** 2 for x in logs) / (len(logs) - 1)), len(logs))


def past_factor(past: PastEpics, share: float) -> float:
    """exp(m + s * sqrt(1 + 1/n) * t), t Student with n - 1 degrees."""
    t = student_quantile(share, past.count - 1)
    return math.exp(past.mean + past.spread * math.sqrt(1 + 1 / past.count) * t)


def student(t: float, degrees: int) -> float:
    """The distribution function of Student's t, by its closed sums of cosines."""
    angle = math.atan(t / math.sqrt(degrees))
    cosine, total, term = math.cos(angle), 0.0, 1.0
    if degrees % 2:
        term = cosine
        for step in range(1, (degrees - 1) // 2 + 1):
            total += term
            term *= cosine**2 * 2 * step / (2 * step + 1)
        inside = 2 / math.pi * (angle + math.sin(angle) * total)
    else:
        for step in range(degrees // 2):
            total += term
            term *= cosine**2 * (2 * step + 1) / (2 * step + 2)
        inside = math.sin(angle) * total
    return (1 + inside) / 2


def student_quantile(share: float, degrees: int) -> float:
    """The t below which this share lies, by halving."""
    low, high = -1e6, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if student(middle, degrees) < share else (low, middle)
    return (low + high) / 2


def urn_paths(count: int, turns: int) -> Chances:
    """Every way in which so many turns take past periods from the urn: each adds a copy of what it took."""
    paths: Chances = [((), Fraction(1))]
    for turn in range(turns):
        longer: Chances = []
        for path, chance in paths:
            for point in range(count):
                weight = Fraction(1 + path.count(point), count + turn)
                longer.append(((*path, point), chance * weight))
        paths = longer
    return paths


def urn_points(numbers: Sequence[float], count: int) -> list[int]:
    """Turn p takes k = floor(u * (n + p)): the k-th past period, or what turn k - n took."""
    taken: list[int] = []
    for turn, u in enumerate(numbers):
        place = math.floor(u * (count + turn))
        taken.append(place if place < count else taken[place - count])
    return taken


def merged(outcomes: Iterable[tuple[Any, Number]]) -> dict[Any, Number]:
    """Equal outcomes together, with the sum of their chances."""
    found: dict[Any, Number] = {}
    for what, chance in outcomes:
        found[what] = found.get(what, 0) + chance
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Randomness (2)
# ---------------------------------------------------------------------------------------------------------------------

WORD = 2**32


def philox(counter: Sequence[int], key: Sequence[int]) -> list[int]:
    """Philox4x32-10 of Salmon and others, 2011."""
    c, k = list(counter), list(key)
    for turn in range(10):
        if turn:
            k = [(k[0] + 0x9E3779B9) % WORD, (k[1] + 0xBB67AE85) % WORD]
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [second // WORD ^ c[1] ^ k[0], second % WORD, first // WORD ^ c[3] ^ k[1], first % WORD]
    return c


def uniform(seed: int, draw: int, name: str, kind: int, index: int = 0) -> float:
    """The number of this name, kind and index in this draw: it depends on nothing else."""
    digest = hashlib.sha256(name.encode()).digest()
    first, second = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
    words = philox([draw, kind + 256 * index, first, second], [seed % WORD, seed // WORD])
    return (words[0] * 2**20 + words[1] // 2**12 + 0.5) / 2**52


def normal(seed: int, draw: int, name: str, kind: int, index: int = 0) -> float:
    """The same as a number from the standard normal."""
    return NormalDist().inv_cdf(uniform(seed, draw, name, kind, index))


# ---------------------------------------------------------------------------------------------------------------------
# Draws: every one with its chance, or one by its number
# ---------------------------------------------------------------------------------------------------------------------


class Draw(NamedTuple):
    """One possible future: factors by epic, hypotheses that hold, and how much of its capacity a value stream delivers."""

    effort: Mapping[str, Number] = MappingProxyType({})
    benefit: Mapping[str, Number] = MappingProxyType({})
    cost: Mapping[str, Number] = MappingProxyType({})
    fails: frozenset[str] = frozenset()
    capacity: Callable[[str, int], Number] = lambda _stream, _period: Fraction(1)


PLANNED = Draw()
"""The future in which everything comes as planned."""


def planned_amount(epic: Epic, kind: str) -> Number:
    """The value that a range or cases are about: effort of the epic's total; benefit without money is a factor."""
    if kind == "effort":
        return sum((fraction(units) for units in epic["effort"].values()), Fraction(0))
    if kind == "benefit":
        given = epic.get("benefit_per_week")
        return fraction(1 if given is None else given)
    return fraction(epic["external_cost"])


def certain(epic: Epic, kind: str) -> bool:
    """Whether neither a range nor cases are given."""
    return all(epic.get(f"{kind}_{what}") is None for what in ("low", "high")) and not epic.get(f"{kind}_cases")


def every_draw(portfolio: Portfolio) -> list[tuple[Draw, Number]]:
    """All combinations of cases and hypotheses with their chances (shares are 0: each is independent of the others)."""
    ways: list[list[tuple[tuple[str, str, Any], Number]]] = []
    for epic in portfolio["epics"]:
        for kind in ("effort", "benefit", "external_cost"):
            if epic.get(f"{kind}_cases"):
                value = planned_amount(epic, kind)
                cases = scaled(epic[f"{kind}_cases"])
                ways.append([((kind, epic["id"], amount / value), chance) for amount, chance in cases])
        confidence = fraction(oracle.get(epic, "confidence", 1))
        if 0 <= confidence < 1:
            here = [((HOLDS, epic["id"], True), confidence), ((HOLDS, epic["id"], False), 1 - confidence)]
            ways.append([way for way in here if way[1] > 0])
    found = []
    for combination in itertools.product(*ways):
        by_kind: dict[str, dict[str, Any]] = {"effort": {}, "benefit": {}, "external_cost": {}, HOLDS: {}}
        for (kind, name, factor), _ in combination:
            by_kind[kind][name] = factor
        fails = frozenset(name for name, holds in by_kind[HOLDS].items() if not holds)
        chance = math.prod((chance for _, chance in combination), start=Fraction(1))
        found.append((Draw(by_kind["effort"], by_kind["benefit"], by_kind["external_cost"], fails), chance))
    return found


HOLDS = "holds"


def largest_stream(portfolio: Portfolio, epic: Epic) -> str:
    """The value stream that the epic needs most of."""
    return str(oracle.largest_streams(portfolio, epic)[0]["id"])


def common_factor(portfolio: Portfolio, epic: Epic, seed: int, draw: int, kind: int) -> float:
    """The normal number of an epic: z = sqrt(sp) * G + sqrt(sv) * V + sqrt(1 - sp - sv) * e."""
    shared, by_stream = shares(portfolio)
    stream = f"value stream {largest_stream(portfolio, epic)}"
    return (
        math.sqrt(shared) * normal(seed, draw, "portfolio", kind)
        + math.sqrt(by_stream) * normal(seed, draw, stream, kind)
        + math.sqrt(1 - shared - by_stream) * normal(seed, draw, f"epic {epic['id']}", kind)
    )


def shares(portfolio: Portfolio) -> tuple[float, float]:
    """Shares of variance in common: blank is 10 % in the portfolio, 15 % in a value stream."""
    by_stream = float(oracle.get(portfolio, "shared_by_value_stream", 0.15))
    return float(oracle.get(portfolio, "shared_by_portfolio", 0.1)), by_stream


def drawn_factor(portfolio: Portfolio, epic: Epic, kind: str, seed: int, draw: int) -> Number | None:
    """The factor f = amount / the cell's value; None where it is certain."""
    if certain(epic, kind):
        if kind == "effort" and oracle.get(portfolio, "ranges_from_history", True):
            return drawn_from_past(portfolio, epic, seed, draw)
        return None
    number = {"effort": EFFORT, "benefit": BENEFIT, "external_cost": COST}[kind]
    z = common_factor(portfolio, epic, seed, draw, number)
    value = planned_amount(epic, kind)
    if epic.get(f"{kind}_cases"):
        return case_amount(epic[f"{kind}_cases"], z) / value
    return range_amount(float(value), epic.get(f"{kind}_low"), epic.get(f"{kind}_high"), z) / float(value)


def class_of(portfolio: Portfolio, epic: Epic) -> tuple[str, PastEpics | None]:
    """The class of past epics of an epic: its value stream's where that has ten, else the portfolio's."""
    rows = [
        row
        for row in oracle.get(oracle.get(portfolio, "evidence", {}), "actuals", [])
        if row.get("finished")
        and oracle.get(row, "estimated_effort", 0) > 0
        and oracle.get(row, "actual_effort", 0) > 0
    ]
    stream = largest_stream(portfolio, epic)
    own = [row for row in rows if row.get("value_stream") == stream]
    name, chosen = (f"value stream {stream}", own) if len(own) >= 10 else ("portfolio", rows)
    estimates = [row["estimated_effort"] for row in chosen]
    return name, past_epics(estimates, [row["actual_effort"] for row in chosen])


def drawn_from_past(portfolio: Portfolio, epic: Epic, seed: int, draw: int) -> float | None:
    """exp(mu + sigma * z): mean and spread once per draw for all such epics, z of the epic."""
    name, past = class_of(portfolio, epic)
    if past is None or not any(oracle.get(epic, "effort", {}).values()):
        return None
    squares = sum(normal(seed, draw, name, CLASS_SPREAD, index) ** 2 for index in range(past.count - 1))
    sigma = math.sqrt((past.count - 1) * past.spread**2 / squares)
    mu = past.mean + sigma * normal(seed, draw, name, CLASS_MEAN) / math.sqrt(past.count)
    return math.exp(mu + sigma * common_factor(portfolio, epic, seed, draw, EFFORT))


def delivered_shares(portfolio: Portfolio) -> tuple[list[str], dict[str, dict[str, float]]]:
    """The past periods in the order of the sheet, and q = delivered / capacity by value stream and period."""
    rows = oracle.get(oracle.get(portfolio, "evidence", {}), "delivered", [])
    found: dict[str, dict[str, float]] = {stream["id"]: {} for stream in oracle.streams(portfolio)}
    for row in rows:
        found[row["value_stream"]][row["period"]] = row["delivered"] / row["capacity"]
    return list(dict.fromkeys(row["period"] for row in rows)), found


def drawn_capacity(portfolio: Portfolio, seed: int, draw: int) -> Callable[[str, int], Number]:
    """The share q that a value stream delivers in a period: past periods from the urn, else its own level around 1, else 1."""
    past, delivered = delivered_shares(portfolio)

    def share(stream_id: str, period: int) -> Number:
        own = delivered[stream_id]
        if len(own) >= 6:
            together = len(own) == len(past)
            name = "portfolio" if together else f"value stream {stream_id}"
            rows = past if together else list(own)
            numbers = [uniform(seed, draw, name, CAPACITY, turn) for turn in range(period + 1)]
            return own[rows[urn_points(numbers, len(rows))[-1]]]
        stream = next(each for each in oracle.streams(portfolio) if each["id"] == stream_id)
        low, high = stream.get("capacity_low"), stream.get("capacity_high")
        if low is None and high is None:
            return 1
        shared = shares(portfolio)[0]
        own_number = normal(seed, draw, f"value stream {stream_id}", CAPACITY_LEVEL)
        z = math.sqrt(shared) * normal(seed, draw, "portfolio", CAPACITY_LEVEL) + math.sqrt(1 - shared) * own_number
        return range_amount(1, low, high, z)

    return share


def drawn(portfolio: Portfolio, seed: int, draw: int) -> Draw:
    """The draw with this number."""
    by_kind: dict[str, dict[str, Number]] = {}
    for kind in ("effort", "benefit", "external_cost"):
        found = {epic["id"]: drawn_factor(portfolio, epic, kind, seed, draw) for epic in portfolio["epics"]}
        by_kind[kind] = {name: factor for name, factor in found.items() if factor is not None}
    fails = frozenset(
        epic["id"]
        for epic in portfolio["epics"]
        if uniform(seed, draw, f"epic {epic['id']}", HYPOTHESIS) >= oracle.get(epic, "confidence", 1)
    )
    capacity = drawn_capacity(portfolio, seed, draw)
    return Draw(by_kind["effort"], by_kind["benefit"], by_kind["external_cost"], fails, capacity)


# ---------------------------------------------------------------------------------------------------------------------
# Figures and their error (3)
# ---------------------------------------------------------------------------------------------------------------------


def equally_likely(values: Sequence[Any]) -> Chances:
    """Each of these in one draw of as many."""
    return [(value, Fraction(1, len(values))) for value in values]


def mean(outcomes: Chances) -> Number:
    """What comes out on average."""
    return sum(value * chance for value, chance in outcomes)


def percentile(outcomes: Chances, share: Number) -> Any:
    """The smallest x with at least that share of draws <= x."""
    so_far: Number = 0
    for value, chance in sorted(outcomes, key=lambda pair: pair[0]):
        so_far += chance
        if so_far >= share - MOMENT:
            return value
    raise AssertionError("chances add up to one")


def to_count_on(outcomes: Chances, share: Number) -> Any:
    """The largest x with at least that share of draws >= x."""
    return -percentile([(-value, chance) for value, chance in outcomes], share)


def worst_mean(outcomes: Chances, share: Number) -> Number:
    """CVaR: the mean of the worst share of draws, the last draw counted in part."""
    left, total = share, Fraction(0)
    for value, chance in sorted(outcomes, key=lambda pair: pair[0]):
        taken = min(left, chance)
        total += value * taken
        left -= taken
    return total / share


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson."""
    z, share = NormalDist().inv_cdf(0.975), hits / count
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    half = z / (1 + z**2 / count) * math.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    return middle - half, middle + half


def standard_error(values: Sequence[Number]) -> float:
    """The standard error of the mean of so many draws."""
    return deviation(values) / math.sqrt(len(values))


def deviation(values: Sequence[Number]) -> float:
    """The standard deviation of a sample."""
    middle = sum(values) / len(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


# ---------------------------------------------------------------------------------------------------------------------
# A plan played forward (4)
# ---------------------------------------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """Work that was done in one period of one value stream: how much, and whether it is of the MVP."""

    epic: str
    stream: str
    period: int
    work: Number
    of_mvp: bool


class Played(NamedTuple):
    """What became of a plan: the weeks in which its epics began, were done or stopped, and the work that was done."""

    begun: dict[str, Number]
    done: dict[str, Number]
    stopped: dict[str, Number]
    pieces: list[Piece]


class Game:
    """A plan as it is followed in one draw; time runs in weeks from 0."""

    def __init__(
        self, portfolio: Portfolio, plan: oracle.Plan, draw: Draw, rank: Sequence[str], funded: dict[str, list[Number]]
    ) -> None:
        self.portfolio, self.plan, self.draw, self.funded = portfolio, plan, draw, funded
        self.weeks = fraction(portfolio["calendar"]["period_weeks"])
        self.epics = {name: oracle.epic_of(portfolio, name) for name in plan}
        self.rank = {name: place for place, name in enumerate(rank)}
        self.order = sorted(plan, key=lambda name: (self.start(name), self.finish(name), self.rank[name]))
        self.planned = {name: self.planned_work(name) for name in plan}
        self.whole = {
            name: {stream: units * self.factor(name) for stream, units in work.items()}
            for name, work in self.planned.items()
        }
        self.left = {name: dict(work) for name, work in self.whole.items()}
        self.now: Number = Fraction(0)
        self.begun: dict[str, Number] = {}
        self.done: dict[str, Number] = {}
        self.stopped: dict[str, Number] = {}
        self.pieces: list[Piece] = []

    # --- what was planned ---

    def start(self, name: str) -> Number:
        return self.plan[name][0] * self.weeks

    def finish(self, name: str) -> Number:
        return sum(self.plan[name]) * self.weeks

    def planned_work(self, name: str) -> dict[str, Number]:
        """By value stream; an epic without effort takes its planned time, in no value stream."""
        effort = oracle.get(self.epics[name], "effort", {})
        needed = {stream: fraction(units) for stream, units in effort.items() if units > 0}
        return needed or {"": Fraction(1)}

    def factor(self, name: str) -> Number:
        factor = self.draw.effort.get(name, 1)
        return Fraction(1) if "" in self.planned[name] else Fraction(factor)

    def planned_rate(self, name: str, stream: str) -> Number:
        return self.planned[name][stream] / (self.plan[name][1] * self.weeks)

    def top_rate(self, name: str, stream: str) -> Number:
        shortest = self.whole[name][stream] / (oracle.shortest(self.epics[name]) * self.weeks)
        planned = self.planned_rate(name, stream)
        return planned if stream == "" else max(planned, shortest)

    def mvp_share(self, name: str) -> Number | None:
        """MVP periods / planned periods, of an epic with an MVP that is planned longer than it."""
        epic = self.epics[name]
        if epic.get("mvp_cost") is None and epic.get("mvp_periods") is None:
            return None
        length = oracle.get(epic, "mvp_periods", 1)
        return Fraction(length, self.plan[name][1]) if length < self.plan[name][1] else None

    # --- one moment ---

    def period(self) -> int:
        return int(self.now // self.weeks)

    def in_progress(self) -> list[str]:
        """In the order they began; together: planned start, planned finish, rank."""
        names = [name for name in self.order if name in self.begun and name not in self.over()]
        return sorted(names, key=lambda name: self.begun[name])

    def over(self) -> set[str]:
        return {*self.done, *self.stopped}

    def capacity(self, stream: str) -> Number:
        """Of a week; after the last period it goes on as in it."""
        figures = self.funded[stream]
        planned = fraction(figures[min(self.period(), len(figures) - 1)])
        return Fraction(self.draw.capacity(stream, self.period())) * planned / self.weeks

    def first_round(self) -> tuple[dict[tuple[str, str], Number], dict[str, Number]]:
        """Each epic in progress gets its planned rate, or what is left; and what is left then."""
        left: dict[str, Number] = {
            stream["id"]: self.capacity(stream["id"]) for stream in oracle.streams(self.portfolio)
        }
        rates: dict[tuple[str, str], Number] = {}
        for name in self.in_progress():
            for stream, remaining in self.left[name].items():
                if remaining > 0:
                    wanted = self.planned_rate(name, stream)
                    rates[name, stream] = wanted if stream == "" else min(wanted, left[stream])
                    if stream:
                        left[stream] -= rates[name, stream]
        return rates, left

    def rates(self) -> dict[tuple[str, str], Number]:
        """The second round raises them, from what is left, to end on the planned finish; after that date to any."""
        rates, left = self.first_round()
        for name, stream in [pair for pair in rates if pair[1]]:
            to_finish = self.finish(name) - self.now
            wanted = self.top_rate(name, stream)
            if to_finish > MOMENT:
                wanted = min(wanted, self.left[name][stream] / to_finish)
            more = max(Fraction(0), min(wanted - rates[name, stream], left[stream]))
            rates[name, stream] += more
            left[stream] -= more
        return rates

    def may_begin(self, name: str, at_periods: bool) -> bool:
        if self.now < self.start(name) - MOMENT or (at_periods and self.now % self.weeks > 0):
            return False
        return self.is_freed(name) and self.has_a_slot(name) and self.has_capacity(name)

    def is_freed(self, name: str) -> bool:
        """Each finish-to-start predecessor is done, the lag has passed, and none of either type was stopped."""
        for dependency in oracle.get(self.portfolio, "dependencies", []):
            before = dependency["predecessor"]
            if dependency["successor"] != name:
                continue
            if before in self.stopped:
                return False
            if oracle.get(dependency, "type", "finish to start") == "finish to start":
                lag = oracle.get(dependency, "lag_periods", 0) * self.weeks
                if before not in self.done or self.now < self.done[before] + lag - MOMENT:
                    return False
        return True

    def has_a_slot(self, name: str) -> bool:
        """A WIP slot is free in each of its value streams and in the portfolio."""

        def counts(other: str) -> bool:
            return not oracle.is_of_class(self.portfolio, self.epics[other], oracle.BYPASSES_WIP)

        if not counts(name):
            return True
        running = [other for other in self.in_progress() if counts(other)]
        if len(running) >= oracle.get(self.portfolio, "portfolio_wip_limit", math.inf):
            return False
        for stream in oracle.streams(self.portfolio):
            using = [other for other in running if stream["id"] in self.planned[other]]
            if stream["id"] in self.planned[name] and len(using) >= oracle.get(stream, "wip_limit", math.inf):
                return False
        return True

    def has_capacity(self, name: str) -> bool:
        _, left = self.first_round()
        return all(left[stream] > MOMENT for stream in self.planned[name] if stream)

    def settle(self, stop_after_mvp: bool) -> None:
        """Ends of work and MVP decisions of this moment."""
        for name in self.in_progress():
            for stream, remaining in self.left[name].items():
                if remaining < MOMENT * self.planned[name][stream]:
                    self.left[name][stream] = Fraction(0)
            share = self.mvp_share(name)
            if not any(self.left[name].values()):
                self.done[name] = self.now
            elif stop_after_mvp and name in self.draw.fails and share is not None and self.has_done(name, share):
                self.stopped[name] = self.now

    def has_done(self, name: str, share: Number) -> bool:
        """Whether that share of its work is done in each of its value streams."""
        return all(
            self.left[name][stream] <= (1 - share) * whole + MOMENT * self.planned[name][stream]
            for stream, whole in self.whole[name].items()
        )

    def begin(self, at_periods: bool) -> None:
        """Those that may begin, in order; what is left is reckoned again after each."""
        for name in self.order:
            if name not in self.begun and self.may_begin(name, at_periods):
                self.begun[name] = self.now

    # --- from one moment to the next ---

    def next_moment(self, rates: dict[tuple[str, str], Number]) -> Number:
        """Ends of work, MVP decisions, lags and period starts."""
        moments = [(self.period() + 1) * self.weeks]
        for (name, stream), rate in rates.items():
            if rate > 0:
                share = self.mvp_share(name)
                rest = Fraction(0) if share is None else (1 - share) * self.whole[name][stream]
                moments += [self.now + (self.left[name][stream] - until) / rate for until in (Fraction(0), rest)]
        for dependency in oracle.get(self.portfolio, "dependencies", []):
            if dependency["predecessor"] in self.done:
                lag = oracle.get(dependency, "lag_periods", 0) * self.weeks
                moments.append(self.done[dependency["predecessor"]] + lag)
        soonest = min(moment for moment in moments if moment > self.now)
        boundary = round(soonest / self.weeks) * self.weeks
        return boundary if abs(boundary - soonest) <= MOMENT and boundary > self.now else soonest

    def advance(self, moment: Number, rates: dict[tuple[str, str], Number]) -> None:
        """Work goes on at these rates until this moment; what is done up to the MVP's share is the MVP's."""
        for (name, stream), rate in rates.items():
            before = self.left[name][stream]
            after = max(Fraction(0), before - rate * (moment - self.now))
            share = self.mvp_share(name)
            rest = Fraction(0) if share is None else (1 - share) * self.whole[name][stream]
            for work, of_mvp in ((before - max(after, rest), True), (min(before, rest) - after, False)):
                if work > 0:
                    is_mvp = of_mvp and share is not None
                    self.pieces.append(Piece(name, stream, self.period(), work, is_mvp))
            self.left[name][stream] = after
        self.now = moment

    def run(self, end: Number, stop_after_mvp: bool, at_periods: bool) -> Played:
        """From week 0 to the end."""
        while True:
            before = None
            while before != (len(self.begun), len(self.over())):
                before = len(self.begun), len(self.over())
                self.settle(stop_after_mvp)
                self.begin(at_periods)
            if self.now >= end:
                return Played(self.begun, self.done, self.stopped, self.pieces)
            rates = self.rates()
            self.advance(min(end, self.next_moment(rates)), rates)


def play(
    portfolio: Portfolio,
    plan: oracle.Plan,
    draw: Draw = PLANNED,
    *,
    rank: Sequence[str] | None = None,
    funded: dict[str, list[Number]] | None = None,
    stop_after_mvp: bool | None = None,
) -> Played:
    """Follows the plan as it is in this draw; `rank` is the ranking (else the order of the sheet), `funded` the capacity."""
    stop = oracle.get(portfolio, "stop_after_mvp", True) if stop_after_mvp is None else stop_after_mvp
    length = len(oracle.periods(portfolio)) * portfolio["calendar"]["period_weeks"]
    end = fraction(max(oracle.horizon_week(portfolio), length))
    given = {stream["id"]: stream["capacity"] for stream in oracle.streams(portfolio)} if funded is None else funded
    order = [epic["id"] for epic in portfolio["epics"]] if rank is None else rank
    return Game(portfolio, plan, draw, order, given).run(end, stop, portfolio.get("starts") == "at periods")


def epic_value(portfolio: Portfolio, name: str, played: Played, draw: Draw, averaged: bool = False) -> float:
    """Its urgency profile at its done week, times its benefit factor, 0 if its hypothesis fails.

    `averaged`: times its Confidence instead, nobody fails.
    """
    if name not in played.done or (not averaged and name in draw.fails):
        return 0.0
    epic = oracle.epic_of(portfolio, name)
    if not averaged:
        epic = {**epic, "confidence": 1}
    return oracle.value(epic, float(played.done[name]), portfolio) * float(draw.benefit.get(name, 1))


def plan_value(
    portfolio: Portfolio, plan: oracle.Plan, played: Played, draw: Draw = PLANNED, averaged: bool = False
) -> float:
    """The sum over its epics, less the plan's own price of soft breaches."""
    values = [epic_value(portfolio, name, played, draw, averaged) for name in plan]
    return sum(values) - oracle.breach_price(portfolio, plan)


def money(portfolio: Portfolio, plan: oracle.Plan, draw: Draw, piece: Piece) -> Iterator[tuple[str, Number]]:
    """What one piece of work costs, by value stream: units at cost per unit / q, and its part of the external cost."""
    epic = oracle.epic_of(portfolio, piece.epic)
    factor = spend_factor(portfolio, epic, plan[piece.epic], piece.of_mvp)
    largest = [stream["id"] for stream in oracle.largest_streams(portfolio, epic)]
    external = fraction(oracle.get(epic, "external_cost", 0)) * Fraction(draw.cost.get(piece.epic, 1))
    if piece.stream == "":
        for stream in largest:
            yield stream, piece.work * external / len(largest) * factor
        return
    stream = next(each for each in oracle.streams(portfolio) if each["id"] == piece.stream)
    unit = fraction(oracle.get(stream, "cost_per_unit", 0))
    whole = fraction(epic["effort"][piece.stream]) * Fraction(draw.effort.get(piece.epic, 1))
    paid = piece.work * unit / Fraction(draw.capacity(piece.stream, piece.period))
    if piece.stream in largest:
        paid += external / len(largest) * piece.work / whole
    yield piece.stream, paid * factor


def spend_factor(portfolio: Portfolio, epic: Epic, option: oracle.Option, of_mvp: bool) -> Number:
    """Times a / b for work up to the MVP's share b, (1 - a) / (1 - b) after it; 1 without an MVP cost."""
    length, total = oracle.get(epic, "mvp_periods", 1), fraction(oracle.total_spend(portfolio, epic))
    if epic.get("mvp_cost") is None or option[1] <= length or total == 0:
        return Fraction(1)
    a, b = fraction(epic["mvp_cost"]) / total, Fraction(length, option[1])
    return a / b if of_mvp else (1 - a) / (1 - b)


def spend(
    portfolio: Portfolio, plan: oracle.Plan, played: Played, draw: Draw = PLANNED
) -> dict[tuple[str, int], Number]:
    """By value stream and period (periods after the plan's go on counting)."""
    return {
        key: amount
        for key, amount in merged(
            ((stream, piece.period), paid)
            for piece in played.pieces
            for stream, paid in money(portfolio, plan, draw, piece)
        ).items()
        if amount
    }


def mvp_spend(portfolio: Portfolio, plan: oracle.Plan, played: Played, draw: Draw, name: str) -> Number:
    """What the MVP of an epic costs."""
    mine = [piece for piece in played.pieces if piece.epic == name and piece.of_mvp]
    return sum(paid for piece in mine for _, paid in money(portfolio, plan, draw, piece))


def done_weeks(outcomes: Iterable[tuple[Played, Number]], name: str) -> Chances:
    """When an epic is done, with chances."""
    return list(merged((played.done.get(name, NEVER), chance) for played, chance in outcomes).items())


def chance_of(outcomes: Iterable[tuple[Any, Number]], is_so: Callable[[Any], bool]) -> Number:
    """The chance of what is so."""
    return sum((chance for outcome, chance in outcomes if is_so(outcome)), Fraction(0))


# ---------------------------------------------------------------------------------------------------------------------
# Ranks and bands (1.6, 5)
# ---------------------------------------------------------------------------------------------------------------------

COLUMNS = ("user_business_value", "time_criticality", "rr_oe", "job_size")


def stepped(score: Number, scale: Sequence[Number], step: Number) -> Chances:
    """One step of the scale down or up, each with the step chance; a step off the end stays."""
    place = list(scale).index(score)
    moves = [(max(0, place - 1), step), (place, 1 - 2 * step), (min(len(scale) - 1, place + 1), step)]
    return list(merged((scale[where], chance) for where, chance in moves).items())


def score_keys(epic: Epic, scale: Sequence[Number], step: Number) -> dict[tuple[Fraction, Fraction], Number]:
    """The sort keys that the moved scores of an epic may give: WSJF, then cost of delay, the highest first."""
    columns = [stepped(epic[column], scale, step) for column in COLUMNS]
    return merged(
        (wsjf_key([score for score, _ in combination]), math.prod(chance for _, chance in combination))
        for combination in itertools.product(*columns)
    )


def wsjf_key(scores: Sequence[Number]) -> tuple[Fraction, Fraction]:
    """What an epic is ranked by: the lower, the better."""
    delay = fraction(scores[0]) + fraction(scores[1]) + fraction(scores[2])
    return -delay / fraction(scores[3]), -delay


def order_of(keys: dict[str, tuple[Fraction, Fraction]]) -> tuple[str, ...]:
    """Epics by key; what is equal stays in the order of the sheet."""
    return tuple(sorted(keys, key=lambda name: keys[name]))


def rankings(epics: Sequence[Epic], scale: Sequence[Number], step: Number) -> Chances:
    """Every ranking that moved scores may give, with its chance."""
    names = [epic["id"] for epic in epics]
    ways = [list(score_keys(epic, scale, step).items()) for epic in epics]
    return list(
        merged(
            (
                order_of(dict(zip(names, (key for key, _ in combination), strict=True))),
                math.prod(chance for _, chance in combination),
            )
            for combination in itertools.product(*ways)
        ).items()
    )


def drawn_ranking(
    epics: Sequence[Epic], scale: Sequence[Number], step: Number, seed: int, draw: int
) -> tuple[str, ...]:
    """The ranking of one draw."""
    return order_of({epic["id"]: wsjf_key(stepped_scores(epic, scale, step, seed, draw)) for epic in epics})


def stepped_scores(epic: Epic, scale: Sequence[Number], step: Number, seed: int, draw: int) -> list[Number]:
    """The scores of one epic in one draw: down if u < the step chance, up if u >= 1 - it."""
    moved = []
    for index, column in enumerate(COLUMNS):
        u = uniform(seed, draw, f"epic {epic['id']}", SCORE, index)
        place = list(scale).index(epic[column]) + (1 if u >= 1 - step else -1 if u < step else 0)
        moved.append(scale[min(len(scale) - 1, max(0, place))])
    return moved


def voted_draw(portfolio: Portfolio, scale: Sequence[Number], seed: int, draw: int) -> tuple[str, ...]:
    """The ranking of one draw, where some epics have votes of three people or more.

    As many scorers are drawn as there are, once for the portfolio: turn by turn floor(u n) in the sheet's order. The mean is of those
    drawn who voted for the epic; where none did, its scores stay as they were agreed.
    """
    votes = oracle.get(oracle.get(portfolio, "evidence", {}), "votes", [])
    scorers = list(dict.fromkeys(vote["scorer"] for vote in votes))
    turns = [uniform(seed, draw, "portfolio", VOTER, turn) for turn in range(len(scorers))]
    chosen = [scorers[math.floor(u * len(scorers))] for u in turns]
    step = fraction(oracle.get(portfolio, "score_step_chance", Fraction(1, 4)))
    keys = {}
    for epic in portfolio["epics"]:
        own = {vote["scorer"]: [vote[column] for column in COLUMNS] for vote in votes if vote["epic"] == epic["id"]}
        if len(own) < 3:
            keys[epic["id"]] = wsjf_key(stepped_scores(epic, scale, step, seed, draw))
            continue
        cast, places = list(own.values()), [list(own).index(scorer) for scorer in chosen if scorer in own]
        keys[epic["id"]] = wsjf_key(
            voted_scores(epic, cast, places, scale) if places else [epic[column] for column in COLUMNS]
        )
    return order_of(keys)


def voted_rankings(epics: Sequence[Epic], votes: dict[str, list[Sequence[Number]]], scale: Sequence[Number]) -> Chances:
    """Every ranking that as many scorers, drawn with replacement, may give; all epics are voted on by all of them."""
    count = len(next(iter(votes.values())))
    found = []
    for drawn_scorers in itertools.product(range(count), repeat=count):
        keys = {epic["id"]: wsjf_key(voted_scores(epic, votes[epic["id"]], drawn_scorers, scale)) for epic in epics}
        found.append((order_of(keys), Fraction(1, count**count)))
    return list(merged(found).items())


def voted_scores(
    epic: Epic, votes: list[Sequence[Number]], drawn_scorers: Sequence[int], scale: Sequence[Number]
) -> list[Fraction]:
    """Each score becomes the agreed one + (mean of those drawn - mean of all), held within the scale."""
    moved = []
    for index, column in enumerate(COLUMNS):
        cast = [fraction(vote[index]) for vote in votes]
        change = sum(cast[scorer] for scorer in drawn_scorers) / len(drawn_scorers) - sum(cast) / len(cast)
        moved.append(min(fraction(scale[-1]), max(fraction(scale[0]), fraction(epic[column]) + change)))
    return moved


def rank_chances(outcomes: Chances, name: str) -> Chances:
    """The rank of an epic, with chances."""
    return list(merged((order.index(name) + 1, chance) for order, chance in outcomes).items())


def chance_above(outcomes: Chances, first: str, second: str) -> Number:
    """The chance that one epic ranks above another."""
    return chance_of(outcomes, lambda order: order.index(first) < order.index(second))


def bands(today: Sequence[str], outcomes: Chances) -> list[list[str]]:
    """The next ones join while the chance that the opener ranks above them is below 80 %; else they open the next band."""
    found: list[list[str]] = []
    for name in today:
        if found and chance_above(outcomes, found[-1][0], name) < Fraction(8, 10):
            found[-1].append(name)
        else:
            found.append([name])
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Made anew (6)
# ---------------------------------------------------------------------------------------------------------------------


def portfolio_in(portfolio: Portfolio, draw: Draw) -> Portfolio:
    """The portfolio with that draw's efforts, benefits (or points), costs and capacities; Confidence stays a share."""
    epics = []
    for epic in portfolio["epics"]:
        name, new = epic["id"], dict(epic)
        if name in draw.effort:
            new["effort"] = {stream: float(units * draw.effort[name]) for stream, units in epic["effort"].items()}
        if name in draw.cost:
            new["external_cost"] = float(epic["external_cost"] * draw.cost[name])
        if not oracle.has_money(epic):
            new["benefit_per_week"] = oracle.benefit_per_week(epic, portfolio) * float(draw.benefit.get(name, 1))
        for field in ("benefit_per_week", "penalty", "net_present_value"):
            if name in draw.benefit and epic.get(field) is not None:
                new[field] = float(epic[field] * draw.benefit[name])
        if name in draw.benefit and epic.get("value_curve") is not None:
            new["value_curve"] = [[week, float(worth * draw.benefit[name])] for week, worth in epic["value_curve"]]
        epics.append(new)
    streams = [
        {
            **stream,
            "capacity": [
                float(units * draw.capacity(stream["id"], period)) for period, units in enumerate(stream["capacity"])
            ],
        }
        for stream in oracle.streams(portfolio)
    ]
    return {**portfolio, "epics": epics, "value_streams": streams}


def made_anew(portfolio: Portfolio, plan: oracle.Plan, draw: Draw) -> tuple[oracle.Plan, float]:
    """The best plan of that draw, and the regret of this plan in it, both played with hypotheses averaged."""
    _, anew = oracle.brute_force(portfolio_in(portfolio, draw))
    values = [
        plan_value(portfolio, one, play(portfolio, one, draw, stop_after_mvp=False), draw, averaged=True)
        for one in (anew, plan)
    ]
    return anew, max(0.0, values[0] - values[1])


# ---------------------------------------------------------------------------------------------------------------------
# Information (7): values is a row per draw, of the value of each candidate plan
# ---------------------------------------------------------------------------------------------------------------------

Values = Sequence[Sequence[Number]]


def best(values: Values, chances: Sequence[Number]) -> int:
    """The candidate with the best mean; ties: the earlier one."""
    if not values:
        return 0
    means = [sum(row[k] * p for row, p in zip(values, chances, strict=True)) for k in range(len(values[0]))]
    return means.index(max(means))


def evpi(values: Values, chances: Sequence[Number]) -> Number:
    """The mean of max_k V - mean of V[k0]: what knowing everything would add."""
    chosen = best(values, chances)
    return sum((max(row) - row[chosen]) * p for row, p in zip(values, chances, strict=True))


def evppi(known: Sequence[Any], values: Values, chances: Sequence[Number]) -> Number:
    """E_x[max_k E[V_k | x]] - max_k E[V_k], exactly: knowing x picks one candidate for each of its values."""
    total: Number = 0
    for x in dict.fromkeys(known):
        here = [draw for draw, other in enumerate(known) if other == x]
        chosen = best([values[draw] for draw in here], [chances[draw] for draw in here])
        total += sum(values[draw][chosen] * chances[draw] for draw in here)
    overall = best(values, chances)
    return total - sum(row[overall] * p for row, p in zip(values, chances, strict=True))


def bins_of(known: Sequence[Number], count: int = 20) -> list[int]:
    """The bin of each draw: of equal count by x, or by distinct values where there are fewer."""
    distinct = sorted(set(known))
    if len(distinct) < count:
        return [distinct.index(x) for x in known]
    found = [0] * len(known)
    for place, draw in enumerate(sorted(range(len(known)), key=lambda draw: (known[draw], draw))):
        found[draw] = place * count // len(known)
    return found


def cross_fitted(bins: Sequence[int], values: Values) -> list[Number]:
    """By draw: the plan best in its bin in the other half, against the plan best overall in that other half."""

    def picked(half: int, within: int | None) -> int:
        rows = [row for draw, row in enumerate(values) if draw % 2 == half and within in (None, bins[draw])]
        return best(rows, [1] * len(rows))

    found = []
    for draw, row in enumerate(values):
        other = 1 - draw % 2
        found.append(row[picked(other, bins[draw])] - row[picked(other, None)])
    return found


# ---------------------------------------------------------------------------------------------------------------------
# Plans that hold (8): by candidate, its values over the same draws
# ---------------------------------------------------------------------------------------------------------------------


def frontier(axes: dict[str, tuple[Number, Number]]) -> list[str]:
    """The candidates that no other matches on both axes and beats on one."""

    def beaten(name: str) -> bool:
        own = axes[name]
        return any(
            other[0] >= own[0] and other[1] >= own[1] and other != own for each, other in axes.items() if each != name
        )

    return [name for name in axes if not beaten(name)]


def best_with_dates(
    means: dict[str, Number], tails: dict[str, Number], kept: dict[str, Number], least: Number
) -> str | None:
    """The best mean among those that keep their dates with at least this chance; ties: higher CVaR, then the earlier."""
    able = [name for name in means if kept[name] >= least]
    return max(able, key=lambda name: (means[name], tails[name]), default=None)


def gap(values: dict[str, Sequence[Number]], chosen: str, batches: int) -> tuple[list[Number], float]:
    """G of each batch, and mean G + t(95 %) * sd(G) / sqrt(batches)."""
    size = len(values[chosen]) // batches
    found = []
    for batch in range(batches):
        within = slice(batch * size, (batch + 1) * size)
        means = {name: sum(drawn_values[within]) / Fraction(size) for name, drawn_values in values.items()}
        found.append(max(means.values()) - means[chosen])
    t = student_quantile(0.95, batches - 1)
    return found, float(sum(found) / batches) + t * deviation(found) / math.sqrt(batches)


# ---------------------------------------------------------------------------------------------------------------------
# Throughput alone, and calibration (9)
# ---------------------------------------------------------------------------------------------------------------------


def throughput_sums(history: Sequence[int], ahead: int, as_seen: bool = False) -> dict[int, Fraction]:
    """The sum of so many further periods, with chances: every multiset of past periods, or each drawn afresh."""
    assert len(history) >= 6
    if as_seen:
        ways = list(itertools.product(history, repeat=ahead))
    else:
        picks = itertools.combinations_with_replacement(range(len(history)), ahead)
        ways = [tuple(history[pick] for pick in chosen) for chosen in picks]
    return {
        total: Fraction(chance) for total, chance in merged((sum(way), Fraction(1, len(ways))) for way in ways).items()
    }


def how_many(sums: dict[int, Fraction], share: Fraction) -> int:
    """The largest x with chance(sum >= x) >= share."""
    return int(to_count_on(list(sums.items()), share))


def when(
    history: Sequence[int], backlog: Chances, share: Fraction, as_seen: bool = False, most: int = 40
) -> int | None:
    """The smallest k with chance(sum >= b) >= share; None: never."""
    for ahead in range(1, most):
        if done_within(history, backlog, ahead, as_seen) >= share:
            return ahead
    return None


def done_within(history: Sequence[int], backlog: Chances, ahead: int, as_seen: bool = False) -> Fraction:
    """The chance that so many periods finish the backlog, which may itself be one of several."""
    sums = throughput_sums(history, ahead, as_seen)
    pairs = itertools.product(sums.items(), backlog)
    return sum((fraction(p) * fraction(q) for (done, p), (asked, q) in pairs if done >= asked), Fraction(0))


def brier(chances: Sequence[Number], came_true: Sequence[int]) -> Fraction:
    """The mean of (chance - came true)^2."""
    pairs = list(zip(chances, came_true, strict=True))
    return sum(((fraction(chance) - came) ** 2 for chance, came in pairs), Fraction(0)) / len(pairs)


def skill(chances: Sequence[Number], came_true: Sequence[int]) -> Fraction:
    """Against always saying the base rate."""
    base = Fraction(sum(came_true), len(came_true))
    return 1 - brier(chances, came_true) / brier([base] * len(came_true), came_true)


def reliability(chances: Sequence[Number], came_true: Sequence[int]) -> dict[int, tuple[int, Fraction, Fraction]]:
    """By bin of 20 %: how many, the mean chance said, the share that came true."""
    found = {}
    for number in range(5):
        here = [
            (fraction(chance), came)
            for chance, came in zip(chances, came_true, strict=True)
            if min(4, fraction(chance) * 5 // 1) == number
        ]
        if here:
            said = sum((chance for chance, _ in here), Fraction(0)) / len(here)
            found[number] = (len(here), said, Fraction(sum(came for _, came in here), len(here)))
    return found


def crps(outcomes: Chances, came: Number) -> Number:
    """E|X - y| - E|X - X'| / 2."""
    apart = sum(abs(x - other) * p * q for x, p in outcomes for other, q in outcomes)
    return sum(abs(x - came) * p for x, p in outcomes) - apart / 2


def so_few(held: int, count: int, share: Fraction) -> Fraction:
    """The chance of so many or fewer, were this share right."""
    return sum((math.comb(count, k) * share**k * (1 - share) ** (count - k) for k in range(held + 1)), Fraction(0))
