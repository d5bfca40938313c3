"""The process in which plans are sought, judged and played forward; everything that people wait for comes before it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO, TYPE_CHECKING

from portfolio.web.frames import Sender, packed, received, shared, unpacked
from portfolio.web.jobs import Job
from portfolio.web.known import Figures, File, Known, Made
from portfolio.web.problem import Failed
from portfolio.web.solving import Question, judged, played, solve

if TYPE_CHECKING:
    from portfolio.domain import Plan
    from portfolio.engine.edit import Edited, Opened

TOLD_SECONDS = 0.1
"""So often at most the server hears where a search stands."""
NICE = 10
"""By how much everything else on the machine comes first."""


class Worker:
    """What answers the server: a thread for each kind of work, so that judging an edit does not wait for a search."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self.files: Known[Made[Opened]] = Known()
        self.figures: Known[Made[Edited]] = Known()
        self.jobs: dict[int, Job] = {}
        self.threads = {kind: ThreadPoolExecutor(1, kind) for kind in ("solve", "judge", "play")}

    def hear(self, number: int, message: tuple[object, ...]) -> None:
        """Does what the server says: takes a file or a question, or stops a job."""
        match message:
            case ("file", File() as file):
                self.files.keep(number, Made(file.opened))
            case ("figures", Figures() as figures):
                if (opened := self.files.named(figures.file)) is not None:
                    self.figures.keep(number, Made(partial(_by, figures, opened)))
            case ("stop",):
                if number in self.jobs:
                    self.jobs[number].cancel.cancel()
            case (str() as kind, int() as figures, dict() as job, bytes() as more):
                now = self.figures.named(figures)
                if now is None:
                    self._send(number, packed(("unknown",)))
                    return
                if job:
                    self.jobs[number] = Job(**job)
                self.threads[kind].submit(self._answer, number, kind, now, more)

    def _answer(self, number: int, kind: str, made: Made[Edited], more: bytes) -> None:
        try:
            now = made()
            known = shared(now.loaded)
            found = self._found(number, kind, now, unpacked(more, known))
            answer = packed(("found", found), known)
        except Failed as why:
            answer = packed(("failed", why.message, why.fix))
        except BaseException as problem:
            answer = packed(("fault", f"{type(problem).__name__}: {problem}"))
        self.jobs.pop(number, None)
        self._send(number, answer)

    def _found(self, number: int, kind: str, now: Edited, more: tuple[object, ...]) -> object:
        if kind == "solve":
            start, shown, agreed = more
            question = Question(now, start, shown, agreed)  # type: ignore[arg-type]
            return solve(self.jobs[number], question, self._progress(number))
        plan: Plan = more[0]  # type: ignore[assignment]
        return judged(Question(now), plan) if kind == "judge" else played(Question(now), plan)

    def _progress(self, number: int) -> Callable[[float, float | None, float], None]:
        """Tells the server where a search stands: its first plan at once, everything else now and then."""
        told, found = -1.0, False

        def progress(seconds: float, value: float | None, bound: float) -> None:
            nonlocal told, found
            now, first = time.monotonic(), value is not None and not found
            if first or now - told >= TOLD_SECONDS:
                told, found = now, found or first
                self._send(number, packed(("progress", seconds, value, bound)))

        return progress

    def _send(self, number: int, content: bytes) -> None:
        try:
            self.sender.send(number, content)
        except OSError:
            os._exit(0)  # nobody listens any more


def _by(figures: Figures, opened: Made[Opened]) -> Edited:
    return figures.edited(opened())


def main() -> None:
    """Answers until the server closes its end, however the server ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)
    answers: IO[bytes] = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a solver prints is no answer
    worker = Worker(Sender(answers))
    while (message := received(sys.stdin.buffer)) is not None:
        number, content = message
        worker.hear(number, unpacked(content))
    os._exit(0)
