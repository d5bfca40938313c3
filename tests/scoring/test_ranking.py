"""Ranking: scores, ties, weights, denominators and what is not known."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from portfolio.scoring import METHODS, RankedEpic, Ranking, ScoringRules, rank
from tests import asking, oracle
from tests.examples import scored
from tests.random_portfolios import random_portfolio


def ranking(raw: asking.Raw, **changed: Any) -> Ranking:
    """The ranking under SAFe's rules, some of them changed."""
    rules: ScoringRules = dataclasses.replace(asking.safe().scoring.rules, **changed)
    return rank(asking.portfolio_of(raw), rules)


def order(raw: asking.Raw, **changed: Any) -> list[str]:
    """The epics in the order of the ranking."""
    return [line.id for line in ranking(raw, **changed).epics]


def line(raw: asking.Raw, epic_id: str, **changed: Any) -> RankedEpic:
    """One epic's line."""
    return ranking(raw, **changed).by_id[epic_id]


def test_ties_go_to_the_higher_cost_of_delay_then_to_the_sheet() -> None:
    """Same WSJF: higher cost of delay first, then the order of the sheet; ranks are never shared."""
    raw = asking.small(
        scored("A", 1, 1, 1, 1), scored("B", 2, 2, 2, 2), scored("C", 3, 2, 1, 2), scored("D", 1, 1, 1, 1)
    )
    assert order(raw) == ["B", "C", "A", "D"]
    assert [found.rank for found in ranking(raw).epics] == [1, 2, 3, 4]


@pytest.mark.parametrize("seed", range(40))
def test_is_the_oracles_order(seed: int) -> None:
    """On random portfolios the order, cost of delay and WSJF are the oracle's."""
    raw = random_portfolio(seed)
    assert order(raw) == oracle.wsjf_order(raw)
    for epic in raw["epics"]:
        found = line(raw, epic["id"])
        assert (found.cost_of_delay, found.wsjf) == (oracle.cost_of_delay(epic), oracle.wsjf(epic))
        if epic.get("benefit_per_week") is not None:
            assert found.cd3 == pytest.approx(oracle.cd3(raw, epic))


def test_an_epic_that_is_not_compared_changes_no_order() -> None:
    """There is no normalisation: the order of two epics does not depend on a third."""
    two = [scored("A", 8, 5, 3, 5), scored("B", 13, 8, 1, 8)]
    for third in (scored("C", 1, 1, 1, 20), scored("C", 20, 20, 20, 1)):
        assert [name for name in order(asking.small(*two, third)) if name != "C"] == order(asking.small(*two))


def test_weights() -> None:
    """Each component counts with its weight; one that has none does not count."""
    raw = asking.small(scored("A", 10, 1, 5, 2))
    assert line(raw, "A").cost_of_delay == 16
    weights = {"user_business_value": 2.0, "rr_oe": 0.5}
    assert (line(raw, "A", weights=weights).cost_of_delay, line(raw, "A", weights=weights).wsjf) == (22.5, 11.25)


@pytest.mark.parametrize(
    ("denominator", "a", "b"),
    [("job_size", 5, 2), ("duration", 20, 10), ("effort", 7, 8), ("cost", 600 / 400, 1)],
)
def test_denominators(denominator: str, a: float, b: float) -> None:
    """Size as scored, weeks of the shortest duration, units of effort, or cost relative to the cheapest epic."""
    raw = asking.small(
        scored("A", 8, 5, 3, 5, effort={"A": 5, "B": 2}, min_periods=2, max_periods=3),
        scored("B", 8, 5, 3, 2, effort={"B": 8}),
    )
    assert line(raw, "A", denominator=denominator).denominator == pytest.approx(a)
    assert line(raw, "B", denominator=denominator).denominator == pytest.approx(b)
    assert line(raw, "A", denominator=denominator).wsjf == pytest.approx(16 / a)


def test_nothing_to_divide_by_is_unknown_never_infinite() -> None:
    """An epic without effort has no WSJF where effort is the denominator; it comes last, without a rank."""
    raw = asking.small(scored("A", 8, 5, 3, 5), scored("B", 1, 1, 1, 5, effort={"A": 3}))
    found = line(raw, "A", denominator="effort")
    assert (found.rank, found.wsjf, found.denominator) == (None, None, None)
    assert order(raw, denominator="effort") == ["B", "A"]


def test_what_is_not_scored_has_no_rank() -> None:
    """A missing score is never 0: the epic stands last, without rank or WSJF, with what is known about it."""
    raw = asking.small({"id": "new"}, scored("A", 1, 1, 1, 20), scored("B", 20, 20, 20, 1))
    assert order(raw) == ["B", "A", "new"]
    found = line(raw, "new")
    assert (found.rank, found.wsjf, found.cost_of_delay, found.cd3) == (None, None, None, None)


def test_the_money_ranking_stands_beside_the_relative_one() -> None:
    """With money, every epic has a rank by CD3 too, and the two may disagree."""
    raw = asking.small(scored("A", 20, 20, 20, 1, benefit_per_week=100), scored("B", 1, 1, 1, 1, benefit_per_week=900))
    found = {name: (line(raw, name).wsjf_rank, line(raw, name).cd3_rank, line(raw, name).cd3) for name in "AB"}
    assert found == {"A": (1, 2, 10), "B": (2, 1, 90)}
    assert order(raw, method="cd3") == ["B", "A"]


def test_points_become_money_at_their_value() -> None:
    """An epic without money of its own has its score times the point value."""
    raw = asking.small(scored("A", 5, 3, 2, 1), scored("B", 1, 1, 1, 1, benefit_per_week=7), point_value=3)
    assert [line(raw, name).cost_of_delay_per_week for name in "AB"] == [30, 7]


def test_money_ranks_where_nothing_is_scored() -> None:
    """Where no epic has scores, the money ranking is the ranking."""
    raw = asking.small(asking.epic("A", 10), asking.epic("B", 20))
    assert (ranking(raw).method, order(raw)) == ("cd3", ["B", "A"])
    assert [found.rank for found in ranking(raw).epics] == [1, 2]


def test_no_money_no_second_ranking() -> None:
    """Without money nothing is said about CD3."""
    found = line(asking.small(scored("A", 1, 2, 3, 5)), "A")
    assert (found.cd3, found.cd3_rank, found.cost_of_delay_per_week, found.duration_weeks) == (None, None, None, None)


def test_methods() -> None:
    """The members of the family, in the order of the reference."""
    assert [method.name for method in METHODS] == ["wsjf", "cd3"]


def test_json_names() -> None:
    """The ranking's JSON has the published fields."""
    (found,) = ranking(asking.small(scored("A", 1, 2, 3, 5))).as_json()["epics"]
    assert {"id", "rank", "cost_of_delay", "job_size", "wsjf", "cd3"} <= set(found)
