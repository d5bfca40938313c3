"""A model fills in what is blank, overrides nothing, and warns of what it does not know."""

from __future__ import annotations

from functools import partial
from typing import Any

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.parsing import build
from portfolio.operating_model import OperatingModel, check_model, with_defaults, with_guardrails
from portfolio.storage.read_model import read_model
from tests import asking

SOURCE = {"source": "a test"}
LIMIT = {"name": "Few at once", "measure": "epics", "per": ["period"], "at_most": 2}


def model(**sections: Any) -> OperatingModel:
    """A model that says what is given and nothing else."""
    stack = sections.pop("stack", False)
    scoring = {"method": "stack rank"} if stack else {"method": "cd3"}
    goal = {"maximise": "rank order" if stack else "value"}
    content = {"format": 1, "name": "own", "title": "Own", "summary": "A test.", "scoring": SOURCE | scoring}
    told = {name: SOURCE | section for name, section in sections.items()}
    return OperatingModel.model_validate({**content, "objective": SOURCE | goal, **told})


def read(raw: dict[str, Any], chosen: OperatingModel) -> tuple[Portfolio, list[FieldFinding]]:
    """A portfolio as its model completes it, and every problem that is left."""
    portfolio, problems = build(raw, partial(with_defaults, chosen))
    assert portfolio is not None, problems
    whole = with_guardrails(chosen, portfolio)
    return whole, [*problems, *check_model(chosen, whole)]


def test_a_class_of_service_sets_the_urgency_where_it_is_blank() -> None:
    """And the deadline that comes with it is no surprise then."""
    classes = [{"name": "Fixed date", "urgency": "deadline"}, {"name": "Standard", "urgency": "standard"}]
    raw = asking.small(
        asking.epic("X", class_of_service="fixed date", deadline=20),
        asking.epic("Y", class_of_service="Fixed date", urgency="standard"),
        asking.epic("Z"),
    )
    portfolio, problems = read(raw, model(service_classes={"classes": classes}))
    assert [epic.urgency for epic in portfolio.epics] == ["deadline", "standard", None]
    assert problems == []


def test_a_class_with_a_deadline_needs_one() -> None:
    """What the class asks for is asked for at the epic's own field."""
    classes = [{"name": "Fixed date", "urgency": "deadline"}]
    raw = asking.small(asking.epic("X", class_of_service="Fixed date"))
    _, problems = build(raw, partial(with_defaults, model(service_classes={"classes": classes})))
    assert [(problem.path, problem.what) for problem in problems] == [(("epics", 0, "deadline"), "Deadline is empty.")]


def test_default_guardrails_are_added_unless_there_is_one_of_that_name() -> None:
    """The portfolio's own figure counts, whatever the case of its name."""
    chosen = model(guardrails={"limits": [LIMIT]})
    portfolio, _ = read(asking.small(asking.epic("X")), chosen)
    assert [(limit.name, limit.at_most) for limit in portfolio.guardrails] == [("Few at once", 2)]
    assert with_guardrails(chosen, portfolio) == portfolio
    portfolio, _ = read(
        asking.small(asking.epic("X"), guardrails=[LIMIT | {"name": "few AT once", "at_most": 3}]), chosen
    )
    assert [limit.at_most for limit in portfolio.guardrails] == [3]


def test_blank_settings_are_filled_in_and_given_ones_kept() -> None:
    """Period length, epic threshold, WIP limit of value streams."""
    flow = {"states": [{"name": "Doing", "wip": "count per value stream", "limit": 2}]}
    chosen = model(cadence={"period_weeks": 3}, approval={"threshold": 500}, flow=flow)
    raw = asking.small(asking.epic("X"))
    del raw["calendar"]["period_weeks"]
    raw["value_streams"][0]["wip_limit"] = 5
    portfolio, _ = read(raw, chosen)
    assert portfolio.calendar.period_weeks == 3
    assert portfolio.epic_threshold == 500
    assert [stream.wip_limit for stream in portfolio.value_streams] == [5, 2]
    raw |= {"epic_threshold": 900}
    raw["calendar"]["period_weeks"] = 10
    portfolio, _ = read(raw, chosen)
    assert (portfolio.calendar.period_weeks, portfolio.epic_threshold) == (10, 900)


def test_a_state_limits_what_is_in_progress_in_the_whole_plan() -> None:
    """The lowest such count is the portfolio's WIP limit where that is blank: the plan keeps it, and the board is checked."""
    states = [
        {"name": "Building", "wip": "count in progress", "limit": 2},
        {"name": "Trial", "wip": "count in progress", "limit": 1},
        {"name": "Analyzing", "wip": "count", "limit": 1},
    ]
    raw = asking.small(*(asking.epic(name, a=1, state="Building") for name in ("X", "Y", "Z")))
    portfolio, problems = read(raw, model(flow={"states": states}))
    assert portfolio.portfolio_wip_limit == 1
    assert [problem.what for problem in problems] == ["3 epics are in Building."]
    portfolio, _ = read(raw | {"portfolio_wip_limit": 3}, model(flow={"states": states}))
    assert portfolio.portfolio_wip_limit == 3


