"""Solving in a process of its own, behind everything that people wait for: a search never delays an answer."""

from __future__ import annotations

import contextlib
import itertools
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.errors import InternalError
from portfolio.web.frames import Sender, packed, received, shared, unpacked
from portfolio.web.known import Figures, File, Known
from portfolio.web.problem import Failed

if TYPE_CHECKING:
    from portfolio.domain import Plan
    from portfolio.engine import Progress
    from portfolio.engine.edit import Edited, Opened
    from portfolio.results.answer import Answer
    from portfolio.web.jobs import Job
    from portfolio.web.solving import Question, Sure

COMMAND = (sys.executable, "-P", "-c", "from portfolio.web.solver_main import main; main()")
LOOK_EVERY = 0.05
"""Seconds between two looks at whether somebody stopped a job."""
GONE = "What seeks plans ended in the middle of it; the machine may have too little memory."
Answers = queue.SimpleQueue[tuple[object, ...]]


@dataclass
class Run:
    """One run of the process: what it has been told, and who waits for which answer."""

    process: subprocess.Popen[bytes]
    sender: Sender
    waiting: dict[int, tuple[Edited, Answers]] = field(default_factory=dict)
    ended: bool = False
    _files: Known[Opened] = field(default_factory=Known)
    _figures: Known[Edited] = field(default_factory=Known)
    """What was told already."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def begin(cls) -> Run:
        """Starts the process; it gets ready while others go on."""
        lower = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=lower)
        assert process.stdin is not None
        run = cls(process, Sender(process.stdin))
        threading.Thread(target=run.listen, daemon=True).start()
        return run

    def listen(self) -> None:
        """Gives each answer to who waits for it; at the end everybody hears that there will be none."""
        stream = self.process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while (message := received(stream)) is not None:
                number, content = message
                if (entry := self.waiting.get(number)) is not None:
                    entry[1].put(unpacked(content, shared(entry[0].loaded)))
        self.ended = True
        stream.close()
        for _, answers in [*self.waiting.values()]:
            answers.put(("gone",))

    def ask(self, number: int, kind: str, now: Edited, job: dict[str, object], more: tuple[object, ...]) -> Answers:
        """Sends a question about figures; the answers come one after the other."""
        answers = Answers()
        self.waiting[number] = (now, answers)
        with self._lock:
            self.sender.send(number, packed((kind, self._number_of(now), job, packed(more, shared(now.loaded)))))
        return answers

    def forget(self) -> None:
        """Tells everything anew from now on: it was not known there."""
        with self._lock:
            self._files.clear()
            self._figures.clear()

    def _number_of(self, now: Edited) -> int:
        """The number of these figures, which the process is told first where it does not know them, as their file is."""
        number = self._figures.number(now)
        if number is None:
            opened = now.opened
            file = self._files.number(opened)
            if file is None:
                file = self._told("file", File.of(opened))
                self._files.keep(file, opened)
            number = self._told("figures", Figures.of(now, file))
            self._figures.keep(number, now)
        return number

    def _told(self, kind: str, content: File | Figures) -> int:
        number = next(NUMBERS)
        self.sender.send(number, packed((kind, content)))
        return number

    def end(self) -> None:
        """Ends the process at once; what it was doing is of no use any more."""
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            self.sender.stream.close()


NUMBERS = itertools.count(1)


class SolverProcess:
    """The process, begun when it is needed first and again where it ended; it solves, judges and plays plans forward."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._lock = threading.Lock()
        self._closed = False

    def begin(self) -> Run:
        """Starts it where it does not run."""
        with self._lock:
            if self._closed:
                raise Failed("The server ends.")
            if self._run is None or self._run.ended:
                if self._run is not None:
                    self._run.end()
                self._run = Run.begin()
            return self._run

    def solve(self, job: Job, question: Question, progress: Progress) -> object:
        """Does what a job asks for; raises Failed where it cannot."""
        more = (
            question.start,
            question.shown if job.kind == "what if" else None,
            question.agreed if job.kind == "keep" else None,
        )
        return self._asked("solve", question.now, more, job, progress)

    def judge(self, question: Question, plan: Plan) -> Answer:
        """What a plan is worth; raises InternalError where it cannot be said."""
        found: Answer = self._asked("judge", question.now, (plan,))  # type: ignore[assignment]
        return found

    def play(self, question: Question, plan: Plan) -> Sure | None:
        """A plan in many futures; raises InternalError where it cannot be said."""
        found: Sure | None = self._asked("play", question.now, (plan,))  # type: ignore[assignment]
        return found

    def rest(self) -> None:
        """Ends the process until it is needed."""
        with self._lock:
            if self._run is not None:
                self._run.end()
                self._run = None

    def close(self) -> None:
        """Ends the process for good."""
        self._closed = True
        self.rest()

    def _asked(
        self,
        kind: str,
        now: Edited,
        more: tuple[object, ...],
        job: Job | None = None,
        progress: Progress | None = None,
    ) -> object:
        """Asks and waits; passes on where a search stands, and that somebody stopped it."""
        run, number, asked = self.begin(), next(NUMBERS), {} if job is None else job.as_asked()
        try:
            answers, stopped = run.ask(number, kind, now, asked, more), False
            while True:
                if job is not None and not stopped and job.cancel.raised.is_set():
                    stopped = True
                    run.sender.send(number, packed(("stop",)))
                try:
                    answer = answers.get(timeout=None if job is None or stopped else LOOK_EVERY)
                except queue.Empty:
                    continue
                match answer:
                    case ("progress", *figures) if progress is not None:
                        progress(*figures)  # type: ignore[arg-type]
                    case ("found", found):
                        return found
                    case ("unknown",):
                        run.forget()
                        answers = run.ask(number, kind, now, asked, more)
                    case ("failed", str() as message, str() as fix):
                        raise Failed(message, fix)
                    case ("fault", str() as text):
                        raise InternalError(text)
                    case _:
                        raise _gone(kind)
        except (OSError, ValueError):
            raise _gone(kind) from None
        finally:
            run.waiting.pop(number, None)


def _gone(kind: str) -> Exception:
    """That the process ended in the middle of it."""
    return Failed(GONE, "Plan again, or serve a smaller portfolio.") if kind == "solve" else InternalError(GONE)
