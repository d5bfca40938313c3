"""What each way of working commits to, by its own source: which states may be planned, how far ahead, and what is frozen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import Booking, Plan
from portfolio.engine.plan import judge
from portfolio.storage.read_model import model_names, read_model
from tests.cli.conftest import Command, saved

Raw = dict[str, Any]
FUNNEL = {
    "safe": (
        "Funnel",
        "Ready",
        "PI",
    ),  # SAFe portfolio Kanban: an epic is Ready after the go of Lean Portfolio Management
    "enterprise-kanban": ("Options", "Committed", "Week"),  # Kanban University: deferred commitment
    "spotify": ("Later", "Now", "Quarter"),  # Kniberg, Spotify Rhythm (2016): Now, Next, Later
}
FIRST = {"Funnel": 1, "Reviewing": 1, "Analyzing": 1, "Options": 1, "Next": 1, "Later": 2}
"""The first period, counted from 0, in which what is in such a state may begin."""


def portfolio(model: str, states: dict[str, str | None], **more: Any) -> Raw:
    """Epics of one value stream with room for all of them at once, worth doing as soon as possible."""
    return {
        "format": 1,
        "model": model,
        "calendar": {"start": "2027-01-04", "periods": [f"P{number}" for number in range(1, 6)]},
        "value_streams": [{"id": "S", "name": "S", "capacity": [100.0] * 5}],
        "epics": [
            {"id": name, "state": state, "effort": {"S": 5}, "benefit_per_week": 10, "job_size": 1,
             "user_business_value": 1, "time_criticality": 1, "rr_oe": 1} | more.get(name, {})
            for name, state in states.items()
        ],
    }  # fmt: skip


def planned(raw: Raw, folder: Path) -> engine.Answer:
    """The plan of a portfolio in JSON."""
    return engine.plan(engine.load(saved(raw, folder / "p.json")), gap=0)


def starts(answer: engine.Answer) -> dict[str, str | None]:
    """When each begins."""
    return {line.id: line.start for line in answer.epics}


@pytest.mark.parametrize("model", FUNNEL)
def test_what_is_not_committed_to_begins_after_the_committed_periods(model: str, tmp_path: Path) -> None:
    """Every state of the board before the commitment point; what is at the point begins at once, and so does a Start."""
    option, point, _ = FUNNEL[model]
    board = [state.name for state in read_model(model).flow.states if state.kind not in {"done", "stopped"}]  # type: ignore[union-attr]
    raw = portfolio(model, {**{f"E {state}": state for state in board}, "X": option, "Y": None}, X={"start": "P1"})
    found = planned(raw, tmp_path)
    assert starts(found) == {
        **{f"E {state}": f"P{FIRST.get(state, 0) + 1}" for state in board},
        "X": "P1",
        "Y": "P1",
    }
    assert point.casefold() == (read_model(model).commitment_terms.point or "").casefold()


@pytest.mark.parametrize("model", FUNNEL)
def test_only_the_state_decides(model: str, tmp_path: Path) -> None:
    """Changing the state of one epic changes when that one may begin, and nothing else."""
    option, point, _ = FUNNEL[model]
    before = planned(portfolio(model, {"A": option, "B": option}), tmp_path)
    after = planned(portfolio(model, {"A": point, "B": option}), tmp_path)
    assert starts(after)["A"] == "P1" != starts(before)["A"]
    assert starts(after)["B"] == starts(before)["B"]


def test_a_forecast_is_shown_as_one_everywhere(command: Command, tmp_path: Path) -> None:
    """SAFe's roadmap: the upcoming PI is committed, the next two are forecast; what is later is an outlook."""
    late = {"B": {"earliest": "P2"}, "C": {"earliest": "P4"}}
    path = saved(portfolio("safe", {"A": "Ready", "B": "Ready", "C": "Ready"}, **late), tmp_path / "p.json")
    told = command("plan", path, "--json").json
    assert {line["id"]: line["commitment"] for line in told["epics"]} == {
        "A": "committed", "B": "forecast", "C": "outlook"
    }  # fmt: skip
    shown = " ".join(command("plan", path).out.split())
    assert "3 of 3 epics are in the plan (1 committed, 1 forecast, 1 outlook)" in shown
    assert "░░░░ is forecast or outlook; committed to is what begins in P1" in shown
    assert "Worth its place (forecast)" in shown
    assert "(forecast)" in command("explain", path, "B").out
    decided = saved(portfolio("safe", {"A": "Ready"}, A={"start": "P3"}), tmp_path / "q.json")
    assert "Decided" not in command("plan", decided).out


