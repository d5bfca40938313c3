"""What views show of a portfolio: its plan as it is, what was agreed judged by it as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.domain import Booking, Plan
from portfolio.engine.views import shown
from portfolio.results.views import VIEWS
from portfolio.results.views.difference import difference_view
from tests import asking


def loaded(folder: Path, *epics: asking.Raw) -> engine.Loaded:
    return asking.loaded(asking.small(*epics), folder)


def test_an_agreed_plan_that_no_longer_holds_says_what_it_breaks(tmp_path: Path) -> None:
    """People agreed on more than there is room for now: the difference begins with that."""
    there = loaded(tmp_path, asking.epic("A"), asking.epic("B"), asking.epic("C"))
    answer = engine.plan(there, gap=0)
    agreed = Plan({name: Booking(0, 1) for name in "ABC"})
    view = difference_view(shown(there, answer, agreed))
    assert any(
        sentence.startswith("The agreed plan no longer holds. It breaks: Capacity of ") for sentence in view.sentences
    )


def test_an_agreed_plan_that_holds_says_what_it_is_worth(tmp_path: Path) -> None:
    """A plan that is possible and worth less than the best one."""
    there = loaded(tmp_path, asking.epic("A"), asking.epic("B"), asking.epic("C"))
    answer = engine.plan(there, gap=0)
    view = difference_view(shown(there, answer, Plan({"A": Booking(1, 1)})))
    assert any(
        sentence.startswith("The agreed plan still holds; as things are now it is worth ")
        for sentence in view.sentences
    )


def test_another_answer_stays_as_it_is(tmp_path: Path) -> None:
    """A what-if has figures of its own, which are not those of the plan beside it."""
    there = loaded(tmp_path, asking.epic("A"), asking.epic("B"))
    answer = engine.plan(there, gap=0)
    view = difference_view(shown(there, answer, answer))
    assert view.epics == ()
    assert view.headline.startswith("Against the agreed plan: the same epics at the same times")


def test_a_portfolio_with_errors_ranks_as_far_as_it_can(tmp_path: Path) -> None:
    """One epic without a job size: the views say so and show what they can."""
    there = loaded(tmp_path, asking.epic("A"), {**asking.epic("B"), "job_size": -1})
    if there.rankable is None and there.portfolio is None:
        with pytest.raises(engine.HasErrorsError):
            shown(there)
        return
    views = {name: make(shown(there)) for name, make in VIEWS.items()}
    assert views["ranking"].missing is None


def test_where_an_order_decides_nothing_is_worth_anything(tmp_path: Path) -> None:
    """The difference is told in epics and times: no value, no step of it, no unit."""
    epics = [{"id": name, "effort": {"A": 4}} for name in "ABC"]
    raw = asking.small(*epics, model="nexus", ranked_by="sheet")
    raw["calendar"]["period_weeks"] = 4
    there = asking.loaded(raw, tmp_path)
    answer = engine.plan(there)
    view = difference_view(shown(there, answer, Plan({"A": Booking(1, 1)})))
    assert (view.unit, view.steps) == (None, ())
    assert view.epics
    assert not any(word in " ".join([view.headline, *view.sentences]) for word in ("worth", "value", "points"))
    assert [row.heading for row in view.totals] == ["Spend, EUR"]
