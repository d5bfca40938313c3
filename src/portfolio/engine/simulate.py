"""Says how sure a plan is: plays it forward in many possible futures."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Plan
from portfolio.engine.choices import Choosing, choose_among
from portfolio.engine.load import Loaded
from portfolio.engine.plan import Progress, plan, previous_plan, problem_of
from portfolio.engine.rank import rank
from portfolio.engine.sureness import study_findings
from portfolio.engine.track_record import track_record_of
from portfolio.errors import WrongUseError
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT
from portfolio.optimizer.execution.workers import Workers

if TYPE_CHECKING:
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.simulation.study import PlayStudy

Told = Callable[[int, int], None]


def simulate(
    loaded: Loaded,
    followed: Plan | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    until: float | None = None,
    workers: int | Workers | None = None,
    told: Told | None = None,
    choices: Choosing | None = None,
) -> Simulation:
    """Plays a plan forward in many futures; without one, the plan that the portfolio's own file holds.

    `draws` and `seed` replace the portfolio's settings. `until` doubles the draws until the mean value is known to this share
    of it. `workers` says how many threads play, or which cluster, and where what is done is kept. `told` hears how many draws
    are done, of how many. `choices` also asks what other plans would do. Raises WrongUseError where there is no plan to play
    forward.
    """
    from portfolio.simulation.measure import measure
    from portfolio.simulation.prepare import prepare
    from portfolio.simulation.study import play_out

    study = study_of(loaded, plan_of(loaded) if followed is None else followed, draws, seed)
    if until is not None:
        if not 0 < until < 1:
            raise WrongUseError("`until` is a share of the mean value, such as 1 %, between 0 and 100 %.", "until")
        study = replace(study, draws=math.ceil(study.draws / 1000) * 1000)
    prepare()
    who = workers if isinstance(workers, Workers) else Workers(workers)
    with who.open():
        study, made = play_out(study, until, who, told)
        result = measure(study, made)
        if choices is not None:
            result = choose_among(loaded, study, result, choices, who)
    findings = (*loaded.findings, *study_findings(loaded, study))
    return replace(result, findings=findings, track_record=track_record_of(loaded.ready))


def study_of(loaded: Loaded, followed: Plan, draws: int | None = None, seed: int | None = None) -> PlayStudy:
    """The study of one plan, with the portfolio's settings where nothing else is asked for."""
    from portfolio.simulation.study import DEFAULT_DRAWS, DEFAULT_SEED, PlayStudy

    portfolio = loaded.ready
    check_study(draws, seed)
    if not followed.bookings:
        raise WrongUseError(f"The plan of {loaded.name} starts no epic, so there is nothing to play forward.")
    return PlayStudy(
        problem_of(loaded, rank(loaded)),
        followed,
        seed if seed is not None else DEFAULT_SEED if portfolio.seed is None else portfolio.seed,
        draws if draws is not None else DEFAULT_DRAWS if portfolio.draws is None else portfolio.draws,
    )


def check_study(draws: int | None, seed: int | None) -> None:
    """Raises WrongUseError for a number of draws or a seed that no study can have."""
    from portfolio.simulation.study import MOST_DRAWS

    if draws is not None and not 1 <= draws <= MOST_DRAWS:
        raise WrongUseError(f"`draws` is a whole number from 1 to {MOST_DRAWS:,}.", "draws")
    if seed is not None and not 0 <= seed < 1 << 63:
        raise WrongUseError("`seed` is a whole number of 0 or more.", "seed")


def plan_of(loaded: Loaded) -> Plan:
    """The plan that the portfolio's own file holds; raises WrongUseError where it holds none."""
    if loaded.path is not None:
        try:
            return previous_plan(Path(loaded.path), loaded)
        except WrongUseError:
            pass
    raise WrongUseError(
        f"{loaded.name} holds no plan that could be played forward; plan it first with `portfolio plan FILE --write`, or give "
        "another file's plan with `plan`.",
        "plan",
    )


def planned(loaded: Loaded, time_limit: float = DEFAULT_TIME_LIMIT, progress: Progress | None = None) -> Plan:
    """A plan made now, for a portfolio that holds none; raises WrongUseError where none is possible."""
    answer = plan(loaded, DEFAULT_GAP, time_limit, progress=progress)
    if answer.plan is None:
        raise WrongUseError(f"No plan of {loaded.name} is possible, so there is nothing to play forward.")
    return answer.plan
