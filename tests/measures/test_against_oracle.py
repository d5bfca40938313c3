"""Random histories measured by the product and by the oracle: lives, percentiles, throughput, load, efficiency, Little's law."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from portfolio.domain.evidence import Blocked, StateChange
from portfolio.measures.days import day_number, day_or_none
from portfolio.measures.efficiency import active_days
from portfolio.measures.lead_times import observed
from portfolio.measures.little import littles_law
from portfolio.measures.lives import Lives, lives_of
from portfolio.measures.load import cumulative_flow, in_progress
from portfolio.measures.survival import survival
from portfolio.measures.transitions import transitions_of
from tests import measures_oracle as measured
from tests.measures.lifelines_answers import Case, answered, drawn, recorded
from tests.measures.random_histories import AS_OF, FIRST, KINDS, ZONE, random_blocks, random_history

FEW = range(12)
MANY = range(12, 500)
OF_ORACLE = {state.casefold(): kind for state, kind in KINDS.items()}


def product_lives(rows: list[measured.Row]) -> Lives:
    """The product's lives of the same rows."""
    history = [StateChange(**{name: value for name, value in row.items() if value is not None}) for row in rows]
    return lives_of(transitions_of(history, ZoneInfo(ZONE)), KINDS, day_number(AS_OF))  # type: ignore[arg-type]


def each_life(found: Lives) -> dict[str, tuple[Any, ...]]:
    """By epic: started, finished, stopped, and how often it was re-opened."""
    return {
        found.name(place): (
            *(day_or_none(days[place]) for days in (found.started, found.finished, found.stopped)),
            int(found.reopened[place]),
        )
        for place in range(len(found))
    }


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words."""
    rows, rng_day = random_history(seed), FIRST + timedelta(days=(seed * 37) % 120)
    found, known = product_lives(rows), measured.lives(rows, OF_ORACLE, AS_OF, ZONE)
    pairs: list[tuple[str, Any, Any]] = []
    ours = each_life(found)
    pairs.append(("epics", sorted(ours), sorted(known)))
    for name, one in known.items():
        pairs.append((name, ours.get(name), (one.started, one.finished, one.stopped, one.reopened)))
    pairs += of_percentiles(found, known, rng_day)
    pairs += of_little(found, known, rng_day)
    pairs += of_load(found, known)
    pairs += of_efficiency(found, known, rows, seed)
    return [f"{what}: {one} is {other}" for what, one, other in pairs if one != other]


def of_percentiles(found: Lives, known: dict[str, measured.Life], first: date) -> list[tuple[str, Any, Any]]:
    """Percentiles with late entry, seen from the whole of the history and from a window."""
    pairs = []
    for begin in (FIRST, first):
        seen = measured.observed(known.values(), begin, AS_OF)
        product = observed(found, day_number(begin), day_number(AS_OF))
        if not seen:
            continue
        pairs.append((f"too short from {begin}", product.too_short, measured.is_too_short(seen)))
        for share in (Fraction(1, 2), Fraction(85, 100)):
            other = None if measured.is_too_short(seen) else measured.percentile(seen, share)
            other = None if isinstance(other, measured.MoreThan) else other
            pairs.append((f"{share} from {begin}", product.percentile(float(share)), other))
        pairs.append((f"longest from {begin}", product.longest, max(one.reached for one in seen)))
    return pairs


def of_little(found: Lives, known: dict[str, measured.Life], first: date) -> list[tuple[str, Any, Any]]:
    """The check of Little's law over a window."""
    product, other = (
        littles_law(found, day_number(first), day_number(AS_OF)),
        measured.little(known.values(), first, AS_OF),
    )
    pairs = [
        ("load", product.in_progress, other.load),
        ("rate", product.throughput, other.throughput),
        ("ratio", product.ratio, other.ratio),
    ]
    near: list[tuple[str, Any, Any]] = [
        (what, (one is not None and other is not None and math.isclose(one, other)) or one is other, True)
        for what, one, other in pairs
    ]
    counts = (product.arrived, product.ended, product.open_before, product.open_after, product.is_valid)
    return [
        *near,
        ("little", counts, (other.arrived, other.finished, len(other.before), len(other.after), other.is_valid)),
    ]


def of_load(found: Lives, known: dict[str, measured.Life]) -> list[tuple[str, Any, Any]]:
    """What is in progress on each day, and cumulative flow in the order that the product shows."""
    every = list(measured.days(FIRST, AS_OF))
    load = [int(count) for count in in_progress(found, day_number(FIRST), day_number(AS_OF))]
    pairs: list[tuple[str, Any, Any]] = [("load", load, [measured.load(list(known.values()), day) for day in every])]
    flow = cumulative_flow(found, day_number(FIRST), list(KINDS))
    used = [one.state for one in flow.states]
    for day in every[::13]:
        place = (day - FIRST).days
        reached = measured.cumulative(known.values(), day, used)
        pairs.append((f"flow of {day}", [one.by_day[place] for one in flow.states], reached))
    return pairs


def of_efficiency(
    found: Lives, known: dict[str, measured.Life], rows: list[measured.Row], seed: int
) -> list[tuple[str, Any, Any]]:
    """Active days of what is finished."""
    blocks = random_blocks(seed)
    active = active_days(found, [Blocked(**row) for row in blocks])
    pairs = []
    for place in range(len(found)):
        one = known[found.name(place)]
        if measured.lead_time(one) is not None:
            clock, _ = measured.epic_clock(one, rows, blocks, OF_ORACLE, AS_OF, ZONE)
            pairs.append((f"active days of {one.epic}", int(active[place]), clock))
    return pairs


@pytest.mark.parametrize("seed", FEW)
def test_random_histories(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_many_histories(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.parametrize("case", recorded(), ids=lambda case: str(case["name"]))
def test_survival_is_what_lifelines_said(case: Case) -> None:
    """With late entry, by its recorded answers: a thing that enters at an age is at risk from the next day on."""
    found = survival(np.array(case["entry"]), np.array(case["reached"]), np.array(case["over"]))
    assert found.times.tolist() == case["times"]
    assert list(found.share) == pytest.approx(case["share"], abs=1e-12)
    if not found.too_short:
        assert [found.percentile(0.5), found.percentile(0.85)] == [case["p50"], case["p85"]]


@pytest.mark.filterwarnings("ignore")
def test_lifelines_still_says_so() -> None:
    """Where it is installed it is asked again, about the recorded data and about other ones."""
    pytest.importorskip("lifelines")
    for case in recorded():
        again = answered(case)
        assert (again["times"], again["p50"], again["p85"]) == (case["times"], case["p50"], case["p85"])
        assert again["share"] == pytest.approx(case["share"], abs=1e-12)
    for seed in range(100, 103):
        test_survival_is_what_lifelines_said(answered(drawn("half enter late", seed)))
