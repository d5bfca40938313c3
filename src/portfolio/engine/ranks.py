"""Says how robust a ranking is: ranks every epic anew in many futures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.domain import Finding, Plan
from portfolio.engine.load import Loaded
from portfolio.engine.rank import rank
from portfolio.engine.sureness import both, few_voters
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.optimizer.execution.workers import Workers
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.simulation.rank_study import RankStudy


def ranks(
    loaded: Loaded,
    funded: Plan | None = None,
    *,
    top: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | Workers | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Ranks:
    """Ranks a portfolio's epics anew in many futures: scores a step off, other voters, other efforts, benefits and costs.

    It needs no plan; with one, or with `top`, it also says how likely each epic is among as many as are funded. `draws` and
    `seed` replace the portfolio's settings. Raises WrongUseError where no epic can be ranked.
    """
    from portfolio.simulation.measure_ranks import funded_by_group, measure_ranks
    from portfolio.simulation.rank_study import rank_anew

    if top is not None and top < 1:
        raise WrongUseError("`top` is a whole number of 1 or more.", "top")
    study = rank_study_of(loaded, draws, seed)
    made = rank_anew(study, workers, told)
    result = measure_ranks(made, funded_by_group(study, None if funded is None else funded.bookings, top))
    return replace(result, findings=(*loaded.findings, *_nothing_moves(loaded, study), *few_voters(loaded, study)))


def with_ranks(
    simulation: Simulation, loaded: Loaded, funded: Plan, top: int | None = None, workers: int | Workers | None = None
) -> Simulation:
    """The same simulation with the ranks of its portfolio, drawn from the same seed; `top` as in `ranks`."""
    found = ranks(loaded, funded, top=top, draws=_asked_draws(simulation), seed=simulation.study.seed, workers=workers)
    return replace(simulation, ranks=found, findings=both(simulation.findings, found.findings))


def _asked_draws(simulation: Simulation) -> int | None:
    """As many draws as the plan was played forward in; where all its futures were counted, as many as are usual."""
    return None if simulation.study.exact else simulation.study.draws


def rank_study_of(loaded: Loaded, draws: int | None = None, seed: int | None = None) -> RankStudy:
    """The study of a portfolio's ranking, with its settings where nothing else is asked for."""
    from portfolio.engine.simulate import check_study
    from portfolio.simulation.rank_study import RankStudy
    from portfolio.simulation.scores import RankedBy
    from portfolio.simulation.study import DEFAULT_DRAWS, DEFAULT_SEED

    check_study(draws, seed)
    partly = loaded.rankable is not None
    ranking = rank(loaded, partly=partly)
    portfolio = loaded.rankable if partly and loaded.rankable is not None else loaded.ready
    by = RankedBy(portfolio, loaded.model.scoring.rules, ranking)
    if not by.epics:
        raise WrongUseError(
            f"No epic of {loaded.name} can be ranked, so there is no ranking to try; `check` says what is missing."
        )
    return RankStudy(
        by,
        seed if seed is not None else DEFAULT_SEED if portfolio.seed is None else portfolio.seed,
        draws if draws is not None else DEFAULT_DRAWS if portfolio.draws is None else portfolio.draws,
    )


def _nothing_moves(loaded: Loaded, study: RankStudy) -> tuple[Finding, ...]:
    if not study.futures.is_certain:
        return ()
    by_sheet = study.by.method == "stack rank"
    return (
        Finding(
            "warning",
            loaded.name,
            "Nothing in the ranking is uncertain.",
            "The order of the sheet ranks the epics, and it is not drawn."
            if by_sheet
            else "No score moves, and no range or cases of what the ranking is computed from are given.",
            "Rank by scores to see how sure their order is."
            if by_sheet
            else "Set Score step chance, fill in the sheet Votes, or give ranges of benefit.",
        ),
    )
