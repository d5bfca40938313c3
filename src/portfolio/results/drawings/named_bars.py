"""Bars one below the other, each with its name at the left and its words at the right: what prices and steps of value share."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.tabular.svg import Markup, cut, element, label, svg, tip

WIDTH, ROW, BAR = 1000.0, 28.0, 18.0
TEXT = 14.0


def named_bars(rows: Iterable[Markup], count: int, spoken: str, class_: str) -> Markup:
    """The whole drawing of so many rows."""
    return svg(WIDTH, ROW * count + 8, spoken, *rows, class_=f"chart {class_}")


def named_bar(place: int, names: float, name: str, words: str, words_at: float, *bars: Markup, class_: str) -> Markup:
    """The row at a place: its name, which ends where `names` do, its bars, and its words."""
    base = top_of(place) + 14
    return element(
        "g",
        tip(f"{name}: {words}"),
        label(names - 12, base, cut(name, names - 20, TEXT), anchor="end"),
        *bars,
        label(words_at, base, words, class_="label figure"),
        class_=class_,
    )


def bar(place: int, start: float, end: float, class_: str = "shape", least: float = 1.0) -> Markup:
    """A bar of a row, from where to where."""
    return element("rect", class_=class_, x=start, y=top_of(place), width=max(end - start, least), height=BAR, rx=2)


def top_of(place: int) -> float:
    """How far down the bars of a row begin."""
    return ROW * place + 4
