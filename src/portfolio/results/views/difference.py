"""The view Difference: what lies between another plan and this one: epics, value step by step, guardrails, money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import ClassVar

from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.wording import figure, signed
from portfolio.results.claim import claim_words
from portfolio.results.drawings.value_steps import ValueStep, base_of, value_steps_svg
from portfolio.results.plan_difference import SIGNS, EpicChange, PlanEffect
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.view import View
from portfolio.tabular.svg import Markup

MOST_STEPS = 12
"""Epics that have a step of their own between the two values; the others take one together."""
BREACHES = "Price of what is breached"
"""What stands for the difference that soft guardrails make, which may be broken at their price."""
NAMES = ("The agreed plan", "This plan")
"""What sentences call the two plans."""


@dataclass(frozen=True)
class TotalRow:
    """One figure of both plans."""

    heading: str
    before: float | None
    after: float | None
    difference: str


@dataclass(frozen=True)
class ChangeRow:
    """One epic that starts, moves or waits now."""

    id: str
    label: str
    change: EpicChange
    sign: str
    happens: str
    before: str
    after: str
    gain: float
    gain_words: str
    why: str


@dataclass(frozen=True)
class GuardrailRow:
    """One guardrail that stands otherwise, with every place where it does so in the same way."""

    name: str
    before: str
    after: str
    where: str


@dataclass(frozen=True)
class MoneyRow:
    """What one value stream spends and uses in both plans; money is None where nothing costs any."""

    id: str
    title: str
    spend_before: float | None
    spend_after: float | None
    spend_words: str
    used_before: str
    used_after: str


@dataclass(frozen=True)
class DifferenceView(View):
    """What lies between two plans."""

    name: ClassVar[str] = "difference"
    title: ClassVar[str] = "Difference"

    headings: dict[str, str]
    unit: str | None
    money_unit: str | None
    totals: tuple[TotalRow, ...]
    sentences: tuple[str, ...]
    epics: tuple[ChangeRow, ...]
    steps: tuple[ValueStep, ...]
    guardrails: tuple[GuardrailRow, ...]
    money: tuple[MoneyRow, ...]

    def svg(self) -> Markup:
        """Value step by step as a drawing."""
        return value_steps_svg(self.steps)

    @property
    def base_words(self) -> str:
        """Where the bars of that drawing begin, unless at 0."""
        base = base_of(self.steps) if self.steps else 0.0
        return f"The bars of both plans begin at {figure(base)} {self.unit}." if base > 0 else ""

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        return {
            "headings": self.headings,
            "unit": self.unit,
            "money_unit": self.money_unit,
            "totals": [asdict(row) for row in self.totals],
            "sentences": list(self.sentences),
            "epics": [asdict(row) for row in self.epics],
            "steps": [asdict(step) for step in self.steps],
            "guardrails": [asdict(row) for row in self.guardrails],
            "money": [asdict(row) for row in self.money],
        }


def difference_view(shown: Shown) -> DifferenceView:
    """What lies between the agreed plan and this one; nothing where there is only one."""
    effect, missing = shown.effect, shown.missing_plan
    if effect is None or shown.agreed is None:
        missing = missing or Missing(
            "There is no other plan to compare this one with.", "Name an agreed plan, or keep a what-if."
        )
        effect = None
    valued = shown.answer is not None and shown.answer.shows_value
    answer = shown.answer
    money = answer is not None and answer.shows_money
    return DifferenceView(
        headline="" if effect is None else _headline(effect, shown),
        missing=missing,
        headings=shown.headings,
        unit=shown.portfolio.value_unit if valued else None,
        money_unit=shown.portfolio.money_unit if money else None,
        totals=tuple(_totals(effect, shown, valued)),
        sentences=tuple(_sentences(effect, shown, valued)),
        epics=tuple(_epics(effect)),
        steps=tuple(_steps(effect, shown)) if valued else (),
        guardrails=tuple(
            GuardrailRow(move.name, move.before, move.after, move.where)
            for move in (() if effect is None else effect.guardrail_moves)
        ),
        money=tuple(_money(effect, shown, money)),
    )


def _headline(effect: PlanEffect, shown: Shown) -> str:
    """How many epics come in, go out and move, and what that is worth."""
    counted: tuple[tuple[EpicChange, str], ...] = (("started", "in"), ("dropped", "out"), ("moved", "moved"))
    counts = [f"{len(effect.of(change))} {word}" for change, word in counted if effect.of(change)]
    said = ", ".join(counts) or f"the same {shown.model.vocabulary.epic.many} at the same times"
    worth = effect.value.difference
    valued = shown.answer is not None and shown.answer.shows_value
    value = "" if worth is None or not valued else f"; value {signed(worth)} {effect.unit}"
    return f"Against the agreed plan: {said}{value}."


def _totals(effect: PlanEffect | None, shown: Shown, valued: bool) -> Iterator[TotalRow]:
    if effect is None or shown.agreed is None:
        return
    totals = effect.totals(shown.agreed.portfolio, shown.portfolio)
    for total in totals if valued else totals[-1:]:
        yield TotalRow(total.heading, total.before, total.after, total.difference)


def _sentences(effect: PlanEffect | None, shown: Shown, valued: bool) -> Iterator[str]:
    if effect is None:
        return
    if effect.old_plan is None:
        yield from effect.claims(*NAMES).splitlines()
    else:
        yield from effect.old_plan.verdict(effect.unit if valued else "")
        yield f"{NAMES[1]}: {claim_words(effect.after, shown.model.goal(shown.portfolio))}."
    if not effect.epics and effect.before.value is not None and effect.after.value is not None:
        yield f"The same {shown.model.vocabulary.epic.many} start at the same times."


def _epics(effect: PlanEffect | None) -> Iterator[ChangeRow]:
    for line in () if effect is None else effect.epics:
        yield ChangeRow(
            line.id, line.label, line.change, line.sign, line.happens, line.before, line.after, line.gain,
            signed(line.gain), line.why,
        )  # fmt: skip


def _steps(effect: PlanEffect | None, shown: Shown) -> Iterator[ValueStep]:
    """From the one value to the other: each epic that starts, moves or waits, the largest gain first, then what is left."""
    if effect is None or effect.value.before is None or effect.value.after is None or effect.value.difference is None:
        return
    before, after = effect.value.before, effect.value.after
    yield ValueStep(NAMES[0], "total", 0.0, before, before, f"{before:,.0f}")
    level = before
    for label, kind, gain in _gains(effect, shown, after - before):
        yield ValueStep(label, kind, min(level, level + gain), max(level, level + gain), gain, signed(gain))
        level += gain
    yield ValueStep(NAMES[1], "total", 0.0, after, after, f"{after:,.0f}")


def _gains(effect: PlanEffect, shown: Shown, difference: float) -> Iterator[tuple[str, str, float]]:
    """What makes the difference: changed epics, then epics whose figures are others, then what breached guardrails cost."""
    small = ROUNDING * max(1.0, abs(effect.value.before or 0.0), abs(effect.value.after or 0.0))
    changed = sorted((line for line in effect.epics if abs(line.gain) > small), key=lambda line: -abs(line.gain))
    gains = [(f"{SIGNS[line.change]} {line.label}", str(line.change), line.gain) for line in changed[:MOST_STEPS]]
    rest = changed[MOST_STEPS:]
    gains += [(f"{len(rest)} more", "others", sum(line.gain for line in rest))] if rest else []
    earned = sum(
        sign * line.value
        for sign, answer in ((1, shown.answer), (-1, shown.agreed))
        if answer is not None
        for line in answer.epics
    )
    others = earned - sum(gain for _, _, gain in gains)
    words = shown.model.vocabulary.epic.many
    gains += [(f"Other {words}, by their figures", "others", others), (BREACHES, "others", difference - earned)]
    return ((label, kind, gain) for label, kind, gain in gains if abs(gain) > small)


def _money(effect: PlanEffect | None, shown: Shown, money: bool) -> Iterator[MoneyRow]:
    """What each value stream spends and uses in both plans."""
    if effect is None or shown.agreed is None or shown.planned is None:
        return
    sides = []
    for answer in (shown.agreed, shown.planned):
        spent: dict[str, float] = {}
        for line in answer.value_streams:
            spent[line.id] = spent.get(line.id, 0.0) + line.spend
        sides.append(spent)
    for use in effect.value_streams:
        before, after = (side.get(use.id) if money else None for side in sides)
        words = signed(after - before) if before is not None and after is not None else ""
        yield MoneyRow(use.id, shown.titles.get(use.id, use.id), before, after, words, use.before, use.after)
