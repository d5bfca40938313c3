"""How robust a ranking is: worked example U8."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.domain import Portfolio
from portfolio.results.simulated.rank_chances import RankChances
from portfolio.scoring import ScoringRules, rank
from portfolio.simulation.ranks import RankStudy
from portfolio.simulation.scores import AllScores, DrawnScores, Scores
from tests import asking
from tests.examples import ranking_only, scored

SCALE = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)
RULES = ScoringRules("wsjf", {"user_business_value": 1, "time_criticality": 1, "rr_oe": 1}, SCALE, "job_size")
EPICS = [scored("A", 13, 8, 1, 8), scored("C", 1, 1, 13, 5), scored("D", 20, 3, 2, 20)]


def of(raw: dict[str, Any]) -> Portfolio:
    """The portfolio."""
    return asking.portfolio_of(raw)


def measured(raw: dict[str, Any], top: int = 1) -> RankChances:
    """How robust its ranking is."""
    portfolio = of(raw)
    return RankStudy(portfolio, RULES, rank(portfolio, RULES), 1, 2000).measure(top)


def test_every_set_of_scores_is_counted() -> None:
    """Chances, intervals and bands are exact."""
    ranks = measured(ranking_only("Example A", EPICS))
    assert ranks.exact
    place = {line.id: turn for turn, line in enumerate(ranks.epics)}
    above = {(one, other): ranks.above[place[one]][place[other]] for one in "ACD" for other in "ACD"}
    assert above["C", "A"] == pytest.approx(9075 / 16384)
    assert above["C", "D"] == pytest.approx(62479 / 65536)
    assert above["A", "D"] == pytest.approx(15571 / 16384)
    first = {line.id: line.first.share for line in ranks.epics}
    assert first["A"] == pytest.approx(465269 / 1048576)
    assert first["C"] == pytest.approx(4614189 / 8388608)
    assert first["D"] == pytest.approx(52267 / 8388608)
    assert {line.id: (line.p10, line.p90) for line in ranks.epics} == {"A": (1, 2), "C": (1, 2), "D": (3, 3)}
    assert ranks.bands == [["C", "A"], ["D"]]


def test_other_voters_would_have_agreed_on_something_else() -> None:
    """Three people's votes, drawn with replacement, once for all epics."""
    votes = {"A": [(13, 8, 1, 8), (8, 8, 1, 8), (13, 5, 2, 13)], "C": [(1, 1, 13, 5), (2, 1, 13, 5), (1, 1, 8, 3)]}
    fields = ("user_business_value", "time_criticality", "rr_oe", "job_size")
    rows = [
        {"epic": name, "scorer": f"S{turn}"} | dict(zip(fields, own, strict=True))
        for name, all_votes in votes.items()
        for turn, own in enumerate(all_votes)
    ]
    raw = ranking_only("Votes", EPICS[:2]) | {"evidence": {"votes": rows}}
    ranks = measured(raw)
    assert (ranks.exact, ranks.draws) == (True, 27)
    assert next(line.id for line in ranks.epics) == "C"
    assert ranks.above[0][1] == pytest.approx(19 / 27)


def test_drawn_scores_have_the_chances_of_all_of_them() -> None:
    """Within four standard errors."""
    scores = Scores.of(of(ranking_only("Example A", EPICS)), RULES)
    every, chance = AllScores(scores).part(0, 100_000)
    drawn, _ = DrawnScores(scores, 1, 20_000).part(0, 20_000)
    exact = (every * chance[:, None, None]).sum(axis=0)
    assert chance.sum() == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx(exact, abs=0.2)
