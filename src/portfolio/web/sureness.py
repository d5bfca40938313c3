"""How sure the shown plan is: played forward in many futures, away from everything that people wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portfolio.errors import PortfolioError
from portfolio.web.shown import Shown, moves
from portfolio.web.solving import Play, Question, Sure, played

if TYPE_CHECKING:
    from portfolio.results import views

QUIET = 1.0
"""So many seconds a plan has been shown before anything is drawn for it: plans that follow each other cost nothing."""


@dataclass
class Sureness:
    """Plays each plan that stays forward, in one thread of its own; of many plans in a moment the last one counts."""

    quiet: float = QUIET
    of: Shown | None = None
    """The plan that was played forward last."""
    found: Sure | None = None
    """Its figures; None where nothing is uncertain."""
    play: Play = played
    _busy: bool = False
    _closed: bool = False
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "sure"))

    async def follow(self, plan: Callable[[], Shown | None], told: Callable[[Shown], None]) -> None:
        """Says how sure the plan is that is shown, until nothing new is; `told` hears where there is something to say, or was."""
        if self._busy:
            return
        self._busy = True
        try:
            while (now := plan()) is not None and not self.knows(now):
                await asyncio.sleep(self.quiet)
                if self._closed:
                    return
                if plan() is not now:
                    continue
                before = self.found
                found = await asyncio.get_running_loop().run_in_executor(self._threads, self._played, now)
                self.of, self.found = now, found
                if found is not None or before is not None:
                    told(now)
        finally:
            self._busy = False

    def knows(self, plan: Shown) -> bool:
        """Whether the figures are of this plan, also where the same one was found once more."""
        return self.of is not None and plan.now is self.of.now and moves(self.of.answer, plan.answer) == 0

    def _played(self, plan: Shown) -> Sure | None:
        try:
            return None if plan.answer.plan is None else self.play(Question(plan.now), plan.answer.plan)
        except PortfolioError:
            return None

    def beside(self, what: views.Shown, plan: Shown | None) -> views.Shown:
        """What a view shows, with how sure it is where that is known of this very plan."""
        if plan is None or self.found is None or not self.knows(plan):
            return what
        return replace(what, simulation=self.found.simulation, ranks=self.found.ranks)

    def close(self) -> None:
        """Ends its thread."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
