"""Ranges and cases: low, value and high in order, chances that add up, and variance that is shared only once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from portfolio.domain.epic import Epic
from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.uncertainty import EPIC_FIELDS, KINDS

ROUNDED_CHANCES = 0.001
"""Chances that miss 100 % by no more than this are rounded ones."""
MOST_STEPS = 0.5
WIDE = 10.0
"""A side of more than so many times moves the mean away from the value."""
of_ranges = itemgetter(*EPIC_FIELDS)
CERTAIN = (None,) * len(EPIC_FIELDS)
VALUE_OF = {"effort": "Effort", "benefit": "Benefit per week", "external_cost": "External cost"}
SHARES_OF_CAPACITY = "They are shares of what is planned: write for example 80 % as low and 110 % as high."
PERCENTILES = "Low, the value and high are the 10th, 50th and 90th percentile."


def estimated_value(epic: Epic, kind: str) -> float | None:
    """What low and high of an epic stand around: its total effort, benefit per week or external cost.

    Without a benefit per week, low and high of benefit are factors around 1.
    """
    if kind == "effort":
        return sum(epic.effort.values()) if epic.effort else None
    if kind == "benefit":
        return 1.0 if epic.benefit_per_week is None else epic.benefit_per_week
    return epic.external_cost


def check_ranges(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What an epic's effort, benefit and cost may be: a range around the value, or cases with their chances."""
    for index, epic in enumerate(portfolio.epics):
        held = epic.__dict__
        if of_ranges(held) == CERTAIN:
            continue
        for kind, word in KINDS.items():
            low, high, cases = (held[f"{kind}_{part}"] for part in ("low", "high", "cases"))
            if cases is not None:
                yield from _cases(("epics", index, f"{kind}_cases"), word, cases, estimated_value(epic, kind))
            if low is None and high is None:
                continue
            path = ("epics", index, f"{kind}_{'high' if low is None else 'low'}")
            if cases is not None:
                yield FieldFinding(
                    path,
                    f"{word} has a range and cases.",
                    "What is drawn follows either of the two.",
                    f"Clear {word} low and {word} high, or {word} cases.",
                )
                continue
            value = estimated_value(epic, kind)
            if value is None:
                yield FieldFinding(
                    path,
                    f"{word} has a range, but {VALUE_OF[kind]} is empty.",
                    PERCENTILES,
                    f"Enter {VALUE_OF[kind]}: what it exceeds as likely as not.",
                )
            else:
                yield from _range(("epics", index, kind), word, low, value, high)


def check_capacity_ranges(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Capacity low and high are shares of what is planned, so that they stand around 100 %."""
    for index, stream in enumerate(portfolio.value_streams):
        if stream.capacity_low is not None or stream.capacity_high is not None:
            path = ("value_streams", index, "capacity")
            for problem in _range(path, "Capacity", stream.capacity_low, 1.0, stream.capacity_high):
                yield replace(problem, fix=SHARES_OF_CAPACITY)


def check_step_chance(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A score moves down as likely as up, so that each has at most half of all chances."""
    chance = portfolio.score_step_chance
    if chance is not None and chance > MOST_STEPS:
        yield FieldFinding(
            ("score_step_chance",),
            f"Score step chance is {chance:.0%}.",
            "It is the chance of a step down, and as much again of a step up: at most 50 % each.",
            "Enter at most 50 %, for example 25 %.",
        )


def check_shares(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What the portfolio and its value streams share of the variance is at most all of it."""
    shared = portfolio.shared_by_portfolio, portfolio.shared_by_value_stream
    if all(share is None for share in shared):
        return
    by_portfolio, by_stream = portfolio.shared_variance
    if by_portfolio + by_stream > 1:
        field = "shared_by_value_stream" if shared[0] is None or shared[1] is not None else "shared_by_portfolio"
        yield FieldFinding(
            (field,),
            f"Shared by portfolio and Shared by value stream add up to {by_portfolio + by_stream:.0%}.",
            "They are shares of the same variance, at most 100 % together.",
            "Lower one of the two, for example to 10 % and 15 %.",
        )


def _range(
    path: tuple[str, int, str], word: str, low: float | None, value: float, high: float | None
) -> Iterator[FieldFinding]:
    section, index, kind = path
    at_low, at_high = (section, index, f"{kind}_low"), (section, index, f"{kind}_high")
    if value == 0:
        yield FieldFinding(
            at_high if low is None else at_low,
            f"{word} has a range around 0.",
            "A range multiplies the value, and 0 stays 0.",
            f"Enter the value, or write {word} cases.",
        )
    elif low == 0:
        yield FieldFinding(
            at_low,
            f"{word} low is 0.",
            "A range multiplies the value and never reaches 0.",
            f"Write {word} cases, for example 0: 20%; {value:g}: 80%.",
        )
    elif low is not None and low > value:
        yield FieldFinding(
            at_low, f"{word} low {low:g} is above the value {value:g}.", PERCENTILES, "Lower it, or raise the value."
        )
    elif high is not None and high < value:
        yield FieldFinding(
            at_high, f"{word} high {high:g} is below the value {value:g}.", PERCENTILES, "Raise it, or lower the value."
        )
    else:
        for at, side, times in ((at_low, "low", value / (low or value)), (at_high, "high", (high or value) / value)):
            if times > WIDE:
                yield FieldFinding(
                    at,
                    f"{word} {side} is {times:.3g} times away from the value.",
                    "With a side of more than 10 times the mean is about 5 times the value.",
                    f"Check the figure, or write {word} cases.",
                    "warning",
                )


def _cases(
    path: tuple[str, int, str], word: str, cases: tuple[tuple[float, float], ...], value: float | None
) -> Iterator[FieldFinding]:
    example = "Write for example 30: 50%; 60: 30%; 100: 20%."
    amounts, total = [amount for amount, _ in cases], sum(chance for _, chance in cases)
    if len(cases) < 2:
        yield FieldFinding(path, f"{word} cases has fewer than two amounts.", "One amount is certain.", example)
    elif min(amounts) < 0 or min(chance for _, chance in cases) < 0:
        yield FieldFinding(path, f"{word} cases has a figure below 0.", "Amounts and chances are 0 or more.", example)
    elif abs(total - 1) > ROUNDED_CHANCES:
        yield FieldFinding(
            path,
            f"The chances of {word} cases add up to {total * 100:.4g} %.",
            "One of the cases comes true, so that they add up to 100 %.",
            example,
        )
    elif value is None or value == 0:
        yield FieldFinding(
            path,
            f"{word} has cases, but its value is {'empty' if value is None else '0'}.",
            "What is drawn is a multiple of the value that is planned.",
            "Enter the value that is planned for.",
        )
    elif not min(amounts) <= value <= max(amounts):
        yield FieldFinding(
            path,
            f"The cases of {word} do not surround the value {value:g}.",
            "The plan counts on the value, which would then never come true.",
            "Check the amounts, or the value.",
            "warning",
        )
