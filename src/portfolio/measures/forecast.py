"""Forecasts by throughput alone: how many in so many periods, and when so many are done; exact, without draws.

Further periods are drawn from the past ones by Polya's urn: every multiset of them is equally likely, since few points are not the
whole truth (Rubin 1981, the Bayesian bootstrap). `as_seen` draws each afresh instead, as other tools do.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import comb

from portfolio.errors import WrongUseError

FEWEST = 6
"""Past periods that a forecast needs: the chance that the next lies below the worst of six is one in seven."""
LONGEST = 200
"""Further periods that anybody looks ahead."""


def sums(finished: Sequence[int], periods: int, *, as_seen: bool = False, most: int | None = None) -> list[Fraction]:
    """The chance of each sum of so many further periods, from 0 on; sums of `most` and more are counted together.

    Raises WrongUseError for fewer than six past periods.
    """
    if len(finished) < FEWEST:
        raise WrongUseError(
            f"A forecast by throughput needs {FEWEST} past periods, and there are {len(finished)}; look at shorter ones."
        )
    top = periods * max(finished) if most is None else most
    count = len(finished)
    if as_seen:
        ways = [1] + [0] * top
        for _ in range(periods):
            ways = _added(ways, finished, top)
        return [Fraction(way, count**periods) for way in ways]
    table = [[1] + [0] * top] + [[0] * (top + 1) for _ in range(periods)]
    for points in finished:
        for taken in range(1, periods + 1):
            for total, way in enumerate(table[taken - 1]):
                if way:
                    table[taken][min(top, total + points)] += way
    return [Fraction(way, comb(count + periods - 1, periods)) for way in table[periods]]


def _added(ways: Sequence[int], finished: Sequence[int], top: int) -> list[int]:
    found = [0] * (top + 1)
    for total, way in enumerate(ways):
        for points in finished if way else ():
            found[min(top, total + points)] += way
    return found


def chance_of(finished: Sequence[int], periods: int, epics: int, *, as_seen: bool = False) -> Fraction:
    """The chance that at least so many epics are finished within so many further periods."""
    if epics <= 0:
        return Fraction(1)
    return sums(finished, periods, as_seen=as_seen, most=epics)[epics] if periods else Fraction(0)


def chance_of_cases(
    finished: Sequence[int], periods: int, cases: Sequence[tuple[int, Fraction]], *, as_seen: bool = False
) -> Fraction:
    """The same where it is not sure how many have to be finished: amounts with their chances."""
    return sum((chance * chance_of(finished, periods, epics, as_seen=as_seen) for epics, chance in cases), Fraction(0))


def how_many(finished: Sequence[int], periods: int, share: float, *, as_seen: bool = False) -> int:
    """The largest number that is reached within so many further periods with at least that chance."""
    chances = sums(finished, periods, as_seen=as_seen)
    at_least = list(accumulate(reversed(chances)))[::-1]
    wanted = Fraction(share).limit_denominator(10**6)
    return max(total for total, chance in enumerate(at_least) if chance >= wanted)


def when(finished: Sequence[int], epics: int, share: float, *, as_seen: bool = False) -> int | None:
    """The fewest further periods within which so many are finished with at least that chance; None where nothing ever is."""
    if epics <= 0:
        return 0
    if not any(finished):
        return None
    wanted = Fraction(share).limit_denominator(10**6)
    low, high = 0, 1
    while chance_of(finished, high, epics, as_seen=as_seen) < wanted:
        low, high = high, high * 2
        if low >= LONGEST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if chance_of(finished, middle, epics, as_seen=as_seen) >= wanted:
            high = middle
        else:
            low = middle
    return high