def test_a_stack_rank_asks_for_no_score() -> None:
    """Neither money nor points are missed; a portfolio may still say that scores rank."""
    raw = asking.small({"id": "X", "effort": {"A": 4}}, {"id": "Y", "effort": {"A": 4}, "benefit_per_week": 3})
    portfolio, problems = read(raw, model(stack=True))
    assert (portfolio.ranked_by, problems) == ("sheet", [])
    assert model(stack=True).goal(portfolio) == "rank order"
    own = portfolio.model_copy(update={"ranked_by": "scores"})
    assert with_defaults(model(stack=True), own) == own
    assert model(stack=True).goal(own) == "value"
    assert model().goal(portfolio) == "rank order"


def test_spend_is_subtracted_only_from_money() -> None:
    """Points less money is no number."""
    net = model().model_copy(update={"objective": model().objective.model_copy(update={"maximise": "net"})})
    money, _ = read(asking.small(asking.epic("X")), net)
    points, _ = read(asking.small({"id": "X", "effort": {"A": 4}}), net)
    assert (net.goal(money), net.goal(points)) == ("net", "value")


def test_unknown_words_come_with_the_nearest_known_one() -> None:
    """A list of words that is left out is no rule."""
    chosen = model(categories={"types": ["Business", "Enabler"]}, flow={"states": [{"name": "Analyzing"}]})
    raw = asking.small(asking.epic("X", type="Enablr", state="analyzing", horizon="H9"))
    (problem,) = read(raw, chosen)[1]
    assert problem.path == ("epics", 0, "type")
    assert problem.what == "Enablr is not a type that Own knows."
    assert problem.fix == "Write Enabler, or choose another model."


def test_a_word_that_many_epics_have_is_told_once() -> None:
    """At the first of them, with how many there are: the sheet of another way of working is one remark a word."""
    chosen = model(flow={"states": [{"name": "Options"}]}, vocabulary={"epic": {"one": "bet", "many": "bets"}})
    states = ["Ready", "Options", "Ready", "Later", "Ready"]
    raw = asking.small(*(asking.epic(f"E{number}", state=state) for number, state in enumerate(states)))
    problems = read(raw, chosen)[1]
    assert [(problem.path, problem.what) for problem in problems] == [
        (("epics", 0, "state"), "Ready is not a state that Own knows; 3 bets say so."),
        (("epics", 3, "state"), "Later is not a state that Own knows."),
    ]


def test_periods_that_the_way_of_working_does_not_have() -> None:
    """Too long, too short, too far ahead."""
    raw = asking.small(asking.epic("X"))
    cadence = {"period_weeks": 3, "shortest_weeks": 2, "longest_weeks": 4, "horizon_periods": 3}
    problems = read(raw, model(cadence=cadence))[1]
    assert [problem.what for problem in problems] == [
        "A period of 10 weeks is longer than Own has them.",
        "The plan has 4 periods.",
    ]
    assert problems[0].rule == "There a period lasts 2 to 4 weeks."
    raw["calendar"]["period_weeks"] = 1
    assert "shorter" in read(raw, model(cadence=cadence | {"horizon_periods": 4}))[1][0].what


def test_work_in_progress_by_state() -> None:
    """Each kind of limit: a count, a minimum, a count per value stream, capacity."""
    states = [
        {"name": "Options", "wip": "minimum", "limit": 2},
        {"name": "Analyzing", "wip": "count", "limit": 1},
        {"name": "Doing", "wip": "count per value stream", "limit": 1},
        {"name": "Going on", "wip": "capacity"},
        {"name": "Funnel", "wip": "not limited"},
    ]
    epics = [asking.epic("O", state="Options"), asking.epic("F", state="Funnel"), asking.epic("G", state="Funnel")]
    epics += [asking.epic(name, state="Analyzing") for name in ("A1", "A2")]
    epics += [asking.epic("D1", b=1, state="Doing"), asking.epic("D2", state="doing")]
    epics += [asking.epic("H1", a=30, state="Going on"), asking.epic("H2", a=11, state="Going on")]
    problems = read(asking.small(*epics), model(flow={"states": states}))[1]
    assert [problem.what for problem in problems] == [
        "1 epics are in Options.",
        "2 epics are in Analyzing.",
        "2 epics of A are in Doing.",
        "Going on holds 41 units of effort of A.",
    ]
    assert [problem.severity for problem in problems] == ["warning"] * 4


def test_a_word_that_many_use_is_told_once() -> None:
    """Where a portfolio comes from another way of working, each strange word is one finding and not sixty."""
    epics = [asking.epic(f"E{number}", state=word) for number, word in enumerate(("Ready", "ready", "Now", "Funnel"))]
    portfolio = asking.portfolio_of(asking.small(*epics))
    found = [one for one in check_model(read_model("spotify"), portfolio) if one.path[-1] == "state"]
    assert [(problem.path[1], problem.what) for problem in found] == [
        (0, "Ready is not a state that Spotify model knows; 2 bets say so."),
        (3, "Funnel is not a state that Spotify model knows."),
    ]
