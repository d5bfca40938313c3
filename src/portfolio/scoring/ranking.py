"""A ranking: every epic with its scores, best first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from portfolio.domain import Portfolio
from portfolio.domain.scoring_shapes import BY_NAME, SHAPES, ScoringShape
from portfolio.scoring.by_shape import shape_scores
from portfolio.scoring.cd3 import Cd3
from portfolio.scoring.method import Score, ScoringMethod
from portfolio.scoring.ranking_table import RANKING
from portfolio.scoring.rules import ScoringRules
from portfolio.scoring.wsjf import Wsjf
from portfolio.tabular import FilledTable, TabularResult

METHODS: tuple[ScoringMethod, ...] = (Wsjf(), Cd3())
"""Every scoring method, in the order of the reference."""
STACK_RANK = "stack rank"
"""What the ranking is by where nothing is scored: the order of the sheet, one ordered backlog."""
METHOD_WORDS = {
    "wsjf": "WSJF",
    "cd3": "CD3",
    STACK_RANK: "the order of the sheet",
    **{shape.name: shape.title for shape in SHAPES},
}
"""What a ranking is by, as people say it."""
HEADINGS = {
    "rank": "Rank",
    "id": "ID",
    "title": "Title",
    "cost_of_delay": "Cost of delay",
    "denominator": "Job size",
    "wsjf": "WSJF",
    "wsjf_rank": "WSJF rank",
    "cost_of_delay_per_week": "Cost of delay per week",
    "duration_weeks": "Duration weeks",
    "cd3": "CD3",
    "cd3_rank": "CD3 rank",
}
"""What each figure of a ranked epic is called."""

SELDOM = ("score", "value_stream", "rank_in_stream")
"""Figures of a ranked epic that only some ways of ranking have."""


@dataclass(frozen=True)
class RankedEpic:
    """One epic's scores; `None` means it cannot be computed from what was given, never 0.

    `cost_of_delay` is the weighted sum of the relative scores, the denominator (`job_size` in JSON) what the model divides
    it by: job size, weeks, effort or relative cost; `wsjf` is their ratio. `cost_of_delay_per_week` is money per week,
    `duration_weeks` its shortest duration, `cd3` their ratio.
    `rank` follows the model's method, `wsjf_rank` and `cd3_rank` each method by itself.
    """

    id: str
    title: str | None
    rank: int | None
    cost_of_delay: float | None
    denominator: float | None = field(metadata={"json": "job_size"})
    wsjf: float | None
    wsjf_rank: int | None
    cost_of_delay_per_week: float | None
    duration_weeks: float | None
    cd3: float | None
    cd3_rank: int | None
    score: float | None = None
    """What a scoring shape such as RICE ranks it by; `cost_of_delay` is then what it is worth, and `wsjf` is absent."""
    value_stream: str | None = None
    """The value stream that it needs most, where ranks are compared only within each."""
    rank_in_stream: int | None = None
    """Its place among the epics of its value stream, where ranks are compared only within each."""

    @property
    def places_by_money(self) -> int | None:
        """Places that it wins where money ranks instead of points, below 0 if it loses some; None if one cannot rank it."""
        return None if self.wsjf_rank is None or self.cd3_rank is None else self.wsjf_rank - self.cd3_rank

    def as_json(self) -> dict[str, object]:
        """The epic's line in the published JSON format."""
        given = {one.metadata.get("json", one.name): getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in given.items() if value is not None or name not in SELDOM}


@dataclass(frozen=True, repr=False)
class Ranking(TabularResult):
    """All epics, ranked ones first in order of rank, then those that cannot be ranked in the order of the sheet."""

    method: str
    epics: tuple[RankedEpic, ...]

    @property
    def shape(self) -> ScoringShape | None:
        """The scoring shape that it is by, if any."""
        return BY_NAME.get(self.method)

    @property
    def headings(self) -> dict[str, str]:
        """What each figure of its epics is called; a scoring shape has its own score in place of WSJF."""
        if self.shape is None:
            return HEADINGS
        own = {"cost_of_delay": "Worth", "denominator": "Cost" if self.shape.per == "cost" else "Job size"}
        kept = {field: own.get(field, heading) for field, heading in HEADINGS.items() if not field.startswith("wsjf")}
        names = list(kept)
        if self.shape.per is None:
            names.remove("denominator")
        place = names.index("cost_of_delay_per_week")
        return {name: kept.get(name, self.shape.score) for name in (*names[:place], "score", *names[place:])}

    @property
    def headline(self) -> str:
        """By what the epics are ranked, and how many of them can be."""
        ranked = sum(epic.rank is not None for epic in self.epics)
        left = len(self.epics) - ranked
        unranked = f"; {left} cannot be ranked yet" if left else ""
        alone = "; ranks count within a value stream only" if self.is_by_stream else ""
        return f"{ranked} of {len(self.epics)} ranked by {METHOD_WORDS[self.method]}{unranked}{alone}."

    @property
    def is_by_stream(self) -> bool:
        """Whether ranks are compared only within a value stream."""
        return any(epic.rank_in_stream is not None for epic in self.epics)

    @property
    def disagreement(self) -> tuple[int, int]:
        """How many epics money and points rank differently, of how many that both can rank."""
        places = [epic.places_by_money for epic in self.epics if epic.places_by_money is not None]
        return sum(place != 0 for place in places), len(places)

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """The ranking itself."""
        return (RANKING.filled(lambda: ({"epic": epic.id, **epic.as_json()} for epic in self.epics)),)

    @cached_property
    def by_id(self) -> dict[str, RankedEpic]:
        """Each epic's line by its ID."""
        return {epic.id: epic for epic in self.epics}

    def as_json(self) -> dict[str, object]:
        """The ranking in the published JSON format."""
        return {"epics": [epic.as_json() for epic in self.epics]}


