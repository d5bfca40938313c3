"""What a change does to the ranking: who moves, and whether its own score or the others' moved it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Literal

from portfolio.analysis.difference.identity import Names
from portfolio.domain.scoring_shapes import BY_NAME as SHAPES
from portfolio.results.difference import RankLine
from portfolio.scoring import STACK_RANK, RankedEpic, Ranking

Key = tuple[float, float, int]
"""What a ranking sorts by: score and cost of delay, both negative, then the order of the sheet."""


def rank_effect(before: Ranking, after: Ranking, order: Mapping[str, int], names: Names) -> tuple[RankLine, ...]:
    """Every epic whose rank or score differs, in the new order, then those that are gone.

    `order` gives the position of each epic on the first portfolio's sheet, which breaks ties.
    """
    keys = sorted(key for line in before.epics if (key := _key(line, before.method, order[line.id])) is not None)
    old = {names.epics[line.id]: line for line in before.epics if line.id in names.epics}
    lines = []
    for new in after.epics:
        was = old.get(new.id)
        if was is None:
            lines.append(_line("new", None, new))
            continue
        own = None
        if before.method == after.method:
            own = _by_own_score(keys, was, new, before.method, order[was.id])
        changed = before.method != after.method or _score(was, before.method) != _score(new, after.method)
        if changed or was.rank != new.rank:
            lines.append(_line("changed", was, new, changed, own))
    return (*lines, *(_line("vanished", line, None) for line in before.epics if line.id not in names.epics))


def _line(
    change: Literal["new", "vanished", "changed"],
    was: RankedEpic | None,
    new: RankedEpic | None,
    own_score_changed: bool = False,
    own: int | None = None,
) -> RankLine:
    shown = new or was
    if shown is None:
        raise ValueError("an epic is on at least one side")
    rank_before, rank_after = (None if line is None else line.rank for line in (was, new))
    up = None if rank_before is None or rank_after is None else rank_before - rank_after
    return RankLine(
        id=shown.id,
        title=shown.title,
        change=change,
        rank_before=rank_before,
        rank_after=rank_after,
        wsjf_before=None if was is None else was.wsjf,
        wsjf_after=None if new is None else new.wsjf,
        cd3_before=None if was is None else was.cd3,
        cd3_after=None if new is None else new.cd3,
        own_score_changed=own_score_changed,
        by_own_score=own,
        by_others=None if own is None or up is None else up - own,
    )


def _by_own_score(keys: list[Key], was: RankedEpic, new: RankedEpic, method: str, position: int) -> int | None:
    """How many places up an epic's new score alone takes it among the old scores of all others."""
    old_key, new_key = _key(was, method, position), _key(new, method, position)
    if old_key is None or new_key is None:
        return None
    others_above = bisect_left(keys, new_key) - (old_key < new_key)
    return bisect_left(keys, old_key) - others_above


def _score(line: RankedEpic, method: str) -> tuple[float | None, float | None]:
    """The score that a ranking sorts by, and the cost of delay that breaks its ties; a stack rank has none."""
    if method == STACK_RANK:
        return (None, None)
    if method in SHAPES:
        return (line.score, line.cost_of_delay)
    return (line.wsjf, line.cost_of_delay) if method == "wsjf" else (line.cd3, line.cost_of_delay_per_week)


def _key(line: RankedEpic, method: str, position: int) -> Key | None:
    ratio, numerator = _score(line, method)
    return None if ratio is None else (-ratio, -(numerator or 0.0), position)
