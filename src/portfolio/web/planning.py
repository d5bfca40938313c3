"""Planning: which plan is shown, what it is worth by the figures of now, and who waits for which answer."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.load import Loaded
from portfolio.engine.mending import CellAddresses
from portfolio.engine.plan import judge
from portfolio.engine.what_if import with_bound
from portfolio.optimizer.default_limits import DEFAULT_GAP
from portfolio.web.changes import clock
from portfolio.web.jobs import ENDED, LADDER, MOST_WAITING, Job, finite, job_of
from portfolio.web.judging import Judging
from portfolio.web.people import Person
from portfolio.web.problem import Failed, Problem
from portfolio.web.session import Session
from portfolio.web.shown import Shown, moves
from portfolio.web.solving import Question, Solve, solve
from portfolio.web.sureness import Sureness
from portfolio.web.view_json import as_view

if TYPE_CHECKING:
    from portfolio.engine.edit import Edited
    from portfolio.results.answer import Answer
    from portfolio.results.frontier import Frontier
    from portfolio.web.solver_process import SolverProcess

QUIET_SECONDS = 1.5
"""So long nobody has edited anything before a plan is sought by itself."""
KEPT_JOBS = 100
FIRST_PLAN_SECONDS = 1.0
"""So long a search that is stopped before it found anything goes on, where what is shown breaks a rule by now."""


@dataclass
class Planning:
    """The plan that is shown, the agreed one, and the jobs; everything but the solving itself runs on the server's loop."""

    session: Session
    agreed: Answer | None = None
    agreed_plan: Plan | None = None
    shown: Shown | None = None
    better: Shown | None = None
    """A plan that is worth a little more than the shown one, which still holds."""
    frontier: Frontier | None = None
    """The last one that was asked for."""
    solver: Solve = solve
    process: SolverProcess | None = None
    quiet: float = QUIET_SECONDS
    first_plan: float = FIRST_PLAN_SECONDS
    ladder: tuple[float, ...] = LADDER
    jobs: dict[int, Job] = field(default_factory=dict)
    _waiting: deque[Job] = field(default_factory=deque)
    _running: Job | None = None
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _timer: asyncio.TimerHandle | None = None
    _solving: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "solve"))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._judging = Judging(self.session)
        self.sureness = Sureness()

    def apart(self, process: SolverProcess) -> None:
        """Solves, judges and plays forward in a process of its own from now on."""
        self.process, self.solver = process, process.solve
        self._judging.judge, self.sureness.play = process.judge, process.play

    def agree(self, loaded: Loaded, plan: Plan) -> None:
        """Takes a plan for the one that was agreed."""
        self.agreed_plan, self.agreed = plan, judge(loaded, plan)

    def ask(self, person: Person, body: Mapping[str, object]) -> Job:
        """Takes a job; a plan cancels the one before, and of everything else at most three wait."""
        job = job_of(next(self._numbers), person.name, body)
        if job.kind != "plan" and sum(other.kind != "plan" for other in self._waiting) >= MOST_WAITING:
            raise Problem(429, f"{MOST_WAITING} questions wait already.", "Wait for an answer, or stop one.")
        self._add(job)
        return job

    def plan_again(self) -> None:
        """Seeks a plan of the figures of now; where there is none to seek, nothing needs to be ready for it."""
        if self.session.can_plan:
            self._add(Job(next(self._numbers), "plan", "", self.ladder[0], {}, ladder=True))
        elif self.process is not None:
            self.process.rest()

    def job(self, number: int) -> Job:
        """A job by its number."""
        found = self.jobs.get(number)
        if found is None:
            raise Problem(404, f"There is no job {number}.", "Ask again.")
        return found

    def stop(self, number: int) -> Job:
        """Stops a job; what it has found by then is kept.

        Where nothing sound is shown yet, a search for a plan ends with its first one, or in a second without any.
        """
        job = self.job(number)
        if job is self._running and job.kind == "plan" and not self._sound:
            job.stop_soon()
            asyncio.get_running_loop().call_later(self.first_plan, job.stop)
        else:
            job.stop()
        if job in self._waiting:
            self._waiting.remove(job)
        self._tell(job)
        return job

    def edited(self, *, seek: bool) -> None:
        """After an edit the shown plan is judged by the new figures at once, and sought again once it is quiet."""
        if self._running is not None and self._running.kind == "plan":
            self._running.stop()
        self.better = None
        self._judge()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seek:
            self._timer = asyncio.get_running_loop().call_later(self.quiet, self.plan_again)

    def show_better(self) -> None:
        """Shows the plan that was held back."""
        if self.better is None:
            raise Problem(422, "There is no better plan.", "Plan again first.")
        self.shown, self.better = self.better, None
        self.tell_planned()

    def plan_json(self) -> dict[str, object] | None:
        """The shown plan."""
        if self.shown is None:
            return None
        addresses = CellAddresses(self.session.opened.reading, self.session.raw)
        sure = {"sure": True} if self.sureness.found is not None and self.sureness.knows(self.shown) else {}
        return {**addresses.repairs(self.shown.as_json), "better": self._better_json(), **sure}

    def job_json(self) -> dict[str, object] | None:
        """What is being solved."""
        return None if self._running is None else self._running.as_json()

    def close(self) -> None:
        """Stops everything that is being solved."""
        if self._timer is not None:
            self._timer.cancel()
        for job in [*self._waiting, *([self._running] if self._running else [])]:
            job.stop()
        self._solving.shutdown(wait=False, cancel_futures=True)
        for one in (self._judging, self.sureness, self.process):
            if one is not None:
                one.close()

    def _better_json(self) -> dict[str, object] | None:
        """What a plan that is worth a little more would change, in a sentence."""
        if self.better is None or self.shown is None:
            return None
        return self.shown.told_of(self.better)

    @property
    def _sound(self) -> bool:
        """Whether the shown plan keeps all rules by the figures of now, as far as is known."""
        shown = self.shown
        known = shown is not None and shown.of_revision == self.session.revision
        return known and shown is not None and shown.holds and shown.answer.plan is not None

    def _add(self, job: Job) -> None:
        self.jobs[job.id] = job
        while len(self.jobs) > KEPT_JOBS:
            del self.jobs[next(iter(self.jobs))]
        if job.kind == "plan":
            for other in [*self._waiting]:
                if other.kind == "plan":
                    other.stop()
                    self._waiting.remove(other)
                    self._tell(other)
            if self._running is not None and self._running.kind == "plan":
                self._running.stop()
        elif self._running is not None and self._running.ladder:
            self._running.make_way()
        self._waiting.append(job)
        self._tell(job)
        self._next()

    def _next(self) -> None:
        if self._running is None and self._waiting:
            self._running = self._waiting.popleft()
            self._go(self._run(self._running))

    def _go(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)  # type: ignore[arg-type]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, job: Job) -> None:
        """Solves a job, step by step where it is a ladder; a question is answered between two steps."""
        job.state = "running"
        steps = list(self.ladder) if job.ladder else [job.seconds]
        try:
            while job.step < len(steps):
                job.seconds = steps[job.step]
                more = await self._step(job)
                job.step += 1
                if not more or job.cancel.raised.is_set():
                    break
            if job.paused:
                job.go_on()
                self._waiting.append(job)
            else:
                job.state = "stopped" if job.cancel.raised.is_set() else "done"
        except Failed as why:
            job.state, job.message, job.fix = "failed", why.message, why.fix
        except Exception as problem:
            job.state, job.message = "failed", f"This is our fault: {type(problem).__name__}: {problem}."
            job.fix = "Please report it together with the file."
        self._running = None
        self._tell(job)
        self._next()

    async def _step(self, job: Job) -> bool:
        """Solves once in the thread; says whether a longer time may still bring something."""
        loop, session = asyncio.get_running_loop(), self.session
        job.of_revision = session.revision
        self._tell(job)
        shown = None if self.shown is None else self.shown.answer
        question = Question(session.now, None if shown is None else shown.plan, shown, self.agreed)

        def tell(progress: dict[str, object]) -> None:
            loop.call_soon_threadsafe(self._tell_progress, job, progress)

        found = await loop.run_in_executor(self._solving, self.solver, job, question, job.heard(tell))
        if job.kind in ("plan", "keep"):
            return self._found(job, question.now, found)  # type: ignore[arg-type]
        if job.kind == "frontier":
            self.frontier = found  # type: ignore[assignment]
            found = finite(
                {**as_view(session.now.loaded, "frontier", frontier=self.frontier), "of_revision": job.of_revision}
            )
        job.result = found
        return False

    def _found(self, job: Job, now: Edited, answer: Answer) -> bool:
        """Takes a plan over where it is worth it; says whether a longer search may find a better one."""
        of_now = job.of_revision == self.session.revision
        new = Shown(answer, now, job.of_revision, clock())
        job.result = {"of_revision": job.of_revision, "outcome": new.outcome, "headline": answer.headline}
        if not of_now:
            if answer.plan is not None and not job.cancel.raised.is_set():
                self.shown = new
                self._judge()
            return False
        self.better = None
        if job.kind == "keep" or self.shown is None or self.shown.gives_way_to(answer, job.of_revision):
            self.shown = new
        elif answer.plan is None:
            self._judge()
        else:
            held = with_bound(self.shown.answer, answer.outcome.bound)
            self.shown = replace(self.shown, answer=held, of_revision=job.of_revision)
            if moves(held, answer) and (answer.outcome.value or 0) > (held.outcome.value or 0):
                self.better = new
        self.tell_planned()
        outcome = answer.outcome
        return outcome.claim in ("best found", "nothing found") and (outcome.gap is None or outcome.gap > DEFAULT_GAP)

    def _judge(self) -> None:
        """Judges the shown plan by the figures of now, away from the loop; the last figures count."""
        self._go(self._judging.follow(lambda: self.shown, self._judged))

    def _judged(self, shown: Shown) -> None:
        self.shown = shown
        self.tell_planned()

    def _tell(self, job: Job) -> None:
        self.session.events.publish("job", job.as_json(whole=job.state in ENDED and job.kind != "plan"))

    def _tell_progress(self, job: Job, progress: dict[str, object]) -> None:
        if job.state == "running":
            job.progress = finite(progress)  # type: ignore[assignment]
            self.session.events.publish("progress", job.progress)

    def tell_planned(self) -> None:
        """Tells everybody which plan is shown."""
        if self.shown is not None:
            told = {**self.shown.told(), "outcome": self.shown.outcome, "better": self._better_json()}
            self.session.events.publish("planned", told)
            self._go(self.sureness.follow(lambda: self.shown, self._sure))

    def _sure(self, shown: Shown) -> None:
        """Tells everybody that it is known by now how sure a plan is, or that nothing in it is uncertain any more."""
        self.session.events.publish("sure", {"number": shown.number})
