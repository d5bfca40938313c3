"""What each kind of job asks of the engine; it runs in a thread and knows nothing of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio import engine
from portfolio.domain import Finding, Plan
from portfolio.domain.json_form import Raw
from portfolio.edits.figure_names import Unknown
from portfolio.engine.edit import Edited, RefusedError, edited, read_value, with_values
from portfolio.engine.plan import judge
from portfolio.engine.views import futures
from portfolio.engine.what_if import addresses, by_sentences, what_if
from portfolio.errors import PortfolioError, WrongUseError
from portfolio.web.jobs import Job, finite
from portfolio.web.problem import Failed
from portfolio.web.view_json import difference

if TYPE_CHECKING:
    from portfolio.edits.scenario import ScenarioEdit
    from portfolio.engine import Loaded, Progress
    from portfolio.results.answer import Answer
    from portfolio.results.frontier import Frontier
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation

MOST_CHANGES = 200


@dataclass(frozen=True)
class Question:
    """What a job is solved for: the portfolio as it was when it was asked, and the plans that are known of it."""

    now: Edited
    start: Plan | None = None
    """The plan to begin from."""
    shown: Answer | None = None
    agreed: Answer | None = None

    @property
    def loaded(self) -> Loaded:
        """The portfolio."""
        return self.now.loaded

    @property
    def raw(self) -> Raw:
        """Its JSON form."""
        return self.now.raw


@dataclass(frozen=True)
class Sure:
    """A plan and a ranking in many futures; None for what is the same in all of them."""

    simulation: Simulation | None
    ranks: Ranks | None


Solve = Callable[[Job, Question, "Progress"], object]
Judge = Callable[[Question, Plan], "Answer"]
Play = Callable[[Question, Plan], Sure | None]


def solve(job: Job, question: Question, progress: Progress) -> object:
    """Does what a job asks for; plans and frontiers are given as they are, everything else as JSON. Raises Failed where it cannot."""
    try:
        return SOLVERS[job.kind](job, question, progress)
    except engine.HasErrorsError as problem:
        first = next((one for one in problem.findings if one.severity == "error"), problem.findings[0])
        raise Failed(f"{first.place}: {first.message}", first.fix) from None
    except Unknown as why:
        raise Failed(f"{why.what} {why.rule}", why.fix) from None
    except RefusedError as why:
        raise Failed(why.message, why.fix) from None
    except WrongUseError as problem:
        raise Failed(str(problem).replace("`", "")) from None
    except PortfolioError as problem:
        raise Failed(f"This is our fault: {problem}.", "Please report it together with the file.") from problem


def judged(question: Question, plan: Plan) -> Answer:
    """What a plan is worth by the figures of now, and which rules it breaks."""
    return judge(question.loaded, plan)


def played(question: Question, plan: Plan) -> Sure | None:
    """The plan and the ranking in many futures, on one core; None where nothing is uncertain, and where it cannot be said."""
    try:
        simulation, ranks = futures(question.loaded, question.loaded.ready, plan, workers=1)
    except (PortfolioError, ValueError, IndexError, KeyError):
        return None
    return None if simulation is None and ranks is None else Sure(simulation, ranks)


def _plan(job: Job, question: Question, progress: Progress) -> Answer:
    return engine.plan(
        question.loaded, time_limit=job.seconds, progress=progress, cancel=job.cancel, start=question.start
    )


def _what_if(job: Job, question: Question, progress: Progress) -> object:
    changed, edits, own = _changed(job, question)
    found = what_if(question.shown, changed, edits, job.seconds, progress=progress, cancel=job.cancel)
    cells = addresses(question.loaded.ready, edits) if own is None else own
    plan = found.answer.as_json()
    return finite(
        {
            "of_revision": job.of_revision,
            "outcome": plan["outcome"],
            "headline": found.answer.headline,
            "changes": found.changes or [f"{at[1]}: {' '.join(at[2:])}" for at, _ in cells or ()],
            "edits": None if cells is None else [{"at": list(at), "to": value} for at, value in cells],
            "difference": difference(found.loaded, found.answer, question.shown),
            "plan": plan,
        }
    )


def _changed(
    job: Job, question: Question
) -> tuple[Loaded, tuple[ScenarioEdit, ...], list[tuple[tuple[str, ...], object]] | None]:
    """The portfolio that a what-if is about: sentences of scenarios, or cells like edits."""
    changes = job.asked.get("changes")
    if not isinstance(changes, list) or not 0 < len(changes) <= MOST_CHANGES:
        raise Failed("The what-if says no change.", "Say one, such as: lock EP-3.")
    if all(isinstance(one, str) for one in changes):
        return (*by_sentences(question.loaded, [str(one) for one in changes]), None)
    cells, values = [], []
    for one in changes:
        at, to = _cell(one)
        path, value = read_value(question.raw, at, to)
        cells.append((at, value))
        values.append((path, value))
    found = edited(question.now.opened, with_values(question.raw, values), {path for path, _ in values})
    found.loaded.ready  # noqa: B018
    return found.loaded, (), [*cells]


def _cell(one: object) -> tuple[tuple[str, ...], object]:
    at = one.get("at") if isinstance(one, Mapping) else None
    if not isinstance(one, Mapping) or not isinstance(at, list):
        raise Failed("This is no change.", 'Say a sentence, or a cell like {"at": [...], "to": 5}.')
    return tuple(str(step) for step in at), one.get("to")


def _explain(job: Job, question: Question, progress: Progress) -> object:
    epic = job.asked.get("epic")
    if not isinstance(epic, str) or not epic:
        raise Failed("No epic is named.", "Open an epic first.")
    found = engine.explain(
        question.loaded, [epic], time_limit=job.seconds, progress=progress, cancel=job.cancel, start=question.start
    )
    if not found.epics:
        return finite(
            {"of_revision": job.of_revision, "sentences": [], "ways": [], "findings": _findings(found.findings)}
        )
    one = found.epics[0]
    ways = []
    for way in one.ways_in:
        cells = addresses(question.loaded.ready, way.change.edits)
        edits = None if cells is None else [{"at": list(at), "to": value} for at, value in cells]
        ways.append({**way.as_json(), "words": str(way), "edits": edits})
    return finite(
        {
            **one.as_json(),
            "of_revision": job.of_revision,
            "sentences": list(one.sentences),
            "ways": ways,
            "force_in": [f"lock {one.id}"],
        }
    )


def _findings(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [finding.as_json() for finding in findings]


def _prices(job: Job, question: Question, progress: Progress) -> object:
    rules = job.asked.get("rules")
    names = [str(name) for name in rules] if isinstance(rules, list) else []
    found = engine.prices(
        question.loaded, time_limit=job.seconds, progress=progress, cancel=job.cancel, start=question.start, rules=names
    )
    return finite({**found.as_json(), "of_revision": job.of_revision})


def _frontier(job: Job, question: Question, progress: Progress) -> Frontier:
    steps = job.asked.get("vary")
    if not isinstance(steps, str) or not steps.strip():
        raise Failed("Nothing is varied.", "Say what, such as: budget 80%..120% by 5%.")
    return engine.vary(question.loaded, steps, time_limit=job.seconds, progress=lambda _: progress, cancel=job.cancel)


def _keep(job: Job, question: Question, progress: Progress) -> object:
    from portfolio.results.replan_report import ReplanReport

    if question.agreed is None:
        raise Failed("No plan was agreed yet.", "Start with the agreed plan, or plan without keeping one.")
    found = engine.replan(
        question.loaded, question.agreed, time_limit=job.seconds, progress=progress, cancel=job.cancel
    )
    return found.answer if isinstance(found, ReplanReport) else found


SOLVERS: dict[str, Solve] = {
    "plan": _plan,
    "what if": _what_if,
    "explain": _explain,
    "prices": _prices,
    "frontier": _frontier,
    "keep": _keep,
}
"""What each kind of job asks of the engine."""
