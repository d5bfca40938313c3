"""A price list word for word: one figure or a range, what costs nothing, the coordination tax."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portfolio.results.prices import PriceLine, PriceList, PriceTable, certainty
from tests import asking


def price(at_least: float | None, at_most: float | None, found: float | None = None, name: str = "Rule") -> PriceLine:
    return PriceLine("guardrail", name, {}, None, None, at_least, at_most, found, label=name)


@pytest.mark.parametrize(
    ("at_least", "at_most", "price_words", "is_one"),
    [
        (7, 7, "7", "one figure"),
        (1200, 1400.4, "1,200 to 1,400", "a range"),
        (0, 12.25, "0 to 12.3", "a range"),
        (5, None, "5 to ?", "a range"),
        (None, 12, "- to 12", "a range"),
        (None, None, "not known", "not known"),
        (0, 0, "0", "one figure"),
    ],
)
def test_one_figure_or_the_two_between_which_it_lies(
    at_least: float | None, at_most: float | None, price_words: str, is_one: str
) -> None:
    """What is not known is never shown as nothing."""
    assert (price(at_least, at_most).price, certainty(at_least, at_most)) == (price_words, is_one)


def test_what_costs_nothing_is_counted() -> None:
    """What may cost something, or is not known, is not among it."""
    lines = (price(7, 7), price(0, 0), price(0, 3), price(None, None), price(0, 0))
    table = PriceTable("What each rule costs, EUR", "Rule", lines)
    assert (len(table.priced), table.free_words) == (3, "2 cost nothing.")
    assert PriceTable("t", "Rule", lines[:2]).free_words == "1 costs nothing."
    assert PriceTable("t", "One unit more", lines[:2]).free_words == "1 is worth nothing."
    assert PriceTable("t", "Rule", lines[:1]).free_words == ""
    assert PriceTable("What each rule costs, EUR", "Rule", lines[1:2]).summary == (
        "What each rule costs, EUR: 0 for the only line."
    )


def price_list(folder: Path) -> PriceList:
    """No prices yet, of a plan that is there."""
    return PriceList(asking.answer(asking.small(asking.epic("X")), folder))


def test_no_dependency_between_value_streams(tmp_path: Path) -> None:
    """Then there is no tax, and nothing to remove."""
    prices = price_list(tmp_path)
    assert prices.coordination_words == "No dependency crosses value streams: there is no coordination tax."
    assert prices.coordination == []


@pytest.mark.parametrize(
    ("tax", "first", "count", "words"),
    [
        (
            price(200, 200, 200),
            price(150, 150, 150, "Z needs X"),
            2,
            "all 2 dependencies between value streams together cost 200 EUR. Remove first: Z needs X, 150 EUR alone.",
        ),
        (
            price(0, 40, 12),
            None,
            1,
            "the dependency between value streams costs at most 40 EUR; 12 EUR found so far.",
        ),
        (
            price(30, 30, 30),
            None,
            2,
            "all 2 dependencies between value streams together cost 30 EUR. No single one of them costs anything alone.",
        ),
    ],
)
def test_the_coordination_tax(tax: PriceLine, first: PriceLine | None, count: int, words: str, tmp_path: Path) -> None:
    """All dependencies between value streams together, and the one to remove first."""
    prices = replace(price_list(tmp_path), coordination_tax=tax, remove_first=first, cross_stream=count)
    assert prices.coordination_words == f"Coordination tax: {words}"
    names = [name for name, _ in prices.coordination]
    assert names[0] == ("The only one" if count == 1 else f"All {count} together")
    assert names[1:] == ([] if first is None else ["Remove first: Z needs X"])


def test_a_better_plan_that_pricing_came_upon(tmp_path: Path) -> None:
    """It is said with what it is worth more."""
    prices = price_list(tmp_path)
    assert prices.headline == "Small: the plan is worth 820 EUR, proven best."
    assert " Pricing came upon a plan worth 30 EUR more;" in replace(prices, better=30.0).headline


def test_without_a_plan_there_is_nothing_but_findings(tmp_path: Path) -> None:
    """Nothing is priced where no plan is possible."""
    must = {"must": True, "latest": "PI 1", "a": 8}
    answer = asking.answer(asking.small(asking.epic("X", **must), asking.epic("Y", **must)), tmp_path)
    content = PriceList(answer).as_json()
    assert list(content) == ["format", "findings"]
    assert any("No plan is possible" in finding["message"] for finding in content["findings"])
