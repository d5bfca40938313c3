"""Views: the same figures as the answer they are made of, nothing lost, and something useful where there is nothing to show."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from portfolio.analysis.difference import difference_of_plans, names_of
from portfolio.results.answer import Answer
from portfolio.results.running import RunningLine
from portfolio.results.views import VIEWS, Shown
from portfolio.results.views.difference import difference_view
from portfolio.results.views.guardrails import guardrails_view
from portfolio.results.views.load import load_view
from portfolio.results.views.ranking import ranking_view
from portfolio.results.views.roadmap import roadmap_view
from portfolio.results.views.value_and_duration import value_and_duration_view
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_answer, complete_portfolio, without_plan

OTHER_PLAN = {"E2": (1, 3), "E4": (3, 1), "E5": (0, 1), "E6": (2, 1)}


def shown(answer: Answer, agreed: Answer | None = None) -> Shown:
    """What views show of an answer, beside another plan of the same portfolio."""
    if agreed is None:
        return Shown(answer.portfolio, answer.model, answer.ranking, answer)
    effect = difference_of_plans(agreed, answer, names_of(agreed.portfolio, answer.portfolio))
    return Shown(answer.portfolio, answer.model, answer.ranking, answer, agreed, effect)


def other() -> Answer:
    return answer_for(complete_portfolio(), OTHER_PLAN)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_json_with_a_sentence(name: str) -> None:
    """Every view says what it is, and is JSON that any reader takes."""
    view = VIEWS[name](shown(complete_answer(), other()))
    found = json.loads(json.dumps(view.as_json(), allow_nan=False))
    assert (found["format"], found["view"]) == (1, name)
    assert found["title"]
    assert found["headline"] if found["missing"] is None else found["missing"]["fix"]


def test_every_epic_is_on_one_side_of_the_cut_line() -> None:
    """Those that start first, each group by rank; the sentence counts them."""
    answer = complete_answer()
    view = ranking_view(shown(answer))
    assert sorted(row.id for row in view.rows) == sorted(epic.id for epic in answer.portfolio.epics)
    assert {row.id for row in view.of("starts")} == set(COMPLETE_PLAN)
    for group in ("starts", "waits"):
        ranks = [row.rank for row in view.rows if row.group == group and row.rank is not None]
        assert ranks == sorted(ranks)
    assert view.cut.startswith(f"{len(COMPLETE_PLAN)} start, ")
    assert sum(view.counts.values()) == len(view.rows)


def test_how_long_an_epic_has_been_in_progress_stands_beside_why() -> None:
    """In the words that the terminal has, and only where its history says it."""
    answer = complete_answer()
    plain = {row.id: row.why for row in ranking_view(shown(answer)).rows}
    first, second = ranking_view(shown(answer)).of("starts")[:2]
    known = RunningLine(first.id, None, "continue", None, None, age=274, older_than="each of the 5 finished epics")
    view = ranking_view(shown(replace(answer, running=(known, RunningLine(second.id, None, "continue", None, None)))))
    told = {row.id: row.why for row in view.rows if row.why != plain[row.id]}
    assert told == {first.id: f"{first.why}, 274 days, longer than each of the 5 finished epics took"}


def test_equal_scores_are_one_band() -> None:
    """Epics of the same score share a band whatever computed it, and an epic whose score nobody else has is in none."""
    raw = complete_portfolio()
    for epic, (worth, size) in zip(raw["epics"], ((0.1, 1), (0.3, 3), (8, 2)), strict=False):
        epic.update(user_business_value=worth, time_criticality=0, rr_oe=0, job_size=size)
    rows = {row.id: row for row in ranking_view(shown(answer_for(raw, COMPLETE_PLAN))).rows}
    assert rows["E1"].band == rows["E2"].band is not None
    assert rows["E3"].band is None
    assert max(row.share for row in rows.values() if row.share is not None) == 1


def test_the_load_of_all_counts_each_epic_once() -> None:
    """An epic in two value streams is one epic in progress; effort and capacity are sums."""
    answer = complete_answer()
    view = load_view(shown(answer))
    assert view.total is not None
    for place, cell in enumerate(view.total.cells):
        assert cell.wip == sum(start <= place < start + length for start, length in COMPLETE_PLAN.values())
        assert cell.effort == pytest.approx(sum(line.cells[place].effort for line in view.lines))
    figures = {(line.id, line.period): (line.capacity, line.effort) for line in answer.value_streams}
    assert {
        (line.id, cell.period): (cell.capacity, cell.effort) for line in view.lines for cell in line.cells
    } == figures


def test_beyond_capacity_is_the_darkest_and_broken() -> None:
    """What does not fit is told by a word, the shade only underlines it."""
    raw = complete_portfolio()
    raw["value_streams"][0]["capacity"] = [1, 40, 40, 40]
    cell = load_view(shown(answer_for(raw, COMPLETE_PLAN))).lines[0].cells[0]
    assert (cell.shade, cell.standing) == (4, "broken")


def test_nothing_overlaps_on_the_roadmap() -> None:
    """Each row of a lane holds bars and ghosts side by side; bars stand where the plan has them, ghosts where it was agreed."""
    view = roadmap_view(shown(complete_answer(), other()))
    bars = {bar.epic: bar for lane in view.lanes for bar in lane.bars}
    assert {epic: (bar.first, bar.last) for epic, bar in bars.items() if bar.first is not None} == {
        epic: (start, start + length - 1) for epic, (start, length) in COMPLETE_PLAN.items()
    }
    assert bars["E5"].first is None
    assert {epic: (bar.ghost.first, bar.ghost.last) for epic, bar in bars.items() if bar.ghost is not None} == {
        epic: (start, start + length - 1)
        for epic, (start, length) in OTHER_PLAN.items()
        if COMPLETE_PLAN.get(epic) != (start, length)
    }
    for lane in view.lanes:
        taken: set[tuple[int, int]] = set()
        for bar in lane.bars:
            spans = [(bar.first, bar.last)] + ([(bar.ghost.first, bar.ghost.last)] if bar.ghost else [])
            cells = {
                (bar.row, at)
                for first, last in spans
                if first is not None and last is not None
                for at in range(first, last + 1)
            }
            assert not cells & taken
            taken |= cells
        assert lane.rows == 1 + max((bar.row for bar in lane.bars), default=-1)


def test_an_epic_is_marked_where_others_work_on_it() -> None:
    """An epic has its bar in the value stream that it needs most and a mark in each other one."""
    view = roadmap_view(shown(complete_answer()))
    lanes = {lane.id: lane for lane in view.lanes}
    assert "E1" in {bar.epic for bar in lanes["VS1"].bars}
    assert "E1" in {mark.epic for mark in lanes["VS2"].marks}


def test_every_guardrail_has_a_bar_or_none() -> None:
    """What is used and allowed lies on the bar, the worst first; rules without a level have none."""
    answer = complete_answer()
    rows = guardrails_view(shown(answer)).rows
    assert len(rows) == len(answer.guardrails)
    for row in rows:
        assert all(at is None or 0 <= at <= 1 for at in (row.bar_used, row.bar_at_least, row.bar_at_most))
        assert (row.bar_used is None) == (row.used_words == "")
    words = ["broken", "breached at its price", "at its limit", "kept"]
    places = [words.index(row.standing) for row in rows]
    assert places == sorted(places)


def test_points_lie_on_the_line_of_their_ratio() -> None:
    """A point for each epic that has both figures, the others are counted."""
    answer = complete_answer()
    view = value_and_duration_view(shown(answer))
    assert len(view.points) + view.not_shown == len(answer.portfolio.epics)
    for point in view.points:
        assert point.ratio * point.duration == pytest.approx(point.cost_of_delay)
        assert point.starts == (point.id in COMPLETE_PLAN)


def test_value_step_by_step_leads_from_one_plan_to_the_other() -> None:
    """Every step begins where the one before ended, the last one ends at the value of this plan."""
    view = difference_view(shown(complete_answer(), other()))
    first, *gains, last = view.steps
    level = first.gain
    for step in gains:
        assert level in (pytest.approx(step.low), pytest.approx(step.high))
        level += step.gain
    assert level == pytest.approx(last.gain)
    assert {row.id for row in view.epics if row.change == "started"} == {"E1", "E3", "E7"}
    assert {row.id for row in view.epics if row.change == "dropped"} == {"E5"}


def cases() -> dict[str, tuple[Shown, str]]:
    """Portfolios of which there is no plan, with what is said of each."""
    answer = complete_answer()
    empty = answer.portfolio.model_copy(update={"epics": ()})
    alone = answer.portfolio.model_copy(update={"value_streams": ()})
    return {
        "no epics": (Shown(empty, answer.model, replace(answer.ranking, epics=())), "There are no epics yet."),
        "no value streams": (Shown(alone, answer.model, answer.ranking), "ranked but not planned"),
        "not planned": (Shown(answer.portfolio, answer.model, answer.ranking), "There is no plan yet."),
        "nothing found": (shown(without_plan(answer)), answer.portfolio.name or ""),
    }


@pytest.mark.parametrize("case", ["no epics", "no value streams", "not planned", "nothing found"])
@pytest.mark.parametrize("name", VIEWS)
def test_nothing_to_show_says_what_to_do(case: str, name: str) -> None:
    """Without a plan there is one thing to do next, and what can be shown all the same is shown."""
    subject, words = cases()[case]
    found: Any = VIEWS[name](subject).as_json()
    if found["missing"] is None:
        assert name in {"ranking", "value_and_duration"}
        assert found["headline"]
    else:
        assert found["missing"]["message"]
        assert found["missing"]["fix"].endswith(".")
        if name in {"load", "roadmap", "guardrails", "difference"}:
            assert words in found["missing"]["message"]


def test_of_too_many_epics_the_best_are_drawn() -> None:
    """Above 2,000 epics Ranking and Guardrails stay whole, and what is left out elsewhere is said."""
    raw = complete_portfolio()
    one = {
        key: value
        for key, value in raw["epics"][2].items()
        if key in ("title", "user_business_value", "time_criticality", "rr_oe", "job_size")
    }
    raw["epics"] += [{"id": f"X{number}", **one, "effort": {"VS1": 1}} for number in range(2000)]
    subject = shown(answer_for(raw, COMPLETE_PLAN))
    assert len(ranking_view(subject).rows) == len(raw["epics"])
    view = value_and_duration_view(subject)
    assert len(view.points) <= 500
    assert "the first 500 by rank are shown" in " ".join(view.notes)


def test_a_tall_roadmap_is_cut_into_parts() -> None:
    """Each bar is on exactly one of the parts, none of which has more rows than a page; a small one is one drawing."""
    raw = complete_portfolio()
    raw["epics"] += [{"id": f"X{number}", "job_size": 1, "effort": {"VS3": 1}} for number in range(100)]
    plan = {**COMPLETE_PLAN, **{f"X{number}": (0, 1) for number in range(100)}}
    pages = roadmap_view(shown(answer_for(raw, plan))).pages
    assert len(pages) > 1
    drawn = [page.count(f'class="bar bar-start" data-epic="{name}"') for name in ("X0", "X50", "X99") for page in pages]
    assert sum(drawn) == 3
    assert len(roadmap_view(shown(complete_answer())).pages) == 1


def test_rules_without_a_level_share_a_row() -> None:
    """What people read says each rule once with its places; the others are counted, and none is lost."""
    view = guardrails_view(shown(complete_answer()))
    rows = view.worth_showing
    assert len({(row.name, row.standing) for row in rows if row.bar_used is None}) == sum(
        row.bar_used is None for row in rows
    )
    assert {row.name for row in view.rows if row.standing != "kept"} <= {row.name for row in rows}
