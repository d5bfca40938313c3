"""Jobs: what is solved for the page, one at a time, in a thread that can be stopped."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from portfolio.domain.json_form import json_form
from portfolio.optimizer.execution.cancellation import CancelToken
from portfolio.web.problem import Problem

JobKind = Literal["plan", "what if", "explain", "prices", "frontier", "keep"]
KINDS: tuple[JobKind, ...] = ("plan", "what if", "explain", "prices", "frontier", "keep")
State = Literal["waiting", "running", "done", "failed", "stopped"]
SECONDS: dict[JobKind, float] = {"plan": 2, "what if": 2, "explain": 8, "prices": 60, "frontier": 4, "keep": 8}
"""How long each kind of job may take where nobody says otherwise."""
LADDER = (2.0, 8.0, 20.0)
"""Seconds of the steps by which a plan gets better, each begun from the last."""
MOST_SECONDS = 600.0
MOST_WAITING = 3
PROGRESS_SECONDS = 0.25
ENDED: tuple[State, ...] = ("done", "failed", "stopped")


@dataclass
class Job:
    """One thing that somebody wants to know, and what came of it."""

    id: int
    kind: JobKind
    by: str
    seconds: float
    asked: Mapping[str, object]
    ladder: bool = False
    """Whether it goes on with longer and longer times until the plan is near enough to the best."""
    state: State = "waiting"
    of_revision: int = 0
    progress: dict[str, object] = field(default_factory=dict)
    result: object = None
    message: str = ""
    fix: str = ""
    cancel: CancelToken = field(default_factory=CancelToken)
    paused: bool = False
    """Whether it makes way for a question and goes on after it."""
    step: int = 0
    """How many steps of the ladder it has done."""
    found: bool = False
    """Whether there is something to keep by now."""
    soon: bool = False
    """Whether it stops as soon as there is something to keep."""
    _told: float = 0.0

    def stop(self) -> None:
        """Asks it to stop and keep the best that it has."""
        self.cancel.cancel()
        if self.state == "waiting":
            self.state = "stopped"

    def as_asked(self) -> dict[str, object]:
        """What makes the same job again somewhere else."""
        return {name: getattr(self, name) for name in ("id", "kind", "by", "seconds", "asked", "of_revision")}

    def stop_soon(self) -> None:
        """Asks it to stop as soon as it has anything to keep."""
        self.soon = True
        if self.found:
            self.stop()

    def make_way(self) -> None:
        """Ends its running step, keeps the best that it has, and goes on later."""
        self.paused = True
        self.cancel.cancel()

    def go_on(self) -> None:
        """Waits to go on where it was."""
        self.paused, self.cancel, self.state = False, CancelToken(), "waiting"

    def heard(self, tell: Callable[[dict[str, object]], None]) -> Callable[[float, float | None, float], None]:
        """What the solver tells where it stands, at most four times a second for everybody else."""

        def progress(seconds: float, value: float | None, bound: float) -> None:
            self.found = self.found or value is not None
            if self.soon and self.found:
                self.cancel.cancel()
            now = time.monotonic()
            if now - self._told < PROGRESS_SECONDS:
                return
            self._told = now
            gap = None if value is None or not value or math.isinf(bound) else max(0.0, (bound - value) / abs(value))
            tell({"job": self.id, "value": value, "bound": bound, "gap": gap, "seconds": round(seconds, 2)})

        return progress

    def as_json(self, *, whole: bool = False) -> dict[str, object]:
        """As the page shows it; the `whole` one with its result."""
        told: dict[str, object] = {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "by": self.by,
            "of_revision": self.of_revision,
            "progress": self.progress or None,
            "message": self.message or None,
            "fix": self.fix or None,
            "epic": self.asked.get("epic"),
        }
        return {**told, "result": self.result} if whole else told


def job_of(number: int, by: str, body: Mapping[str, object]) -> Job:
    """The job that a request asks for; a plan without a time climbs the ladder."""
    kind = next((one for one in KINDS if one == body.get("kind")), None)
    if kind is None:
        raise Problem(422, "This kind of job is not known.", f"Ask for one of {', '.join(KINDS)}.")
    seconds = body.get("seconds")
    if seconds is None:
        return Job(number, kind, by, SECONDS[kind], dict(body), ladder=kind == "plan")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= MOST_SECONDS:
        raise Problem(422, "`seconds` is no time.", f"Say a number of seconds up to {MOST_SECONDS:g}.")
    return Job(number, kind, by, float(seconds), dict(body))


def finite(value: object) -> object:
    """The same as JSON can hold it: what is unbounded or no number is nothing."""
    if isinstance(value, str | float | None):
        return None if isinstance(value, float) and not math.isfinite(value) else json_form(value)
    if isinstance(value, Mapping):
        return {str(key): finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    return json_form(value)
