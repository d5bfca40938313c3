"""Ranks in many futures: the worked example to its last fraction, draws by their numbers, and rankings of every kind."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

from portfolio.domain import Portfolio
from portfolio.results.simulated.ranks import Ranks
from portfolio.scoring import rank
from portfolio.simulation.measure_ranks import funded_by_group, measure_ranks
from portfolio.simulation.rank_study import RankCount, RankStudy, rank_anew
from portfolio.simulation.scores import RankedBy
from tests import asking, examples
from tests import uncertainty_oracle as unsure

SCALE = (1, 2, 3, 5, 8, 13, 20)
VOTED = {
    "A": [(13, 8, 1, 8), (8, 8, 1, 8), (13, 5, 2, 13)],
    "C": [(1, 1, 13, 5), (2, 1, 13, 5), (1, 1, 8, 3)],
}


def study_of(raw: dict[str, Any], draws: int = 1000, most: int = 1_000_000) -> RankStudy:
    """The study of a portfolio's ranking."""
    portfolio: Portfolio = asking.portfolio_of(raw)
    rules = asking.safe().scoring.rules
    return RankStudy(RankedBy(portfolio, rules, rank(portfolio, rules)), 1, draws, most)


def counted(raw: dict[str, Any], draws: int = 1000, most: int = 1_000_000) -> RankCount:
    """The same, counted to its end."""
    return rank_anew(study_of(raw, draws, most), workers=1)


def ranks_of(raw: dict[str, Any], top: int | None = None) -> Ranks:
    """What it says."""
    made = counted(raw)
    return measure_ranks(made, funded_by_group(made.study, None, top))


def example(*names: str, **more: Any) -> dict[str, Any]:
    """Some epics of example A."""
    raw = examples.example_a()
    return raw | {"epics": [one for one in raw["epics"] if one["id"] in names]} | more


def votes_of(cast: dict[str, list[tuple[float, ...]]]) -> dict[str, Any]:
    """Votes as a portfolio holds them."""
    rows = [
        {"epic": name, "scorer": f"S{number}"} | dict(zip(unsure.COLUMNS, vote, strict=True))
        for name, votes in cast.items()
        for number, vote in enumerate(votes)
    ]
    return {"votes": rows}


def test_the_worked_example_is_met_exactly() -> None:
    made = counted(example("A", "C", "D"))
    assert made.study.futures.exact
    place = {epic.id: row for row, epic in enumerate(made.study.by.epics)}
    above = {pair: made.above(place[pair[0]], place[pair[1]]) for pair in ("CA", "CD", "AD")}
    assert above == pytest.approx({"CA": 9075 / 16384, "CD": 62479 / 65536, "AD": 15571 / 16384}, rel=1e-12)
    first = {name: made.within(row, 1) for name, row in place.items()}
    assert first == pytest.approx({"A": 465269 / 1048576, "C": 4614189 / 8388608, "D": 52267 / 8388608}, rel=1e-12)


def test_the_worked_example_is_said_in_bands() -> None:
    ranks = ranks_of(example("A", "C", "D"), top=2)
    assert [[line.id for line in band] for band in ranks.bands] == [["C", "A"], ["D"]]
    assert {line.id: (line.p10, line.p90) for line in ranks.lines} == {"A": (1, 2), "C": (1, 2), "D": (3, 3)}
    assert ranks.top_words == "In the first 2"
    assert "argue about" in " ".join(ranks.sentences)


def test_three_people_who_vote_are_drawn_with_replacement() -> None:
    made = counted(example("A", "C", evidence=votes_of(VOTED)))
    assert made.study.futures.exact
    assert made.study.futures.count == 10
    assert made.above(1, 0) == pytest.approx(19 / 27, rel=1e-12)


def test_who_voted_is_never_shown() -> None:
    cast = votes_of(VOTED)
    for row in cast["votes"]:
        row["scorer"] = "Zoe " + row["scorer"]
    ranks = ranks_of(example("A", "C", evidence=cast))
    said = (
        f"{ranks.as_json()} {ranks.headline} {ranks.sentences} {[list(table.rows()) for table in ranks.own_tables()]}"
    )
    assert "Zoe" not in said
    assert "the votes of 3 people" in said


def test_two_votes_are_too_few() -> None:
    cast = {name: votes[:2] for name, votes in VOTED.items()}
    made = counted(example("A", "C", "D", evidence=votes_of(cast)))
    assert made.above(1, 0) == pytest.approx(9075 / 16384, rel=1e-12)


