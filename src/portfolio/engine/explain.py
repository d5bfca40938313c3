"""Explains why each epic is in the plan or not, by solving again from the known plan."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, plan
from portfolio.engine.re_solve import BASE_SHARE, needs_value, re_solver_of
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_TIME_LIMIT

if TYPE_CHECKING:
    from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
    from portfolio.results.explanations import Explained


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
    from portfolio.optimizer.execution.cancellation import CancelToken, run_cancellable
    from portfolio.results.explanations import Explained

    cancel = cancel or CancelToken()
    if epics:
        needs_value(loaded, "explained")
    chosen = [_epic(loaded, epic_id) for epic_id in dict.fromkeys([epics] if isinstance(epics, str) else epics)]
    ends = time.monotonic() + time_limit
    seconds = time_limit * BASE_SHARE if chosen else time_limit
    answer = plan(loaded, gap, seconds, progress=progress, cancel=cancel, start=start, for_proof=bool(chosen))
    if answer.plan is None:
        return Explained(answer, ())
    re_solver = re_solver_of(loaded, answer, gap, ends, re_solves, cancel)
    reasons = {line.id: line.reason for line in answer.epics}
    portfolio = loaded.ready
    epics_asked = [portfolio.epics[portfolio.epic_index[epic_id]] for epic_id in chosen]
    return Explained(
        answer,
        run_cancellable(lambda: tuple(explain_epic(re_solver, epic, reasons[epic.id]) for epic in epics_asked), cancel),
    )


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