def test_the_roadmap_is_paler_where_it_is_a_forecast(tmp_path: Path) -> None:
    """In the workbook and in a notebook."""
    from openpyxl import load_workbook

    found = planned(portfolio("safe", {"A": "Ready", "B": "Funnel"}), tmp_path)
    assert found.drawing().count('fill-opacity="0.4"') == 1
    engine.write(found, tmp_path / "out.xlsx")
    with pytest.warns(UserWarning, match="extension"):
        plan = load_workbook(tmp_path / "out.xlsx")["Plan"]
    assert any("paler: forecast" in str(cell) for row in plan.iter_rows(values_only=True) for cell in row)


def test_a_way_of_working_without_the_section_is_as_it_was(tmp_path: Path) -> None:
    """No word of commitment anywhere, whatever a state is called."""
    planned_by = []
    for model in model_names():
        raw = portfolio(model, {"A": "Funnel"}, A={"start": "P2"})
        loaded = engine.load(saved(raw, tmp_path / "p.json"))
        if read_model(model).commitment is not None or any(one.severity == "error" for one in loaded.findings):
            continue
        told = json.dumps(engine.plan(loaded, gap=0).as_json())
        assert not any(word in told for word in ('"commitment"', "Commitment point", "(forecast)"))
        planned_by.append(model)
    assert len(planned_by) > 5


def test_a_state_may_not_be_planned_at_all(tmp_path: Path) -> None:
    """Where a model says `begins: never`; the reason says so, and what lets it in is the commitment."""
    own = (Path(__file__).parents[2] / "models" / "safe.yaml").read_text(encoding="utf-8")
    own = own.replace("{name: Funnel, kind: before,", "{name: Funnel, kind: before, begins: never,").replace(
        "name: safe\n", "name: own\n"
    )
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    path = saved(portfolio("safe", {"A": "Funnel", "B": "Ready"}), tmp_path / "p.json")
    found = engine.plan(engine.load(path, model=str(tmp_path / "own.yaml")), gap=0)
    assert starts(found) == {"A": None, "B": "P1"}
    reason = next(line.reason for line in found.epics if line.id == "A")
    assert "it is in Funnel, before the commitment point, Ready" in reason
    assert "Lean Portfolio Management may approve it" in reason


def frozen(order: str, **more: Any) -> Raw:
    """Three initiatives of one Scrum of Scrums that does one at a time; A was agreed for the Sprint that has begun."""
    raw = portfolio(
        "scrum-at-scale", dict.fromkeys(order), A={"agreed_start": "2027-01-04", "agreed_finish": "2027-01-17"}
    )
    raw["value_streams"][0]["capacity"] = [5.0] * 5
    return raw | more


def test_what_is_agreed_is_frozen_until_the_next_review(tmp_path: Path) -> None:
    """Scrum@Scale guide (2025-06): priorities change at the Executive MetaScrum and at no other time during the Sprint."""
    moved = saved(frozen("CAB"), tmp_path / "moved.json")
    assert starts(engine.plan(engine.load(moved), gap=0)) == {"C": "P2", "A": "P1", "B": "P3"}
    held = saved(frozen("CAB", next_review="2027-01-04"), tmp_path / "held.json")
    assert starts(engine.plan(engine.load(held), gap=0)) == {"C": "P1", "A": "P2", "B": "P3"}
    later = saved(frozen("CAB", next_review="2027-01-20"), tmp_path / "later.json")
    assert starts(engine.plan(engine.load(later), gap=0)) == {"C": "P3", "A": "P1", "B": "P4"}


def test_keep_and_what_ifs_move_nothing_that_is_frozen(command: Command, tmp_path: Path) -> None:
    """A kept plan of another order, a scenario, and a re-plan without a word."""
    agreed = tmp_path / "agreed.json"
    other = saved(frozen("BCA", next_review="2027-01-04"), tmp_path / "other.json")
    agreed.write_text(command("plan", other, "--json").out, encoding="utf-8")
    path = saved(frozen("CAB"), tmp_path / "p.json")
    for places in ("0", "4"):
        kept = command("plan", path, "--keep", agreed, "--places", places, "--json").json
        assert {line["id"]: line["start"] for line in kept["epics"]}["A"] == "P1"
    raw = frozen("CAB")
    del raw["epics"][1]["agreed_start"], raw["epics"][1]["agreed_finish"]
    told = command("plan", saved(raw, tmp_path / "q.json"), "--keep", agreed, "--json").json
    assert {line["id"]: line["start"] for line in told["epics"]}["B"] == "P1"
    loaded = engine.load(path)
    changed = engine.scenario(loaded, "More", ["scale capacity by 200%"])
    assert starts(engine.plan(changed, gap=0)) == {"A": "P1", "B": "P2", "C": "P2"}


