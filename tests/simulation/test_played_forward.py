"""A plan played forward: worked examples whose answers were found by hand, and a plan that is certain."""

from __future__ import annotations

import pytest

from tests.simulation.futures import Study, epic, portfolio, stream

A_CASES = ((5, 0.25), (10, 0.5), (20, 0.25))


def late_and_early(capacity: float, *cases: tuple[float, float]) -> Study:
    """A before B in one value stream."""
    streams = [stream("S", capacity, 100)]
    epics = [epic("A", {"S": 10}, 10, *cases), epic("B", {"S": 10}, 20)]
    return Study(portfolio(epics, streams), {"A": (1, 1), "B": (2, 1)})


def test_what_is_late_carries_over() -> None:
    """Work of A that is left over comes before B, which has not begun."""
    study = late_and_early(10, *A_CASES)
    assert study.is_counted
    assert study.chances("A", "B") == {(5, 20): 0.25, (10, 20): 0.5, (20, 30): 0.25}
    assert study.begins("B") == {(10,): 0.75, (20,): 0.25}
    assert study.worth() == {2010: 0.25, 1960: 0.5, 1660: 0.25}
    assert study.mean == 1897.5
    assert study.spend() == {(500, 1000, 0, 0): 0.25, (1000, 1000, 0, 0): 0.5, (1000, 1000, 1000, 0): 0.25}


def test_slack_makes_up_for_what_is_late() -> None:
    """While A is late it keeps what was planned for it, and B begins with the rest."""
    study = late_and_early(15, (10, 0.5), (14, 0.25), (20, 0.25))
    assert study.chances("A", "B") == {(10, 20): 0.75, (15, 22.5): 0.25}
    assert study.worth() == {1960: 0.75, 1860: 0.25}


def four() -> tuple[list[dict[str, object]], dict[str, tuple[int, int]]]:
    """A and D in X, B and C in Y, B after A."""
    epics = [
        epic("A", {"X": 10}, 10, (10, 0.5), (15, 0.5)),
        epic("B", {"Y": 10}, 10),
        epic("C", {"Y": 10}, 10),
        epic("D", {"X": 10}, 10),
    ]
    return epics, {"A": (1, 1), "B": (2, 1), "C": (1, 1), "D": (2, 1)}


AFTER_A = {"dependencies": [{"predecessor": "A", "successor": "B", "type": "finish to start"}]}
TWO = [stream("X", 10), stream("Y", 10)]


def test_who_waits_for_whom() -> None:
    """B waits for A, D for capacity, and C for nobody."""
    epics, plan = four()
    study = Study(portfolio(epics, TWO, **AFTER_A), plan)
    assert study.chances("A", "B", "C", "D") == {(10, 20, 10, 20): 0.5, (15, 25, 10, 25): 0.5}
    assert study.worth() == {2680: 0.5, 2530: 0.5}


def test_a_lag_is_waited_for() -> None:
    """Two dates move: the end of A and, by the lag, the beginning of B."""
    epics, plan = four()
    lag = {"dependencies": [AFTER_A["dependencies"][0] | {"lag_periods": 1}]}
    study = Study(portfolio(epics, TWO, **lag), plan | {"B": (3, 1)})
    assert study.begins("B") == {(20,): 0.5, (25,): 0.5}
    assert study.chances("B") == {(30,): 0.5, (35,): 0.5}
    assert study.worth() == {2580: 0.5, 2430: 0.5}


def test_epics_may_begin_only_with_a_period() -> None:
    """Whoever misses the beginning of a period waits for the next one."""
    epics, plan = four()
    study = Study(portfolio(epics, TWO, **AFTER_A, starts="at periods"), plan)
    assert study.begins("B", "D") == {(10, 10): 0.5, (20, 20): 0.5}
    assert study.worth() == {2680: 0.5, 2430: 0.5}


@pytest.mark.parametrize(("limit", "late", "worth"), [(None, (20, 30, 20), 2480), (1, (15, 25, 25), 2530)])
def test_a_limit_on_work_in_progress_earns(limit: int | None, late: tuple[int, ...], worth: int) -> None:
    """Without the limit D takes from A what A needs, and all that waits for A is late."""
    epics, plan = four()
    epics[0] = epic("A", {"X": 10}, 10, (10, 0.5), (30, 0.5))
    streams = [stream("X", 20, wip_limit=limit), stream("Y", 10)]
    study = Study(portfolio(epics, streams, **AFTER_A), plan)
    assert study.chances("A", "B", "D")[late] == 0.5
    assert study.worth()[worth] == 0.5


def mvp(*, stops: bool = True) -> Study:
    """An epic with an MVP, and one after it."""
    epics = [
        epic("E", {"S": 20}, 30, confidence=0.4, mvp_periods=1, mvp_cost=60, min_periods=2, max_periods=2),
        epic("F", {"S": 10}, 10, (10, 0.5), (25, 0.5)),
    ]
    return Study(portfolio(epics, [stream("S", 20, 10)]), {"E": (1, 2), "F": (2, 1)}, stops=stops)


def test_an_mvp_that_fails_stops() -> None:
    """It frees what it would have used and spent, and earns nothing."""
    study = mvp()
    inf = float("inf")
    assert study.chances("E", "F") == {(20, 20): 0.2, (20, 27.5): 0.2, (inf, 20): 0.3, (inf, 22.5): 0.3}
    assert study.worth() == {2480: 0.2, 2405: 0.2, 620: 0.3, 595: 0.3}
    assert study.mean == pytest.approx(1341.5)
    assert study.spend() == {
        (60, 240, 0, 0): 0.2,
        (60, 240, 150, 0): 0.2,
        (60, 100, 0, 0): 0.3,
        (60, 200, 50, 0): 0.3,
    }


def test_an_mvp_that_is_never_stopped() -> None:
    """It runs to its end and then earns nothing."""
    assert mvp(stops=False).mean == pytest.approx(1326.5)


def test_a_draw_knows_nothing_of_the_one_before() -> None:
    """Work that one draw leaves undone is not found again in the next, in which the epic has none and its hypothesis fails."""
    never = epic("A", {"S": 10}, 10, (0, 0.5), (1000, 0.5), confidence=0.5, mvp_periods=1, min_periods=2)
    plan = {"A": (1, 2)}
    study = Study(portfolio([never], [stream("S", 10, 100)]), plan)
    assert study.is_counted
    later = study.futures.effort[:, 0] == 0
    assert later.sum() == 2
    backwards = study.source.part(0, 4)
    order = [3, 2, 1, 0]
    turned = type(backwards)(*(getattr(backwards, name)[order] for name in backwards.__dataclass_fields__))
    played = study.plan.play(turned)
    assert played.spend[::-1].tolist() == study.played.spend.tolist()
    assert played.delivered[::-1].tolist() == study.played.delivered.tolist()
    assert study.played.spend[later].sum() == 0


def test_what_a_plan_is_worth_changes_nothing_of_what_came_of_it() -> None:
    """A plan of a single epic that is not done stays so once its value was asked for."""
    study = Study(portfolio([epic("A", {"S": 10}, 10, (10, 0.5), (1000, 0.5))], [stream("S", 10)]), {"A": (1, 1)})
    assert study.worth() == {720: 0.5, 0: 0.5}
    assert study.chances("A") == {(10,): 0.5, (float("inf"),): 0.5}