def rank(portfolio: Portfolio, rules: ScoringRules) -> Ranking:
    """Ranks a portfolio's epics by the model's method, with the money ranking beside the relative one.

    Ties: higher cost of delay first, then the order of the sheet. Where no epic can be scored by the model's method,
    the other one ranks. Where the portfolio is ranked by the order of its sheet, that is the rank of every epic.
    """
    shape = portfolio.shape
    if shape is not None:
        return _rank_by_shape(portfolio, shape, METHODS[-1].scores(portfolio, rules))
    wsjf, cd3 = (method.scores(portfolio, rules) for method in METHODS)
    by_points, by_money = ([score.ratio for score in scores] for scores in (wsjf, cd3))
    ranks = {method.name: _ranks(scores) for method, scores in zip(METHODS, (wsjf, cd3), strict=True)}
    ranks[STACK_RANK] = list(range(1, len(portfolio.epics) + 1))
    method = STACK_RANK if portfolio.ranked_by == "sheet" else _method(rules, ranks)
    lines = [
        RankedEpic(
            id=epic.id,
            title=epic.title,
            rank=ranks[method][index],
            cost_of_delay=wsjf[index].numerator,
            denominator=wsjf[index].denominator,
            wsjf=by_points[index],
            wsjf_rank=ranks["wsjf"][index],
            cost_of_delay_per_week=cd3[index].numerator,
            duration_weeks=cd3[index].denominator if cd3[index].numerator is not None else None,
            cd3=by_money[index],
            cd3_rank=ranks["cd3"][index],
        )
        for index, epic in enumerate(portfolio.epics)
    ]
    return Ranking(method, _in_order(lines))


def within_streams(ranking: Ranking, portfolio: Portfolio) -> Ranking:
    """The same ranking with each epic's place within the value stream that it needs most; with a single one as it is."""
    home = portfolio.homes
    if len(portfolio.value_streams) < 2:
        return ranking
    places: Counter[str] = Counter()
    lines = []
    for line in ranking.epics:
        stream = home[line.id]
        if stream is None or line.rank is None:
            lines.append(line)
            continue
        places[stream] += 1
        lines.append(replace(line, value_stream=stream, rank_in_stream=places[stream]))
    return replace(ranking, epics=tuple(lines))


def _in_order(lines: Sequence[RankedEpic]) -> tuple[RankedEpic, ...]:
    return tuple(sorted(lines, key=lambda line: math.inf if line.rank is None else line.rank))


def _rank_by_shape(portfolio: Portfolio, shape: ScoringShape, cd3: Sequence[Score]) -> Ranking:
    """The ranking by a scoring shape, with the money ranking beside it; that one ranks where the shape ranks nothing."""
    scores = shape_scores(portfolio, shape)
    worth = [shape.worth_of(epic) for epic in portfolio.epics]
    own, by_money = _ranks(scores, worth), _ranks(cd3)
    method = "cd3" if any(by_money) and not any(own) else shape.name
    lines = [
        RankedEpic(
            id=epic.id,
            title=epic.title,
            rank=(by_money if method == "cd3" else own)[index],
            cost_of_delay=worth[index],
            denominator=scores[index].denominator,
            wsjf=None,
            wsjf_rank=None,
            cost_of_delay_per_week=cd3[index].numerator,
            duration_weeks=cd3[index].denominator if cd3[index].numerator is not None else None,
            cd3=cd3[index].ratio,
            cd3_rank=by_money[index],
            score=scores[index].ratio,
        )
        for index, epic in enumerate(portfolio.epics)
    ]
    return Ranking(method, _in_order(lines))


def _method(rules: ScoringRules, ranks: Mapping[str, Sequence[int | None]]) -> str:
    """The model's method, or the other one where only that ranks any epic."""
    other = next(member.name for member in METHODS if member.name != rules.method)
    return other if any(ranks[other]) and not any(ranks[rules.method]) else rules.method


def _ranks(scores: Sequence[Score], worth: Sequence[float | None] | None = None) -> list[int | None]:
    """The place of each score; among equals the higher worth comes first, then the order of the sheet."""
    ties = [score.numerator for score in scores] if worth is None else worth
    ranked = [
        (-ratio, -(ties[index] or 0.0), index)
        for index, score in enumerate(scores)
        if (ratio := score.ratio) is not None
    ]
    ranks: list[int | None] = [None] * len(scores)
    for place, (_, _, index) in enumerate(sorted(ranked), start=1):
        ranks[index] = place
    return ranks
