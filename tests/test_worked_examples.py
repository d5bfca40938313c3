"""The worked examples A to L, from a JSON file to the answer."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.results.answer import Answer
from tests import asking, examples, oracle

BEST_J = ["E1", "E3", "E6", "E7", "E8"]


def in_order(answer: Answer) -> str:
    """The epics of a plan by start."""
    assert answer.plan is not None
    return " ".join(sorted(answer.plan.bookings, key=lambda epic_id: answer.plan.bookings[epic_id]))  # type: ignore[union-attr]


def delay_cost(answer: Answer) -> float:
    """The delay cost of all epics together, including their own duration."""
    return sum(line.delay_cost for line in answer.epics if line.delay_cost is not None)


def longer(raw: asking.Raw) -> asking.Raw:
    """The same with a value horizon ten weeks later, so that what ends with the plan earns something too."""
    return {**raw, "value_horizon_weeks": raw["value_horizon_weeks"] + 10}


def proven(raw: asking.Raw, folder: Path) -> Answer:
    """The answer, which has to be a proven optimum."""
    answer = asking.answer(raw, folder)
    assert answer.outcome.claim == "proven best"
    return answer


def test_example_a_ranks_by_wsjf(tmp_path: Path) -> None:
    """A. The order is E, B, C, A, D, with cost of delay and WSJF as worked out by hand."""
    ranking = engine.rank(asking.loaded(examples.example_a(), tmp_path))
    lines = [(line.rank, line.id, line.cost_of_delay, round(line.wsjf or 0, 4)) for line in ranking.epics]
    assert lines == [
        (1, "E", 22 - 1, 21.0),
        (2, "B", 28, 9.3333),
        (3, "C", 15, 3.0),
        (4, "A", 22, 2.75),
        (5, "D", 25, 1.25),
    ]


def test_example_b_ranks_a_published_table(tmp_path: Path) -> None:
    """B. The order is that of the rows; scores off SAFe's scale are warnings, not errors."""
    loaded = asking.loaded(examples.example_b(), tmp_path)
    ranking = engine.rank(loaded)
    assert [line.wsjf for line in ranking.epics] == [20.0, 5.0, 3.4, 2.125, 2.0]
    assert [line.id for line in ranking.epics] == [epic["id"] for epic in examples.example_b()["epics"]]
    assert {finding.severity for finding in loaded.findings} == {"warning"}


def test_example_c_one_at_a_time(tmp_path: Path) -> None:
    """C. P1, P2, P3 is best, with a delay cost of 36 including each epic's own duration; CD3 is 10, 1, 0.1."""
    answer = proven(longer(examples.example_c()), tmp_path)
    assert (in_order(answer), delay_cost(answer)) == ("P1 P2 P3", 36)
    assert [answer.ranking.by_id[epic_id].cd3 for epic_id in ("P1", "P2", "P3")] == [10, 1, 0.1]


def test_example_d_the_ratio_is_not_the_outcome(tmp_path: Path) -> None:
    """D. B before A brings 60 on top of the base in six weeks."""
    answer = proven(examples.example_d(), tmp_path)
    assert answer.outcome.value == 60
    assert answer.plan is not None
    assert answer.plan.bookings["B"].start == 0


def test_example_e_fixed_horizon(tmp_path: Path) -> None:
    """E. F2, F3, F1 earns 109 in 14 months."""
    answer = proven(examples.example_e(), tmp_path)
    assert (in_order(answer), answer.outcome.value) == ("F2 F3 F1", 109)


def test_example_f_a_prerequisite(tmp_path: Path) -> None:
    """F. F2, R, F3, F1 costs 92,333.33, although R earns nothing by itself; R is in for what needs it."""
    answer = proven(longer(examples.example_f()), tmp_path)
    assert in_order(answer) == "F2 R F3 F1"
    assert delay_cost(answer) == pytest.approx(92_333.33, abs=0.01)
    reasons = {line.id: line.reason for line in answer.epics}
    assert reasons["R"] == "Needed by F1, F3 (outlook): starts in W5 and is done by W14, worth 0 money."


