"""The view Value and duration: cost of delay against duration, with lines along which their ratio is the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar

from portfolio.results.drawings.value_and_duration import value_and_duration_svg
from portfolio.results.ratio_points import Point, RatioLine
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.view import View
from portfolio.scoring import RankedEpic
from portfolio.tabular.svg import Markup

QUARTERS = (0.25, 0.5, 0.75)
"""Between which of the ratios lines are drawn: a quarter, half and three quarters of the epics lie below."""
STEPS = (1.0, 2.0, 5.0, 10.0)
"""First digits of a round figure."""


@dataclass(frozen=True)
class ValueAndDurationView(View):
    """A point for each epic that has both figures; `not_shown` counts the others."""

    name: ClassVar[str] = "value_and_duration"
    title: ClassVar[str] = "Value and duration"

    headings: dict[str, str]
    across: str
    upwards: str
    ratio: str
    horizons: tuple[str, ...]
    points: tuple[Point, ...]
    lines: tuple[RatioLine, ...]
    not_shown: int
    notes: tuple[str, ...]

    def svg(self) -> Markup:
        """The points and lines as a drawing."""
        return value_and_duration_svg(self.points, self.lines, self.horizons, (self.across, self.upwards, self.ratio))

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        return {
            "headings": self.headings,
            "across": self.across,
            "upwards": self.upwards,
            "ratio": self.ratio,
            "horizons": list(self.horizons),
            "points": [asdict(point) for point in self.points],
            "lines": [asdict(line) for line in self.lines],
            "not_shown": self.not_shown,
            "notes": list(self.notes),
        }


def value_and_duration_view(shown: Shown) -> ValueAndDurationView:
    """The epics by what delay costs and how long they take: in money where money ranks, else by the figures of the ranking."""
    money, words = _by_money(shown), shown.model.vocabulary
    points = tuple(point for epic in shown.ranking.epics if (point := _point(epic, shown, money)) is not None)
    ratio, left = _ratio_heading(shown, money), len(shown.ranking.epics) - len(points)
    noun = words.epic.one if left == 1 else words.epic.many
    missing = Missing(
        f"No {words.epic.one} has both a cost of delay and a duration.",
        f"Score the {words.epic.many}, or say what each earns a week.",
    )
    headings = shown.ranking.headings
    return ValueAndDurationView(
        headline=f"What a week of delay costs against how long it takes; along a line {ratio} is the same."
        if money
        else f"{headings['cost_of_delay']} against {headings.get('denominator', 'duration').lower()}; along a line {ratio} is the same.",
        missing=None if points else missing,
        headings=shown.headings,
        across="Duration, weeks" if money else headings.get("denominator", "Duration"),
        upwards=f"Cost of delay, {shown.portfolio.money_unit} per week" if money else headings["cost_of_delay"],
        ratio=ratio,
        horizons=tuple(sorted({point.horizon for point in points if point.horizon})),
        points=points,
        lines=_lines([point.ratio for point in points]),
        not_shown=left,
        notes=tuple(
            filter(
                None,
                [f"{left:,} {noun} without both figures {'is' if left == 1 else 'are'} not shown." if left else "",
                 shown.left_out_words],
            )
        ),
    )  # fmt: skip


def _by_money(shown: Shown) -> bool:
    """Whether the figures are money and weeks: where these rank, or where nothing else has both figures."""
    ranking = shown.ranking
    divides = ranking.shape is None or ranking.shape.per is not None
    relative = divides and any(epic.cost_of_delay is not None and epic.denominator for epic in ranking.epics)
    return ranking.method == "cd3" or not relative


def _ratio_heading(shown: Shown, money: bool) -> str:
    if money:
        return "CD3"
    return shown.ranking.shape.score if shown.ranking.shape else "WSJF"


def _point(epic: RankedEpic, shown: Shown, money: bool) -> Point | None:
    cost, duration = (
        (epic.cost_of_delay_per_week, epic.duration_weeks) if money else (epic.cost_of_delay, epic.denominator)
    )
    if epic.id not in shown.drawn or cost is None or not duration or duration < 0:
        return None
    given = shown.portfolio.epics[shown.portfolio.epic_index[epic.id]]
    plan = None if shown.planned is None else shown.planned.plan
    starts = None if plan is None else epic.id in plan
    return Point(epic.id, shown.labels[epic.id], epic.rank, duration, cost, cost / duration, given.horizon, starts)


def _lines(ratios: Sequence[float]) -> tuple[RatioLine, ...]:
    """Round ratios near the quarters of all, each once; none where there are too few to compare."""
    known = sorted(ratio for ratio in ratios if ratio > 0)
    if len(known) < len(QUARTERS):
        return ()
    round_ones = dict.fromkeys(_round(known[int(share * (len(known) - 1))]) for share in QUARTERS)
    return tuple(RatioLine(ratio, f"{ratio:,.6g}") for ratio in round_ones)


def _round(number: float) -> float:
    """The nearest figure that begins with 1, 2 or 5 and has nothing but zeros behind it."""
    power = 10.0 ** math.floor(math.log10(number))
    return float(f"{min(STEPS, key=lambda step: abs(step * power - number)) * power:.6g}")
