"""A frontier as a drawing: the best value found at each step as a line of steps, and above it what no plan can exceed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.domain.wording import figure
from portfolio.results.drawings.axis import Axis
from portfolio.tabular.svg import Markup, element, label, svg, tip

WIDTH, HEIGHT = 1000.0, 420.0
LEFT, TOP, RIGHT, BOTTOM = 110.0, 34.0, 40.0, 52.0
MARGIN = 0.08
"""So much of the range is free below and above."""


@dataclass(frozen=True)
class StepPoint:
    """One step: its words, how much it is, what its plan is worth, and what none can exceed."""

    words: str
    amount: float
    value: float | None
    bound: float | None


def frontier_svg(steps: Sequence[StepPoint], axes: tuple[str, str], today: float | None) -> Markup:
    """The drawing; `axes` are what lies across and upwards, `today` is the value of the plan as it is."""
    levels = [level for step in steps for level in (step.value, step.bound) if level is not None]
    levels += [] if today is None else [today]
    low, high = min(levels, default=0.0), max(levels, default=1.0)
    room = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
    amounts = [step.amount for step in steps]
    across = Axis(min(amounts), max(amounts), LEFT + 20, WIDTH - RIGHT)
    upwards = Axis(low - room, high + room, HEIGHT - BOTTOM, TOP)
    return svg(
        WIDTH,
        HEIGHT,
        f"{axes[1]} over {axes[0]}",
        *_frame(across, upwards, axes, steps),
        *_today(upwards, today),
        element("path", class_="bound", d=_path(across, upwards, [(step.amount, step.bound) for step in steps])),
        element("path", class_="value", d=_path(across, upwards, [(step.amount, step.value) for step in steps])),
        *_marks(across, upwards, steps),
        class_="chart frontier",
    )


def _frame(across: Axis, upwards: Axis, axes: tuple[str, str], steps: Sequence[StepPoint]) -> Iterator[Markup]:
    for at, words in upwards.ticks:
        yield element("line", class_="grid", x1=LEFT, y1=at, x2=across.end, y2=at)
        yield label(LEFT - 8, at + 4, words, class_="label tick", anchor="end")
    every = max(1, -(-len(steps) // 12))
    for step in steps[::every]:
        yield label(across.at(step.amount), upwards.start + 20, step.words, class_="label tick", anchor="middle")
    yield label(across.end, upwards.start + 42, axes[0], class_="label axis", anchor="end")
    yield label(4, 16, axes[1], class_="label axis")


def _today(upwards: Axis, today: float | None) -> Iterator[Markup]:
    if today is not None:
        at = upwards.at(today)
        yield element("line", class_="today", x1=LEFT, y1=at, x2=WIDTH - RIGHT, y2=at)
        yield label(WIDTH - RIGHT, at - 6, "the plan as it is", class_="label today-label", anchor="end")


def _path(across: Axis, upwards: Axis, levels: Sequence[tuple[float, float | None]]) -> str:
    """A line that keeps its level up to the next step; it begins anew where a step has none."""
    parts: list[str] = []
    before: float | None = None
    for amount, level in levels:
        if level is not None:
            at, up = across.at(amount), upwards.at(level)
            parts.append(f"M{at:g} {up:g}" if before is None else f"H{at:g} V{up:g}")
        before = level
    return " ".join(parts)


def _marks(across: Axis, upwards: Axis, steps: Sequence[StepPoint]) -> Iterator[Markup]:
    for step in steps:
        if step.value is not None:
            said = f"{step.words}: {figure(step.value)}"
            place = {"cx": across.at(step.amount), "cy": upwards.at(step.value), "r": 4.0}
            yield element("circle", tip(said), class_="point hue-1", **place)
