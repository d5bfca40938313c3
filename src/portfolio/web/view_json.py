"""A view as JSON, made of a plan as every other medium makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.views import measured, shown
from portfolio.results.views import VIEWS
from portfolio.web.jobs import finite

if TYPE_CHECKING:
    from portfolio.results.answer import Answer
    from portfolio.results.frontier import Frontier
    from portfolio.results.views import Shown


def as_view(
    loaded: Loaded,
    name: str,
    answer: Answer | None = None,
    agreed: Answer | Plan | None = None,
    frontier: Frontier | None = None,
    sure: Callable[[Shown], Shown] | None = None,
) -> dict[str, object]:
    """A view as JSON; raises HasErrorsError where not even a ranking is possible. `sure` adds how sure a plan is."""
    what = shown(loaded, answer, agreed, frontier)
    if sure is not None:
        what = sure(what)
    if name == "flow":
        what = replace(what, flow=measured(loaded, date.today()))
    told = finite(VIEWS[name](what).as_json())
    assert isinstance(told, dict)
    return told


def difference(loaded: Loaded, answer: Answer, before: Answer | None) -> dict[str, object] | None:
    """What another plan changes of the one that is shown."""
    return None if before is None else as_view(loaded, "difference", answer, before)


def report_of(
    loaded: Loaded,
    answer: Answer,
    agreed: Answer | Plan | None,
    frontier: Frontier | None,
    sure: Callable[[Shown], Shown],
) -> str:
    """The report of a plan, as `plan` writes it; `sure` adds how sure it is where that is known already."""
    from portfolio.engine.write_report import report_text

    return report_text(sure(shown(loaded, answer, agreed, frontier)), answer.findings, loaded)


def slides_of(loaded: Loaded, answer: Answer, agreed: Answer | Plan | None, sure: Callable[[Shown], Shown]) -> bytes:
    """The slides of a plan, `sure` as in reports; raises WrongUseError where what makes them is not installed."""
    from portfolio.engine.write_report import slides

    return slides(sure(shown(loaded, answer, agreed)), answer.findings, loaded)