def test_example_g_a_deadline(tmp_path: Path) -> None:
    """G. G R F costs 159: the deadline neither goes first nor as late as it can."""
    answer = proven(longer(examples.example_g()), tmp_path)
    assert (in_order(answer), delay_cost(answer)) == ("G R F", 159)


def test_example_h_a_cut_line_is_not_a_selection(tmp_path: Path) -> None:
    """H. The optimum of 220 leaves out the epic with the best ratio; in the extreme it is 100, not 20."""
    answer = proven(examples.example_h(), tmp_path)
    assert (answer.outcome.value, in_order(answer)) == (220, "B C")
    assert answer.ranking.epics[0].id == "A"
    extreme = proven(examples.example_h_extreme(), tmp_path)
    assert (extreme.outcome.value, in_order(extreme)) == (100, "B")


def test_example_i_wip_has_a_price(tmp_path: Path) -> None:
    """I. One at a time c, a, b, d earns 178; the plans with more in progress are allowed by a higher limit and earn less."""
    answer = proven(examples.example_i(1), tmp_path)
    assert (in_order(answer), answer.outcome.value) == ("c a b d", 178)
    assert asking.broken(examples.example_i(1), examples.PLANS_I[2]) == ["Portfolio WIP limit"]
    assert asking.broken(examples.example_i(2), examples.PLANS_I[2]) == []
    problem = asking.problem_of(examples.example_i(2))
    worth = [problem.options_of(asking.bookings(plan)).value.sum() for plan in examples.PLANS_I.values()]
    assert worth == [178, 130, 80]


def test_example_k_score_order_against_money_order(tmp_path: Path) -> None:
    """K. The ranking by score is X, Y, Z, by money Y, Z, X; the plan follows the money and costs 123,000."""
    answer = proven(longer(examples.example_k()), tmp_path)
    assert [line.id for line in answer.ranking.epics] == ["X", "Y", "Z"]
    assert {line.id: line.cd3_rank for line in answer.ranking.epics} == {"X": 3, "Y": 1, "Z": 2}
    assert (in_order(answer), delay_cost(answer)) == ("Y Z X", 123_000)


def test_example_l_small_money(tmp_path: Path) -> None:
    """L. 100,000 a month, three months late: 300,000."""
    assert delay_cost(proven(examples.example_l(), tmp_path)) == 300_000


def test_example_j_a_whole_portfolio(tmp_path: Path) -> None:
    """J. The unique optimum is E1, E3, E6, E7, E8 = 93, with the use of every guardrail as worked out by hand."""
    answer = proven(examples.example_j(), tmp_path)
    assert sorted(answer.plan or ()) == BEST_J
    assert answer.outcome.value == answer.outcome.bound == 93
    assert answer.outcome.gap == 0
    used = {(line.name, *line.place.values()): line.used for line in answer.guardrails}
    assert used["Budget",] == 1400
    assert (used["Capacity", "A", "PI 1"], used["Capacity", "B", "PI 1"]) == (70, 55)
    assert used["H1 ceiling",] == 0.5
    assert used["H3 floor",] == pytest.approx(0.1071, abs=1e-4)
    assert used["Portfolio WIP limit", "PI 1"] == 5
    assert all(line.met for line in answer.guardrails)
    assert [line.wip for line in answer.value_streams] == [3, 2]


def excluded(raw: asking.Raw, epic_id: str) -> asking.Raw:
    """The portfolio with a guardrail that keeps one epic out."""
    rule = {"name": f"Without {epic_id}", "measure": "epics", "where": {"epic": [epic_id]}, "at_most": 0}
    return {**raw, "guardrails": [*raw["guardrails"], rule]}


@pytest.mark.parametrize(("epic_id", "expected"), [("E2", 65), ("E4", 75), ("E5", 83)])
def test_example_j_forced_in(epic_id: str, expected: float, tmp_path: Path) -> None:
    """J. What each epic costs that is forced in."""
    raw = examples.example_j()
    oracle.epic_of(raw, epic_id)["must"] = True
    answer = proven(raw, tmp_path)
    assert answer.outcome.value == expected
    assert epic_id in (answer.plan or ())


