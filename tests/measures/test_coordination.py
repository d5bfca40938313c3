"""Coordination between value streams: counted day by day by a naive oracle, and whether growth is called scaling only where it was."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from portfolio.domain import Dependency
from portfolio.domain.evidence import Blocked, Delivered
from portfolio.measures.coordination import coordination
from portfolio.measures.days import day_number, day_of
from portfolio.measures.dependency_ageing import dependency_ageing
from portfolio.measures.scaling import growth
from portfolio.results.flow.coordination import Coordination, CoordinationCost, Removal
from portfolio.results.flow.delivery import Share
from portfolio.results.flow.groups import Period

STREAMS = ("T", "S", "P")
FIRST, AS_OF = date(2027, 1, 4), date(2027, 3, 28)
PERIODS = tuple(
    Period(f"{place}", day_number(FIRST) + 28 * place, day_number(FIRST) + 28 * place + 27) for place in range(3)
)


def random_links(seed: int) -> tuple[list[Dependency], list[Blocked], dict[str, str | None], set[str]]:
    """Dependencies of eight epics in three value streams with days before, in and after the periods, some of them not known."""
    chance = random.Random(seed)
    epics = [f"E{place}" for place in range(8)]
    homes: dict[str, str | None] = {name.casefold(): chance.choice((*STREAMS, None)) for name in epics}

    def day(blank: float) -> date | None:
        return None if chance.random() < blank else FIRST + timedelta(days=chance.randrange(-40, 110))

    links = []
    for first, second in chance.sample([(one, two) for one, two in permutations(epics, 2) if one < two], 12):
        days = [one for one in (day(0.2), day(0.4)) if one is not None]
        raised, resolved = (min(days), max(days)) if len(days) == 2 else (days[0] if days else None, None)
        links.append(
            Dependency(predecessor=first, successor=second, raised_on=raised, needed_by=day(0.2), resolved_on=resolved)
        )
    blocked = []
    for _ in range(6):
        since = FIRST + timedelta(days=chance.randrange(-20, 90))
        until = None if chance.random() < 0.3 else since + timedelta(days=chance.randrange(30))
        blocked.append(
            Blocked(
                epic=chance.choice(epics),
                since=since,
                until=until,
                waits_for=chance.choice((*STREAMS, "outside", None)),
            )
        )
    return links, blocked, homes, {name.casefold() for name in chance.sample(epics, 2)}


@pytest.mark.parametrize("seed", range(12))
def test_what_dependencies_did_is_counted_day_by_day(seed: int) -> None:
    """An independent count: for every day of a period, which crossing dependencies were open, late, and which epics were blocked."""
    links, blocked, homes, over = random_links(seed)
    found = coordination(links, blocked, day_number(AS_OF), homes, over, 6, STREAMS, PERIODS)
    assert found is not None
    crossing = []
    for link in links:
        ends = homes[link.predecessor.casefold()], homes[link.successor.casefold()]
        if None not in ends and ends[0] != ends[1] and (link.raised_on is None or link.raised_on <= AS_OF):
            crossing.append(link)

    def resolved(link: Dependency, on: date) -> bool:
        return link.resolved_on is not None and link.resolved_on <= on

    def ended(link: Dependency) -> bool:
        return not resolved(link, AS_OF) and bool({link.predecessor.casefold(), link.successor.casefold()} & over)

    for line, period in zip(found.periods, PERIODS, strict=True):
        days = [day_of(number) for number in range(period.first, period.last + 1)]
        late = [
            (link, on) for link in crossing for on in days
            if not ended(link) and link.needed_by is not None and on > link.needed_by
            and (not resolved(link, AS_OF) or on <= (link.resolved_on or on))
        ]  # fmt: skip
        held = [
            (row, on) for row in blocked for on in days
            if row.waits_for in STREAMS and row.waits_for != homes[row.epic.casefold()]
            and row.since <= on and (row.until is None or on < row.until)
        ]  # fmt: skip
        still = [link for link in crossing if not ended(link) and link.raised_on is not None and link.raised_on <= days[-1] and not resolved(link, days[-1])]  # fmt: skip
        raised = [link for link in crossing if link.raised_on in days]
        done = [link for link in crossing if link.resolved_on in days and resolved(link, AS_OF)]
        assert (line.raised, line.resolved, line.open) == (len(raised), len(done), len(still))
        assert (line.days_waited, line.days_blocked) == (len(late), len(held))
    now = [link for link in crossing if not ended(link) and not resolved(link, AS_OF)]
    assert found.crossing.part == len(now) == sum(pair.open for pair in found.pairs)
    assert sum(pair.dependencies for pair in found.pairs) == len(crossing)
    aged = dependency_ageing(links, blocked, day_number(AS_OF), homes, over, [], STREAMS)
    assert aged is not None
    assert {(one.predecessor, one.successor) for one in aged.lines if one.is_open and one.between_streams} == {
        (link.predecessor, link.successor) for link in now if link.raised_on or link.needed_by or link.resolved_on
    }
    assert (found.handovers, len(found.chain) > 0) == (most_handovers(links, homes, over), found.handovers > 0)


def most_handovers(links: list[Dependency], homes: dict[str, str | None], over: set[str]) -> int:
    """Every path of open dependencies, followed by hand."""
    open_ones = [
        link for link in links
        if (link.raised_on is None or link.raised_on <= AS_OF) and not (link.resolved_on and link.resolved_on <= AS_OF)
        and not {link.predecessor.casefold(), link.successor.casefold()} & over
    ]  # fmt: skip

    def after(epic: str) -> int:
        best = 0
        for link in open_ones:
            if link.predecessor == epic:
                ends = homes[epic.casefold()], homes[link.successor.casefold()]
                best = max(best, after(link.successor) + (None not in ends and ends[0] != ends[1]))
        return best

    return max((after(link.predecessor) for link in open_ones), default=0)


def test_value_streams_stand_in_the_order_of_the_workbook_and_a_circle_has_no_chain() -> None:
    links = [
        Dependency(predecessor="A", successor="B"), Dependency(predecessor="B", successor="A"),
        Dependency(predecessor="C", successor="B"),
    ]  # fmt: skip
    homes: dict[str, str | None] = {"a": "S", "b": "T", "c": "P"}
    found = coordination(links, [], day_number(AS_OF), homes, (), 3, STREAMS, ())
    assert found is not None
    assert [(pair.waiting, pair.provider) for pair in found.pairs] == [("T", "S"), ("T", "P"), ("S", "T")]
    assert found.crossing == Share(3, 3)
    assert coordination(links[:2], [], day_number(AS_OF), {"a": "S", "b": "S"}, (), 2, STREAMS, ()) is None


def rows(stream: str, *figures: tuple[float, float]) -> list[Delivered]:
    """A row for each period: what was planned with, and what was delivered."""
    return [
        Delivered(value_stream=stream, period=f"PI {place}", capacity=capacity, delivered=delivered)
        for place, (capacity, delivered) in enumerate(figures, start=1)
    ]


@pytest.mark.parametrize(
    ("figures", "finished", "scaled", "said"),
    [
        ([(10, 9), (10, 9), (12, 11), (12, 11)], None, True, "capacity grew by 20% (10 to 12 units a period) and what was delivered by 22%"),
        ([(10, 9), (10, 9), (99, 0), (12, 9), (12, 9)], None, False, "throughput did not grow with it: delivered effort stayed as it was (9 to 9"),
        ([(10, 9), (10, 9), (12, 8), (12, 8)], None, False, "delivered effort fell by 11% (9 to 8 units a period). It has not scaled."),
        ([(10, 10), (10, 10), (20, 11), (20, 13)], None, False, "delivered effort grew only by 20%"),
        ([(10, 9), (10, 9), (12, 11), (12, 11)], [4, 4, 3, 3], False, "finished epics fell from 4 to 3 a period"),
        ([(10, 9), (10, 9), (10.2, 12), (10.2, 12)], None, None, "capacity did not grow (10 to 10.2 units a period), so nothing is said about scaling"),
        ([(10, 9), (10, 9), (8, 8), (8, 8)], None, None, "capacity fell by 20%"),
        ([(10, 9), (12, 9), (12, 9)], None, None, "needs 4 past periods of Delivered, and there are 3"),
    ],
)  # fmt: skip
def test_it_scaled_only_where_throughput_grew_with_capacity(
    figures: list[tuple[float, float]], finished: list[int] | None, scaled: bool | None, said: str
) -> None:
    """The later half of past periods against the earlier one; a middle period belongs to neither."""
    counts = {} if finished is None else {None: {f"pi {place}": count for place, count in enumerate(finished, 1)}}
    (found,) = growth(rows("S", *figures), STREAMS, counts)
    assert found.has_scaled is scaled
    assert said in found.sentence
    assert (": it scaled." in found.sentence) == (scaled is True)


def test_all_value_streams_together_count_the_periods_that_each_of_them_has() -> None:
    both = [*rows("S", *[(10, 9)] * 6), *rows("T", *[(10, 9)] * 5)]
    whole, first, second = growth(both, STREAMS, {})
    assert [(one.group, one.periods) for one in (whole, first, second)] == [(None, 5), ("T", 5), ("S", 6)]
    assert whole.capacity == (20, 20)
    assert growth([], STREAMS, {}) == ()


def cost(*prices: tuple[float, int], **more: Any) -> CoordinationCost:
    removals = tuple(
        Removal(f"change {place}", (), links, price, price, price) for place, (price, links) in enumerate(prices)
    )
    return CoordinationCost("kEUR", 3, 100, 100, 100, removals, **more)


def test_the_change_that_gives_back_most_is_said_the_smaller_one_of_equal_ones() -> None:
    assert cost((60, 2), (90, 3), (90, 1)).most == Removal("change 2", (), 1, 90, 90, 90)
    assert "all 3 dependencies between value streams together cost 100 kEUR" in cost((60, 2)).sentence
    assert cost((0, 2)).sentence.endswith("No single change of a boundary or platform gives any of it back.")
    free = CoordinationCost("kEUR", 1, 0, 0, 0)
    assert (
        free.sentence
        == "Coordination tax: the dependency between value streams costs 0 kEUR. The plan is worth as much as without them."
    )
    open_one = CoordinationCost("kEUR", 1, 0, None, 0, (Removal("change", (), 1, 0, None, 0),))
    assert open_one.sentence.endswith("is not known yet; allow more time.")
    found = CoordinationCost("kEUR", 5, 0, 717, 0, (Removal("change", (), 5, 0, 717, 0),))
    assert found.sentence.endswith(
        "all 5 dependencies between value streams together cost at most 717 kEUR; more time narrows that."
    )
    found = CoordinationCost("kEUR", 5, 100, 717, 100, (Removal("change", (), 5, 100, 717, 100),))
    assert "between 100 and 717 kEUR; more time narrows that. Most of it, as far as is known, would" in found.sentence
    assert "no coordination tax" in CoordinationCost("kEUR", 0).sentence


def test_a_short_chain_is_not_worth_a_word() -> None:
    assert "chain" not in Coordination(Share(1, 2), 4, chain=("A", "B"), handovers=1).sentence
    said = Coordination(Share(1, 2), 4, chain=("A", "B", "C"), handovers=2).sentence
    assert "0.25 for each of 4 open epics; longest chain A \u2192 B \u2192 C with 2 handovers." in said
