"""Says what other plans than today's would do: plans made anew, what is worth knowing first, and which plan holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.edits import Scenario
from portfolio.engine.load import Loaded
from portfolio.engine.plan import problem_of
from portfolio.engine.rank import rank
from portfolio.engine.scenario import scenarios_of, with_scenario
from portfolio.errors import PortfolioError, WrongUseError
from portfolio.operating_model.ranking import BEYOND_VALUE

if TYPE_CHECKING:
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.simulated.choice_chances import ChosenBy
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.simulation.anew import PlanAnew
    from portfolio.simulation.candidates import Candidate, ChoiceStudy, ChunkOfChoices
    from portfolio.simulation.study import PlayStudy


@dataclass(frozen=True)
class Choosing:
    """What is asked about other plans than today's: plans made anew, what is worth knowing, and which plan holds.

    `plans` is for how many futures plans are made anew; `robust` is what a plan that holds is chosen by, `least_dates` how
    sure its least sure date has to be.
    """

    anew: bool = False
    information: bool = False
    robust: ChosenBy | None = None
    least_dates: float = 0.85
    plans: int = 200


def choose_among(
    loaded: Loaded, study: PlayStudy, simulation: Simulation, asked: Choosing, workers: int | Workers | None = None
) -> Simulation:
    """The simulation with what was asked about other plans; raises WrongUseError where no value decides what starts."""
    from portfolio.simulation.anew import AnewStudy
    from portfolio.simulation.choose import anew_chances
    from portfolio.simulation.chunked import run

    if study.problem.goal in BEYOND_VALUE:
        raise WrongUseError(
            f"{loaded.model.title} decides by the order of the epics or by own choices, not by value, so no plan is better than "
            "another here; ask for the plan itself or for `ranks`."
        )
    made_anew = AnewStudy(study.problem, study.plan, study.seed, asked.plans)
    plans = [one for _, chunk in run(made_anew, made_anew.chunks, workers) for one in chunk]
    if not plans:
        raise WrongUseError("In none of the futures is any plan possible, so there is nothing to choose among.")
    if asked.anew:
        simulation = replace(simulation, anew=anew_chances(made_anew, plans))
    if asked.information or asked.robust is not None:
        simulation = _chosen(loaded, study, simulation, asked, plans, workers)
    return simulation


def _chosen(
    loaded: Loaded,
    study: PlayStudy,
    simulation: Simulation,
    asked: Choosing,
    plans: list[PlanAnew],
    workers: int | Workers | None,
) -> Simulation:
    from portfolio.simulation.candidates import MOST_CANDIDATES, MOST_DRAWS, ChoiceStudy, distinct
    from portfolio.simulation.choose import information, robust_choice

    every = distinct(study.problem, _candidates(loaded, study, plans))
    cut = len(every) > MOST_CANDIDATES
    draws = min(study.draws, MOST_DRAWS)
    choosing = ChoiceStudy(study.problem, tuple(every[:MOST_CANDIDATES]), study.seed, 2 * draws)
    fewer = study.draws > draws and not choosing.source.exact
    first, second = _halves(choosing, workers, both=asked.robust is not None)
    if asked.information:
        simulation = replace(simulation, information=information(choosing, first, cut=cut, fewer=fewer))
    if asked.robust is not None:
        choice = robust_choice(choosing, first, second, asked.robust, asked.least_dates, cut=cut, fewer=fewer)
        simulation = replace(simulation, robust=choice)
    return simulation


def _halves(
    choosing: ChoiceStudy, workers: int | Workers | None, *, both: bool
) -> tuple[list[ChunkOfChoices], list[ChunkOfChoices]]:
    """The chunks to choose on and, for `both`, those to report on; where all futures are counted, both are all of them."""
    from portfolio.simulation.chunked import run

    half = len(choosing.chunks) if choosing.source.exact else len(choosing.chunks) // 2
    wanted = choosing.chunks if both else choosing.chunks[:half]
    chunks = [chunk for _, chunk in run(choosing, wanted, workers)]
    return chunks[:half], chunks if choosing.source.exact else chunks[half:]


def _candidates(loaded: Loaded, study: PlayStudy, plans: list[PlanAnew]) -> Iterator[Candidate]:
    """Today's plan, those of named scenarios, those made with cautious figures, and those made anew."""
    from portfolio.simulation.candidates import Candidate
    from portfolio.simulation.cautious import cautious_plans
    from portfolio.simulation.replanning import make_anew

    yield Candidate("today's plan", study.plan)
    for scenario in _scenarios(loaded):
        try:
            other = with_scenario(loaded, scenario)[0]
            made = make_anew(problem_of(other, rank(other)), study.plan)
        except PortfolioError:
            continue
        if made is not None and all(name in study.problem.portfolio.epic_index for name in made.plan):
            yield Candidate(f"scenario {scenario.name}", made.plan)
    yield from cautious_plans(study.problem, study.plan)
    for number, one in enumerate(plans):
        yield Candidate(f"made for future {number}", one.plan)


def _scenarios(loaded: Loaded) -> list[Scenario]:
    try:
        there = scenarios_of(loaded)
    except PortfolioError:
        return []
    return list(there.scenarios)
