"""Explains why each epic is in the plan or not, and what every rule costs, by solving again from the known plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import DEFAULT_TIME_LIMIT, Progress, plan, problem_of
from portfolio.errors import WrongUseError
from portfolio.operating_model.ranking import BEYOND_VALUE

if TYPE_CHECKING:
    from portfolio.analysis.pricing import ReSolver
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.results.answer import Answer
    from portfolio.results.explanations import Explained
    from portfolio.results.prices import PriceList

BASE_SHARE = 0.5
"""The share of the time that the plan itself may take; the re-solves have the rest."""
Work = TypeVar("Work")


def explain(
    loaded: Loaded,
    epics: str | Sequence[str] = (),
    gap: float = 0.0,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    re_solves: CountProgress | None = None,
) -> Explained:
    """Explains an epic or several by their IDs: what each earns and needs, what it costs or would cost, what would let it in.

    Without IDs, each epic has the reason that the plan gives. `time_limit` is for the plan and all re-solves together;
    the plan may take half of it. `re_solves` hears how many of how many are done. Raises WrongUseError for an epic that is not there.
    """
    from portfolio.analysis.pricing import explain as explain_epic
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.results.explanations import Explained

    cancel = cancel or CancelToken()
    if epics:
        _needs_value(loaded, "explained")
    chosen = [_epic(loaded, epic_id) for epic_id in dict.fromkeys([epics] if isinstance(epics, str) else epics)]
    ends = time.monotonic() + time_limit
    seconds = time_limit * BASE_SHARE if chosen else time_limit
    answer = plan(loaded, gap, seconds, progress=progress, cancel=cancel, start=start, for_proof=bool(chosen))
    if answer.plan is None:
        return Explained(answer, ())
    re_solver = _resolver(loaded, answer, gap, ends, re_solves, cancel)
    reasons = {line.id: line.reason for line in answer.epics}
    portfolio = loaded.ready
    epics_asked = [portfolio.epics[portfolio.epic_index[epic_id]] for epic_id in chosen]
    return Explained(
        answer,
        _stoppable(lambda: tuple(explain_epic(re_solver, epic, reasons[epic.id]) for epic in epics_asked), cancel),
    )


def _needs_value(loaded: Loaded, what: str) -> None:
    """Raises WrongUseError where no value decides: prices are differences of value."""
    if loaded.model.goal(loaded.ready) in BEYOND_VALUE:
        raise WrongUseError(
            f"{loaded.name} cannot be {what} by re-solving: in {loaded.model.title}, plans follow "
            f"{'the order of the sheet' if loaded.ready.ranked_by == 'sheet' else 'order or choice'} and no value; plan shows "
            "the reasons, and `model` with a model that ranks by value prices it.",
            "model",
        )


def prices(
    loaded: Loaded,
    gap: float = 0.0,
    time_limit: float = DEFAULT_TIME_LIMIT,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
    start: Plan | None = None,
    capacity: float = 1.0,
    money: float | None = None,
    re_solves: CountProgress | None = None,
) -> PriceList:
    """Prices every guardrail, dependency and must, and one unit more of everything that is limited.

    `capacity` and `money` say how much a unit is (`money` None: 1 % of each budget). `time_limit` is for the plan and
    all re-solves together; the plan may take half of it. There are no prices where no plan is possible.
    """
    from portfolio.analysis.pricing import price_list
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.results.prices import PriceList

    _needs_value(loaded, "priced")
    cancel = cancel or CancelToken()
    ends = time.monotonic() + time_limit
    answer = plan(loaded, gap, time_limit * BASE_SHARE, progress=progress, cancel=cancel, start=start, for_proof=True)
    if answer.plan is None:
        return PriceList(answer)
    re_solver = _resolver(loaded, answer, gap, ends, re_solves, cancel)
    return _stoppable(lambda: price_list(re_solver, answer, capacity, money), cancel)


def _stoppable(work: Callable[[], Work], cancel: CancelToken) -> Work:
    """What the work returns; Ctrl-C ends its re-solves early wherever it reaches us."""
    from portfolio.optimizer.execution.cancellation import run_cancellable

    done: list[Work] = []
    run_cancellable(lambda: done.append(work()), cancel)
    return done[0]


def _resolver(
    loaded: Loaded, answer: Answer, gap: float, ends: float, re_solves: CountProgress | None, cancel: CancelToken
) -> ReSolver:
    from portfolio.analysis.pricing import ReSolver, bounded_value
    from portfolio.optimizer.optimize import Best

    base = bounded_value(Best(answer.plan, answer.outcome))
    re_solver = ReSolver(problem_of(loaded, answer.ranking), base, gap, ends, cancel, re_solves or (lambda *_: None))
    if base.proven:
        re_solver.seconds = max(re_solver.seconds, answer.outcome.seconds)
    return re_solver


def _epic(loaded: Loaded, epic_id: str) -> str:
    """The ID of an epic, whatever the case it is written in; raises WrongUseError with the nearest one there is."""
    from difflib import get_close_matches

    names = {epic.id.casefold(): epic.id for epic in loaded.ready.epics}
    if epic_id in loaded.ready.epic_index:
        return epic_id
    if epic_id.casefold() in names:
        return names[epic_id.casefold()]
    near = get_close_matches(epic_id.casefold(), list(names), 1)
    fix = f"did you mean {names[near[0]]}?" if near else "name an ID of the sheet Epics."
    raise WrongUseError(f"{loaded.name} has no epic {epic_id}; {fix}")