def random_epics(rng: random.Random, count: int) -> list[dict[str, Any]]:
    """Epics with scores of the scale, low ones often, so that many tie."""
    return [
        {"id": f"E{number}"} | {column: rng.choice((1, 1, 2, 3, 5, 8, 20)) for column in unsure.COLUMNS}
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_steps_agree_with_the_oracle(seed: int) -> None:
    """Every pair of random epics, with a step chance at random, as the oracle enumerates it in fractions."""
    rng = random.Random(seed)
    epics = random_epics(rng, 2)
    step = rng.choice((0, 0.125, 0.25, 0.5))
    made = counted(example() | {"epics": epics, "score_step_chance": step})
    found = unsure.rankings(epics, SCALE, unsure.fraction(step))
    assert made.study.futures.exact
    assert made.above(0, 1) == pytest.approx(float(unsure.chance_above(found, "E0", "E1")), abs=1e-12)
    bands = ranks_of(example() | {"epics": epics, "score_step_chance": step}).bands
    today = [line.id for line in made.study.by.ranking.epics]
    assert [[line.id for line in band] for band in bands] == unsure.bands(today, found)


@pytest.mark.parametrize("seed", range(12))
def test_draws_are_those_of_the_oracle(seed: int) -> None:
    """Each draw ranks as its named numbers say, ties included."""
    rng = random.Random(seed)
    epics = random_epics(rng, 8)
    made = counted(example() | {"epics": epics}, draws=60)
    assert not made.study.futures.exact
    orders = [unsure.drawn_ranking(epics, SCALE, 0.25, 1, draw) for draw in range(60)]
    for row, one in enumerate(epics):
        places = [sum(order[place] == one["id"] for order in orders) for place in range(8)]
        assert list(made.tally.places[row]) == places


@pytest.mark.parametrize("seed", range(12))
def test_votes_agree_with_the_oracle(seed: int) -> None:
    """Means of three or four votes, equal ones included, as fractions say."""
    rng = random.Random(seed)
    epics, people = random_epics(rng, 4), rng.choice((3, 4))
    cast = {one["id"]: [tuple(rng.choice(SCALE[:5]) for _ in unsure.COLUMNS) for _ in range(people)] for one in epics}
    made = counted(example() | {"epics": epics, "evidence": votes_of(cast)})
    found = unsure.voted_rankings(epics, dict(cast), SCALE)
    for row, one in enumerate(epics):
        for column, other in enumerate(epics):
            if one is not other:
                expected = float(unsure.chance_above(found, one["id"], other["id"]))
                assert made.above(row, column) == pytest.approx(expected, abs=1e-12)


def test_scorers_are_drawn_by_their_numbers() -> None:
    """Too many people to count all their combinations are drawn, in the order of the sheet, once for all epics."""
    rng = random.Random(3)
    epics = random_epics(rng, 3)
    cast = {one["id"]: [tuple(rng.choice(SCALE[:5]) for _ in unsure.COLUMNS) for _ in range(12)] for one in epics}
    made = counted(example() | {"epics": epics, "evidence": votes_of(cast)}, draws=50, most=100_000)
    assert not made.study.futures.exact
    expected = [[0] * 3 for _ in epics]
    for draw in range(50):
        drawn = [math.floor(12 * unsure.uniform(1, draw, "portfolio", 7, turn)) for turn in range(12)]
        keys = {
            one["id"]: unsure.wsjf_key(unsure.voted_scores(one, list(cast[one["id"]]), drawn, SCALE)) for one in epics
        }
        for place, name in enumerate(unsure.order_of(keys)):
            expected[int(name[1])][place] += 1
    assert made.tally.places.tolist() == expected


def test_chunks_and_cores_change_nothing() -> None:
    study = study_of(example() | {"epics": random_epics(random.Random(1), 20)}, draws=2500)
    alone, together = rank_anew(study, workers=1), rank_anew(study, workers=2)
    assert (alone.tally.above == together.tally.above).all()
    assert alone.total == 2500


# --- rankings of other kinds ------------------------------------------------------------------------------------------


def paid(name: str, benefit: float, effort: float = 10, **more: Any) -> dict[str, Any]:
    """An epic with a benefit in money."""
    return {"id": name, "benefit_per_week": benefit, "effort": {"Crew": effort}} | more


def test_money_ranks_by_its_cases() -> None:
    """By cost of delay in money, cases of benefit move the rank; those of effort do not divide there."""
    raw = example(shared_by_portfolio=0, shared_by_value_stream=0) | {
        "epics": [
            paid("A", 60, benefit_cases=[[40, 0.5], [80, 0.5]]),
            paid("B", 65, effort_cases=[[5, 0.5], [15, 0.5]]),
        ]
    }
    made = counted(raw)
    assert made.study.by.method == "cd3"
    assert made.study.futures.count == 2
    assert made.above(0, 1) == 0.5


def test_net_present_value_ranks_by_its_cases_of_cost() -> None:
    raw = example(shared_by_portfolio=0, shared_by_value_stream=0, ranked_by="npv") | {
        "value_streams": [{"id": "Crew", "capacity": [100], "cost_per_unit": 1}],
        "epics": [
            {"id": "A", "net_present_value": 100, "effort": {"Crew": 10}, "effort_cases": [[8, 0.5], [14, 0.5]]},
            {"id": "B", "net_present_value": 100, "effort": {"Crew": 12}},
        ],
    }
    made = counted(raw)
    assert made.study.by.method == "npv"
    assert made.above(0, 1) == 0.5


def test_a_score_without_a_scale_moves_to_its_neighbours_in_the_column() -> None:
    raw = example(ranked_by="ice") | {
        "epics": [
            {"id": "A", "impact": 8, "ease": 3, "confidence": 0.5},
            {"id": "B", "impact": 7, "ease": 3, "confidence": 0.5},
        ]
    }
    made = counted(raw)
    assert made.study.futures.count == 4
    assert made.above(1, 0) == 1 / 16
    raw["epics"][1]["impact"] = 8
    assert counted(raw).above(0, 1) == 1


def test_the_order_of_the_sheet_is_certain() -> None:
    made = counted(example("A", "B", "C", ranked_by="sheet"))
    assert made.study.futures.is_certain
    assert [made.percentile(row, 0.9) for row in range(3)] == [1, 2, 3]
