"""How good forecasts have been: chances against what came true, percentiles against what was kept, ranges against actuals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from portfolio.domain.evidence import Actual, Forecast
from portfolio.measures.days import day_number
from portfolio.results.flow.forecast import Bin, Calibration
from portfolio.results.intervals import wilson

BINS = 5
SURE = 0.85
ROUNDING = 1e-9


def calibration(forecasts: Iterable[Forecast], actuals: Iterable[Actual], as_of: int) -> Calibration:
    """The calibration of the forecasts whose day has come, so that early finishers do not flatter."""
    forecasts = list(forecasts)
    said = [
        (row.chance, true)
        for row in forecasts
        if row.chance is not None and (true := came_true(row, as_of)) is not None
    ]
    kept = [held for row in forecasts if (held := p85_held(row, as_of)) is not None]
    inside, below, above = ranges(actuals)
    return Calibration(
        len(said),
        brier(said),
        base_rate(said),
        skill(said),
        bins(said),
        sum(kept),
        len(kept),
        wilson(sum(kept) / len(kept), len(kept)) if kept else None,
        chance_of_so_few(sum(kept), len(kept)),
        inside,
        below,
        above,
    )


def came_true(row: Forecast, as_of: int) -> bool | None:
    """Whether what was foretold came true; None where its day has not come, or nobody said what came of it."""
    if row.by is None or day_number(row.by) > as_of or row.outcome is None:
        return None
    if isinstance(row.outcome, bool):
        return row.outcome
    return row.outcome <= row.by if isinstance(row.outcome, date) else None


def p85_held(row: Forecast, as_of: int) -> bool | None:
    """Whether the P85 was kept: done or spent at most that, or at least that many or that much; None where not known yet."""
    due = row.p85 if isinstance(row.p85, date) else row.by
    if row.p85 is None or due is None or day_number(due) > as_of or row.outcome is None:
        return None
    if isinstance(row.p85, date):
        if isinstance(row.outcome, bool):
            return row.outcome
        return row.outcome <= row.p85 if isinstance(row.outcome, date) else None
    if isinstance(row.outcome, bool | date):
        return None
    return row.outcome <= row.p85 if row.question == "spend" else row.outcome >= row.p85


Said = Sequence[tuple[float, bool]]


def brier(said: Said) -> float | None:
    """The mean of (chance - came true) squared: 0 is perfect, a coin is 0.25."""
    return math.fsum((chance - true) ** 2 for chance, true in said) / len(said) if said else None


def base_rate(said: Said) -> float | None:
    """The share that came true."""
    return sum(true for _, true in said) / len(said) if said else None


def skill(said: Said) -> float | None:
    """How much better than always saying the base rate; None where all or none came true."""
    score, rate = brier(said), base_rate(said)
    if score is None or rate is None or not 0 < rate < 1:
        return None
    return 1 - score / (rate * (1 - rate))


def bins(said: Said) -> tuple[Bin, ...]:
    """Forecasts in five bins of chance, those that have any; a bin holds its lower end."""
    found = []
    for place in range(BINS):
        own = [pair for pair in said if min(BINS - 1, math.floor(pair[0] * BINS + ROUNDING)) == place]
        if own:
            mean = math.fsum(chance for chance, _ in own) / len(own)
            came = sum(true for _, true in own) / len(own)
            found.append(Bin(place / BINS, (place + 1) / BINS, len(own), mean, came))
    return tuple(found)


def chance_of_so_few(held: int, of: int, right: float = SURE) -> float | None:
    """The exact chance that so few or fewer hold, if each did with the chance that was said."""
    if not of:
        return None
    return math.fsum(math.comb(of, count) * right**count * (1 - right) ** (of - count) for count in range(held + 1))


def crps(cases: Sequence[tuple[float, float]], came: float) -> float:
    """How far a forecast given as amounts with chances was from what came: E|X - y| - E|X - X'| / 2.

    Source: Gneiting, Raftery (2007), Strictly proper scoring rules, prediction, and estimation.
    """
    off = math.fsum(chance * abs(amount - came) for amount, chance in cases)
    apart = math.fsum(one * other * abs(first - second) for first, one in cases for second, other in cases)
    return off - apart / 2


def ranges(actuals: Iterable[Actual]) -> tuple[int, int, int]:
    """Of finished epics with a range how many ended inside it, below and above."""
    inside = below = above = 0
    for row in actuals:
        low, high, effort = row.estimated_low, row.estimated_high, row.actual_effort
        if row.finished is None or low is None or high is None or effort is None:
            continue
        below += effort < low
        above += effort > high
        inside += low <= effort <= high
    return inside, below, above