def test_a_plan_from_elsewhere_is_judged(tmp_path: Path) -> None:
    """A plan that begins an option at once breaks the commitment point by name."""
    loaded = engine.load(saved(portfolio("safe", {"A": "Analyzing"}), tmp_path / "p.json"))
    found = judge(loaded, Plan({"A": Booking(0, 1)}))
    assert [line.name for line in found.guardrails if not line.met] == ["Commitment point"]


def test_the_terms_follow_from_the_board() -> None:
    """The states before the point in the order of the board, but for those that say otherwise."""
    terms = read_model("safe").commitment_terms
    assert terms.begins == {"funnel": 1, "reviewing": 1, "analyzing": 1}
    assert replace(terms, committed_periods=2).of_start(1) == "committed"
    assert [terms.of_start(period) for period in range(4)] == ["committed", "forecast", "forecast", "outlook"]


def test_kanban_commits_by_the_state_and_not_by_the_date(command: Command, tmp_path: Path) -> None:
    """Kanban University: the commitment to serve is apart from the date of delivery, so that late work may be committed to."""
    late = {"B": {"earliest": "P3"}, "D": {"start": "P1"}}
    raw = portfolio("enterprise-kanban", {"A": "Committed", "B": "Committed", "C": "Options", "D": "Options"}, **late)
    path = saved(raw, tmp_path / "p.json")
    told = command("plan", path, "--json").json
    assert {line["id"]: line["commitment"] for line in told["epics"]} == {
        "A": "committed", "B": "committed", "C": "forecast", "D": "committed"
    }  # fmt: skip
    shown = " ".join(command("plan", path).out.split())
    assert "░░░░ is still an option; committed to is what is in Committed or beyond" in shown
    assert shown.count("(still an option)") == 1


def test_the_workbook_is_paler_by_the_state_where_that_commits(tmp_path: Path) -> None:
    """Each row knows until which period its start is committed to: options never, the rest of a board always."""
    from openpyxl import load_workbook

    raw = portfolio("enterprise-kanban", {"B": "Committed", "C": "Options", "D": None}, B={"earliest": "P3"})
    engine.write(planned(raw, tmp_path), tmp_path / "out.xlsx")
    with pytest.warns(UserWarning, match="extension"):
        plan = load_workbook(tmp_path / "out.xlsx")["Plan"]
    rows = list(plan.iter_rows(values_only=True))
    (headings,) = [row for row in rows if "Committed to until no." in row]
    name, until = headings.index("ID"), headings.index("Committed to until no.")
    assert {row[name]: row[until] for row in rows if row[name] in {"B", "C", "D"}} == {"B": 5, "C": 0, "D": 1}
    assert any("paler: still an option, since it is before Committed" in str(cell) for row in rows for cell in row)


def test_by_state_needs_a_point(tmp_path: Path) -> None:
    """A model that commits by the state has to say which."""
    from portfolio.errors import WrongUseError

    text = (Path(__file__).parents[2] / "models" / "enterprise-kanban.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(text.replace("  point: Committed\n", ""), encoding="utf-8")
    with pytest.raises(WrongUseError, match="by is state, and point is missing"):
        read_model(tmp_path / "own.yaml")


def test_kanban_triages_now_later_never(command: Command, tmp_path: Path) -> None:
    """At replenishment: committed to is now, an option is later, what was discarded is never; no other model says so."""
    states = {"A": "Committed", "B": "Options", "C": "Discarded", "D": "In delivery", "E": None, "F": "Done"}
    path = saved(portfolio("enterprise-kanban", states), tmp_path / "p.json")
    for asked in ("plan", "rank", "check"):
        assert "Triage: now A, D; later B; never C." in command(asked, path).out
    many = {f"O{number}": "Options" for number in range(8)}
    path = saved(portfolio("enterprise-kanban", many), tmp_path / "q.json")
    assert "Triage: later O0, O1, O2, O3, O4 and 3 more." in command("rank", path).out
    assert "Triage" not in command("rank", saved(portfolio("safe", states), tmp_path / "r.json")).out
