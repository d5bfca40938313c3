"""Rankings drawn by the product and by the oracle: the same rank intervals, chances and bands."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from portfolio.scoring import rank
from portfolio.simulation.measure_ranks import bands_of
from portfolio.simulation.rank_study import RankStudy, rank_anew
from portfolio.simulation.scores import RankedBy
from tests import asking, examples
from tests import uncertainty_oracle as unsure

SCALE = (1, 2, 3, 5, 8, 13, 20)
DRAWS = 80
FEW, MANY = range(4), range(4, 100)


def random_scores(seed: int) -> dict[str, Any]:
    """A few epics with scores on the scale, some of them voted on by three or four people."""
    rng = random.Random(seed)
    epics = [examples.scored(f"E{n}", *(rng.choice(SCALE) for _ in range(4))) for n in range(rng.randint(2, 6))]
    raw = {**examples.ranking_only("Ranks", epics), "score_step_chance": rng.choice((0.1, 0.25, 0.5))}
    votes = [
        {"epic": one["id"], "scorer": scorer} | {column: rng.choice(SCALE) for column in unsure.COLUMNS}
        for one in epics
        if rng.random() < 0.4
        for scorer in rng.sample(("Ada", "Bo", "Cy", "Di"), rng.choice((2, 3, 4)))
    ]
    return {**raw, "evidence": {"votes": votes}} if votes else raw


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words."""
    raw = random_scores(seed)
    portfolio, rules = asking.portfolio_of(raw), asking.safe().scoring.rules
    ranking = rank(portfolio, rules)
    study = RankStudy(
        RankedBy(portfolio, rules, ranking), seed, DRAWS, 0 if len(raw["epics"]) > 2 or "evidence" in raw else 10_000
    )
    found, names = rank_anew(study, workers=1), [epic.id for epic in study.by.epics]
    today = [line.id for line in ranking.epics]
    if study.most_combinations:
        outcomes = unsure.rankings(raw["epics"], SCALE, Fraction(str(raw["score_step_chance"])))
    else:
        outcomes = unsure.equally_likely([unsure.voted_draw(raw, SCALE, seed, draw) for draw in range(DRAWS)])
    parted = []
    for place, name in enumerate(names):
        ranks = unsure.rank_chances(outcomes, name)
        known = [unsure.percentile(ranks, Fraction(q, 10)) for q in (1, 5, 9)]
        ours = [found.percentile(place, q / 10) for q in (1, 5, 9)]
        if ours != known:
            parted.append(f"{name}: {ours} is {known}")
        top = unsure.chance_of(ranks, lambda rank: rank <= 2)
        if found.within(place, 2) != pytest.approx(float(top)):
            parted.append(f"{name} in the top: {found.within(place, 2)} is {float(top)}")
    by_place = bands_of(found, [names.index(name) for name in today])
    numbers = [by_place[names.index(name)] for name in today]
    bands = [[name for name, one in zip(today, numbers, strict=True) if one == band] for band in dict.fromkeys(numbers)]
    if bands != unsure.bands(today, outcomes):
        parted.append(f"{bands} is {unsure.bands(today, outcomes)}")
    return parted


@pytest.mark.parametrize("seed", FEW)
def test_ranks(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_many_ranks(seed: int) -> None:
    assert differences(seed) == []
