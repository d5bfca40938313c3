"""What an answer shows: its claim, what was decided, how it stands to guardrails, its work, money and roadmap."""

from __future__ import annotations

from collections import defaultdict

import pytest

from portfolio.analysis.measured_plan import measured_plan
from portfolio.guardrails import GuardrailStatus
from portfolio.operating_model.ranking import Goal
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.optimizer.outcome import Outcome
from portfolio.results.claim import claim_lines, claim_words, progress_words
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.funding import Funding, FundingLine
from portfolio.results.guardrails import level_words, standing
from portfolio.results.impossible import Impossible, RepairLine
from portfolio.results.roadmap import roadmap_of
from tests import asking, oracle
from tests.random_portfolios import random_portfolio
from tests.workbook.answers import COMPLETE_PLAN, complete_answer, without_plan
from tests.workbook.test_write_results import some_plan

BEST, FOUND = "proven best", "best found"


@pytest.mark.parametrize(
    ("outcome", "goal", "words"),
    [
        (Outcome(BEST, 10, 10, 0.0, 1, "gap"), "value", "proven best"),
        (Outcome(BEST, 10, 10, 1e-9, 1, "gap"), "value", "proven best"),
        (Outcome(BEST, 10, 10, 0.0, 1, "gap"), "rank order", "proven best in rank order"),
        (Outcome(FOUND, 10, 11, 0.1, 1, "gap"), "value", "best found, at most 10.00% below the best possible"),
        (Outcome(FOUND, 10, 10, 1e-7, 1, "gap"), "value", "best found, at most 0.01% below the best possible"),
        (
            Outcome(FOUND, 10, None, None, 1, "time limit"),
            "value",
            "best found, how far below the best possible is not known; stopped by the time limit",
        ),
        (Outcome(FOUND, 10, 10, 0.0, 1, "gap"), "value", "best found, none is worth more than 10"),
        (Outcome(FOUND, 0, 3, None, 1, "gap"), "value", "best found, none is worth more than 3"),
        (
            Outcome(FOUND, 10, 13, 0.3, 1, "interrupt"),
            "own choices",
            "by these estimates; up to 30% more was possible; stopped by you",
        ),
        (
            Outcome("nothing found", None, 11, None, 1, "time limit"),
            "value",
            "nothing found; stopped by the time limit",
        ),
    ],
)
def test_claims(outcome: Outcome, goal: Goal, words: str) -> None:
    """What is not proven best is never said to be, and never 0.00 % below it."""
    assert claim_words(outcome, goal) == words


def test_a_claim_with_its_evidence() -> None:
    """What is not known has no line."""
    lines = claim_lines(Outcome(FOUND, 10, 11, 0.1, 1, "gap"), "EUR")
    assert [(line.value, line.kind) for line in lines[1:]] == [(10, "value"), (11, "value"), (0.1, "share")]
    found = claim_lines(Outcome(FOUND, 0, 3, None, 1, "gap"), "EUR")
    assert [(line.heading, line.value) for line in found[-1:]] == [("Gap", "not known")]
    assert [line.heading for line in claim_lines(Outcome("impossible", None, None, None, 1, None), "EUR")] == ["Claim"]


def test_where_a_search_stands() -> None:
    """A gap is only there with a plan and a bound."""
    assert progress_words(None, float("inf")) == "no plan yet  bound not known yet"
    assert progress_words(None, 1100) == "no plan yet  bound 1,100"
    assert progress_words(1000, 1100) == "value 1,000  bound 1,100  gap 10.00%"


def test_why_in_few_words() -> None:
    """The merit of an epic that starts, the obstacle of one that waits."""
    starts = EpicLine("A", 1, 2.0, "start", "PI 1", "PI 1", 1, 5.0, 0.0, 1.0, "A must: starts in PI 1.")
    waits = EpicLine("B", 2, 1.0, "wait", None, None, None, 0.0, 5.0, 0.0, "Waits: it costs 5: too much.")
    assert (starts.merit, waits.obstacle) == ("A must", "it costs 5: too much.")


@pytest.mark.parametrize(
    ("met", "binding", "enforce", "words"),
    [
        (True, False, "hard", "kept"),
        (True, True, "soft", "at its limit"),
        (False, False, "hard", "broken"),
        (False, True, "soft", "breached at its price"),
    ],
)
def test_how_a_plan_stands_to_a_guardrail(met: bool, binding: bool, enforce: str, words: str) -> None:
    """Soft ones are breached at their price, hard ones broken."""
    status = GuardrailStatus("G", {}, 0.25, None, 0.5, met, binding, "share of budget", enforce)  # type: ignore[arg-type]
    assert standing(status) == words
    assert level_words(status.used, status) == "25.0%"


def test_every_line_that_a_change_could_break_is_watched() -> None:
    """The dependency whose successor waits, the rules that any epic may break, and all dates, beside the lines of the plan."""
    answer = complete_answer()
    more = [line for line in answer.watched_guardrails if line not in answer.guardrails]
    assert [(line.name, line.place) for line in more] == [
        ("Dependency", {"predecessor": "E4", "successor": "E8"}),
        *((name, {}) for name in ("Approval", "Must", "Start")),
        ("Dates", {}),
    ]
    assert all(line.met for line in more)