@pytest.mark.parametrize(("epic_id", "expected"), [("E1", 75), ("E3", 83), ("E6", 77), ("E8", 88), ("E7", 0)])
def test_example_j_without(epic_id: str, expected: float) -> None:
    """J. What remains without each epic of the plan."""
    assert asking.value(excluded(examples.example_j(), epic_id)) == expected


@pytest.mark.parametrize(("name", "price"), [("H3 floor", 7), ("H1 ceiling", 0), ("Enablers", 0), ("Budget", 0)])
def test_example_j_price_of_a_guardrail(name: str, price: float) -> None:
    """J. What each guardrail costs: the value without it, less the value with it."""
    assert asking.value(examples.without_guardrail(examples.example_j(), name)) == 93 + price


CHANGES: dict[str, tuple[dict[str, Any], float]] = {
    "WIP 4": ({"portfolio_wip_limit": 4}, 88),
    "WIP 6": ({"portfolio_wip_limit": 6}, 93),
    "no dependency": ({"dependencies": []}, 93),
}


@pytest.mark.parametrize("change", CHANGES)
def test_example_j_changed(change: str) -> None:
    """J. One setting changed."""
    changes, expected = CHANGES[change]
    assert asking.value({**examples.example_j(), **changes}) == expected


def test_example_j_more_capacity_or_no_exclusion() -> None:
    """J. Ten units more of A or B, or both of E4 and E5 allowed, bring nothing."""
    for index in (0, 1):
        raw = examples.example_j()
        raw["value_streams"][index]["capacity"][0] += 10
        assert asking.value(raw) == 93
    both = examples.example_j()
    for epic in both["epics"]:
        epic.pop("exclusive_group", None)
    assert asking.value(both) == 93


def test_example_j_cut_line_breaks_three_rules() -> None:
    """J. Taking epics by WSJF while capacity, budget and WIP last gives 112 and breaks three guardrails, which are named."""
    raw = examples.example_j()
    plan = dict.fromkeys(("E7", "E1", "E3", "E2"), (0, 1))
    assert asking.problem_of(raw).options_of(asking.bookings(plan)).value.sum() == 112
    assert asking.broken(raw, plan) == ["H1 ceiling", "Enablers", "Dependency"]


def without_e7(raw: asking.Raw) -> asking.Raw:
    """The portfolio without its only epic of horizon 3."""
    changed = copy.deepcopy(raw)
    changed["epics"] = [epic for epic in changed["epics"] if epic["id"] != "E7"]
    return changed


def test_example_j_without_e7_is_empty_and_says_why(tmp_path: Path) -> None:
    """J. A share of what is selected is met by the empty plan: value 0, and the finding names the floor."""
    answer = proven(without_e7(examples.example_j()), tmp_path)
    assert (answer.outcome.value, len(answer.plan or ())) == (0, 0)
    (finding,) = (finding for finding in answer.findings if finding.place == "portfolio.json")
    assert finding.severity == "warning"
    assert finding.what == "The best plan is empty: nothing starts."
    assert "H3 floor" in finding.rule
    assert "share of what is selected, which the empty plan meets" in finding.rule


def test_example_j_of_the_budget_without_e7_is_impossible_and_says_why(tmp_path: Path) -> None:
    """J. Measured against the approved budget no plan is possible, and the clash is the floor alone."""
    assert proven(examples.example_j_of_budget(), tmp_path).outcome.value == 93
    answer = asking.answer(without_e7(examples.example_j_of_budget()), tmp_path)
    assert (answer.outcome.claim, answer.plan, answer.outcome.value) == ("impossible", None, None)
    (finding,) = (finding for finding in answer.findings if finding.severity == "error")
    assert str(finding) == (
        "portfolio.json: No plan is possible. This cannot be kept: H3 floor (guardrails[0].at_least). "
        "It has to give; it is enough to lower at least of H3 floor from 10% to 0% (guardrails[0].at_least)."
    )
    assert {line.decision for line in answer.epics} == {"wait"}
