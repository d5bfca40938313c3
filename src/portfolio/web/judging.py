"""Judging: what the shown plan is worth by the figures of now, and whether it still keeps the rules."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from portfolio.errors import PortfolioError
from portfolio.web.session import Session
from portfolio.web.shown import Shown
from portfolio.web.solving import Judge, Question, judged

PAUSE = 2.0
"""After judging a plan it is not judged for so many times as long as that took: people's edits come first."""


@dataclass
class Judging:
    """Judges the shown plan after each edit, in a thread of its own; of many edits in a moment the last one counts."""

    session: Session
    judge: Judge = judged
    busy: bool = False
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "judge"))

    async def follow(self, shown: Callable[[], Shown | None], judged: Callable[[Shown], None]) -> None:
        """Judges the plan that is `shown` until it is judged by the figures of now; `judged` hears of each judgement."""
        if self.busy:
            return
        self.busy = True
        loop = asyncio.get_running_loop()
        try:
            while (plan := shown()) is not None and self._is_old(plan):
                began = loop.time()
                found = await self._judged(plan)
                if found is None:
                    return
                if shown() is plan:
                    judged(found)
                    await asyncio.sleep((loop.time() - began) * PAUSE)
        finally:
            self.busy = False

    def close(self) -> None:
        """Ends its thread."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _is_old(self, shown: Shown) -> bool:
        return shown.of_revision != self.session.revision and self.session.can_plan

    async def _judged(self, shown: Shown) -> Shown | None:
        """The same plan by the figures of now; None where it cannot be judged by them."""
        revision, now, plan = self.session.revision, self.session.now, shown.answer.plan
        if plan is None:
            return None
        known = now.loaded.ready.epic_index
        plan = replace(plan, bookings={name: one for name, one in plan.bookings.items() if name in known})
        try:
            question = Question(now)
            answer = await asyncio.get_running_loop().run_in_executor(self._threads, self.judge, question, plan)
        except (PortfolioError, ValueError, IndexError, KeyError):
            return None
        broken = any(not line.met and line.enforce == "hard" for line in answer.guardrails)
        return Shown(answer, now, revision, shown.at, holds=not broken)