def test_what_is_said_of_a_plan_is_not_there_without_one() -> None:
    """The empty plan is measured all the same, for people who try plans by hand."""
    answer = without_plan(complete_answer())
    assert (answer.value_streams, answer.guardrails, answer.funding, answer.shifts) == ((), (), None, ())
    assert (answer.spend, answer.started) == (None, None)
    assert {line.effort for line in answer.measured.value_streams} == {0.0}
    assert answer.as_json()["guardrails"] == []


@pytest.mark.parametrize(
    ("unit", "total", "what", "breach"),
    [
        ("money", 5.0, "Money", "EUR"),
        ("epics", 1.0, "Epics at once", "epic"),
        ("periods", 2.0, "Dates", "periods"),
        ("rules", 1.0, "Rules", "rule"),
        ("effort", 3.0, "Capacity and effort", "effort"),
        ("all", 3.0, "All together", ""),
    ],
)
def test_what_gives_in_a_repair(unit: str, total: float, what: str, breach: str) -> None:
    """A sum of different things has no unit."""
    repair, words = RepairLine(unit, total, True, ()), Vocabulary(source="here")
    assert (repair.what_gives(words), repair.breach_unit("EUR", words)) == (what, breach)
    assert repair.adds_up == (unit != "all")


def test_who_decides_about_repairs() -> None:
    """Guardrails may always be changed; money and people only where they are what gives."""
    repairs = tuple(RepairLine(unit, 1.0, True, ()) for unit in ("money", "effort"))
    assert Impossible((), repairs[:1]).decisions == ["change guardrails", "change budgets"]
    assert Impossible((), repairs).decisions == ["change guardrails", "change budgets", "move people"]


@pytest.mark.parametrize("seed", range(30))
def test_work_is_what_the_plan_asks_for(seed: int) -> None:
    """Effort and spend of each epic, value stream and period are the oracle's; an epic that waits asks for nothing."""
    raw = random_portfolio(seed)
    if not asking.is_sound(raw):
        pytest.skip("a portfolio with errors has no plan")
    plan = some_plan(raw, seed)
    expected: dict[tuple[str, str], dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for row in oracle.plan_work(raw, plan):
        cell = expected[row.epic["id"], row.stream][row.period]
        cell[0] += row.effort
        cell[1] += row.spend
    measured = measured_plan(asking.problem_of(raw).options_of(asking.bookings(plan)), ())
    for line in measured.work:
        there = expected[line.epic, line.stream]
        assert line.effort_by_period == pytest.approx(
            [there[period][0] for period in range(len(line.effort_by_period))]
        )
        assert line.spend_by_period == pytest.approx([there[period][1] for period in range(len(line.spend_by_period))])
    asked = {place for place, periods in expected.items() if any(map(any, periods.values()))}
    assert asked <= {(line.epic, line.stream) for line in measured.work}


def test_the_roadmap_is_by_value_stream_start_and_rank() -> None:
    """Each epic stands under the value stream that it needs most; who waits comes last, who needs nobody at the end."""
    answer = complete_answer()
    assert answer.plan is not None
    lines = roadmap_of(answer.portfolio, answer.ranking, answer.plan, answer.measured.work)
    ranks = {epic.id: place for place, epic in enumerate(answer.ranking.epics)}
    shown = [(line.stream, COMPLETE_PLAN.get(line.epic, (4, 0))[0], ranks[line.epic]) for line in lines]
    assert shown == sorted(shown, key=lambda place: (place[0] or "~", *place[1:]))
    assert {line.epic: line.stream for line in lines} == {
        "E1": "VS1",
        "E2": "VS1",
        "E7": "VS1",
        "E8": "VS1",
        "E3": "VS2",
        "E4": "VS3",
        "E5": "VS2",
        "E6": "VS3",
        "E9": None,
    }


def test_money_of_all_value_streams() -> None:
    """Who has no budget adds to what is spent, and nothing to what there is."""
    kinds = (0.0,) * 6
    one = FundingLine("A", "FY27", 10.0, 1.0, 11.0, 5.0, 6.0, *kinds)
    other = FundingLine("B", "FY27", None, 0.0, None, 3.0, None, *kinds)
    (total,) = Funding((one, other)).totals
    assert (total.budget_period, total.budget, total.funded, total.spend, total.left) == ("FY27", 10, 11, 8, 6)


def test_which_budgets_grow_and_which_give() -> None:
    """A sentence for each budget period; rounding moves nothing."""
    kinds = (0.0,) * 6
    lines = [
        FundingLine(name, "FY27", 10.0, shift, 10.0 + shift, 0.0, 10.0, *kinds)
        for name, shift in (("A", 1500.0), ("B", -1500.0), ("C", 1e-9))
    ]
    funding = Funding(tuple(lines))
    assert funding.shift_words("EUR", {"A": "Shop", "B": "Bank", "C": "Core"}) == [
        "Budget moved in FY27, EUR: Shop +1,500, Bank -1,500."
    ]
