"""Measures the ranks that were counted: intervals, chances, and the bands within which the order is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from portfolio.results.simulated.chance import Chance
from portfolio.results.simulated.ranks import CLEAR, RankLine, Ranks
from portfolio.results.simulated.study_line import StudyLine
from portfolio.simulation.chunked import id_of
from portfolio.simulation.rank_study import RankCount, RankStudy
from portfolio.simulation.statistics import ENOUGH


def measure_ranks(made: RankCount, top: Mapping[str, int]) -> Ranks:
    """What a counted study says of the ranking; `top` is how many are funded, by value stream where that separates ranks."""
    study, by = made.study, made.study.by
    futures = study.futures
    place_of = {epic.id: place for place, epic in enumerate(by.epics)}
    today = [place_of[line.id] for line in by.ranking.epics if line.id in place_of]
    if by.ranking.is_by_stream:
        today.sort(key=lambda place: int(study.groups[place]))
    bands = bands_of(made, today)
    return Ranks(
        portfolio=by.portfolio,
        study=StudyLine(id_of(study), study.seed, futures.count, futures.exact),
        method=by.method,
        step_chance=futures.steps.chance if futures.steps.moves.any() else 0.0,
        scorers=len(futures.votes.scorers),
        voted=futures.votes.epics,
        top=top,
        lines=tuple(_line(made, place, bands[place], top) for place in today),
        above=tuple(tuple(float(chance) for chance in made.tally.above[place, today] / made.total) for place in today),
    )


def _line(made: RankCount, place: int, band: int, top: Mapping[str, int]) -> RankLine:
    study = made.study
    epic = study.by.epics[place]
    ranked = study.by.ranking.by_id[epic.id]
    assert ranked.rank is not None
    funded = top.get(ranked.value_stream or "")
    return RankLine(
        id=epic.id,
        title=epic.title,
        value_stream=ranked.value_stream,
        rank=ranked.rank_in_stream or ranked.rank,
        band=band,
        p10=made.percentile(place, 0.1),
        median=made.percentile(place, 0.5),
        p90=made.percentile(place, 0.9),
        first=_chance(made, made.within(place, 1)),
        in_top=None if funded is None else _chance(made, made.within(place, funded)),
    )


def _chance(made: RankCount, share: float) -> Chance:
    return Chance.of(share, made.study.futures.count, exact=made.study.futures.exact)


def bands_of(made: RankCount, today: list[int]) -> dict[int, int]:
    """The band of each epic: the next ones join while its opener ranks above them with less than 80 %."""
    found: dict[int, int] = {}
    opener: dict[int, int] = {}
    for place in today:
        group = int(made.study.groups[place])
        first = opener.get(group)
        if first is not None and made.above(first, place) < CLEAR - ENOUGH:
            found[place] = found[first]
            continue
        found[place] = 1 if first is None else found[first] + 1
        opener[group] = place
    return found


def funded_by_group(study: RankStudy, planned: Collection[str] | None, asked: int | None) -> dict[str, int]:
    """How many epics count as funded: as many as were asked for, else as many as the plan holds; nothing without either."""
    groups = {study.by.ranking.by_id[epic.id].value_stream or "": None for epic in study.by.epics}
    if asked is not None:
        return dict.fromkeys(groups, asked)
    if planned is None:
        return {}
    held = Counter(study.by.ranking.by_id[epic.id].value_stream or "" for epic in study.by.epics if epic.id in planned)
    return {name: held[name] for name in groups}
